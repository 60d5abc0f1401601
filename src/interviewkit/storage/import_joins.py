"""How the people, roles and candidates of an import join those that are in the records.

By id, else by reference, else the importer is asked: two people may share a name. Everybody who
comes in keeps an own row; who is the same as somebody known is merged, so that it can be undone.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from interviewkit.errors import MissingRecordError, RefusedImportError
from interviewkit.interview.documents import NOTHING
from interviewkit.interview.people import (
    Alias,
    NamedRecord,
    RecordKind,
    id_of_name,
    normalize_name,
)
from interviewkit.interview.shared_records import OfferedRecord
from interviewkit.shell_line import shell_line
from interviewkit.storage import merges, named_record_rows

_LISTED = 20  # questions listed before the rest is counted


class JoinAnswers(NamedTuple):
    """Who is who. ``same``: id or name in the files → id, reference or name in the records.

    ``apart``: anyone who is asked about and not in ``same`` is somebody else.
    """

    same: Mapping[str, str] = {}
    apart: bool = False


class JoinQuestion(NamedTuple):
    """Somebody of the files who may be one of the records: ``known`` bear the name."""

    offered: OfferedRecord
    known: tuple[NamedRecord, ...]


class OpenJoinsError(RefusedImportError):
    """Names that the import cannot join by itself; ``questions`` are put to the importer."""

    def __init__(self, questions: Iterable[JoinQuestion]) -> None:
        self.questions = tuple(questions)
        lines = [
            f"  {offered.kind} {offered.name} (id {offered.id}): like "
            + ", ".join(record.label for record in candidates)
            for offered, candidates in self.questions[:_LISTED]
        ]
        if len(self.questions) > _LISTED:
            lines.append(f"  and {len(self.questions) - _LISTED} more")
        offered, candidates = self.questions[0]
        option = shell_line(["--same", offered.id, candidates[0].id])
        super().__init__(
            "The files name whom the records may hold already:\n" + "\n".join(lines),
            f"{NOTHING} Say who is the same, such as {option}, and "
            "add --apart: all others are somebody else.",
        )


class ImportJoins:
    """Who stands in the records for the ids that documents use, inside one import."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        at: str,
        account: str,
        answers: JoinAnswers = JoinAnswers(),  # noqa: B008 - immutable
        files_with_head: Collection[str] = (),
        *,
        joins_people_by_name: bool = False,
    ) -> None:
        """``joins_people_by_name``: a person whose name exactly one bears here is that one."""
        self._connection = connection
        self._at = at
        self._account = account
        self._answers = answers
        self._unused = set(answers.same)
        self._questions: list[JoinQuestion] = []
        self.known = {
            kind: named_record_rows.select_records(connection, kind) for kind in RecordKind
        }
        self._names = {kind: _by_name(known) for kind, known in self.known.items()}
        self._references = {
            kind: {normalize_name(r.reference): r for r in known if r.reference}
            for kind, known in self.known.items()
        }
        self._gone = set(connection.execute("SELECT kind, id_sha256 FROM gone").fetchall())
        self._people: dict[str, str] = {}
        self.new: list[NamedRecord] = []
        self._files_with_head = frozenset(files_with_head)
        self._joins_people_by_name = joins_people_by_name
        self._in_file: dict[tuple[str, RecordKind, str], NamedRecord] = {}

    def join(self, location: str, offered: OfferedRecord) -> bool:
        """Take somebody in: known by id, merged with whom they are the same as, or new.

        Gives whether they are new. RefusedImportError when the id is known under another name;
        whether a name is somebody known is asked once for all, by :meth:`refuse_open`.
        """
        kind = offered.kind
        if self.is_gone(kind, offered.id):
            return False
        row = self._row(kind, offered.id)
        if row is not None:
            self._update(location, row, offered)
            return False
        target = self._namesake_in_file(location, offered) or self._same(offered)
        record = NamedRecord(kind, offered.id, offered.name, offered.reference)
        named_record_rows.insert(self._connection, record, self._at, self._account)
        named_record_rows.add_spellings(self._connection, record, offered.spellings)
        self._connection.execute(
            f"UPDATE {kind} SET renamed_at = ? WHERE id = ?",  # noqa: S608 - constants
            (offered.renamed_at, offered.id),
        )
        if offered.reference and target is None:
            self._references[kind].setdefault(normalize_name(offered.reference), record)
        if target is None:
            self._in_file.setdefault(_key_in_file(location, offered), record)
            self.new.append(record)
            return True
        self._merge(record, target)
        return False

    def id_of(self, kind: RecordKind, document_id: str) -> str | None:
        """The row of this id, if there is one; merges are followed when the import ends."""
        row = self._row(kind, document_id)
        return row.id if row else None

    def is_gone(self, kind: RecordKind, document_id: str) -> bool:
        """Whether the record of this id was erased here."""
        return bool(self._gone) and (kind, merges.hash_of_id(document_id)) in self._gone

    def reference(self, location: str, kind: RecordKind, document_id: str) -> str:
        """The row of this id; RefusedImportError when there is none."""
        row_id = self.id_of(kind, document_id)
        if row_id is None:
            raise MissingRecordError(
                f"{location}: the {kind} {document_id} is neither in the files nor in the records.",
                f"{NOTHING} Add its line, with type {kind.value!r}.",
            )
        return row_id

    def person_called(self, name: str, person_id: str = "") -> str:
        """The id of the person of a document, who is made where only the name is known."""
        if person_id and self._row(RecordKind.PERSON, person_id):
            return person_id
        key = normalize_name(name)
        if key not in self._people:
            self._people[key] = named_record_rows.insert_person_called(
                self._connection, name, self._at, self._account
            )
        return self._people[key]

    def refuse_open(self) -> None:
        """OpenJoinsError where somebody is still to be asked about, once all have been joined.

        RefusedImportError for an answer that fits nobody in the files.
        """
        if self._questions:
            raise OpenJoinsError(self._questions)
        if self._unused:
            raise RefusedImportError(
                f"--same names {', '.join(sorted(self._unused))}, whom the files do not hold.",
                f"{NOTHING} Give the id or the name that stands in the file.",
            )

    def finish(self) -> None:
        """Move what came in to the records that stand for it."""
        for kind in RecordKind:
            merges.move_rows(self._connection, kind)

    def _row(self, kind: RecordKind, record_id: str) -> NamedRecord | None:
        name, reference = named_record_rows.COLUMNS[kind]
        row = self._connection.execute(
            f"SELECT id, {name}, {reference} FROM {kind} WHERE id = ?",  # noqa: S608 - constants
            (record_id,),
        ).fetchone()
        return NamedRecord(kind, *row) if row else None

    def _update(self, location: str, row: NamedRecord, offered: OfferedRecord) -> None:
        """Of two names of one id the later counts; names that are no one's yet are refused."""
        spellings = {row.name, *self._spellings(row)}
        names = {normalize_name(name) for name in spellings}
        offered_names = {normalize_name(name) for name in (offered.name, *offered.spellings)}
        if not names & offered_names and not self._stands_for(row, offered_names):
            raise RefusedImportError(
                f"{location}: the {row.kind} {row.id} is called {offered.name!r} here, but is "
                f"already known as {row.name!r}.",
                f"{NOTHING} Give one of the two an id of its own, or fix the name.",
            )
        (renamed_at,) = self._connection.execute(
            f"SELECT renamed_at FROM {row.kind} WHERE id = ?",  # noqa: S608 - constants
            (row.id,),
        ).fetchone()
        if offered.renamed_at > renamed_at:
            named_record_rows.rename(
                self._connection, row, offered.name, offered.renamed_at, self._account
            )
        named_record_rows.add_spellings(
            self._connection, row, [name for name in offered.spellings if name != row.name]
        )
        if offered.reference and not row.reference:
            named_record_rows.set_reference(
                self._connection, row, offered.reference, self._at, self._account
            )

    def _stands_for(self, row: NamedRecord, names: Collection[str]) -> bool:
        """Whether the record that a row was merged into goes by one of these names."""
        record = named_record_rows.record_by_id(self._connection, row.kind, row.id)
        known = (record.name, *record.spellings) if record else ()
        return any(normalize_name(name) in names for name in known)

    def _spellings(self, row: NamedRecord) -> list[str]:
        rows = self._connection.execute(
            "SELECT name FROM spelling WHERE kind = ? AND record_id = ?", (row.kind, row.id)
        )
        return [name for (name,) in rows]

    def _namesake_in_file(self, location: str, offered: OfferedRecord) -> NamedRecord | None:
        """Who has the name already in a file of 0.1.0, whose names were unique.

        Later versions end an export with the head of the log; there a name may be several people's.
        """
        key = _key_in_file(location, offered)
        return None if key[0] in self._files_with_head else self._in_file.get(key)

    def _same(self, offered: OfferedRecord) -> NamedRecord | None:
        """Whom of the records the offered one is; a question is noted where that is open."""
        answer = self._answer(offered)
        if answer is not None:
            return answer
        referenced = self._references[offered.kind].get(normalize_name(offered.reference))
        if referenced is not None:
            return referenced
        namesakes = [
            record
            for record in self._names[offered.kind].get(normalize_name(offered.name), ())
            if not (record.reference and offered.reference)
        ]
        if offered.kind is RecordKind.PERSON:
            by_name = id_of_name(offered.name)
            is_by_name = namesakes and by_name in (namesakes[0].id, offered.id)
            if len(namesakes) == 1 and (is_by_name or self._joins_people_by_name):
                return namesakes[0]
        if namesakes and not self._answers.apart:
            self._questions.append(JoinQuestion(offered, tuple(namesakes)))
        return None

    def _answer(self, offered: OfferedRecord) -> NamedRecord | None:
        for text in (offered.id, offered.name):
            if text in self._answers.same:
                self._unused.discard(text)
                target = named_record_rows.lookup(
                    self._connection, offered.kind, self._answers.same[text]
                )
                if target is None:
                    raise RefusedImportError(
                        f"--same names {self._answers.same[text]!r}, and the records hold no such "
                        f"{offered.kind}.",
                        f"{NOTHING} Give the id, the reference or the name that is in the records.",
                    )
                return target
        return None

    def _merge(self, record: NamedRecord, target: NamedRecord) -> None:
        """Of a person known by nothing but a name, the one with an id of their own remains."""
        if record.kind is RecordKind.PERSON and target.id == id_of_name(target.name):
            record, target = target, record
        alias = Alias(record.kind, record.id, target.id, self._at, "")
        merges.merge(self._connection, alias, self._account)
        self._names[record.kind] = _by_name(
            named_record_rows.select_records(self._connection, record.kind)
        )


def file_of_place(location: str) -> str:
    """The file of a place such as ``round.jsonl, line 3``."""
    return location.rpartition(", line ")[0]


def _key_in_file(location: str, offered: OfferedRecord) -> tuple[str, RecordKind, str]:
    return file_of_place(location), offered.kind, normalize_name(offered.name)


def _by_name(records: Iterable[NamedRecord]) -> dict[str, list[NamedRecord]]:
    names: dict[str, list[NamedRecord]] = {}
    for record in records:
        for name in {normalize_name(name) for name in (record.name, *record.spellings)}:
            names.setdefault(name, []).append(record)
    return names
