"""Every number of the hand-computed example in docs/comparison.md, recomputed."""

import re

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
    noise, error = result.noise.spread, result.candidates[0].error
    assert noise is not None
    assert error is not None
    priya, tom = (one.difference for one in result.severity)
    assert priya is not None
    assert tom is not None
    agreed = result.agreement
    assert agreed.form == "ICC(2)"
    said = [
        f"Overall: {overalls}.",
        f"= {noise:.4f}. ±: {noise:.4f} / √2 = {error:.4f}.",
        f"1.645 · √2 · {error:.4f} = {1.645 * 2**0.5 * error:.4f}",
        f"Priya +{priya:.4f} and Tom −{-tom:.4f}",
        f"ICC(2,1) {agreed.single.value:.4f}, of their mean {agreed.panel.value:.4f}; "
        f"α over the nine answers {agreed.alpha.value:.4f}",
    ]
    for one in said:
        assert one in " ".join(EXAMPLE.split())
    assert [c.bands for c in result.candidates] == [(0, 0), (0, 0), (1, 1)]
    assert {one.without: one.first for one in result.alternatives} == {
        None: result.first,
        "Priya": ("id-Bo",),
        "Tom": ("id-Ada", "id-Bo"),
    }
