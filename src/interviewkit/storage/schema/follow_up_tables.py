"""Own follow-ups, marks, cards and undo steps, for the migration that makes room for them.

The table of amendments is made again, because a check cannot be changed: outcomes can be amended.
"""

from interviewkit.storage.schema import triggers

# `own` is a follow-up in the interviewer's own words. `marked` ties a note to the rating. `card` is
# what an interviewer is to know before the interview. A row of `undo_step` says that the changes
# from one row of the log to another were one for the person who made them; without a row each is.
TABLES = """
ALTER TABLE asked ADD COLUMN own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1));
ALTER TABLE note ADD COLUMN marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1));
ALTER TABLE plan ADD COLUMN card TEXT NOT NULL DEFAULT '';
CREATE TABLE undo_step (
    interview_id TEXT NOT NULL REFERENCES interview (id),
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL CHECK (last_seq > first_seq),
    PRIMARY KEY (interview_id, first_seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE new_amendment (
    id TEXT PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interview (id),
    question TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('rating', 'note', 'recommendation', 'outcome')),
    value TEXT,
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    interviewer TEXT NOT NULL,
    at TEXT NOT NULL,
    probe TEXT NOT NULL DEFAULT '' CHECK ((what = 'outcome') = (probe <> ''))
) STRICT, WITHOUT ROWID;
INSERT INTO new_amendment (id, interview_id, question, what, value, reason, interviewer, at)
    SELECT id, interview_id, question, what, value, reason, interviewer, at FROM amendment;
DROP TABLE amendment;
ALTER TABLE new_amendment RENAME TO amendment;
CREATE INDEX amendment_answer ON amendment (interview_id, question, what, at, id);
CREATE TRIGGER amendment_came_in AFTER INSERT ON amendment
BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('amendment', NEW.id); END;
"""
_AMENDMENT = "an amendment is never changed, only followed by another"
TRIGGERS = (
    triggers.trigger("amendment_is_not_changed", "UPDATE", "amendment", "", _AMENDMENT),
    triggers.trigger(
        "amendment_is_not_deleted", "DELETE", "amendment", f"NOT {triggers.ERASING}", _AMENDMENT
    ),
    triggers.trigger(
        "amendment_is_not_replaced",
        "INSERT",
        "amendment",
        "EXISTS (SELECT 1 FROM amendment WHERE id = NEW.id)",
        _AMENDMENT,
    ),
)
