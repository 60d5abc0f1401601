from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.comparison.ties import APART, band_numbers, bands, noise, tied


def test_the_published_distance() -> None:
    """Rating SD .8 at a reliability of .61: apart at 90 % only beyond 1.16 points."""
    error = 0.8 * (1 - 0.61) ** 0.5
    assert round(APART * (2 * error**2) ** 0.5, 2) == 1.16
    assert tied(3.0, error, 4.16, error)
    assert not tied(3.0, error, 4.17, error)


def test_noise_is_pooled_over_candidates_by_degrees_of_freedom() -> None:
    found = noise([[4.5, 3.0], [3.0, 4.5], [2.0, 3.0, 4.0], [5.0], []])
    # (1.125 + 1.125 + 2) / (1 + 1 + 2)
    assert found.spread == pytest.approx((4.25 / 4) ** 0.5)
    assert (found.degrees, found.candidates) == (4, 3)
    assert found.error(4) == pytest.approx((4.25 / 4) ** 0.5 / 2)
    assert found.error(0) is None
    assert found.words == "1.03 points (n=3)"


def test_two_candidates_or_one_interviewer_are_too_few() -> None:
    assert noise([[4.0, 3.0], [2.0, 3.0]]).words == "too few to tell (n=2)"
    assert noise([[4.0]] * 9).words == "too few to tell (n=0)"
    assert noise([[4.0]] * 9).error(1) is None


def test_without_noise_only_equals_are_tied() -> None:
    assert tied(3.0, 0.0, 3.0, 0.0)
    assert not tied(3.0, 0.0, 3.1, 0.0)
    drawn = bands([4.0, 4.0, 3.0], [0.0, 0.0, 0.0])
    assert [(band.first, band.last) for band in drawn] == [(0, 1), (2, 2)]


def test_bands_overlap_where_ties_do() -> None:
    drawn = bands([4.0, 3.5, 3.0, 1.0], [0.3] * 4)
    assert [(band.first, band.last) for band in drawn] == [(0, 1), (1, 2), (3, 3)]
    assert band_numbers(4, drawn) == [(0, 0), (0, 1), (1, 1), (2, 2)]


def test_nobody_has_no_bands() -> None:
    assert bands([], []) == ()


LINE = st.lists(
    st.tuples(st.integers(4, 20).map(lambda q: q / 4), st.sampled_from([0.0, 0.2, 0.5])),
    min_size=1,
    max_size=12,
)


@given(LINE)
def test_whoever_is_tied_shares_a_band(line: list[tuple[float, float]]) -> None:
    line = sorted(line, reverse=True)
    scores, errors = [score for score, _ in line], [error for _, error in line]
    drawn = bands(scores, errors)
    numbers = band_numbers(len(line), drawn)
    for one in range(len(line)):
        for other in range(one, len(line)):
            shared = numbers[one][1] >= numbers[other][0]
            if tied(scores[one], errors[one], scores[other], errors[other]):
                assert shared
            elif len(set(errors)) == 1:
                assert not shared


@given(LINE)
def test_bands_cover_all_in_order_and_none_lies_in_another(line: list[tuple[float, float]]) -> None:
    line = sorted(line, reverse=True)
    drawn = bands([score for score, _ in line], [error for _, error in line])
    assert {p for band in drawn for p in range(band.first, band.last + 1)} == set(range(len(line)))
    for one, other in pairwise(drawn):
        assert one.first < other.first
        assert one.last < other.last
