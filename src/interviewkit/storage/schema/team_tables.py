"""The tables of a team that shares roles, for the migration that makes them.

``team`` has a row for each team this file belongs or belonged to. ``outbox`` says of each document
that goes to a target (the team's folder, a hub) whether it is there yet, ``incoming`` what became
of each file or row that came from one. ``authorship`` says who vouches for a scorecard.
"""

STATEMENTS = """
CREATE TABLE team (
    id TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    key TEXT NOT NULL,
    inviter TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    members_list TEXT NOT NULL DEFAULT '',
    is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    joined_at TEXT NOT NULL,
    left_at TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX team_in_force ON team (left_at) WHERE left_at = '';
CREATE TABLE outbox (
    document TEXT NOT NULL,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    candidate_id TEXT,
    queued_at TEXT NOT NULL,
    tried_at TEXT NOT NULL DEFAULT '',
    delivered_at TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (document, target)
) STRICT, WITHOUT ROWID;
CREATE TABLE incoming (
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    candidate_id TEXT,
    state TEXT NOT NULL,
    message TEXT NOT NULL DEFAULT '',
    receivers TEXT NOT NULL DEFAULT '',
    stamp TEXT NOT NULL DEFAULT '',
    noticed_at TEXT NOT NULL,
    PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX incoming_document ON incoming (document);
CREATE TABLE authorship (
    interview_id TEXT PRIMARY KEY REFERENCES interview (id),
    key TEXT NOT NULL DEFAULT '',
    signer TEXT NOT NULL DEFAULT '',
    accepted_by TEXT NOT NULL DEFAULT '',
    accepted_at TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE erasure_notice (
    id_sha256 TEXT NOT NULL,
    member TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('erased', 'held', 'open')),
    at TEXT NOT NULL,
    PRIMARY KEY (id_sha256, member)
) STRICT, WITHOUT ROWID;
ALTER TABLE role_setting ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));
ALTER TABLE gone ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));
"""
# The text that the planned bank has in its owner's library, by hash; "" where that is not known.
PLAN_BANK = "ALTER TABLE plan ADD COLUMN bank_sha256 TEXT NOT NULL DEFAULT ''"
# Who the user is in an organisation's hub; a recruiter reads all of every shared role.
HUB_MEMBER = """
CREATE TABLE hub_member (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    is_recruiter INTEGER NOT NULL CHECK (is_recruiter IN (0, 1))
) STRICT, WITHOUT ROWID
"""
