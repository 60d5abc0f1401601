"""Against printed tables; beyond them, against what must hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.comparison.quantiles import f_quantile, incomplete_beta, t_quantile


@pytest.mark.parametrize(
    ("p", "d1", "d2", "printed"),
    [
        (0.95, 1, 10, 4.9646),
        (0.95, 5, 18, 2.7729),
        (0.975, 5, 18, 3.3820),
        (0.975, 5, 15, 3.5764),
        (0.99, 3, 12, 5.9525),
        (0.95, 10, 120, 1.9105),
    ],
)
def test_f_is_as_printed(p: float, d1: float, d2: float, printed: float) -> None:
    assert f_quantile(p, d1, d2) == pytest.approx(printed, abs=5e-5)


@pytest.mark.parametrize(
    ("p", "df", "printed"),
    [(0.975, 1, 12.7062), (0.975, 5, 2.5706), (0.95, 12, 1.7823), (0.975, 1e7, 1.96)],
)
def test_t_is_as_printed(p: float, df: float, printed: float) -> None:
    assert t_quantile(p, df) == pytest.approx(printed, abs=5e-5)


@pytest.mark.parametrize(("x", "share"), [(0.0, 0.0), (1.0, 1.0), (0.3, 0.3), (-1.0, 0.0)])
def test_the_uniform_distribution_is_a_beta(x: float, share: float) -> None:
    assert incomplete_beta(x, 1, 1) == pytest.approx(share, abs=1e-14)


DF = st.one_of(st.floats(1, 60), st.floats(60, 50_000))


@settings(deadline=None)
@given(st.floats(0.01, 0.99), DF, DF)
def test_a_quantile_gives_back_its_probability(p: float, d1: float, d2: float) -> None:
    x = f_quantile(p, d1, d2)
    assert incomplete_beta(d1 * x / (d1 * x + d2), d1 / 2, d2 / 2) == pytest.approx(p, abs=1e-9)


@settings(deadline=None)
@given(st.floats(0.01, 0.99), DF, DF)
def test_the_reciprocal_has_the_degrees_swapped(p: float, d1: float, d2: float) -> None:
    assert f_quantile(p, d1, d2) == pytest.approx(1 / f_quantile(1 - p, d2, d1), rel=1e-8)
