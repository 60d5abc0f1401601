"""Places and ties: the five panels that 0.1.0 spoke wrongly of, and the rules behind them."""

from itertools import combinations
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.comparison.places import (
    Candidacy,
    are_apart,
    band_numbers,
    compute_places,
)
from interviewkit.comparison.precision import Difference, Uncertainty
from interviewkit.comparison.quantiles import t_probability, t_quantile
from interviewkit.comparison.studentized_range import (
    studentized_range_probability,
    studentized_range_quantile,
)
from panel_tables import panel_of, read_table


def ranked(name: str, without: str = "") -> tuple[list[str], list[tuple[int, int]]]:
    panel = panel_of(read_table(name))
    rows = sorted(
        (-overall, candidate, terms)
        for candidate, overall, terms in zip(
            panel.candidates, panel.overalls, panel.terms, strict=True
        )
        if candidate != without
    )
    drawn = compute_places(panel.precision, [Candidacy(-score, terms) for score, _, terms in rows])
    return [candidate for _, candidate, _ in rows], list(drawn.places)


def test_somebody_assessed_on_a_quarter_changes_nobodys_place() -> None:
    assert ranked("c_cov", without="Zed") == (
        ["Ann", "Bea", "Cal", "Dee", "Eve"],
        [(1, 3), (1, 4), (1, 5), (2, 5), (3, 5)],
    )


def test_an_answer_more_moves_places_a_little() -> None:
    assert ranked("c_one_answer_less") == (["Ann", "Bea", "Cal"], [(1, 1), (2, 3), (2, 3)])
    assert ranked("c_one_answer_more") == (["Ann", "Bea", "Cal"], [(1, 2), (1, 3), (2, 3)])


def test_one_candidate_or_none_has_no_place() -> None:
    panel = panel_of(read_table("d04_nested_pairs"))
    few = Candidacy(3.0, panel.terms[0])
    assert compute_places(panel.precision, [few]).places == ()
    assert compute_places(panel.precision, []).bands == ()


@pytest.mark.parametrize(
    ("p", "n", "df", "printed"),
    [
        (0.90, 6, 10, 4.263698),
        (0.90, 3, 4, 3.975596),
        (0.90, 8, 7.5, 4.894743),
        (0.90, 30, 58, 5.202644),
        (0.90, 60, 118, 5.608606),
        (0.95, 3, inf, 3.314493),
        (0.95, 2, 10, 3.151),
        (0.95, 5, 20, 4.232),
        (0.99, 4, 12, 5.502),
    ],
)
def test_quantiles_of_the_studentized_range_as_printed(
    p: float, n: int, df: float, printed: float
) -> None:
    q = studentized_range_quantile(p, n, df)
    assert q == pytest.approx(printed, abs=6e-4 if printed in (3.151, 4.232, 5.502) else 1e-5)
    assert studentized_range_probability(q, n, df) == pytest.approx(p, abs=1e-8)


def test_of_two_the_studentized_range_is_t_times_root_two() -> None:
    for df in (3.0, 7.5, 40.0):
        assert studentized_range_quantile(0.9, 2, df) == pytest.approx(
            2**0.5 * t_quantile(0.95, df), rel=1e-7
        )


def test_the_probability_of_t_turns_its_quantile_round() -> None:
    for df in (2.5, 6.0, 30.0):
        assert t_probability(t_quantile(0.95, df), df) == pytest.approx(0.95)
        assert t_probability(-t_quantile(0.95, df), df) == pytest.approx(0.05)
    assert t_probability(0.0, 5) == 0.5


@given(st.floats(0.01, 4), st.floats(0.01, 1), st.floats(3, 200))
def test_apart_by_name_is_beyond_a_ninety_percent_t_interval(
    points: float, variance: float, df: float
) -> None:
    difference = Difference(points, Uncertainty(variance, df))
    assert are_apart(difference) is (points >= t_quantile(0.95, df) * variance**0.5)
    assert are_apart(Difference(-points, difference.uncertainty)) == are_apart(difference)


def test_equals_are_tied_and_too_few_tell_nothing() -> None:
    assert are_apart(Difference(0.0, Uncertainty(1e-9, 50))) is False
    assert are_apart(Difference(4.0, Uncertainty(1e-9, 2.9))) is None


SCORES = st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=2, max_size=9)


@settings(deadline=None, max_examples=40)
@given(SCORES)
def test_places_and_bands_say_who_is_apart(drawn: list[float]) -> None:
    panel = panel_of(read_table("d07_mixed_sizes"))
    line = [
        Candidacy(score, panel.terms[at % len(panel.terms)])
        for at, score in enumerate(sorted(drawn, reverse=True))
    ]
    drawn_places = compute_places(panel.precision, line)
    n = len(line)
    assert all(1 <= low <= high <= n for low, high in drawn_places.places)
    apart = {}
    for upper, lower in combinations(range(n), 2):
        a, b = line[upper], line[lower]
        difference = panel.precision.difference(a.terms, a.score, b.terms, b.score)
        apart[upper, lower] = are_apart(difference)
        variance, df = difference.uncertainty
        q = studentized_range_quantile(0.9, n, df)
        if difference.points >= q * (variance / 2) ** 0.5:
            assert drawn_places.places[upper][1] < n
            assert drawn_places.places[lower][0] > 1
    numbers = band_numbers(n, drawn_places.bands)
    for (upper, lower), is_apart in apart.items():
        if not is_apart:
            assert numbers[upper][1] >= numbers[lower][0]
