"""People, roles and candidates as records: looked up by id, reference or name, made and renamed.

Names are not unique. Whatever takes a name resolves it here, so that two records of one name are
never confused: the caller gets one record or an error that lists whom the name could mean.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from interviewkit.errors import AmbiguousNameError, BlockedError, unknown
from interviewkit.interview.clock import Clock, IdMaker, stamp
from interviewkit.interview.people import (
    Alias,
    NamedRecord,
    Person,
    RecordKind,
    id_of_name,
    normalize_name,
)
from interviewkit.storage import audit_log, merges
from interviewkit.storage.file.transaction import faults, transaction

# kind → (name, what tells two of one name apart)
COLUMNS = {
    RecordKind.PERSON: ("name", "email"),
    RecordKind.ROLE: ("title", "reference"),
    RecordKind.CANDIDATE: ("name", "reference"),
}
_ABOUT = {
    RecordKind.PERSON: "SELECT role.title, count(*) FROM interview JOIN role ON role.id = role_id "
    "WHERE interviewer_id = ? GROUP BY role.title ORDER BY role.title",
    RecordKind.ROLE: "SELECT 'since ' || substr(created_at, 1, 10), "
    "(SELECT count(*) FROM interview WHERE role_id = role.id) FROM role WHERE id = ?",
    RecordKind.CANDIDATE: "SELECT role.title, count(*) FROM interview "
    "JOIN role ON role.id = role_id WHERE candidate_id = ? GROUP BY role.title ORDER BY role.title",
}


class Registry:
    """The door to people, roles and candidates as records."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        clock: Clock,
        new_id: IdMaker,
        account: str,
    ) -> None:
        self._connection = connection
        self._path = path
        self._clock = clock
        self._new_id = new_id
        self._account = account

    # Looking

    def records(self, kind: RecordKind) -> list[NamedRecord]:
        """Every record of a kind by name; those merged into others are among their spellings."""
        with faults(self._path):
            return records(self._connection, kind)

    def people(self) -> list[Person]:
        """Everybody who interviews, owns a role or decides, by name."""
        return [as_person(record) for record in self.records(RecordKind.PERSON)]

    def resolve(self, kind: RecordKind, text: str) -> NamedRecord:
        """The one record with this id, reference or name.

        NotFoundError names the others; AmbiguousNameError lists whom the name could mean.
        """
        record = self.lookup(kind, text)
        if record is None:
            names = [record.name for record in self.records(kind)]
            raise unknown(kind.value, text, list(dict.fromkeys(names)))
        return record

    def lookup(self, kind: RecordKind, text: str) -> NamedRecord | None:
        """As :meth:`resolve`; None where no record bears the name."""
        with faults(self._path):
            return lookup(self._connection, kind, text)

    def called(self, kind: RecordKind, text: str) -> list[NamedRecord]:
        """Everybody whom a text could mean: one by an id, else those of the name or reference."""
        with faults(self._path):
            return called(self._connection, kind, text)

    def describe(self, record: NamedRecord) -> str:
        """What tells a record from others of its name, in a few words."""
        with faults(self._path):
            return describe(self._connection, record)

    def aliases(self, kind: RecordKind) -> list[Alias]:
        """Every merge of a kind, those that were undone included, the oldest first."""
        with faults(self._path):
            return merges.aliases(self._connection, kind)

    # Changing

    def rename(self, record: NamedRecord, name: str, by: str) -> NamedRecord:
        """Give a record another name; the old one stays among its spellings.

        BlockedError for an empty name, and for a role that somebody else owns.
        """
        name = " ".join(name.split())
        if not name:
            raise BlockedError("A name cannot be empty.", "Type the new name.")
        with faults(self._path), transaction(self._connection):
            self._refuse_if_owned(record, by)
            at = stamp(self._clock.now())
            rename(self._connection, record, name, at, self._account)
        return self.resolve(record.kind, record.id)

    def set_reference(self, record: NamedRecord, reference: str, by: str) -> NamedRecord:
        """Set a reference, of a person the e-mail; an empty one takes it away.

        BlockedError where another record of the kind has it, and for a role that somebody else
        owns.
        """
        reference = " ".join(reference.split())
        with faults(self._path), transaction(self._connection):
            self._refuse_if_owned(record, by)
            _refuse_taken(self._connection, record, reference)
            at = stamp(self._clock.now())
            set_reference(self._connection, record, reference, at, self._account)
        return self.resolve(record.kind, record.id)

    def merge(self, record: NamedRecord, target: NamedRecord, by: str) -> None:
        """Let ``target`` stand for ``record`` from now on, whose rows move to it.

        No sealed document changes. BlockedError where both are the same, where the same interview
        is under way with both, and for a role that somebody else owns.
        """
        if record.id == target.id:
            raise BlockedError(
                f"{record.name} and {target.name} are the same {record.kind} already.",
                "Nothing was changed.",
            )
        with faults(self._path), transaction(self._connection):
            self._refuse_if_owned(record, by)
            self._refuse_if_owned(target, by)
            at = stamp(self._clock.now())
            merges.merge(
                self._connection,
                Alias(record.kind, record.id, target.id, at, by),
                self._account,
            )

    def unmerge(self, kind: RecordKind, text: str, by: str) -> NamedRecord:
        """Undo the merge of the record with this id or name; its rows move back to it.

        NotFoundError names what was merged. BlockedError for a role that somebody else owns.
        """
        with faults(self._path):
            alias = merges.alias_called(self._connection, kind, text, COLUMNS[kind][0])
        self._refuse_if_owned(self.resolve(kind, alias.target_id), by)
        with faults(self._path), transaction(self._connection):
            at = stamp(self._clock.now())
            merges.undo(self._connection, alias._replace(undone_at=at), self._account)
        return self.resolve(kind, alias.alias_id)

    # Who sits at the keyboard

    def identity(self) -> Person | None:
        """Who this computer's account said they are; None before anybody was asked."""
        with faults(self._path):
            row = self._connection.execute(
                "SELECT person_id FROM identity WHERE account = ?", (self._account,)
            ).fetchone()
            record = _by_id(self._connection, RecordKind.PERSON, row[0]) if row else None
        return as_person(record) if record else None

    def identify(self, text: str, email: str = "", *, is_new: bool = False) -> Person:
        """Say who this computer's account is, by name, id or e-mail; a new name makes a person.

        An ``email`` becomes that of the person where they have none yet. ``is_new``: somebody else
        of the name is known, who it is not.

        AmbiguousNameError where the name could mean several, BlockedError where it is empty.
        """
        if not text.strip():
            raise BlockedError("A name cannot be empty.", "Type your name.")
        with faults(self._path), transaction(self._connection):
            record = self._identified(text, email.strip(), is_new=is_new)
            self._connection.execute(
                "INSERT INTO identity (account, person_id) VALUES (?, ?) "
                "ON CONFLICT DO UPDATE SET person_id = excluded.person_id",
                (self._account, record.id),
            )
        return as_person(record)

    def _identified(self, text: str, email: str, *, is_new: bool) -> NamedRecord:
        kind = RecordKind.PERSON
        if is_new:
            return self.ensure(kind, text, email, is_new=True)
        known = lookup(self._connection, kind, email) if email else None
        record = known or self.ensure(kind, text)
        if email and not record.reference:
            at = stamp(self._clock.now())
            set_reference(self._connection, record, email, at, self._account)
            record = record._replace(reference=email)
        return record

    # Inside a transaction

    def ensure(
        self, kind: RecordKind, text: str, reference: str = "", *, is_new: bool = False
    ) -> NamedRecord:
        """The record called ``text``, made where there is none; inside a transaction.

        A ``reference`` finds the record that bears it, and makes a new one where none does.
        ``is_new``: one is made although others have the name.
        """
        record = None if is_new else self._known(kind, text, reference)
        if record is not None:
            return record
        record = NamedRecord(
            kind, self._new_id(), " ".join(text.split()), " ".join(reference.split())
        )
        _refuse_taken(self._connection, record, record.reference)
        insert(self._connection, record, stamp(self._clock.now()), self._account)
        return record

    def _known(self, kind: RecordKind, text: str, reference: str) -> NamedRecord | None:
        if not reference.strip():
            return lookup(self._connection, kind, text)
        wanted = normalize_name(reference)
        for record in records(self._connection, kind):
            if normalize_name(record.reference) != wanted:
                continue
            if text != record.id and not _is_called(record, text):
                raise BlockedError(
                    f"{reference.strip()} is the reference of {record.name}, not of {text}.",
                    f"Correct one of the two, or rename the {kind} first.",
                )
            return record
        return None

    def _refuse_if_owned(self, record: NamedRecord, by: str) -> None:
        if record.kind is not RecordKind.ROLE:
            return
        if owns(self._connection, record.id, by):
            return
        (owner,) = self._connection.execute(
            "SELECT owner FROM role_setting WHERE role_id = ?", (record.id,)
        ).fetchone()
        raise BlockedError(
            f"{record.name} is the role of {owner}, and you are {by}.",
            "Only a role's owner renames or merges it; nothing was changed.",
        )


