"""Everything kept of one candidate, as one document: the person's own, to be handed over.

Whole or not at all: anyone who may not see all of it cannot make one. An anonymised pack keeps what
was said and rated and replaces people by labels; ids, seals and names of files, which lead back to
them, are left out of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from interviewkit.interview.name_detection import replace_names
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Amendment, Answer, Candidate, Decision, Interview
from interviewkit.interview.retention import RetentionClock, RoleClock
from interviewkit.interview.transcript import Transcript

Document = Mapping[str, object]
# What a history tells; how a scorecard was sealed or came in is elsewhere in the pack.
CHANGED = (
    *("note", "mark", "asked", "follow_up", "outcome"),
    *("rating", "skip", "tick", "recommendation"),
)
CANDIDATE, SOMEBODY = "the candidate", "[somebody]"
# What would lead back to a person, whatever its text; "file" is how somebody named a recording.
_IDS = frozenset({"id", "scorecard", "sha256", "interview", "account", "link", "item", "file"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an interview's history: what was there before and after, as JSON."""

    question: str
    what: str
    before: str
    after: str
    at: str


@dataclass(frozen=True, slots=True)
class Part:
    """One interview with all that hangs on it.

    ``asks`` gives the words of its questions, ``language`` the one they are in, ``top`` the highest
    rating there is.
    ``amendments`` are those of the recommendation; those of an answer stand with it.
    """

    interview: Interview
    answers: Sequence[Answer]
    amendments: Sequence[Amendment]
    history: Sequence[Entry]
    asks: Mapping[str, str]
    language: str
    top: int
    transcript: Transcript | None = None


def pack(
    candidate: Candidate,
    made_at: str,
    clock: RetentionClock,
    parts: Iterable[Part],
    decisions: Iterable[tuple[str, Decision]] = (),
    plans: Iterable[PlanEntry] = (),
) -> dict[str, object]:
    """The document; dates and moments as text, ratings of null are "not assessed".

    ``decisions`` stand with the title of their role. Of ``plans`` the cards are in it.
    """
    return {
        "type": "candidate_pack",
        "candidate": {"id": candidate.id, "name": candidate.name},
        "made_at": made_at,
        "kept": clock.words,
        "retention": [_retention(role_clock) for role_clock in clock.roles],
        "interviews": [_part(interview_part) for interview_part in parts],
        "decisions": [_decision(role, decision) for role, decision in decisions],
        "cards": [_card(entry) for entry in plans if entry.card],
    }


def anonymise_pack(document: Document, names: Mapping[str, str]) -> dict[str, object]:
    """The pack with every name of ``names`` as its label, without ids, seals and names of files."""
    result = _without_people(document, names)
    assert isinstance(result, dict)  # noqa: S101 - as the document is, and for the type checker
    return result


def labels(
    candidate: Candidate, parts: Iterable[Part], other_names: Iterable[str]
) -> dict[str, str]:
    """Name → label: the candidate, each interviewer a letter, everybody else nobody.

    ``other_names`` are those found in the notes, and those of anyone who wrote a decision down.
    """
    result = dict.fromkeys(other_names, SOMEBODY)
    people = dict.fromkeys(interview_part.interview.interviewer for interview_part in parts)
    for index, name in enumerate(people):
        result[name] = f"interviewer {chr(ord('A') + index) if index < 26 else index + 1}"
    result[candidate.name] = CANDIDATE
    return result


def _without_people(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        return {key: _without_people(item, names) for key, item in value.items() if key not in _IDS}
    if isinstance(value, list):
        return [_without_people(item, names) for item in value]
    return replace_names(value, names) if isinstance(value, str) else value


def _retention(role_clock: RoleClock) -> dict[str, object]:
    return {
        "role": role_clock.role.title,
        "last_recorded": role_clock.last.isoformat(),
        "months": role_clock.months,
        "decided": _iso(role_clock.decided),
        "until": _iso(role_clock.due),
        "legal_hold": bool(role_clock.hold),
    }


def _decision(role: str, decision: Decision) -> dict[str, object]:
    return {
        "id": decision.id,
        "role": role,
        "decision": decision.course,
        "reason": decision.reason,
        "next_steps": decision.next_steps,
        "by": decision.by,
        "at": decision.at,
    }


def _card(entry: PlanEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "role": entry.role.title,
        "interviewer": entry.interviewer.name,
        "text": entry.card,
        "at": entry.at,
    }


def _part(interview_part: Part) -> dict[str, object]:
    interview = interview_part.interview
    return {
        "interview": interview.id,
        "role": interview.role.title,
        "interviewer": interview.interviewer,
        "state": "submitted" if interview.submitted_at else "under way",
        "kit": interview.kit,
        "started_at": interview.started_at,
        "submitted_at": interview.submitted_at,
        "recommendation": interview.recommendation,
        "amended_recommendation": interview.amended,
        "summary": interview.summary,
        "reason": interview.reason,
        "draft": interview.draft,
        "sha256": interview.seal,
        "answers": [_answer(answer, interview_part) for answer in interview_part.answers],
        "amendments": [amendment._asdict() for amendment in interview_part.amendments],
        "history": [asdict(change) for change in interview_part.history],
        "transcript": _transcript(interview_part.transcript),
    }


def _transcript(transcript: Transcript | None) -> dict[str, object] | None:
    if transcript is None:
        return None
    return {
        "file": transcript.file_name,
        "consent_by": transcript.consent.given_by,
        "consent_day": transcript.consent.day,
        "added_by": transcript.added_by,
        "added_at": transcript.added_at,
        "lines": [
            {"start": cue.start, "speaker": cue.speaker, "text": cue.text}
            for cue in transcript.cues
        ],
    }


def _answer(answer: Answer, interview_part: Part) -> dict[str, object]:
    return {
        "question": answer.question,
        "asked": interview_part.asks.get(answer.question, ""),
        "competency": answer.competency,
        "rating": answer.rating,
        "rating_that_counts": answer.counts,
        "highest_rating": interview_part.top,
        "skipped": answer.skipped,
        "seconds": round(answer.seconds, 1),
        "notes": [note._asdict() for note in answer.notes],
        "probes": [{**asked._asdict(), "elicits": list(asked.elicits)} for asked in answer.probes],
        "ticks": dict(answer.ticks),
        "amendments": [amendment._asdict() for amendment in answer.amendments],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
