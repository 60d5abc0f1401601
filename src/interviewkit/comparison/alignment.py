"""One candidate's scorecards laid side by side: answer by answer, competency by competency."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import add
from typing import NamedTuple

from interviewkit.comparison.alpha import Value
from interviewkit.comparison.answer_ratings import AnswerStats, Scores, answer_stats, scores
from interviewkit.comparison.cards import Card
from interviewkit.comparison.means import Cell
from interviewkit.comparison.ratings import Ratings, spellings
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.interview.people import normalize_name

Layout = tuple[tuple[str, str], ...]
# Of a cell: ratings, probes asked, with new detail, without an outcome, ratings without a probe.
CellCounts = tuple[int, int, int, int, int]
Key = tuple[str, str, int]  # a text of the bank, question, place of the competency
_BYTE = 256
_IS_RATED = b"\x00" + b"\xff" * 255
_IS_NONE = b"\x01" + bytes(255)


class CandidateCells(Mapping[str, Cell]):
    """A candidate's cell of each competency, by its id; each is made when it is asked for.

    120,000 of them at once would take more room than all that they are made of. ``figures`` are
    the counts of :class:`Cell`, those of one kind after the other along the competencies.
    """

    __slots__ = ("_figures", "_names", "_places", "_rows")

    def __init__(
        self,
        places: Mapping[str, int],
        names: tuple[str, ...],
        rows: tuple[Scores, ...],
        figures: Sequence[int],
    ) -> None:
        self._places = places
        self._names = names
        self._rows = rows
        self._figures = figures

    def __getitem__(self, competency: str) -> Cell:
        at = self._places[competency]
        row = self._rows[at]
        ratings, probed, new, unnoted, without = self._figures[at :: len(self._rows)]
        numbers = row.numbers
        return Cell(row.center, row.n, ratings, probed, new, unnoted, without, self._names, numbers)

    @property
    def panel(self) -> tuple[str, ...]:
        """The interviewers along whom the scores of every cell run."""
        return self._names

    def packed_rows(self) -> Iterator[tuple[Scores, CellCounts]]:
        """What every cell is made of, in the order of the competencies."""
        size, figures = len(self._rows), self._figures
        ratings, probed, new, unnoted, without = [
            figures[kind * size : (kind + 1) * size] for kind in range(5)
        ]
        return zip(
            self._rows, zip(ratings, probed, new, unnoted, without, strict=True), strict=True
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class AlignedCards:
    """``panel`` are places of interviewers, rising; ``names``, and each of ``answers`` and
    ``scores``, run along it. ``scores`` has one for each competency, ``answers`` one for each of
    ``keys``. ``whole`` says that each interviewer has one scorecard and rated every answer,
    ``several`` are the competencies with more than one answer.
    """

    cards: tuple[Card, ...]
    panel: tuple[int, ...]
    names: tuple[str, ...]
    keys: Sequence[Key]
    answers: tuple[AnswerStats, ...]
    scores: tuple[Scores, ...]
    cells: CandidateCells
    whole: bool
    several: Sequence[int]


class LayoutPlan(NamedTuple):
    """How a layout of questions falls apart: for each competency the places of its answers, or
    ``order`` where each has a single one; the key of each answer; the competencies with several.
    """

    groups: list[list[int]]
    order: list[int]
    keys: list[Key]
    several: list[int]


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
        self._cards = ratings.cards  # keeps alive what the ids below are of
        self._plans: dict[tuple[str, Layout], LayoutPlan] = {}
        self._plans_by_id: dict[tuple[str, int], LayoutPlan] = {}

    def plan(self, card: Card) -> LayoutPlan:
        """How the questions of a scorecard fall apart. Looked up by the layout's identity, since
        many cards share it and it is long to hash.
        """
        key = card.bank_sha256, id(card.questions)
        plan = self._plans_by_id.get(key)
        if plan is None:
            plan = self._plans.get((card.bank_sha256, card.questions))
            if plan is None:
                plan = self._plans[card.bank_sha256, card.questions] = self._plan(card)
            self._plans_by_id[key] = plan
        return plan

    def _plan(self, card: Card) -> LayoutPlan:
        groups: list[list[int]] = [[] for _ in self.competency]
        keys = []
        for at, (question, name) in enumerate(card.questions):
            competency = self.competency[name]
            groups[competency].append(at)
            keys.append((card.bank_sha256, question, competency))
        is_single = all(len(positions) == 1 for positions in groups)
        order = [positions[0] for positions in groups] if is_single else []
        return LayoutPlan(groups, order, keys, _several(keys))


def _several(keys: Iterable[Key]) -> list[int]:
    counts = Counter([competency for _, _, competency in keys])
    return sorted([competency for competency, count in counts.items() if count > 1])


def align(cards: Sequence[Card], index: Index) -> AlignedCards:
    """Lay one candidate's scorecards side by side, whatever order they come in."""
    person = index.person
    ordered = sorted(cards, key=lambda card: (person[card.interviewer], card.id))
    panel = tuple(dict.fromkeys([person[card.interviewer] for card in ordered]))
    names = tuple([index.names[at] for at in panel])
    sample = ordered[0]
    layout = sample.questions
    whole = False
    if len(panel) == len(ordered) and (
        len({id(card.questions) for card in ordered}) == 1
        or all(card.questions == layout for card in ordered)
    ):
        plan = index.plan(sample)
        columns = zip(*[card.ratings for card in ordered], strict=True)
        answers = tuple([answer_stats(column) for column in columns])
        rows, figures = _competency_scores(ordered, answers, plan)
        if len({card.bank_sha256 for card in ordered}) == 1:
            keys, several = plan.keys, plan.several
            whole = not any([0 in card.ratings for card in ordered])  # noqa: C419 - faster
        else:
            keys, answers = _pooled_answers(ordered, panel, index)
            several = _several(keys)
    else:
        keys, answers = _pooled_answers(ordered, panel, index)
        several = _several(keys)
        rows, figures = _pooled_scores(ordered, panel, index)
    cells = CandidateCells(index.competency, names, rows, figures)
    return AlignedCards(tuple(ordered), panel, names, keys, answers, rows, cells, whole, several)


