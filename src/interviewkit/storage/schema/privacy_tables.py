"""The tables of owners, retention, erasure and search, for the migration that makes them.

Apart from the first tables, because these hang on them by id only: an erasure takes every row that
bears an interview's or a candidate's id, in whatever table it stands.
"""

# `passage` holds what can be searched as it was last read in, `to_read_in` what changed since. The
# triggers only note that something changed: the index is never in the way of a note being saved.
# Without `trail_takes_back` each deleted row of a trail would be looked for in the whole trail.
# `erasure` is all that stays of a person who was erased: when, why and how much, but not whom.
STATEMENTS = """
CREATE TABLE IF NOT EXISTS erasure_under_way (candidate_id TEXT PRIMARY KEY) STRICT;
CREATE INDEX trail_takes_back ON trail (takes_back) WHERE takes_back IS NOT NULL;
CREATE TABLE erasure (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('request', 'retention', 'mistake')),
    interviews INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    cleaned INTEGER NOT NULL DEFAULT 0 CHECK (cleaned IN (0, 1))
) STRICT;
CREATE TABLE role_setting (
    role_id TEXT PRIMARY KEY REFERENCES role (id),
    owner TEXT NOT NULL DEFAULT '',
    visibility TEXT NOT NULL DEFAULT 'after_own' CHECK (visibility IN ('own', 'after_own', 'all')),
    place TEXT NOT NULL DEFAULT '',
    months INTEGER CHECK (months BETWEEN 1 AND 1200),
    decided TEXT NOT NULL DEFAULT '',
    hold TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE role_change (
    seq INTEGER PRIMARY KEY,
    role_id TEXT NOT NULL REFERENCES role (id),
    what TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX role_change_role ON role_change (role_id, seq);
CREATE TRIGGER role_change_is_not_changed BEFORE UPDATE ON role_change
WHEN NOT EXISTS (SELECT 1 FROM erasure_under_way)
BEGIN SELECT RAISE(ABORT, 'the history of a role is only ever added to'); END;
CREATE TRIGGER role_change_is_not_deleted BEFORE DELETE ON role_change
BEGIN SELECT RAISE(ABORT, 'the history of a role is only ever added to'); END;
CREATE TABLE place (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 1200)
) STRICT, WITHOUT ROWID;
CREATE TABLE to_read_in (
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (kind, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    interview_id TEXT REFERENCES interview (id),
    text TEXT NOT NULL,
    UNIQUE (kind, item)
) STRICT;
CREATE INDEX passage_interview ON passage (interview_id);
CREATE VIRTUAL TABLE search USING fts5 (
    text, content = 'passage', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('automerge', 0);
CREATE TRIGGER note_came_in AFTER INSERT ON note WHEN NEW.text IS NOT NULL
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('note', NEW.id); END;
CREATE TRIGGER note_was_changed AFTER UPDATE OF text ON note
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('note', NEW.id); END;
CREATE TRIGGER summary_came_in AFTER INSERT ON interview WHEN NEW.summary || NEW.reason <> ''
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('summary', NEW.id); END;
CREATE TRIGGER summary_was_changed AFTER UPDATE OF summary, reason ON interview
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('summary', NEW.id); END;
CREATE TRIGGER amendment_came_in AFTER INSERT ON amendment
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('amendment', NEW.id); END;
CREATE TRIGGER bank_came_in AFTER INSERT ON bank
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('bank', NEW.sha256); END;
INSERT INTO to_read_in SELECT 'bank', sha256 FROM bank;
INSERT INTO to_read_in SELECT 'summary', id FROM interview WHERE summary || reason <> '';
INSERT INTO to_read_in SELECT 'note', id FROM note WHERE text IS NOT NULL;
INSERT INTO to_read_in SELECT 'amendment', id FROM amendment;
"""
