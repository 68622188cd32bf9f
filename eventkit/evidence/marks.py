"""What a figure's marks tell a reader before the figure is believed."""

from eventkit.evidence.models import Statistic
from eventkit.web.language import gettext as _


def is_calculated(statistic: Statistic) -> bool:
    """Whether the organisers calculated the figure, so that nobody published it as it stands."""
    return bool(_flags(statistic) & {"calculated", "our calculation"})


def revisions(statistic: Statistic) -> list[str]:
    """Where the source says that the figure stands: "provisional", "revised"."""
    flags = _flags(statistic)
    said = [_("provisional")] if flags & {"p", "provisional"} else []
    return said + ([_("revised")] if flags & {"r", "revised"} else [])


def warnings(statistic: Statistic) -> list[str]:
    """Everything of the kind: "our calculation", "provisional", "not checked at source"."""
    said = [_("our calculation")] if is_calculated(statistic) else []
    said += revisions(statistic)
    return said + ([_("not checked at source")] if statistic.evidence_grade in ("C", "D") else [])


def _flags(statistic: Statistic) -> set[str]:
    return {flag.strip().lower() for flag in statistic.flags.replace(";", ",").split(",")}
