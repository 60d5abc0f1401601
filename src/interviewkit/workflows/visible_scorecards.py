"""A candidate's scorecards with the banks they used, as long as the viewer may see them."""

from interviewkit.banks.model import Bank
from interviewkit.errors import BlockedError
from interviewkit.interview.records import Answer, Candidate, Interview, Role
from interviewkit.storage.store import Store


def cards_and_banks(
    store: Store, role: Role, candidate: Candidate, viewer: str
) -> tuple[list[tuple[Interview, list[Answer]]], dict[str, Bank]]:
    """Scorecards by submission, and banks by hash; BlockedError while they are withheld.

    In a role whose setting shows the viewer only some of them, only those.
    """
    sight = store.sight(viewer)
    every = store.scorecards(role, candidate)
    cards = [card for card in every if card[0].id not in sight.hidden]
    if candidate.id in sight.busy or (every and not cards):
        raise BlockedError(
            f"{candidate.name} is withheld from you.",
            "Submit your own scorecard first; then you see what the role's settings allow.",
        )
    hashes = {interview.bank_sha256 for interview, _ in cards}
    return cards, {sha256: store.bank(sha256) for sha256 in hashes}
