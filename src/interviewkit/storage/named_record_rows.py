"""The rows of people, roles and candidates: found by id, reference or name, added and renamed.

What changes rows here is inside a transaction of its caller's.
"""

import sqlite3
from collections.abc import Iterable

from interviewkit.errors import AmbiguousNameError, BlockedError
from interviewkit.interview.people import (
    NamedRecord,
    Person,
    RecordKind,
    id_of_name,
    normalize_name,
)
from interviewkit.plurals import count_noun
from interviewkit.storage import audit_log, merges

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


def select_records(connection: sqlite3.Connection, kind: RecordKind) -> list[NamedRecord]:
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
    named = match_records(connection, kind, text)
    if len(named) > 1:
        raise _ambiguous(connection, kind, text, named)
    return named[0] if named else None


def match_records(connection: sqlite3.Connection, kind: RecordKind, text: str) -> list[NamedRecord]:
    """Everybody whom a text could mean; a name in force goes before another's earlier spelling."""
    record = record_by_id(connection, kind, text.strip())
    if record is not None:
        return [record]
    records_of_kind = select_records(connection, kind)
    normalized = normalize_name(text)
    named = [record for record in records_of_kind if normalized in _names_now(record)]
    return named or [record for record in records_of_kind if is_called(record, text)]


def _names_now(record: NamedRecord) -> set[str]:
    """What a record goes by now, normalized; an empty reference is none."""
    texts = (record.name, record.reference, record.label)
    return {normalize_name(text) for text in texts if text}


def identifiers(record: NamedRecord) -> set[str]:
    """What means a record without being its name: id, reference and label, normalized."""
    texts = (record.id, record.reference, record.label)
    return {normalize_name(text) for text in texts if text}


def is_called(record: NamedRecord, text: str) -> bool:
    """Whether a text is the name of a record or one of its spellings."""
    normalized = normalize_name(text)
    return any(normalize_name(name) == normalized for name in (record.name, *record.spellings))


def record_by_id(
    connection: sqlite3.Connection, kind: RecordKind, record_id: str
) -> NamedRecord | None:
    """The record with this id, or the one it was merged into; None where there is none."""
    row = connection.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (record_id,)).fetchone()  # noqa: S608
    if row is None:
        return None
    target = merges.targets(connection, kind).get(record_id, record_id)
    return next(
        (record for record in select_records(connection, kind) if record.id == target), None
    )


def _ambiguous(
    connection: sqlite3.Connection, kind: RecordKind, text: str, named: Iterable[NamedRecord]
) -> AmbiguousNameError:
    lines = [f"  {record.label} ({describe(connection, record)})" for record in named]
    reference = "e-mail" if kind is RecordKind.PERSON else "reference"
    return AmbiguousNameError(
        f"{text!r} could mean {len(lines)} {kind.plural}:\n" + "\n".join(lines),
        f"Give the id or the {reference} shown after the name instead.",
    )


def describe(connection: sqlite3.Connection, record: NamedRecord) -> str:
    """What tells a record from others of its name, in a few words."""
    counts = connection.execute(_ABOUT[record.kind], (record.id,)).fetchall()
    phrases = [f"{topic}: {count_noun(count, 'interview')}" for topic, count in counts]
    return ", ".join(phrases) or "no interview"


def insert(connection: sqlite3.Connection, record: NamedRecord, at: str, account: str) -> None:
    """Add a record, inside a transaction."""
    name, reference = COLUMNS[record.kind]
    connection.execute(
        f"INSERT INTO {record.kind} (id, {name}, {reference}, created_at) "  # noqa: S608
        "VALUES (?, ?, ?, ?)",
        (record.id, record.name, record.reference, at),
    )
    audit_log.append_record_change(
        connection, record.kind, record.id, name, None, record.name, at, account
    )
    if record.reference:
        audit_log.append_record_change(
            connection, record.kind, record.id, reference, None, record.reference, at, account
        )


def insert_person_called(connection: sqlite3.Connection, name: str, at: str, account: str) -> str:
    """The id of the person of a document that gives only a name; made where there is none.

    Where several share the name, it is the one of whom nothing else is known. Inside a transaction.
    """
    by_name = id_of_name(name)
    named = [
        record
        for record in select_records(connection, RecordKind.PERSON)
        if is_called(record, name)
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
    audit_log.append_record_change(
        connection, record.kind, record.id, column, record.name, name, at, account
    )


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
    audit_log.append_record_change(
        connection, record.kind, record.id, column, record.reference, reference, at, account
    )


def refuse_taken_reference(
    connection: sqlite3.Connection, record: NamedRecord, reference: str
) -> None:
    """BlockedError where another record of the kind has this reference."""
    if not reference:
        return
    for bearer in select_records(connection, record.kind):
        is_taken = normalize_name(bearer.reference) == normalize_name(reference)
        if is_taken and bearer.id != record.id:
            raise BlockedError(
                f"{reference} is the reference of {bearer.name} already.",
                f"If both are the same, merge them: `interviewkit {_command(record.kind)} merge`.",
            )


def _command(kind: RecordKind) -> str:
    return "people" if kind is RecordKind.PERSON else kind.value