def owns(connection: sqlite3.Connection, role_id: str, by: str) -> bool:
    """Whether the person called ``by`` owns a role; one without an owner is everybody's."""
    row = connection.execute(
        "SELECT owner, owner_id FROM role_setting WHERE role_id = ?", (role_id,)
    ).fetchone()
    if row is None or not row[0] or normalize_name(row[0]) == normalize_name(by):
        return True
    person = lookup(connection, RecordKind.PERSON, by)
    return person is not None and person.id == row[1]


def as_person(record: NamedRecord) -> Person:
    """A record of the kind person as the person it is."""
    return Person(record.id, record.name, record.spellings, record.reference)


def records(connection: sqlite3.Connection, kind: RecordKind) -> list[NamedRecord]:
    """Every record of a kind that no other stands for, by name."""
    name, reference = COLUMNS[kind]
    rows = connection.execute(
        f"SELECT id, {name}, {reference} FROM {kind} ORDER BY {name}, id"  # noqa: S608 - constants
    ).fetchall()
    targets = merges.targets(connection, kind)
    spellings: dict[str, list[str]] = {}
    for record_id, spelling in connection.execute(
        "SELECT record_id, name FROM spelling WHERE kind = ? ORDER BY name", (kind,)
    ):
        spellings.setdefault(targets.get(record_id, record_id), []).append(spelling)
    for record_id, text, _ in rows:
        if record_id in targets:
            spellings.setdefault(targets[record_id], []).append(text)
    return [
        NamedRecord(
            kind,
            record_id,
            text,
            tag,
            tuple(dict.fromkeys(s for s in spellings.get(record_id, ()) if s != text)),
        )
        for record_id, text, tag in rows
        if record_id not in targets
    ]


