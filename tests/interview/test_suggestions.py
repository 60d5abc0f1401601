"""The offer of probes: gap first, never twice, never more than is fair, each with its reason."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Kind, Probe, Question
from interviewkit.interview.evidence import SURELY_MISSING, Evidence, State, evidence
from interviewkit.interview.suggestions import (
    ENOUGH,
    OFFERED,
    PARTICULAR,
    REASON_WIDTH,
    Offer,
    suggest,
)
from interviewkit.interview.word_lists import WordLists, load_words

EN = load_words("en")
DE = load_words("de")


def question(*elicits: tuple[Element, ...], kind: Kind = "past_behaviour") -> Question:
    probes = tuple(
        Probe(id=f"p{number}", ask=f"Probe {number}?", elicits=elements)
        for number, elements in enumerate(elicits, start=1)
    )
    return Question(id="q", competency="c", kind=kind, ask="Tell me.", probes=probes)


RECOVERY = question(
    (Element.PEOPLE, Element.CONFIRMATION),
    (Element.OWN_ACTION,),
    (Element.TIME, Element.NUMBERS, Element.PEOPLE),
    (Element.RESULT, Element.NUMBERS),
    (Element.LEARNING,),
)


def offer(
    notes: list[str],
    asked: tuple[str, ...] = (),
    asking: Question = RECOVERY,
    words: WordLists = EN,
    ticks: dict[Element, bool] | None = None,
) -> Offer:
    wanted = [e for probe in asking.probes if probe.id in asked for e in probe.elicits]
    return suggest(asking, evidence(notes, ticks or {}, wanted, words), notes, asked, words)


def numbers(shown: Offer) -> list[int]:
    return [suggestion.number for suggestion in shown.suggestions]


def test_more_gaps_first_and_the_authors_order_between_equals() -> None:
    # Of the first, a confirmation counts half as long as the story has no end.
    assert numbers(offer([])) == [3, 4, 1]
    # Two thirds of the third are answered: it goes behind.
    assert numbers(offer(["180k at risk", "in March"])) == [1, 2, 5]


def test_at_most_three_are_offered() -> None:
    assert len(offer([]).suggestions) == OFFERED == 3


def test_a_probe_keeps_its_number_whatever_was_asked_before() -> None:
    later = offer(["rang Sandra in March"], asked=("p1", "p3"))
    assert [(one.number, one.probe) for one in later.suggestions] == [
        (4, "p4"),
        (5, "p5"),
    ]


def test_neither_what_is_there_nor_what_was_asked_in_vain_is_asked_again() -> None:
    asking = question((Element.NUMBERS,), (Element.PEOPLE,), (Element.PEOPLE, Element.NUMBERS))
    assert numbers(offer(["180k at risk"], asked=("p2",), asking=asking)) == []


def test_when_nothing_is_missing_it_says_so() -> None:
    asking = question((Element.NUMBERS,))
    shown = offer(["180k at risk"], asking=asking)
    assert shown.suggestions == ()
    assert "missing" in shown.word


def test_a_question_without_probes_says_so() -> None:
    assert "no probes" in offer(["180k at risk"], asking=question()).word


def test_after_three_probes_it_is_calmly_enough() -> None:
    shown = offer([], asked=("p1", "p2", "p5"))
    assert shown.suggestions == ()
    assert shown.word == ("Three probes asked. That is enough for a fair picture; rate, or go on.")
    assert offer([], asked=("p1", "p2")).suggestions
    assert offer([], asked=("p1", "p2", "p3", "p4")).word.startswith("Four probes asked.")


def test_generalities_bring_the_neutral_re_ask_first() -> None:
    shown = offer(["usually I would call the customer"])
    first = shown.suggestions[0]
    assert (first.number, first.probe) == (0, PARTICULAR)
    assert first.ask == EN.reask
    assert first.elicits == (Element.SITUATION, Element.TIME)
    assert first.reason in ("notes say 'usually', no case yet", "notes say 'would', no case yet")
    assert len(shown.suggestions) == OFFERED
    assert numbers(shown)[1:] == numbers(offer([]))[:2]


def test_the_re_ask_comes_once_and_for_past_behaviour_only() -> None:
    general = ["usually I would call the customer"]
    assert 0 not in numbers(offer(general, asked=(PARTICULAR,)))
    situational = question((Element.NUMBERS,), kind="situational")
    assert 0 not in numbers(offer(general, asking=situational))
    assert 0 not in numbers(offer([]))


def test_the_re_ask_speaks_the_banks_language() -> None:
    first = offer(["üblicherweise rufe ich an"], words=DE).suggestions[0]
    assert first.ask == DE.reask != EN.reask
    assert first.reason == "no particular time found in notes"
    assert offer(["meistens rufe ich an"], words=DE).suggestions[0].reason == (
        "notes say 'meistens', no case yet"
    )


def reason(element: Element, notes: list[str], words: WordLists = EN) -> str:
    asking = question((element,))
    return offer(notes, (PARTICULAR,), asking=asking, words=words).suggestions[0].reason


def test_the_own_part_is_asked_for_with_the_true_count() -> None:
    notes = ["we were there", "we had a plan, we had time", "then we won"]
    assert reason(Element.OWN_ACTION, notes) == "own part: 'we' 4 times, no 'I'"
    assert reason(Element.OWN_ACTION, ["we were there"]) == "own part: 'we' once, no 'I'"
    assert reason(Element.OWN_ACTION, ["we and I"]) == "not found in notes: own action"
    assert reason(Element.OWN_ACTION, ["wir waren da"], DE) == "own part: 'wir' once, no 'ich'"


@pytest.mark.parametrize(("first", "second"), list(product(Element, repeat=2)))
def test_every_reason_fits_its_place(first: Element, second: Element) -> None:
    asking = question((first, second))
    for notes in ([], ["we " * 999]):
        shown = offer(notes, asking=asking).suggestions[0].reason
        assert 0 < len(shown) <= REASON_WIDTH


def test_no_reason_speaks_about_the_candidate() -> None:
    judging = ("honest", "canned", "evasive", "vague", "credib", "truth", "lie", "suspic")
    for element in Element:
        assert not any(word in reason(element, []).casefold() for word in judging)


def test_a_reason_names_only_what_is_surely_missing_and_gaps_say_which() -> None:
    asking = question((Element.TIME, Element.NUMBERS, Element.TASK))
    first = offer(["in March"], asking=asking).suggestions[0]
    assert first.reason == "not found in notes: numbers, task"
    assert first.gaps == (Element.NUMBERS, Element.TASK)
    # Half of it is answered, so another probe with as much to bring comes before it.
    both = question((Element.TIME, Element.PEOPLE), (Element.PEOPLE,))
    assert numbers(offer(["in March"], asking=both)) == [2, 1]


def test_without_a_sure_gap_there_is_no_suggestion() -> None:
    asking = question((Element.SETBACK,), (Element.SITUATION,))
    likely = dict.fromkeys(Element, 0.89)
    states = dict.fromkeys(Element, State.PERHAPS)
    shown = suggest(asking, Evidence(states, likely), ["rang Sandra in March"], (), EN)
    assert shown.suggestions == ()
    assert shown.word.startswith("Nothing these probes ask for is clearly missing")


def test_what_comes_late_counts_half_until_there_is_a_result() -> None:
    asking = question((Element.LEARNING,), (Element.TIME,))
    assert numbers(offer(["rang Sandra Weiss"], asking=asking)) == [2, 1]
    told = {Element.RESULT: True}
    assert numbers(offer(["rang Sandra Weiss"], asking=asking, ticks=told)) == [1, 2]


def test_the_own_part_comes_first_where_we_carries_the_story() -> None:
    asking = question((Element.TIME, Element.NUMBERS), (Element.OWN_ACTION,))
    assert numbers(offer(["we met Sandra Weiss"], asking=asking)) == [2, 1]
    assert numbers(offer(["Sandra Weiss was there"], asking=asking)) == [1, 2]


def test_a_re_ask_without_an_answer_leaves_two_ways_on() -> None:
    general = ["usually I would call the customer"]
    reading = evidence(general, {}, (), EN)
    shown = suggest(RECOVERY, reading, general, (PARTICULAR,), EN, unanswered=(PARTICULAR,))
    assert shown.suggestions == ()
    assert shown.word == (
        "No particular occasion came up. Try another question on this competency, or "
        "/0 for not assessed."
    )
    case = [*general, "in March rang Sandra Weiss"]
    reading = evidence(case, {}, (), EN)
    assert suggest(RECOVERY, reading, case, (PARTICULAR,), EN, unanswered=(PARTICULAR,)).suggestions


IDS = [PARTICULAR, *(probe.id for probe in RECOVERY.probes)]
NOTES = st.lists(
    st.sampled_from(
        ["usually we call", "180k at risk", "rang Sandra", "in March", "they renewed", "would ask",
         "learned to confirm in writing", "we", "", "no numbers given"]
    ) | st.text(max_size=30),
    max_size=6,
)  # fmt: skip


@given(NOTES, st.lists(st.sampled_from(IDS), unique=True).map(tuple))
def test_what_holds_for_every_offer(notes: list[str], asked: tuple[str, ...]) -> None:
    shown = offer(notes, asked)
    assert shown == offer(notes, asked)
    assert len(shown.suggestions) <= OFFERED
    assert bool(shown.suggestions) != bool(shown.word)
    assert not shown.suggestions or len(asked) < ENOUGH
    reading = evidence(notes, {}, (), EN)
    for one in shown.suggestions:
        assert one.probe not in asked
        assert 0 < len(one.reason) <= REASON_WIDTH
        if one.number:
            assert RECOVERY.probes[one.number - 1].id == one.probe
            assert one.gaps
        assert set(one.gaps) <= set(one.elicits)
        assert all(reading.missing[gap] >= SURELY_MISSING for gap in one.gaps)


@given(NOTES)
def test_ticking_all_leaves_nothing_to_ask_but_one_particular_time(notes: list[str]) -> None:
    shown = offer(notes, ticks=dict.fromkeys(Element, True))
    assert set(numbers(shown)) <= {0}
