"""The live interview without a screen: what commands write, and what is on disk afterwards."""

from collections.abc import Iterable

import pytest

from interviewkit.banks.elements import Element
from interviewkit.interview import grammar
from interviewkit.interview.evidence import State
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Answer, Outcome
from interviewkit.interview.suggestions import PARTICULAR, SECOND_EXAMPLE
from interviewkit.storage.notebook_values import TakenBack
from interviewkit.storage.store import Store
from interviewkit.workflows.live_interview import LiveInterview
from interviewkit.workflows.undo_sentence import undo_sentence
from support import HeldClock, begin

Q = "unspoken-need"


@pytest.fixture
def live(store: Store, clock: HeldClock) -> LiveInterview:
    interview = begin(store)
    live = LiveInterview(store.notebook(interview.id), store.bank(interview.bank_sha256), clock)
    live.go_to(Q)
    return live


def typed(live: LiveInterview, *lines: str) -> None:
    """As if each line had been typed and Enter pressed."""
    for line in lines:
        change = live.change(grammar.read_line(line, live.setting))
        assert change is not None, line
        change()


def outcomes(answer: Answer) -> list[tuple[str, Outcome | None]]:
    return [(probe.text, probe.outcome) for probe in answer.asked]


def test_an_asked_probe_is_returned_to_by_its_number(live: LiveInterview) -> None:
    typed(live, "?1", "?2", "+", "?1", "they rang us", "=")
    first, second = live.answer.asked
    assert (first.outcome, second.outcome) == (Outcome.NOTHING_NEW, Outcome.NEW_DETAIL)
    assert live.answer.notes[0].probe == first.probe
    assert live.answer.line == "– · probed 2, 1 new detail"


def test_returning_writes_nothing(live: LiveInterview) -> None:
    typed(live, "?1", "+")
    before = live.notebook.interview()
    typed(live, "?1")
    assert live.notebook.interview() == before
    assert live.undo() == ("outcome", Q, live.probes[1].probe, None, "new_detail", 1)


def test_only_what_was_asked_here_is_returned_to(live: LiveInterview) -> None:
    with pytest.raises(ValueError, match="was not asked here"):
        live.return_to(2)
    typed(live, "?2")
    live.go_to("broken-promise")
    with pytest.raises(ValueError, match="was not asked here"):
        live.return_to(2)


def test_a_follow_up_in_own_words_has_an_outcome_and_notes_below_it(live: LiveInterview) -> None:
    typed(live, "?? and who signed in the end?", "the head of purchasing", "+")
    (probe,) = live.answer.asked
    assert (probe.text, probe.is_own) == ("and who signed in the end?", True)
    assert probe.outcome is Outcome.NEW_DETAIL
    assert live.answer.notes[0].probe == probe.probe
    assert live.number_of(probe.probe) == -1
    typed(live, "?1")
    live.return_to_probe(probe.probe)
    typed(live, "=")
    assert outcomes(live.answer)[0] == ("and who signed in the end?", Outcome.NOTHING_NEW)


def test_an_own_follow_up_is_not_asked_again_by_a_reason(live: LiveInterview) -> None:
    """What its words ask for counts as asked, as it does of a probe of the bank."""
    typed(live, "they wanted a cheaper contract")
    assert live.evidence(live.texts()).states[Element.CONFIRMATION] is State.MISSING
    typed(live, "?? who could confirm that?")
    assert live.evidence(live.texts()).states[Element.CONFIRMATION] is State.ASKED


def test_three_follow_ups_are_enough_whose_ever_words_they_are(live: LiveInterview) -> None:
    typed(live, "we usually do", "?1", "?? and then?", "?? why?")
    offer = live.offer(live.evidence(live.texts()), live.texts())
    assert offer is not None
    assert offer.suggestions == ()
    assert offer.word.startswith("Three probes asked.")


def test_a_second_example_is_the_last_of_the_ready_choices(live: LiveInterview) -> None:
    assert [probe.number for probe in live.probes] == list(range(len(live.probes)))
    assert live.numbers == {probe.probe: probe.number for probe in live.probes}
    assert (live.probes[0].probe, live.probes[-1].probe) == (PARTICULAR, SECOND_EXAMPLE)
    typed(live, f"?{live.probes[-1].number}")
    assert outcomes(live.answer) == [
        ("Could you give me a second example, from another time?", None)
    ]


def test_a_mark_goes_to_the_last_note_or_the_one_given(live: LiveInterview) -> None:
    typed(live, "one", "two", "*")
    assert [note.is_marked for note in live.answer.notes] == [False, True]
    live.mark(live.answer.notes[0])
    assert [note.text for note in live.answer.notes_marked_first] == ["one", "two"]
    typed(live, "*")
    assert [note.is_marked for note in live.answer.notes] == [True, False]


