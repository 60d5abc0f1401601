from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.comparison.question_statistics import (
    ProbeCount,
    QuestionUse,
    Used,
    correlation,
    question_statistics,
    wilson,
)
from small_round import a_bank, card
from support import shipped


def of(cards: list[Any], probes: tuple[ProbeCount, ...] = ()) -> dict[str, QuestionUse]:
    seconds = {(one.id, question): 120.0 for one in cards for question, _ in one.questions}
    used = Used(tuple(cards), seconds, probes)
    return {one.question: one for one in question_statistics(a_bank().bank, used)}


def round_of(levels: list[int], flat: int = 3) -> list[Any]:
    """A candidate for each level: own-1 and learn-1 follow it, own-2 is the same for all."""
    return [
        card(f"C{n}", who, {"own-1": level, "own-2": flat, "learn-1": max(1, level - 1)})
        for n, level in enumerate(levels)
        for who in ("Priya", "Tom")
    ]


LEVELS = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]


def test_counts_means_and_minutes() -> None:
    found = of(round_of(LEVELS))["own-1"]
    assert (found.asked, found.rated, found.candidates) == (20, 20, 10)
    assert (found.mean, found.at_ends) == (3.0, 0.4)
    assert found.spread == pytest.approx((40 / 19) ** 0.5)
    assert (found.minutes, found.planned) == (2.0, 5.0)
    assert found.agreement.value == pytest.approx(1.0)


def test_what_goes_with_the_rest_and_what_tells_nobody_apart() -> None:
    found = of(round_of(LEVELS))
    assert found["own-1"].rest.value is not None
    assert found["own-1"].rest.value > 0.9
    assert found["own-1"].remarks == ()
    assert found["own-2"].rest.words == "all rated the same (n=10)"
    assert found["own-2"].remarks == (
        "hardly distinguishes candidates: nearly everybody is rated the same",
    )


def test_a_question_that_runs_against_the_rest_is_remarked() -> None:
    cards = [
        card(f"C{n}", "Priya", {"own-1": level, "own-2": 6 - level, "learn-1": level})
        for n, level in enumerate(LEVELS)
    ]
    found = of(cards)["own-2"]
    assert found.rest.value is not None
    assert found.rest.value < -0.9
    assert found.remarks == (
        "does not fit the rest: candidates who do well on it do not do better elsewhere",
    )


def test_few_data_claim_nothing_and_are_not_remarked() -> None:
    found = of(round_of([3, 3]))["own-2"]
    assert (found.mean, found.spread, found.at_ends, found.minutes) == (None, None, None, None)
    assert found.rest.words == "too few to tell (n=2)"
    assert found.agreement.words == "too few to tell (n=2)"
    assert found.remarks == ()


def test_skipped_is_not_asked_and_not_assessed_is_not_rated() -> None:
    found = of(
        [
            card("Ada", "Priya", {"own-1": None, "own-2": None}, skipped={"own-1": "late"}),
            card("Bo", "Priya", {"own-1": 4}),
        ]
    )
    assert (found["own-1"].asked, found["own-1"].rated) == (1, 1)
    assert (found["own-2"].asked, found["own-2"].rated) == (1, 0)
    assert (found["learn-1"].asked, found["learn-1"].planned) == (0, None)


def test_the_scale_is_the_banks() -> None:
    cards = [card(f"C{n}", "Priya", {"own-1": level}) for n, level in enumerate([1, 3, 3, 2, 1])]
    three_points = replace(a_bank().bank, scale={1: "low", 2: "middle", 3: "high"})
    (found, *_) = question_statistics(three_points, Used(tuple(cards), {}, ()))
    assert found.at_ends == 0.8


def counted(new: int, nothing: int, asked: int | None = None) -> ProbeCount:
    return ProbeCount("broken-promise", "first-step", "…", asked or new + nothing, new, nothing, 0)


def test_a_probe_that_surely_brings_little_is_remarked() -> None:
    bank = shipped().bank

    def probe(count: ProbeCount) -> Any:
        found = question_statistics(bank, Used((), {}, (count,)))
        question = next(one for one in found if one.question == "broken-promise")
        return next(one for one in question.probes if one.probe == "first-step"), question

    little, question = probe(counted(0, 15))
    assert (little.share.value, little.remark) == (0.0, "rarely brings new detail")
    assert little.ask == "What did you yourself do first?"
    assert question.new_detail == 0.0
    fair, question = probe(counted(3, 9))
    assert (fair.share.value, fair.remark, question.new_detail) == (0.25, "", 0.25)
    few, question = probe(counted(0, 4, asked=40))
    assert (few.asked, few.share.words, few.remark) == (40, "too few to tell (n=4)", "")
    assert question.new_detail is None


def test_a_probe_the_bank_no_longer_has_keeps_its_words() -> None:
    gone = replace(counted(6, 0), probe="gone", text="And before that?")
    found = question_statistics(shipped().bank, Used((), {}, (gone,)))
    question = next(one for one in found if one.question == "broken-promise")
    assert (question.probes[-1].probe, question.probes[-1].ask) == ("gone", "And before that?")


def test_a_share_as_published() -> None:
    """Newcombe (1998), table I: 81 of 263 and 0 of 20, Wilson's method without correction."""
    for hits, n, low, high in ((81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611)):
        found = wilson(hits, n)
        assert found.low == pytest.approx(low, abs=5e-5)
        assert found.high == pytest.approx(high, abs=5e-5)


PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=12)


@given(PAIRS)
def test_a_correlation_keeps_within_bounds_and_knows_no_sides(pairs: list[Any]) -> None:
    value = correlation(pairs)
    if value is not None:
        assert -1 <= value <= 1
        assert value == pytest.approx(correlation([(y, x) for x, y in pairs]))
        assert value == pytest.approx(correlation([(2 * x + 7, y) for x, y in pairs]))


def test_a_question_that_left_the_bank_comes_last_and_says_so() -> None:
    now, earlier = a_bank().bank, a_bank(version="0.9").bank
    shorter = replace(now, questions=now.questions[:2], kits=())
    cards = [card("Ada", "Priya", {"own-1": 4, "learn-1": 2})]
    used = Used(tuple(cards), {}, (), {cards[0].bank_sha256: earlier})
    uses = question_statistics(shorter, used)
    assert [(use.question, use.asked, use.is_gone) for use in uses] == [
        ("own-1", 1, False),
        ("own-2", 0, False),
        ("learn-1", 1, True),
    ]


def test_scorecards_on_another_scale_count_nowhere() -> None:
    cards = [card("Ada", "Priya", {"own-1": 4})]
    bank = a_bank().bank
    wider = replace(bank, scale={point: str(point) for point in range(1, 8)})
    (use, *_) = question_statistics(bank, Used(tuple(cards), {}, (), {cards[0].bank_sha256: wider}))
    assert use.asked == 0
