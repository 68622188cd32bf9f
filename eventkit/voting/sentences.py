"""What a room's answer and a published figure say together, in sentences that survive being checked.

"Most of us" is said only above half of all who voted, those who were not sure included. Nobody is mocked or ranked.
"""

from eventkit.evidence.citation import comparable, in_words, number_text
from eventkit.evidence.models import Statistic
from eventkit.voting.models import Format, Poll
from eventkit.voting.perception import Answer, Perception, Seen
from eventkit.voting.phrases import LONGEST_ANSWER, capital, group, listed, named, nobody, people, went
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def room(poll: Poll, seen: Perception) -> str:
    """The room's answer alone, such as "Most of us, 24 of 42, said 27 %", as a sentence."""
    if not seen.n_votes:
        return nobody(seen)
    if poll.format is Format.MYTH:
        return _believed(seen)
    if len(seen.largest) > 1:
        votes = seen.largest[0].votes
        return _("No single answer led: {answers} had {votes} of {n} each.").format(
            answers=listed(seen.largest), votes=people(votes), n=people(seen.n_votes)
        )
    leader = seen.largest[0]
    if leader.votes == seen.n_answered:
        return ngettext(
            "The only one of us who voted said {answer}.", "All {n} of us said {answer}.", leader.votes
        ).format(n=people(leader.votes), answer=named(leader))
    return _("{group}, {votes} of {n}, said {answer}.").format(
        group=capital(group(seen, leader.votes)),
        votes=people(leader.votes),
        n=people(seen.n_votes),
        answer=named(leader),
    )


def gap(poll: Poll, seen: Perception, national: Statistic | None, local: Statistic | None) -> str:
    """The room's answer beside the published one; a local figure beside a national one has its own sentence."""
    figure = national or local
    if figure is None:
        return room(poll, seen)
    first = _myth_gap(seen, figure) if poll.format is Format.MYTH else _choice_gap(seen, figure)
    second = beside(national, local) if national and local else ""
    return f"{first} {second}".rstrip()


def beside(national: Statistic, local: Statistic) -> str:
    """The local figure against the national one, compared only where the two can be."""
    words = {
        "here": local.geography_name,
        "local": number_text(local),
        "there": national.geography_name,
        "national": number_text(national),
    }
    if not comparable(national, local):
        template = _("{here}: {local}; {there}: {national}; the two are not directly comparable.")
    elif {national.qualifier, local.qualifier} - {"exact", ""}:
        template = _("{here}: {local}; {there}: {national}.")
    elif local.value == national.value:
        template = _("{here}: {local}, the same as {there}.")
    elif _within(national, local) or number_text(local) == number_text(national):
        template = _("{here}: {local}, about the same as {there}.")
    elif local.value > national.value:
        template = _("{here}: {local}, higher than {there} ({national}).")
    else:
        template = _("{here}: {local}, lower than {there} ({national}).")
    return template.format(**words)


def fact(poll: Poll, seen: Perception, figure: Statistic) -> str:
    """The correct statement alone, the last thing that stays on the screen."""
    right = seen.correct
    if poll.format is Format.MYTH or right is None or len(right.text) > LONGEST_ANSWER:
        return stated(figure)
    return _("The published answer is {answer}: {fact}.").format(answer=named(right), fact=in_words(figure))


def stated(figure: Statistic) -> str:
    """The figure as a sentence of its own."""
    return capital(f"{in_words(figure)}.")


def compared(before: Perception, after: Perception) -> str:
    """The published answer in one vote and the next, by totals; "" unless somebody chose in both."""
    first, second = before.correct, after.correct
    if first is None or second is None or not (before.n_votes and after.n_votes):
        return ""
    if (first.votes, before.n_votes) == (second.votes, after.n_votes):
        sentence = _("The published answer stayed at {votes} of {n}.")
        return sentence.format(votes=people(second.votes), n=people(after.n_votes))
    change = went((first.votes, before.n_votes), (second.votes, after.n_votes))
    return _("The published answer went {change}.").format(change=change)


def chance(seen: Perception) -> str:
    """What picking at random would give; "fewer" only where an exact test says so."""
    if not seen.n_votes or seen.correct is None:
        return ""
    words = {"n": people(seen.n_votes), "expected": people(int(seen.n_votes * seen.chance + 0.5))}
    if seen.below_chance:
        template = _("{right} of {n} is fewer than a random pick would give (about {expected} of {n}).")
        return template.format(right=people(seen.correct.votes), **words)
    return _("A random pick would give about {expected} of {n}.").format(**words)


