"""Each format of a sealed document keeps its reader; older seals outlive every new field."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest

from interviewkit.errors import RefusedImportError
from interviewkit.exchange import jsonl_schema, line_records
from interviewkit.exchange.jsonl import dump_line, export_lines, head_in, read_lines, sealed_line
from interviewkit.interview import sealed_document
from interviewkit.interview.people import Person
from interviewkit.interview.records import Course, Interview, Recommendation
from interviewkit.interview.sealed_document import seal, with_seal
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete

Q = "unspoken-need"
OLD = Path(__file__).with_name("old")
EXPORTED = (OLD / "records-3.jsonl").read_bytes().splitlines(keepends=True)
VERIFY_IN_PYTHON = """
import hashlib, re, sys
for line in sys.stdin.buffer:
    sealed = re.fullmatch(rb'(.*),"sha256":"([0-9a-f]{64})"}\\n', line)
    if sealed and b'"format":' in line:
        whole = hashlib.sha256(sealed[1] + b"}").hexdigest() == sealed[2].decode()
        print("whole" if whole else "broken")
"""
VERIFY_IN_NODE = """
const crypto = require("crypto");
const lines = require("fs").readFileSync(0, "utf8").split("\\n");
for (const line of lines) {
  const sealed = /^(.*),"sha256":"([0-9a-f]{64})"}$/s.exec(line);
  if (sealed && line.includes('"format":')) {
    const hash = crypto.createHash("sha256").update(sealed[1] + "}", "utf8").digest("hex");
    console.log(hash === sealed[2] ? "whole" : "broken");
  }
}
"""


def exported(store: Store) -> list[bytes]:
    leaving = store.seen_by(Person("", "Nora Lind")).export()
    return list(
        export_lines(
            store.banks_used(),
            leaving.scorecards,
            leaving.document,
            leaving.amendments(),
            leaving.decision_documents(),
            leaving.parties(),
            leaving.log_head(),
        )
    )


def everything(store: Store) -> Interview:
    """A scorecard with an amendment and a decision."""
    sealed = complete(store, {Q: 4, "broken-promise": None})
    store.notebook(sealed.id).amend(
        "note", Q, "180 k, “all of it” 🦊", "Left out.", Person("", "Priya Raman")
    )
    store.decide(sealed.role, sealed.candidate, Course.HIRE, "Clear.", "Ring her.", "Nora Lind")
    return store._reads.interview(sealed.id)


# What 0.1.0 wrote


def test_an_export_of_0_1_0_comes_in_and_goes_out_again(store: Store) -> None:
    kinds = [json.loads(line)["type"] for line in EXPORTED]
    assert set(kinds) == {"bank", "role", "candidate", "scorecard", "amendment", "decision"}
    taken = store.import_documents(read_lines("records-3.jsonl", EXPORTED))
    assert sum(taken.new.values()) == len(kinds) - 1
    assert taken.known["candidate"] == 1  # the same name in other capitals joins
    assert [json.loads(line) for line in exported(store)[: len(kinds)]] == [
        json.loads(line) for line in EXPORTED
    ]
    store.close()
    assert check_records(store.path).faults == ()


def test_records_of_0_1_0_compare_as_what_they_exported(
    store: Store, tmp_path: Path, clock: HeldClock
) -> None:
    path = Path(shutil.copy(OLD / "records-3.db", tmp_path / "old.db"))
    store.import_documents(read_lines("records-3.jsonl", EXPORTED))
    with Store(path, clock) as old:
        assert [json.loads(line) for line in exported(old)[:-1]] == [
            json.loads(line) for line in EXPORTED
        ]
        role = old.role("Account executive")
        ours = old.seen_by(Person("", "Nora Lind")).comparison(role)
        theirs = store.seen_by(Person("", "Nora Lind")).comparison(store.role("Account executive"))
        assert [(one.name, one.overall) for one in ours.candidates] == [
            (one.name, one.overall) for one in theirs.candidates
        ]
        assert old._connection.execute(
            "SELECT kind, format, count(*) FROM sealed_document GROUP BY 1, 2 ORDER BY 1"
        ).fetchall() == [("amendment", 1, 3), ("decision", 1, 2), ("scorecard", 1, 4)]


def test_what_was_changed_before_the_update_is_named_after_it(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "records-3.db", tmp_path / "old.db"))
    connection = sqlite_past_triggers(path)
    connection.execute("UPDATE answer SET rating = 5 WHERE rating = 2")
    connection.execute("UPDATE trail SET after = '5' WHERE what = 'rating' AND after = '2'")
    connection.execute("UPDATE amendment SET reason = 'Other.' WHERE what = 'note'")
    connection.close()
    Store(path).close()
    found = {(fault.code, fault.message) for fault in check_records(path).faults}
    assert ("seal", "its sealed document is missing") in found
    assert ("log", "its history did not hold when these records were brought up to date") in found
    assert any("amendment" in message and "not what was made" in message for _, message in found)


def sqlite_past_triggers(path: Path) -> Any:
    import sqlite3

    connection = sqlite3.connect(path, isolation_level=None)
    for (sql,) in connection.execute(
        "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger' "
        "AND name NOT LIKE '%came_in' AND name NOT LIKE '%was_changed'"
    ).fetchall():
        connection.execute(sql)
    return connection


# What format 2 wrote

SECOND = (OLD / "records-8.jsonl").read_bytes().splitlines(keepends=True)


def test_an_export_of_format_2_comes_in_and_goes_out_word_for_word(store: Store) -> None:
    sealed = [line for line in SECOND if b'"format":2' in line]
    kinds = [json.loads(line)["type"] for line in sealed]
    assert kinds == ["scorecard"] * 2 + ["amendment"] * 3 + ["decision"]
    store.import_documents(read_lines("records-8.jsonl", SECOND))
    assert [line for line in exported(store) if b'"format":' in line] == sealed
    assert [entry.card for entry in store.planning().entries(cancelled=True)] == ["", ""]
    ((_, answers), _) = store.seen_by(Person("", "Nora Lind")).scorecards()
    (answer,) = [answer for answer in answers if answer.question == Q]
    assert answer.line == "3 · probed 2, 1 new detail, 1 not noted · amended, was 4"
    store.close()
    assert check_records(store.path).faults == ()


def test_records_of_format_2_go_on_with_amendments_of_format_3(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "records-8.db", tmp_path / "old.db"))
    path.chmod(0o600)
    with Store(path) as old:
        sealed = [line for line in SECOND if b'"format":' in line]
        assert [line for line in exported(old) if b'"format":' in line] == sealed
        card, answers = old.seen_by(Person("", "Nora Lind")).scorecards()[0]
        (answer,) = [answer for answer in answers if answer.question == Q]
        pending = answer.open_outcomes[0].probe
        old.notebook(card.id).amend(
            "outcome", Q, "new_detail", "Forgot the sign.", Person("", "Priya Raman"), pending
        )
        assert old.notebook(card.id).answer(Q).line.startswith("3 · probed 2, 2 new detail")
        formats = old._connection.execute(
            "SELECT kind, format, count(*) FROM sealed_document GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
        assert formats == [
            ("amendment", 2, 3),
            ("amendment", 3, 1),
            ("decision", 2, 1),
            ("scorecard", 2, 2),
        ]
    assert check_records(path).faults == ()


# What this version writes


def test_a_document_says_who_took_part_and_how_time_went(store: Store, clock: HeldClock) -> None:
    notebook = store.notebook(begin(store).id)
    clock.pass_(60)
    notebook.go_to(Q)
    clock.pass_(100)
    notebook.pause(paused=True)
    clock.pass_(1000)
    notebook.pause(paused=False)
    clock.pass_(20)
    notebook.go_to("broken-promise")
    clock.pass_(30)
    notebook.add_note("broken-promise", "the last before the power went")
    clock.pass_(5000)
    resumed = store.notebook(notebook.interview_id)
    clock.pass_(10)
    resumed.add_note("broken-promise", "and on")
    clock.pass_(10)
    resumed.go_to("@closing")
    resumed.recommend(Recommendation.YES)
    resumed.submit()
    document: dict[str, Any] = dict(
        store._exchange().document(store._reads.interview(notebook.interview_id))
    )
    assert document["format"] == 3
    assert (document["candidate_name"], document["role_title"], document["interviewer"]) == (
        "Ada Okafor",
        "Account executive",
        "Priya Raman",
    )
    assert [
        (visit["question"], visit["from"][11:19], visit["to"][11:19])
        for visit in document["visits"]
    ] == [
        ("@opening", "09:00:00", "09:01:00"),
        (Q, "09:01:00", "09:02:40"),
        (Q, "09:19:20", "09:19:40"),
        ("broken-promise", "09:19:40", "09:20:10"),
        ("broken-promise", "10:43:30", "10:43:50"),
    ]
    assert document["log_head"]["count"] > 8


def test_a_recommendation_is_null_only_where_another_system_is_named(store: Store) -> None:
    everything(store)
    lines = exported(store)
    (place,) = [i for i, line in enumerate(lines) if b'"type":"scorecard"' in line]
    document = json.loads(lines[place]) | {"id": "other", "recommendation": None}
    with pytest.raises(RefusedImportError, match="null only where origin names the system"):
        store.import_documents(read_lines("f", [sealed_line(with_seal(document))]))
    foreign = with_seal(document | {"origin": "Greenhouse"})
    assert store.import_documents(read_lines("f", [sealed_line(foreign)])).new["scorecard"] == 1
    assert store._reads.interview("other").recommendation is None
    assert sealed_line(foreign) in exported(store)
    role = store.role("Account executive")
    assert store.seen_by(Person("", "Nobody")).comparison(role).candidates
    store.close()
    assert check_records(store.path).faults == ()


@pytest.mark.parametrize("kind", ["scorecard", "amendment", "decision"])
def test_each_kind_is_refused_without_its_seal_and_with_a_broken_one(
    store: Store, kind: str
) -> None:
    everything(store)
    (line,) = [json.loads(line) for line in exported(store) if f'"type":"{kind}"' in line.decode()]
    for broken, sentence in (
        ({**line, "reason": "other"}, f"the {kind} {line['id']} does not match its seal"),
        ({k: v for k, v in line.items() if k != "sha256"}, f"the {kind} has no seal"),
        (line | {"format": 9}, f"this {kind} is of format 9; this interviewkit knows formats up"),
        (line | {"format": "2"}, f"format: '2' is not a format of a {kind}"),
    ):
        with pytest.raises(RefusedImportError, match=r"^f, line 1: ") as refused:
            list(read_lines("f", [dump_line(broken)]))
        assert sentence in refused.value.message
        assert "Nothing was imported." in refused.value.hint


def test_an_export_kept_elsewhere_misses_an_end_cut_off(store: Store, tmp_path: Path) -> None:
    everything(store)
    (tmp_path / "kept.jsonl").write_bytes(b"".join(exported(store)))
    head = head_in("kept.jsonl", exported(store))
    complete(store, {Q: 1}, candidate="Di New")
    store.close()
    assert check_records(store.path, None, ("kept.jsonl", head)).faults == ()
    connection = sqlite_past_triggers(store.path)
    connection.execute("DELETE FROM audit_log WHERE seq >= ?", (head.length,))
    connection.close()
    found = [
        fault.message for fault in check_records(store.path, None, ("kept.jsonl", head)).faults
    ]
    assert f"it does not go on from its first {head.length} rows, which kept.jsonl vouches for" in (
        found
    )


# What a later version may add


class Scorecard4Line(jsonl_schema.Scorecard3Line):
    """A scorecard of a next format: one field more."""

    format: Literal[4]  # type: ignore[assignment]
    weather: str


def test_a_field_added_under_a_next_format_leaves_every_older_seal_whole(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: HeldClock
) -> None:
    store.import_documents(read_lines("records-3.jsonl", EXPORTED))  # format 1
    everything(store)  # format 3
    before = exported(store)[:-1]
    build = sealed_document.scorecard_content
    monkeypatch.setattr(sealed_document, "FORMAT", 4)
    monkeypatch.setattr(
        sealed_document, "scorecard_content", lambda *a: build(*a) | {"weather": "rain"}
    )
    monkeypatch.setitem(jsonl_schema.MODELS, ("scorecard", 4), Scorecard4Line)
    monkeypatch.setitem(jsonl_schema.FORMATS, "scorecard", [1, 2, 3, 4])
    monkeypatch.setitem(line_records.READERS, ("scorecard", 4), line_records._scorecard)
    next_card = complete(store, {Q: 1}, candidate="Di New")
    assert store._exchange().document(next_card)["weather"] == "rain"
    lines = exported(store)[:-1]
    assert set(before) < set(lines)
    with Store(tmp_path / "other.db", clock) as other:
        other.import_documents(read_lines("f", lines))
        assert set(exported(other)[:-1]) == set(lines)
        formats = other._connection.execute(
            "SELECT DISTINCT format FROM sealed_document WHERE kind = 'scorecard' ORDER BY format"
        ).fetchall()
        assert formats == [(1,), (3,), (4,)]
    for path in (store.path, tmp_path / "other.db"):
        assert check_records(path).faults == ()


# Verified by others


@pytest.mark.parametrize("language", ["python", "node"])
def test_a_stranger_verifies_every_seal_in_a_few_lines(store: Store, language: str) -> None:
    everything(store)
    lines = exported(store)
    changed = [line.replace(b"all of it", b"some of it") for line in lines]
    command = [sys.executable, "-I", "-c", VERIFY_IN_PYTHON]
    if language == "node":
        node = shutil.which("node")
        if node is None:
            pytest.skip("node is not installed")
        command = [node, "-e", VERIFY_IN_NODE]
    for content, expected in ((lines, ["whole"] * 3), (changed, ["whole", "broken", "whole"])):
        ran = subprocess.run(command, input=b"".join(content), capture_output=True, check=True)
        assert ran.stdout.decode().split() == expected


def test_the_programs_above_are_those_of_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text(encoding="utf-8")
    for program in (VERIFY_IN_PYTHON, VERIFY_IN_NODE):
        assert program.strip() in text
        assert len(program.strip().splitlines()) <= 20


def test_a_seal_of_format_1_is_verified_from_its_fields() -> None:
    scorecards = [json.loads(line) for line in EXPORTED if b'"type": "scorecard"' in line]
    assert len(scorecards) == 4
    assert all(seal(card) == card["sha256"] for card in scorecards)
