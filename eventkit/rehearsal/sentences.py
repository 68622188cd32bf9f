"""What simulated people write on a wall whose question nobody has written for."""

SENTENCES = (
    "More time to talk about this",
    "Somebody to ask when the form makes no sense",
    "One place where all of this is written down",
    "A list of who does what, with a name to ring",
    "Less jargon, please",
    "That we hear afterwards what became of it",
    "Evenings and weekends, not only office hours",
    "Ask the people whom it is about",
    "A figure for our own area, not only for the country",
    "Something that works without a car",
    "Share what we know already before we collect more",
    "Start small, and look after a year whether it helped",
    "The people who are not in this room",
    "Money that lasts longer than one year",
    "A warm place to sit while you wait 🙂",
    "It depends on who picks up the phone",
)
