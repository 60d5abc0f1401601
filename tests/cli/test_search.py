import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.storage.search import STEP
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete

Q = "unspoken-need"


@pytest.fixture(autouse=True)
def _a_width_and_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Priya Raman")


def run(db: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), "search", *args])


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock) -> Path:
    with Store(tmp_path / "records.db", clock) as store:
        complete(store, {Q: 4}, "Ada Okafor", "Tom")
        complete(store, {Q: 4}, "Bo Lind", "Tom")
        notebook = store.notebook(begin(store, "Bo Lind").id)
        notebook.add_note(Q, f"{'long ' * 30}wet pallets \x1b[2J {'and on ' * 30}")
    return tmp_path / "records.db"


def test_it_prints_where_and_the_line_around_the_words(db: Path) -> None:
    result = run(db, "WET", "pall")
    assert (result.exit_code, result.stderr) == (0, "")
    head, line = result.stdout.splitlines()
    assert head == f"2 Mar 2026 · Bo Lind · Account executive · Priya Raman · {Q}"
    assert "wet pallets ␛[2J" in line
    assert len(line) <= 60
    assert line.startswith("  …")


def test_what_may_not_be_seen_is_not_found(db: Path) -> None:
    assert "Ada Okafor" in run(db, "said").stdout
    assert "Bo Lind" not in run(db, "said").stdout
    assert "Bo Lind" in run(db, "said", "--interviewer", "Tom").stdout
    result = run(db, "pallets", "--interviewer", "Tom")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No passage that you may see matches.\n"


def test_json_is_a_list_of_hits(db: Path) -> None:
    (hit,) = json.loads(run(db, "okafor", "said", "--json").stdout)
    assert hit["text"] == f"what Ada Okafor said of {Q}"
    assert (hit["kind"], hit["candidate"], hit["interviewer"], hit["question"]) == (
        "note",
        "Ada Okafor",
        "Tom",
        Q,
    )
    assert json.loads(run(db, "quince", "--json").stdout) == []


def test_the_limit_is_told(db: Path) -> None:
    result = run(db, "said", "--interviewer", "Tom", "--limit", "1")
    assert result.stdout.count("\n") == 2
    assert result.stderr == "There may be more: another word narrows it, --limit shows more.\n"


def test_much_that_is_new_is_said(db: Path) -> None:
    with Store(db) as store:
        notebook = store.notebook(begin(store, "Cy Young").id)
        notebook.add_notes(Q, [f"line {number}" for number in range(10 * STEP)])
    assert run(db, "said").stderr == "Reading in what is new…\n"
    assert run(db, "said").stderr == ""


def test_without_words_it_says_how(db: Path) -> None:
    result = run(db)
    assert result.exit_code == 2
    assert "Missing argument 'WORDS...'" in result.stderr


def test_own_follow_ups_and_other_scripts_are_found(tmp_path: Path, clock: HeldClock) -> None:
    path = tmp_path / "records.db"
    with Store(path, clock) as store:
        notebook = store.notebook(begin(store, "Bo Lind").id)
        notebook.ask_own(Q, "wer war in der Straße?")
        notebook.add_note(Q, "大客户投诉我们延迟交货" * 5)
    head, line = run(path, "strasse").stdout.splitlines()
    assert head == f"2 Mar 2026 · Bo Lind · Account executive · Priya Raman · follow-up: {Q}"
    assert line == "  wer war in der Straße?"
    head, line = run(path, "客户").stdout.splitlines()
    assert head.endswith(f"Priya Raman · {Q}")
    assert line == f"  {'大客户投诉我们延迟交货' * 2}大客户投诉我…"
    (hit,) = json.loads(run(path, "strasse", "--json").stdout)
    assert (hit["kind"], hit["text"]) == ("follow_up", "wer war in der Straße?")
