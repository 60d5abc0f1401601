"""Every reference value of every panel, and what must hold whatever the data are."""

from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interviewkit.comparison.places import t_of
from interviewkit.comparison.quantiles import f_quantile
from interviewkit.comparison.reliability import reliability
from interviewkit.comparison.severity import adjust_for_severity, groups_apart, shrunken_severities
from interviewkit.comparison.studentized_range import studentized_range_quantile
from panel_tables import Panel, Table, expected_values, panel_of, read_table

EXPECTED = expected_values()
CLOSE = 1e-6


def computed(name: str) -> dict[str, float]:
    """All quantities of a panel, by the names that the reference gives them."""
    panel = panel_of(read_table(name))
    c = panel.components
    result: dict[str, float] = {
        "S": c.severity,
        "CI": c.opinion,
        "E": c.remainder,
        "CK": c.profile,
        "T_S": c.by_severity.value,
        "f_S": c.by_severity.df,
        "T_CI": c.by_opinion.value,
        "f_CI": c.by_opinion.df,
        "T_E": c.by_remainder.value - c.by_light.value,
        "f_E": c.by_remainder.df - c.by_light.df,
        "light": c.by_light.df,
        "extra": c.by_light.value,
        "nu1": c.within,
        "t3": c.opinion_share,
        "Q_CK": c.by_profile.value,
        "f_CK": c.by_profile.df,
    }
    for candidate, overall in zip(panel.candidates, panel.overalls, strict=True):
        result[f"overall {candidate}"] = overall
    if c.within:
        result |= _errors(name, panel) | _order(panel) | _severities(panel)
    return result


def _errors(name: str, panel: Panel) -> dict[str, float]:
    result, precision, n = {}, panel.precision, len(panel.candidates)
    for at, candidate in enumerate(panel.candidates):
        terms = panel.terms[at]
        result[f"se_abs {candidate}"] = precision.overall(terms).standard_error
        result[f"se_rel {candidate}"] = precision.in_round(terms).standard_error
        for rival_at, rival in enumerate(panel.candidates):
            if rival == candidate:
                continue
            difference = precision.difference(
                terms, panel.overalls[at], panel.terms[rival_at], panel.overalls[rival_at]
            )
            pair, df = f"{candidate}-{rival}", difference.uncertainty.df
            result[f"diff {pair}"] = difference.points
            result[f"se {pair}"] = difference.uncertainty.standard_error
            result[f"df {pair}"] = df
            if f"t90 {pair}" in EXPECTED[name]:
                result[f"t90 {pair}"] = t_of(df)
                result[f"q90 {pair}"] = studentized_range_quantile(0.9, n, df) / sqrt(2)
    return result


def _order(panel: Panel) -> dict[str, float]:
    n = len(panel.candidates)
    found = reliability(panel.precision, panel.terms, panel.overalls, 1.0, 1.0)
    assert found.observed is not None
    assert found.error is not None
    assert found.df is not None
    ratio = found.error / found.observed
    result = {
        "S2": found.observed,
        "Verr": found.error,
        "dfR": found.df,
        "tau2": found.spread,
        "R": 1 - ratio,
        "R_low": 1 - ratio * f_quantile(0.975, n - 1, found.df),
        "R_high": 1 - ratio * f_quantile(0.025, n - 1, found.df),
    }
    if n > 2:
        estimate = found.order.value, found.order.low, found.order.high
        assert estimate == (result["R"], result["R_low"], result["R_high"])
    return result


def _severities(panel: Panel) -> dict[str, float]:
    severities = shrunken_severities(panel.scores, len(panel.interviewers), panel.components)
    assert severities is not None
    result = {f"severity {n}": u for n, u in zip(panel.interviewers, severities, strict=True)}
    for candidate, terms, overall in zip(
        panel.candidates, panel.terms, panel.overalls, strict=True
    ):
        result[f"adjusted {candidate}"] = adjust_for_severity(overall, terms, severities)
    return result


@pytest.mark.parametrize("name", list(EXPECTED))
def test_the_reference_values_come_out(name: str) -> None:
    found = computed(name)
    assert set(EXPECTED[name]) <= set(found)
    for quantity, value in EXPECTED[name].items():
        assert found[quantity] == pytest.approx(value, abs=CLOSE), quantity


def test_there_are_519_reference_values() -> None:
    assert sum(map(len, EXPECTED.values())) == 519


def test_without_the_prior_it_is_what_lme4_with_kenward_and_roger_gives() -> None:
    """d01: √V .429389 with 10 df from the mean squares alone."""
    panel = panel_of(read_table("d01_same_6x3x4"))
    c = panel.components
    remainder = c.by_remainder.value / c.by_remainder.df
    opinion = (c.by_opinion.value - c.by_opinion.df * remainder) / c.opinion_share
    variance = 2 / 3 * opinion + remainder * 2 / (3 * 4)
    assert sqrt(variance) == pytest.approx(0.429389, abs=1e-6)


def test_people_without_anybody_in_common_fall_into_groups() -> None:
    assert groups_apart([(0, 1), (1, 2), (3, 4), (5,)]) == 3
    assert groups_apart([]) == 0


