"""A role's workbook from an open store: what the command and the comparison screen both write.

Knows neither widgets nor the command line; stands here because it joins the store and the
export, which do not know each other.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from interviewkit.comparison.ratings import Card, Choice, Ratings, chosen
from interviewkit.interview.clock import stamp
from interviewkit.interview.records import Answer, Interview, Role
from interviewkit.storage.store import Store


def write_role(
    store: Store,
    role: Role,
    viewer: str,
    path: Path,
    *,
    choice: Choice | None = None,
    weights: Mapping[str, float] | None = None,
    as_of: datetime | None = None,
    anonymous: bool = False,
) -> str:
    """Write what ``viewer`` may see of a role to ``path``; gives what is in it, in words.

    The choice, weights, day and anonymity are those of a comparison, and hold for every sheet.
    Raises InterviewKitError when the file cannot be written; then nothing is left behind.
    """
    from interviewkit.banks.reading import parse_bank
    from interviewkit.comparison.comparing import compare
    from interviewkit.export.files import replacing
    from interviewkit.export.plain import candidates, scorecards
    from interviewkit.export.workbook import write_workbook

    ratings = store.ratings(role, viewer, as_of=as_of, anonymous=anonymous)
    comparison = compare(ratings, choice, weights)
    cards = _cards(store, role, chosen(ratings, choice or Choice()), as_of)
    hashes = {interview.bank_sha256 for interview, _ in cards}
    banks = {sha256: parse_bank(store.bank_text(sha256), sha256) for sha256 in hashes}
    with replacing(path, store.path) as file:
        write_workbook(file, comparison, cards, banks, store.clock.now())
    return f"{candidates(len(comparison.candidates))}, {scorecards(comparison.scorecards)}"


def _cards(
    store: Store, role: Role, ratings: Ratings, as_of: datetime | None
) -> list[tuple[Interview, list[Answer]]]:
    """The scorecards behind the ratings, with the same answers, as they were on that day."""
    counted = {card.id: card for card in ratings.cards}
    found = []
    for interview, answers in store.scorecards(role):
        if interview.id not in counted:
            continue
        card = counted[interview.id]
        there = {question for question, _ in card.questions}
        kept = [one for one in answers if one.competency is None or one.question in there]
        if as_of is not None:
            interview, kept = _as_of(interview, kept, card, stamp(as_of))
        found.append((interview, kept))
    if not ratings.letters:
        return found
    from interviewkit.export.masking import mask, masked_card

    names = {one.id: one.name for one in store.candidates(role)}
    hide = mask({names[key]: letter for key, letter in ratings.letters.items()})
    return [masked_card(*card, ratings.letters[card[0].candidate.id], hide) for card in found]


def _as_of(
    interview: Interview, answers: list[Answer], card: Card, moment: str
) -> tuple[Interview, list[Answer]]:
    """A scorecard without the amendments that came after."""
    earlier = [
        replace(answer, amendments=tuple(one for one in answer.amendments if one.at <= moment))
        for answer in answers
    ]
    if card.recommendation == interview.counts:
        return interview, earlier
    if card.recommendation == interview.recommendation:
        return replace(interview, amended=None, amended_why=""), earlier
    return replace(interview, amended=card.recommendation, amended_why="amended again"), earlier
