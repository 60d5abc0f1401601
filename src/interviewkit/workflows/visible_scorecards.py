"""A candidate's scorecards with the banks they used, as long as the viewer may see them."""

from interviewkit.banks.model import Bank
from interviewkit.interview.people import Person
from interviewkit.interview.records import Answer, Candidate, Interview, Role
from interviewkit.storage.store import Store


def cards_and_banks(
    store: Store, role: Role, candidate: Candidate, viewer: Person
) -> tuple[list[tuple[Interview, list[Answer]]], dict[str, Bank]]:
    """Scorecards by submission, and banks by hash; BlockedError while they are withheld.

    In a role whose setting shows the viewer only some of them, only those.
    """
    cards = store.seen_by(viewer).panel_scorecards(role, candidate)
    hashes = {interview.bank_sha256 for interview, _ in cards}
    return cards, {sha256: store.bank(sha256) for sha256 in hashes}
