"""A number with how sure one may be of it, or the words that stand in its place."""

from dataclasses import dataclass, replace

from interviewkit.comparison.means import format_mean

FEWEST = 3  # candidates with two or more interviewers, below which nothing is claimed


@dataclass(frozen=True, slots=True)
class Estimate:
    """``value`` with its 95 % interval from ``low`` to ``high``, over ``n`` candidates or answers.

    ``value`` is None when nothing can be told, and then ``why`` says so in words. A value without
    an interval has ``low`` and ``high`` None, and the reason, where it needs one, in ``why``.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    why: str = ""

    @property
    def words(self) -> str:
        """``0.62 (95 %: 0.07 to 0.93, n=6)``, or ``too few to tell (n=2)``."""
        if self.value is None:
            return self.why
        if self.low is None or self.high is None:
            reason = f"; {self.why}" if self.why else ""
            return f"{format_signed(self.value)} (n={self.n}{reason})"
        interval = f"{format_signed(self.low)} to {format_signed(self.high)}"
        return f"{format_signed(self.value)} (95 %: {interval}, n={self.n})"


def format_signed(value: float) -> str:
    """Two decimals with a minus sign as print has it, and no minus before nothing."""
    text = format_mean(value, "0.01")
    return text.replace("-", "−") if float(text) else "0.00"


def too_few(n: int) -> Estimate:
    """Nothing is claimed from so few."""
    return Estimate(None, None, None, n, f"too few to tell (n={n})")


def alike(n: int) -> Estimate:
    """Every score is the same, so agreement on differences has no meaning."""
    return Estimate(None, None, None, n, f"all rated the same (n={n})")


def average(single: Estimate, k: float) -> Estimate:
    """What the mean of ``k`` interviewers is worth, from what one is: value and interval alike.

    The bounds may be carried over because the Spearman-Brown formula only ever rises.
    """
    if single.value is None:
        return single
    value = spearman_brown(single.value, k)
    if value is None:
        return replace(single, value=None, low=None, high=None, why="the candidates do not differ")
    low = None if single.low is None else spearman_brown(single.low, k)
    high = None if single.high is None else spearman_brown(single.high, k)
    if low is None or high is None:
        return replace(single, value=value, low=None, high=None, why=single.why or "no interval")
    return replace(single, value=value, low=low, high=high)


def spearman_brown(single: float, k: float) -> float | None:
    """Reliability of the mean of ``k`` raters from that of one (Spearman 1910; Brown 1910).

    None where it runs away to minus infinity, at or below −1/(k−1).
    """
    denominator = 1 + (k - 1) * single
    return k * single / denominator if denominator > 1e-9 else None
