"""Sets of written answers and what people gave them, for the migration that makes room for them."""

from interviewkit.storage.schema import triggers

# `content` is the set as it is handed out, as JSON. `answer_key` holds the expert's ratings, and is
# empty everywhere but in the records of the trainer who made the set. `round` is the open one.
TABLES = """
CREATE TABLE calibration_set (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL CHECK (trim(title) <> ''),
    trainer_id TEXT NOT NULL REFERENCES person (id),
    made_at TEXT NOT NULL,
    round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1),
    content TEXT NOT NULL,
    answer_key TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE TABLE calibration (
    id TEXT PRIMARY KEY,
    set_id TEXT NOT NULL REFERENCES calibration_set (id),
    round INTEGER NOT NULL CHECK (round >= 1),
    person_id TEXT NOT NULL REFERENCES person (id),
    started_at TEXT NOT NULL,
    submitted_at TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX calibration_of_set ON calibration (set_id, round, person_id);
CREATE TABLE calibration_rating (
    calibration_id TEXT NOT NULL REFERENCES calibration (id),
    answer TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 7),
    PRIMARY KEY (calibration_id, answer)
) STRICT, WITHOUT ROWID;
"""
_HANDED_IN = "what was handed in is never changed, only removed"
_IS_IN = "(SELECT submitted_at FROM calibration WHERE id = NEW.calibration_id) <> ''"
# People may be merged, so the person of a row may change; nothing else of it does.
TRIGGERS = (
    triggers.trigger(
        "calibration_is_not_changed",
        "UPDATE OF id, set_id, round, started_at, submitted_at",
        "calibration",
        "OLD.submitted_at <> ''",
        _HANDED_IN,
    ),
    triggers.trigger(
        "calibration_rating_is_not_added", "INSERT", "calibration_rating", _IS_IN, _HANDED_IN
    ),
    triggers.trigger(
        "calibration_rating_is_not_changed", "UPDATE", "calibration_rating", _IS_IN, _HANDED_IN
    ),
)
