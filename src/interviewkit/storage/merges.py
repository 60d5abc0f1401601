"""Records merged into others, and merges undone: rows move, sealed documents stay as they are.

``merged_row`` keeps the id under which a moved row stood first. What is in force follows from that
id and the aliases in force, so merges may be undone in any order.
"""

import sqlite3
from collections.abc import Sequence

from interviewkit.errors import BlockedError, unknown_name
from interviewkit.interview.people import Alias, RecordKind, normalize_name
from interviewkit.interview.records import Decision
from interviewkit.storage import audit_log

# kind → (table, its key, the column that names the record)
_ROWS = {
    RecordKind.PERSON: (
        ("interview", "id", "interviewer_id"),
        ("role_setting", "role_id", "owner_id"),
        ("plan", "id", "interviewer_id"),
        ("identity", "account", "person_id"),
        ("calibration_set", "id", "trainer_id"),
        ("calibration", "id", "person_id"),
    ),
    RecordKind.ROLE: (
        ("interview", "id", "role_id"),
        ("decision", "id", "role_id"),
        ("plan", "id", "role_id"),
    ),
    RecordKind.CANDIDATE: (
        ("interview", "id", "candidate_id"),
        ("decision", "id", "candidate_id"),
        ("plan", "id", "candidate_id"),
    ),
}


def targets(connection: sqlite3.Connection, kind: RecordKind) -> dict[str, str]:
    """Id of each merged record → id of the record that stands for it, at the end of any chain."""
    direct = dict(
        connection.execute(
            "SELECT alias_id, target_id FROM alias WHERE kind = ? AND undone_at = ''", (kind,)
        ).fetchall()
    )
    ends = {}
    for alias_id, target in direct.items():
        passed = {alias_id}
        while target in direct and target not in passed:  # two machines may have merged in a circle
            passed.add(target)
            target = direct[target]
        if target != alias_id and target not in direct:
            ends[alias_id] = target
    return ends


def aliases(connection: sqlite3.Connection, kind: RecordKind) -> list[Alias]:
    """Every merge of a kind, those undone included, the oldest first."""
    rows = connection.execute(
        "SELECT kind, alias_id, target_id, at, by, undone_at FROM alias WHERE kind = ? "
        "ORDER BY at, alias_id",
        (kind,),
    )
    return [Alias(RecordKind(row[0]), *row[1:]) for row in rows]


def alias_called(
    connection: sqlite3.Connection, kind: RecordKind, text: str, name_column: str
) -> Alias:
    """The merge in force of the record with this id or name; NotFoundError names the merged."""
    active = {alias.alias_id: alias for alias in aliases(connection, kind) if not alias.undone_at}
    names = {
        row[0]: str(row[1])
        for row in connection.execute(f"SELECT id, {name_column} FROM {kind}")  # noqa: S608
        if row[0] in active
    }
    called = [key for key, name in names.items() if normalize_name(name) == normalize_name(text)]
    if text.strip() in active:
        called = [text.strip()]
    if len(called) > 1:
        raise BlockedError(
            f"{len(called)} merged {kind.plural} are called {text!r}: {', '.join(called)}.",
            "Give the id of the one to take apart again.",
        )
    if not called:
        raise unknown_name(
            f"merged {kind}", text, [f"{name} ({key})" for key, name in names.items()]
        )
    return active[called[0]]


def stands_for(
    connection: sqlite3.Connection, kind: RecordKind, in_force: object, *ids: str | None
) -> bool:
    """Whether ``in_force`` is, by the merges in force, the record of one of the ids."""
    if in_force in ids:
        return in_force not in targets(connection, kind)
    ends = targets(connection, kind)
    return in_force in {ends.get(key, key) for key in ids if key}


