"""Words found in notes, follow-ups, questions and summaries, the newest first.

The index lags behind on purpose: saving a note only marks it as changed, and what is marked is
read in when somebody searches, in small steps so that an interview held meanwhile in another
window never waits. Newest first, because ranking a common word over a million notes takes seconds.

What a person may not see is not searched for them: no hit, no count, no hint. That is another's
interview under way, and a scorecard that is hidden (see visibility).
"""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from interviewkit.errors import NotFoundError
from interviewkit.interview.search_words import ends_in_whole_word, index_text, query_terms
from interviewkit.storage.bank_texts import bank_of
from interviewkit.storage.file.database import refuses_writing
from interviewkit.storage.file.transaction import Database

STEP = 500  # passages read in at once: a few milliseconds during which nobody else can write
LONGEST_PAUSE = 0.05  # seconds
EVERY = 1 << 62
NOT_SEARCHED = "read-only: what is new is not searched"
MERGED = 64  # pages of the index put in order at once, for the same reason
_NOTE = "SELECT interview_id, text FROM note WHERE id = ?"
_AMENDMENT = (
    "SELECT interview_id, CASE what WHEN 'note' THEN value || ' ' ELSE '' END || reason "
    "FROM amendment WHERE id = ?"
)
# Every follow-up of an interview that was asked in the interviewer's own words.
_FOLLOW_UPS = (
    "SELECT interview_id || '/' || question || '/' || probe, "
    "CASE taken_back WHEN 0 THEN text END FROM asked WHERE interview_id = ? AND own = 1"
)
_SUMMARY = "SELECT id, trim(summary || char(10) || reason, char(10)) FROM interview WHERE id = ?"
# CROSS JOIN: in the order of the index, which is that of time, and without sorting. All of a hit
# comes with its row: fifty hits by statements of their own took four times as long.
_FIND = """
SELECT p.kind, p.item, coalesce(p.original, p.text), p.interview_id,
       coalesce(note.question, amendment.question, ''),
       role.id, role.title, c.id, c.name, i.interviewer, i.started_at
FROM search
CROSS JOIN passage AS p ON p.id = search.rowid
LEFT JOIN note ON p.kind = 'note' AND note.id = p.item
LEFT JOIN amendment ON p.kind = 'amendment' AND amendment.id = p.item
LEFT JOIN interview AS i ON i.id = p.interview_id
LEFT JOIN role ON role.id = i.role_id
LEFT JOIN candidate AS c ON c.id = i.candidate_id
WHERE search MATCH ? ORDER BY search.rowid DESC
"""
_OF = (
    "SELECT role.id, role.title, c.id, c.name, i.interviewer, i.started_at FROM interview AS i "
    "JOIN role ON role.id = i.role_id JOIN candidate AS c ON c.id = i.candidate_id WHERE i.id = ?"
)
SOURCES = {"note": _NOTE, "amendment": _AMENDMENT, "summary": _SUMMARY}


class Hit(NamedTuple):
    """A passage that holds all the words. ``kind`` is note, follow_up, amendment, summary or
    question.

    ``question`` is empty for a summary. For a question it is the newest visible scorecard in
    which it was asked.
    """

    kind: str
    text: str
    interview_id: str
    role_id: str
    role: str
    candidate_id: str
    candidate: str
    interviewer: str
    question: str
    at: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, the newest first; ``is_whole`` False says that there may be more."""

    hits: tuple[Hit, ...]
    is_whole: bool


# The six last are of the interview; a question has none until the newest that asked it is known.
Row = tuple[str, str, str, str | None, str, str, str, str, str, str, str]


class SearchIndex:
    """The index, and how it catches up with what was written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection

    # Reading in

    def behind(self) -> int:
        """How many passages have changed since they were last read in."""
        with self._database.errors_explained():
            row = self._connection.execute("SELECT count(*) FROM to_read_in").fetchone()
        return int(row[0])

    def catch_up(self) -> Iterator[int]:
        """Read in what has changed, a step at a time; gives how many are left after each.

        Stopping half-way loses nothing. Nothing is read in where the records may only be read.
        """
        if refuses_writing(self._connection):
            return
        remaining = self.behind()
        # The index can be read in again, so it need not wait for the disk; what it was read in
        # from is waited for by anyone who writes it.
        with self._database.errors_explained():
            self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            while remaining > 0:
                done = self._gently(self._step)
                while self._gently(self._merge):
                    pass
                remaining = remaining - done if done else 0
                yield remaining
        finally:
            with self._database.errors_explained():
                self._connection.execute("PRAGMA synchronous = FULL")

    def _gently(self, write: Callable[[], int]) -> int:
        """One short transaction, then as long a pause: a note saved meanwhile finds its turn."""
        began = time.perf_counter()
        with self._database.transaction():
            result = write()
        time.sleep(min(time.perf_counter() - began, LONGEST_PAUSE))
        return result

    def _merge(self) -> bool:
        """Put a piece of the index in order; False when there is nothing left to do."""
        changes = self._connection.total_changes
        self._connection.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (MERGED,))
        return self._connection.total_changes - changes > 1  # as FTS5's documentation has it

    def _step(self) -> int:
        rows = self._connection.execute(
            "SELECT kind, item FROM to_read_in ORDER BY kind, item LIMIT ?", (STEP,)
        ).fetchall()
        for kind, item in rows:
            if kind == "bank":
                self._read_in_bank(item)
            elif kind == "follow_up":
                for key, text in self._connection.execute(_FOLLOW_UPS, (item,)).fetchall():
                    self._put_passage(kind, key, item, text)
            else:
                row = self._connection.execute(SOURCES[kind], (item,)).fetchone()
                interview_id, text = row or (None, None)
                self._put_passage(kind, item, interview_id, text)
            self._connection.execute(
                "DELETE FROM to_read_in WHERE kind = ? AND item = ?", (kind, item)
            )
        return len(rows)

    def _read_in_bank(self, sha256: str) -> None:
        try:
            bank = bank_of(self._connection, sha256)
        except NotFoundError:
            return
        for question in bank.questions:
            self._put_passage("question", f"{sha256}/{question.id}", None, question.ask)

    def _put_passage(
        self, kind: str, item: str, interview_id: str | None, text: str | None
    ) -> None:
        """The passage as it is now in place of what was read in before; None takes it away."""
        old = self._connection.execute(
            "SELECT id, text, original FROM passage WHERE kind = ? AND item = ?", (kind, item)
        ).fetchone()
        words = index_text(text) if text else ""
        original = None if text == words else text
        if old:
            if old[1:] == (words, original):
                return
            self._connection.execute(
                "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", old[:2]
            )
            self._connection.execute("DELETE FROM passage WHERE id = ?", old[:1])
        if not words:
            return
        added = self._connection.execute(
            "INSERT INTO passage (id, kind, item, interview_id, text, original) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (old[0] if old else None, kind, item, interview_id, words, original),
        )
        self._connection.execute(
            "INSERT INTO search (rowid, text) VALUES (?, ?)", (added.lastrowid, words)
        )