def lookup(connection: sqlite3.Connection, kind: RecordKind, text: str) -> NamedRecord | None:
    """The record with this id, reference, name or spelling; None where there is none.

    AmbiguousNameError lists whom it could mean.
    """
    named = called(connection, kind, text)
    if len(named) > 1:
        raise _ambiguous(connection, kind, text, named)
    return named[0] if named else None


def called(connection: sqlite3.Connection, kind: RecordKind, text: str) -> list[NamedRecord]:
    """Everybody whom a text could mean; a name in force goes before another's earlier spelling."""
    record = _by_id(connection, kind, text.strip())
    if record is not None:
        return [record]
    every = records(connection, kind)
    wanted = normalize_name(text)
    named = [record for record in every if wanted in _calls(record)]
    return named or [record for record in every if _is_called(record, text)]


def _calls(record: NamedRecord) -> set[str]:
    """What a record goes by now, normalized; an empty reference is none."""
    texts = (record.name, record.reference, record.label)
    return {normalize_name(text) for text in texts if text}


def identifiers(record: NamedRecord) -> set[str]:
    """What means a record without being its name: id, reference and label, normalized."""
    texts = (record.id, record.reference, record.label)
    return {normalize_name(text) for text in texts if text}


def _is_called(record: NamedRecord, text: str) -> bool:
    wanted = normalize_name(text)
    return any(normalize_name(name) == wanted for name in (record.name, *record.spellings))


def _by_id(connection: sqlite3.Connection, kind: RecordKind, wanted: str) -> NamedRecord | None:
    row = connection.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (wanted,)).fetchone()  # noqa: S608
    if row is None:
        return None
    target = merges.targets(connection, kind).get(wanted, wanted)
    return next((record for record in records(connection, kind) if record.id == target), None)


