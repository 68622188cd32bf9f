"""The numbers of the workbook about a round of guesses: their middle and spread, and how far from a figure they lie."""

from decimal import Decimal

from eventkit.evidence.models import Statistic
from eventkit.evidence.units import is_percent
from eventkit.sheet import Value
from eventkit.voting.asked import Asked, Cells
from eventkit.voting.guesses import Aim, Guesses, aim, same_unit, tolerance


def measures(asked: Asked, seen: Guesses) -> Cells:
    """The cells of `perception_gap`; those that need a figure are missing without one in the question's unit."""
    low, high = seen.quartiles or (None, None)
    least, most = seen.interval or (None, None)
    spread: dict[str, Value] = {
        "median": seen.median,
        "lower_quartile": low,
        "upper_quartile": high,
        "median_lower": least,
        "median_upper": most,
        "mean": seen.mean,
        "standard_deviation": seen.deviation,
        "gap_national": _gap(asked, seen, asked.national),
        "gap_local": _gap(asked, seen, asked.local),
    }
    figure = asked.figure
    if figure is None or not seen.n_votes or not same_unit(asked.poll, figure):
        return spread
    return spread | _against(asked, seen, figure)


def _against(asked: Asked, seen: Guesses, figure: Statistic) -> dict[str, Value]:
    allowed = tolerance(asked.poll, figure)
    too_low, close, too_high = seen.within(figure.value, allowed)
    collective, individual, diversity = seen.diversity(figure.value)
    return {
        "direction": _direction(aim(asked.poll, seen, figure)),
        "tolerance": allowed,
        "share_too_low": too_low / seen.n_votes,
        "share_close": close / seen.n_votes,
        "share_too_high": too_high / seen.n_votes,
        "mean_absolute_error": seen.mean_absolute_error(figure.value),
        "logit_gap": seen.logit_gap(figure.value) if is_percent(figure.unit) else None,
        "collective_error": float(collective),
        "individual_error": float(individual),
        "diversity": float(diversity),
    }


def _gap(asked: Asked, seen: Guesses, figure: Statistic | None) -> Decimal | None:
    if figure is None or seen.median is None or not same_unit(asked.poll, figure):
        return None
    return seen.median - figure.value


def _direction(aimed: Aim | None) -> str | None:
    return {None: None, Aim.LOW: "under", Aim.HIGH: "over"}.get(aimed, "close")
