"""What a panel decided is added to, leaves with the records, and goes only with its candidate."""

import json
import shutil
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from interviewkit.errors import BlockedError, RefusedImportError
from interviewkit.exchange.jsonl import export_lines, read_lines, sealed_line
from interviewkit.exchange.jsonl_schema import line_schema
from interviewkit.interview.people import Person
from interviewkit.interview.records import Course, Decision, Interview
from interviewkit.interview.sealed_document import with_seal
from interviewkit.storage.import_joins import JoinAnswers
from interviewkit.storage.import_report import Taken
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete


@pytest.fixture
def sealed(store: Store) -> Interview:
    return complete(store, {"unspoken-need": 4, "broken-promise": 2})


def decide(store: Store, sealed: Interview, course: Course = Course.HOLD) -> Decision:
    reason = "  Two more references first. "
    return store.decide(
        sealed.role, sealed.candidate, course, reason, "Tom rings both.", "Nora Lind"
    )


def exported(store: Store, viewer: str = "Nobody") -> list[bytes]:
    leaving = store.seen_by(Person("", viewer)).export()
    return list(
        export_lines(
            store.banks_used(),
            leaving.scorecards,
            leaving.document,
            leaving.amendments(),
            leaving.decision_documents(),
            leaving.parties(),
        )
    )


def take(store: Store, *raw: bytes, same: bool = False) -> Taken:
    """``same``: anyone who bears the names of the round is the same on both machines."""
    names = {name: name for name in ("Ada Okafor", "Account executive")} if same else {}
    return store.import_documents(read_lines("file", raw), JoinAnswers(names))


def test_a_new_decision_adds_to_the_old(store: Store, sealed: Interview, clock: HeldClock) -> None:
    first = decide(store, sealed)
    clock.pass_(3600)
    last = decide(store, sealed, Course.HIRE)
    assert store._reads.decisions(sealed.role, sealed.candidate) == [first, last]
    assert (first.reason, first.by, first.at) == (
        "Two more references first.",
        "Nora Lind",
        "2026-03-02T09:00:00.000Z",
    )
    assert store._reads.interview(sealed.id) == sealed


@pytest.mark.parametrize(("reason", "by", "words"), [(" ", "Nora", "reason"), ("x", " ", "name")])
def test_it_needs_a_reason_and_a_name(
    store: Store, sealed: Interview, reason: str, by: str, words: str
) -> None:
    with pytest.raises(BlockedError, match=words):
        store.decide(sealed.role, sealed.candidate, Course.HIRE, reason, "", by)
    assert store._reads.decisions(sealed.role) == []


def test_who_still_owes_a_scorecard_cannot_decide(store: Store, sealed: Interview) -> None:
    begin(store, interviewer="Tom Becker")
    with pytest.raises(BlockedError, match="Tom Becker has an interview with Ada Okafor under way"):
        store.decide(sealed.role, sealed.candidate, Course.HIRE, "x", "", "Tom Becker")


@pytest.mark.parametrize(
    "statement", ["UPDATE decision SET course = 'hire'", "DELETE FROM decision"]
)
def test_the_database_itself_refuses_to_change_one(
    store: Store, sealed: Interview, statement: str
) -> None:
    decide(store, sealed)
    with pytest.raises(sqlite3.IntegrityError, match="only followed by another"):
        store._connection.execute(statement)


def test_it_goes_with_its_candidate(store: Store, sealed: Interview) -> None:
    decide(store, sealed)
    other = complete(store, {"unspoken-need": 3}, candidate="Bo Lindqvist")
    kept = decide(store, other)
    mark = (sealed.candidate.id,)
    store._connection.execute("INSERT INTO erasure_under_way VALUES (?)", mark)
    store._connection.execute("DELETE FROM decision WHERE candidate_id = ?", mark)
    assert store._reads.decisions(sealed.role) == [kept]
    with pytest.raises(sqlite3.IntegrityError):
        store._connection.execute("DELETE FROM decision")


def test_it_travels_and_coming_twice_changes_nothing(
    store: Store, sealed: Interview, tmp_path: Path, clock: HeldClock
) -> None:
    decide(store, sealed)
    out = exported(store)
    jsonschema.validate(json.loads(out[-1]), line_schema())
    with Store(tmp_path / "other.db", clock) as other:
        # The other machine knows the same two under ids of its own.
        known = complete(other, {"unspoken-need": 5}, interviewer="Tom Becker")
        assert take(other, *out, same=True).new["decision"] == 1
        (there,) = other._reads.decisions(known.role, known.candidate)
        assert (there.course, there.reason) == (Course.HOLD, "Two more references first.")
        assert take(other, *out).known["decision"] == 1
        assert take(store, *exported(other), same=True).known["decision"] == 1
        assert len(store._reads.decisions(sealed.role)) == 1


def test_one_on_a_candidate_without_scorecards_brings_its_role_and_candidate(
    store: Store, tmp_path: Path, clock: HeldClock
) -> None:
    waiting = begin(store)
    decide(store, waiting, Course.ANOTHER_ROUND)
    with Store(tmp_path / "other.db", clock) as other:
        new = take(other, *exported(store)).new
        assert {kind: count for kind, count in new.items() if count} == {
            "role": 1,
            "candidate": 1,
            "decision": 1,
        }


def test_it_stays_at_home_while_the_candidate_is_withheld(store: Store, sealed: Interview) -> None:
    decide(store, sealed)
    begin(store, interviewer="Tom Becker")
    assert not any(b'"decision"' in line for line in exported(store, "Tom Becker"))
    assert any(b'"decision"' in line for line in exported(store))


def test_one_that_is_known_otherwise_is_refused(store: Store, sealed: Interview) -> None:
    decide(store, sealed)
    line = json.loads(exported(store)[-1])
    changed = sealed_line(with_seal(line | {"course": "hire"}))
    with pytest.raises(RefusedImportError, match=r"line 1: the decision .* with another content"):
        take(store, changed)


def test_one_of_an_unknown_candidate_is_refused(store: Store, sealed: Interview) -> None:
    decide(store, sealed)
    line = json.loads(exported(store)[-1])
    lost = sealed_line(with_seal(line | {"candidate": "nobody"}))
    with pytest.raises(RefusedImportError, match="the candidate nobody is neither in the files"):
        take(store, lost)


def test_records_from_before_there_were_decisions_take_them(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(Path(__file__).with_name("old") / "records-1.db", path)
    with Store(path) as store:
        sealed, _ = store._reads.scorecards()[0]
        made = decide(store, sealed)
        assert store._reads.decisions(sealed.role) == [made]
