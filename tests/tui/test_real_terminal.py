"""The application in a real terminal: an interview by keyboard alone, and SIGKILL at any key."""

import json
import random
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.interview.records import Recommendation
from interviewkit.storage.store import Store
from support import HeldClock, complete
from terminal import Terminal

pytestmark = pytest.mark.posix("pseudo-terminals")

ARGS = [
    "interview",
    "--candidate",
    "=1+1",
    "--role",
    "Account executive",
    "--bank",
    "customer-focused-sales",
    "--kit",
    "first-45",
    "--interviewer",
    "Priya Raman",
]
PAGE_DOWN = "\x1b[6~"
CLEAR = "\x15"
F6, F7 = "\x1b[17~", "\x1b[18~"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a folder with 'quotes' and ü" / "records.db"


def test_a_whole_interview_by_keyboard_alone(db: Path) -> None:
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r")
        for number in range(1, 9):
            terminal.until(f"question {number} of 8")
            terminal.send(
                f"story {number}: rang Sandra, 180k\r?1it was in March\r+\r/3and more\r/4"
            )
            terminal.send(PAGE_DOWN)
        terminal.until("Closing")
        terminal.send("asked about territories\r/end\r")
        terminal.until("Recommendation")
        terminal.send("3\t")
        terminal.until("(●) yes", "━ Summary")
        terminal.send("Clear and checkable.\x13")
        terminal.until("Submit the scorecard?")
        terminal.send("\r")
        terminal.until("Submitted and sealed")
        terminal.send("q")
        assert terminal.ended() == 0
    run = CliRunner().invoke(cli, ["--db", str(db), "records", "export", "-"])
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    (card,) = [line for line in lines if line["type"] == "scorecard"]
    assert [line["name"] for line in lines if line["type"] == "candidate"] == ["=1+1"]
    assert card["recommendation"] == "yes"
    assert card["summary"] == "Clear and checkable."
    assert len(card["answers"]) == 8
    for number, answer in enumerate(card["answers"], 1):
        assert [note["text"] for note in answer["notes"]] == [
            f"story {number}: rang Sandra, 180k",
            "it was in March",
            "and more",
        ]
        (probe,) = answer["probes"]
        assert [note["probe"] for note in answer["notes"]] == [None, probe["probe"], probe["probe"]]
        assert probe["outcome"] == "new_detail"
        assert answer["rating"] == 4


def test_after_a_kill_the_same_command_shows_the_same_question_and_text(db: Path) -> None:
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r/q 3\rkept\r/4half a sen")
        terminal.until("question 3 of 8", "half a sen")
        with Store(db) as store:
            interview = store._reads.standings()[0].interview.id
            while store._reads.interview(interview).draft != "half a sen":
                terminal.until("half a sen")
        terminal.kill()
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("question 3 of 8", "kept", "Rating · 4", "› half a sen")


def test_a_question_takes_at_most_twelve_keys_besides_its_notes(db: Path) -> None:
    """Two probes asked, their outcomes noted, rated and left."""
    steps: list[str | list[str]] = [
        "took over a hospital in Leeds, 3 sites",
        ["\r"],
        ["?", "1"],
        "in September, they wanted a cheaper contract",
        [F6],
        ["?", "7"],
        "Colette Byrne, ward manager",
        [F7],
        ["/", "4"],
        [PAGE_DOWN],
    ]
    count = sum(len(step) for step in steps if isinstance(step, list))
    print(f"keys that are not note text: {count}")
    assert count <= 12
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r")
        terminal.until("question 1 of 8")
        terminal.send("".join("".join(step) for step in steps))
        terminal.until("question 2 of 8")
        terminal.kill()
    with Store(db) as store:
        answer = store._reads.answers(store._reads.standings()[0].interview.id)[1]
    assert answer.line == "4 · probed 2, 1 new detail"
    assert [note.text for note in answer.notes] == [s for s in steps if isinstance(s, str)]