class PassageSearch:
    """What one person finds; ``closed`` are the interviews in which they may not read."""

    def __init__(self, database: Database, closed: Collection[str]) -> None:
        self._database = database
        self._connection = database.connection
        self._closed = closed

    def find(self, text: str, limit: int = 50, most: int = EVERY) -> Found:
        """The newest passages with all these words, the last of which may be begun only.

        A "phrase in quotes" is looked for as it stands. No words, no hits. After ``most`` passages
        with these words it stops looking.
        """
        expression = match_of(text)
        if not expression:
            return Found((), is_whole=True)
        hits: list[Hit] = []
        with self._database.errors_explained():
            asked = _Asked(self._connection, self._closed)
            for looked_at, row in enumerate(self._connection.execute(_FIND, (expression,))):
                if len(hits) == limit or looked_at == most:
                    return Found(tuple(hits), is_whole=False)
                hit = self._hit(row, asked)
                if hit:
                    hits.append(hit)
        return Found(tuple(hits), is_whole=True)

    def _hit(self, row: Row, asked: "_Asked") -> Hit | None:
        kind, item, text, interview_id, question, *of_interview = row
        if kind == "question":
            sha256, _, question = item.rpartition("/")
            interview_id = asked.newest(sha256, question)
        if interview_id is None or interview_id in self._closed:
            return None
        if kind == "follow_up":
            question = item.split("/")[1]
        elif kind == "question":
            of_interview = self._connection.execute(_OF, (interview_id,)).fetchone()
        role_id, role, candidate_id, candidate, interviewer, at = of_interview
        parties = role_id, role, candidate_id, candidate, interviewer
        return Hit(kind, text, interview_id, *parties, question, at)


class _Asked:
    """The newest interview of a bank's text in which a question was asked and one may search."""

    def __init__(self, connection: sqlite3.Connection, closed: Collection[str]) -> None:
        self._connection = connection
        self._closed = closed
        self._newest: dict[str, dict[str, str]] = {}

    def newest(self, sha256: str, question: str) -> str | None:
        if sha256 not in self._newest:
            newest: dict[str, str] = {}
            kits: set[str] = set()
            interviews = self._connection.execute(
                "SELECT id, kit FROM interview WHERE bank_sha256 = ? ORDER BY started_at DESC",
                (sha256,),
            )
            for interview_id, kit in interviews:
                # One look at each kit is enough: all its interviews have the same questions.
                if kit not in kits and interview_id not in self._closed:
                    kits.add(kit)
                    for (name,) in self._connection.execute(
                        "SELECT question FROM answer WHERE interview_id = ?", (interview_id,)
                    ):
                        newest.setdefault(name, interview_id)
            self._newest[sha256] = newest
        return self._newest[sha256].get(question)


def match_of(text: str) -> str:
    """What FTS5 is asked for; whatever was typed, it cannot be taken for FTS5's own language."""
    phrases = (" ".join(token.text for token in term) for term in query_terms(text))
    quoted = " AND ".join(f'"{phrase}"' for phrase in phrases)
    return quoted if not quoted or ends_in_whole_word(text) else f"{quoted}*"
