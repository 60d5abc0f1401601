"""Every number of the hand-computed example in docs/comparison.md, recomputed."""

import re

import pytest

from interviewkit.comparison.sentences import odds, place_text
from small_round import QUESTIONS, card, compared
from support import ROOT

TEXT = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
EXAMPLE = TEXT.partition("### The numbers by hand")[2].partition("###")[0]


def test_the_example_comes_out_as_it_says() -> None:
    rows = [
        [field.strip() for field in line.strip("|").split("|")]
        for line in re.findall(r"^\| (?:Ada|Bo|Cy).*$", EXAMPLE, re.MULTILINE)
    ]
    assert len(rows) == 6
    result = compared(
        *(
            card(who, by, dict(zip(QUESTIONS, map(int, ratings), strict=True)))
            for who, by, *ratings, _ in rows
        )
    )
    own = {c.name: c.by_interviewer for c in result.candidates}
    assert [f"{own[who][by]:.2f}" for who, by, *_ in rows] == [row[-1] for row in rows]
    overalls = ", ".join(f"{c.name} {c.overall:.3f}" for c in result.candidates)
    c = result.components
    bo, ada, _ = result.candidates
    difference = result.difference(bo, ada)
    by_name, in_order = result.places.by_name, result.places.in_order
    assert difference is not None
    assert by_name is not None
    assert in_order is not None
    variance, df = difference.uncertainty
    assert df == pytest.approx(3)
    priya, tom = (item.difference for item in result.severity)
    assert priya is not None
    assert tom is not None
    agreed = result.agreement
    assert agreed.form == "ICC(2)"
    sums = c.by_severity, c.by_opinion, c.by_remainder
    assert [item.df for item in sums] == [1, 2, 3]
    assert [item.value for item in sums] == pytest.approx([0.1875, 0.5, 3.1875])
    assert bo.probability_above_next is not None
    ownership, learning = result.ranges
    said = [
        f"Overall: {overalls}.",
        f"= {sum(item.value for item in sums):.3f} on {c.within} degrees of freedom",
        f"E = (0.25 + 3.1875) / 4 = {c.remainder:.4f}.",
        f"S = 0.16 / 2 = {c.severity:.4f}",
        f"0.0625 / 3 = {c.opinion:.4f}",
        f"(1/4 + 1/4) = {variance:.4f}, with 3 degrees of freedom",
        f"√{variance:.4f} = {by_name.low:.4f}",
        f"it takes {in_order.low:.4f}",
        "Places: " + ", ".join(f"{c.name} {place_text(c)}" for c in result.candidates),
        f"Bo truly above Ada: {odds(bo.probability_above_next)} ({bo.probability_above_next:.4f})",
        f"Priya +{priya:.4f} and Tom −{-tom:.4f}",
        f"ICC(2,1) of the overalls {agreed.single.value:.4f}, of their mean "
        f"{agreed.panel.value:.4f}; α over the nine answers {agreed.alpha.value:.4f}",
        f"under {ownership.high:.4f}, or learning over {learning.low:.4f}",
    ]
    for one in said:
        assert one in " ".join(EXAMPLE.split())
    assert [c.bands for c in result.candidates] == [(0, 0), (0, 0), (1, 1)]
    assert {one.without: one.first for one in result.alternatives} == {
        None: result.first,
        "Priya": ("id-Bo",),
        "Tom": ("id-Ada", "id-Bo"),
    }
