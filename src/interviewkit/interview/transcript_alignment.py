"""The lines of a transcript under the questions of the interview.

    interview   0 s ─ opening ─┬─ broken-promise ──────────┬─ unspoken-need ─────────
    recording        0 s ──────┴───────────────────────────┴─────────────────────────
                └ offset ┘ the recording starts so many seconds after the interview

When a question was on screen is known from the log; where its words stand in the recording is found
(:mod:`interviewkit.interview.question_matches`). Each question that is found in both gives a
difference of the two clocks, and the offset is the median of those that agree. Then each boundary
moves to the words of its question, where they are close by.

Without a log of visits the words of the questions part the transcript, in the order in which their
first notes were written, and first notes stand in for questions that are not found. Without times
in the transcript the words of the questions are all there is.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from interviewkit.interview.documents import Visit
from interviewkit.interview.question_matches import QuestionMatch, find_questions
from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.records import Answer
from interviewkit.interview.transcript import Cue

_ASK_LAG = 2.0  # seconds from the page to its question's first word
_NOTE_LAG = 20.0  # seconds from that to the first note, where one is written early
_AGREE = 15.0  # seconds by which differences of the clocks may disagree
_LEAST_QUESTIONS = 3  # that have to agree
_SURE = 0.75  # the share of its words by which a question is surely found; two such are enough
_SNAP = 30.0  # seconds that a boundary of the log may move to the words of its question
Matches = Mapping[str, Sequence[QuestionMatch]]


class Basis(StrEnum):
    """What the offset of a transcript rests on."""

    QUESTIONS = "questions"  # the words of the questions
    HAND = "hand"
    START = "start"  # nothing found: the recording is taken to start with the interview
    NO_TIMES = "no times"


class Stay(NamedTuple):
    """A question or page from ``start`` on, in seconds after the start of the interview."""

    question: str
    start: float


class Stays(NamedTuple):
    """Where the interview stood when; ``is_logged``: by the log, else by its notes and probes."""

    stays: tuple[Stay, ...]
    is_logged: bool


class Alignment(NamedTuple):
    """``questions`` has the question or page of each cue, "" where that is open.

    ``matched`` questions agree on the ``offset``; it is 0 where nothing is known.
    """

    questions: tuple[str, ...]
    offset: float
    basis: Basis
    matched: int


def stays_of_visits(visits: Sequence[Visit], started_at: str) -> Stays:
    """The way through the interview by its log."""
    return Stays(
        tuple(Stay(visit.question, _seconds(visit.start, started_at)) for visit in visits), True
    )


def stays_of_notes(answers: Sequence[Answer], started_at: str) -> Stays:
    """When the first note on each question was written, or its first probe asked."""
    stays = []
    for answer in answers:
        moments = [note.at for note in answer.notes] + [probe.at for probe in answer.probes]
        if moments:
            stays.append(Stay(answer.question, _seconds(min(moments), started_at)))
    return Stays(tuple(sorted(stays, key=lambda stay: stay.start)), False)


def align_transcript(
    cues: Sequence[Cue], asks: Mapping[str, str], stays: Stays, offset: float | None = None
) -> Alignment:
    """Each cue under its question; ``offset`` in seconds where it was set by hand."""
    matches = find_questions(cues, asks)
    times = _times(cues)
    if times is None:
        chain = _in_order(list(asks), matches)
        starts = [Stay(question, match.cue) for question, match in chain.items()]
        questions = _questions_at([float(at) for at in range(len(cues))], starts, "")
        return Alignment(questions, 0.0, Basis.NO_TIMES, len(chain))
    by_log = stays.is_logged
    differences = (
        _agreeing_differences(stays, matches) if by_log else _note_differences(stays, matches)
    )
    basis = Basis.QUESTIONS if differences else Basis.START
    if offset is not None:
        basis = Basis.HAND
    elif differences:
        offset = _offset(list(differences.values()), is_logged=by_log)
    lag = 0.0 if by_log else _NOTE_LAG
    starts = [Stay(stay.question, stay.start - lag - (offset or 0.0)) for stay in stays.stays]
    if basis is Basis.QUESTIONS:
        starts = (
            _snap_boundaries(starts, matches)
            if by_log
            else _part_boundaries(starts, stays, matches)
        )
    earliest = starts[0].question if starts else ""
    questions = _questions_at(times, starts, earliest)
    return Alignment(questions, offset or 0.0, basis, len(differences))


def _times(cues: Sequence[Cue]) -> list[float] | None:
    """The middle of each cue; one without a time goes with the one before it."""
    if all(cue.start is None for cue in cues):
        return None
    times: list[float] = []
    for cue in cues:
        if cue.start is None:
            times.append(times[-1] if times else 0.0)
        else:
            times.append((cue.start + (cue.start if cue.end is None else cue.end)) / 2)
    return times


def _questions_at(times: Sequence[float], starts: Sequence[Stay], earliest: str) -> tuple[str, ...]:
    """The question of each moment; ``earliest``: that of moments before all of them."""
    begins = [stay.start for stay in starts]
    indices = (bisect_right(begins, time) - 1 for time in times)
    return tuple(starts[at].question if at >= 0 else earliest for at in indices)


def _offset(differences: Sequence[float], *, is_logged: bool) -> float:
    """By the log the middle; by first notes, of which most come late, one of the smallest."""
    if is_logged:
        return round(median(differences), 1)
    return round(sorted(differences)[len(differences) // 4] - _NOTE_LAG, 1)


# By the log


def _agreeing_differences(stays: Stays, matches: Matches) -> dict[str, float]:
    """Question → interview clock minus recording clock, of the questions that agree most.

    Empty where too few do.
    """
    offers = sorted(
        (stay.start + _ASK_LAG - match.time, stay.question, match.share)
        for stay in stays.stays
        for match in matches.get(stay.question, ())
        if match.time is not None
    )
    differences = [difference for difference, *_ in offers]
    best: dict[str, tuple[float, float]] = {}
    for begin, (difference, *_) in enumerate(offers):
        group: dict[str, tuple[float, float]] = {}
        for value, question, share in offers[
            begin : bisect_right(differences, difference + _AGREE)
        ]:
            if share > group.get(question, (0.0, 0.0))[1]:
                group[question] = (value, share)
        if _weight(group) > _weight(best):
            best = group
    sure = sum(share >= _SURE for _, share in best.values())
    is_enough = len(best) >= _LEAST_QUESTIONS or sure >= _LEAST_QUESTIONS - 1
    return {question: value for question, (value, _) in best.items()} if is_enough else {}


def _weight(group: Mapping[str, tuple[float, float]]) -> float:
    return sum(share for _, share in group.values())


def _snap_boundaries(starts: Sequence[Stay], matches: Matches) -> list[Stay]:
    """The boundaries at the words of their question, where these are close by.

    Their order stays: none passes the boundary before it or the one after it.
    """
    snapped: list[Stay] = []
    for at, stay in enumerate(starts):
        floor = snapped[-1].start if snapped else float("-inf")
        ceiling = starts[at + 1].start if at + 1 < len(starts) else float("inf")
        close_times = [
            match.time
            for match in matches.get(stay.question, ())
            if match.time is not None
            and abs(match.time - stay.start) <= _SNAP
            and floor <= match.time <= ceiling
        ]
        start = min(close_times, key=lambda time: abs(time - stay.start), default=stay.start)
        snapped.append(Stay(stay.question, max(floor, start)))
    return snapped


# By notes, and by words alone


def _note_differences(stays: Stays, matches: Matches) -> dict[str, float]:
    """Question → its first note on the interview's clock minus its words on the recording's."""
    chain = _in_order([stay.question for stay in stays.stays], matches)
    times = {question: match.time for question, match in chain.items()}
    differences = {
        stay.question: stay.start - time
        for stay in stays.stays
        if (time := times.get(stay.question)) is not None
    }
    return differences if len(differences) >= _LEAST_QUESTIONS else {}


def _part_boundaries(starts: Sequence[Stay], stays: Stays, matches: Matches) -> list[Stay]:
    """The boundaries at the words of the questions; others stay between their neighbours."""
    chain = _in_order([stay.question for stay in stays.stays], matches)
    parted: list[Stay] = []
    ceilings = [chain[s.question].time if s.question in chain else None for s in starts]
    for at, stay in enumerate(starts):
        ceiling = next((time for time in ceilings[at + 1 :] if time is not None), float("inf"))
        floor = parted[-1].start if parted else float("-inf")
        known = ceilings[at]
        start = min(max(floor, stay.start), ceiling) if known is None else known
        parted.append(Stay(stay.question, start))
    return parted


def _in_order(order: Sequence[str], matches: Matches) -> dict[str, QuestionMatch]:
    """The best-found questions that follow each other as in ``order``: the heaviest such chain."""
    chains: list[tuple[float, list[tuple[str, QuestionMatch]]]] = []
    for question in order:
        offers = []
        for match in matches.get(question, ()):
            earlier = [chain for chain in chains if chain[1][-1][1].cue < match.cue]
            weight, links = max(earlier, key=lambda chain: chain[0], default=(0.0, []))
            offers.append((weight + match.share, [*links, (question, match)]))
        chains += offers
    _, longest = max(chains, key=lambda chain: chain[0], default=(0.0, []))
    return dict(longest)


def _seconds(at: str, started_at: str) -> float:
    return (datetime.fromisoformat(at) - datetime.fromisoformat(started_at)).total_seconds()


tell_kinds_apart(globals())
