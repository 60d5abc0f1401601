"""The history of an answer: who changed what and when, for those who may read the answer."""

from pathlib import Path

import pytest

from interviewkit.banks.elements import Element
from interviewkit.errors import BlockedError, NotFoundError
from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.interview.answer_history import QUOTED
from interviewkit.interview.people import Person
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete

Q = "broken-promise"
PROBE = ("first-step", "What did you do first?", (Element.OWN_ACTION,))


def words(store: Store, interview_id: str, viewer: Person = PRIYA, question: str = Q) -> list[str]:
    return [change.words for change in store.seen_by(viewer).answer_history(interview_id, question)]


def test_every_change_is_told_in_its_order_with_what_stood_there(
    store: Store, clock: HeldClock
) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.add_note(Q, "nine days late")
    (note,) = notebook.answer(Q).notes
    notebook.edit_note(Q, note.id, "ten days late")
    notebook.mark_note(Q, note.id, marked=True)
    notebook.ask(Q, *PROBE)
    notebook.set_outcome(Q, "first-step", Outcome.NOTHING_NEW)
    own = notebook.ask_own(Q, "and then?")
    notebook.set_outcome(Q, own, Outcome.NO_ANSWER)
    notebook.undo()
    notebook.tick(Q, Element.TIME, False)
    notebook.tick(Q, Element.TIME, None)
    notebook.rate(Q, 3)
    notebook.rate(Q, None)
    notebook.skip(Q, "no time")
    notebook.undo()
    notebook.rate("unspoken-need", 5)
    notebook.edit_note(Q, note.id, None)
    notebook.undo()
    notebook.mark_note(Q, note.id, marked=False)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    clock.pass_(60)
    notebook.amend("rating", Q, "4", "Read it again.", PRIYA)
    notebook.amend("outcome", Q, "new_detail", "Forgot the sign.", PRIYA, own)
    notebook.amend("note", Q, "called twice", "Left out.", PRIYA)
    assert words(store, notebook.interview_id) == [
        "note “nine days late”",
        "note “ten days late”, was “nine days late”",
        "marked “ten days late”",
        "asked “What did you do first?”",
        "outcome nothing new, was not noted, of “What did you do first?”",
        "asked in own words “and then?”",
        "outcome no answer, was not noted, of “and then?”",
        "taken back: outcome not noted, was no answer, of “and then?”",
        "time: ticked as not there",
        "time: left to the notes",
        "rating 3",
        "rating not assessed, was 3",
        "rating taken away, was not assessed",
        "skipped: no time",
        "taken back: not skipped",
        "taken back: rating not assessed",
        "note taken away “ten days late”",
        "taken back: note “ten days late”",
        "no longer marked “ten days late”",
        "submitted and sealed",
        "amended: rating 4. Reason: Read it again.",
        "amended: outcome new detail, of “and then?”. Reason: Forgot the sign.",
        "amended: note “called twice”. Reason: Left out.",
    ]


def test_it_says_whose_it_is_which_account_wrote_and_when(tmp_path: Path, clock: HeldClock) -> None:
    path = tmp_path / "records.db"
    with Store(path, clock, account="priya") as store:
        interview = begin(store)
        store.notebook(interview.id).rate(Q, 3)
    clock.pass_(60)
    with Store(path, clock, account="tom") as store:
        store.notebook(interview.id).rate(Q, 4)
        history = store.seen_by(PRIYA).answer_history(interview.id, Q)
    assert [(change.who, change.account, change.at) for change in history] == [
        ("Priya Raman", "priya", "2026-03-02T09:00:00.000Z"),
        ("Priya Raman", "tom", "2026-03-02T09:01:00.000Z"),
    ]
    assert [change.words for change in history] == ["rating 3", "rating 4, was 3"]


def test_a_long_text_is_cut_and_lines_are_one_line(store: Store) -> None:
    interview = begin(store)
    store.notebook(interview.id).add_note(Q, "one\ntwo " + "x" * 100)
    (sentence,) = words(store, interview.id)
    assert sentence.startswith("note “one two xxx")
    assert sentence.endswith("…”")
    assert len(sentence) == QUOTED + len("note “”")


def test_only_those_who_may_read_the_answer_read_its_history(store: Store) -> None:
    sealed = complete(store, {Q: 4})
    under_way = begin(store, interviewer="Tom Becker")
    with pytest.raises(BlockedError, match="Ada Okafor is withheld from you"):
        words(store, sealed.id, Person("", "Tom Becker"))
    with pytest.raises(BlockedError, match="This is the interview of Tom Becker"):
        words(store, under_way.id, Person("", "Nora Lind"))
    assert words(store, sealed.id, Person("", "Nora Lind"))[-1] == "submitted and sealed"
    assert words(store, under_way.id, Person("", "Tom Becker")) == []


def test_a_question_that_was_not_in_the_kit_is_unknown(store: Store) -> None:
    sealed = complete(store, {Q: 4})
    with pytest.raises(NotFoundError, match="no question called 'broken-promis'") as error:
        words(store, sealed.id, question="broken-promis")
    assert "Did you mean broken-promise?" in error.value.hint


def test_what_came_in_has_no_history_but_its_amendments(
    store: Store, tmp_path: Path, clock: HeldClock
) -> None:
    sealed = complete(store, {Q: 4})
    store.notebook(sealed.id).amend("rating", Q, None, "It was never asked.", PRIYA)
    door = store._exchange()
    lines = list(
        export_lines(store.banks_used(), door.sealed_scorecards(), door.document, door.amendments())
    )
    with Store(tmp_path / "other.db", clock) as other:
        other.import_documents(read_lines("file", lines))
        assert words(other, sealed.id, Person("", "Nora Lind")) == [
            "came in from elsewhere, without what was changed before",
            "amended: rating not assessed. Reason: It was never asked.",
        ]
