"""The tables, as a series of migrations that never change once released.

Imported only when a database is new or behind: sqlite-utils costs a quarter of the time to the
first paint, and a database that is up to date needs none of it.
"""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from interviewkit.storage.schema import (
    calibration_tables,
    follow_up_tables,
    kit_tables,
    log_conversion,
    log_tables,
    people_tables,
    privacy_tables,
    search_tables,
    team_tables,
    trail_links,
    triggers,
)

migrations = Migrations("interviewkit")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the database to ``version``, all of it or nothing.

    BEGIN IMMEDIATE, because two programs that migrate at once would otherwise meet in the middle
    and one would be told that the database is locked. Foreign keys are off meanwhile, as SQLite
    wants it where a table is made again, and checked before the end.
    """
    (checks_keys,) = connection.execute("PRAGMA foreign_keys").fetchone()
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        _migrate(connection, version)
    finally:
        connection.execute(f"PRAGMA foreign_keys = {checks_keys:d}")


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@migrations()
def m001_records(db: Database) -> None:
    """Roles, candidates, banks, interviews and everything that is noted in them."""
    _run(db, _RECORDS)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m002_kept_in_the_open(db: Database) -> None:
    """Who changed what on a linked trail, and triggers that let nothing be changed in silence."""
    for statement in _OPEN:
        db.execute(statement)
    trail_links.link_all(db.conn)
    trail_links.add_seals(db.conn)
    trail_links.add_amendments(db.conn)
    for statement in triggers.STATEMENTS:
        db.execute(statement)


@migrations()
def m003_privacy(db: Database) -> None:
    """Owners and settings of roles, retention, erasure receipts, and what can be searched."""
    _run(db, privacy_tables.STATEMENTS)


@migrations()
def m004_decisions(db: Database) -> None:
    """What panels decided."""
    _run(db, _DECISIONS)


@migrations()
def m005_banks_ready(db: Database) -> None:
    """Banks in a form that needs no reading; their texts stay what counts."""
    db.execute(
        "CREATE TABLE bank_ready (sha256 TEXT PRIMARY KEY REFERENCES bank (sha256) "
        "ON DELETE CASCADE, ready TEXT NOT NULL) STRICT"
    )


@migrations()
def m006_sealed_documents(db: Database) -> None:
    """One log over everything that counts, and what was sealed as the bytes that were sealed."""
    _run(db, log_tables.TABLES)
    log_conversion.convert_log(db.conn)
    for name in log_tables.REPLACED:
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
    db.execute("DROP TABLE trail")
    _run(db, log_tables.INDEXES)
    for statement in log_tables.TRIGGERS:
        db.execute(statement)


@migrations()
def m007_people(db: Database) -> None:
    """People as records, names that need not be unique, merges, and what is planned."""
    people_tables.create(db.conn)


@migrations()
def m008_interview_openers(db: Database) -> None:
    """Who sat at the keyboard where the interviewer's name was another; nothing under one's own."""
    db.execute(
        "CREATE TABLE interview_opener (interview_id TEXT NOT NULL REFERENCES interview (id), "
        "name TEXT NOT NULL COLLATE NOCASE CHECK (trim(name) <> ''), "
        "PRIMARY KEY (interview_id, name)) STRICT, WITHOUT ROWID"
    )


@migrations()
def m009_follow_ups(db: Database) -> None:
    """Follow-ups in one's own words, marked notes, amended outcomes, cards, undo by whole steps."""
    _run(db, follow_up_tables.TABLES)
    for statement in follow_up_tables.TRIGGERS:
        db.execute(statement)


@migrations()
def m010_appointments(db: Database) -> None:
    """When a planned interview begins, and the calendar invitation that says so."""
    db.execute("ALTER TABLE plan ADD COLUMN starts_at TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE plan ADD COLUMN uid TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE plan ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0")


@migrations()
def m011_search_in_every_script(db: Database) -> None:
    """The index reads folded words, and follow-ups in one's own words are in it."""
    for statement in search_tables.STATEMENTS:
        db.execute(statement)


@migrations()
def m012_fillable_kits(db: Database) -> None:
    """The public key of the file an interviewer fills in, and what such files were signed with."""
    _run(db, kit_tables.TABLES)
    for statement in kit_tables.TRIGGERS:
        db.execute(statement)


@migrations()
def m013_calibration(db: Database) -> None:
    """Written answers to rate, and what each person gave them."""
    _run(db, calibration_tables.TABLES)
    for statement in calibration_tables.TRIGGERS:
        db.execute(statement)


@migrations()
def m014_transcripts(db: Database) -> None:
    """Transcripts beside interviews, each with the consent it is kept by."""
    _run(db, _TRANSCRIPTS)


@migrations()
def m015_team(db: Database) -> None:
    """A team that shares roles: what waits to go out, what came in, and who vouches for it."""
    _run(db, team_tables.STATEMENTS)


@migrations()
def m016_hub_member(db: Database) -> None:
    """Who one is in the hub, and whether as a recruiter, who reads all of every shared role."""
    db.execute(team_tables.HUB_MEMBER)


@migrations()
def m017_plan_bank(db: Database) -> None:
    """Which text of a bank a shared role's plan means, so that others can tell theirs from it."""
    db.execute(team_tables.PLAN_BANK)


