"""The workbook against openpyxl writing the same cells plain, in the same run.

For 100, 1,000 and 10,000 candidates with three interviewers and eight answers each: seconds, peak
memory (MiB) and file size, each writer in a process of its own; the ratio of times is the figure
that travels. The plain writer appends bare values to write-only sheets: no style, width, formula,
chart or table. ``--xlsxwriter`` adds XlsxWriter with constant memory, for information, where it is
installed. ``--quick`` leaves the largest out.
"""

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from filling import ROLE, fill

SIZES = (100, 1_000, 10_000)


def ours(database: Path, out: Path) -> None:
    from interviewkit.storage.store import Store
    from interviewkit.tui.workbook_of_role import write_role

    with Store(database) as store:
        write_role(store, store.role(ROLE), "Recruiter", out)


def record(database: Path, rows: Path) -> None:
    """Write every row of our workbook as bare values, to be written plain."""
    from interviewkit.export.workbook import paper

    class Recorded(paper.Sheet):
        def write(self, cells: Any, height: float | None = None) -> int:
            values = [cell and getattr(cell, "cached", cell.value) for cell in cells]
            pickle.dump((self.name, values), target)
            return super().write(cells, height)

    with rows.open("wb") as target:
        paper.Sheet = Recorded  # type: ignore[misc]
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


def xlsxwriter(rows: Path, out: Path) -> None:
    import xlsxwriter as library

    book, sheets = library.Workbook(out, {"constant_memory": True}), {}
    for name, values in recorded(rows):
        sheet, row = sheets.get(name) or (book.add_worksheet(name), 0)
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value)
        sheets[name] = sheet, row + 1
    book.close()


def measured(kind: str, source: Path, out: Path) -> tuple[float, float]:
    """(Seconds, MiB at the peak) of a writer in a process of its own."""
    said = subprocess.run(
        [sys.executable, __file__, "--run", kind, str(source), str(out)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    seconds, peak = json.loads(said)
    return seconds, peak


def run(kind: str, source: Path, out: Path) -> None:
    began = perf_counter()
    {"ours": ours, "plain": plain, "xlsxwriter": xlsxwriter, "record": record}[kind](source, out)
    took = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([took, peak]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--xlsxwriter", action="store_true")
    parser.add_argument("--run", nargs=3, metavar=("KIND", "FROM", "TO"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run:
        run(args.run[0], Path(args.run[1]), Path(args.run[2]))
        return
    print(f"{'candidates':>10} {'writer':<11} {'s':>7} {'MiB':>6} {'file MB':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES[: 2 if args.quick else 3]:
            database, rows = folder / f"{size}.db", folder / f"{size}.rows"
            fill(database, candidates=size)
            measured("record", database, rows)
            kinds = ["plain", "ours", *(["xlsxwriter"] if args.xlsxwriter else [])]
            floor = 0.0
            for kind in kinds:
                out = folder / f"{size}-{kind}.xlsx"
                took, peak = measured(kind, database if kind == "ours" else rows, out)
                floor = floor or took
                print(
                    f"{size:>10} {kind:<11} {took:7.2f} {peak:6.0f} "
                    f"{out.stat().st_size / 1e6:8.1f} {took / floor:6.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