def first_decision(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """A decision under the role and candidate it was made for, before any merge moved it."""
    firsts = dict(
        connection.execute(
            "SELECT kind, record_id FROM merged_row WHERE table_name = 'decision' AND row_id = ?",
            (decision.id,),
        ).fetchall()
    )
    return decision._replace(
        role=firsts.get("role", decision.role),
        candidate=firsts.get("candidate", decision.candidate),
    )


def merge(connection: sqlite3.Connection, alias: Alias, account: str) -> None:
    """Let the target stand for the alias, inside a transaction; the alias moves its rows.

    BlockedError where that would join two interviews under way into one.
    """
    _refuse_circle(connection, alias)
    connection.execute(
        "INSERT INTO alias (kind, alias_id, target_id, at, by, undone_at) VALUES (?, ?, ?, ?, ?, "
        "'') ON CONFLICT DO UPDATE SET at = excluded.at, by = excluded.by, undone_at = ''",
        (alias.kind, alias.alias_id, alias.target_id, alias.at, alias.by),
    )
    move_rows(connection, alias.kind)
    audit_log.append_record_change(
        connection, alias.kind, alias.alias_id, "merged", None, alias.target_id, alias.at, account
    )


def undo(connection: sqlite3.Connection, alias: Alias, account: str) -> None:
    """Take a merge back, inside a transaction; ``alias.undone_at`` says when."""
    connection.execute(
        "UPDATE alias SET undone_at = ? WHERE kind = ? AND alias_id = ? AND target_id = ?",
        (alias.undone_at, alias.kind, alias.alias_id, alias.target_id),
    )
    move_rows(connection, alias.kind)
    audit_log.append_record_change(
        connection,
        alias.kind,
        alias.alias_id,
        "merged",
        alias.target_id,
        None,
        alias.undone_at,
        account,
    )


def move_rows(connection: sqlite3.Connection, kind: RecordKind) -> None:
    """Put every row under the record that stands for the one it first belonged to.

    BlockedError where two interviews under way would become the same one.
    """
    ends = targets(connection, kind)
    for table, key, column in _ROWS[kind]:
        if ends:
            marks = ", ".join("?" * len(ends))
            connection.execute(
                "INSERT INTO merged_row (kind, table_name, row_id, record_id) "  # noqa: S608
                f"SELECT ?, ?, {key}, {column} FROM {table} "
                f"WHERE {column} IN ({marks}) ON CONFLICT DO NOTHING",
                (kind, table, *ends),
            )
        for row_id, first_id in connection.execute(
            "SELECT row_id, record_id FROM merged_row WHERE kind = ? AND table_name = ?",
            (kind, table),
        ).fetchall():
            _move(connection, (table, key, column), row_id, ends.get(first_id, first_id))
            if first_id not in ends:
                connection.execute(
                    "DELETE FROM merged_row WHERE kind = ? AND table_name = ? AND row_id = ?",
                    (kind, table, row_id),
                )


def _move(
    connection: sqlite3.Connection, columns: tuple[str, str, str], row_id: str, target: str
) -> None:
    table, key, column = columns
    if table == "interview":
        _refuse_twice_under_way(connection, row_id, column, target)
    connection.execute(
        f"UPDATE {table} SET {column} = ? WHERE {key} = ? AND {column} IS NOT ?",  # noqa: S608
        (target, row_id, target),
    )


def _refuse_twice_under_way(
    connection: sqlite3.Connection, interview_id: str, column: str, target: str
) -> None:
    """The records hold one interview under way of the same people, role, bank and kit."""
    if column == "interviewer_id":
        return  # the interviewer's name, which does not change, is what that rule goes by
    fixed = "candidate_id" if column == "role_id" else "role_id"
    row = connection.execute(
        "SELECT o.interviewer, o.started_at FROM interview AS i JOIN interview AS o "  # noqa: S608
        f"ON o.{fixed} = i.{fixed} AND o.interviewer = i.interviewer AND o.bank_id = i.bank_id "
        "AND o.kit = i.kit AND o.id <> i.id "
        f"WHERE i.id = ? AND o.{column} = ? AND i.submitted_at IS NULL AND o.submitted_at IS NULL",
        (interview_id, target),
    ).fetchone()
    if row:
        raise BlockedError(
            f"{row[0]} has an interview under way with both, one of them since {row[1][:10]}.",
            "Submit or discard one of the two first. Nothing was changed.",
        )


def _refuse_circle(connection: sqlite3.Connection, alias: Alias) -> None:
    if targets(connection, alias.kind).get(alias.target_id) == alias.alias_id:
        raise BlockedError(
            "These two are merged the other way round already.", "Nothing was changed."
        )


def hash_of_id(record_id: str) -> str:
    """What stays of an id when its record is erased: its SHA-256 in hexadecimal."""
    import hashlib  # OpenSSL, and a screen that only shows needs none of it

    return hashlib.sha256(record_id.encode()).hexdigest()


def candidate_names(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """Every name under which these candidates stand or stood, each of them one time."""
    names: list[str] = []
    for key in ids:
        for statement in (
            "SELECT name FROM candidate WHERE id = ?",
            "SELECT name FROM spelling WHERE kind = 'candidate' AND record_id = ?",
        ):
            names += [row[0] for row in connection.execute(statement, (key,))]
    return list(dict.fromkeys(names))


def forget_candidate(
    connection: sqlite3.Connection, ids: Sequence[str], at: str, reason: str
) -> None:
    """Inside an erasure's transaction, before the rows go: names and merges of a candidate.

    ``ids`` are the candidate's and those of whom they stand for. What stays is a hash of each id,
    so that an import does not bring the person back.
    """
    for key in ids:
        sealed = connection.execute(
            "SELECT DISTINCT sealed_candidate FROM interview WHERE candidate_id = ? "
            "AND sealed_candidate IS NOT NULL",
            (key,),
        ).fetchall()
        is_shared = connection.execute(_IN_SHARED_ROLE, {"candidate": key}).fetchone()[0]
        connection.executemany(
            "INSERT INTO gone (kind, id_sha256, at, why, shared) VALUES ('candidate', ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET shared = excluded.shared",
            [
                (hash_of_id(record_id), at, reason, is_shared)
                for record_id in {key, *(row[0] for row in sealed)}
            ],
        )
        for statement in _FORGET:
            connection.execute(statement, {"candidate": key})


# The erasure of somebody whom a shared role names goes to the team or the hub, where the user may
# say so: an administrator or recruiter, or the owner of the role.
_IN_SHARED_ROLE = """
SELECT EXISTS (SELECT 1 FROM role_setting AS s JOIN (
    SELECT person_id, is_admin FROM team WHERE left_at = ''
    UNION ALL SELECT person_id, is_recruiter FROM hub_member) AS t
WHERE s.shared = 1 AND (t.is_admin = 1 OR s.owner_id = t.person_id
    OR s.owner = (SELECT name FROM person WHERE id = t.person_id) COLLATE NOCASE)
AND s.role_id IN (SELECT role_id FROM interview WHERE candidate_id = :candidate
    UNION SELECT role_id FROM plan WHERE candidate_id = :candidate))
"""
# In the order in which they must go: rows that were moved are found by their interviews.
_FORGET = (
    "DELETE FROM merged_row WHERE row_id IN (SELECT id FROM interview "
    "WHERE candidate_id = :candidate UNION SELECT id FROM decision "
    "WHERE candidate_id = :candidate UNION SELECT id FROM plan WHERE candidate_id = :candidate)",
    "DELETE FROM merged_row WHERE kind = 'candidate' AND record_id = :candidate",
    "DELETE FROM spelling WHERE kind = 'candidate' AND record_id = :candidate",
    "DELETE FROM alias WHERE kind = 'candidate' AND :candidate IN (alias_id, target_id)",
)
