"""The workbook against openpyxl writing the same cells plain, in the same run.

For candidates with three interviewers and eight answers each: seconds of the processor and peak
memory (MiB), each writer in a process of its own; the ratio of times is the figure that travels.
Ours reads the records, compares the candidates and reads the notes for what they show. The plain
writer appends bare values to write-only sheets: no style, width, formula, chart or table.
"""

import json
import pickle
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from filling import ROLE, fill
from interviewkit.interview.people import Person
from measuring import ENVIRONMENT, Extent, Row, growth, memory_of


def ours(database: Path, out: Path) -> None:
    from interviewkit.storage.store import Store
    from interviewkit.workflows.role_workbook import Wanted, write_role

    with Store(database) as store:
        write_role(store, store.role(ROLE), Person("", "Recruiter"), out, Wanted(force=True))


def record(database: Path, rows: Path) -> None:
    """Write every row of our workbook as bare values, to be written plain."""
    from interviewkit.export.workbook import xlsx_writer

    class Recorded(xlsx_writer.Sheet):
        def write(self, cells: Any, height: float | None = None) -> int:
            values = [cell and getattr(cell, "cached", cell.value) for cell in cells]
            pickle.dump((self.name, values), target)
            return super().write(cells, height)

    with rows.open("wb") as target:
        xlsx_writer.Sheet = Recorded  # type: ignore[misc]
        ours(database, rows.with_suffix(".xlsx"))


def recorded(rows: Path) -> Iterator[tuple[str, list[Any]]]:
    with rows.open("rb") as source:
        while source.peek(1):
            yield pickle.load(source)


def plain(rows: Path, out: Path) -> None:
    from openpyxl.workbook import Workbook

    book, sheets = Workbook(write_only=True), {}
    for name, values in recorded(rows):
        if name not in sheets:
            sheets[name] = book.create_sheet(name)
        sheets[name].append(
            [f"'{v}" if isinstance(v, str) and v.startswith("=") else v for v in values]
        )
    book.save(out)


def measured(kind: str, source: Path, out: Path) -> tuple[float, float]:
    """(Seconds, MiB at the peak) of a writer in a process of its own."""
    said = subprocess.run(
        [sys.executable, __file__, kind, str(source), str(out)],
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    seconds, peak = json.loads(said)
    return seconds, peak


def run(kind: str, source: Path, out: Path) -> None:
    began = process_time()
    {"ours": ours, "plain": plain, "record": record}[kind](source, out)
    took = process_time() - began
    sys.stdout.write(json.dumps([took, memory_of("self", "status", "VmHWM")]))


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes, each a row; the peak of memory is that of the largest."""
    sizes = extent.of((2, 4), (10, 30, 100), (100, 1_000, 10_000))
    medians = []
    for size in sizes:
        database, cells = folder / f"book-{size}.db", folder / f"book-{size}.rows"
        fill(database, candidates=size)
        measured("record", database, cells)
        times: tuple[list[float], list[float]] = ([], [])
        peaks: tuple[list[float], list[float]] = ([], [])
        for _ in range(1 if size > 1_000 else extent.of(1, 3, 3)):
            for at, (kind, source) in enumerate((("ours", database), ("plain", cells))):
                took, peak = measured(kind, source, folder / f"{size}-{kind}.xlsx")
                times[at].append(took * 1000)
                peaks[at].append(peak)
        medians.append(statistics.median(times[0]))
        yield Row(f"workbook of {size:,} candidates / openpyxl plain", *times, target=1.3)
    yield Row("  its memory at the peak", *peaks, unit="MiB")
    yield growth("workbook, candidates", sizes, medians)


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
