"""The benchmarks themselves: each part runs at its smallest."""

import sys
from pathlib import Path

import pytest

import counts
import others
import programs
import run
import showing
from measuring import Extent
from postgres_server import missing_server
from support import ROOT
from terminal import PATIENCE
from watching import LINE, Stripped, Watched, key_times

WAITS = """
import sys, tty
tty.setraw(0)
print("ready", end="", flush=True)
while letter := sys.stdin.read(1):
    print("\\r\\x1b[K" if letter in "\\x15\\x7f" else letter, end="", flush=True)
"""


@pytest.fixture
def echo(tmp_path: Path) -> list[str]:
    """A program that shows each letter and clears its line."""
    path = tmp_path / "echo.py"
    path.write_text(WAITS, encoding="utf-8")
    return [sys.executable, str(path)]


IN_TERMINAL = pytest.mark.posix("pseudo-terminals")
FINE_CLOCK = pytest.mark.posix("a clock of the processor that counts less than 15 ms")
MEMORY_USED = pytest.mark.posix("the memory that a program used, once it has ended")
NEEDS = {
    "start": IN_TERMINAL,
    "keys": IN_TERMINAL,
    "memory": IN_TERMINAL,
    "evidence": FINE_CLOCK,
    "bank-changes": FINE_CLOCK,
    "scrolling": FINE_CLOCK,
    "search": FINE_CLOCK,
    "comparison": MEMORY_USED,
    "import": MEMORY_USED,
    "hub": pytest.mark.posix("a PostgreSQL that listens on a file"),
}
PARTS = [pytest.param(part, marks=NEEDS.get(part, ())) for part in run.SUITE]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_runs_at_its_smallest(part: str, tmp_path: Path) -> None:
    if part == "hub" and (reason := missing_server()):
        pytest.skip(reason)
    if part == "counts" and not counts.can_count():
        pytest.skip("valgrind is not installed")
    rows = list(run.SUITE[part](tmp_path, Extent.TOUCH))
    assert rows
    assert all(row.ours for row in rows)
    assert all(min(row.ours) > 0 for row in rows if row.floor)
    assert len({row.what for row in rows}) == len(rows), "a later run could not be held against it"
    assert all(row.what in showing.line(row.as_json()) for row in rows)


@IN_TERMINAL
def test_another_program_stands_beside_ours(echo: list[str], tmp_path: Path) -> None:
    rows = list(others.rows(tmp_path, Extent.TOUCH, {"ready": " ".join(echo)}))
    assert [row.what for row in rows] == [
        "start: interviewkit, home / bare Textual",
        "start: interviewkit, live / bare Textual",
        "start: ready / bare Textual",
        "key to paint: interviewkit, live / bare Input",
        "key to paint: ready / bare Input",
    ]
    assert rows[2].ratio < 1
    assert len(rows[-1].ours) == len(rows[-1].floor) == 2


@IN_TERMINAL
def test_the_time_of_a_key_is_that_of_its_paint(echo: list[str]) -> None:
    with Watched(echo) as program:
        program.until("ready")
        times = key_times(program, LINE + 2, 1)
    assert len(times) == LINE + 2
    assert 0 < min(times) <= max(times) < PATIENCE * 1000


@IN_TERMINAL
def test_a_screen_that_never_rests_is_not_waited_for(tmp_path: Path) -> None:
    with Watched(programs.live(programs.records(tmp_path, 3))) as live:
        live.until("question 3 of 8")
        live.quiet(1.2)  # its clock ticks every second
        assert live.answer("\x1b[6~", "question 4 of 8") > 0
        assert live.memory() > 1


@IN_TERMINAL
def test_a_program_that_ends_is_told() -> None:
    with (
        pytest.raises(AssertionError, match="gone again"),
        Watched([sys.executable, "-c", "print('gone again')"]) as program,
    ):
        program.until("never painted")


@pytest.mark.parametrize("cut", range(1, 30))
def test_words_are_found_however_what_is_written_was_cut(cut: int) -> None:
    written = b"a\x1b[1;31mb\x1b]0;title\x07c\x1b[?25ld\x1b(Be"
    stripped = Stripped()
    for start in range(0, len(written), cut):
        stripped.add(written[start : start + cut])
    assert stripped.text == "abcde"


def test_the_page_names_every_part() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert [name for name in [*run.SUITE, "others"] if f"| {name} |" not in text] == []
