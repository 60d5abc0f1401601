"""The tables of people, of merges and of what is planned, for the migration that makes them.

Names are no longer unique: two candidates may share one, and a reference tells them apart. A merge
moves rows from one id to another; ``merged_row`` keeps the id under which each stood before, so
that a merge can be undone, and sealed documents keep the ids they were sealed with.
"""

import sqlite3

from interviewkit.interview.people import id_of_name, normalize_name
from interviewkit.storage import audit_log

# `renamed_at` says which of two machines has the later name. `spelling` holds earlier and other
# names. `alias` says which record stands for another; an alias that was undone stays as history.
# `gone` is what stays of a record that was erased: a hash of its id, so that no import brings it
# back. `identity` says who sits at the keyboard of a computer's account.
_TABLES = """
CREATE TABLE new_role (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL COLLATE NOCASE,
    created_at TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    renamed_at TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_role (id, title, created_at) SELECT id, title, created_at FROM role;
DROP TABLE role;
ALTER TABLE new_role RENAME TO role;
CREATE TABLE new_candidate (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    created_at TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    renamed_at TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_candidate (id, name, created_at) SELECT id, name, created_at FROM candidate;
DROP TABLE candidate;
ALTER TABLE new_candidate RENAME TO candidate;
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    email TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    renamed_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE spelling (
    kind TEXT NOT NULL CHECK (kind IN ('person', 'role', 'candidate')),
    record_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (kind, record_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE identity (
    account TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE alias (
    kind TEXT NOT NULL CHECK (kind IN ('person', 'role', 'candidate')),
    alias_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, alias_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alias_in_force ON alias (kind, alias_id) WHERE undone_at = '';
CREATE TABLE merged_row (
    kind TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    PRIMARY KEY (kind, table_name, row_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE gone (
    kind TEXT NOT NULL CHECK (kind IN ('person', 'role', 'candidate')),
    id_sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (kind, id_sha256)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan (
    id TEXT PRIMARY KEY,
    role_id TEXT NOT NULL REFERENCES role (id),
    candidate_id TEXT NOT NULL REFERENCES candidate (id),
    interviewer_id TEXT NOT NULL REFERENCES person (id),
    bank TEXT NOT NULL DEFAULT '',
    kit TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'cancelled')),
    at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_candidate ON plan (candidate_id, role_id);
ALTER TABLE interview ADD COLUMN interviewer_id TEXT REFERENCES person (id);
ALTER TABLE role_setting ADD COLUMN owner_id TEXT REFERENCES person (id);
ALTER TABLE role_setting ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
DROP TRIGGER IF EXISTS interview_is_not_changed_when_sealed;
DROP TRIGGER IF EXISTS decision_is_not_changed;
"""
_SEALED_COLUMNS = (
    "id, interviewer, bank_id, bank_sha256, kit, started_at, recommendation, summary, reason, "
    "submitted_at, seal, sealed_role, sealed_candidate"
)
# A merge or its undoing moves a row between records that were merged; `data check` holds what is
# in force against what was sealed.
_ALONG = (
    "NEW.{column} IS OLD.{column} OR (EXISTS (SELECT 1 FROM alias WHERE kind = '{kind}' "
    "AND OLD.{column} IN (alias_id, target_id)) AND EXISTS (SELECT 1 FROM alias "
    "WHERE kind = '{kind}' AND NEW.{column} IN (alias_id, target_id)))"
)
_MOVED = " AND ".join(
    f"({_ALONG.format(kind=kind, column=f'{kind}_id')})" for kind in ("role", "candidate")
)
_TRIGGERS = (
    f"CREATE TRIGGER interview_is_not_changed_when_sealed BEFORE UPDATE OF {_SEALED_COLUMNS} "
    "ON interview WHEN OLD.seal IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a sealed scorecard is never changed, only amended'); END",
    "CREATE TRIGGER interview_is_moved_by_merges_only BEFORE UPDATE OF role_id, candidate_id "
    f"ON interview WHEN OLD.seal IS NOT NULL AND NOT ({_MOVED}) "
    "BEGIN SELECT RAISE(ABORT, 'a sealed scorecard is never changed, only amended'); END",
    "CREATE TRIGGER decision_is_not_changed BEFORE UPDATE OF id, course, reason, next_steps, by, "
    "at ON decision "
    "BEGIN SELECT RAISE(ABORT, 'a decision is never changed, only followed by another'); END",
    "CREATE TRIGGER decision_is_moved_by_merges_only BEFORE UPDATE OF role_id, candidate_id "
    f"ON decision WHEN NOT ({_MOVED}) "
    "BEGIN SELECT RAISE(ABORT, 'a decision is never changed, only followed by another'); END",
    # What is sealed under a record stays with it, even when a merge before the seal is undone.
    "CREATE TRIGGER merge_ends_at_the_seal AFTER UPDATE OF seal ON interview "
    "WHEN OLD.seal IS NULL AND NEW.seal IS NOT NULL "
    "BEGIN DELETE FROM merged_row WHERE table_name = 'interview' AND row_id = NEW.id "
    "AND kind <> 'person'; END",
)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, and a person of every name that the records hold.

    Foreign keys must be off: two tables that others refer to are made again.
    """
    for statement in (*_TABLES.split(";\n"), *_TRIGGERS):
        if statement.strip():
            connection.execute(statement)
    for kind, name in (("role", "title"), ("candidate", "name")):
        _keep_joins(connection, kind, name)
    _make_people(connection)


def _keep_joins(connection: sqlite3.Connection, kind: str, name: str) -> None:
    """What imports joined by name becomes a merge like any other, so that it can be undone."""
    joined = connection.execute(
        f"SELECT i.sealed_{kind}, i.{kind}_id, r.{name}, min(i.submitted_at) FROM interview AS i "  # noqa: S608
        f"JOIN {kind} AS r ON r.id = i.{kind}_id WHERE i.sealed_{kind} <> i.{kind}_id "
        f"AND i.sealed_{kind} NOT IN (SELECT id FROM {kind}) GROUP BY i.sealed_{kind}"
    ).fetchall()
    for sealed_id, target_id, text, at in joined:
        connection.execute(
            f"INSERT INTO {kind} (id, {name}, created_at) VALUES (?, ?, ?)",  # noqa: S608
            (sealed_id, text, at),
        )
        connection.execute(
            "INSERT INTO alias (kind, alias_id, target_id, at, by) VALUES (?, ?, ?, ?, '')",
            (kind, sealed_id, target_id, at),
        )
        for field, new in ((name, text), ("merged", target_id)):
            _log(connection, kind, sealed_id, field, new, at)
        connection.execute(
            "INSERT INTO merged_row (kind, table_name, row_id, record_id) "  # noqa: S608
            f"SELECT ?, 'interview', id, sealed_{kind} FROM interview WHERE sealed_{kind} = ?",
            (kind, sealed_id),
        )


def _log(
    connection: sqlite3.Connection, kind: str, record_id: str, field: str, new: str, at: str
) -> None:
    audit_log.append(
        connection,
        subject=kind,
        subject_id=record_id,
        field=field,
        new=new,
        at=at,
        account="",
        candidate_id=record_id if kind == "candidate" else None,
    )


def _make_people(connection: sqlite3.Connection) -> None:
    names = connection.execute(
        "SELECT interviewer, min(started_at) FROM interview GROUP BY interviewer "
        "UNION ALL SELECT owner, '' FROM role_setting WHERE owner <> '' "
        "UNION ALL SELECT by, min(at) FROM decision GROUP BY by"
    ).fetchall()
    for name, at in names:
        insertion = connection.execute(
            "INSERT INTO person (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (id_of_name(name), " ".join(name.split()), at),
        )
        if insertion.rowcount:
            _log(connection, "person", id_of_name(name), "name", " ".join(name.split()), at)
    ids = {name: id_of_name(name) for name, _ in names}
    for table, name_column, column in (
        ("interview", "interviewer", "interviewer_id"),
        ("role_setting", "owner", "owner_id"),
    ):
        connection.executemany(
            f"UPDATE {table} SET {column} = ? WHERE {name_column} = ?",  # noqa: S608 - constants
            [(key, name) for name, key in ids.items() if normalize_name(name)],
        )
