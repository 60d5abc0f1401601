"""A late evening in UTC is the next day in Auckland, wherever a person reads a day."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.interview.records import Course
from interviewkit.interview.reminders import panels, reminder
from interviewkit.interview.role_settings import RoleSettings
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete

pytestmark = pytest.mark.posix("a time zone that a program can set")
EVENING = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)  # half past nine on 3 March in Auckland
ROLE = "Account executive"


@pytest.fixture(autouse=True)
def auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "records.db"
    with Store(path, HeldClock(EVENING)) as store:
        complete(store, {"unspoken-need": 4}, interviewer="Tom")
        role = store.role(ROLE)
        store.retention().change(role, RoleSettings(months=3), "Tom")
        store.decide(role, store.candidate("Ada Okafor"), Course.HIRE, "Clear.", "", "Tom")
    return path


def out(db: Path, *args: str) -> str:
    result = CliRunner().invoke(cli, ["--db", str(db), *args])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_a_candidates_days_are_those_of_the_machine(db: Path) -> None:
    shown = out(db, "candidate", "show", "Ada Okafor")
    assert "kept until 3 Jun 2026" in shown
    assert "last recorded 2026-03-03, until 2026-06-03" in shown
    assert "2026-03-03  submitted" in shown
    assert "2026-03-02" not in shown
    assert "kept until 3 Jun 2026" in out(db, "candidate", "list")


def test_json_has_utc(db: Path) -> None:
    data = json.loads(out(db, "candidate", "show", "Ada Okafor", "--json"))
    assert data["interviews"][0]["submitted_at"] == "2026-03-02T20:30:00.000Z"
    assert (data["roles"][0]["last"], data["keep_until"]) == ("2026-03-02", "2026-06-02")
    (listed,) = json.loads(out(db, "candidate", "list", "--json"))
    assert listed["keep_until"] == "2026-06-02"
    (due,) = json.loads(out(db, "data", "purge", "--json"))["due"]
    assert due["due"] == "2026-06-02"


def test_purging_and_the_history_of_a_role_say_the_same_day(db: Path) -> None:
    purged = out(db, "data", "purge")
    assert "(last recorded 2026-03-03, 3 months)  since 2026-06-03" in purged
    assert "  2026-03-03 Tom: months none → 3" in out(db, "role", "show", ROLE)


@pytest.mark.parametrize(("day", "count"), [("2026-03-02", 0), ("2026-03-03", 1)])
def test_as_of_speaks_of_local_days(db: Path, day: str, count: int) -> None:
    data = json.loads(out(db, "compare", ROLE, "--as-of", day, "--json"))
    assert len(data["candidates"]) == count


def test_a_search_a_pack_and_a_workbook_say_it_too(db: Path, tmp_path: Path) -> None:
    assert "3 Mar 2026" in out(db, "search", "said")
    out(db, "candidate", "export", "Ada Okafor", str(tmp_path / "pack"))
    page = (tmp_path / "pack" / "pack.html").read_text(encoding="utf-8")
    assert "submitted 2026-03-03 09:30+13:00" in page
    from openpyxl import load_workbook

    out(db, "compare", ROLE, "--xlsx", str(tmp_path / "role.xlsx"))
    sheet = load_workbook(tmp_path / "role.xlsx")["Decision"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "2026-03-03 hire, Tom: Clear." in said


def test_a_reminder_says_it_too(db: Path) -> None:
    with Store(db, HeldClock(EVENING)) as store:
        begin(store, "Bo Lind")
        role = store.role(ROLE)
        assert "last worked on 3 Mar 2026" in reminder(role, panels(store._reads.standings(role)))
