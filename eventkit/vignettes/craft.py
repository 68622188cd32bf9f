"""Words of a story that blame somebody, for its writer to reconsider; nothing is changed by itself."""

import re
from collections.abc import Sequence

from eventkit.web.language import gettext as _

_WAYS: tuple[tuple[str, str], ...] = (
    (
        "fail(?:s|ed|ure|ing)? to engage|did not engage|didn.t engage|non-?engage(?:d|ment)",
        _("Say what was offered, and what got in the way of taking it up."),
    ),
    (
        "fail(?:s|ed|ing)? to attend|dna|did not bother|didn.t bother|no-shows?",
        _("Say that somebody did not come, and what is known of why."),
    ),
    ("non-?complian(?:t|ce)|uncooperative|unwilling|resist(?:s|ed|ant)", _("Say what was asked, and what was done.")),
    ("hard[- ]to[- ]reach", _("Say which services were hard for them to reach, and why.")),
    ("chaotic|dysfunctional|broken (?:home|family)|troubled famil(?:y|ies)", _("Say what happened in their days.")),
    ("service failure|fail(?:s|ed|ing)?|failures?", _("Say what was done and what was not, without a verdict.")),
    (
        "should(?: not)? have|ought(?: not)? to have|could easily have",
        _("Leave to the tables what might have been."),
    ),
    ("fault|to blame|blam(?:e|es|ed|ing)|guilty|culprits?", _("Tell what happened, not who answers for it.")),
    (
        "neglect(?:s|ed|ful|ing)?|negligen(?:t|ce)|careless(?:ly)?|irresponsibl[ey]|incompeten(?:t|ce)",
        _("Say what was seen and heard; a judgement closes the talk."),
    ),
    ("ignor(?:es|ed|ing)|turned a blind eye|passed the buck", _("Say what was known to whom, and what they did then.")),
    ("refus(?:es|ed|al|ing) (?:help|support|to)", _("Say what they answered, and what they were afraid of if known.")),
    ("manipulative|attention[- ]seeking|liars?|lied|lazy|work-?shy|scroungers?", _("Say what they did or said.")),
    ("claims? to be|claimed to be|alleges? that|alleged that", _("Write “says” and “said”: nobody here is on trial.")),
    ("addicts?|junkies?|alcoholics?|schizophrenics?", _("Name the person first: “somebody who …”.")),
)
_ALL = re.compile(
    "|".join(rf"(?P<w{number}>\b(?:{ways})\b)" for number, (ways, _why) in enumerate(_WAYS)), re.IGNORECASE
)


def blame_words(text: str) -> Sequence[tuple[str, str]]:
    """The words of a text that lay blame, as they stand in it, each once, with what to think about.

    At one place the way that is listed first counts: “failed to engage” is not “failed” as well.
    """
    found: dict[str, tuple[str, str]] = {}
    for match in _ALL.finditer(text.replace("’", "'")):
        sentence = _WAYS[int((match.lastgroup or "w0")[1:])][1]
        found.setdefault(match[0].casefold(), (match[0], _(sentence)))
    return list(found.values())