SCORE = st.integers(2, 10).map(lambda half: Fraction(half, 2))
TABLES = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("klm"), st.sampled_from("PQRS")),
    SCORE,
    min_size=6,
    max_size=40,
)


def _tellable(table: Table) -> Panel:
    panel = panel_of(table)
    assume(panel.components.within > 0)
    return panel


def _differences(panel: Panel) -> dict[tuple[str, str], Any]:
    return {
        (a, b): panel.precision.difference(
            panel.terms[i], panel.overalls[i], panel.terms[j], panel.overalls[j]
        )
        for i, a in enumerate(panel.candidates)
        for j, b in enumerate(panel.candidates)
        if i != j
    }


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_no_variance_is_ever_zero(table: Table) -> None:
    panel = _tellable(table)
    c = panel.components
    assert min(c.severity, c.opinion, c.remainder, c.profile) > 0
    for difference in _differences(panel).values():
        assert difference.uncertainty.variance > 0
        assert difference.uncertainty.df > 0


@settings(deadline=None, max_examples=60)
@given(TABLES, st.randoms())
def test_names_and_their_order_change_nothing(table: Table, random: Any) -> None:
    before = _differences(_tellable(table))
    people, skills = list("PQRS"), list("klm")
    random.shuffle(people)
    random.shuffle(skills)
    renamed = {
        (c, skills["klm".index(k)], people["PQRS".index(i)]): score
        for (c, k, i), score in table.items()
    }
    after = _differences(panel_of(renamed))
    for pair, difference in before.items():
        assert after[pair].points == pytest.approx(difference.points, abs=1e-9)
        assert tuple(after[pair].uncertainty) == pytest.approx(tuple(difference.uncertainty))


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_a_scale_twice_as_wide_doubles_points_and_errors_and_nothing_else(table: Table) -> None:
    before = _differences(_tellable(table))
    doubled = {key: 2 * score - 1 for key, score in table.items()}
    after = _differences(panel_of(doubled, scale=(1.0, 9.0)))
    for pair, difference in before.items():
        assert after[pair].points == pytest.approx(2 * difference.points, abs=1e-9)
        variance, df = after[pair].uncertainty
        assert variance == pytest.approx(4 * difference.uncertainty.variance)
        assert df == pytest.approx(difference.uncertainty.df)


@settings(deadline=None, max_examples=60)
@given(TABLES, st.floats(0.1, 9))
def test_weights_touch_no_variance_component(table: Table, weight: float) -> None:
    assert panel_of(table).components == panel_of(table, {"k": weight}).components


@settings(deadline=None, max_examples=30)
@given(
    st.lists(SCORE, min_size=4 * 3 * 3, max_size=4 * 3 * 3),
    st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(-1, 2)]),
)
def test_severity_of_the_same_panel_cancels(drawn: list[Fraction], more: Fraction) -> None:
    keys = [(c, k, i) for c in "ABCD" for k in "klm" for i in "PQR"]
    table = dict(zip(keys, drawn, strict=True))
    stricter = {key: score + (more if key[2] == "P" else 0) for key, score in table.items()}
    panel, after = panel_of(table), panel_of(stricter)
    for name in ("by_opinion", "by_remainder"):
        sums, sums_after = (getattr(p.components, name) for p in (panel, after))
        assert sums_after.value == pytest.approx(sums.value, abs=1e-9)
    for pair, difference in _differences(panel).items():
        assert _differences(after)[pair].points == pytest.approx(difference.points, abs=1e-9)
        apart = panel.precision.difference(panel.terms[0], 0, panel.terms[1], 0).uncertainty
        loads = panel.terms[0].load_squares + panel.terms[1].load_squares
        c = panel.components
        remainder = panel.terms[0].remainder + panel.terms[1].remainder
        assert apart.variance == pytest.approx(loads * c.opinion + remainder * c.remainder)


def test_a_blank_more_moves_the_reliability_a_little_and_flips_no_formula() -> None:
    table = read_table("d01_same_6x3x4")
    whole = panel_of(table)
    before = reliability(whole.precision, whole.terms, whole.overalls, 1.0, 1.0)
    for key in table:
        panel = panel_of({other: score for other, score in table.items() if other != key})
        after = reliability(panel.precision, panel.terms, panel.overalls, 1.0, 1.0)
        assert after.order.value == pytest.approx(before.order.value, abs=0.1)


def test_a_competency_has_its_own_error() -> None:
    panel = panel_of(read_table("d02_same_gaps"))
    precision, c = panel.precision, panel.components
    both = c.severity + c.opinion + c.remainder
    assert precision.cell(2).variance == pytest.approx(both / 2)
    full, gap = panel.scores[0].rows[0], panel.scores[0].rows[1]
    assert (full.n, gap.n) == (3, 2)
    rival = panel.scores[1]
    pair = precision.on_competency(panel.scores[0].panel, full, rival.panel, rival.rows[0])
    n = rival.rows[0].n
    assert pair.variance == pytest.approx(
        (1 / n - 1 / 3) * c.severity + (1 / 3 + 1 / n) * (c.opinion + c.remainder)
    )