def _competency_scores(
    cards: Sequence[Card], answers: Sequence[AnswerStats], plan: LayoutPlan
) -> tuple[tuple[Scores, ...], Sequence[int]]:
    """Where everybody was asked the same once, which is nearly always: along the answers."""
    rows = [answer.scores for answer in answers]
    series = [[row.n for row in rows], *_probe_series(cards)]
    if order := plan.order:
        return tuple([rows[at] for at in order]), _packed(
            [values[at] for values in series for at in order]
        )
    joined = [
        rows[positions[0]]
        if len(positions) == 1
        else _join_answers([rows[at] for at in positions], len(cards))
        for positions in plan.groups
    ]
    return tuple(joined), _packed(
        [sum([values[at] for at in positions]) for values in series for positions in plan.groups]
    )


def _packed(figures: list[int]) -> Sequence[int]:
    """The same in an eighth of the room, where a byte holds each."""
    return bytes(figures) if max(figures, default=0) < _BYTE else tuple(figures)


def _probe_series(cards: Sequence[Card]) -> Sequence[Sequence[int]]:
    """Along the answers, over those that are rated: probes asked, with new detail, without an
    outcome, and the scorecards without any probe.

    The bytes of a scorecard are added up as one long number, as long as no sum exceeds a byte.
    """
    width, total, highest = len(cards[0].ratings), 0, 0
    for card in cards:
        number, most = _rated_probes(
            card.ratings.translate(_IS_RATED), card.probed, card.new_detail, card.not_noted
        )
        total += number
        highest += most
    if highest < _BYTE:
        joined: Sequence[int] = total.to_bytes(4 * width, "big")
    else:
        joined = [0] * (4 * width)
        for card in cards:
            rated = card.ratings.translate(_IS_RATED)
            number, _ = _rated_probes(rated, card.probed, card.new_detail, card.not_noted)
            joined = list(map(add, joined, number.to_bytes(4 * width, "big")))
    return [joined[kind * width : (kind + 1) * width] for kind in range(4)]


@lru_cache(maxsize=1 << 14)
def _rated_probes(
    rated: bytes, probed: bytes, new_detail: bytes, not_noted: bytes
) -> tuple[int, int]:
    """(The four series of a scorecard as one number, the greatest byte); ``rated`` is a mask."""
    series = b"".join([probed, new_detail, not_noted, probed.translate(_IS_NONE)])
    number = int.from_bytes(series, "big") & int.from_bytes(rated * 4, "big")
    return number, max(series, default=0)


def _join_answers(answers: Sequence[Scores], size: int) -> Scores:
    sums, counts = [0] * size, [0] * size
    for answer in answers:
        for at, score in enumerate(answer.exact):
            if score:
                sums[at] += score[0]
                counts[at] += 1
    return _scores(sums, counts)


def _scores(sums: Sequence[int], counts: Sequence[int]) -> Scores:
    return scores(tuple([(sum_, n) if n else None for sum_, n in zip(sums, counts, strict=True)]))


def _pooled_scores(
    cards: Sequence[Card], panel: Sequence[int], index: Index
) -> tuple[tuple[Scores, ...], Sequence[int]]:
    """The same where an interviewer has two scorecards, or kits differ."""
    position = {person: at for at, person in enumerate(panel)}
    rows, figures = [], []
    for competency in range(len(index.competency)):
        sums, counts = [0] * len(panel), [0] * len(panel)
        asked = new = unnoted = without = 0
        for card in cards:
            person = position[index.person[card.interviewer]]
            for at in index.plan(card).groups[competency]:
                if rating := card.ratings[at]:
                    sums[person] += rating
                    counts[person] += 1
                    asked += card.probed[at]
                    new += card.new_detail[at]
                    unnoted += card.not_noted[at]
                    without += not card.probed[at]
        rows.append(_scores(sums, counts))
        figures.append((sum(counts), asked, new, unnoted, without))
    return tuple(rows), _packed([figure for kind in zip(*figures, strict=True) for figure in kind])


def _pooled_answers(
    cards: Sequence[Card], panel: Sequence[int], index: Index
) -> tuple[list[Key], tuple[AnswerStats, ...]]:
    texts: dict[tuple[str, str], Key] = {}
    by_answer: dict[tuple[str, str], dict[int, list[int]]] = {}
    for card in sorted(cards, key=lambda card: (card.bank_sha256, card.id)):
        person, bank = index.person[card.interviewer], index.banks[card.bank_sha256].id
        for key, rating in zip(index.plan(card).keys, card.ratings, strict=True):
            texts.setdefault((bank, key[1]), key)
            if rating:
                by_answer.setdefault((bank, key[1]), {}).setdefault(person, []).append(rating)
    ordered = sorted(by_answer.items())
    stats = [
        answer_stats(tuple([_mean_of(by.get(person, ())) for person in panel])) for _, by in ordered
    ]
    return [texts[answer] for answer, _ in ordered], tuple(stats)


def _mean_of(ratings: Sequence[int]) -> Value:
    """The mean of what one interviewer gave one answer, on two scorecards perhaps; 0 for none."""
    if not ratings:
        return 0
    value = Fraction(sum(ratings), len(ratings))
    return value.numerator if value.denominator == 1 else value
