"""Greenhouse scorecards to sealed scorecards of ours, with a bank made of their attributes.

    interviewer (never submitted_by) → interviewer      interview → kit
    interviewed_at → start, submitted_at → submission   attribute type → competency
    attribute name → question, note → notes             rating → 1 to 5, none → not assessed
    overall_recommendation → ours, none stays none      Key Take-Aways → summary
    other questions, and Private Notes where allowed → notes on the closing page

``origin`` in the sealed document says where it comes from and as of when, so that a later change in
Greenhouse differs from the same scorecard read again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from interviewkit.banks.loader import BankFile, read_as
from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import clean_line
from interviewkit.intake.greenhouse_banks import OVERALL, RATINGS, gh_id, scorecard_bank
from interviewkit.intake.greenhouse_json import Object, Placed
from interviewkit.intake.plain_html import html_lines
from interviewkit.interview.clock import stamp
from interviewkit.interview.documents import LogHead, Offer, SealedScorecard
from interviewkit.interview.limits import LONGEST_NAME
from interviewkit.interview.people import Person, RecordKind, normalize_name
from interviewkit.interview.records import (
    CLOSING,
    Answer,
    Candidate,
    Interview,
    Note,
    Recommendation,
    Role,
)
from interviewkit.interview.sealed_document import scorecard_document
from interviewkit.interview.shared_records import OfferedRecord

SYSTEM = "Greenhouse"
SUMMARY, PRIVATE = "Key Take-Aways", "Private Notes"
_OVERALL: Mapping[Any, Recommendation | None] = {
    "definitely_not": Recommendation.DEFINITELY_NOT,
    "no": Recommendation.NO,
    "yes": Recommendation.YES,
    "strong_yes": Recommendation.DEFINITELY_YES,
    "no_decision": None,
    None: None,
    "": None,
}
_RATING: Mapping[Any, int | None] = {
    **{name: rating for rating, name in enumerate(RATINGS, 1)},
    "no_decision": None,
    None: None,
    "": None,
}
Offers = list[tuple[str, Offer]]


class GreenhouseImport(NamedTuple):
    """What is offered to the records; ``drafts`` were not submitted in Greenhouse and stay out.

    ``renamed``: name in Greenhouse → name here, of interviewers who are called otherwise there.
    """

    offers: Offers
    drafts: int
    unnamed: int
    renamed: Mapping[str, str]


class Naming(NamedTuple):
    """How candidates and the role are called here.

    ``names``: candidate id in Greenhouse → name; ``recorded``: record id → the name it has here;
    ``interviewers``: record id → the person it stands for here.
    """

    names: Mapping[str, str]
    role: Role
    recorded: Mapping[str, str] = {}
    moment: str = ""
    interviewers: Mapping[str, Person] = {}


def is_scorecard(item: Object) -> bool:
    """Whether a JSON object is a Greenhouse scorecard."""
    return "attributes" in item and "candidate_id" in item and "overall_recommendation" in item


def has_private_notes(scorecards: Iterable[Placed]) -> int:
    """How many of them hold something under Private Notes."""
    return sum(bool(_answer_to(placed.data, PRIVATE)) for placed in scorecards)


def scorecard_offers(
    scorecards: Sequence[Placed], naming: Naming, *, private_notes: bool
) -> GreenhouseImport:
    """Everything for one import; InterviewKitError names the first scorecard that cannot be read.

    Of a scorecard that occurs twice the one changed last counts.
    """
    latest: dict[str, Placed] = {}
    drafts = 0
    for placed in scorecards:
        key = _key(placed, placed.data.get("id"), "id")
        if placed.data.get("submitted_at") in (None, ""):
            drafts += 1
        elif key not in latest or _revised_at(placed) >= _revised_at(latest[key]):
            latest[key] = placed
    chosen = [latest[key] for key in sorted(latest)]
    banks = _banks(chosen)
    # With the head of a log names need not be unique: two candidates may share one.
    offers: Offers = [(SYSTEM, LogHead(0, "")), *((SYSTEM, file) for file in banks.values())]
    if chosen:
        role = OfferedRecord(RecordKind.ROLE, naming.role.id, naming.role.title)
        offers.append((SYSTEM, role))
    people: dict[tuple[RecordKind, str], OfferedRecord] = {}
    for placed in chosen:
        for record in (_interviewer(placed, naming), _candidate(placed, naming)):
            people.setdefault((record.kind, record.id), record)
    offers += [(SYSTEM, record) for record in people.values()]
    unnamed = sum(
        record.kind is RecordKind.CANDIDATE and record.name == placeholder_name(record.id)
        for record in people.values()
    )
    for placed in chosen:
        file = banks[_interview_name(placed)]
        offers.append((placed.location, _scorecard(placed, file, naming, people, private_notes)))
    return GreenhouseImport(offers, drafts, unnamed, _renamed(chosen, people))


def interviewer_record_id(placed: Placed) -> str:
    """The id of a scorecard's interviewer in the records; InterviewKitError where it has none."""
    person = placed.data.get("interviewer")
    if not isinstance(person, dict):
        raise _fault(placed, "it names no interviewer")
    return f"greenhouse-user-{_key(placed, person.get('id'), 'interviewer.id')}"


