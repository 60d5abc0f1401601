from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.comparison.adverse_impact import Count, below, group_impacts, pool_counts
from interviewkit.comparison.quantiles import chi_squared_tail
from interviewkit.comparison.rate_tests import (
    Group,
    chi_squared,
    fisher,
    four_fifths_by_chance,
    freeman_halton,
    holm,
    ratio_interval,
    stage_test,
    table_count,
)
from interviewkit.comparison.selection_counts import CountsError, decode_counts, read_counts

TEA = (4, 3), (4, 1)


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
    assert one.needed == 1
    assert one.shortfall == pytest.approx(5 * 5 / 15 - 1)
    assert (one.below, one.one_more, one.hinges_on_one) == (True, False, True)


def test_what_cannot_be_is_not_checked() -> None:
    one, other = group_impacts(two((5, 0), (5, 5)))
    assert (one.one_less, one.below, other.one_more) == (None, True, None)
    full, _ = group_impacts(two((5, 5), (5, 5)))
    assert full.one_moved is None


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
def test_fisher_is_a_probability_and_knows_no_sides(group: Group, reference: Group) -> None:
    p = fisher(group, reference)
    assert 0 < p <= 1
    assert p == fisher(reference, group)


@given(COUNTS, COUNTS)
def test_fisher_is_the_sum_of_the_tables_no_likelier(group: Group, reference: Group) -> None:
    total, whole = group[1] + reference[1], comb(group[0] + reference[0], group[1] + reference[1])
    chances = {
        k: Fraction(comb(group[0], k) * comb(reference[0], total - k), whole)
        for k in range(group[0] + 1)
        if 0 <= total - k <= reference[0]
    }
    assert sum(chances.values()) == 1
    rarer = sum(chance for chance in chances.values() if chance <= chances[group[1]])
    assert fisher(group, reference) == float(rarer)


@given(
    st.lists(
        st.integers(0, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
        min_size=2,
        max_size=4,
    )
)
def test_every_table_with_the_same_margins_is_counted(groups: list[Group]) -> None:
    total = sum(x for _, x in groups)
    tables = [xs for xs in product(*[range(n + 1) for n, _ in groups]) if sum(xs) == total]
    assert table_count(groups) == len(tables)


@pytest.mark.parametrize(
    ("groups", "p"),
    [
        ([(10, 3), (12, 7), (9, 1)], 0.080493),
        ([(8, 2), (10, 5), (12, 9), (7, 1)], 0.043295),
    ],
)
def test_freeman_and_halton_as_r_gives_it(groups: list[Group], p: float) -> None:
    assert freeman_halton(groups) == pytest.approx(p, abs=1e-6)
    assert stage_test(groups).name == "Freeman-Halton"


def test_chi_squared_where_tables_are_too_many() -> None:
    groups = [(100, x) for x in (30, 44, 21, 38, 40)]
    found = stage_test(groups)
    assert (found.name, found.p) == ("chi-squared", chi_squared(groups))
    assert found.p == pytest.approx(0.005105, abs=1e-6)
    assert chi_squared_tail(3.841459, 1) == pytest.approx(0.05, abs=1e-7)
    assert chi_squared_tail(0, 3) == 1


def test_holm_keeps_the_order_and_never_exceeds_one() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "low", "high"),
    [
        (8, 30, 15, 30, 0.262885, 1.033279),
        (3, 20, 18, 40, 0.111498, 0.873348),
        (0, 12, 5, 14, 0.0, 0.746623),
        (1, 9, 30, 41, 0.027016, 0.608249),
        (12, 60, 44, 110, 0.283364, 0.845016),
        (5, 40, 5, 38, 0.315392, 2.866050),
    ],
)
def test_koopmans_interval_as_statsmodels_gives_it(
    x1: int, n1: int, x2: int, n2: int, low: float, high: float
) -> None:
    assert ratio_interval((n1, x1), (n2, x2)) == pytest.approx((low, high), abs=1e-6)


def test_the_interval_is_open_where_nobody_of_the_reference_went_on() -> None:
    low, high = ratio_interval((10, 4), (10, 0))
    assert low > 0
    assert high is None


@pytest.mark.parametrize(
    ("size", "share"), [(10, 0.65), (30, 0.43), (50, 0.31), (100, 0.19), (200, 0.08)]
)
def test_chance_alone_often_puts_a_group_under_four_fifths(size: int, share: float) -> None:
    group = size, 2 * size // 5
    assert four_fifths_by_chance(group, group) == pytest.approx(share, abs=0.006)