def test_an_open_outcome_is_said_once_when_the_question_is_left(live: LiveInterview) -> None:
    assert live.outcome_reminder() == ""
    typed(live, "?1", "?3", "?? and then?", "=")
    assert live.outcome_reminder() == "Question 1: what ?1 and ?3 brought is not noted."
    assert live.outcome_reminder() == ""
    live.go_to("broken-promise")
    typed(live, "?? and then?")
    assert live.outcome_reminder() == "Question 3: what your follow-up brought is not noted."
    typed(live, "+")
    assert live.outcome_reminder() == ""
    live.go_to("account-at-risk")
    typed(live, "?3", "?1", "?? and then?", "?? and who?")
    sentence = "Question 4: what ?1, ?3 and your follow-ups brought is not noted."
    assert live.outcome_reminder() == sentence


def test_the_wrap_up_sets_an_outcome_and_a_rating_of_any_question(live: LiveInterview) -> None:
    typed(live, "?1")
    probe = live.answer.probes[0].probe
    live.go_to("@closing")
    live.set_outcome(Outcome.NO_ANSWER, probe, Q)
    live.rate(2, Q)
    assert live.page == "@closing"
    (answer,) = [answer for answer in live.answers if answer.question == Q]
    assert answer.line == "2 · probed 1, 0 new detail"
    live.set_outcome(None, probe, Q)
    assert live.notebook.answer(Q).line == "2 · probed 1, 1 not noted"


def test_undo_of_a_follow_up_leaves_the_probe_before_it_to_stand_at(live: LiveInterview) -> None:
    typed(live, "?1", "?? and then?")
    live.undo()
    typed(live, "+")
    assert outcomes(live.answer) == [(live.probes[1].text, Outcome.NEW_DETAIL)]


def test_the_card_is_the_plan_s_for_this_kit(store: Store, clock: HeldClock) -> None:
    planning = store.planning()

    def plan(
        card: str, interviewer: str = "Priya Raman", bank: str = "", kit: str = ""
    ) -> PlanEntry:
        return planning.add(
            role="Account executive",
            candidate="Ada Okafor",
            interviewer=interviewer,
            bank=bank,
            kit=kit,
            card=card,
        )

    plan("For Tom.", "Tom Becker")
    any_kit = plan("For any kit.")
    interview = begin(store)
    bank = store.bank(interview.bank_sha256)

    def card() -> str:
        return LiveInterview(store.notebook(interview.id), bank, clock).card

    assert card() == "For any kit."
    plan("Verify the renewal.\nAsk about the second year.", bank=interview.bank, kit=interview.kit)
    plan("Other kit.", bank=interview.bank, kit="first-30")
    assert card() == "Verify the renewal.\nAsk about the second year."
    for entry in planning.entries():
        if entry.kit == interview.kit:
            planning.cancel(entry)
    assert card() == "For any kit."
    planning.set_card(any_kit, "")
    assert card() == ""


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (None, "There is nothing to undo."),
        (TakenBack("rating", Q, "", None, 3), "Taken back: rating 3."),
        (TakenBack("rating", Q, "", 3, "not assessed"), "Taken back: rating not assessed."),
        (TakenBack("note", Q, "n", None, "late"), "Taken back: note “late”."),
        (TakenBack("note", Q, "n", "late", None), "Back again: note “late”."),
        (TakenBack("note", Q, "n", None, "x" * 60), f"Taken back: note “{'x' * 47}…”."),
        (TakenBack("note", Q, "n", None, "late", 60), "Taken back: 60 notes."),
        (TakenBack("asked", Q, "p", None, "Who?"), "Taken back: probe “Who?”."),
        (TakenBack("follow_up", Q, "p", None, "and?"), "Taken back: follow-up “and?”."),
        (TakenBack("outcome", Q, "p", None, "no_answer"), "Taken back: outcome no answer."),
        (TakenBack("outcome", Q, "p", "new_detail", None), "Back again: outcome new detail."),
        (TakenBack("skip", Q, "", None, "no time", 2), "Taken back: skip “no time”."),
        (TakenBack("tick", Q, "time", None, True), "Taken back: tick."),
        (TakenBack("mark", Q, "n", None, True), "Taken back: the mark."),
        (TakenBack("mark", Q, "n", 1, None), "Marked again."),
    ],
)
def test_undo_is_said_in_a_sentence(step: TakenBack | None, sentence: str) -> None:
    assert undo_sentence(step) == sentence


def test_what_is_taken_back_is_what_the_sentence_says(live: LiveInterview) -> None:
    live.write_all([f"line {number}" for number in range(60)])
    typed(live, "/3")
    live.skip("no time")
    assert said(live, 3) == [
        "Taken back: skip “no time”.",
        "Taken back: rating 3.",
        "Taken back: 60 notes.",
    ]


def said(live: LiveInterview, times: int) -> Iterable[str]:
    return [undo_sentence(live.undo()) for _ in range(times)]