def test_what_is_typed_through_a_storm_of_sizes_is_all_there(db: Path) -> None:
    words = [f"word{number}" for number in range(60)]
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r")
        terminal.until("question 1 of 8")
        for step, size in enumerate([(60, 20), (100, 30), (60, 20), (80, 24)]):
            text = " ".join(words[step * 15 : step * 15 + 15]) + " "
            terminal.send(text[:50])
            terminal.resize(*size)
            terminal.send(text[50:])
        terminal.until(words[-1])
        terminal.send("\r")
        terminal.until("what you hear")
        terminal.kill()
    with Store(db) as store:
        (note,) = store._reads.answers(store._reads.standings()[0].interview.id)[1].notes
    assert note.text.split() == words


def test_a_wrap_up_of_what_is_open_takes_a_few_keys(db: Path) -> None:
    """One answer to rate, one outcome to note; then the recommendation and the summary."""
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r180k at risk\r?1it was in March\r/n\r")
        terminal.until("question 2 of 8")
        terminal.send("".join(f"/q {number}\r/3" for number in range(2, 9)))
        terminal.until("question 8 of 8", "Rating · 3")
        terminal.send("/end\r")
        terminal.until("Open · 1 of 1", "1 · Needs before selling", "180k at risk")
        terminal.send("+/43\tClear and checkable.\x13")
        terminal.until("Submit the scorecard?")
        terminal.send("\r")
        terminal.until("Submitted and sealed")
        terminal.kill()
    with Store(db) as store:
        interview = store._reads.standings()[0].interview
        answer = store._reads.answers(interview.id)[1]
    assert answer.line == "4 · probed 1, 1 new detail"
    assert interview.recommendation is Recommendation.YES
    assert interview.summary == "Clear and checkable."


def killed_at_random(db: Path, kills: int, seed: int) -> Iterator[tuple[list[str], int]]:
    """Type one note after the other, kill, start again; (notes on disk, notes seen on screen)."""
    chance = random.Random(seed)
    typed = 0
    for _ in range(kills):
        with Terminal(["--db", str(db), *ARGS]) as terminal:
            terminal.until("of 45:00")
            if typed == 0:
                terminal.send("\r")
                terminal.until("question 1 of 8")
            terminal.send(CLEAR)  # what was half-typed at the last kill is back in the line
            for _ in range(chance.randint(1, 3)):
                typed += 1
                terminal.send(f"note-{typed}-end\r")
                terminal.until(f" note-{typed}-end", "what you hear")
            seen = typed
            burst = f"note-{typed + 1}-end\r/3/4?{chance.randint(1, 8)}\r"
            terminal.send(burst[: chance.randint(0, len(burst))])
            terminal.kill()
        with Store(db) as store:
            notes = store._reads.answers(store._reads.standings()[0].interview.id)[1].notes
        texts = [note.text for note in notes]
        typed = sum(text.startswith("note-") for text in texts)
        yield texts, seen


def check_kills(db: Path, kills: int, seed: int) -> None:
    for texts, seen in killed_at_random(db, kills, seed):
        kept = [text for text in texts if text.endswith("-end")]
        assert len(kept) >= seen
        for text in kept[:seen]:
            assert text.startswith("note-")
        connection = sqlite3.connect(db)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()


def test_kill_9_loses_nothing_that_was_on_the_screen(db: Path) -> None:
    check_kills(db, kills=4, seed=1)


@pytest.mark.soak
def test_a_thousand_kills(db: Path) -> None:
    check_kills(db, kills=1000, seed=2)


def test_when_the_terminal_is_gone_the_program_ends_and_the_half_line_is_kept(db: Path) -> None:
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r")
        terminal.until("question 1 of 8")
        terminal.send("half a line")
        terminal.until("half a line")
        terminal.hang_up()
        terminal.process.wait(60)
    with Store(db) as store:
        (standing,) = store._reads.standings()
        assert standing.interview.draft == "half a line"


