"""How well a round orders its candidates, and what a difference is worth given that.

Reliability is that of Putka, Le, McCloy & Diaz (2008), G(q,k), which is ICC(C,k) where one panel
saw all, ICC(1,k) where each candidate had a panel of its own, and lies between them elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.precision import LEAST_DF, Difference, ErrorTerms, Precision
from interviewkit.comparison.quantiles import f_quantile, t_probability

TRUE_SPREAD = 0.30  # prior variance of true overalls on a scale of 1 to 5, worth 3 candidates
FEWEST_ORDERED = 3
GOAL = 0.80
FEWEST_FOR_GOAL = 20  # candidates from which the interviewers needed are worth an estimate


@dataclass(frozen=True, slots=True)
class Reliability:
    """``order`` is the reliability of the order of these candidates, ``single`` what one
    interviewer alone would give. ``spread`` is the variance of true overalls, shrunken towards a
    prior, ``observed`` that of the overalls, ``error`` the mean variance of their error.
    ``same_people`` and ``other_people`` are the interviewers a candidate needs for a reliability
    of .80, if the same people see all or not; None with fewer than 20 candidates.
    """

    order: Estimate
    single: Estimate
    observed: float | None
    error: float | None
    df: float | None
    spread: float
    same_people: float | None = None
    other_people: float | None = None

    @classmethod
    def silent(cls, n: int) -> "Reliability":
        """Of a round in which nobody rated the same as anybody else."""
        estimate = Estimate(None, None, None, n, "no two people rated the same thing")
        return cls(estimate, estimate, None, None, None, TRUE_SPREAD)

    def probability_above(self, difference: Difference) -> float:
        """How likely the first of two candidates truly is above the other.

        The difference is shrunken by what true overalls differ by, or the claim would be too bold.
        """
        variance, df = difference.uncertainty
        worth = 2 * self.spread / (2 * self.spread + variance)
        return t_probability(difference.points * sqrt(worth / variance), df)

    def shrink(self, overall: float, mean: float, variance: float) -> float:
        """An overall drawn towards the mean of all by how little is known of it."""
        return mean + self.spread / (self.spread + variance) * (overall - mean)


def reliability(
    precision: Precision,
    terms: Sequence[ErrorTerms],
    overalls: Sequence[float],
    unit: float,
    whole_shares: float,
) -> Reliability:
    """The reliability of the order of these candidates.

    ``unit`` takes variances to the scale's squared points; ``whole_shares`` is Σ (w/Σw)² over all
    competencies.
    """
    n = len(terms)
    reason = f"too few to tell (n={n})"
    few = Estimate(None, None, None, n, reason)
    prior = TRUE_SPREAD * unit
    if n < 2:
        return Reliability(few, few, None, None, None, prior)
    levelled = [score - item.level for score, item in zip(overalls, terms, strict=True)]
    middle = sum(levelled) / n
    observed = sum([(value - middle) ** 2 for value in levelled]) / (n - 1)
    error, df = precision.uncertainty(
        precision.mean_load_distance / (n - 1),
        sum([item.load_squares for item in terms]) / n,
        sum([item.remainder for item in terms]) / n,
        sum([item.missing for item in terms]) / n,
    )
    spread = (3 * prior + (n - 1) * max(observed - error, 0.0)) / (n + 2)
    if n < FEWEST_ORDERED or df < LEAST_DF:
        return Reliability(few, few, observed, error, df, spread)
    order = _order(observed, error, df, n)
    c = precision.components
    enough = n >= FEWEST_FOR_GOAL
    shared = c.opinion + c.remainder * whole_shares
    needed = GOAL / (1 - GOAL) / spread
    return Reliability(
        order,
        _single(order, n / sum([1 / len(item.panel) for item in terms])),
        observed,
        error,
        df,
        spread,
        needed * shared if enough else None,
        needed * (c.severity + shared) if enough else None,
    )


def _order(observed: float, error: float, df: float, n: int) -> Estimate:
    if observed < 1e-12:
        return Estimate(None, None, None, n, f"all rated the same (n={n})")
    ratio = error / observed
    low = 1 - ratio * f_quantile(0.975, n - 1, df)
    high = 1 - ratio * f_quantile(0.025, n - 1, df)
    return Estimate(1 - ratio, low, high, n)


def _single(order: Estimate, k: float) -> Estimate:
    """One interviewer alone, by Spearman-Brown turned round; below 0 there is nothing to turn."""
    if order.value is None or order.low is None or order.high is None:
        return order

    def for_single(value: float) -> float:
        value = max(value, 0.0)
        return value / (k - (k - 1) * value)

    return Estimate(for_single(order.value), for_single(order.low), for_single(order.high), order.n)
