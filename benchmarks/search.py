"""Searching while one types, against SQLite's own index asked for the same words.

The floor of a search is FTS5's list of the newest rows, with nothing looked up and nobody's
scorecards left out; both are in the processor's time. That of reading in is inserting the same
texts into an FTS5 table at once.
"""

import random
import sqlite3
import statistics
from collections.abc import Iterator
from pathlib import Path

import programs  # noqa: F401 - finds the tests' support
from interviewkit.interview.people import Person
from interviewkit.storage.search import PassageSearch, match_of
from interviewkit.storage.store import Store
from measuring import Extent, Row, growth, milliseconds, processor
from support import begin

NOTES_EACH = 200
TYPED = ("cu", "cus", "customer", "customer pri", "rare7", "berant", "zzz", "strasse", "客户", "客")
COMMON = ["the", "customer", "rang", "and", "buyer", "price"]
HEADS, ENDS = ("ber", "kal", "mor", "tin", "sol", "ved"), ("an", "ent", "ick", "olle", "ust")
WORDS = [head + end for head in HEADS for end in ENDS] + COMMON * 4
CHINESE = [
    "客户",
    "投诉",
    "延迟",
    "交货",
    "电话",
    "然后",
    "经理",
    "大客户",
    "我们",
    "价格",
    "订单",
    "合同",
]
NEWEST = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50"


def texts(notes: int) -> list[str]:
    """In plain letters but for one of twenty, which is in Chinese, and one of 93 with a ß."""
    chance = random.Random(1)
    return [
        "".join(chance.choice(CHINESE) for _ in range(12))
        if n % 20 == 0
        else " ".join(chance.choice(WORDS) for _ in range(12))
        + (f" rare{n}" if n % 97 == 0 else " Straße" if n % 93 == 0 else "")
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


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figures are those of the largest."""
    sizes = extent.of((400, 1_000), (2_000, 6_000, 20_000), (10_000, 100_000, 1_000_000))
    medians = []
    for size in sizes:
        notes, path = texts(size), folder / f"many-{size}.db"
        fill(path, notes)
        with Store(path) as store:
            read = [milliseconds(list, store.search_index().catch_up())]
            passages = store.seen_by(Person("", "Person 7")).passages()
            at_once = [milliseconds(_at_once, folder / f"floor-{size}.db", notes)]
            found = _found(path, passages, extent.of(2, 20, 50))
        medians.append(statistics.median(found["customer pri"][0]))
    yield Row(f"reading in {size:,} notes / FTS5 at once", read, at_once)
    target = 5.0 if extent is Extent.FULL else None
    for words, (ours, floor) in found.items():
        what = f"search for {words!r}, {size:,} notes / FTS5 alone"
        yield Row(what, ours, floor, target=target)
    yield growth("search, notes", sizes, medians)


def _at_once(path: Path, notes: list[str]) -> None:
    floor = sqlite3.connect(path)
    floor.execute("CREATE VIRTUAL TABLE search USING fts5 (text, prefix = '2 3')")
    floor.executemany("INSERT INTO search (text) VALUES (?)", [(text,) for text in notes])
    floor.commit()
    floor.close()


def _found(
    path: Path, passages: PassageSearch, times: int
) -> dict[str, tuple[list[float], list[float]]]:
    raw = sqlite3.connect(path)

    def asked(match: str) -> None:
        raw.execute(NEWEST, (match,)).fetchall()

    found: dict[str, tuple[list[float], list[float]]] = {}
    for words in TYPED:
        ours, floor = found.setdefault(words, ([], []))
        for _ in range(times):
            ours.append(processor(passages.find, words))
            floor.append(processor(asked, match_of(words)))
    raw.close()
    return found
