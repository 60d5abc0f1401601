"""Writing in an interview: on disk at once, taken back step by step, sealed for good."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewkit.banks.elements import Element
from interviewkit.errors import BlockedError, StorageError
from interviewkit.interview.records import (
    CLOSING,
    Answer,
    Interview,
    Outcome,
    Recommendation,
)
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.notebook_values import TakenBack
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete

Q = "broken-promise"
PROBE = ("first-step", "What did you do first?", (Element.OWN_ACTION, Element.TIME))


@pytest.fixture
def notebook(store: Store) -> Notebook:
    return store.notebook(begin(store).id)


def texts(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes]


def trail(notebook: Notebook, store: Store, what: str) -> list[tuple[object, object]]:
    """(before, after) of every change of one kind, the first first."""
    with connect(store.path, store.unlock) as connection:
        found = connection.execute(
            "SELECT before, after FROM audit_log WHERE interview_id = ? AND what = ? ORDER BY seq",
            (notebook.interview_id, what),
        ).fetchall()
    connection.close()
    return [(json.loads(before), json.loads(after)) for before, after in found]


# Each kind of write, and how a reader sees that it is there.
Write = Callable[[Notebook], object]
Seen = Callable[[Interview, Answer], object]
WRITES: dict[str, tuple[Write, Seen, object]] = {
    "a note": (lambda n: n.add_note(Q, "late"), lambda i, a: texts(a), ["late"]),
    "several notes": (
        lambda n: n.add_notes(Q, ["one", "two"]),
        lambda i, a: texts(a),
        ["one", "two"],
    ),
    "a probe": (
        lambda n: n.ask(Q, *PROBE),
        lambda i, a: [(asked.probe, asked.text, asked.elicits) for asked in a.probes],
        [PROBE],
    ),
    "a rating": (lambda n: n.rate(Q, 4), lambda i, a: (a.rating, a.assessed), (4, True)),
    "not assessed": (lambda n: n.rate(Q, None), lambda i, a: (a.rating, a.assessed), (None, False)),
    "a skip": (lambda n: n.skip(Q, "no time"), lambda i, a: a.skipped, "no time"),
    "a tick": (
        lambda n: n.tick(Q, Element.PEOPLE, present=False),
        lambda i, a: a.ticks,
        {Element.PEOPLE: False},
    ),
    "a draft": (lambda n: n.keep_draft("half a li"), lambda i, a: i.draft, "half a li"),
    "the page": (lambda n: n.go_to(CLOSING), lambda i, a: i.page, CLOSING),
    "the time": (lambda n: n.spend(Q, 12.5), lambda i, a: a.seconds, 12.5),
    "the recommendation": (
        lambda n: n.recommend(Recommendation.NO),
        lambda i, a: i.recommendation,
        Recommendation.NO,
    ),
    "the reason": (lambda n: n.explain("sound"), lambda i, a: i.reason, "sound"),
    "the summary": (lambda n: n.summarise("sound"), lambda i, a: i.summary, "sound"),
}


@pytest.mark.parametrize(("write", "seen", "value"), WRITES.values(), ids=WRITES.keys())
def test_what_is_written_is_seen_by_a_second_program_at_once(
    store: Store, notebook: Notebook, write: Write, seen: Seen, value: object
) -> None:
    with store.another() as second:
        reading = second.notebook(notebook.interview_id)
        assert seen(reading.interview(), reading.answer(Q)) != value
        write(notebook)
        assert seen(reading.interview(), reading.answer(Q)) == value


class TestUndo:
    @pytest.mark.parametrize(
        "kind", ["a note", "a probe", "a rating", "not assessed", "a skip", "a tick"]
    )
    def test_what_was_done_last_is_taken_back(self, notebook: Notebook, kind: str) -> None:
        before = notebook.answer(Q)
        write, seen, value = WRITES[kind]
        write(notebook)
        assert seen(notebook.interview(), notebook.answer(Q)) == value
        assert notebook.undo() is not None
        assert notebook.answer(Q) == before

    def test_it_says_what_stands_again(self, notebook: Notebook) -> None:
        notebook.rate(Q, 2)
        notebook.rate(Q, 4)
        assert notebook.undo() == TakenBack("rating", Q, "", value=2, was=4)
        assert notebook.undo() == TakenBack("rating", Q, "", value=None, was=2)
        assert notebook.undo() is None
        assert notebook.answer(Q).is_open

    def test_an_outcome_is_taken_back_before_its_probe(self, notebook: Notebook) -> None:
        notebook.ask(Q, *PROBE)
        notebook.set_outcome(Q, "first-step", Outcome.NEW_DETAIL)
        notebook.undo()
        assert [asked.outcome for asked in notebook.answer(Q).probes] == [None]
        notebook.undo()
        assert notebook.answer(Q).probes == ()

    def test_a_tick_left_to_the_notes_again_is_ticked_again(self, notebook: Notebook) -> None:
        notebook.tick(Q, Element.PEOPLE, present=True)
        notebook.tick(Q, Element.PEOPLE, present=None)
        assert notebook.answer(Q).ticks == {}
        notebook.undo()
        assert notebook.answer(Q).ticks == {Element.PEOPLE: True}

    def test_an_edited_note_reads_as_before_and_a_withdrawn_one_is_back(
        self, notebook: Notebook
    ) -> None:
        notebook.add_note(Q, "nine days late")
        (note,) = notebook.answer(Q).notes
        notebook.edit_note(Q, note.id, "ten days late")
        notebook.edit_note(Q, note.id, None)
        assert texts(notebook.answer(Q)) == []
        notebook.undo()
        assert texts(notebook.answer(Q)) == ["ten days late"]
        notebook.undo()
        assert notebook.answer(Q).notes == (note,)

    def test_it_goes_back_along_everything_across_questions(self, notebook: Notebook) -> None:
        empty = notebook.answers()
        notebook.add_notes(Q, ["one", "two"])
        notebook.rate("account-at-risk", 3)
        notebook.ask(Q, *PROBE)
        notebook.add_note(Q, "three", "first-step")
        notebook.skip("hard-feedback", "no time")
        steps = 0
        while notebook.undo():
            steps += 1
        assert steps == 5  # a paste is one
        assert notebook.answers() == empty

    def test_a_change_after_it_is_the_next_to_be_taken_back(self, notebook: Notebook) -> None:
        notebook.rate(Q, 1)
        notebook.rate(Q, 2)
        notebook.undo()
        notebook.rate(Q, 5)
        notebook.undo()
        assert notebook.answer(Q).rating == 1
        notebook.undo()
        assert notebook.answer(Q).rating is None
        assert notebook.undo() is None

    def test_choices_of_the_wrap_up_are_left_alone(self, notebook: Notebook) -> None:
        notebook.add_note(Q, "late")
        notebook.recommend(Recommendation.YES)
        notebook.summarise("sound")
        notebook.undo()
        assert notebook.undo() is None
        assert notebook.interview().recommendation is Recommendation.YES
        assert notebook.interview().summary == "sound"
        assert texts(notebook.answer(Q)) == []

    def test_it_never_reaches_into_another_interview(self, store: Store) -> None:
        first = store.notebook(begin(store).id)
        second = store.notebook(begin(store, "Ben Ito").id)
        first.rate(Q, 4)
        assert second.undo() is None
        assert first.answer(Q).rating == 4


class TestProbes:
    def test_one_asked_again_after_it_was_taken_back_is_new(
        self, notebook: Notebook, clock: HeldClock
    ) -> None:
        notebook.ask(Q, *PROBE)
        notebook.set_outcome(Q, "first-step", Outcome.NO_ANSWER)
        notebook.undo()
        notebook.undo()
        clock.pass_(60)
        notebook.ask(Q, *PROBE)
        (asked,) = notebook.answer(Q).probes
        assert asked.outcome is None
        assert asked.at == "2026-03-02T09:01:00.000Z"

    def test_an_outcome_is_corrected_and_cleared(self, notebook: Notebook) -> None:
        notebook.ask(Q, *PROBE)
        for outcome in (*Outcome, None):
            notebook.set_outcome(Q, "first-step", outcome)
            assert notebook.answer(Q).probes[0].outcome is outcome

    def test_notes_hang_under_the_probe_they_were_taken_for(self, notebook: Notebook) -> None:
        notebook.add_note(Q, "before")
        notebook.ask(Q, *PROBE)
        notebook.add_note(Q, "after", "first-step")
        assert [note.probe for note in notebook.answer(Q).notes] == [None, "first-step"]


class TestNotes:
    def test_they_stand_in_the_order_they_were_typed_with_their_time(
        self, notebook: Notebook, clock: HeldClock
    ) -> None:
        for number in range(30):  # within one millisecond
            notebook.add_note(Q, str(number))
        clock.pass_(1.5)
        notebook.add_note(Q, "30")
        notes = notebook.answer(Q).notes
        assert [note.text for note in notes] == [str(number) for number in range(31)]
        assert {note.at for note in notes[:30]} == {"2026-03-02T09:00:00.000Z"}
        assert notes[30].at == "2026-03-02T09:00:01.500Z"

    def test_a_note_clears_the_draft_it_came_from(self, notebook: Notebook) -> None:
        notebook.add_note(Q, "late")
        (note,) = notebook.answer(Q).notes
        notebook.keep_draft("nine days late", note.id)
        assert notebook.interview().draft_note == note.id
        notebook.edit_note(Q, note.id, "nine days late")
        assert (notebook.interview().draft, notebook.interview().draft_note) == ("", None)

    def test_several_are_all_written_or_none(self, notebook: Notebook) -> None:
        notebook.keep_draft("one two three")
        with pytest.raises(StorageError):
            notebook.add_notes(Q, ["one", "two", "thr\ud800ee"])
        assert texts(notebook.answer(Q)) == []
        assert notebook.interview().draft == "one two three"
        notebook.add_notes(Q, ["one", "two"])
        assert texts(notebook.answer(Q)) == ["one", "two"]

    def test_one_for_a_question_of_another_kit_is_refused(self, notebook: Notebook) -> None:
        with pytest.raises(StorageError):
            notebook.add_note("no-such-question", "text")


class TestTrail:
    def test_it_keeps_what_stood_there_before(self, notebook: Notebook, store: Store) -> None:
        notebook.rate(Q, 2)
        notebook.rate(Q, None)
        notebook.rate(Q, 4)
        notebook.undo()
        assert trail(notebook, store, "rating") == [
            (None, 2),
            (2, "not assessed"),
            ("not assessed", 4),
            (4, "not assessed"),
        ]

    def test_it_keeps_every_text_of_a_note(self, notebook: Notebook, store: Store) -> None:
        notebook.add_note(Q, "ein Tag zu spät")
        (note,) = notebook.answer(Q).notes
        notebook.edit_note(Q, note.id, "zwei Tage")
        notebook.edit_note(Q, note.id, None)
        assert trail(notebook, store, "note") == [
            (None, "ein Tag zu spät"),
            ("ein Tag zu spät", "zwei Tage"),
            ("zwei Tage", None),
        ]

    @pytest.mark.parametrize("column", ["before", "after", "at", "what", "interview_id"])
    def test_a_row_of_it_cannot_be_changed(
        self, notebook: Notebook, store: Store, column: str
    ) -> None:
        notebook.rate(Q, 2)
        connection = connect(store.path, store.unlock)
        with pytest.raises(sqlite_errors(), match="only ever added to"):
            connection.execute(f"UPDATE audit_log SET {column} = 'x'")
        connection.close()
        assert trail(notebook, store, "rating") == [(None, 2)]


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    connection = connect(store.path, store.unlock)
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    connection.close()
    return found


class TestSubmitting:
    CHANGES: dict[str, Write] = {  # noqa: RUF012 - never written to
        **{name: write for name, (write, _, _) in WRITES.items()},
        "an edited note": lambda n: n.edit_note(Q, n.answer(Q).notes[0].id, "other"),
        "a withdrawn note": lambda n: n.edit_note(Q, n.answer(Q).notes[0].id, None),
        "an outcome": lambda n: n.set_outcome(Q, "first-step", Outcome.NO_ANSWER),
        "an undo": lambda n: n.undo(),
        "submitting again": lambda n: n.submit(),
    }

    def test_it_needs_a_recommendation(self, notebook: Notebook) -> None:
        with pytest.raises(BlockedError, match="no recommendation"):
            notebook.submit()
        assert notebook.interview().submitted_at is None
        notebook.rate(Q, 3)
        assert notebook.answer(Q).rating == 3

    def test_the_seal_is_over_everything_that_is_read_back(
        self, store: Store, notebook: Notebook
    ) -> None:
        notebook.keep_draft("never finished")
        notebook.add_note(Q, "late")
        notebook.recommend(Recommendation.DEFINITELY_YES)
        seal = notebook.submit()
        interview = store._reads.interview(notebook.interview_id)
        assert interview.seal == seal == store._exchange().document(interview)["sha256"]
        assert interview.submitted_at == "2026-03-02T09:00:00.000Z"
        assert interview.draft == ""

    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
    def test_after_it_every_change_is_refused(self, store: Store, change: Write) -> None:
        interview = begin(store)
        notebook = store.notebook(interview.id)
        notebook.ask(Q, *PROBE)
        complete(store, {Q: 4})
        sealed = (
            store._reads.interview(interview.id),
            store._reads.answers(interview.id),
        )
        content = everything(store)
        with pytest.raises(BlockedError, match="sealed"):
            change(notebook)
        assert (
            store._reads.interview(interview.id),
            store._reads.answers(interview.id),
        ) == sealed
        assert everything(store) == content


ODD = {
    "emoji": "👩🏽‍💼 closed it 🎉",
    "right to left": "אמר ש־120 אלף ‏היו בסכנה",
    "combining": "Å and A\u030a are kept apart",
    "line ends": "one\r\ntwo\u2028three\x85",
    "a NUL": "before\x00after",
    "quotes and SQL": "'; DROP TABLE note; --",
    "very long": "wörd " * 40_000,
    "blanks": "  kept as typed  ",
    "empty": "",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_whatever_was_typed_is_read_back_as_typed(notebook: Notebook, text: str) -> None:
    notebook.add_note(Q, text)
    notebook.keep_draft(text)
    notebook.summarise(text)
    assert texts(notebook.answer(Q)) == [text]
    assert (notebook.interview().draft, notebook.interview().summary) == (text, text)


def test_what_is_no_character_is_refused_in_a_sentence(notebook: Notebook) -> None:
    with pytest.raises(StorageError, match="no character"):
        notebook.keep_draft("half a pair \ud83d")


def test_a_full_record_survives_closing_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with Store(path) as store:
        interview = complete(store, {Q: 5, "account-at-risk": None})
        answers = store._reads.answers(interview.id)
    with Store(path) as store:
        assert store._reads.interview(interview.id) == interview
        assert store._reads.answers(interview.id) == answers
