"""What a bank's questions and probes have done over all submitted interviews, for its trainer.

Pure: :func:`question_statistics` takes packed scorecards and what the records count beside them.
Below a least number nothing is said but the number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import atanh, sqrt, tanh

from interviewkit.banks.model import RATINGS, Bank
from interviewkit.comparison.alpha import Unit, estimate_alpha
from interviewkit.comparison.cards import Card
from interviewkit.comparison.estimate import Estimate, too_few
from interviewkit.interview.people import normalize_name

LEAST_RATED = 5  # ratings for a mean, outcomes for a share
LEAST_APART = 10  # candidates, before a question is said not to tell them apart
LITTLE = 0.25  # of probes; a probe that surely brings less than that is said to bring little
_Z = 1.959964  # 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class ProbeUse:
    """How often a probe was asked in submitted interviews, and what it brought.

    ``share`` is new detail over those with an outcome, with its 95 % interval.
    """

    probe: str
    ask: str
    asked: int
    new_detail: int
    nothing_new: int
    no_answer: int
    share: Estimate
    remark: str = ""

    @property
    def not_noted(self) -> int:
        """How often nobody noted what it brought."""
        return self.asked - self.new_detail - self.nothing_new - self.no_answer


@dataclass(frozen=True, slots=True)
class QuestionUse:
    """One question over all submitted interviews.

    ``asked`` counts answers, ``rated`` those with a rating, by ``candidates`` different people.
    ``mean`` and ``spread`` (a standard deviation) are in points; ``at_ends`` is the share of
    ratings at either end of the scale; ``rest`` the correlation of a candidate's mean on this
    question with the mean on all others; ``minutes`` the mean used, ``planned`` what the kits
    plan on average over the times it was asked. All None below five ratings.
    """

    question: str
    competency: str
    ask: str
    asked: int
    rated: int
    candidates: int
    mean: float | None
    spread: float | None
    at_ends: float | None
    rest: Estimate
    agreement: Estimate
    minutes: float | None
    planned: float | None
    probes: tuple[ProbeUse, ...]
    remarks: tuple[str, ...] = ()

    @property
    def new_detail(self) -> float | None:
        """The share of all its probes with an outcome that brought new detail."""
        noted = sum(one.share.n for one in self.probes)
        if noted < LEAST_RATED:
            return None
        return sum(one.new_detail for one in self.probes) / noted


@dataclass(frozen=True, slots=True)
class ProbeCount:
    """What the records hold of one probe: its words when last asked, and its outcomes."""

    question: str
    probe: str
    text: str
    asked: int
    new_detail: int
    nothing_new: int
    no_answer: int


@dataclass(frozen=True, slots=True)
class Used:
    """A bank's submitted interviews: scorecards, seconds by (scorecard, question), probes."""

    cards: tuple[Card, ...]
    seconds: Mapping[tuple[str, str], float]
    probes: tuple[ProbeCount, ...]


@dataclass(slots=True)
class _Answers:
    ratings: list[int] = field(default_factory=list)
    by_candidate: dict[str, list[int]] = field(default_factory=dict)
    by_person: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    planned: list[float] = field(default_factory=list)


def question_statistics(
    bank: Bank, used: Used, scale: Sequence[int] = RATINGS
) -> tuple[QuestionUse, ...]:
    """Every question of the bank in its order; one that was never asked has counts of 0."""
    answers = _gathered(bank, used)
    return tuple(
        _question(bank, question.id, answers, used.probes, scale) for question in bank.questions
    )


def _gathered(bank: Bank, used: Used) -> dict[str, _Answers]:
    planned = {
        (kit.id, entry.question): entry.minutes for kit in bank.kits for entry in kit.questions
    }
    result = {question.id: _Answers() for question in bank.questions}
    for card in used.cards:
        for place, (question, _) in enumerate(card.questions):
            if question not in result or not card.asked[place]:
                continue
            here = result[question]
            here.seconds.append(used.seconds.get((card.id, question), 0.0))
            if (card.kit, question) in planned:
                here.planned.append(planned[card.kit, question])
            if rating := card.ratings[place]:
                who = card.candidate.id
                here.ratings.append(rating)
                here.by_candidate.setdefault(who, []).append(rating)
                panel = here.by_person.setdefault(who, {})
                panel.setdefault(normalize_name(card.interviewer), []).append(rating)
    return result


