"""What a bank's questions and probes have done over all submitted interviews, for its trainer.

Pure: :func:`question_statistics` takes packed scorecards and what the records count beside them.
Below a least number nothing is said but the number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import atanh, sqrt, tanh

from interviewkit.banks.model import Bank
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
    plan on average over the times it was asked. All None below five ratings. ``is_gone`` says that
    the question was asked from another text of the bank and is no longer in this one.
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
    is_gone: bool = False

    @property
    def new_detail(self) -> float | None:
        """The share of all its probes with an outcome that brought new detail."""
        noted = sum(probe.share.n for probe in self.probes)
        if noted < LEAST_RATED:
            return None
        return sum(probe.new_detail for probe in self.probes) / noted


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
    """A bank's submitted interviews: scorecards, seconds by (scorecard, question), probes.

    ``banks`` are the texts that the scorecards used, by their hash, the one used last first.
    """

    cards: tuple[Card, ...]
    seconds: Mapping[tuple[str, str], float]
    probes: tuple[ProbeCount, ...]
    banks: Mapping[str, Bank] = field(default_factory=dict)


@dataclass(slots=True)
class _Answers:
    ratings: list[int] = field(default_factory=list)
    by_candidate: dict[str, list[int]] = field(default_factory=dict)
    by_person: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    planned: list[float] = field(default_factory=list)


def question_statistics(bank: Bank, used: Used) -> tuple[QuestionUse, ...]:
    """Every question of the bank in its order; one that was never asked has counts of 0.

    Questions follow that were asked from other texts of the bank and are no longer in this one.
    Scorecards on another scale than ``bank`` count nowhere.
    """
    homes = {question.id: bank for question in bank.questions}
    asked = {question for card in used.cards for question, _ in card.questions}
    for text in used.banks.values():
        homes.update(
            {item.id: text for item in text.questions if item.id in asked and item.id not in homes}
        )
    answers = _collect_answers(homes, bank, used)
    return tuple(
        _question_use(home, name, answers, used.probes, bank.ratings, home is not bank)
        for name, home in homes.items()
    )


def _planned_minutes(bank: Bank) -> dict[tuple[str, str], float]:
    return {(kit.id, entry.question): entry.minutes for kit in bank.kits for entry in kit.questions}


def _collect_answers(homes: Mapping[str, Bank], bank: Bank, used: Used) -> dict[str, _Answers]:
    minutes = {sha256: _planned_minutes(text) for sha256, text in used.banks.items()}
    minutes_now = _planned_minutes(bank)
    result = {question: _Answers() for question in homes}
    for card in used.cards:
        text = used.banks.get(card.bank_sha256)
        if text is not None and text.ratings != bank.ratings:
            continue
        planned = minutes.get(card.bank_sha256, minutes_now)
        for at, (question, _) in enumerate(card.questions):
            if question not in result or not card.asked[at]:
                continue
            record = result[question]
            record.seconds.append(used.seconds.get((card.id, question), 0.0))
            if (card.kit, question) in planned:
                record.planned.append(planned[card.kit, question])
            if rating := card.ratings[at]:
                candidate = card.candidate.id
                record.ratings.append(rating)
                record.by_candidate.setdefault(candidate, []).append(rating)
                panel = record.by_person.setdefault(candidate, {})
                panel.setdefault(normalize_name(card.interviewer), []).append(rating)
    return result


def _question_use(
    bank: Bank,
    name: str,
    answers: Mapping[str, _Answers],
    probes: Sequence[ProbeCount],
    scale: Sequence[int],
    is_gone: bool,
) -> QuestionUse:
    question, record = bank.question(name), answers[name]
    asks = {probe.id: probe.ask for probe in question.probes}
    counted = {count.probe: count for count in probes if count.question == name}
    enough = len(record.ratings) >= LEAST_RATED
    middle = sum(record.ratings) / len(record.ratings) if enough else None
    spread = None
    if middle is not None:
        squares = sum((rating - middle) ** 2 for rating in record.ratings)
        spread = sqrt(squares / (len(record.ratings) - 1))
    ends = sum(rating in (scale[0], scale[-1]) for rating in record.ratings)
    item_rest = _item_rest(name, answers)
    timed = [seconds for seconds in record.seconds if seconds > 0]
    return QuestionUse(
        question=name,
        competency=question.competency,
        ask=question.ask,
        asked=len(record.seconds),
        rated=len(record.ratings),
        candidates=len(record.by_candidate),
        mean=middle,
        spread=spread,
        at_ends=ends / len(record.ratings) if enough else None,
        rest=item_rest,
        agreement=estimate_alpha([_units(panel) for panel in record.by_person.values()]),
        minutes=sum(timed) / len(timed) / 60 if len(timed) >= LEAST_RATED else None,
        planned=sum(record.planned) / len(record.planned) if record.planned else None,
        probes=tuple(
            _probe_use(key, asks.get(key), counted.get(key))
            for key in [*asks, *sorted(counted.keys() - asks.keys())]
        ),
        remarks=tuple(_remarks(spread, item_rest, len(record.by_candidate), scale)),
        is_gone=is_gone,
    )


def _units(panel: Mapping[str, Sequence[int]]) -> list[Unit]:
    """One candidate's answer; who rated it twice counts with what was given first."""
    unit = tuple(sorted([ratings[0] for ratings in panel.values()]))
    return [unit] if len(unit) > 1 else []


