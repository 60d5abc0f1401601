"""A role's workbook from an open store: what the command and the comparison screen both write.

Knows neither widgets nor the command line; stands here because it joins the store and the
export, which do not know each other.
"""

from pathlib import Path

from interviewkit.interview.records import Role
from interviewkit.storage.store import Store


def write_role(store: Store, role: Role, viewer: str, path: Path) -> str:
    """Write what ``viewer`` may see of a role now to ``path``; gives what is in it, in words.

    Raises InterviewKitError when the file cannot be written; then nothing is left behind.
    """
    from interviewkit.banks.reading import parse_bank
    from interviewkit.export.files import replacing
    from interviewkit.export.plain import candidates, scorecards
    from interviewkit.export.workbook import write_workbook

    comparison = store.comparison(role, viewer)
    hidden = store.sight(viewer).hidden
    shown = {candidate.id for candidate in comparison.candidates}
    cards = [
        card
        for card in store.scorecards(role)
        if card[0].candidate.id in shown and card[0].id not in hidden
    ]
    hashes = {interview.bank_sha256 for interview, _ in cards}
    banks = {sha256: parse_bank(store.bank_text(sha256), sha256) for sha256 in hashes}
    with replacing(path, store.path) as file:
        write_workbook(file, comparison, cards, banks, store.clock.now())
    return f"{candidates(len(comparison.candidates))}, {scorecards(comparison.scorecards)}"
