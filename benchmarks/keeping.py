"""What goes to disk: a note, a new file, an old one brought up to date; and memory over a day."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import programs
from interviewkit.storage.store import Store
from measuring import Extent, Row, growth, milliseconds
from support import begin

OLD = programs.ROOT / "tests" / "storage" / "old" / "records-1.db"


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Against raw sqlite3 with the same pragmas."""
    sizes = extent.of((10, 30), (100, 300, 1_000), (300, 1_000, 3_000))
    medians = []
    for size in sizes:
        ours, floor = _notes(folder, size)
        if size == sizes[-1]:
            yield Row("a saved note / one raw sqlite3 row", ours, floor, target=1.5)
        last = sorted(ours[-100:])
        medians.append(last[len(last) // 2])
    yield growth("saved note, notes", sizes, medians, most=0.2)
    yield from _opened(folder, extent.of(1, 5, 20))


def _raw(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    return raw


def _notes(folder: Path, times: int) -> tuple[list[float], list[float]]:
    with Store(folder / f"keeping-{times}.db") as store:
        notebook = store.notebook(begin(store).id)
        raw = _raw(folder / f"raw-{times}.db")
        raw.execute("CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT)")
        ours, floor = [], []
        for number in range(times):
            text = f"rang the plant manager, {number}k at risk"
            ours.append(milliseconds(notebook.add_note, "broken-promise", text))
            values = (str(number), text)
            floor.append(milliseconds(raw.execute, "INSERT INTO note VALUES (?, ?)", values))
        raw.close()
    return ours, floor


def _opened(folder: Path, times: int) -> Iterator[Row]:
    """A new file and one of the first version; the floor runs the same statements bare."""
    with Store(folder / "schema.db") as store:
        found = store._connection.execute(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search_%'"
        )
        statements = [row[0] for row in found if "sqlite_" not in row[0].split("(")[0]]

    def opened(path: Path) -> None:
        Store(path).close()

    def bare(path: Path) -> None:
        raw = _raw(path)
        raw.execute("BEGIN")
        for statement in statements:
            raw.execute(statement)
        raw.execute("COMMIT")
        raw.close()

    new, old, floor = [], [], []
    for number in range(times):
        fresh, aged = folder / f"new-{number}.db", folder / f"old-{number}" / "records.db"
        aged.parent.mkdir()
        shutil.copy(OLD, aged)
        floor.append(milliseconds(bare, folder / f"bare-{number}.db"))
        new.append(milliseconds(opened, fresh))
        old.append(milliseconds(opened, aged))
    yield Row("a new file opened / the same tables by raw sqlite3", new, floor)
    yield Row("a file of the first version, with its backup / new tables raw", old, floor)
