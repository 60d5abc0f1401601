"""Own follow-ups, marks and outcomes noted later: kept, taken back, sealed, and held by the log."""

import json
import sqlite3
from pathlib import Path

import pytest

from interviewkit.banks.elements import Element
from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Answer, Outcome, Recommendation
from interviewkit.interview.second_look import InterviewSnapshot, changes
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin

Q = "broken-promise"
PROBE = ("first-step", "What did you do first?", (Element.OWN_ACTION, Element.TIME))


@pytest.fixture
def notebook(store: Store) -> Notebook:
    return store.notebook(begin(store).id)


def submitted(notebook: Notebook) -> None:
    notebook.recommend(Recommendation.YES)
    notebook.submit()


def document(store: Store, notebook: Notebook) -> dict[str, object]:
    sealed = store._exchange().document(store._reads.interview(notebook.interview_id))
    answers = sealed["answers"]
    assert isinstance(answers, list)
    (entry,) = [answer for answer in answers if answer["question"] == Q]
    assert isinstance(entry, dict)
    return entry


def faults(store: Store) -> list[str]:
    return [fault.message for fault in check_records(store.path).faults]


class TestOwnFollowUps:
    def test_they_stand_among_the_probes_in_the_order_asked(
        self, notebook: Notebook, clock: HeldClock
    ) -> None:
        notebook.ask(Q, *PROBE)
        own = notebook.ask_own(Q, "and who rang whom?")
        notebook.add_note(Q, "she rang me", own)
        notebook.set_outcome(Q, own, Outcome.NEW_DETAIL)
        answer = notebook.answer(Q)
        assert [(probe.text, probe.is_own, probe.outcome) for probe in answer.probes] == [
            ("What did you do first?", False, None),
            ("and who rang whom?", True, Outcome.NEW_DETAIL),
        ]
        assert answer.notes[0].probe == own
        assert answer.line == "– · probed 2, 1 new detail, 1 not noted"

    def test_undo_takes_back_the_outcome_then_the_follow_up(self, notebook: Notebook) -> None:
        own = notebook.ask_own(Q, "and then?")
        notebook.set_outcome(Q, own, Outcome.NO_ANSWER)
        assert [notebook.undo() for _ in range(2)] == [
            ("outcome", Q, own, None, "no_answer", 1),
            ("follow_up", Q, own, None, "and then?", 1),
        ]
        assert notebook.answer(Q).probes == ()
        assert notebook.undo() is None

    def test_they_are_sealed_apart_from_the_probes_of_the_bank(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.ask(Q, *PROBE)
        own = notebook.ask_own(Q, "and then?")
        gone = notebook.ask_own(Q, "taken back")
        notebook.undo()
        submitted(notebook)
        entry = document(store, notebook)
        assert json.dumps(entry).count("first-step") == 1
        assert entry["follow_ups"] == [
            {
                "id": own,
                "text": "and then?",
                "asked_at": "2026-03-02T09:00:00.001Z",
                "outcome": None,
            }
        ]
        assert gone not in json.dumps(entry)
        store.close()
        assert faults(store) == []

    def test_a_scorecard_without_any_has_the_fields_it_had_before(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.ask(Q, *PROBE)
        notebook.add_note(Q, "late")
        submitted(notebook)
        entry = document(store, notebook)
        assert "follow_ups" not in entry
        assert "marked" not in json.dumps(entry)

    def test_statistics_of_the_bank_do_not_count_them(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.ask(Q, *PROBE)
        notebook.ask_own(Q, "and then?")
        submitted(notebook)
        notebook.amend("outcome", Q, "no_answer", "Forgot.", PRIYA, "first-step")
        used = store.seen_by(Person("", "Nobody")).bank_used("customer-focused-sales")
        counted = [(use.probe, use.asked, use.no_answer) for use in used.probes]
        assert counted == [("first-step", 1, 1)]

    def test_made_a_probe_of_the_bank_by_hand_it_is_missed(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.ask_own(Q, "and then?")
        store.close()
        by_hand(store.path, "UPDATE asked SET own = 0")
        assert f"the follow_up of {Q} is not what the log says" in faults(store)


class TestMarks:
    def test_a_mark_is_put_taken_off_and_taken_back(self, notebook: Notebook) -> None:
        notebook.add_notes(Q, ["one", "two"])
        first, second = notebook.answer(Q).notes
        notebook.mark_note(Q, second.id, marked=True)
        notebook.mark_note(Q, first.id, marked=True)
        notebook.mark_note(Q, second.id, marked=False)
        assert marked(notebook.answer(Q)) == ["one"]
        notebook.undo()
        assert marked(notebook.answer(Q)) == ["one", "two"]
        notebook.undo()
        notebook.undo()
        assert marked(notebook.answer(Q)) == []

    def test_a_note_taken_away_and_brought_back_keeps_its_mark(self, notebook: Notebook) -> None:
        notebook.add_note(Q, "one")
        (note,) = notebook.answer(Q).notes
        notebook.mark_note(Q, note.id, marked=True)
        notebook.edit_note(Q, note.id, None)
        notebook.undo()
        assert marked(notebook.answer(Q)) == ["one"]

    def test_marks_are_sealed_and_held_by_the_log(self, store: Store, notebook: Notebook) -> None:
        notebook.add_notes(Q, ["one", "two"])
        notebook.mark_note(Q, notebook.answer(Q).notes[1].id, marked=True)
        submitted(notebook)
        notes = document(store, notebook)["notes"]
        assert isinstance(notes, list)
        assert [note.get("marked") for note in notes] == [None, True]
        store.close()
        assert faults(store) == []
        by_hand(store.path, "UPDATE note SET marked = 1")
        found = faults(store)
        assert "its content is not what was sealed" in found
        assert f"the mark of {Q} is not what the log says" in found

    def test_another_window_s_mark_is_told_before_the_seal(self, notebook: Notebook) -> None:
        notebook.add_note(Q, "one")
        seen = InterviewSnapshot(notebook.interview(), tuple(notebook.answers()))
        notebook.mark_note(Q, notebook.answer(Q).notes[0].id, marked=True)
        now = InterviewSnapshot(notebook.interview(), tuple(notebook.answers()))
        assert changes(seen, now) == ["Question 3: other marks."]


def marked(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes if note.is_marked]


@pytest.mark.parametrize("page", ["@opening", "@closing"])
def test_a_page_has_neither_marks_nor_follow_ups(notebook: Notebook, page: str) -> None:
    notebook.add_note(page, "asks about ramp time")
    (note,) = notebook.answer(page).notes
    with pytest.raises(BlockedError, match="Nothing is asked or rated on the opening and the clos"):
        notebook.mark_note(page, note.id, marked=True)
    with pytest.raises(BlockedError, match="Nothing is asked or rated"):
        notebook.ask_own(page, "and then?")


class TestWholeSteps:
    def test_a_paste_is_one_step(self, notebook: Notebook) -> None:
        notebook.add_note(Q, "before")
        notebook.add_notes(Q, [f"line {number}" for number in range(60)])
        step = notebook.undo()
        assert step is not None
        assert (step.field, step.was, step.changes) == ("note", "line 59", 60)
        assert [note.text for note in notebook.answer(Q).notes] == ["before"]
        step = notebook.undo()
        assert step is not None
        assert (step.was, step.changes) == ("before", 1)

    def test_a_skip_over_a_rating_is_one_step_both_ways(self, notebook: Notebook) -> None:
        notebook.rate(Q, 3)
        notebook.skip(Q, "no time")
        notebook.undo()
        answer = notebook.answer(Q)
        assert (answer.rating, answer.skipped) == (3, None)
        notebook.skip(Q, "no time")
        notebook.rate(Q, None)
        step = notebook.undo()
        assert step is not None
        assert (step.field, step.was) == ("rating", "not assessed")
        answer = notebook.answer(Q)
        assert (answer.assessed, answer.skipped) == (None, "no time")

    def test_what_is_changed_of_a_paste_is_taken_back_first(self, notebook: Notebook) -> None:
        notebook.add_notes(Q, ["one", "two"])
        notebook.edit_note(Q, notebook.answer(Q).notes[0].id, "ONE")
        notebook.undo()
        assert [note.text for note in notebook.answer(Q).notes] == ["one", "two"]
        notebook.undo()
        assert notebook.answer(Q).notes == ()

    def test_a_step_is_whole_after_the_program_was_closed(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.add_notes(Q, ["one", "two", "three"])
        with Store(store.path) as resumed:
            resumed.notebook(notebook.interview_id).undo()
        assert notebook.answer(Q).notes == ()
        store.close()
        assert faults(store) == []


class TestAmendedOutcomes:
    def test_the_outcome_amended_last_counts_everywhere(
        self, store: Store, notebook: Notebook, clock: HeldClock
    ) -> None:
        notebook.ask(Q, *PROBE)
        own = notebook.ask_own(Q, "and then?")
        notebook.set_outcome(Q, own, Outcome.NEW_DETAIL)
        notebook.rate(Q, 4)
        submitted(notebook)
        role = store.role("Account executive")
        reader = store.seen_by(Person("", "Nobody"))
        before = clock.now()
        assert counts(store) == (2, 1, 1)
        clock.pass_(60)
        notebook.amend("outcome", Q, "new_detail", "Forgot the sign.", PRIYA, "first-step")
        notebook.amend("outcome", Q, None, "Wrong line.", PRIYA, own)
        assert counts(store) == (2, 1, 1)
        notebook.amend("outcome", Q, "nothing_new", "Right after all.", PRIYA, own)
        assert counts(store) == (2, 1, 0)
        answer = notebook.answer(Q)
        assert answer.line == "4 · probed 2, 1 new detail"
        assert [probe.outcome for probe in answer.probes] == [None, Outcome.NEW_DETAIL]
        (card,) = reader.ratings(role, as_of=before).cards
        assert (sum(card.new_detail), sum(card.not_noted)) == (1, 1)
        assert [amendment.value_words for amendment in answer.amendments] == [
            "new detail",
            "not noted",
            "nothing new",
        ]
        store.close()
        assert faults(store) == []

    def test_what_was_not_asked_has_no_outcome_to_amend(self, notebook: Notebook) -> None:
        notebook.ask(Q, *PROBE)
        notebook.undo()
        submitted(notebook)
        with pytest.raises(BlockedError, match="This probe was not asked in this interview"):
            notebook.amend("outcome", Q, "no_answer", "Forgot.", PRIYA, "first-step")

    def test_an_amended_outcome_changed_by_hand_is_found(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.ask(Q, *PROBE)
        submitted(notebook)
        notebook.amend("outcome", Q, "new_detail", "Forgot.", PRIYA, "first-step")
        store.close()
        by_hand(store.path, "UPDATE amendment SET value = 'no_answer'")
        assert any("is not what was made" in fault for fault in faults(store))


def counts(store: Store) -> tuple[int, int, int]:
    """Probes asked, with new detail, not noted, as the comparison has them."""
    comparison = store.seen_by(Person("", "Nobody")).comparison(store.role("Account executive"))
    cell = comparison.candidates[0].cells["service-recovery"]
    return cell.probed, cell.new_detail, cell.not_noted


def by_hand(path: Path, statement: str) -> None:
    """Write past the triggers, as somebody with another program might."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (sql,) in connection.execute(
        "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger' "
        "AND name NOT LIKE '%came_in' AND name NOT LIKE '%was_changed'"
    ).fetchall():
        connection.execute(sql)
    connection.execute(statement)
    connection.close()