def _ambiguous(
    connection: sqlite3.Connection, kind: RecordKind, text: str, named: Iterable[NamedRecord]
) -> AmbiguousNameError:
    lines = [f"  {record.label} ({describe(connection, record)})" for record in named]
    reference = "e-mail" if kind is RecordKind.PERSON else "reference"
    return AmbiguousNameError(
        f"{text!r} could mean {len(lines)} {kind.plural}:\n" + "\n".join(lines),
        f"Give the id or the {reference} that stands behind the name instead.",
    )


def describe(connection: sqlite3.Connection, record: NamedRecord) -> str:
    """What tells a record from others of its name, in a few words."""
    counts = connection.execute(_ABOUT[record.kind], (record.id,)).fetchall()
    words = [f"{words}: {count} interview{'' if count == 1 else 's'}" for words, count in counts]
    return ", ".join(words) or "no interview"


def insert(connection: sqlite3.Connection, record: NamedRecord, at: str, account: str) -> None:
    """Add a record, inside a transaction."""
    name, reference = COLUMNS[record.kind]
    connection.execute(
        f"INSERT INTO {record.kind} (id, {name}, {reference}, created_at) "  # noqa: S608
        "VALUES (?, ?, ?, ?)",
        (record.id, record.name, record.reference, at),
    )
    log(connection, record, name, None, record.name, at, account)
    if record.reference:
        log(connection, record, reference, None, record.reference, at, account)


def insert_person_called(connection: sqlite3.Connection, name: str, at: str, account: str) -> str:
    """The id of the person of a document that gives only a name; made where there is none.

    Where several share the name, it is the one of whom nothing else is known. Inside a transaction.
    """
    by_name = id_of_name(name)
    named = [
        record for record in records(connection, RecordKind.PERSON) if _is_called(record, name)
    ]
    if len(named) == 1:
        return named[0].id
    if all(record.id != by_name for record in named):
        insert(connection, NamedRecord(RecordKind.PERSON, by_name, name), at, account)
    return by_name


def rename(
    connection: sqlite3.Connection, record: NamedRecord, name: str, at: str, account: str
) -> None:
    """Rename a record, inside a transaction; an unchanged name is no change."""
    if record.name == name:
        return
    column = COLUMNS[record.kind][0]
    connection.execute(
        f"UPDATE {record.kind} SET {column} = ?, renamed_at = ? WHERE id = ?",  # noqa: S608
        (name, at, record.id),
    )
    add_spellings(connection, record, [record.name])
    connection.execute(
        "DELETE FROM spelling WHERE kind = ? AND record_id = ? AND name = ?",
        (record.kind, record.id, name),
    )
    log(connection, record, column, record.name, name, at, account)


def add_spellings(
    connection: sqlite3.Connection, record: NamedRecord, names: Iterable[str]
) -> None:
    """Other names under which a record stands in documents; inside a transaction."""
    connection.executemany(
        "INSERT INTO spelling (kind, record_id, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(record.kind, record.id, name) for name in names],
    )


def set_reference(
    connection: sqlite3.Connection, record: NamedRecord, reference: str, at: str, account: str
) -> None:
    """Set what tells a record from others of its name, inside a transaction."""
    if record.reference == reference:
        return
    column = COLUMNS[record.kind][1]
    connection.execute(
        f"UPDATE {record.kind} SET {column} = ? WHERE id = ?",  # noqa: S608 - constants
        (reference, record.id),
    )
    log(connection, record, column, record.reference, reference, at, account)


def _refuse_taken(connection: sqlite3.Connection, record: NamedRecord, reference: str) -> None:
    if not reference:
        return
    for other in records(connection, record.kind):
        same = normalize_name(other.reference) == normalize_name(reference)
        if same and other.id != record.id:
            raise BlockedError(
                f"{reference} is the reference of {other.name} already.",
                f"If both are the same, merge them: `interviewkit {_command(record.kind)} merge`.",
            )


def _command(kind: RecordKind) -> str:
    return "people" if kind is RecordKind.PERSON else kind.value


def log(
    connection: sqlite3.Connection,
    record: NamedRecord,
    what: str,
    before: str | None,
    after: str | None,
    at: str,
    account: str,
) -> None:
    """One entry about a record in the audit log, inside a transaction."""
    audit_log.append(
        connection,
        subject=record.kind.value,
        subject_id=record.id,
        what=what,
        before=before,
        after=after,
        at=at,
        account=account,
        candidate_id=record.id if record.kind is RecordKind.CANDIDATE else None,
    )
