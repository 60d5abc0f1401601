"""Each figure as a ratio to a floor measured in the same run; absolute times say little.

Usage: python benchmarks/run.py [--quick]
"""

import argparse
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "tui")]

from interviewkit.storage.store import Store  # noqa: E402
from support import begin  # noqa: E402
from terminal import Terminal  # noqa: E402

BARE = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder="bare and ready", compact=True)
Bare().run()
"""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def row(what: str, ours: list[float], floor: list[float]) -> None:
    ratio = statistics.median(ours) / statistics.median(floor)
    tail = sorted(ours)[int(len(ours) * 0.95)] / sorted(floor)[int(len(floor) * 0.95)]
    print(f"{what:<44} {statistics.median(ours):9.2f} ms   {ratio:5.2f}×   p95 {tail:5.2f}×")


def saved_note(folder: Path, times: int) -> None:
    """A note through the notebook against one raw row with the same pragmas."""
    with Store(folder / "notes.db") as store:
        notebook = store.notebook(begin(store).id)
        raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT)")
        ours, floor = [], []
        for number in range(times):
            text = f"rang the plant manager, {number}k at risk"
            ours.append(milliseconds(lambda t=text: notebook.add_note("broken-promise", t)))
            values = (str(number), text)
            floor.append(
                milliseconds(lambda v=values: raw.execute("INSERT INTO note VALUES (?, ?)", v))
            )
        raw.close()
    row("a saved note / one raw sqlite3 row", ours, floor)


def started(terminal: Callable[[], Terminal], wanted: str) -> float:
    start = time.perf_counter()
    with terminal() as screen:
        screen.until(wanted)
        return (time.perf_counter() - start) * 1000


def key_times(terminal: Terminal, seed: int) -> list[float]:
    """Key to paint of twenty letters, in milliseconds: each is awaited on the screen.

    The first three only make what follows unlike anything else on the screen.
    """
    chance, typed, times = random.Random(seed), "", []
    while len(typed) < 23:
        letter = chance.choice([other for other in LETTERS if other not in typed[-3:]])
        typed += letter
        start = time.perf_counter()
        terminal.send(letter)
        terminal.until(typed[-4:])
        times.append((time.perf_counter() - start) * 1000)
    terminal.send("\x15")
    return times[3:]


def screens(folder: Path, rounds: int, keys: int) -> None:
    """The application in a real terminal against a bare Textual one, in turn."""
    bare = folder / "bare.py"
    bare.write_text(BARE, encoding="utf-8")
    db = str(folder / "live.db")
    with Store(Path(db)) as store:
        notebook = store.notebook(begin(store).id)
        notebook.go_to("broken-promise")
        notebook.add_notes("broken-promise", [f"note {n}: {n}k, rang Sandra" for n in range(200)])

    def bare_app() -> Terminal:
        return Terminal([], program=[sys.executable, str(bare)])

    def home() -> Terminal:
        return Terminal(["--db", db])

    def live() -> Terminal:
        words = ["interview", "--bank", "customer-focused-sales", "--kit", "first-45"]
        who = ["--candidate", "Ada Okafor", "--interviewer", "Priya Raman"]
        return Terminal(["--db", db, *words, *who, "--role", "Account executive"])

    starts: dict[str, list[float]] = {"bare": [], "home": [], "live": []}
    for _ in range(rounds):
        starts["bare"].append(started(bare_app, "bare and ready"))
        starts["home"].append(started(home, "Ada Okafor"))
        starts["live"].append(started(live, "question 3 of 8"))
    row("start to home with its data / bare Textual", starts["home"], starts["bare"])
    row("start to live screen / bare Textual", starts["live"], starts["bare"])
    with bare_app() as one, live() as other:
        one.until("bare and ready")
        other.until("question 3 of 8")
        ours, floor = [], []
        for seed in range(keys // 20):
            floor += key_times(one, seed)
            ours += key_times(other, seed)
    row("key to paint, 200 notes / bare Input", ours, floor)


def command(rounds: int) -> None:
    """--version against an interpreter that does nothing."""
    ours, floor = [], []
    for _ in range(rounds):
        version = [sys.executable, "-m", "interviewkit", "--version"]
        ours.append(milliseconds(lambda v=version: subprocess.run(v, capture_output=True)))
        nothing = [sys.executable, "-c", "pass"]
        floor.append(milliseconds(lambda n=nothing: subprocess.run(n)))
    row("--version / python -c pass", ours, floor)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, about a minute")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print(f"{'what':<44} {'median':>12}   ratio to floor")
        command(5 if quick else 20)
        saved_note(folder, 200 if quick else 2000)
        screens(folder, 3 if quick else 15, 60 if quick else 400)
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "evidence.py")], check=True)


if __name__ == "__main__":
    main()
