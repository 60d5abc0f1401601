"""Intraclass correlations against the published example, and what must hold for any."""

from collections.abc import Sequence
from math import isclose
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.comparison.agreement import icc1, icc2, measure_agreement, one_way, two_way
from interviewkit.comparison.estimate import Estimate, average, spearman_brown, too_few

# Shrout & Fleiss (1979), table 2: six targets by four judges.
TABLE = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
NO_ALPHA = too_few(0)


def four(value: float | None) -> float | None:
    return value and round(value, 4)


def named(row: Sequence[float]) -> dict[str, float]:
    return {str(place): float(score) for place, score in enumerate(row)}


def test_one_way_as_published() -> None:
    between, within, total = one_way(TABLE)
    assert (round(between / within, 2), total) == (1.79, 24)
    single = icc1(TABLE)
    assert four(single.value) == 0.1657
    assert four(average(single, 4).value) == 0.4428


def test_two_way_as_published() -> None:
    rows, _, error = two_way(TABLE)
    assert round(rows / error, 2) == 11.03
    single = icc2(TABLE)
    assert four(single.value) == 0.2898
    assert four(average(single, 4).value) == 0.6201


def test_the_intervals_are_those_other_programs_print() -> None:
    # 95 % bounds as the package psych for R prints them in its documentation of ICC().
    one, two = icc1(TABLE), icc2(TABLE)
    printed = [(one, (-0.133, 0.72)), (average(one, 4), (-0.884, 0.91))]
    printed += [(two, (0.019, 0.76)), (average(two, 4), (0.071, 0.93))]
    for estimate, (low, high) in printed:
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low == pytest.approx(low, abs=5e-4)
        assert estimate.high == pytest.approx(high, abs=5e-3)


@pytest.mark.parametrize(("k", "published"), [(2, 0.61), (3, 0.70), (4, 0.76)])
def test_more_interviewers_as_published(k: int, published: float) -> None:
    value = spearman_brown(0.44, k)
    assert value is not None
    assert round(value, 2) == published


def test_the_same_panel_for_all_is_two_way_and_any_gap_is_one_way() -> None:
    whole = [named(row) for row in TABLE]
    same = measure_agreement(whole, NO_ALPHA)
    assert (same.form, four(same.single.value), same.interviewers) == ("ICC(2)", 0.2898, 4)
    assert four(same.panel.value) == 0.6201
    gap = measure_agreement([*whole[:5], named([6, 2])], NO_ALPHA)
    assert gap.form == "ICC(1)"
    assert gap.interviewers == pytest.approx(6 / (5 / 4 + 1 / 2))


def test_who_was_seen_by_one_takes_no_part() -> None:
    whole = [named(row) for row in TABLE]
    assert measure_agreement([*whole, {"3": 1.0}, {}], NO_ALPHA) == measure_agreement(
        whole, NO_ALPHA
    )


@pytest.mark.parametrize("rows", [[], [[3, 4]], [[3, 4], [1, 2]], [[3], [4], [5], [1], [2]]])
def test_few_data_claim_nothing(rows: list[list[int]]) -> None:
    found = measure_agreement([named(row) for row in rows], NO_ALPHA)
    n = sum(len(row) > 1 for row in rows)
    assert found.single == found.panel == Estimate(None, None, None, n, f"too few to tell (n={n})")
    assert found.single.words == f"too few to tell (n={n})"


def test_an_interviewer_who_gives_everybody_the_same_is_no_agreement() -> None:
    flat = measure_agreement([named([5, 5])] * 4, NO_ALPHA)
    assert flat.single.words == "all rated the same (n=4)"
    unlike = icc1([[1, 5], [2, 4], [3, 3]])
    assert unlike.value == -1
    assert average(unlike, 2).words == "the candidates do not differ"


def test_perfect_agreement_has_no_interval() -> None:
    assert icc1([[1, 1], [3, 3, 3], [5, 5]]).words == (
        "1.00 (n=3; no spread within a panel, so no interval)"
    )
    shifted = icc2([[1, 2], [3, 4], [4, 5]])
    assert shifted.low is None
    assert "interviewers all differ by the same amount" in shifted.words


SCORE = st.integers(4, 20).map(lambda quarters: quarters / 4)
ROWS = st.lists(st.lists(SCORE, min_size=2, max_size=4), min_size=3, max_size=7)
SQUARE = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(SCORE, min_size=k, max_size=k), min_size=3, max_size=6)
)


def same(one: Estimate, other: Estimate) -> bool:
    if one.why or other.why:
        return one.why == other.why
    pairs = [(one.value, other.value), (one.low, other.low), (one.high, other.high)]
    return all(
        a is not None and b is not None and isclose(a, b, rel_tol=1e-6, abs_tol=1e-6)
        for a, b in pairs
    )


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_candidates_and_interviewers_does_not_matter(
    rows: list[list[float]], random: Random
) -> None:
    before = icc1(rows)
    mixed = [random.sample(row, len(row)) for row in rows]
    random.shuffle(mixed)
    assert same(icc1(mixed), before)


@settings(deadline=None)
@given(SQUARE, st.sampled_from([-3.0, 2.0]), st.sampled_from([0.5, 4.0]))
def test_shifting_and_stretching_all_scores_changes_no_agreement(
    rows: list[list[float]], shift: float, factor: float
) -> None:
    moved = [[score * factor + shift for score in row] for row in rows]
    assert same(icc1(moved), icc1(rows))
    assert same(icc2(moved), icc2(rows))


@settings(deadline=None)
@given(SQUARE)
def test_an_interval_holds_its_value_and_ends_at_one(rows: list[list[float]]) -> None:
    for found in (icc1(rows), icc2(rows)):
        if found.low is not None and found.high is not None and found.value is not None:
            assert found.low <= found.value + 1e-6
            assert found.value <= found.high + 1e-6
            assert found.high <= 1


@settings(deadline=None)
@given(SQUARE)
def test_equal_panels_have_the_interval_of_shrout_and_fleiss(rows: list[list[float]]) -> None:
    """Wald's interval must come down to theirs, which is written out here in closed form."""
    from interviewkit.comparison.quantiles import f_quantile

    found = icc1(rows)
    if found.low is None or found.high is None:
        return
    n, k = len(rows), len(rows[0])
    between, within, _ = one_way(rows)
    ratio = between / within
    for bound, p in ((found.low, 0.975), (found.high, 0.025)):
        f = ratio / f_quantile(p, n - 1, n * (k - 1))
        assert bound == pytest.approx((f - 1) / (f + k - 1), abs=1e-6)