def turnout(seen: Seen, organisers_vote: bool) -> str:
    """Who is counted: n, how many voted of how many, who was not sure, and whether organisers voted too."""
    if seen.base and seen.n_answered >= seen.base:
        voted = _("everyone in the room voted")
    elif seen.base:
        voted = _("{voted} of {base} in the room voted").format(voted=people(seen.n_answered), base=people(seen.base))
    else:
        voted = _("all who voted")
    organisers = _("organisers could vote too") if organisers_vote else _("organisers did not vote")
    first = _("n = {n}: {voted}; {organisers}.").format(n=people(seen.n_votes), voted=voted, organisers=organisers)
    return f"{first} {not_sure(seen)}".rstrip()


def not_sure(seen: Seen) -> str:
    """How many were not sure; they are in no share, so they stand beside it. "" if nobody was."""
    if not seen.not_sure:
        return ""
    return ngettext("{count} was not sure.", "{count} were not sure.", seen.not_sure).format(
        count=people(seen.not_sure)
    )


def group_label(seen: Perception) -> str:
    """The words on the room's flag: "Most of us", "Half of us", "Largest group"; "" where no answer led."""
    if len(seen.largest) != 1:
        return ""
    doubled = 2 * seen.largest[0].votes
    if doubled == seen.n_answered:
        return _("Half of us")
    return _("Most of us") if doubled > seen.n_answered else _("Largest group")


def _choice_gap(seen: Perception, figure: Statistic) -> str:
    right, n = seen.correct, seen.n_votes
    if right is None:
        return ""
    answer = _with_figure(right, figure)
    if not n:
        return _("{nobody} The published answer is {answer}.").format(nobody=nobody(seen), answer=answer)
    if right.votes == n:
        return ngettext(
            "The only one who chose an answer chose the published one, {answer}.",
            "All {n} who chose an answer chose the published one, {answer}.",
            n,
        ).format(n=people(n), answer=answer)
    chose = _("{right} of {n} chose the published answer, {answer}") if right.votes else _("{nobody}, {answer}")
    first = chose.format(
        right=people(right.votes), n=people(n), answer=answer, nobody=_("Nobody chose the published answer")
    )
    return f"{first}{_others(seen, right)}."


def _others(seen: Perception, right: Answer) -> str:
    """What the rest said, so that the published answer is read against it."""
    rest = tuple(answer for answer in seen.largest if answer is not right)
    if right in seen.largest:
        if rest:
            return ngettext("; as many said {answers}", "; as many each said {answers}", len(rest)).format(
                answers=listed(rest)
            )
        return _(": {group}").format(group=group(seen, right.votes))
    if len(rest) > 1:
        return _("; {answers} had {votes} each").format(answers=listed(rest), votes=people(rest[0].votes))
    return _("; {group} ({votes}) said {answer}").format(
        group=group(seen, rest[0].votes), votes=people(rest[0].votes), answer=named(rest[0])
    )


def _with_figure(right: Answer, figure: Statistic) -> str:
    """The published answer; words alone would leave out what was published."""
    answer = named(right)
    if any(character.isdigit() for character in answer):
        return answer
    return _("{answer} ({figure})").format(answer=answer, figure=number_text(figure))


def _myth_gap(seen: Perception, figure: Statistic) -> str:
    is_true = seen.correct is seen.answers[0]
    if not seen.n_votes:
        verdict = _("The statement is true: {fact}.") if is_true else _("The statement is not true: {fact}.")
        return f"{nobody(seen)} {verdict.format(fact=in_words(figure))}"
    verdict = _("It is: {fact}.") if is_true else _("It is not: {fact}.")
    return f"{_believed(seen)} {verdict.format(fact=in_words(figure))}"


def _believed(seen: Perception) -> str:
    """How many took a myth for true; its first option is "True"."""
    votes, n = seen.answers[0].votes, seen.n_votes
    if votes == n:
        return ngettext(
            "The only one who chose an answer thought this was true.",
            "All {n} who chose an answer thought this was true.",
            n,
        ).format(n=people(n))
    if not votes:
        return ngettext(
            "The only one who chose an answer did not think this was true.",
            "None of the {n} who chose an answer thought this was true.",
            n,
        ).format(n=people(n))
    if 2 * votes == seen.n_answered:
        return _("Half of us, {votes} of {n}, thought this was true.").format(votes=people(votes), n=people(n))
    return _("{votes} of {n} thought this was true.").format(votes=people(votes), n=people(n))


def _within(national: Statistic, local: Statistic) -> bool:
    return local.lower is not None and local.upper is not None and local.lower <= national.value <= local.upper
