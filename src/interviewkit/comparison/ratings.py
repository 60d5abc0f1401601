"""What a comparison is made from: the submitted scorecards of one role, packed.

A scorecard's ratings are bytes beside the questions they belong to, not an object an answer:
ten thousand candidates then fit into a few megabytes, and two hundred are counted up again while a
key is held down. Frozen; choosing among them gives another :class:`Ratings`.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from interviewkit.banks.model import RATINGS, Bank
from interviewkit.comparison.cards import Card, KitUsed
from interviewkit.errors import unknown_name
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import Candidate, Role


@dataclass(frozen=True, slots=True)
class Withheld:
    """A candidate whose scorecards the viewer may not see yet, and how many are in."""

    name: str
    scorecards: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a role's scorecards to compare by. Empty means all.

    ``kits`` are ids: the records know no rounds, and a kit is in effect a round. ``interviewers``
    are names in any spelling. With ``comparable`` only answers to questions that every candidate
    was asked, in the same words and with the same anchors, count.
    """

    kits: frozenset[str] = frozenset()
    interviewers: frozenset[str] = frozenset()
    comparable: bool = False


@dataclass(frozen=True, slots=True)
class Ratings:
    """The visible scorecards of a role, and of whom there are more that the viewer may not see.

    ``kits`` cover every card, the first submitted first. ``scale`` are the points a rating may
    have, in order. ``letters``, by candidate id, are there when names were taken out, so that the
    same can be done to the notes. ``not_shown`` says of which candidates the viewer sees only a
    part.
    """

    role: Role
    cards: tuple[Card, ...]
    kits: tuple[KitUsed, ...]
    withheld: tuple[Withheld, ...] = ()
    scale: tuple[int, ...] = RATINGS
    letters: Mapping[str, str] = field(default_factory=dict)
    off_scale: int = 0
    not_shown: tuple[str, ...] = ()

    @property
    def rounds(self) -> Mapping[str, str]:
        """Kit id → its name, for every kit that was used, the first submitted first."""
        return {used.kit: used.content.name for used in self.kits}

    @property
    def interviewers(self) -> tuple[str, ...]:
        """The names of all who submitted, one spelling each, in the order of the alphabet."""
        names = spellings(self.cards)
        return tuple(names[key] for key in sorted(names))

    def kit_called(self, name_or_id: str) -> str:
        """The id of the kit with this id or name; NotFoundError names those there are."""
        for kit, name in self.rounds.items():
            if normalize_name(name_or_id) in (normalize_name(kit), normalize_name(name)):
                return kit
        raise unknown_name("round", name_or_id, self.rounds, self.role.title)


def visible_ratings(
    role: Role, cards: Sequence[Card], kits: Sequence[KitUsed], unseen: Collection[str] = ()
) -> Ratings:
    """A role's ratings without those of the candidates whose ids are ``unseen``: these are only
    named, and leave no trace in any number, weight or warning.

    Ratings on scales of different length cannot be put together, so only the scale that most
    scorecards used (of two as often used, the one first submitted) counts; ``off_scale`` says how
    many scorecards that leaves out.
    """
    visible = [card for card in cards if card.candidate.id not in unseen]
    scales = {used.bank_sha256: used.bank.ratings for used in kits}
    counts = Counter(scales[card.bank_sha256] for card in visible)
    scale = counts.most_common(1)[0][0] if counts else RATINGS
    on_scale = tuple(card for card in visible if scales[card.bank_sha256] == scale)
    hidden: dict[str, list[Card]] = {}
    for card in cards:
        if card.candidate.id in unseen:
            hidden.setdefault(card.candidate.id, []).append(card)
    withheld = [Withheld(group[0].candidate.name, len(group)) for group in hidden.values()]
    withheld.sort(key=lambda item: item.name.casefold())
    left_out = len(visible) - len(on_scale)
    return Ratings(
        role, on_scale, _kits_of(kits, on_scale), tuple(withheld), scale, off_scale=left_out
    )


