"""A round that 0.1.0 wrote, with rows of every kind it had: what the update makes of it.

``round-0.1.0.db`` was filled by 0.1.0 itself, by its commands, its screens and its store:
scorecards sealed, imported and amended, interviews left halfway with a half-typed line, probes with
each outcome, steps taken back, decisions on screen and from a workbook, two banks of its user's
own, owners, places, a legal hold, erasures and a purge, a note that search had not read yet.
``round-0.1.0.json`` is what 0.1.0 then answered. ``encrypted-0.1.0.db`` is a smaller round that
0.1.0 encrypted.
"""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.storage.file.backup import backups_of
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store

OLD = Path(__file__).parents[1] / "old"
ROUND = OLD / "round-0.1.0.db"
ANSWERS: dict[str, Any] = json.loads((OLD / "round-0.1.0.json").read_text(encoding="utf-8"))
PASSPHRASE = "eight horses by the sea"
WRITES_NONE = {"erasure_under_way"}  # holds a row only while an erasure runs
MADE_AGAIN = ("to_read_in", "_sqlite", "bank_ready")  # from the other tables
REPLACED = ("trail", "passage")  # by the log, and by passages with folded words
SEALED_ANEW = ("sealed", "amended", "imported")  # the log refers to their sealed documents
SAME_IN_A_COMPARISON = (
    *("id", "name", "overall", "coverage", "interviews", "interviewers", "by_interviewer"),
    "recommendations",
)
SAME_IN_A_SCORE = ("mean", "n", "ratings", "probed", "new_detail", "not_probed", "by_interviewer")

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The records as the user of 0.1.0 has them on the day of the update."""
    copy = Path(shutil.copy(ROUND, tmp_path / "records.db"))
    copy.chmod(0o600)
    return copy


def rows(file: Path) -> Rows:
    """Every row of every table, by column."""
    connection = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
    ).fetchall()
    content = {
        table: [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')]
        for (table,) in tables
    }
    connection.close()
    return content


def updated(path: Path) -> Rows:
    Store(path).close()
    return rows(path)


def answer(path: Path, *arguments: str) -> Any:
    """What a command prints as JSON."""
    ran = CliRunner().invoke(cli, ["--db", str(path), *arguments, "--json"])
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_the_stored_round_has_rows_of_every_kind_that_0_1_0_could_write() -> None:
    content = rows(ROUND)
    assert {table for table, entries in content.items() if not entries} == WRITES_NONE
    assert {row["what"] for row in content["trail"]} == {
        *("note", "asked", "outcome", "rating", "skip", "tick", "recommendation"),
        *("sealed", "amended", "imported"),
    }
    assert {row["what"] for row in content["amendment"]} == {"rating", "note", "recommendation"}
    assert {row["outcome"] for row in content["asked"]} == {
        *("new_detail", "nothing_new", "no_answer"),
        None,
    }
    assert {row["course"] for row in content["decision"]} == {
        *("hire", "do_not_hire", "another_round", "hold"),
    }
    assert {row["why"] for row in content["erasure"]} == {"request", "mistake", "retention"}
    assert {row["kind"] for row in content["passage"]} == {
        *("note", "summary", "amendment", "question"),
    }
    assert {row["recommendation"] for row in content["interview"]} == {
        *("definitely_not", "no", "yes", "definitely_yes"),
        None,
    }


def test_no_row_is_lost_and_no_value_changed(path: Path) -> None:
    old, new = rows(ROUND), updated(path)
    compared = [
        table
        for table, entries in old.items()
        if entries and not table.startswith((*MADE_AGAIN, *REPLACED))
    ]
    assert len(compared) == 15
    for table in compared:
        narrow = [{name: row[name] for name in old[table][0]} for row in new[table]]
        assert [row for row in old[table] if row not in narrow] == [], table


def test_the_log_continues_the_trail_and_search_keeps_its_passages(path: Path) -> None:
    old, new = rows(ROUND), updated(path)
    columns = ("interview_id", "question", "what", "item", "before", "after", "at", "account")
    log = {tuple(row[name] for name in columns) for row in new["audit_log"]}
    assert [
        row
        for row in old["trail"]
        if row["what"] not in SEALED_ANEW and tuple(row[name] for name in columns) not in log
    ] == []
    passages = {
        (row["kind"], row["item"]): row["original"] or row["text"] for row in new["passage"]
    }
    assert {(row["kind"], row["item"]): row["text"] for row in old["passage"]} == passages


def test_every_seal_holds_and_nothing_is_at_fault(path: Path) -> None:
    sealed = {row["id"]: row["seal"] for row in rows(ROUND)["interview"] if row["seal"]}
    new = updated(path)
    documents = {
        row["id"]: row["sha256"] for row in new["sealed_document"] if row["kind"] == "scorecard"
    }
    assert documents == sealed
    for kind in ("amendment", "decision"):
        ids = {row["id"] for row in new["sealed_document"] if row["kind"] == kind}
        assert ids == {row["id"] for row in rows(ROUND)[kind]}
    checked = check_records(path)
    assert checked.faults == ()
    assert (checked.scorecards, checked.under_way) == (len(sealed), 3) == (10, 3)


@pytest.mark.parametrize("role", ANSWERS["compare"])
def test_the_comparison_gives_the_values_that_0_1_0_gave(path: Path, role: str) -> None:
    viewer = "Priya Raman" if role == "Key accounts" else "Nora Lind"
    stored = ANSWERS["compare"][role]
    comparison = answer(path, "compare", role, "--interviewer", viewer)
    for name in ("role", "scale", "noise"):
        assert comparison[name] == stored[name]
    assert same_values(comparison) == same_values(stored)


def same_values(comparison: Any) -> Any:
    return [
        {
            **{name: candidate[name] for name in SAME_IN_A_COMPARISON},
            "scores": {
                competency: {name: score[name] for name in SAME_IN_A_SCORE}
                for competency, score in candidate["scores"].items()
            },
        }
        for candidate in comparison["candidates"]
    ]


@pytest.mark.parametrize("words", ANSWERS["search"])
def test_search_finds_what_0_1_0_found(path: Path, words: str) -> None:
    stored = ANSWERS["search"][words]
    hits = answer(path, "search", words, "--interviewer", stored["interviewer"])
    columns = ("kind", "text", "interview_id", "candidate", "role", "interviewer", "question", "at")
    assert {tuple(hit.get(name) for name in columns) for hit in hits} == {
        tuple(hit.get(name) for name in columns) for hit in stored["hits"]
    }


def test_people_roles_and_periods_are_listed_as_before(path: Path) -> None:
    for name, command, reworded in (
        ("candidates", ("candidate", "list"), ()),
        ("roles", ("role", "list"), ()),
        ("retention", ("data", "retention"), ("source",)),
    ):
        stored = [
            {key: value for key, value in entry.items() if key not in reworded}
            for entry in ANSWERS[name]
        ]
        listed = answer(path, *command)
        assert [
            {key: entry[key] for key in was} for was, entry in zip(stored, listed, strict=True)
        ] == stored
    assert sorted(person["name"] for person in answer(path, "people", "list")) == [
        *("Nora Lind", "Priya Raman", "Tom Becker")
    ]


def test_an_interview_left_halfway_goes_on_with_its_half_typed_line(path: Path) -> None:
    with Store(path) as store:
        halfway = {
            standing.interview.candidate.name: standing.interview
            for standing in store._reads.standings()
            if standing.interview.submitted_at is None
        }
        assert {name: interview.draft for name, interview in halfway.items()} == {
            "Dana Fox": "half an answer about the forkl",
            "Emil Sørensen": "half-typed li",
            "Farid Haddad": "",
        }
        notebook = store.notebook(halfway["Dana Fox"].id)
        notebook.add_note("unspoken-need", "and the other half")
        (edited, added) = notebook.answer("unspoken-need").notes
        assert (edited.text, added.text) == (
            "half an answer about the forklift",
            "and the other half",
        )
    assert check_records(path).faults == ()


def test_the_backup_from_before_is_the_file_of_0_1_0(path: Path) -> None:
    Store(path).close()
    (backup,) = backups_of(path)
    assert backup.kind == "before-update-3"
    assert rows(backup.path) == rows(ROUND)


def test_whom_0_1_0_erased_stays_erased(path: Path) -> None:
    Store(path).close()
    for file in (path, *(backup.path for backup in backups_of(path))):
        assert b"Erased" not in file.read_bytes()


def test_records_that_0_1_0_encrypted_open_with_their_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra is not installed")
    path = Path(shutil.copy(OLD / "encrypted-0.1.0.db", tmp_path / "records.db"))
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    for private in (path, secret):
        private.chmod(0o600)
    monkeypatch.setenv("INTERVIEWKIT_PASSPHRASE_FILE", str(secret))
    comparison = answer(path, "compare", "After-sales advisor")
    assert same_values(comparison) == same_values(ANSWERS["encrypted"])
    checked = answer(path, "data", "check")
    assert (checked["faults"], checked["scorecards"]) == ([], 2)
    (backup,) = backups_of(path)
    assert backup.kind == "before-update-3"
    for file in (path, backup.path):
        assert not file.read_bytes().startswith(b"SQLite format 3")
        assert b"Okafor" not in file.read_bytes()
