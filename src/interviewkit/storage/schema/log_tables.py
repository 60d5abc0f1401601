"""Tables and triggers of the audit log and of sealed documents, for the migration that makes them.

Part of migration 6, so never changed once released: a later rule is a later migration.
"""

from interviewkit.storage.schema import triggers

# No reference to other tables: the log goes on speaking of what is gone. The columns that the
# next row needs stand before those that may be long.
TABLES = """
CREATE TABLE records (id TEXT PRIMARY KEY) STRICT;
CREATE TABLE audit_log (
    seq INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    link TEXT NOT NULL,
    salt TEXT,
    subject TEXT,
    subject_id TEXT,
    interview_id TEXT,
    candidate_id TEXT,
    question TEXT,
    what TEXT,
    item TEXT,
    before TEXT,
    after TEXT,
    at TEXT,
    takes_back INTEGER,
    account TEXT
) STRICT;
CREATE TABLE sealed_document (
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('scorecard', 'amendment', 'decision')),
    format INTEGER NOT NULL,
    body BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    origin TEXT,
    received_at TEXT,
    interview_id TEXT REFERENCES interview (id),
    candidate_id TEXT,
    role_id TEXT,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
ALTER TABLE interview ADD COLUMN draft_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE interview ADD COLUMN state_sha256 TEXT NOT NULL DEFAULT '';
"""
INDEXES = """
CREATE INDEX audit_log_interview ON audit_log (interview_id, seq) WHERE interview_id IS NOT NULL;
CREATE INDEX audit_log_candidate ON audit_log (candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX sealed_document_interview ON sealed_document (interview_id);
"""
_EMPTIED = ", ".join(
    f"NEW.{column}"
    for column in (
        *("salt", "subject", "subject_id", "interview_id", "candidate_id", "question", "what"),
        *("item", "before", "after", "at", "takes_back", "account"),
    )
)
_ERASING_LOG = (
    "NEW.seq = OLD.seq AND NEW.digest = OLD.digest AND NEW.link = OLD.link "  # noqa: S608
    f"AND coalesce({_EMPTIED}) IS NULL AND EXISTS (SELECT 1 FROM erasure_under_way AS e "
    "WHERE e.candidate_id = OLD.candidate_id OR OLD.subject = 'role' AND OLD.what = 'hold' "
    "OR e.candidate_id = (SELECT i.candidate_id FROM interview AS i WHERE i.id = OLD.interview_id))"
)
_ERASING = "OLD.candidate_id IN (SELECT candidate_id FROM erasure_under_way)"
_WRITTEN = "EXISTS (SELECT 1 FROM audit_log WHERE interview_id = OLD.{key} AND subject = 'answer')"
_LOG = "the log is only ever added to"
_DOCUMENT = "a sealed document is never changed"
_DECISION = "a decision is never changed, only followed by another"
# Those that ask the trail whether anything was written ask the log from now on.
REPLACED = ("answer_is_not_deleted", "interview_is_not_deleted")
# "REPLACE" deletes without the trigger on DELETE, hence those on INSERT for rows that are there.
TRIGGERS = (
    triggers.trigger("log_is_not_changed", "UPDATE", "audit_log", f"NOT ({_ERASING_LOG})", _LOG),
    triggers.trigger("log_is_not_deleted", "DELETE", "audit_log", "", _LOG),
    triggers.trigger(
        "log_is_not_replaced",
        "INSERT",
        "audit_log",
        "EXISTS (SELECT 1 FROM audit_log WHERE seq = NEW.seq)",
        _LOG,
    ),
    triggers.trigger("document_is_not_changed", "UPDATE", "sealed_document", "", _DOCUMENT),
    triggers.trigger(
        "document_is_not_deleted",
        "DELETE",
        "sealed_document",
        f"NOT coalesce({_ERASING}, 0)",
        _DOCUMENT,
    ),
    triggers.trigger(
        "document_is_not_replaced",
        "INSERT",
        "sealed_document",
        "EXISTS (SELECT 1 FROM sealed_document WHERE kind = NEW.kind AND id = NEW.id)",
        _DOCUMENT,
    ),
    triggers.trigger(
        "decision_is_not_replaced",
        "INSERT",
        "decision",
        "EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)",
        _DECISION,
    ),
    triggers.trigger(
        "answer_is_not_deleted",
        "DELETE",
        "answer",
        f"{_WRITTEN.format(key='interview_id')} AND NOT {triggers.ERASING}",
        triggers.KEPT,
    ),
    triggers.trigger(
        "interview_is_not_deleted",
        "DELETE",
        "interview",
        f"(OLD.seal IS NOT NULL OR {_WRITTEN.format(key='id')}) AND NOT {triggers.ERASING_WHOLE}",
        triggers.KEPT,
    ),
)
