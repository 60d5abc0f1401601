"""What rows calculate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measuring import Extent, Row, growth


@given(st.floats(-2, 3), st.floats(0.01, 100))
def test_growth_is_the_exponent_of_the_power(power: float, once: float) -> None:
    sizes = (10, 100, 1000)
    row = growth("it", sizes, [once * size**power for size in sizes])
    assert row.ratio == pytest.approx(power, abs=1e-6)


def test_growth_beyond_proportion_misses() -> None:
    assert growth("it", [1, 2, 4], [5, 10, 20]).is_met
    assert growth("it", [1, 2, 4], [5, 20, 80]).is_met is False


def test_a_target_is_met_by_the_median_and_by_the_tails() -> None:
    floor = [1.0] * 200
    quick = Row("it", [1.2] * 200, floor, target=1.5, tails=(1.5, 2.0))
    assert (quick.ratio, quick.tail(0.95), quick.is_met) == (1.2, 1.2, True)
    tail = Row("it", [1.2] * 180 + [9.0] * 20, floor, target=1.5, tails=(1.5, 2.0))
    assert (tail.ratio, tail.tail(0.95), tail.is_met) == (1.2, 9.0, False)
    assert Row("it", [2.0], [1.0]).is_met is None
    few = Row("it", [2.0] * 5, [1.0] * 5, target=3, tails=(1.0, 1.0))
    assert (few.tail(0.95), few.is_met) == (None, True)


@pytest.mark.parametrize(("count", "p95", "p99"), [(39, None, None), (40, 2, None), (200, 2, 2)])
def test_a_tail_is_told_where_more_than_the_worst_lies_in_it(
    count: int, p95: float | None, p99: float | None
) -> None:
    row = Row("it", [2.0] * count, [1.0] * count)
    assert (row.tail(0.95), row.tail(0.99)) == (p95, p99)


def test_figures_that_agree_do_not_scatter_and_more_of_them_scatter_less() -> None:
    assert Row("it", [2.0] * 5, [1.0] * 5).scatter == 0
    assert Row("it", [2.0]).scatter == 0
    few, many = (Row("it", [1.0, 2.0, 3.0] * n, [1.0] * 3 * n).scatter for n in (3, 30))
    assert 0 < many < few


def test_an_extent_picks_its_size() -> None:
    assert [one.of("a", "b", "c") for one in Extent] == ["a", "b", "c"]
