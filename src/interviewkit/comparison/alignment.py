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
        positions = {key: at for at, key in enumerate(sorted(names))}
        self.names = tuple(names[key] for key in sorted(names))
        self.person = {
            name: positions[normalize_name(name)] for name in {c.interviewer for c in ratings.cards}
        }
        self.competency = {item.id: at for at, item in enumerate(competencies)}
        self.banks = {used.bank_sha256: used.bank for used in ratings.kits}
        self._groups: dict[Layout, list[list[int]]] = {}
        self._keys: dict[tuple[str, Layout], list[Key]] = {}

    def groups(self, card: Card) -> list[list[int]]:
        """For each competency the places of its answers on a scorecard."""
        groups = self._groups.get(card.questions)
        if groups is None:
            groups = self._groups[card.questions] = [[] for _ in self.competency]
            for at, (_, competency) in enumerate(card.questions):
                groups[self.competency[competency]].append(at)
        return groups

    def keys(self, card: Card) -> list[Key]:
        """The key of each answer of a scorecard."""
        keys = self._keys.get((card.bank_sha256, card.questions))
        if keys is None:
            keys = self._keys[card.bank_sha256, card.questions] = [
                (card.bank_sha256, question, self.competency[competency])
                for question, competency in card.questions
            ]
        return keys


def align(cards: Sequence[Card], index: Index) -> AlignedCards:
    """Lay one candidate's scorecards side by side, whatever order they come in."""
    ordered = sorted(cards, key=lambda card: (index.person[card.interviewer], card.id))
    panel = tuple(dict.fromkeys([index.person[card.interviewer] for card in ordered]))
    names = tuple([index.names[person] for person in panel])
    sample = ordered[0]
    if len(panel) == len(ordered) and len({card.questions for card in ordered}) == 1:
        answers = [
            answer_stats(column) for column in zip(*[c.ratings for c in ordered], strict=True)
        ]
        if len({card.bank_sha256 for card in ordered}) == 1:
            named: Mapping[Key, AnswerStats] = dict(zip(index.keys(sample), answers, strict=True))
        else:
            named = _pooled_answers(ordered, panel, index)
        scored, cells = _competency_scores(ordered, names, answers, index)
    else:
        named = _pooled_answers(ordered, panel, index)
        scored, cells = _pooled_scores(ordered, panel, names, index)
    return AlignedCards(tuple(ordered), panel, names, named, tuple(scored), tuple(cells))


def _competency_scores(
    cards: Sequence[Card], names: Sequence[str], answers: Sequence[AnswerStats], index: Index
) -> tuple[list[Scores], list[Cell]]:
    """Where everybody was asked the same once, which is nearly always: along the answers."""
    width, size = len(answers), len(cards)
    probed = b"".join([card.probed for card in cards])
    brought = b"".join([card.new_detail for card in cards])
    pending = b"".join([card.not_noted for card in cards])
    scored, cells = [], []
    for positions in index.groups(cards[0]):
        asked = new = unnoted = without = 0
        for at in positions:
            probes, details = probed[at::width], brought[at::width]
            waiting = pending[at::width]
            if answers[at].scores.n < size:  # only what was asked in rated answers counts
                rated = answers[at].scores.numbers
                probes = bytes([n for n, r in zip(probes, rated, strict=True) if r])
                details = bytes([n for n, r in zip(details, rated, strict=True) if r])
                waiting = bytes([n for n, r in zip(waiting, rated, strict=True) if r])
            asked += sum(probes)
            new += sum(details)
            unnoted += sum(waiting)
            without += probes.count(0)
        if len(positions) == 1:
            joined = answers[positions[0]].scores
            ratings = joined.n
        else:
            joined, ratings = _join_answers([answers[at].scores for at in positions], size)
        scored.append(joined)
        probes_asked = ProbeCounts(asked, new, unnoted)
        cells.append(_make_cell(names, joined, ratings, probes_asked, without))
    return scored, cells


def _join_answers(answers: Sequence[Scores], size: int) -> tuple[Scores, int]:
    sums, counts = [0] * size, [0] * size
    for answer in answers:
        for at, score in enumerate(answer.exact):
            if score:
                sums[at] += score[0]
                counts[at] += 1
    return _scores(sums, counts), sum(counts)


def _scores(sums: Sequence[int], counts: Sequence[int]) -> Scores:
    return scores(tuple([(sum_, n) if n else None for sum_, n in zip(sums, counts, strict=True)]))


def _make_cell(
    names: Sequence[str], row: Scores, ratings: int, probes: ProbeCounts, not_probed: int
) -> Cell:
    return Cell(row.center, row.n, ratings, *probes, not_probed, by_name(names, row))


def by_name(names: Sequence[str], row: Scores) -> Mapping[str, float]:
    """The scores there are, by the names of the panel."""
    pairs = zip(names, row.numbers, strict=True)
    return (
        dict(pairs) if row.n == len(names) else {name: number for name, number in pairs if number}
    )


def _pooled_scores(
    cards: Sequence[Card], panel: Sequence[int], names: Sequence[str], index: Index
) -> tuple[list[Scores], list[Cell]]:
    """The same where an interviewer has two scorecards, or kits differ."""
    position = {person: at for at, person in enumerate(panel)}
    scored, cells = [], []
    for competency in range(len(index.competency)):
        sums, counts = [0] * len(panel), [0] * len(panel)
        asked = new = unnoted = without = 0
        for card in cards:
            person = position[index.person[card.interviewer]]
            for at in index.groups(card)[competency]:
                if rating := card.ratings[at]:
                    sums[person] += rating
                    counts[person] += 1
                    asked += card.probed[at]
                    new += card.new_detail[at]
                    unnoted += card.not_noted[at]
                    without += not card.probed[at]
        row = _scores(sums, counts)
        scored.append(row)
        probes = ProbeCounts(asked, new, unnoted)
        cells.append(_make_cell(names, row, sum(counts), probes, without))
    return scored, cells


def _pooled_answers(
    cards: Sequence[Card], panel: Sequence[int], index: Index
) -> Mapping[Key, AnswerStats]:
    texts: dict[tuple[str, str], Key] = {}
    by_answer: dict[tuple[str, str], dict[int, list[int]]] = {}
    for card in sorted(cards, key=lambda card: (card.bank_sha256, card.id)):
        person, bank = index.person[card.interviewer], index.banks[card.bank_sha256].id
        for key, rating in zip(index.keys(card), card.ratings, strict=True):
            texts.setdefault((bank, key[1]), key)
            if rating:
                by_answer.setdefault((bank, key[1]), {}).setdefault(person, []).append(rating)
    return {
        texts[answer]: answer_stats(tuple([_mean_of(by.get(person, ())) for person in panel]))
        for answer, by in sorted(by_answer.items())
    }


def _mean_of(ratings: Sequence[int]) -> Value:
    """The mean of what one interviewer gave one answer, on two scorecards perhaps; 0 for none."""
    if not ratings:
        return 0
    value = Fraction(sum(ratings), len(ratings))
    return value.numerator if value.denominator == 1 else value
