"""Triggers that keep the record honest, whichever program writes to the file.

The trail and the amendments are only added to. A sealed scorecard is only amended. What was
written in an interview goes only by an erasure, for which the candidate's id must stand in
``erasure_under_way``; it is put there and taken out in the same transaction as the deletion.

Part of migration 2, so never changed once released: a later rule is a later migration.
"""

ERASING = (
    "EXISTS (SELECT 1 FROM interview AS i JOIN erasure_under_way AS e "
    "ON e.candidate_id = i.candidate_id WHERE i.id = OLD.interview_id)"
)
ERASING_WHOLE = "EXISTS (SELECT 1 FROM erasure_under_way WHERE candidate_id = OLD.candidate_id)"
_SEALED = "(SELECT seal FROM interview WHERE id = {row}.interview_id) IS NOT NULL"
_WRITTEN = "EXISTS (SELECT 1 FROM trail WHERE interview_id = OLD.{key})"
_UNCHANGED = "a sealed scorecard is never changed, only amended"
KEPT = "what was written in an interview is never deleted, only erased with its candidate"
_TRAIL = "the trail is only ever added to"
_AMENDMENT = "an amendment is never changed, only followed by another"
_BANK = "the text that an interview used is never changed"
_SEALED_COLUMNS = (
    "id, role_id, candidate_id, interviewer, bank_id, bank_sha256, kit, started_at, "
    "recommendation, summary, reason, submitted_at, seal, sealed_role, sealed_candidate"
)


def trigger(name: str, event: str, table: str, condition: str, message: str) -> str:
    """A trigger that refuses ``event`` on ``table`` under the condition ``when``, if any."""
    condition = f"WHEN {condition} " if condition else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _of_a_sealed_scorecard(table: str) -> list[str]:
    """Nothing comes into a sealed scorecard and nothing in it changes."""
    old, new = _SEALED.format(row="OLD"), _SEALED.format(row="NEW")
    return [
        trigger(f"{table}_is_not_added_when_sealed", "INSERT", table, new, _UNCHANGED),
        trigger(
            f"{table}_is_not_changed_when_sealed", "UPDATE", table, f"{old} OR {new}", _UNCHANGED
        ),
    ]


# "REPLACE" deletes without the trigger on DELETE, hence those on INSERT for rows that are there.
STATEMENTS = (
    trigger("trail_is_not_changed", "UPDATE", "trail", "", _TRAIL),
    trigger("trail_is_not_deleted", "DELETE", "trail", f"NOT {ERASING}", _TRAIL),
    trigger(
        "trail_is_not_replaced",
        "INSERT",
        "trail",
        "EXISTS (SELECT 1 FROM trail WHERE seq = NEW.seq)",
        _TRAIL,
    ),
    trigger("amendment_is_not_changed", "UPDATE", "amendment", "", _AMENDMENT),
    trigger("amendment_is_not_deleted", "DELETE", "amendment", f"NOT {ERASING}", _AMENDMENT),
    trigger(
        "amendment_is_not_replaced",
        "INSERT",
        "amendment",
        "EXISTS (SELECT 1 FROM amendment WHERE id = NEW.id)",
        _AMENDMENT,
    ),
    *(
        statement
        for table in ("answer", "note", "asked", "tick")
        for statement in _of_a_sealed_scorecard(table)
    ),
    trigger(
        "answer_is_not_deleted",
        "DELETE",
        "answer",
        f"{_WRITTEN.format(key='interview_id')} AND NOT {ERASING}",
        KEPT,
    ),
    trigger("note_is_not_deleted", "DELETE", "note", f"NOT {ERASING}", KEPT),
    trigger("asked_is_not_deleted", "DELETE", "asked", f"NOT {ERASING}", KEPT),
    trigger(
        "tick_is_not_deleted_when_sealed",
        "DELETE",
        "tick",
        f"{_SEALED.format(row='OLD')} AND NOT {ERASING}",
        _UNCHANGED,
    ),
    trigger(
        "interview_is_not_changed_when_sealed",
        f"UPDATE OF {_SEALED_COLUMNS}",
        "interview",
        "OLD.seal IS NOT NULL",
        _UNCHANGED,
    ),
    trigger(
        "interview_is_not_deleted",
        "DELETE",
        "interview",
        f"(OLD.seal IS NOT NULL OR {_WRITTEN.format(key='id')}) AND NOT {ERASING_WHOLE}",
        KEPT,
    ),
    trigger("bank_is_not_changed", "UPDATE", "bank", "", _BANK),
    trigger(
        "bank_is_not_deleted",
        "DELETE",
        "bank",
        "EXISTS (SELECT 1 FROM interview WHERE bank_sha256 = OLD.sha256)",
        _BANK,
    ),
)
