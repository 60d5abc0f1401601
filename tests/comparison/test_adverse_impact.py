from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.comparison.adverse_impact import Count, below, fisher, group_impacts
from interviewkit.comparison.selection_counts import CountsError, read_counts

TEA = Count("s", "milk first", 4, 3), Count("s", "tea first", 4, 1)


def two(one: tuple[int, int], other: tuple[int, int]) -> tuple[Count, Count]:
    """(considered, selected) twice."""
    return Count("Offer", "a", *one), Count("Offer", "b", *other)


def test_fishers_own_example() -> None:
    """The lady tasting tea: 3 of 4 right has 17/70 one-sided, so 34/70 two-sided."""
    assert fisher(*TEA) == pytest.approx(34 / 70)


def test_a_group_beside_the_one_with_the_highest_rate() -> None:
    women, men = group_impacts(two((40, 12), (60, 30)))
    assert (women.rate, women.beside, women.ratio) == (0.3, "b", 0.6)
    assert women.below is True
    assert (women.one_more, women.one_less) == (True, True)
    assert not women.hinges_on_one
    assert (men.rate, men.beside, men.ratio, men.below, men.p) == (0.5, "b", None, None, None)


def test_exactly_four_fifths_is_not_below() -> None:
    one, _ = group_impacts(two((100, 40), (100, 50)))
    assert (one.ratio, one.below, one.one_less) == (0.8, False, True)
    assert one.hinges_on_one


def test_one_more_may_turn_it() -> None:
    one, _ = group_impacts(two((5, 1), (10, 4)))
    assert (one.below, one.one_more, one.hinges_on_one) == (True, False, True)


def test_what_cannot_be_is_not_checked() -> None:
    one, other = group_impacts(two((3, 0), (3, 3)))
    assert (one.one_less, one.below, other.one_more) == (None, True, None)


def test_nobody_considered_and_nobody_selected() -> None:
    empty, full = group_impacts(two((0, 0), (5, 0)))
    assert (empty.rate, empty.ratio, full.rate, full.beside) == (None, None, 0.0, "")


def test_stages_stand_apart() -> None:
    first = two((10, 5), (10, 9))
    later = [Count("Later", "a", 5, 5), Count("Later", "b", 9, 1)]
    found = group_impacts([*first, *later])
    assert [one.beside for one in found] == ["b", "b", "a", "a"]


COUNTS = st.integers(0, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(COUNTS, COUNTS)
def test_fisher_is_a_probability_and_knows_no_sides(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    p = fisher(*two(one, other))
    assert 0 < p <= 1
    assert p == fisher(*two(other, one))


@given(COUNTS, COUNTS)
def test_fisher_is_the_sum_of_the_tables_no_likelier(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    chosen, whole = one[1] + other[1], comb(one[0] + other[0], one[1] + other[1])
    chances = {
        k: Fraction(comb(one[0], k) * comb(other[0], chosen - k), whole)
        for k in range(one[0] + 1)
        if 0 <= chosen - k <= other[0]
    }
    assert sum(chances.values()) == 1
    rarer = sum(chance for chance in chances.values() if chance <= chances[one[1]])
    assert fisher(*two(one, other)) == float(rarer)


@given(COUNTS, COUNTS)
def test_four_fifths_is_the_comparison_of_exact_rates(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    if one[0] and other[0]:
        exact = Fraction(one[1], one[0]) < Fraction(4, 5) * Fraction(other[1], other[0])
        assert below(*two(one, other)) is exact


GOOD = "stage,group,considered,selected\nOffer,a,10,5\nOffer,b,10,9\n"


@pytest.mark.parametrize("text", [GOOD, "\ufeff" + GOOD, GOOD.replace(",", ";"), GOOD.title()])
def test_counts_are_read_as_spreadsheets_write_them(text: str) -> None:
    assert [(one.considered, one.selected) for one in read_counts(text, "f")] == [(10, 5), (10, 9)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f:1: these are not the columns of a file of counts."),
        ("name,group\nAda,a\n", "f:1: these are not the columns of a file of counts."),
        (GOOD.partition("\n")[0], "f holds no counts."),
        (GOOD + "Offer,c,10\n", "f:4: the line has not four fields."),
        (GOOD + "Offer,c,10,1,2\n", "f:4: the line has not four fields."),
        (GOOD + "Offer,,10,1\n", "f:4: the stage or the group has no name."),
        (GOOD + "Offer,c,ten,1\n", "f:4: 'ten' under considered is no count."),
        (GOOD + "Offer,c,10,-1\n", "f:4: '-1' under selected is no count."),
        (GOOD + "Offer,c,1,2\n", "f:4: 2 of c went on, but only 1 were considered."),
        (GOOD + "Offer,a,1,1\n", "f:4: a is there twice at the stage Offer."),
        (GOOD + "Interview,a,1,1\n", "f: the stage Interview has one group only."),
    ],
)
def test_counts_that_do_not_add_up_are_told(text: str, said: str) -> None:
    with pytest.raises(CountsError) as error:
        read_counts(text, "f")
    assert error.value.message == said
    assert error.value.hint
