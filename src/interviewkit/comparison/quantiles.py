"""The F, t and χ² distributions, from the regularized incomplete beta and gamma functions.

Written here because the base install brings no numpy or scipy; a test holds them against printed
tables.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

_SMALLEST = 1e-300  # stands in for a zero denominator
_CLOSE = 1e-15
_TERMS = 20_000  # the fraction needs about √max(a, b) of them


def incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b) for 0 ≤ x ≤ 1 and positive a, b.

    By the continued fraction of DLMF 8.17.22 (Olver et al., NIST Handbook of Mathematical
    Functions), evaluated by Lentz's method (Press et al., Numerical Recipes, 6.4).
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, _reciprocal(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = _reciprocal(1 + even * d), _apart(1 + even / c)
        result *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = _reciprocal(1 + odd * d), _apart(1 + odd / c)
        result *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return result


def _apart(value: float) -> float:
    return value if abs(value) > _SMALLEST else _SMALLEST


def _reciprocal(value: float) -> float:
    return 1 / _apart(value)


@lru_cache(maxsize=1024)
def f_quantile(p: float, d1: float, d2: float) -> float:
    """The value that an F(d1, d2) variable stays below with probability p, 0 < p < 1.

    F ≤ x exactly when a beta(d1/2, d2/2) variable is at most d1·x / (d1·x + d2) (Johnson, Kotz &
    Balakrishnan 1995, ch. 27).
    """
    a, b = d1 / 2, d2 / 2
    if a > b:  # the smaller of x and 1 − x is the one to find, or its digits are lost
        x = _beta_quantile(1 - p, b, a)
        return d2 * (1 - x) / (d1 * x)
    x = _beta_quantile(p, a, b)
    return d2 * x / (d1 * (1 - x))


def _beta_quantile(p: float, a: float, b: float) -> float:
    """Newton's steps inside a bracket that halving keeps sound."""
    front = lgamma(a + b) - lgamma(a) - lgamma(b)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(200):
        off = incomplete_beta(x, a, b) - p
        if off < 0:
            low = x
        else:
            high = x
        # Far out the density is too small for a float, and halving gets back to where it is not.
        density = exp(front + (a - 1) * log(x) + (b - 1) * log1p(-x))
        new = x - off / density if density else low
        if not low < new < high:
            new = (low + high) / 2 if low else high / 10
        if abs(new - x) <= 1e-14 * x:
            return new
        x = new
    return x


def t_quantile(p: float, df: float) -> float:
    """Student's t for p > 0.5: the square of t is F with 1 and df degrees of freedom."""
    return sqrt(f_quantile(2 * p - 1, 1, df))


def t_probability(value: float, df: float) -> float:
    """The probability that a Student's t stays below ``value``."""
    tail = incomplete_beta(df / (df + value * value), df / 2, 0.5) / 2
    return 1 - tail if value > 0 else tail


def chi_squared_tail(value: float, df: float) -> float:
    """The probability that a χ² variable with ``df`` degrees of freedom exceeds ``value``.

    The series of the incomplete gamma function (DLMF 8.11.4); beyond its reach the continued
    fraction of DLMF 8.9.2 by Lentz's method.
    """
    a, x = df / 2, value / 2
    if x <= 0:
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        step = a
        while term > total * _CLOSE:
            step += 1
            term *= x / step
            total += term
        return max(0.0, 1 - front * total)
    b = x + 1 - a
    c, d = 1 / _SMALLEST, 1 / b
    result = d
    for n in range(1, _TERMS):
        numerator = -n * (n - a)
        b += 2
        d, c = _reciprocal(numerator * d + b), _apart(b + numerator / c)
        result *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return front * result
