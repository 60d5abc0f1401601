"""A panel's calibration as everybody in it may read it: no names, and nothing from a few people."""

from dataclasses import dataclass

from interviewkit.comparison.calibration import (
    LEAST_RATERS,
    CalibrationStatistics,
    Change,
    RoundStatistics,
)
from interviewkit.comparison.estimate import Estimate, too_few


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """One round of a panel. Everything but ``raters`` is silent below LEAST_RATERS.

    ``divided`` counts the answers on which neighbouring anchors divide the panel.
    """

    round: int
    raters: int
    agreement: Estimate
    distance: float | None
    leniency: float | None
    divided: int | None


@dataclass(frozen=True, slots=True)
class PanelSummary:
    """A set's rounds without names; ``change`` is None where it would tell of a few people."""

    title: str
    answers: int
    rounds: tuple[RoundSummary, ...]
    change: Change | None


def panel_summary(statistics: CalibrationStatistics) -> PanelSummary:
    """What of these statistics everybody may read."""
    change = statistics.change
    if change is not None and change.people < LEAST_RATERS:
        change = None
    return PanelSummary(
        statistics.calibration_set.title,
        len(statistics.calibration_set.answers),
        tuple(map(_round_summary, statistics.rounds)),
        change,
    )


def _round_summary(item: RoundStatistics) -> RoundSummary:
    if item.raters < LEAST_RATERS:
        return RoundSummary(item.round, item.raters, too_few(item.raters), None, None, None)
    return RoundSummary(
        item.round,
        item.raters,
        item.agreement.single,
        item.distance,
        item.leniency,
        len(item.divisions),
    )
