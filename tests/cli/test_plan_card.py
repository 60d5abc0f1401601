"""``plan card``: handed over from a file, printed, taken off, and travelling with the plan."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import HeldClock

ADD = ("plan", "add", "--candidate", "Ada Okafor", "--role", "Account executive")
CARD = "Verify: renewed Hartmann, who signed?\nAsk about the second year. 🦊\n"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Priya Raman")
    (tmp_path / "card.txt").write_bytes(b"\xef\xbb\xbf" + CARD.encode())
    return tmp_path / "records.db"


def run(db: Path, *args: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), *args], input=typed)


def planned(db: Path) -> dict[str, str]:
    (entry,) = json.loads(run(db, "plan", "list", "--json").stdout)
    assert isinstance(entry, dict)
    return entry


def test_a_card_comes_with_the_plan_and_is_printed(db: Path) -> None:
    assert run(db, *ADD, "--card", "card.txt").exit_code == 0
    entry = planned(db)
    assert entry["card"] == CARD.strip()
    assert run(db, "plan", "card", entry["id"]).stdout == CARD
    (row,) = run(db, "plan", "list").stdout.splitlines()
    assert " planned  card  " in row


def test_a_card_is_put_on_changed_and_taken_off(db: Path) -> None:
    run(db, *ADD)
    key = planned(db)["id"]
    nothing = run(db, "plan", "card", key)
    assert (nothing.stdout, nothing.stderr) == ("", "There is no card on this entry.\n")
    put = run(db, "plan", "card", key, "-", typed=CARD)
    assert (put.stdout, put.stderr) == (
        "",
        "The card was put on: Priya Raman interviews Ada Okafor for Account executive.\n",
    )
    assert planned(db)["card"] == CARD.strip()
    assert "The card was taken off" in run(db, "plan", "card", key, "-", typed="\n").stderr
    assert planned(db)["card"] == ""
    assert check_records(db).faults == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (b"\xff", "is not UTF-8 text (byte 1)."),
        (b"I rated her 4", "Line 1 of the card gives a judgement away"),
        (b"x" * 5000, "The card has 5000 characters; 4000 are the most."),
    ],
)
def test_what_no_card_may_be_is_refused_and_nothing_changed(
    db: Path, typed: bytes, sentence: str
) -> None:
    run(db, *ADD, "--card", "card.txt")
    entry = planned(db)
    for args in (("plan", "card", entry["id"], "-"), (*ADD, "--card", "-")):
        refused = run(db, *args, typed=typed)
        assert refused.exit_code == 1
        assert sentence in refused.stderr
    assert planned(db) == entry


def test_a_cancelled_entry_and_an_unknown_one_take_no_card(db: Path) -> None:
    run(db, *ADD)
    key = planned(db)["id"]
    run(db, "plan", "cancel", key)
    refused = run(db, "plan", "card", key, "card.txt")
    assert (refused.exit_code, "This entry is cancelled" in refused.stderr) == (1, True)
    assert run(db, "plan", "card", "nowhere").exit_code == 1


def test_the_card_travels_with_its_entry_and_the_later_one_counts(
    tmp_path: Path, clock: HeldClock
) -> None:
    from interviewkit.exchange.jsonl import export_lines, read_lines
    from interviewkit.interview.people import Person

    def lines(store: Store) -> list[bytes]:
        leaving = store.seen_by(Person("", "Nora Lind")).export()
        shared = leaving.shared_records()
        return list(export_lines([], [], leaving.document, shared=shared))

    with Store(tmp_path / "a.db", clock) as here, Store(tmp_path / "b.db", clock) as there:
        planning = here.planning()
        entry = planning.add(
            role="Account executive", candidate="Ada Okafor", interviewer="Priya Raman", card="One."
        )
        there.import_documents(read_lines("f", lines(here)))
        assert [one.card for one in there.planning().entries()] == ["One."]
        clock.pass_(60)
        earlier = lines(there)
        planning.set_card(entry, "Two.")
        newer = lines(here)
        assert there.import_documents(read_lines("f", newer)).new["plan"] == 1
        assert there.import_documents(read_lines("f", newer)).known["plan"] == 1
        assert here.import_documents(read_lines("f", earlier)).known["plan"] == 1
        cards = [one.card for store in (here, there) for one in store.planning().entries()]
        assert cards == ["Two.", "Two."]
    for name in ("a.db", "b.db"):
        assert check_records(tmp_path / name).faults == ()


def test_a_card_changed_by_hand_is_found_and_goes_with_the_candidate(
    tmp_path: Path, clock: HeldClock
) -> None:
    path = tmp_path / "records.db"
    with Store(path, clock) as store:
        store.planning().add(
            role="Account executive", candidate="Ada Okafor", interviewer="Tom", card="Verify it."
        )
        store._connection.execute("UPDATE plan SET card = 'Other.'")
    (fault,) = check_records(path).faults
    assert fault.message == "its card is not what the log says"
    assert run(path, "candidate", "erase", "Ada Okafor", "--yes").exit_code == 0
    assert b"Verify it." not in path.read_bytes()
