"""Words as the index reads them, and own follow-ups among them, for the migration that adds both.

What is indexed stays as it is until it is read in again, and only what plain letters cannot write
is: the rest of a million notes reads the same.
"""

# `text` is what the index holds and `original` what was written, where the two differ.
_NOT_PLAIN = "length(CAST(text AS BLOB)) <> length(text)"
_ENTERS = "BEGIN INSERT OR IGNORE INTO to_read_in VALUES ('follow_up', NEW.interview_id); END"
STATEMENTS = (
    "ALTER TABLE passage ADD COLUMN original TEXT",
    f"INSERT OR IGNORE INTO to_read_in SELECT kind, item FROM passage "  # noqa: S608 - constants
    f"WHERE kind <> 'question' AND {_NOT_PLAIN}",
    f"INSERT OR IGNORE INTO to_read_in SELECT 'bank', substr(item, 1, instr(item, '/') - 1) "  # noqa: S608
    f"FROM passage WHERE kind = 'question' AND {_NOT_PLAIN}",
    "CREATE TRIGGER follow_up_came_in AFTER INSERT ON asked "
    f"WHEN NEW.own = 1 AND NEW.taken_back = 0 {_ENTERS}",
    "CREATE TRIGGER follow_up_was_changed AFTER UPDATE OF text, taken_back ON asked "
    f"WHEN NEW.own = 1 {_ENTERS}",
    "INSERT OR IGNORE INTO to_read_in SELECT DISTINCT 'follow_up', interview_id FROM asked "
    "WHERE own = 1",
)