def test_pairs_are_only_looked_at_when_the_stage_differs() -> None:
    alike = group_impacts(two((40, 12), (60, 30)))
    assert alike[0].test.p is not None
    assert alike[0].test.p > 0.05
    assert alike[0].p is None
    apart = group_impacts([*two((40, 4), (60, 40)), Count("Offer", "c", 50, 30)])
    raw = fisher((40, 4), (60, 40))
    assert apart[0].p is not None
    assert raw < apart[0].p <= 3 * raw
    assert apart[0].one_moved == pytest.approx((5 / 40) / (39 / 60))


def test_a_small_group_is_shown_but_is_no_reference_and_in_no_test() -> None:
    groups = [*two((40, 12), (60, 30)), Count("Offer", "c", 2, 2)]
    women, _, small = group_impacts(groups)
    assert (women.beside, small.is_small, small.beside) == ("b", True, "b")
    assert women.test == group_impacts(two((40, 12), (60, 30)))[0].test
    many = group_impacts([*two((400, 120), (600, 300)), Count("Offer", "c", 10, 9)])
    assert many[2].is_small


def test_one_group_large_enough_is_not_tested() -> None:
    assert group_impacts(two((40, 12), (3, 1)))[0].test.p is None


def test_counts_of_requisitions_are_added_up() -> None:
    total = pool_counts([two((10, 5), (10, 9)), two((20, 1), (4, 2))])
    assert [(c.group, c.considered, c.selected) for c in total] == [("a", 30, 6), ("b", 14, 11)]


@given(COUNTS, COUNTS)
def test_four_fifths_is_the_comparison_of_exact_rates(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    if one[0] and other[0]:
        exact = Fraction(one[1], one[0]) < Fraction(4, 5) * Fraction(other[1], other[0])
        assert below(*two(one, other)) is exact


GOOD = "stage,group,considered,selected\nOffer,a,10,5\nOffer,b,10,9\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        "sep=;\n" + GOOD.replace(",", ";"),
        GOOD.title(),
        GOOD.replace("\n", "\r"),
        GOOD.replace("\n", "\r\n"),
        GOOD + ",,,\n\n , ,,\n",
        GOOD.replace("\n", ",\n"),
        GOOD.replace("stage,", "stage,,").replace("Offer,", "Offer,,"),
    ],
)
def test_counts_are_read_as_spreadsheets_write_them(text: str) -> None:
    assert [(one.considered, one.selected) for one in read_counts(text, "f")] == [(10, 5), (10, 9)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f:1: these are not the columns of a file of counts."),
        ("name,group\nAda,a\n", "f:1: these are not the columns of a file of counts."),
        (GOOD.partition("\n")[0], "f contains no counts."),
        (GOOD + "Offer,c,10\n", "f:4: the line does not have four fields."),
        (GOOD + "Offer,c,10,1,2\n", "f:4: the line does not have four fields."),
        (
            GOOD.replace("\n", ",\n") + "Offer,c,10,1,x\n",
            "f:4: the line does not have four fields.",
        ),
        (GOOD + "\n\nOffer,c,10\n", "f:6: the line does not have four fields."),
        (GOOD + "Offer,,10,1\n", "f:4: the stage or the group has no name."),
        (GOOD + "Offer,c,ten,1\n", "f:4: 'ten' under considered is not a count."),
        (GOOD + "Offer,c,10,-1\n", "f:4: '-1' under selected is not a count."),
        (GOOD + "Offer,c,1,2\n", "f:4: 2 of c went on, but only 1 were considered."),
        (GOOD + "Offer,a,1,1\n", "f:4: a appears twice at the stage Offer."),
        (GOOD + "Interview,a,1,1\n", "f: the stage Interview has only one group."),
    ],
)
def test_counts_that_do_not_add_up_are_told(text: str, said: str) -> None:
    with pytest.raises(CountsError) as error:
        read_counts(text, "f")
    assert error.value.message == said
    assert error.value.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    text = GOOD.replace("a,", "Französinnen,")
    counts = read_counts(decode_counts(text.encode(encoding), "f"), "f")
    assert counts[0].group == "Französinnen"


def test_another_encoding_is_refused() -> None:
    with pytest.raises(CountsError, match="f is not text in UTF-8 or UTF-16") as error:
        decode_counts("Französinnen".encode("latin-1"), "f")
    assert error.value.hint == "Save it as CSV UTF-8."
