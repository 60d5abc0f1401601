"""The plan: entries that say who will interview whom, added and cancelled, never deleted."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from interviewkit.errors import BlockedError, unknown_name
from interviewkit.interview.card import checked_card
from interviewkit.interview.people import Person, RecordKind
from interviewkit.interview.plan import Appointment, PlanEntry, PlanState, ScheduleChange
from interviewkit.interview.records import Candidate, Role
from interviewkit.storage import audit_log
from interviewkit.storage.bank_texts import keep_text
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.named_record_rows import as_person, select_records
from interviewkit.storage.people import Registry

_READ = """
SELECT p.id, p.role_id, role.title, p.candidate_id, candidate.name, candidate.reference,
       p.interviewer_id, p.bank, p.kit, p.state, p.at, p.card, p.starts_at, p.kit_key,
       p.bank_sha256,
       EXISTS (SELECT 1 FROM interview AS i WHERE i.role_id = p.role_id
               AND i.candidate_id = p.candidate_id AND i.interviewer_id = p.interviewer_id
               AND i.submitted_at IS NOT NULL)
FROM plan AS p JOIN role ON role.id = p.role_id JOIN candidate ON candidate.id = p.candidate_id
"""
# The card for this kit before one for any kit, the newest entry first.
_CARD = """
SELECT p.card FROM plan AS p JOIN interview AS i ON i.role_id = p.role_id
    AND i.candidate_id = p.candidate_id AND i.interviewer_id = p.interviewer_id
WHERE i.id = ? AND p.state = 'open' AND p.card <> ''
    AND p.bank IN ('', i.bank_id) AND p.kit IN ('', i.kit)
