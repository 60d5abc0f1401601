"""Krippendorff's α against his reliability data C, and what must hold for any."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.comparison.alpha import (
    Coincidences,
    Distance,
    Unit,
    Value,
    alpha,
    estimate_alpha,
    ordinal,
)

# Krippendorff's reliability data C: four observers by twelve units, 0 for a gap.
DATA = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 0],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]


def nominal(_: Mapping[Value, int]) -> Callable[[Value, Value], float]:
    return lambda one, other: float(one != other)


def interval(_: Mapping[Value, int]) -> Callable[[Value, Value], float]:
    return lambda one, other: float(one - other) ** 2


def ratio(_: Mapping[Value, int]) -> Callable[[Value, Value], float]:
    return lambda one, other: float((one - other) / Fraction(one + other)) ** 2


def met(units: list[list[int]]) -> Coincidences:
    result = Coincidences()
    for unit in units:
        there = tuple(value for value in unit if value)
        if len(there) > 1:
            result.add(there)
    return result


@pytest.mark.parametrize(
    ("distance", "published"),
    [(nominal, 0.7434), (ordinal, 0.8154), (interval, 0.8491), (ratio, 0.7974)],
)
def test_it_is_as_published(distance: Distance, published: float) -> None:
    value = alpha(met([list(unit) for unit in zip(*DATA, strict=True)]), distance)
    assert value is not None
    assert round(value, 4) == published


UNITS = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=9)


@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_units_and_interviewers_does_not_matter(
    units: list[list[int]], random: Random
) -> None:
    mixed = [random.sample(unit, len(unit)) for unit in units]
    random.shuffle(mixed)
    assert alpha(met(mixed)) == pytest.approx(alpha(met(units)), abs=1e-9)


@given(UNITS)
def test_only_the_order_of_the_values_counts(units: list[list[int]]) -> None:
    moved = [[value and 3 * value + 4 for value in unit] for unit in units]
    assert alpha(met(moved)) == pytest.approx(alpha(met(units)), abs=1e-9)


@given(UNITS, st.integers(1, 5))
def test_a_lone_rating_adds_nothing(units: list[list[int]], value: int) -> None:
    assert alpha(met([*units, [value, 0, 0]])) == alpha(met(units))


@given(UNITS)
def test_it_never_exceeds_one(units: list[list[int]]) -> None:
    value = alpha(met(units))
    assert value is None or value <= 1 + 1e-12


def candidates(*rows: list[list[int]]) -> list[list[Unit]]:
    return [[tuple(sorted(unit)) for unit in row] for row in rows]


def test_few_candidates_claim_nothing() -> None:
    found = estimate_alpha(candidates([[3, 4], [2, 2]], [[1, 1]], []))
    assert (found.value, found.words) == (None, "too few to tell (n=2)")


def test_all_alike_is_no_agreement() -> None:
    assert estimate_alpha(candidates(*[[[5, 5, 5]]] * 4)).words == "all rated the same (n=4)"


def test_it_stands_without_an_interval() -> None:
    found = estimate_alpha(candidates([[1, 1]], [[3, 4]], [[5, 5]]))
    assert (found.low, found.high, found.n) == (None, None, 3)
    assert found.words == f"{found.value:.2f} (n=3)"


@settings(deadline=None)
@given(st.lists(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=3)), max_size=6))
def test_the_estimate_is_alpha(rows: list[list[list[int]]]) -> None:
    found = estimate_alpha(candidates(*rows))
    if found.value is not None:
        assert found.value == pytest.approx(alpha(met([unit for row in rows for unit in row])))
