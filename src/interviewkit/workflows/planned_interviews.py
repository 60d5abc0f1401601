"""Interviews that are planned for today or for no day yet, and beginning one with its kit."""

from collections.abc import Iterable

from interviewkit.interview.clock import local
from interviewkit.interview.people import Person, is_same_person
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Standing
from interviewkit.storage.store import Store


def interviews_to_begin(
    store: Store, person: Person, standings: Iterable[Standing]
) -> list[PlanEntry]:
    """The person's own entries of the plan that begin today, by time, then those without a day.

    Those begun are left out. ``standings`` are the interviews that there are; the day is that of
    the machine's time zone.
    """
    begun = {
        (standing.interview.candidate.id, standing.interview.role.id)
        for standing in standings
        if is_same_person(person, standing.interview.interviewer)
        and standing.interview.submitted_at is None
    }
    today = store.clock.now().astimezone().date()
    entries = [
        entry
        for entry in store.planning().entries()
        if not entry.is_submitted
        and (not entry.starts_at or local(entry.starts_at).date() == today)
        and is_same_person(person, entry.interviewer.name, entry.interviewer.id)
        and (entry.candidate.id, entry.role.id) not in begun
    ]
    return sorted(entries, key=lambda entry: (not entry.starts_at, entry.starts_at, entry.id))


def begin_planned(store: Store, entry_id: str, opener: Person) -> tuple[PlanEntry, str | None]:
    """Begin the interview of an entry with its kit: (the entry, the interview's id).

    The id is None where no kit is planned, and then nothing is begun. NotFoundError or BankError
    where the entry, the bank or the kit is no longer there.
    """
    entry = store.planning().entry(entry_id)
    if not (entry.bank and entry.kit):
        return entry, None
    from interviewkit.banks.library import find_bank
    from interviewkit.banks.loader import read_bank
    from interviewkit.interview.pace import interview_pages

    file = read_bank(find_bank(entry.bank).path)
    interview = store.start(
        candidate=entry.candidate.id,
        role=entry.role.id,
        interviewer=entry.interviewer.id,
        bank=file.bank.id,
        bank_text=(file.sha256, file.text),
        kit=entry.kit,
        pages=interview_pages(file.bank, file.bank.kit(entry.kit)),
        opener=opener,
    )
    return entry, interview.id
