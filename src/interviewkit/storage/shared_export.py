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
from interviewkit.storage import merges, named_record_rows


def shared_records(
    connection: sqlite3.Connection,
    interviews: Collection[str],
    decided_on: Collection[str] = (),
    withheld: Collection[str] = (),
) -> list[SharedRecord]:
    """What goes with these scorecards, with what is planned and with what was erased.

    Of decisions those on the candidates ``decided_on`` go out; of plans those with the candidates
    ``withheld`` do not.
    """
    plans = offered_plans(connection, withheld)
    ids = _referred_to(connection, interviews, decided_on, plans)
    aliases = []
    for kind in RecordKind:
        for alias in reversed(merges.aliases(connection, kind)):
            if {alias.alias_id, alias.target_id} & ids[kind]:
                ids[kind] |= {alias.alias_id, alias.target_id}
                aliases.append(alias)
    settings = [of for of in offered_settings(connection) if of.role in ids[RecordKind.ROLE]]
    ids[RecordKind.PERSON] |= {of.owner_id for of in settings}
    records = [
        record
        for kind in RecordKind
        for record in offered_records(connection, kind)
        if record.id in ids[kind]
    ]
    gone = connection.execute("SELECT kind, id_sha256, at, why FROM gone ORDER BY at, id_sha256")
    marks = [Gone(RecordKind(kind), *values) for kind, *values in gone]
    return [*records, *aliases, *settings, *plans, *marks]


def _referred_to(
    connection: sqlite3.Connection,
    interviews: Collection[str],
    decided_on: Collection[str],
    plans: Collection[OfferedPlan],
) -> dict[RecordKind, set[str]]:
    """Ids of the roles, candidates and people whom what goes out names."""
    roles = {plan.role for plan in plans}
    candidates = {plan.candidate for plan in plans}
    everybody = {plan.interviewer for plan in plans}
    for key, *parties, person in connection.execute(
        "SELECT id, role_id, sealed_role, candidate_id, sealed_candidate, interviewer_id "
        "FROM interview WHERE submitted_at IS NOT NULL"
    ):
        if key in interviews:
            roles |= set(parties[:2])
            candidates |= set(parties[2:])
            everybody.add(person)
    for role, candidate in connection.execute("SELECT role_id, candidate_id FROM decision"):
        if candidate in decided_on:
            roles.add(role)
            candidates.add(candidate)
    return {
        RecordKind.ROLE: roles,
        RecordKind.CANDIDATE: candidates,
        RecordKind.PERSON: everybody,
    }


def offered_records(connection: sqlite3.Connection, kind: RecordKind) -> list[OfferedRecord]:
    """Every row of a kind, those merged into others as well, with its own spellings."""
    spellings: dict[str, list[str]] = {}
    for record_id, name in connection.execute(
        "SELECT record_id, name FROM spelling WHERE kind = ? ORDER BY name", (kind,)
    ):
        spellings.setdefault(record_id, []).append(name)
    name, reference = named_record_rows.COLUMNS[kind]
    return [
        OfferedRecord(kind, key, text, tag, tuple(spellings.get(key, ())), renamed_at)
        for key, text, tag, renamed_at in connection.execute(
            f"SELECT id, {name}, {reference}, renamed_at FROM {kind} ORDER BY {name}, id"  # noqa: S608
        )
    ]


def offered_settings(connection: sqlite3.Connection) -> list[OfferedSettings]:
    """What is set for each role for which anything is."""
    rows = connection.execute(
        "SELECT role_id, version, owner_id, owner, visibility, place, months, decided, hold, "
        "shared FROM role_setting ORDER BY role_id"
    )
    return [
        OfferedSettings(
            role,
            version,
            RoleSettings(
                owner, Visibility(visibility), place, months, decided, hold, shared=bool(shared)
            ),
            owner_id or "",
        )
        for role, version, owner_id, owner, visibility, place, months, decided, hold, shared in rows
    ]


def offered_plans(
    connection: sqlite3.Connection, withheld: Collection[str] = ()
) -> list[OfferedPlan]:
    """Entries under the ids they had before any merge, which the merges lead on from."""
    firsts = {
        (kind, row_id): record_id
        for kind, row_id, record_id in connection.execute(
            "SELECT kind, row_id, record_id FROM merged_row WHERE table_name = 'plan'"
        )
    }
    rows = connection.execute(
        "SELECT id, role_id, candidate_id, interviewer_id, bank, kit, state, at, changed_at, "
        "card, kit_key, bank_sha256 "
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
            *texts,
        )
        for key, role, candidate, interviewer, bank, kit, state, at, changed_at, *texts in rows
        if candidate not in withheld
    ]
