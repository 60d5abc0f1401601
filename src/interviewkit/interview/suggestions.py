"""Which of the trainer's probes to offer next, each with its reason in plain words.

Owns the order and the wording of reasons. Refuses to score: a suggestion says what was not found in
the notes, never anything about the candidate. The same notes always bring the same offer.

    probe                   elicits              P(missing)   expected     may name
    ?4 What came of it?     result               .98          .98          result         ← first
    ?2 Who could confirm?   people, confirmation .03, .98     .03 + .98/2  confirmation

Confirmation comes late in a story, so it counts half until there is an end; people are half of what
?2 asks for and are there, so ?2 comes after everything of which nothing is known.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.banks.elements import LABELS, Element
from interviewkit.interview.evidence import (
    SURELY_MISSING,
    Evidence,
    State,
    general_word,
    is_particular,
    speakers,
)
from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.word_lists import WordLists

if TYPE_CHECKING:
    from interviewkit.banks.model import Probe, Question

PARTICULAR = "particular-time"
SECOND_EXAMPLE = "@second-example"  # no bank can name a probe so
ENOUGH = 3
OFFERED = 3
# The panel beside the notes is 38 columns wide; a reason shares its line with nothing but a margin.
REASON_WIDTH = 34
# What comes late in a story counts half until it has an end.
LATE = (Element.LEARNING, Element.CONFIRMATION)
LATE_WEIGHT = 0.5
ENDED = 0.5
# Expected gaps closer than this are a tie, which the author's order breaks.
TIE = 0.1

REASK = (Element.SITUATION, Element.TIME)
_COUNTS = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
_NOTHING_MISSING = "Nothing these probes ask for is clearly missing. Rate, or go on."
_NO_PROBES = "This question has no probes. Rate, or go on."
_NO_CASE = (
    "No particular occasion came up. Try another question on this competency, or "
    "/0 for not assessed."
)
_NOT_FOUND = "not found in notes: "
_NO_TIME_FOUND = "no particular time found in notes"


class Suggestion(NamedTuple):
    """A probe and why it comes next. ``number`` is its place in the question, from 1, for good.

    Number 0 is the neutral re-ask, which belongs to no question. ``gaps`` are the elements that
    the reason names, all of them surely missing; of the re-ask they may be none.
    """

    number: int
    probe: str
    ask: str
    elicits: tuple[Element, ...]
    reason: str
    gaps: tuple[Element, ...]


class Offer(NamedTuple):
    """At most three suggestions, the best first, and one calm sentence or none."""

    suggestions: tuple[Suggestion, ...]
    word: str


class _Candidate(NamedTuple):
    """A probe that may be offered; the least of these comes first."""

    is_half_answered: bool
    is_of_others: bool
    rank: int
    number: int
    probe: "Probe"
    gaps: tuple[Element, ...]


def suggest(
    question: "Question",
    evidence: Evidence,
    notes: Sequence[str],
    asked: Collection[str],
    words: WordLists,
    unanswered: Collection[str] = (),
) -> Offer:
    """The probes that may be expected to fill most gaps, each with a gap that is surely there.

    ``asked`` holds the ids of the probes asked to this question, ``unanswered`` those of them that
    brought no answer. After ``ENOUGH`` there are no more suggestions, because a fair interview
    asks everybody two or three.
    """
    if len(asked) >= ENOUGH:
        return Offer((), enough_word(len(asked)))
    if PARTICULAR in unanswered and not is_particular(notes, words):
        return Offer((), _NO_CASE)
    suggestions = []
    if _needs_particular(question, notes, asked, words):
        suggestions.append(_reask(evidence, notes, words))
    suggestions += [
        Suggestion(
            candidate.number,
            candidate.probe.id,
            candidate.probe.ask,
            candidate.probe.elicits,
            *_reason(candidate.gaps, notes, words),
        )
        for candidate in _rank_probes(question, evidence, notes, asked, words)
    ]
    if suggestions:
        return Offer(tuple(suggestions[:OFFERED]), "")
    return Offer((), _NOTHING_MISSING if question.probes else _NO_PROBES)


def enough_word(count: int) -> str:
    """What is said once enough has been asked."""
    count_text = _COUNTS.get(count, str(count))
    return f"{count_text} probes asked. That is enough for a fair picture; rate, or go on."


def _needs_particular(
    question: "Question", notes: Sequence[str], asked: Collection[str], word_lists: WordLists
) -> bool:
    return (
        question.kind == "past_behaviour"
        and PARTICULAR not in asked
        and not is_particular(notes, word_lists)
    )


def _rank_probes(
    question: "Question",
    evidence: Evidence,
    notes: Sequence[str],
    asked: Collection[str],
    word_lists: WordLists,
) -> list[_Candidate]:
    """Own part first where "we" carries the story; what is half answered last."""
    own_part = _only_we(notes, word_lists)
    states, has_ended = evidence.states, evidence.missing[Element.RESULT] < ENDED
    candidates = []
    for position, probe in enumerate(question.probes, start=1):
        elements = tuple(dict.fromkeys(probe.elicits))
        gaps = tuple(e for e in elements if states[e] is State.MISSING)
        if probe.id in asked or not gaps:
            continue
        present = sum(states[e] is State.PRESENT for e in elements)
        expected = sum(
            evidence.missing[e] * (LATE_WEIGHT if e in LATE and not has_ended else 1)
            for e in elements
            if states[e] is not State.ASKED
        )
        candidates.append(
            _Candidate(
                is_half_answered=present * 2 >= len(elements),
                is_of_others=not (own_part and Element.OWN_ACTION in gaps),
                rank=-round(expected / TIE),
                number=position,
                probe=probe,
                gaps=gaps,
            )
        )
    return sorted(candidates, key=lambda candidate: candidate[:4])


def _only_we(notes: Sequence[str], word_lists: WordLists) -> bool:
    we, i_count = speakers(notes, word_lists)
    return we > 0 and not i_count


def _reask(evidence: Evidence, notes: Sequence[str], word_lists: WordLists) -> Suggestion:
    general = general_word(notes, word_lists)
    reason = f"notes say '{general}', no case yet"
    if not general or len(reason) > REASON_WIDTH:
        reason = _NO_TIME_FOUND
    gaps = tuple(e for e in REASK if evidence.missing[e] >= SURELY_MISSING)
    return Suggestion(0, PARTICULAR, word_lists.reask, REASK, reason, gaps)


def _reason(
    gaps: tuple[Element, ...], notes: Sequence[str], word_lists: WordLists
) -> tuple[str, tuple[Element, ...]]:
    """At most ``REASON_WIDTH`` wide, with the gap or two that it names."""
    if gaps[0] is Element.OWN_ACTION and _only_we(notes, word_lists):
        we, _ = speakers(notes, word_lists)
        times = "once" if we == 1 else f"{we} times"
        return f"own part: '{word_lists.we}' {times}, no '{word_lists.own}'", gaps[:1]
    for named in (gaps[:2], gaps[:1]):
        reason = _NOT_FOUND + ", ".join(LABELS[element] for element in named)
        if len(reason) <= REASON_WIDTH:
            break
    return reason, named


tell_kinds_apart(globals())