def apply_choice(ratings: Ratings, choice: Choice) -> Ratings:
    """The ratings that ``choice`` lets through; names are taken as they are, known or not."""
    if choice == Choice():
        return ratings
    people = {normalize_name(name) for name in choice.interviewers}
    cards = [
        card
        for card in ratings.cards
        if (not choice.kits or card.kit in choice.kits)
        and (not people or normalize_name(card.interviewer) in people)
    ]
    if choice.comparable:
        cards = _comparable_cards(cards, ratings.kits)
    return replace(ratings, cards=tuple(cards), kits=_kits_of(ratings.kits, cards))


def anonymous(cards: Sequence[Card]) -> tuple[list[Card], Mapping[str, str]]:
    """The cards with letters for candidates, and candidate id → letter ("Candidate B").

    Letters go by a hash of the candidate's id: not by name, not by when someone was seen, and the
    same for every print as long as the same candidates have scorecards in.
    """
    ids = {card.candidate.id for card in cards}
    order = sorted(ids, key=lambda key: hashlib.sha256(key.encode()).digest())
    names = {key: f"Candidate {letters(at)}" for at, key in enumerate(order)}
    masked = [
        card._replace(candidate=Candidate(names[card.candidate.id], names[card.candidate.id]))
        for card in cards
    ]
    return masked, names


def letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA, as spreadsheets name columns."""
    text = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        text = ascii_uppercase[digit] + text
    return text


def spellings(cards: Iterable[Card]) -> dict[str, str]:
    """Each interviewer's key → one spelling, the same whatever the order of the cards."""
    result: dict[str, str] = {}
    for spelling in {card.interviewer for card in cards}:
        key, name = normalize_name(spelling), spelling.strip()
        result[key] = min(result.get(key, name), name)
    return result


def wording(bank: Bank, question: str) -> tuple[str, str, str, tuple[tuple[int, str], ...]]:
    """What makes two answers comparable: bank, question, its words and its anchors."""
    item = bank.question(question)
    return bank.id, item.id, item.ask, tuple(sorted(bank.anchors(item).items()))


def _kits_of(kits: Iterable[KitUsed], cards: Iterable[Card]) -> tuple[KitUsed, ...]:
    ids = {card.id for card in cards}
    kits_used = (
        replace(
            used, interviews=tuple(interview for interview in used.interviews if interview in ids)
        )
        for used in kits
    )
    return tuple(used for used in kits_used if used.interviews)


def _comparable_cards(cards: Sequence[Card], kits: Sequence[KitUsed]) -> list[Card]:
    """The cards with only the questions that each of their candidates was asked alike."""
    banks = {used.bank_sha256: used.bank for used in kits}
    wordings: dict[tuple[str, str], object] = {}
    asked: dict[str, set[object]] = {}
    for card in cards:
        wordings_asked = asked.setdefault(card.candidate.id, set())
        for (question, _), was_asked in zip(card.questions, card.asked, strict=True):
            key = (card.bank_sha256, question)
            if key not in wordings:
                wordings[key] = wording(banks[card.bank_sha256], question)
            if was_asked:
                wordings_asked.add(wordings[key])
    some = [wordings_asked for wordings_asked in asked.values() if wordings_asked]
    common = set.intersection(*some) if some else set()
    return [
        _keep_answers(
            card, [wordings[card.bank_sha256, question] in common for question, _ in card.questions]
        )
        for card in cards
    ]


def _keep_answers(card: Card, flags: Sequence[bool]) -> Card:
    def series(values: bytes) -> bytes:
        return bytes(value for value, keep in zip(values, flags, strict=True) if keep)

    return card._replace(
        questions=tuple(q for q, keep in zip(card.questions, flags, strict=True) if keep),
        ratings=series(card.ratings),
        asked=series(card.asked),
        probed=series(card.probed),
        new_detail=series(card.new_detail),
        not_noted=series(card.not_noted),
    )