def candidate_record_id(greenhouse_id: object) -> str:
    """The id of a Greenhouse candidate in the records."""
    return f"greenhouse-candidate-{greenhouse_id}"


def placeholder_name(record_id: str) -> str:
    """What a candidate is called until a name is given."""
    return f"Greenhouse candidate {record_id.rpartition('-')[2]}"


def _banks(scorecards: Iterable[Placed]) -> dict[str, BankFile]:
    """Interview name → the bank of all attributes that its scorecards have."""
    attributes: dict[str, list[tuple[str, str]]] = {}
    for placed in scorecards:
        pairs = attributes.setdefault(_interview_name(placed), [])
        pairs += [(kind, name) for kind, name, _ in _attributes(placed)]
    return {
        interview: read_as(scorecard_bank(interview, pairs), Path(f"{gh_id(interview)}.yaml"))
        for interview, pairs in attributes.items()
    }


def _attributes(placed: Placed) -> list[tuple[str, str, Object]]:
    listed = placed.data.get("attributes") or []
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise _fault(placed, "attributes is no list of objects")
    rows = []
    for item in listed:
        name = clean_line(str(item.get("name") or ""))
        if not name:
            raise _fault(placed, "an attribute has no name")
        rows.append((clean_line(str(item.get("type") or "")) or OVERALL[0], name[:500], item))
    return rows


def _scorecard(
    placed: Placed,
    file: BankFile,
    naming: Naming,
    people: Mapping[tuple[RecordKind, str], OfferedRecord],
    private_notes: bool,
) -> SealedScorecard:
    data = placed.data
    submitted_at = _moment(placed, "submitted_at")
    started_at = _moment(placed, "interviewed_at") if data.get("interviewed_at") else submitted_at
    person = people[RecordKind.PERSON, interviewer_record_id(placed)]
    candidate = people[RecordKind.CANDIDATE, _candidate(placed, naming).id]
    interview_id = f"greenhouse-{_key(placed, data.get('id'), 'id')}"
    overall = data.get("overall_recommendation")
    if not isinstance(overall, str | None) or overall not in _OVERALL:
        raise _fault(placed, f"overall_recommendation is {overall!r}, which is unknown")
    answers = _answers(placed, file, interview_id, submitted_at, private_notes)
    interview = Interview(
        id=interview_id,
        role=naming.role,
        candidate=Candidate(candidate.id, candidate.name),
        interviewer=person.name,
        bank=file.bank.id,
        bank_sha256=file.sha256,
        kit=file.bank.kits[0].id,
        started_at=started_at,
        page=CLOSING,
        submitted_at=submitted_at,
        recommendation=_OVERALL[overall],
        summary="\n".join(_answer_to(data, SUMMARY)),
    )
    document = scorecard_document(
        interview,
        answers,
        candidate_reference=candidate.reference,
        interviewer_id=person.id,
        origin=f"{SYSTEM}, as of {_revised_at(placed)}",
    )
    return SealedScorecard(interview._replace(seal=str(document["sha256"])), answers, document)


def _answers(
    placed: Placed, file: BankFile, interview_id: str, at: str, private_notes: bool
) -> list[Answer]:
    """An answer for each attribute, then the closing page with what else was written."""
    answers: dict[str, Answer] = {}
    for _, name, item in _attributes(placed):
        rating = item.get("rating")
        if not isinstance(rating, str | None) or rating not in _RATING:
            raise _fault(placed, f"{name} is rated {rating!r}, which is unknown")
        question = gh_id(name)
        value = _RATING[rating]
        notes = tuple(
            Note(f"{interview_id}/{question}/{index:03}", at, line)
            for index, line in enumerate(html_lines(str(item.get("note") or "")))
        )
        competency = file.bank.question(question).competency
        answers[question] = Answer(
            question, competency, rating=value, assessed=value is not None, notes=notes
        )
    lines = _other_lines(placed.data, private_notes)
    notes = tuple(
        Note(f"{interview_id}/{CLOSING}/{index:03}", at, line) for index, line in enumerate(lines)
    )
    return [*answers.values(), Answer(CLOSING, None, notes=notes)]


