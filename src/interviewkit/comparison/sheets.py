"""One candidate's scorecards laid side by side: answer by answer, competency by competency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from interviewkit.comparison.alpha import Value
from interviewkit.comparison.cards import Card
from interviewkit.comparison.columns import Column, read
from interviewkit.comparison.kits import Weighed
from interviewkit.comparison.means import Ratio, mean, person
from interviewkit.comparison.ratings import Ratings, spellings

Layout = tuple[tuple[str, str], ...]
Key = tuple[str, str, int]  # a text of the bank, question, place of the competency


class Part(NamedTuple):
    """One competency: scores along the panel, their mean, and counts over the rated answers."""

    row: tuple[Ratio | None, ...]
    mean: Ratio | None
    n: int
    ratings: int
    probed: int
    new_detail: int
    not_probed: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """``panel`` are places of interviewers, rising; ``columns`` and ``parts`` run along it."""

    cards: tuple[Card, ...]
    panel: tuple[int, ...]
    columns: Mapping[Key, Column]
    parts: tuple[Part, ...]


class Index:
    """Places for interviewers and competencies, and how each layout of questions falls apart."""

    def __init__(self, ratings: Ratings, competencies: Sequence[Weighed]) -> None:
        names = spellings(ratings.cards)
        places = {key: place for place, key in enumerate(sorted(names))}
        self.names = tuple(names[key] for key in sorted(names))
        self.person = {
            name: places[person(name)] for name in {c.interviewer for c in ratings.cards}
        }
        self.competency = {item.id: place for place, item in enumerate(competencies)}
        self.banks = {used.bank_sha256: used.bank for used in ratings.kits}
        self._groups: dict[Layout, list[list[int]]] = {}
        self._keys: dict[tuple[str, Layout], list[Key]] = {}

    def groups(self, card: Card) -> list[list[int]]:
        """For each competency the places of its answers on a scorecard."""
        found = self._groups.get(card.questions)
        if found is None:
            found = self._groups[card.questions] = [[] for _ in self.competency]
            for place, (_, competency) in enumerate(card.questions):
                found[self.competency[competency]].append(place)
        return found

    def keys(self, card: Card) -> list[Key]:
        """The key of each answer of a scorecard."""
        found = self._keys.get((card.bank_sha256, card.questions))
        if found is None:
            found = self._keys[card.bank_sha256, card.questions] = [
                (card.bank_sha256, question, self.competency[competency])
                for question, competency in card.questions
            ]
        return found


def sheet_of(cards: Sequence[Card], index: Index) -> Sheet:
    """Lay one candidate's scorecards side by side, whatever order they come in."""
    ordered = sorted(cards, key=lambda card: (index.person[card.interviewer], card.id))
    panel = tuple(dict.fromkeys([index.person[card.interviewer] for card in ordered]))
    first = ordered[0]
    if len(panel) == len(ordered) and len({card.questions for card in ordered}) == 1:
        columns = list(zip(*[card.ratings for card in ordered], strict=True))
        if len({card.bank_sha256 for card in ordered}) == 1:
            named: Mapping[Key, Column] = dict(zip(index.keys(first), columns, strict=True))
        else:
            named = _pooled_columns(ordered, panel, index)
        parts = _parts(ordered, columns, index)
    else:
        named = _pooled_columns(ordered, panel, index)
        parts = _pooled_parts(ordered, panel, index)
    return Sheet(tuple(ordered), panel, named, tuple(parts))


def _parts(cards: Sequence[Card], columns: Sequence[tuple[int, ...]], index: Index) -> list[Part]:
    """Where everybody was asked the same once, which is nearly always: along the columns."""
    probed = list(zip(*[card.probed for card in cards], strict=True))
    brought = list(zip(*[card.new_detail for card in cards], strict=True))
    parts = []
    for places in index.groups(cards[0]):
        if len(places) == 1:
            here = read(columns[places[0]])
            row, middle, n, ratings = here.row, here.mean, here.n, here.n
        else:
            sums = [0] * len(cards)
            counts = [0] * len(cards)
            for place in places:
                for at, rating in enumerate(columns[place]):
                    if rating:
                        sums[at] += rating
                        counts[at] += 1
            row, middle, n = _row(sums, counts)
            ratings = sum(counts)
        asked = new = without = 0
        for place in places:
            probes, details = probed[place], brought[place]
            if 0 in columns[place]:  # only what was asked in rated answers counts
                probes = tuple([n for n, r in zip(probes, columns[place], strict=True) if r])
                details = tuple([n for n, r in zip(details, columns[place], strict=True) if r])
            asked += sum(probes)
            new += sum(details)
            without += probes.count(0)
        parts.append(Part(row, middle, n, ratings, asked, new, without))
    return parts


def _row(
    sums: Sequence[int], counts: Sequence[int]
) -> tuple[tuple[Ratio | None, ...], Ratio | None, int]:
    row = tuple([(total, n) if n else None for total, n in zip(sums, counts, strict=True)])
    there = [score for score in row if score]
    return row, mean(there) if there else None, len(there)


def _pooled_parts(cards: Sequence[Card], panel: Sequence[int], index: Index) -> list[Part]:
    """The same where an interviewer has two scorecards, or kits differ."""
    at = {who: place for place, who in enumerate(panel)}
    parts = []
    for competency in range(len(index.competency)):
        sums, counts, beside = [0] * len(panel), [0] * len(panel), [0, 0, 0]
        for card in cards:
            who = at[index.person[card.interviewer]]
            for place in index.groups(card)[competency]:
                if rating := card.ratings[place]:
                    sums[who] += rating
                    counts[who] += 1
                    beside[0] += card.probed[place]
                    beside[1] += card.new_detail[place]
                    beside[2] += not card.probed[place]
        row, middle, n = _row(sums, counts)
        asked, new, without = beside
        parts.append(Part(row, middle, n, sum(counts), asked, new, without))
    return parts


def _pooled_columns(
    cards: Sequence[Card], panel: Sequence[int], index: Index
) -> Mapping[Key, Column]:
    texts: dict[tuple[str, str], Key] = {}
    given: dict[tuple[str, str], dict[int, list[int]]] = {}
    for card in sorted(cards, key=lambda card: (card.bank_sha256, card.id)):
        who, bank = index.person[card.interviewer], index.banks[card.bank_sha256].id
        for key, rating in zip(index.keys(card), card.ratings, strict=True):
            texts.setdefault((bank, key[1]), key)
            if rating:
                given.setdefault((bank, key[1]), {}).setdefault(who, []).append(rating)
    return {
        texts[answer]: tuple([_pooled(by.get(who, ())) for who in panel])
        for answer, by in sorted(given.items())
    }


def _pooled(ratings: Sequence[int]) -> Value:
    """The mean of what one interviewer gave one answer, on two scorecards perhaps; 0 for none."""
    if not ratings:
        return 0
    value = Fraction(sum(ratings), len(ratings))
    return value.numerator if value.denominator == 1 else value
