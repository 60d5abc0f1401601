"""One candidate's scorecards laid side by side: answer by answer, competency by competency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interviewkit.comparison.alpha import Value
from interviewkit.comparison.answer_ratings import AnswerStats, Scores, answer_stats, scores
from interviewkit.comparison.cards import Card
from interviewkit.comparison.means import Cell
from interviewkit.comparison.ratings import Ratings, spellings
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import ProbeCounts

Layout = tuple[tuple[str, str], ...]
Key = tuple[str, str, int]  # a text of the bank, question, place of the competency


@dataclass(frozen=True, slots=True)
class AlignedCards:
    """``panel`` are places of interviewers, rising; ``names``, ``answers`` and ``scores`` run
    along it. ``scores`` and ``cells`` have one for each competency.
    """

    cards: tuple[Card, ...]
    panel: tuple[int, ...]
    names: tuple[str, ...]
    answers: Mapping[Key, AnswerStats]
    scores: tuple[Scores, ...]
    cells: tuple[Cell, ...]


class Index:
    """Places for interviewers and competencies, and how each layout of questions falls apart."""

    def __init__(self, ratings: Ratings, competencies: Sequence[CompetencyWeight]) -> None:
        names = spellings(ratings.cards)
        places = {key: place for place, key in enumerate(sorted(names))}
        self.names = tuple(names[key] for key in sorted(names))
        self.person = {
            name: places[normalize_name(name)] for name in {c.interviewer for c in ratings.cards}
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


def align(cards: Sequence[Card], index: Index) -> AlignedCards:
    """Lay one candidate's scorecards side by side, whatever order they come in."""
    ordered = sorted(cards, key=lambda card: (index.person[card.interviewer], card.id))
    panel = tuple(dict.fromkeys([index.person[card.interviewer] for card in ordered]))
    names = tuple([index.names[who] for who in panel])
    first = ordered[0]
    if len(panel) == len(ordered) and len({card.questions for card in ordered}) == 1:
        answers = [
            answer_stats(column) for column in zip(*[c.ratings for c in ordered], strict=True)
        ]
        if len({card.bank_sha256 for card in ordered}) == 1:
            named: Mapping[Key, AnswerStats] = dict(zip(index.keys(first), answers, strict=True))
        else:
            named = _pooled_answers(ordered, panel, index)
        scored, cells = _alike(ordered, names, answers, index)
    else:
        named = _pooled_answers(ordered, panel, index)
        scored, cells = _pooled(ordered, panel, names, index)
    return AlignedCards(tuple(ordered), panel, names, named, tuple(scored), tuple(cells))


def _alike(
    cards: Sequence[Card], names: Sequence[str], answers: Sequence[AnswerStats], index: Index
) -> tuple[list[Scores], list[Cell]]:
    """Where everybody was asked the same once, which is nearly always: along the answers."""
    width, size = len(answers), len(cards)
    probed = b"".join([card.probed for card in cards])
    brought = b"".join([card.new_detail for card in cards])
    pending = b"".join([card.not_noted for card in cards])
    scored, cells = [], []
    for places in index.groups(cards[0]):
        asked = new = unnoted = without = 0
        for place in places:
            probes, details = probed[place::width], brought[place::width]
            waiting = pending[place::width]
            if answers[place].scores.n < size:  # only what was asked in rated answers counts
                rated = answers[place].scores.numbers
                probes = bytes([n for n, r in zip(probes, rated, strict=True) if r])
                details = bytes([n for n, r in zip(details, rated, strict=True) if r])
                waiting = bytes([n for n, r in zip(waiting, rated, strict=True) if r])
            asked += sum(probes)
            new += sum(details)
            unnoted += sum(waiting)
            without += probes.count(0)
        if len(places) == 1:
            found = answers[places[0]].scores
            ratings = found.n
        else:
            found, ratings = _joined([answers[place].scores for place in places], size)
        scored.append(found)
        cells.append(_cell(names, found, ratings, ProbeCounts(asked, new, unnoted), without))
    return scored, cells


def _joined(every: Sequence[Scores], size: int) -> tuple[Scores, int]:
    sums, counts = [0] * size, [0] * size
    for one in every:
        for at, score in enumerate(one.exact):
            if score:
                sums[at] += score[0]
                counts[at] += 1
    return _scores(sums, counts), sum(counts)


def _scores(sums: Sequence[int], counts: Sequence[int]) -> Scores:
    return scores(tuple([(sum_, n) if n else None for sum_, n in zip(sums, counts, strict=True)]))


def _cell(
    names: Sequence[str], found: Scores, ratings: int, probes: ProbeCounts, not_probed: int
) -> Cell:
    middle, by = found.mean, by_name(names, found)
    mean = middle[0] / middle[1] if middle else None
    return Cell(mean, found.n, ratings, *probes, not_probed, by)


def by_name(names: Sequence[str], found: Scores) -> Mapping[str, float]:
    """The scores there are, by the names of the panel."""
    each = zip(names, found.numbers, strict=True)
    return dict(each) if found.n == len(names) else {name: one for name, one in each if one}


def _pooled(
    cards: Sequence[Card], panel: Sequence[int], names: Sequence[str], index: Index
) -> tuple[list[Scores], list[Cell]]:
    """The same where an interviewer has two scorecards, or kits differ."""
    at = {who: place for place, who in enumerate(panel)}
    scored, cells = [], []
    for competency in range(len(index.competency)):
        sums, counts = [0] * len(panel), [0] * len(panel)
        asked = new = unnoted = without = 0
        for card in cards:
            who = at[index.person[card.interviewer]]
            for place in index.groups(card)[competency]:
                if rating := card.ratings[place]:
                    sums[who] += rating
                    counts[who] += 1
                    asked += card.probed[place]
                    new += card.new_detail[place]
                    unnoted += card.not_noted[place]
                    without += not card.probed[place]
        found = _scores(sums, counts)
        scored.append(found)
        cells.append(_cell(names, found, sum(counts), ProbeCounts(asked, new, unnoted), without))
    return scored, cells


def _pooled_answers(
    cards: Sequence[Card], panel: Sequence[int], index: Index
) -> Mapping[Key, AnswerStats]:
    texts: dict[tuple[str, str], Key] = {}
    given: dict[tuple[str, str], dict[int, list[int]]] = {}
    for card in sorted(cards, key=lambda card: (card.bank_sha256, card.id)):
        who, bank = index.person[card.interviewer], index.banks[card.bank_sha256].id
        for key, rating in zip(index.keys(card), card.ratings, strict=True):
            texts.setdefault((bank, key[1]), key)
            if rating:
                given.setdefault((bank, key[1]), {}).setdefault(who, []).append(rating)
    return {
        texts[answer]: answer_stats(tuple([_mean_of(by.get(who, ())) for who in panel]))
        for answer, by in sorted(given.items())
    }


def _mean_of(ratings: Sequence[int]) -> Value:
    """The mean of what one interviewer gave one answer, on two scorecards perhaps; 0 for none."""
    if not ratings:
        return 0
    value = Fraction(sum(ratings), len(ratings))
    return value.numerator if value.denominator == 1 else value
