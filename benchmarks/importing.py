"""``records import`` of many scorecards against raw sqlite3 that inserts the same rows.

The scorecards are sealed: eight answers each, with four notes and a probe to every answer. The
floor is a program of its own, as the import is. It takes every row that the import left from a
file and inserts it into the same tables with the same indexes, in one transaction that is on disk
when it ends; it reads no JSON, verifies no seal, joins no names, and no trigger runs. What counts
is the processor's time of each from start to end.
"""

import os
import pickle
import sqlite3
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from comparing import Pair, run
from filling import ROLE, bank_file, scorecards
from interviewkit.exchange.jsonl import dump_line, sealed_line
from interviewkit.interview.sealed_document import scorecard_document
from measuring import Extent, Row, growth

PANEL = 4
WRITTEN = "type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT GLOB 'search*'"
FLOOR = """
import pickle, sqlite3, sys
rows, path = sys.argv[1:]
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = FULL")
with open(rows, "rb") as file:
    for statement in pickle.load(file):
        db.execute(statement)
    db.execute("BEGIN")
    while file.peek(1):
        table, width, values = pickle.load(file)
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", values)
    db.execute("COMMIT")
"""


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figures are those of the largest."""
    sizes = extent.of((8, 16), (100, 200, 400), (1_000, 3_000, 10_000))
    medians = []
    for size in sizes:
        times, peaks = measure(folder, size, extent.of(1, 3, 3))
        medians.append(statistics.median(times[0]))
    target = 3.0 if extent is Extent.FULL else None
    yield Row(f"records import, {size:,} scorecards / the same rows raw", *times, target=target)
    yield Row("  its memory at the peak", *peaks, unit="MiB")
    yield growth("import, scorecards", sizes, medians)


def measure(folder: Path, size: int, times: int) -> tuple[Pair, Pair]:
    """(Times, peaks of memory), each of ours and of the floor."""
    source, raw = folder / f"import-{size}.jsonl", folder / f"import-{size}.rows"
    write_lines(source, size // PANEL)
    ours, floor = [], []
    for at in range(times):
        path = folder / f"import-{size}-{at}.db"
        command = [sys.executable, "-m", "interviewkit", "--db", str(path), "records", "import"]
        ours.append(run([*command, str(source)], Path(os.devnull)))
        if not at:
            write_rows(path, raw)
        below = [str(raw), str(path.with_suffix(".floor"))]
        floor.append(run([sys.executable, "-c", FLOOR, *below], Path(os.devnull)))
    first, second = (
        ([figures[kind] for figures in ours], [figures[kind] for figures in floor])
        for kind in range(2)
    )
    return first, second


def write_lines(path: Path, candidates: int) -> None:
    """An export of so many candidates with four sealed scorecards each."""
    file = bank_file()
    bank = {"type": "bank", "id": file.bank.id, "sha256": file.sha256, "text": file.text}
    with path.open("wb") as out:
        out.write(dump_line(bank))
        out.write(dump_line({"type": "role", "id": "role", "title": ROLE}))
        for interview, answers in scorecards(candidates, PANEL):
            if interview.id.endswith("-0"):
                candidate = interview.candidate
                line = {"type": "candidate", "id": candidate.id, "name": candidate.name}
                out.write(dump_line(line))
            out.write(sealed_line(scorecard_document(interview, answers)))


def write_rows(path: Path, raw: Path) -> None:
    """The tables and indexes of the records, then every row of each."""
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute(f"SELECT name FROM sqlite_master WHERE {WRITTEN}")]
    marks = ", ".join("?" * len(tables))
    statements = db.execute(
        f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite%' AND type IN ('table', 'index') ORDER BY type DESC",
        tables,
    )
    with raw.open("wb") as out:
        pickle.dump([sql for (sql,) in statements], out)
        for table in tables:
            values = db.execute(f"SELECT * FROM {table}").fetchall()
            if values and not table.startswith("sqlite"):
                pickle.dump((table, len(values[0]), values), out)
    db.close()
