"""A person taken out of the records, so that no byte of them stays in the file or its journal.

Every row that bears the id of one of the person's interviews, or the person's own, goes, in
whatever table it stands; then the search index is built again, the file is rewritten without
its free pages, and the write-ahead log is emptied. What was copied elsewhere is beyond reach.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from uuid import uuid4

from interviewkit.errors import BlockedError, LegalHoldError, StorageError
from interviewkit.interview.erasure import Erased, Mention, Plan, Receipt, Why
from interviewkit.interview.name_detection import name_parts, pattern, stands_in
from interviewkit.interview.people import Person, RecordKind
from interviewkit.interview.records import Candidate
from interviewkit.storage import audit_log, merges
from interviewkit.storage.file.backup import sweep_leftovers
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.privacy.erased_backups import backups_with
from interviewkit.storage.privacy.visibility import sight, under_way_elsewhere

GONE = "(erased)"
_OPEN_ELSEWHERE = (
    "The records are open in another window or program.",
    "Close it first: what is open keeps a copy of what was written. Nothing was erased.",
)
# Free text in which somebody else's name may stand: (table, its texts, what they are called).
_FREE = (
    ("note", ("text",), "note"),
    ("amendment", ("value", "reason"), "amendment"),
    ("answer", ("skipped",), "reason for skipping"),
    ("(SELECT * FROM asked WHERE own = 1)", ("text",), "own follow-up"),
    ("interview", ("summary", "reason", "draft"), "summary"),
    (
        "(SELECT interview_id, '' AS question, value ->> 0 AS line FROM transcript, "
        "json_each(transcript.cues))",
        ("line",),
        "transcript",
    ),
)


class Erasing:
    """Erases candidates from the records."""

    def __init__(self, database: Database, unlock: Unlock | None = None) -> None:
        self._database = database
        self._connection = database.connection
        self._unlock = unlock

    # Looking

    def plan(self, candidate: Candidate, viewer: Person) -> Plan:
        """What would go, and where else the name stands, as far as ``viewer`` may read it."""
        with self._database.errors_explained():
            ids = self._interviews(candidate)
            tables = self._tables("interview_id")
            rows = {table: self._count(table, "interview_id", ids) for table in tables}
            for table in self._tables("candidate_id"):
                rows[table] = self._count(table, "candidate_id", [candidate.id])
            rows["candidate"] = 1
            rows["audit_log"] = self._count("audit_log", "interview_id", ids) + self._count(
                "audit_log", "candidate_id", [candidate.id]
            )
            open_ones = self._connection.execute(
                "SELECT count(*) FROM interview WHERE candidate_id = ? AND submitted_at IS NULL",
                (candidate.id,),
            ).fetchone()[0]
            mentions = tuple(self._mentions(candidate, viewer))
        rows = {table: count for table, count in rows.items() if count}
        return Plan(candidate, len(ids), open_ones, rows, mentions)

    def receipts(self) -> list[Receipt]:
        """What was erased so far, the last first."""
        with self._database.errors_explained():
            erasures = self._connection.execute(
                "SELECT id, at, why, interviews, rows FROM erasure ORDER BY at DESC, id"
            ).fetchall()
        return [
            Receipt(key, at, Why(reason), count, rows) for key, at, reason, count, rows in erasures
        ]

    def is_unfinished(self) -> bool:
        """Whether an erasure was cut off after the rows had gone, before the file was cleaned."""
        with self._database.errors_explained():
            row = self._connection.execute("SELECT 1 FROM erasure WHERE cleaned = 0").fetchone()
        return row is not None

    # Erasing

    def erase(self, people: Sequence[Candidate], reason: Why) -> Erased:
        """Take these people out of every table, the index, the free pages and the journal.

        All of them or nobody. BlockedError inside a legal hold, and while the records are open
        anywhere else; then nobody was erased. The file is as small afterwards as its rows.
        """
        self._refuse_held(people)
        self._stand_alone()
        with self._database.errors_explained():
            self._connection.execute("PRAGMA secure_delete = ON")
            with self._database.transaction():
                self._refuse_held(people)
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                ids = [key for person in people for key in self._ids(person)]
                self._connection.executemany(
                    "INSERT INTO erasure_under_way VALUES (?)", [(key,) for key in ids]
                )
                receipts = [self._erase(person, reason) for person in people]
                self._connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
                self._connection.execute("DELETE FROM erasure_under_way")
        self.clean()
        with self._database.errors_explained():
            roles = [row[0] for row in self._connection.execute("SELECT id FROM role")]
        backups = backups_with(self._database.path, ids, roles, self._unlock)
        return Erased(tuple(receipts), tuple(backups), tuple(sweep_leftovers(self._database.path)))

    def clean(self) -> None:
        """Write the file again without its free pages, and empty the journal.

        StorageError when there is no room for it; the rows are gone already, and cleaning can be
        done again.
        """
        try:
            with self._database.errors_explained():
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute("VACUUM")
                self._empty_journal()
                self._connection.execute("UPDATE erasure SET cleaned = 1 WHERE cleaned = 0")
                self._empty_journal()
        except StorageError as error:
            raise StorageError(
                f"The rows are erased, but the file could not be cleaned yet: {error.message}",
                "Fix that, then run `interviewkit data purge`: it ends what was begun.",
            ) from error

    def _empty_journal(self) -> None:
        busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StorageError("the records are open in another window or program.")

    def _stand_alone(self) -> None:
        """BlockedError when anybody else has the file open.

        Only the one program that has it open can leave the write-ahead log; that also empties
        the log before the erasure begins.
        """
        try:
            with self._database.errors_explained():
                mode = self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except StorageError as error:
            if "locked" not in error.message:
                raise
            raise BlockedError(*_OPEN_ELSEWHERE) from error
        with self._database.errors_explained():
            self._connection.execute("PRAGMA journal_mode = WAL")
        if mode != "delete":
            raise BlockedError(*_OPEN_ELSEWHERE)

    def _refuse_held(self, people: Iterable[Candidate]) -> None:
        for person in people:
            with self._database.errors_explained():
                hold = self._connection.execute(
                    "SELECT title, hold FROM interview JOIN role_setting USING (role_id) "
                    "JOIN role ON role.id = role_id WHERE candidate_id = ? AND hold <> ''",
                    (person.id,),
                ).fetchone()
            if hold:
                raise LegalHoldError(
                    f"{person.name} is under a legal hold: {hold[0]}, {hold[1]}.",
                    "Nothing was erased. `interviewkit role set` ends a hold with --no-hold.",
                )

    def _erase(self, candidate: Candidate, reason: Why) -> Receipt:
        """Inside the transaction: children first, because the triggers ask whose they are."""
        ids = self._interviews(candidate)
        candidates = self._ids(candidate)
        at = self._database.now()
        names = merges.candidate_names(self._connection, candidates)
        merges.forget_candidate(self._connection, candidates, at, reason)
        emptied = self._empty_log(candidates, ids)
        row_count = len(emptied) + self._delete_rows(candidates, ids)
        for name in names:
            emptied += self._forget_in_settings(name)
        receipt = Receipt(uuid4().hex, at, reason, len(ids), row_count)
        self._connection.execute(
            "INSERT INTO erasure (id, at, why, interviews, rows) VALUES (?, ?, ?, ?, ?)",
            (receipt.id, receipt.at, reason, len(ids), row_count),
        )
        audit_log.append(
            self._connection,
            subject="erasure",
            subject_id=receipt.id,
            field=audit_log.ERASED,
            new={
                "at": receipt.at,
                "why": reason,
                "interviews": len(ids),
                "rows": row_count,
                "emptied": audit_log.ranges(emptied),
            },
            at=receipt.at,
            account=self._database.account,
        )
        return receipt

    def _empty_log(self, candidates: Sequence[str], interviews: Sequence[str]) -> list[int]:
        """Gives the numbers of the log's rows that were emptied."""
        emptied: list[int] = []
        for key in candidates:
            emptied += audit_log.empty(self._connection, "candidate_id = ?", [key])
        for key in interviews:
            emptied += audit_log.empty(self._connection, "interview_id = ?", [key])
        return emptied

    def _delete_rows(self, candidates: Sequence[str], interviews: Sequence[str]) -> int:
        """Gives how many rows went; those of the search queue are counted by interview only."""
        row_count = 0
        for kind in ("note", "amendment"):  # each in the table of its name
            for key in interviews:
                self._connection.execute(
                    "DELETE FROM to_read_in WHERE kind = ? AND item IN "  # noqa: S608 - constants
                    f"(SELECT id FROM {kind} WHERE interview_id = ?)",
                    (kind, key),
                )
        for table in self._tables("interview_id"):
            for key in interviews:
                row_count += self._delete(table, "interview_id", key)
        for key in interviews:
            row_count += self._delete("to_read_in", "item", key)
        for key in candidates:
            for table in self._tables("candidate_id"):
                row_count += self._delete(table, "candidate_id", key)
            row_count += self._delete("candidate", "id", key)
        return row_count

    def _forget_in_settings(self, name: str) -> list[int]:
        """A legal hold that has ended may have named the person; its text goes, its dates stay.

        Gives the numbers of the log's rows that were emptied.
        """
        changes = self._connection.execute(
            "SELECT seq, before, after FROM role_change WHERE what = 'hold'"
        ).fetchall()
        for seq, old, new in changes:
            texts = [GONE if stands_in(name, text) else text for text in (old, new)]
            if texts != [old, new]:
                self._connection.execute(
                    "UPDATE role_change SET before = ?, after = ? WHERE seq = ?", (*texts, seq)
                )
        logged = self._connection.execute(
            "SELECT seq, before, after FROM audit_log WHERE subject = 'role' AND what = 'hold'"
        ).fetchall()
        emptied: list[int] = []
        for seq, *values in logged:
            if any(stands_in(name, json.loads(value) or "") for value in values):
                emptied += audit_log.empty(self._connection, "seq = ?", [seq])
        return emptied

    def _delete(self, table: str, column: str, key: str) -> int:
        done = self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))  # noqa: S608
        return done.rowcount

    def _ids(self, candidate: Candidate) -> list[str]:
        """The candidate's id and those of the candidates merged into them."""
        ends = merges.targets(self._connection, RecordKind.CANDIDATE)
        return [candidate.id, *(key for key, end in ends.items() if end == candidate.id)]

    def _interviews(self, candidate: Candidate) -> list[str]:
        interview_ids = self._connection.execute(
            "SELECT id FROM interview WHERE candidate_id = ?", (candidate.id,)
        )
        return [row[0] for row in interview_ids]

    def _count(self, table: str, column: str, ids: Sequence[str]) -> int:
        counts = (
            self._connection.execute(
                f"SELECT count(*) FROM {table} WHERE {column} = ?",  # noqa: S608 - our own tables
                (key,),
            ).fetchone()[0]
            for key in ids
        )
        return sum(counts)

    def _tables(self, column: str) -> list[str]:
        return tables_with(self._connection, column)

    # Elsewhere

    def _mentions(self, candidate: Candidate, viewer: Person) -> Iterable[Mention]:
        names = tuple(merges.candidate_names(self._connection, self._ids(candidate)))
        whole = pattern(names)
        any_part = pattern(names, tuple(token for name in names for token in name_parts(name)))
        closed = sight(self._connection, viewer).hidden | under_way_elsewhere(
            self._connection, viewer
        )
        for table, columns, called in _FREE:
            key = "id" if table == "interview" else "interview_id"
            question = "''" if table == "interview" else "t.question"
            texts_of_interviews = self._connection.execute(
                f"SELECT i.id, c.name, i.interviewer, {question}, "  # noqa: S608
                f"{', '.join(f't.{column}' for column in columns)} FROM {table} AS t "
                f"JOIN interview AS i ON i.id = t.{key} "
                "JOIN candidate AS c ON c.id = i.candidate_id "
                "WHERE i.candidate_id <> ? ORDER BY c.name, i.id",
                (candidate.id,),
            )
            for interview_id, name, interviewer, jurisdiction, *texts in texts_of_interviews:
                for text in texts:
                    if text and any_part.search(text):
                        yield Mention(
                            f"{called} on {name} by {interviewer}"
                            + (jurisdiction and f", {jurisdiction}"),
                            "" if interview_id in closed else text,
                            bool(whole.search(text)),
                        )
        for name, interviewer, text in self._connection.execute(
            "SELECT c.name, p.name, t.card FROM plan AS t "
            "JOIN candidate AS c ON c.id = t.candidate_id "
            "JOIN person AS p ON p.id = t.interviewer_id "
            "WHERE t.candidate_id <> ? AND t.card <> '' ORDER BY c.name, t.id",
            (candidate.id,),
        ):
            if any_part.search(text):
                yield Mention(f"card on {name} for {interviewer}", text, bool(whole.search(text)))


def tables_with(connection: sqlite3.Connection, column: str) -> list[str]:
    """Every table with that column, those that other versions may add included."""
    tables = connection.execute(
        "SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS p "
        "WHERE m.type = 'table' AND p.name = ? "
        "AND m.name NOT IN ('erasure_under_way', 'audit_log') "
        "ORDER BY m.name",
        (column,),
    )
    return [row[0] for row in tables]
