"""Instructions that the paths most waited for take, counted by valgrind: they do not scatter.

Each is a ratio to what a floor takes that is counted in the same run, so that another version of
Python or of Textual moves both. A bound stands a few hundredths above what was counted last; a
run that passes one fails. Counted is what programs do themselves, not what the system does for
them: how long a disk takes is measured by the clock, in the other parts.
"""

import compileall
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import interviewkit
import programs
from interviewkit.storage.store import Store
from measuring import ENVIRONMENT, Extent, Row
from support import begin
from watching import Watched

KEYS = "qzjxvkwy"  # letters that stand nowhere else in this order
PATIENCE = 300.0  # seconds: valgrind takes fifty times as long
MORE = 100  # notes that one run saves and another does not
# Largest ratios to the floor; see docs/benchmarks.md for how they came down.
BOUNDS = {
    "home with its data": 1.17,
    "live screen, resumed": 1.51,
    "a key, 10 notes": 1.10,
    "--help": 1.2,
    "bank list": 2.05,
    "bank check of the shipped banks": 0.42,
    "a saved note": 17.5,
}
NOTES = """
import sys
from pathlib import Path
from interviewkit.storage.store import Store
folder, count = Path(sys.argv[1]), int(sys.argv[2])
with Store(folder / "counted.db") as store:
    notebook = store.notebook(sys.argv[3])
    for number in range(count):
        notebook.add_note("broken-promise", f"rang the plant manager, {number}k at risk")
"""
RAW = """
import sqlite3, sys
from pathlib import Path
folder, count = Path(sys.argv[1]), int(sys.argv[2])
raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
raw.execute("PRAGMA journal_mode = WAL")
raw.execute("PRAGMA synchronous = FULL")
raw.execute("CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, text TEXT)")
begin = raw.execute("SELECT count(*) FROM note").fetchone()[0]
for number in range(count):
    text = f"rang the plant manager, {number}k at risk"
    raw.execute("INSERT INTO note VALUES (?, ?)", (str(begin + number), text))
"""
READ = "import yaml, pydantic; from interviewkit.banks.loader import read_bank"


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """In millions of instructions. AssertionError at the end where a bound was passed."""
    if not can_count():
        print("  counts are left out: valgrind, which counts instructions, is not installed here")
        return
    compileall.compile_dir(Path(interviewkit.__file__).parent, quiet=2)  # or the first run does
    passed = []
    for row in _rows(folder, extent):
        yield row
        if row.is_met is False:
            passed.append(f"{row.what}: {row.ratio:.2f}, bound {row.target}")
    if passed:
        raise AssertionError("more instructions than the bound allows:\n" + "\n".join(passed))


def can_count() -> bool:
    """Whether valgrind is there, and what asks it for a count while a program goes on."""
    return bool(shutil.which("valgrind") and shutil.which("vgdb"))


def _rows(folder: Path, extent: Extent) -> Iterator[Row]:
    help_floor = _whole([*programs.bare_click(folder), "--help"], folder)
    yield _row("--help", "bare click", _whole([*programs.OURS, "--help"], folder), help_floor)
    if extent is Extent.TOUCH:
        return
    yield from _commands(folder)
    yield from _saved_note(folder)
    yield from _screens(folder)


def _row(what: str, floor_name: str, ours: float, floor: float) -> Row:
    return Row(
        f"{what} / {floor_name}", [ours], [floor], unit="M instructions", target=BOUNDS[what]
    )


def _commands(folder: Path) -> Iterator[Row]:
    banks = programs.ROOT / "question_banks"
    pairs = (
        ("bank list", "a click command", ["bank", "list"], [*programs.bare_click(folder), "one"]),
        (
            "bank check of the shipped banks",
            "imports of YAML and pydantic",
            ["bank", "check", str(banks)],
            [sys.executable, "-c", READ],
        ),
    )
    for what, floor_name, args, floor in pairs:
        ours = [*programs.OURS, *args]
        subprocess.run(ours, check=True, capture_output=True, env=_environment(folder))
        yield _row(what, floor_name, _whole(ours, folder), _whole(floor, folder))


def _saved_note(folder: Path) -> Iterator[Row]:
    """The difference between many notes and none: what both begin with is in neither figure."""
    with Store(folder / "counted.db") as store:
        interview = begin(store).id
    figures = []
    for name, code, extra in (("notes", NOTES, [interview]), ("raw", RAW, [])):
        path = folder / f"{name}.py"
        path.write_text(code, encoding="utf-8")
        none, many = (
            _whole([sys.executable, str(path), str(folder), str(count), *extra], folder)
            for count in (1, 1 + MORE)
        )
        figures.append((many - none) / MORE)
    yield _row("a saved note", "one raw sqlite3 row", *figures)


def _screens(folder: Path) -> Iterator[Row]:
    path = programs.records(folder, 10)
    bare, bare_key = _painted(programs.bare(folder), "bare and ready", folder)
    home, _ = _painted(programs.home(path), "Ada Okafor", folder, keys="")
    live, live_key = _painted(programs.live(path), "question 3 of 8", folder, before="\x1b[15~")
    yield _row("home with its data", "bare Textual", home, bare)
    yield _row("live screen, resumed", "bare Textual", live, bare)
    yield _row("a key, 10 notes", "bare Input", live_key, bare_key)


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, and the same order of sets and no animation each time."""
    home = {name: str(folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    fixed = {"PYTHONHASHSEED": "0", "TEXTUAL_ANIMATIONS": "none"}
    return {**ENVIRONMENT, **home, **fixed}


def _valgrind(out: Path) -> list[str]:
    return ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}"]


def _whole(command: Sequence[str], folder: Path) -> float:
    """Millions of instructions of a program from its begin to its end."""
    out = folder / "callgrind.whole"
    environment = _environment(folder)
    subprocess.run([*_valgrind(out), *command], check=True, capture_output=True, env=environment)
    return _total(out)


def _painted(
    command: Sequence[str], wanted: str, folder: Path, keys: str = KEYS, before: str = ""
) -> tuple[float, float]:
    """Millions of instructions until the words are painted, and for a key of those typed then.

    ``before`` is a key pressed and not counted, such as one that stops the clocks.
    """
    out = folder / f"callgrind.{len(list(folder.iterdir()))}"
    with Watched([*_valgrind(out), *command], _environment(folder), PATIENCE) as program:
        program.until(wanted)
        start = _dump(program, out, 1)
        if not keys:
            return start, 0.0
        program.send(before)
        program.quiet(2.0)
        _dump(program, out, 2)
        each = []
        for number, key in enumerate(keys):
            program.answer(key, key)
            program.quiet(1.0)
            each.append(_dump(program, out, 3 + number))
    return start, min(each)  # a clock or a cursor that is drawn meanwhile is not the key's


def _dump(program: Watched, out: Path, number: int) -> float:
    """Millions of instructions since the dump before."""
    subprocess.run(
        ["vgdb", f"--pid={program.pid}", "dump"], check=True, capture_output=True, env=os.environ
    )
    return _total(out.with_name(f"{out.name}.{number}"))


def _total(out: Path) -> float:
    for line in out.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith(("summary:", "totals:")):
            return int(line.split()[1]) / 1e6
    raise AssertionError(f"{out} holds no count")