def _item_rest(name: str, answers: Mapping[str, _Answers]) -> Estimate:
    """Item-rest correlation over candidates, with Fisher's (1921) interval by atanh."""
    pairs = []
    for candidate, ratings in answers[name].by_candidate.items():
        other_means = [
            sum(other_ratings) / len(other_ratings)
            for question, answer in answers.items()
            if question != name and (other_ratings := answer.by_candidate.get(candidate))
        ]
        if other_means:
            pairs.append((sum(ratings) / len(ratings), sum(other_means) / len(other_means)))
    n = len(pairs)
    if n < LEAST_APART:
        return too_few(n)
    value = correlation(pairs)
    if value is None:
        return Estimate(None, None, None, n, f"all rated the same (n={n})")
    if abs(value) > 1 - 1e-12:
        return Estimate(value, None, None, n, "no interval")
    reach = _Z / sqrt(n - 3)
    return Estimate(value, tanh(atanh(value) - reach), tanh(atanh(value) + reach), n)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's; None when either side does not vary."""
    n = len(pairs)
    mean_x, mean_y = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    across = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    if spread < 1e-18:
        return None
    return max(-1.0, min(1.0, across / sqrt(spread)))


def _probe_use(probe: str, ask: str | None, counted: ProbeCount | None) -> ProbeUse:
    if counted is None:
        return ProbeUse(probe, ask or "", 0, 0, 0, 0, too_few(0))
    noted = counted.new_detail + counted.nothing_new + counted.no_answer
    share = wilson(counted.new_detail, noted)
    little = share.high is not None and share.high < LITTLE
    return ProbeUse(
        probe,
        ask or counted.text,
        counted.asked,
        counted.new_detail,
        counted.nothing_new,
        counted.no_answer,
        share,
        "rarely brings new detail" if little else "",
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
    spread: float | None, item_rest: Estimate, candidates: int, scale: Sequence[int]
) -> list[str]:
    """What a trainer may want to look into; nothing is said of fewer than ten candidates."""
    if candidates < LEAST_APART or spread is None:
        return []
    remarks = []
    if spread < (scale[-1] - scale[0]) / 8:
        remarks.append("hardly distinguishes candidates: nearly everybody is rated the same")
    # Without an interval it is ±1 exactly.
    most = item_rest.value if item_rest.high is None else item_rest.high
    if most is not None and most < LITTLE:
        remarks.append(
            "does not fit the rest: candidates who do well on it do not do better elsewhere"
        )
    return remarks
