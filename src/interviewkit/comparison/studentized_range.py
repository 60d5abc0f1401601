"""Quantiles of the studentized range: how far apart the outermost of n equals may lie.

Tukey (1953). Written here because the base install brings no scipy; a test holds it against
printed tables.
"""

from functools import lru_cache
from math import cos, erf, exp, lgamma, log, pi, sqrt

_NORMAL_NODES, _SCALE_NODES, _REACH = 96, 48, 8.0
_STEPS = 60


@lru_cache(maxsize=8)
def gauss_legendre(count: int) -> tuple[tuple[float, float], ...]:
    """(Node, weight) on −1 to 1 (Abramowitz & Stegun 25.4.29), by Newton's steps."""
    result = []
    for index in range(count):
        x = cos(pi * (index + 0.75) / (count + 0.5))
        for _ in range(100):
            p, previous = 1.0, 0.0
            for degree in range(count):
                p, previous = ((2 * degree + 1) * x * p - degree * previous) / (degree + 1), p
            slope = count * (x * p - previous) / (x * x - 1)
            step = p / slope
            x -= step
            if abs(step) < 1e-15:
                break
        result.append((x, 2 / ((1 - x * x) * slope * slope)))
    return tuple(result)


@lru_cache(maxsize=1)
def _normal_nodes() -> tuple[tuple[float, float, float], ...]:
    """(z, Φ(z), density · weight) over ±8."""
    return tuple(
        (z := _REACH * x, _phi(z), _REACH * weight * exp(-z * z / 2) / sqrt(2 * pi))
        for x, weight in gauss_legendre(_NORMAL_NODES)
    )


def _phi(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def _range_below(width: float, n: int) -> float:
    """The probability that n standard normal values lie within ``width`` of each other."""
    if width <= 0:
        return 0.0
    power = n - 1
    return n * sum(
        [
            density * (cumulative - _phi(z - width)) ** power
            for z, cumulative, density in _normal_nodes()
        ]
    )


@lru_cache(maxsize=256)
def _scales(df: float) -> tuple[tuple[float, float], ...]:
    """(s, probability) of s = χ/√df, over all that has any weight."""
    spread = 1 / sqrt(2 * df)
    low, high = max(0.0, 1 - 9 * spread), 1 + 9 * spread
    half, middle = (high - low) / 2, (high + low) / 2
    front = log(2) + df / 2 * log(df / 2) - lgamma(df / 2)
    return tuple(
        (s, half * weight * exp(front + (df - 1) * log(s) - df * s * s / 2))
        for x, weight in gauss_legendre(_SCALE_NODES)
        if (s := middle + half * x) > 0
    )


def studentized_range_probability(q: float, n: int, df: float) -> float:
    """P that the range of n equals over an independent estimate of their spread is below q."""
    if df == float("inf"):
        return _range_below(q, n)
    return sum([weight * _range_below(q * s, n) for s, weight in _scales(df)])


@lru_cache(maxsize=4096)
def studentized_range_quantile(p: float, n: int, df: float) -> float:
    """The q that the studentized range of n equals stays below with probability p; n ≥ 2."""
    low, high = 0.0, 4.0
    while (top := studentized_range_probability(high, n, df)) < p:
        low, high = high, high * 2
    bottom = studentized_range_probability(low, n, df)
    for _ in range(_STEPS):
        middle = low + (high - low) * (p - bottom) / (top - bottom)
        # A step of at least a twentieth from the ends, or one end would hardly ever move.
        least = (high - low) / 20
        middle = min(max(middle, low + least), high - least)
        at = studentized_range_probability(middle, n, df)
        if at < p:
            low, bottom = middle, at
        else:
            high, top = middle, at
        if high - low < 1e-9 * high or abs(at - p) < 1e-11:
            return middle
    return (low + high) / 2
