"""Searching while one types, against SQLite's own index asked for the same words.

Usage: python benchmarks/search.py [NOTES]   (100,000 unless said otherwise)

The floor of a search is FTS5's list of the newest rows, with nothing looked up and nobody's
scorecards left out; that of reading in is inserting the same texts into an FTS5 table at once.
"""

import random
import sqlite3
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from run import milliseconds, row  # noqa: E402

from interviewkit.storage.searching import Searching, match_of  # noqa: E402
from interviewkit.storage.store import Store  # noqa: E402
from support import begin  # noqa: E402

NOTES_EACH = 200
TYPED = ("cu", "cus", "customer", "customer pri", "rare7", "berant", "zzz")
COMMON = ["the", "customer", "rang", "and", "buyer", "price"]
HEADS, ENDS = ("ber", "kal", "mor", "tin", "sol", "ved"), ("an", "ent", "ick", "olle", "ust")
WORDS = [head + end for head in HEADS for end in ENDS] + COMMON * 4
NEWEST = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50"


def texts(notes: int) -> list[str]:
    chance = random.Random(1)
    return [
        " ".join(chance.choice(WORDS) for _ in range(12)) + (f" rare{n}" if n % 97 == 0 else "")
        for n in range(notes)
    ]


def fill(path: Path, notes: list[str]) -> None:
    """Many interviews of many people, written past the store because it is no part of this."""
    with Store(path) as store:
        one = begin(store)
    raw = sqlite3.connect(path)
    for number in range(len(notes) // NOTES_EACH):
        key = f"interview-{number:06d}"
        raw.execute(
            "INSERT INTO interview (id, role_id, candidate_id, interviewer, bank_id, bank_sha256, "
            "kit, started_at, touched_at, page, submitted_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'q', ?)",
            (
                *(key, one.role.id, one.candidate.id, f"Person {number % 50}", one.bank),
                *(one.bank_sha256, f"kit-{number}", one.started_at, one.started_at, one.started_at),
            ),
        )
        raw.execute(
            "INSERT INTO answer (interview_id, question, position) VALUES (?, 'q', 0)", (key,)
        )
        start = number * NOTES_EACH
        raw.executemany(
            "INSERT INTO note (id, interview_id, question, at, text) VALUES (?, ?, 'q', ?, ?)",
            [
                (f"note-{start + n:09d}", key, one.started_at, text)
                for n, text in enumerate(notes[start : start + NOTES_EACH])
            ],
        )
    raw.commit()
    raw.close()


def read_in(folder: Path, door: Searching, notes: list[str]) -> None:
    floor = sqlite3.connect(folder / "floor.db")
    floor.execute("CREATE VIRTUAL TABLE search USING fts5 (text, prefix = '2 3')")
    insert = "INSERT INTO search (text) VALUES (?)"

    def at_once() -> None:
        floor.executemany(insert, [(text,) for text in notes])
        floor.commit()

    row(
        f"reading in {len(notes):,} notes / at once",
        [milliseconds(lambda: list(door.catch_up()))],
        [milliseconds(at_once)],
    )
    floor.close()


def find(path: Path, door: Searching) -> None:
    raw = sqlite3.connect(path)
    closed = door.closed_to("Person 7")
    for words in TYPED:
        ours, floor = [], []
        for _ in range(20):
            ours.append(milliseconds(lambda w=words: door.find(w, closed)))
            floor.append(
                milliseconds(lambda w=words: raw.execute(NEWEST, (match_of(w),)).fetchall())
            )
        row(f"searching {words!r} / FTS5 alone", ours, floor)
    raw.close()


def main() -> None:
    """Print the table."""
    notes = texts(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "many.db"
        fill(path, notes)
        print(f"{'what':<44} {'median':>12}   ratio to floor")
        with Store(path) as store:
            door = store.searching()
            read_in(Path(place), door, notes)
            find(path, door)


if __name__ == "__main__":
    main()