def _question(
    bank: Bank,
    name: str,
    answers: Mapping[str, _Answers],
    probes: Sequence[ProbeCount],
    scale: Sequence[int],
) -> QuestionUse:
    question, here = bank.question(name), answers[name]
    words = {probe.id: probe.ask for probe in question.probes}
    counted = {one.probe: one for one in probes if one.question == name}
    enough = len(here.ratings) >= LEAST_RATED
    middle = sum(here.ratings) / len(here.ratings) if enough else None
    spread = None
    if middle is not None:
        squares = sum((rating - middle) ** 2 for rating in here.ratings)
        spread = sqrt(squares / (len(here.ratings) - 1))
    ends = sum(rating in (scale[0], scale[-1]) for rating in here.ratings)
    rest = _rest(name, answers)
    timed = [seconds for seconds in here.seconds if seconds > 0]
    return QuestionUse(
        question=name,
        competency=question.competency,
        ask=question.ask,
        asked=len(here.seconds),
        rated=len(here.ratings),
        candidates=len(here.by_candidate),
        mean=middle,
        spread=spread,
        at_ends=ends / len(here.ratings) if enough else None,
        rest=rest,
        agreement=estimate_alpha([_units(panel) for panel in here.by_person.values()]),
        minutes=sum(timed) / len(timed) / 60 if len(timed) >= LEAST_RATED else None,
        planned=sum(here.planned) / len(here.planned) if here.planned else None,
        probes=tuple(
            _probe(key, words.get(key), counted.get(key))
            for key in [*words, *sorted(counted.keys() - words.keys())]
        ),
        remarks=tuple(_remarks(spread, rest, len(here.by_candidate), scale)),
    )


def _units(panel: Mapping[str, Sequence[int]]) -> list[Unit]:
    """One candidate's answer; who rated it twice counts with what was given first."""
    unit = tuple(sorted([ratings[0] for ratings in panel.values()]))
    return [unit] if len(unit) > 1 else []


def _rest(name: str, answers: Mapping[str, _Answers]) -> Estimate:
    """Item-rest correlation over candidates, with Fisher's (1921) interval by atanh."""
    pairs = []
    for who, own in answers[name].by_candidate.items():
        others = [
            sum(there) / len(there)
            for question, one in answers.items()
            if question != name and (there := one.by_candidate.get(who))
        ]
        if others:
            pairs.append((sum(own) / len(own), sum(others) / len(others)))
    n = len(pairs)
    if n < LEAST_APART:
        return too_few(n)
    value = correlation(pairs)
    if value is None:
        return Estimate(None, None, None, n, f"all rated alike (n={n})")
    if abs(value) > 1 - 1e-12:
        return Estimate(value, None, None, n, "no interval")
    reach = _Z / sqrt(n - 3)
    return Estimate(value, tanh(atanh(value) - reach), tanh(atanh(value) + reach), n)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's; None when either side does not vary."""
    n = len(pairs)
    left, right = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    across = sum((x - left) * (y - right) for x, y in pairs)
    own = sum((x - left) ** 2 for x, _ in pairs) * sum((y - right) ** 2 for _, y in pairs)
    if own < 1e-18:
        return None
    return max(-1.0, min(1.0, across / sqrt(own)))


def _probe(probe: str, words: str | None, counted: ProbeCount | None) -> ProbeUse:
    if counted is None:
        return ProbeUse(probe, words or "", 0, 0, 0, 0, too_few(0))
    noted = counted.new_detail + counted.nothing_new + counted.no_answer
    share = wilson(counted.new_detail, noted)
    little = share.high is not None and share.high < LITTLE
    return ProbeUse(
        probe,
        words or counted.text,
        counted.asked,
        counted.new_detail,
        counted.nothing_new,
        counted.no_answer,
        share,
        "seldom brings new detail" if little else "",
    )


def wilson(hits: int, n: int) -> Estimate:
    """A share with Wilson's (1927) 95 % interval, which holds for small numbers too."""
    if n < LEAST_RATED:
        return too_few(n)
    share, square = hits / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = _Z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Estimate(share, max(0.0, middle - reach), min(1.0, middle + reach), n)


def _remarks(
    spread: float | None, rest: Estimate, candidates: int, scale: Sequence[int]
) -> list[str]:
    """What a trainer may want to look into; nothing is said of fewer than ten candidates."""
    if candidates < LEAST_APART or spread is None:
        return []
    said = []
    if spread < (scale[-1] - scale[0]) / 8:
        said.append("hardly tells candidates apart: nearly everybody is rated the same")
    most = rest.value if rest.high is None else rest.high  # without an interval it is ±1 exactly
    if most is not None and most < LITTLE:
        said.append("does not go with the rest: who does well on it does not do better elsewhere")
    return said
