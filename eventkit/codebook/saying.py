"""What the grouping page says of what was done, in one sentence."""

from eventkit.codebook.models import Verb
from eventkit.codebook.undoing import Step, Undone
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def done(step: Step) -> str:
    """What was done at one press."""
    if step.verb == Verb.MOVE and not step.label:
        return ngettext("{n} note is under no theme.", "{n} notes are under no theme.", step.items).format(n=step.items)
    if step.verb == Verb.MOVE and not step.items:
        return _("Nothing had to be moved to “{label}”.").format(label=step.label)
    if step.verb == Verb.MOVE:
        words = ngettext("{n} note moved to “{label}”.", "{n} notes moved to “{label}”.", step.items)
        made = ngettext(
            "{n} note moved to the new theme “{label}”.", "{n} notes moved to the new theme “{label}”.", step.items
        )
        return (made if step.made else words).format(n=step.items, label=step.label)
    sentence = {
        Verb.ADD: _("“{label}” is a theme now."),
        Verb.RENAME: _("“{other}” is called “{label}” now."),
        Verb.MERGE: _("“{label}” is part of “{other}” now."),
        Verb.REMOVE: _("“{label}” is no theme any more; its notes are under none."),
    }[step.verb]
    return sentence.format(label=step.label, other=step.other)


def undone(back: Undone) -> str:
    """What was taken back, and what was not, because somebody has changed it since."""
    sentences = [_theme(back), _notes(back)]
    return " ".join(sentence for sentence in sentences if sentence)


def _theme(back: Undone) -> str:
    step = back.step
    if step.verb == Verb.RENAME:
        sentence = (
            _("It has been renamed since, and keeps that name.") if back.stays else _("“{other}” has its name back.")
        )
    elif step.verb in {Verb.MERGE, Verb.REMOVE}:
        sentence = _("“{label}” is a theme again.")
    elif not step.made:
        return ""
    elif back.stays:
        sentence = _("The theme “{label}” stays, because it has been used since.")
    else:
        sentence = _("The new theme “{label}” is gone again.")
    return sentence.format(label=step.label, other=step.other)


def _notes(back: Undone) -> str:
    whole = back.items + back.left
    if not whole:
        return ""
    if not back.left:
        return ngettext("{n} note was put back.", "{n} notes were put back.", whole).format(n=whole)
    if whole == 1:
        return _("The note was not put back: it has been moved since.")
    words = ngettext(
        "{back} of {n} notes were put back; one has been moved since.",
        "{back} of {n} notes were put back; {left} have been moved since.",
        back.left,
    )
    return words.format(back=back.items, n=whole, left=back.left)
