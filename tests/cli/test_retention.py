import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.interview.role_settings import RoleSettings
from interviewkit.storage.store import Store
from support import HeldClock, complete

Q = "unspoken-need"


def run(db: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), *args])


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Long ago Ada for a role of three months; Bo for one under a hold; Cy for one without."""
    path = tmp_path / "records.db"
    with Store(path, HeldClock(datetime(2020, 3, 2, 9, tzinfo=UTC))) as store:
        for name, role in (("Ada", "Sales"), ("Bo", "Held"), ("Cy", "Open")):
            complete(store, {Q: 4}, name, "Tom", role)
        door = store.retention()
        door.change(store.role("Sales"), RoleSettings(months=3), "Tom")
        door.change(store.role("Held"), RoleSettings(months=3, hold="A charge"), "Tom")
    return path


def test_purging_first_says_who_and_then_does_it(db: Path) -> None:
    result = run(db, "data", "purge")
    assert result.exit_code == 0
    assert result.stdout == (
        "The period is over for:\n"
        "  Ada  Sales (last recorded 2020-03-02, 3 months)  since 2020-06-02\n"
    )
    assert "Nothing was erased. Add --yes to do it." in result.stderr
    assert "not legal advice" in result.stderr
    assert "Under a legal hold: 1 candidate.\nWithout a period: 1 candidate." in result.stderr
    assert run(db, "candidate", "list").stdout.count("\n") == 3
    result = run(db, "data", "purge", "--yes")
    assert result.exit_code == 0
    assert "Erased 1 candidate. Receipt " in result.stderr
    assert [line[:2] for line in run(db, "candidate", "list").stdout.splitlines()] == ["Bo", "Cy"]
    with Store(db) as store:
        (receipt,) = store.erasing().receipts()
        assert receipt.why == "retention"
    again = run(db, "data", "purge", "--yes")
    assert again.exit_code == 0
    assert "no retention period is over" in again.stdout


def test_json_names_nobody_who_is_gone(db: Path) -> None:
    data = json.loads(run(db, "data", "purge", "--json").stdout)
    assert [(one["candidate"], one["due"]) for one in data["due"]] == [("Ada", "2020-06-02")]
    assert (data["held"], data["without_period"], data["receipts"]) == (1, 1, [])
    done = run(db, "data", "purge", "--json", "--yes")
    data = json.loads(done.stdout)
    assert (data["due"], len(data["receipts"])) == ([], 1)
    assert "Ada" not in done.stdout


def test_a_clock_before_the_newest_record_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with Store(path, HeldClock(datetime(2900, 3, 2, 9, tzinfo=UTC))) as store:
        complete(store, {Q: 4}, "Ada", "Tom")
    result = run(path, "data", "purge")
    assert result.exit_code == 1
    assert result.stderr.startswith("The newest record is of 2900-03-02, and this computer's clock")


def test_an_erasure_that_was_cut_off_is_ended(db: Path) -> None:
    run(db, "data", "purge", "--yes")
    with Store(db) as store:
        store._connection.execute("UPDATE erasure SET cleaned = 0")
    result = run(db, "data", "purge")
    assert "Finished an erasure that was interrupted: the file is clean." in result.stderr
    assert "cut off" not in run(db, "data", "purge").stderr


def test_the_periods_come_with_their_sources(db: Path) -> None:
    result = run(db, "data", "retention")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "us: 12 months United States, private employer: one year" in words
    assert "gdpr: 6 months" in words
    assert "AGG § 15(4)" in words
    assert "not legal advice" in result.stderr
    data = json.loads(run(db, "data", "retention", "--json").stdout)
    assert {one["place"]: one["months"] for one in data}["us-public"] == 24


def test_a_period_is_set_for_a_place_old_or_new_and_taken_away(db: Path) -> None:
    assert run(db, "data", "retention", "Berlin office", "--months", "7").exit_code == 0
    result = run(db, "data", "retention", "GDPR", "--months", "1")
    assert result.stdout.startswith("gdpr: 1 month, set here\n")
    result = run(db, "role", "set", "Open", "--place", "berlin office")
    assert result.exit_code == 0
    assert "since 2020-10-02" in run(db, "data", "purge").stdout
    refused = run(db, "data", "retention", "Berlin office", "--default")
    assert refused.exit_code == 1
    assert "Open keeps its records by Berlin office." in refused.stderr
    assert "gdpr: 6 months\n" in run(db, "data", "retention", "gdpr", "--default").stdout


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--months", "3"], "Name the PLACE"),
        (["us", "--months", "0"], "0 is not in the range"),
        (["us", "--months", "3", "--default"], "Choose one of --months and --default."),
    ],
)
def test_wrong_use_is_told(db: Path, args: list[str], sentence: str) -> None:
    result = run(db, "data", "retention", *args)
    assert result.exit_code == 2
    assert sentence in result.stderr
