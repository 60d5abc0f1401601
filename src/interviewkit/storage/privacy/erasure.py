"""A person taken out of the records, so that no byte of them stays in the file or its journal.

Every row that bears the id of one of the person's interviews, or the person's own, goes, in
whatever table it stands; then the search index is built anew, the file is written anew without
its free pages, and the write-ahead log is emptied. What was copied elsewhere is beyond reach.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from interviewkit.errors import BlockedError, StorageError
from interviewkit.interview.clock import Clock, stamp
from interviewkit.interview.erasure import Backup, Erased, Mention, Plan, Receipt, Why
from interviewkit.interview.name_detection import name_parts, pattern, stands_in
from interviewkit.interview.people import Person, RecordKind
from interviewkit.interview.records import Candidate
from interviewkit.scratch_files import PREFIX
from interviewkit.storage import audit_log, merges
from interviewkit.storage.file.backup import (
    backups_of,
    folder_of,
    is_backup_name,
    sweep_leftovers,
)
from interviewkit.storage.file.encryption import connect_encrypted, is_encrypted
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.transaction import faults, transaction
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
    ("interview", ("summary", "reason", "draft"), "summary"),
)


class Erasing:
    """The door through which people leave."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        clock: Clock,
        account: str,
        unlock: Unlock | None = None,
    ) -> None:
        self._connection = connection
        self._path = path
        self._clock = clock
        self._account = account
        self._unlock = unlock

    # Looking

    def plan(self, candidate: Candidate, viewer: Person) -> Plan:
        """What would go, and where else the name stands, as far as ``viewer`` may read it."""
        with faults(self._path):
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
        with faults(self._path):
            found = self._connection.execute(
                "SELECT id, at, why, interviews, rows FROM erasure ORDER BY at DESC, id"
            ).fetchall()
        return [Receipt(key, at, Why(why), count, rows) for key, at, why, count, rows in found]

    def is_unfinished(self) -> bool:
        """Whether an erasure was cut off after the rows had gone, before the file was cleaned."""
        with faults(self._path):
            row = self._connection.execute("SELECT 1 FROM erasure WHERE cleaned = 0").fetchone()
        return row is not None

    # Erasing

    def erase(self, people: Sequence[Candidate], why: Why) -> Erased:
        """Take these people out of every table, the index, the free pages and the journal.

        All of them or nobody. BlockedError inside a legal hold, and while the records are open
        anywhere else; then nobody was erased. The file is as small afterwards as its rows.
        """
        self._refuse_held(people)
        self._stand_alone()
        with faults(self._path):
            self._connection.execute("PRAGMA secure_delete = ON")
            with transaction(self._connection):
                self._refuse_held(people)
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                ids = [key for one in people for key in self._ids(one)]
                self._connection.executemany(
                    "INSERT INTO erasure_under_way VALUES (?)", [(key,) for key in ids]
                )
                receipts = [self._erase(one, why) for one in people]
                self._connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
                self._connection.execute("DELETE FROM erasure_under_way")
        self.clean()
        with faults(self._path):
            roles = [row[0] for row in self._connection.execute("SELECT id FROM role")]
        backups = backups_with(self._path, ids, roles, self._unlock)
        return Erased(tuple(receipts), tuple(backups), tuple(sweep_leftovers(self._path)))

    def clean(self) -> None:
        """Write the file anew without its free pages, and empty the journal.

        StorageError when there is no room for it; the rows are gone already, and cleaning can be
        done again.
        """
        try:
            with faults(self._path):
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute("VACUUM")
                self._empty_journal()
                self._connection.execute("UPDATE erasure SET cleaned = 1 WHERE cleaned = 0")
                self._empty_journal()
        except StorageError as error:
            raise StorageError(
                f"The rows are erased, but the file could not be cleaned yet: {error.message}",
                "Mend that, then run `interviewkit data purge`: it ends what was begun.",
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
            with faults(self._path):
                mode = self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except StorageError as error:
            if "locked" not in error.message:
                raise
            raise BlockedError(*_OPEN_ELSEWHERE) from error
        with faults(self._path):
            self._connection.execute("PRAGMA journal_mode = WAL")
        if mode != "delete":
            raise BlockedError(*_OPEN_ELSEWHERE)

    def _refuse_held(self, people: Iterable[Candidate]) -> None:
        for one in people:
            with faults(self._path):
                held = self._connection.execute(
                    "SELECT title, hold FROM interview JOIN role_setting USING (role_id) "
                    "JOIN role ON role.id = role_id WHERE candidate_id = ? AND hold <> ''",
                    (one.id,),
                ).fetchone()
            if held:
                raise BlockedError(
                    f"{one.name} is under a legal hold: {held[0]}, {held[1]}.",
                    "Nothing was erased. `interviewkit role set` ends a hold with --no-hold.",
                )

    def _erase(self, candidate: Candidate, why: Why) -> Receipt:
        """Inside the transaction: children first, because the triggers ask whose they are."""
        ids = self._interviews(candidate)
        rows = 0
        candidates = self._ids(candidate)
        at = stamp(self._clock.now())
        names = merges.candidate_names(self._connection, candidates)
        merges.forget_candidate(self._connection, candidates, at, why)
        emptied = [
            row
            for key in candidates
            for row in audit_log.empty(self._connection, "candidate_id = ?", [key])
        ]
        for key in ids:
            emptied += audit_log.empty(self._connection, "interview_id = ?", [key])
        rows += len(emptied)
        for kind, table in (("note", "note"), ("amendment", "amendment")):
            for key in ids:
                self._connection.execute(
                    "DELETE FROM to_read_in WHERE kind = ? AND item IN "  # noqa: S608 - constants
                    f"(SELECT id FROM {table} WHERE interview_id = ?)",
                    (kind, key),
                )
        for table in self._tables("interview_id"):
            for key in ids:
                rows += self._delete(table, "interview_id", key)
        for key in ids:
            rows += self._delete("to_read_in", "item", key)
        for key in candidates:
            for table in self._tables("candidate_id"):
                rows += self._delete(table, "candidate_id", key)
            rows += self._delete("candidate", "id", key)
        for name in names:
            emptied += self._forget_in_settings(name)
        receipt = Receipt(uuid4().hex, at, why, len(ids), rows)
        self._connection.execute(
            "INSERT INTO erasure (id, at, why, interviews, rows) VALUES (?, ?, ?, ?, ?)",
            (receipt.id, receipt.at, why, len(ids), rows),
        )
        audit_log.append(
            self._connection,
            subject="erasure",
            subject_id=receipt.id,
            what=audit_log.ERASED,
            after={
                "at": receipt.at,
                "why": why,
                "interviews": len(ids),
                "rows": rows,
                "emptied": audit_log.ranges(emptied),
            },
            at=receipt.at,
            account=self._account,
        )
        return receipt

    def _forget_in_settings(self, name: str) -> list[int]:
        """A legal hold that has ended may have named the person; its text goes, its dates stay.

        Gives the numbers of the log's rows that were emptied.
        """
        changes = self._connection.execute(
            "SELECT seq, before, after FROM role_change WHERE what = 'hold'"
        ).fetchall()
        for seq, before, after in changes:
            texts = [GONE if stands_in(name, text) else text for text in (before, after)]
            if texts != [before, after]:
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
        found = self._connection.execute(
            "SELECT id FROM interview WHERE candidate_id = ?", (candidate.id,)
        )
        return [row[0] for row in found]

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
        any_part = pattern(names, tuple(part for name in names for part in name_parts(name)))
        closed = sight(self._connection, viewer).hidden | under_way_elsewhere(
            self._connection, viewer
        )
        for table, columns, called in _FREE:
            key = "id" if table == "interview" else "interview_id"
            question = "''" if table == "interview" else "t.question"
            found = self._connection.execute(
                f"SELECT i.id, c.name, i.interviewer, {question}, "  # noqa: S608
                f"{', '.join(f't.{column}' for column in columns)} FROM {table} AS t "
                f"JOIN interview AS i ON i.id = t.{key} "
                "JOIN candidate AS c ON c.id = i.candidate_id "
                "WHERE i.candidate_id <> ? ORDER BY c.name, i.id",
                (candidate.id,),
            )
            for interview_id, name, interviewer, place, *texts in found:
                for text in texts:
                    if text and any_part.search(text):
                        yield Mention(
                            f"{called} on {name} by {interviewer}" + (place and f", {place}"),
                            "" if interview_id in closed else text,
                            bool(whole.search(text)),
                        )


def tables_with(connection: sqlite3.Connection, column: str) -> list[str]:
    """Every table with that column, those that other versions may add included."""
    found = connection.execute(
        "SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS p "
        "WHERE m.type = 'table' AND p.name = ? "
        "AND m.name NOT IN ('erasure_under_way', 'audit_log') "
        "ORDER BY m.name",
        (column,),
    )
    return [row[0] for row in found]


def backups_with(
    path: Path, ids: Sequence[str], roles: Collection[str], unlock: Unlock | None = None
) -> list[Backup]:
    """The files in the folder of backups that hold one of these candidates, or may.

    The folder may hold another database's backups, too. Which is whose is told by the name that
    the program gives, and by the ids of ``roles``, those of the records, that stand in it.
    """
    folder = folder_of(path)
    named = {backup.path for backup in backups_of(path)}
    files = sorted(file for file in folder.glob("*") if file.is_file()) if folder.is_dir() else []
    found = []
    for file in files:
        if file.name.endswith(("-wal", "-shm", "-journal")) or file.name.startswith(PREFIX):
            continue
        is_anothers = file not in named and is_backup_name(file.name)
        content = _content(file, ids, None if is_anothers else unlock)
        if content is None and not is_anothers:
            found.append(Backup(file, is_read=False, is_own=file in named))
        elif content and content.holds:
            is_same = not content.roles.isdisjoint(roles)
            is_copy = bool(content.roles) and content.roles <= set(roles)
            is_own = is_same if file in named else is_copy and not is_anothers
            found.append(Backup(file, is_read=True, is_own=is_own))
    return found


class _Content(NamedTuple):
    holds: bool  # one of the candidates
    roles: frozenset[str]


def _content(file: Path, ids: Sequence[str], unlock: Unlock | None) -> _Content | None:
    """None when the file cannot be read as records, as one under another passphrase cannot."""
    marks = ", ".join("?" * len(ids))
    try:
        connection = _opened(file, unlock)
    except (sqlite3.Error, StorageError):
        return None
    try:
        row = connection.execute(
            f"SELECT 1 FROM candidate WHERE id IN ({marks})",  # noqa: S608 - only marks
            list(ids),
        ).fetchone()
        roles = connection.execute("SELECT id FROM role").fetchall()
    except sqlite_errors():
        return None
    finally:
        connection.close()
    return _Content(row is not None, frozenset(role for (role,) in roles))


def _opened(file: Path, unlock: Unlock | None) -> sqlite3.Connection:
    if unlock and is_encrypted(file):
        return connect_encrypted(file, unlock)
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def remove_backups(backups: Iterable[Backup]) -> list[Path]:
    """Delete these files with whatever SQLite left beside them; gives what was deleted.

    Only one's own: another database's backup in the same folder is not ours to delete.
    """
    gone = []
    for backup in (one for one in backups if one.is_own):
        for name in (backup.path.name, f"{backup.path.name}-wal", f"{backup.path.name}-shm"):
            file = backup.path.with_name(name)
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(
                    f"{file} cannot be deleted: {error.strerror or error}.",
                    "The person is erased from the records; delete that file yourself.",
                ) from error
        gone.append(backup.path)
    return gone
