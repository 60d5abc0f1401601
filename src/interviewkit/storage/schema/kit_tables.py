"""The key of a fillable kit and the signatures made with it, for the migration that makes them."""

from interviewkit.storage.schema import triggers

# `kit_key` is the public half of the key in the last file written for the entry, "" without one.
# `state` is what is known of a signature; it changes when what was not checked is.
TABLES = """
ALTER TABLE plan ADD COLUMN kit_key TEXT NOT NULL DEFAULT '';
CREATE TABLE kit_signature (
    interview_id TEXT PRIMARY KEY REFERENCES interview (id),
    key TEXT NOT NULL,
    signature TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('signed', 'unsigned', 'not checked'))
) STRICT, WITHOUT ROWID;
"""
_FIXED = "a signature is never changed"
TRIGGERS = (
    triggers.trigger(
        "kit_signature_is_not_changed",
        "UPDATE",
        "kit_signature",
        "NEW.interview_id <> OLD.interview_id OR NEW.key <> OLD.key "
        "OR NEW.signature <> OLD.signature",
        _FIXED,
    ),
    triggers.trigger(
        "kit_signature_is_not_deleted",
        "DELETE",
        "kit_signature",
        f"NOT {triggers.ERASING}",
        _FIXED,
    ),
    triggers.trigger(
        "kit_signature_is_not_replaced",
        "INSERT",
        "kit_signature",
        "EXISTS (SELECT 1 FROM kit_signature WHERE interview_id = NEW.interview_id)",
        _FIXED,
    ),
)