def _other_lines(data: Object, private_notes: bool) -> list[str]:
    """What was answered besides the attributes, each line with its question."""
    lines = []
    for item in _questions(data):
        question = clean_line(str(item.get("question") or ""))
        if question == SUMMARY or (question == PRIVATE and not private_notes):
            continue
        answer = item.get("answer")
        lines += [f"{question}: {line}" for line in html_lines(str(answer or ""))]
    return lines


def _questions(data: Object) -> list[Object]:
    listed = data.get("questions")
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _answer_to(data: Object, question: str) -> list[str]:
    return [
        line
        for item in _questions(data)
        if item.get("question") == question
        for line in html_lines(str(item.get("answer") or ""))
    ]


def _interview_name(placed: Placed) -> str:
    step = placed.data.get("interview_step")
    name = placed.data.get("interview") or (step.get("name") if isinstance(step, dict) else "")
    return clean_line(str(name or "Interview"))[:200] or "Interview"


def _interviewer(placed: Placed, naming: Naming) -> OfferedRecord:
    """Whom the user id of Greenhouse stands for; a name that is new there does not change it."""
    key, name = interviewer_record_id(placed), _interviewer_name(placed)
    person = naming.interviewers.get(key)
    if person is not None and normalize_name(name) not in person.normalized_names:
        name = person.name
    return OfferedRecord(RecordKind.PERSON, key, name)


def _interviewer_name(placed: Placed) -> str:
    person = placed.data["interviewer"]
    full = f"{person.get('first_name') or ''} {person.get('last_name') or ''}"
    name = clean_line(str(person.get("name") or full))[:LONGEST_NAME]
    if not name:
        raise _fault(placed, "its interviewer has no name")
    return name


def _renamed(
    scorecards: Iterable[Placed], people: Mapping[tuple[RecordKind, str], OfferedRecord]
) -> dict[str, str]:
    """Name in Greenhouse → name here, where the two differ."""
    pairs = (
        (_interviewer_name(placed), people[RecordKind.PERSON, interviewer_record_id(placed)].name)
        for placed in scorecards
    )
    return {name: known for name, known in pairs if normalize_name(name) != normalize_name(known)}


def _candidate(placed: Placed, naming: Naming) -> OfferedRecord:
    """A name that the records have counts; one that is given takes the place of a number only."""
    candidate_key = _key(placed, placed.data.get("candidate_id"), "candidate_id")
    record_id = candidate_record_id(candidate_key)
    stand_in = placeholder_name(record_id)
    current = naming.recorded.get(record_id, "")
    name = clean_line(naming.names.get(candidate_key, ""))[:LONGEST_NAME]
    if current and (current != stand_in or not name):
        return OfferedRecord(RecordKind.CANDIDATE, record_id, current, candidate_key)
    if current:
        return OfferedRecord(
            RecordKind.CANDIDATE, record_id, name, candidate_key, (stand_in,), naming.moment
        )
    return OfferedRecord(RecordKind.CANDIDATE, record_id, name or stand_in, candidate_key)


def _key(placed: Placed, value: object, field: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise _fault(placed, f"{field} is missing")
    text = clean_line(str(value))
    if not text or len(text) > 60:
        raise _fault(placed, f"{field} is missing")
    return text


def _revised_at(placed: Placed) -> str:
    return _moment(placed, "updated_at" if placed.data.get("updated_at") else "submitted_at")


def _moment(placed: Placed, field: str) -> str:
    value = placed.data.get(field)
    fault = f"{field} is {value!r}, which is no moment with a time zone"
    try:
        moment = datetime.fromisoformat(str(value))
        text = stamp(moment)
    except (ValueError, OverflowError) as error:
        raise _fault(placed, fault) from error
    if moment.tzinfo is None:
        raise _fault(placed, fault)
    return text


def _fault(placed: Placed, fault: str) -> InterviewKitError:
    return InterviewKitError(
        f"{placed.location}: {fault}.", "Nothing was imported. Export the scorecards once more."
    )
