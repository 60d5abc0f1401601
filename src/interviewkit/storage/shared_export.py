"""What an export tells of people, names, merges, settings and plans."""

import sqlite3
from collections.abc import Collection

from interviewkit.interview.people import RecordKind
from interviewkit.interview.plan import PlanState
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.interview.shared_records import (
    Gone,
    OfferedPlan,
    OfferedRecord,
    OfferedSettings,
    SharedRecord,
)
from interviewkit.storage import merges, people


def shared_records(
    connection: sqlite3.Connection, withheld: Collection[str] = ()
) -> list[SharedRecord]:
    """All of it but what speaks of the candidates ``withheld``; a plan entry is always told.

    Candidates of whom nothing goes out are not among them.
    """
    plans = _plans(connection)
    ends = merges.targets(connection, RecordKind.CANDIDATE)
    planned = {plan.candidate for plan in plans}
    candidates = {
        record.id: record
        for record in _offered(connection, RecordKind.CANDIDATE)
        if record.id in planned or ends.get(record.id, record.id) not in withheld
    }
    everybody = [record for kind in _OTHERS for record in _offered(connection, kind)]
    aliases = [
        alias
        for kind in RecordKind
        for alias in merges.aliases(connection, kind)
        if kind is not RecordKind.CANDIDATE or {alias.alias_id, alias.target_id} <= set(candidates)
    ]
    gone = connection.execute("SELECT kind, id, at, why FROM gone ORDER BY at, id")
    return [
        *candidates.values(),
        *everybody,
        *aliases,
        *_settings(connection),
        *plans,
        *(Gone(RecordKind(kind), *rest) for kind, *rest in gone),
    ]


_OTHERS = (RecordKind.ROLE, RecordKind.PERSON)


def _offered(connection: sqlite3.Connection, kind: RecordKind) -> list[OfferedRecord]:
    """Every row of a kind, those merged into others as well, with its own spellings."""
    spellings: dict[str, list[str]] = {}
    for record_id, name in connection.execute(
        "SELECT record_id, name FROM spelling WHERE kind = ? ORDER BY name", (kind,)
    ):
        spellings.setdefault(record_id, []).append(name)
    name, reference = people.COLUMNS[kind]
    return [
        OfferedRecord(kind, key, text, tag, tuple(spellings.get(key, ())), renamed_at)
        for key, text, tag, renamed_at in connection.execute(
            f"SELECT id, {name}, {reference}, renamed_at FROM {kind} ORDER BY {name}, id"  # noqa: S608
        )
    ]


def _settings(connection: sqlite3.Connection) -> list[OfferedSettings]:
    rows = connection.execute(
        "SELECT role_id, version, owner, visibility, place, months, decided, hold, owner_id "
        "FROM role_setting ORDER BY role_id"
    )
    return [
        OfferedSettings(
            role,
            version,
            RoleSettings(owner, Visibility(visibility), place, months, decided, hold),
            owner_id or "",
        )
        for role, version, owner, visibility, place, months, decided, hold, owner_id in rows
    ]


def _plans(connection: sqlite3.Connection) -> list[OfferedPlan]:
    """Entries under the ids they had before any merge, which the merges lead on from."""
    firsts = {
        (kind, row_id): record_id
        for kind, row_id, record_id in connection.execute(
            "SELECT kind, row_id, record_id FROM merged_row WHERE table_name = 'plan'"
        )
    }
    rows = connection.execute(
        "SELECT id, role_id, candidate_id, interviewer_id, bank, kit, state, at, changed_at "
        "FROM plan ORDER BY at, id"
    )
    return [
        OfferedPlan(
            key,
            firsts.get(("role", key), role),
            firsts.get(("candidate", key), candidate),
            firsts.get(("person", key), interviewer),
            bank,
            kit,
            PlanState(state),
            at,
            changed_at,
        )
        for key, role, candidate, interviewer, bank, kit, state, at, changed_at in rows
    ]
