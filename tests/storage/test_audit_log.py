"""The trail names who changed what and when, and its links can be recomputed by anybody."""

import hashlib
import json
import sqlite3
from pathlib import Path

from interviewkit.interview.answer_history import InterviewChange
from interviewkit.storage.account import system_account
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete

QUESTION = "unspoken-need"


def test_who_changed_what_and_when(tmp_path: Path, clock: HeldClock) -> None:
    with Store(tmp_path / "records.db", clock, account="priya") as store:
        interview = begin(store)
        store.notebook(interview.id).rate(QUESTION, 3)
    clock.pass_(60)
    with Store(tmp_path / "records.db", clock, account="tom") as store:
        store.notebook(interview.id).rate(QUESTION, 4)
        assert store._reads.history(interview.id) == [
            InterviewChange(
                interview.id, QUESTION, "rating", "", None, 3, "2026-03-02T09:00:00.000Z", "priya"
            ),
            InterviewChange(
                interview.id, QUESTION, "rating", "", 3, 4, "2026-03-02T09:01:00.000Z", "tom"
            ),
        ]


def test_the_account_is_that_of_the_computer(store: Store) -> None:
    interview = complete(store, {QUESTION: 4})
    assert system_account()
    assert {change.account for change in store._reads.history(interview.id)} == {system_account()}


def test_sealing_amending_and_importing_are_on_the_trail(store: Store, tmp_path: Path) -> None:
    from interviewkit.exchange.jsonl import export_lines, read_lines

    interview = complete(store, {QUESTION: 4})
    store.notebook(interview.id).amend("rating", QUESTION, "3", "A slip.", PRIYA)
    what = [change.what for change in store._reads.history(interview.id)]
    assert what[-2:] == ["sealed", "amended"]
    door = store._exchange()
    lines = list(
        export_lines(store.banks_used(), door.sealed_scorecards(), door.document, door.amendments())
    )
    with Store(tmp_path / "other.db") as other:
        other.import_documents(read_lines("file", lines))
        imported = [change.what for change in other._reads.history(interview.id)]
    assert imported == ["imported", "sealed", "amended"]


def test_anybody_can_recompute_the_links(store: Store) -> None:
    complete(store, {QUESTION: 4, "broken-promise": None})
    store.close()
    connection = sqlite3.connect(store.path)
    previous = ""
    found = connection.execute(
        "SELECT digest, link, seq, salt, subject, subject_id, interview_id, candidate_id, "
        "question, what, item, before, after, at, takes_back, account FROM audit_log ORDER BY seq"
    ).fetchall()
    connection.close()
    assert [row[2] for row in found] == list(range(1, len(found) + 1))
    assert len(found) > 8
    for digest, link, *row in found:
        line = json.dumps(row, separators=(",", ":"), ensure_ascii=False)
        assert digest == hashlib.sha256(line.encode()).hexdigest()
        previous = hashlib.sha256((previous + digest).encode()).hexdigest()
        assert link == previous


def test_a_clock_set_back_does_not_change_what_counts(store: Store, clock: HeldClock) -> None:
    interview = complete(store, {QUESTION: 4})
    notebook = store.notebook(interview.id)
    notebook.amend("rating", QUESTION, "3", "A slip.", PRIYA)
    clock.pass_(-86_400)
    notebook.amend("rating", QUESTION, "2", "Another.", PRIYA)
    assert next(a for a in store._reads.answers(interview.id) if a.question == QUESTION).counts == 2
    late = store.notebook(begin(store, candidate="Bo Lindqvist").id)
    late.ask(QUESTION, "b", "First?", ())
    clock.pass_(-86_400)
    late.ask(QUESTION, "a", "Second?", ())
    assert [asked.probe for asked in late.answer(QUESTION).probes] == ["b", "a"]
    late.recommend("yes")  # type: ignore[arg-type]
    late.submit()
    done = late.interview()
    assert done.submitted_at is not None
    assert done.submitted_at >= done.started_at