ORDER BY p.kit = '', p.at DESC, p.id DESC LIMIT 1
"""


class Planning:
    """Reads and changes the plan of interviews."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection
        self._account = database.account
        self._registry = Registry(database)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """What is planned inside is on disk when it ends; none of it when it raises."""
        with self._database.transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One of its own, or that of :meth:`all_or_nothing` around it."""
        if self._connection.in_transaction:
            yield
        else:
            with self._database.transaction():
                yield

    def entries(self, *, cancelled: bool = False) -> list[PlanEntry]:
        """What is planned, the newest last; those cancelled only where they are asked for."""
        return self._read("? OR p.state = 'open'", cancelled)

    def entry(self, entry_id: str) -> PlanEntry:
        """One entry by its id; NotFoundError names those that are open."""
        entries = self._read("p.id = ?", entry_id.strip())
        if not entries:
            raise unknown_name("plan entry", entry_id, [entry.id for entry in self.entries()])
        return entries[0]

    def _read(self, which: str, value: str | bool) -> list[PlanEntry]:
        rows = self._database.rows(f"{_READ} WHERE {which} ORDER BY p.at, p.id", value)
        with self._database.errors_explained():
            records = select_records(self._connection, RecordKind.PERSON)
        people = {record.id: as_person(record) for record in records}
        return [_entry(row, people) for row in rows]

    def add(
        self,
        *,
        role: str,
        candidate: str,
        interviewer: str,
        bank: str = "",
        kit: str = "",
        reference: str = "",
        card: str = "",
        new: Collection[RecordKind] = (),
    ) -> PlanEntry:
        """Plan an interview, or give the open entry for the same people, role, bank and kit.

        Role, candidate and interviewer are ids, references or names; who is not known yet is made.
        ``new`` are kinds of which another of the same name is made. A ``card`` is put to the entry
        as by :meth:`set_card`. AmbiguousNameError where a name could mean several, BlockedError
        where one is empty or the card may not be kept.
        """
        card = checked_card(card)
        for name, text in (("role", role), ("candidate", candidate), ("interviewer", interviewer)):
            if not text.strip():
                raise BlockedError(f"The {name} is missing.", f"Name the {name}.")
        with self._transaction():
            ids = [
                self._registry.ensure(kind, text, tag, is_new=kind in new).id
                for kind, text, tag in (
                    (RecordKind.ROLE, role, ""),
                    (RecordKind.CANDIDATE, candidate, reference),
                    (RecordKind.PERSON, interviewer, ""),
                )
            ]
            entry_id = self._open_entry(*ids, bank, kit)
            if card:
                self._put_text(entry_id, "card", card)
        return self.entry(entry_id)

    def _open_entry(self, *parties: str) -> str:
        """Inside a transaction: the open entry with this role, candidate, interviewer, bank and
        kit, made where there is none; gives its id.
        """
        row = self._connection.execute(
            "SELECT id FROM plan WHERE state = 'open' AND role_id = ? AND candidate_id = ? "
            "AND interviewer_id = ? AND bank = ? AND kit = ?",
            parties,
        ).fetchone()
        if row:
            return str(row[0])
        entry_id, at = self._database.new_id(), self._database.now()
        self._connection.execute(
            "INSERT INTO plan (id, role_id, candidate_id, interviewer_id, bank, kit, at, "
            "changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (entry_id, *parties, at, at),
        )
        log_plan_entry(self._connection, entry_id, None, PlanState.OPEN, at, self._account)
        return entry_id

    def set_card(self, entry: PlanEntry, text: str) -> PlanEntry:
        """Put another card to an entry; an empty one takes it away.

        BlockedError where the entry is cancelled, or the card gives a judgement away.
        """
        card = checked_card(text)
        if entry.state is PlanState.CANCELLED:
            raise BlockedError(
                "This entry is cancelled; nobody will read its card.",
                "Plan the interview again.",
            )
        with self._transaction():
            self._put_text(entry.id, "card", card)
        return self.entry(entry.id)

    def _put_text(self, entry_id: str, column: str, text: str) -> None:
        """Inside a transaction: what a column of the entry holds from now on, logged."""
        (old_text,) = self._connection.execute(
            f"SELECT {column} FROM plan WHERE id = ?",  # noqa: S608
            (entry_id,),
        ).fetchone()
        if text == old_text:
            return
        at = self._database.now()
        self._connection.execute(
            f"UPDATE plan SET {column} = ?, changed_at = ? WHERE id = ?",  # noqa: S608
            (text, at, entry_id),
        )
        log_plan_change(self._connection, entry_id, column, old_text, text, at, self._account)

    def keep_kit(self, entry: PlanEntry, key: str, bank: str, bank_text: tuple[str, str]) -> None:
        """Keep the public key of a file that is written for this entry, "" where it has none.

        A key before it counts no more. The bank's text, as (sha256, text), is kept for the import.
        BlockedError where the entry is cancelled.
        """
        if entry.state is PlanState.CANCELLED:
            raise BlockedError(
                "This entry is cancelled; nobody will hold the interview.",
                "Plan the interview again.",
            )
        with self._transaction():
            keep_text(self._connection, *bank_text, bank)
            self._put_text(entry.id, "kit_key", key)

    def keep_planned_bank(self, entry: PlanEntry, sha256: str, text: str) -> None:
        """Keep the text that the entry's bank has with the owner of a shared role."""
        with self._transaction():
            keep_text(self._connection, sha256, text, entry.bank)
            self._put_text(entry.id, "bank_sha256", sha256)

    def schedule(self, appointment: Appointment) -> list[tuple[PlanEntry, ScheduleChange]]:
        """Plan an appointment with each of its interviewers, or bring what is planned up to date.

        The same appointment again changes nothing, nor does an older state of an invitation. Who
        is an interviewer of it no longer has the entry cancelled. Errors as :meth:`add`.
        """
        known = self._entries_of(appointment.uid)
        if any(sequence > appointment.sequence for _, sequence in known):
            return [(self.entry(entry_id), ScheduleChange.OLDER) for entry_id, _ in known]
        earlier = [self.entry(entry_id) for entry_id, _ in known]
        is_same = all(sequence == appointment.sequence for _, sequence in known)
        if earlier and is_same and all(e.state is PlanState.CANCELLED for e in earlier):
            return [(entry, ScheduleChange.KNOWN) for entry in earlier]  # cancelled by hand
        results = []
        for interviewer in appointment.interviewers:
            before = {entry.id: entry for entry in self.entries()}
            entry = self.add(
                role=appointment.role,
                candidate=appointment.candidate,
                interviewer=interviewer,
                bank=appointment.bank,
                kit=appointment.kit,
                reference=appointment.reference,
            )
            change = ScheduleChange.NEW if entry.id not in before else ScheduleChange.KNOWN
            old_time = before[entry.id].starts_at if entry.id in before else ""
            if change is ScheduleChange.KNOWN and appointment.starts_at not in ("", old_time):
                change = ScheduleChange.MOVED
            self._set_time(entry.id, appointment)
            results.append((self.entry(entry.id), change))
        current = {entry.id for entry, _ in results}
        return results + self._cancel_entries(e for e, _ in known if e not in current)

    def add_candidate(self, name: str, reference: str) -> bool:
        """Make a candidate of whom no interview is planned yet; gives whether they are new."""
        with self._transaction():
            count = len(self._registry.records(RecordKind.CANDIDATE))
            self._registry.ensure(RecordKind.CANDIDATE, name, reference)
            return len(self._registry.records(RecordKind.CANDIDATE)) > count

    def cancel_appointment(self, uid: str, sequence: int) -> list[tuple[PlanEntry, ScheduleChange]]:
        """Cancel what is planned by an invitation; an older state of it changes nothing."""
        known = self._entries_of(uid)
        if any(known_sequence > sequence for _, known_sequence in known):
            return [(self.entry(entry_id), ScheduleChange.OLDER) for entry_id, _ in known]
        with self._transaction():
            self._connection.execute(
                "UPDATE plan SET sequence = ? WHERE uid = ? AND uid <> ''", (sequence, uid)
            )
        return self._cancel_entries(entry_id for entry_id, _ in known)

    def _entries_of(self, uid: str) -> list[tuple[str, int]]:
        """(Id, sequence) of the entries that an invitation made."""
        if not uid:
            return []
        return self._database.rows(
            "SELECT id, sequence FROM plan WHERE uid = ? ORDER BY at, id", uid
        )

    def _set_time(self, entry_id: str, appointment: Appointment) -> None:
        """A table, which has no UID, leaves that of an invitation as it is."""
        values: dict[str, str | int] = {"starts_at": appointment.starts_at}
        if appointment.uid:
            values |= {"uid": appointment.uid, "sequence": appointment.sequence}
        columns = ", ".join(f"{name} = :{name}" for name in values if values[name] != "")
        if not columns:
            return
        with self._transaction():
            (time_before,) = self._connection.execute(
                "SELECT starts_at FROM plan WHERE id = ?", (entry_id,)
            ).fetchone()
            self._connection.execute(
                f"UPDATE plan SET {columns} WHERE id = :id",  # noqa: S608 - constants
                values | {"id": entry_id},
            )
            if appointment.starts_at not in ("", time_before):
                log_plan_change(
                    *(self._connection, entry_id, "starts_at", time_before, appointment.starts_at),
                    *(self._database.now(), self._account),
                )

    def _cancel_entries(self, ids: Iterable[str]) -> list[tuple[PlanEntry, ScheduleChange]]:
        results = []
        for entry_id in ids:
            entry = self.entry(entry_id)
            is_open = entry.state is PlanState.OPEN
            change = ScheduleChange.CANCELLED if is_open else ScheduleChange.KNOWN
            results.append((self.cancel(entry) if is_open else entry, change))
        return results

    def cancel(self, entry: PlanEntry) -> PlanEntry:
        """Cancel an entry; it stays in the plan as cancelled. BlockedError when it is already."""
        if entry.state is PlanState.CANCELLED:
            raise BlockedError("This entry is cancelled already.", "Nothing was changed.")
        with self._transaction():
            at = self._database.now()
            self._connection.execute(
                "UPDATE plan SET state = 'cancelled', changed_at = ? WHERE id = ?", (at, entry.id)
            )
            log_plan_entry(
                self._connection,
                entry.id,
                PlanState.OPEN,
                PlanState.CANCELLED,
                at,
                self._account,
            )
        return self.entry(entry.id)