def test_a_broken_settings_file_keeps_no_interview_waiting(db: Path, tmp_path: Path) -> None:
    broken = tmp_path / "settings.toml"
    broken.write_text("interviewer = 'Omar'\ntheme = [\n", encoding="utf-8")
    env = {"INTERVIEWKIT_SETTINGS": str(broken)}
    with Terminal(["--db", str(db), *ARGS], env, 120, 36) as terminal:
        terminal.until("Opening", "The settings have one fault", "are ignored")
        terminal.send("kept\r")
        terminal.until("kept", "what you hear")
        terminal.send("\x11")
        assert terminal.ended() == 0
    env["INTERVIEWKIT_INTERVIEWER"] = ""  # only the settings would say who it is
    with Terminal(["--db", str(db), *ARGS[:-2]], env, 120, 36) as terminal:
        terminal.until("The settings have one fault", "Fix them.")
        assert terminal.ended() == 1


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_restores_the_terminal_and_keeps_the_half_line(db: Path, name: str) -> None:
    number = signal.Signals[name]
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        before = terminal.modes
        terminal.until("Opening")
        terminal.send("\r")
        terminal.until("question 1 of 8")
        assert terminal.modes != before
        terminal.send("half a line")
        terminal.until("half a line")
        terminal.process.send_signal(number)
        assert terminal.ended() == 128 + number
        assert terminal.modes == before
        for sequence in ("?1049l", "?25h", "?1000l", "?1003l", "?2004l", "?1004l"):
            assert terminal.drawn.rindex(f"\x1b[{sequence}".encode()) > terminal.drawn.index(
                b"half"
            )
    with Store(db) as store:
        (standing,) = store._reads.standings()
        assert standing.interview.draft == "half a line"


@pytest.mark.parametrize(
    "sequence",
    ["\x1b[97;1:3u", "\x1b[1114112u", "\x1b[97;;99999999999u", "\x1b[:;:u", "\x1b[55296u"],
    ids=["release", "no character", "too large", "no number", "half a character"],
)
def test_a_malformed_key_is_passed_over(db: Path, sequence: str) -> None:
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Opening")
        terminal.send("\r")
        terminal.until("question 1 of 8")
        terminal.send(f"rang {sequence}Sandra")
        terminal.until("rang Sandra")
        terminal.send("\r")
        terminal.until("rang Sandra", "what you hear")
        terminal.send("\x11")  # Ctrl+Q
        assert terminal.ended() == 0
    with Store(db) as store:
        (standing,) = store._reads.standings()
        notes = [
            note.text for one in store._reads.answers(standing.interview.id) for note in one.notes
        ]
    assert notes == ["rang Sandra"]


def submitted(db: Path) -> None:
    with Store(db, HeldClock()) as store:
        complete(store, {"unspoken-need": 4}, candidate="=1+1")


def test_after_the_seal_the_same_command_asks_and_amends(db: Path) -> None:
    submitted(db)
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("Submitted on 2 Mar 2026. Amend it, or start a second interview?", "q quits")
        terminal.send("a\r")
        terminal.until("Scorecards · =1+1", "sealed 2 Mar 2026")
        terminal.send("a")
        terminal.until("Amend", "Reason")
        terminal.send("\x1b\x1b")
        terminal.until("1 scorecard", "n New")
        terminal.send("q")
        assert terminal.ended() == 0


def test_after_the_seal_the_same_command_begins_a_second_interview(db: Path) -> None:
    submitted(db)
    for answer, options in (("s\r", []), ("", ["--second"])):
        with Terminal(["--db", str(db), *ARGS, *options]) as terminal:
            if answer:
                terminal.until("q quits")
                terminal.send(answer)
            terminal.until("Opening")
            terminal.send("\x11")  # Ctrl+Q
            assert terminal.ended() == 0
    with Store(db) as store:
        assert len(store._reads.standings()) == 2  # --second resumed what the answer had begun


def test_after_the_seal_one_can_leave_it_at_that(db: Path) -> None:
    submitted(db)
    with Terminal(["--db", str(db), *ARGS]) as terminal:
        terminal.until("q quits")
        terminal.send("q\r")
        assert terminal.ended() == 0
    with Store(db) as store:
        assert len(store._reads.standings()) == 1