# `answer` has a row for each page and question from the start, in the order of the kit. Where a
# value may change, the table holds what is in force and `trail` every value it ever had.
_RECORDS = """
CREATE TABLE role (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE candidate (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE bank (
    sha256 TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE interview (
    id TEXT PRIMARY KEY,
    role_id TEXT NOT NULL REFERENCES role (id),
    candidate_id TEXT NOT NULL REFERENCES candidate (id),
    interviewer TEXT NOT NULL COLLATE NOCASE,
    bank_id TEXT NOT NULL,
    bank_sha256 TEXT NOT NULL REFERENCES bank (sha256),
    kit TEXT NOT NULL,
    started_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    page TEXT NOT NULL,
    draft TEXT NOT NULL DEFAULT '',
    draft_note TEXT,
    recommendation TEXT CHECK (recommendation IN ('definitely_not', 'no', 'yes', 'definitely_yes')),
    summary TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    submitted_at TEXT,
    seal TEXT,
    sealed_role TEXT,
    sealed_candidate TEXT
) STRICT;
CREATE INDEX interview_role ON interview (role_id, candidate_id);
CREATE INDEX interview_candidate ON interview (candidate_id);
CREATE UNIQUE INDEX interview_under_way
    ON interview (role_id, candidate_id, interviewer, bank_id, kit) WHERE submitted_at IS NULL;
CREATE TABLE answer (
    interview_id TEXT NOT NULL REFERENCES interview (id),
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    competency TEXT,
    seconds REAL NOT NULL DEFAULT 0,
    rating INTEGER CHECK (rating BETWEEN 1 AND 7),
    assessed INTEGER CHECK (assessed IN (0, 1)),
    skipped TEXT,
    PRIMARY KEY (interview_id, question),
    CHECK (rating IS NULL OR assessed = 1)
) STRICT, WITHOUT ROWID;
CREATE TABLE note (
    id TEXT PRIMARY KEY,
    interview_id TEXT NOT NULL,
    question TEXT NOT NULL,
    probe TEXT,
    at TEXT NOT NULL,
    text TEXT,
    FOREIGN KEY (interview_id, question) REFERENCES answer (interview_id, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_answer ON note (interview_id, question, id);
CREATE TABLE asked (
    interview_id TEXT NOT NULL,
    question TEXT NOT NULL,
    probe TEXT NOT NULL,
    text TEXT NOT NULL,
    elicits TEXT NOT NULL,
    at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('new_detail', 'nothing_new', 'no_answer')),
    taken_back INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (interview_id, question, probe),
    FOREIGN KEY (interview_id, question) REFERENCES answer (interview_id, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE tick (
    interview_id TEXT NOT NULL,
    question TEXT NOT NULL,
    element TEXT NOT NULL,
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    PRIMARY KEY (interview_id, question, element),
    FOREIGN KEY (interview_id, question) REFERENCES answer (interview_id, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE amendment (
    id TEXT PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interview (id),
    question TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('rating', 'note', 'recommendation')),
    value TEXT,
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    interviewer TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX amendment_answer ON amendment (interview_id, question, what, at, id);
CREATE TABLE trail (
    seq INTEGER PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interview (id),
    question TEXT NOT NULL,
    what TEXT NOT NULL,
    item TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    at TEXT NOT NULL,
    takes_back INTEGER REFERENCES trail (seq)
) STRICT;
CREATE INDEX trail_interview ON trail (interview_id, seq);
CREATE TRIGGER trail_is_not_changed BEFORE UPDATE ON trail
BEGIN SELECT RAISE(ABORT, 'the trail is only ever added to'); END;
CREATE TRIGGER amendment_is_not_changed BEFORE UPDATE ON amendment
BEGIN SELECT RAISE(ABORT, 'an amendment is never changed, only followed by another'); END;
"""

# While a candidate's id stands in `erasure_under_way`, the triggers let that candidate's rows be
# deleted: children first, then the interview. `told` is what users were told once.
_OPEN = (
    "CREATE TABLE erasure_under_way (candidate_id TEXT PRIMARY KEY) STRICT",
    "CREATE TABLE told (what TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT",
    "ALTER TABLE trail ADD COLUMN account TEXT",
    "ALTER TABLE trail ADD COLUMN link TEXT",
    "DROP TRIGGER trail_is_not_changed",
    "DROP TRIGGER amendment_is_not_changed",
)
# `cues` and `speakers` are JSON. Nothing refers to a transcript and nothing seals it, so that it
# can go at any time; an erasure takes it as it takes every row that bears an interview's id.
_TRANSCRIPTS = """
CREATE TABLE transcript (
    interview_id TEXT PRIMARY KEY REFERENCES interview (id),
    file_name TEXT NOT NULL,
    cues TEXT NOT NULL,
    consent_by TEXT NOT NULL CHECK (trim(consent_by) <> ''),
    consent_day TEXT NOT NULL CHECK (consent_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    speakers TEXT NOT NULL DEFAULT '{}',
    hand_offset REAL
) STRICT;
"""
# A decision goes only with its candidate: while the candidate's id stands in `erasure_under_way`.
_DECISIONS = """
CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    role_id TEXT NOT NULL REFERENCES role (id),
    candidate_id TEXT NOT NULL REFERENCES candidate (id),
    course TEXT NOT NULL CHECK (course IN ('hire', 'do_not_hire', 'another_round', 'hold')),
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    next_steps TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL CHECK (trim(by) <> ''),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_candidate ON decision (candidate_id, role_id, at, id);
CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is never changed, only followed by another'); END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
WHEN OLD.candidate_id NOT IN (SELECT candidate_id FROM erasure_under_way)
BEGIN SELECT RAISE(ABORT, 'a decision is never taken away, only followed by another'); END;
"""