def log_plan_entry(
    connection: sqlite3.Connection,
    entry_id: str,
    old: PlanState | None,
    new: PlanState,
    at: str,
    account: str,
) -> None:
    """A state of an entry in the audit log, inside a transaction."""
    log_plan_change(connection, entry_id, "state", old and old.value, new.value, at, account)


def log_plan_change(
    connection: sqlite3.Connection,
    entry_id: str,
    field: str,
    old: str | None,
    new: str,
    at: str,
    account: str,
) -> None:
    """A change of an entry in the audit log, inside a transaction.

    ``field`` is "state", "card", "starts_at", "kit_key" or "bank_sha256".
    """
    (candidate_id,) = connection.execute(
        "SELECT candidate_id FROM plan WHERE id = ?", (entry_id,)
    ).fetchone()
    audit_log.append(
        connection,
        subject="plan",
        subject_id=entry_id,
        field=field,
        old=old,
        new=new,
        at=at,
        account=account,
        candidate_id=candidate_id,
    )


def card_of_interview(connection: sqlite3.Connection, interview_id: str) -> str:
    """The card of the open entry that an interview fulfils; "" where there is none."""
    row = connection.execute(_CARD, (interview_id,)).fetchone()
    return str(row[0]) if row else ""


def _entry(row: tuple[str, ...], people: dict[str, Person]) -> PlanEntry:
    entry_id, role, title, candidate, name, reference, person, bank, kit, state, at, *ends = row
    card, starts_at, kit_key, bank_sha256, is_submitted = ends
    return PlanEntry(
        entry_id,
        Role(role, title),
        Candidate(candidate, name, reference),
        people[person],
        bank,
        kit,
        PlanState(state),
        at,
        bool(is_submitted),
        card,
        starts_at,
        kit_key,
        bank_sha256,
    )
