"""What a line of JSON Lines offers, read from its model once its shape was checked."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from interviewkit.banks.lint.characters import characters
from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.errors import BankError, RefusedImportError
from interviewkit.exchange import calibration_lines, jsonl_schema, people_lines
from interviewkit.interview.clock import kept_moment
from interviewkit.interview.documents import (
    NOTHING,
    Document,
    DocumentSignature,
    LogHead,
    Offer,
    SealedAmendment,
    SealedDecision,
    SealedScorecard,
)
from interviewkit.interview.people import RecordKind
from interviewkit.interview.records import (
    CLOSING,
    OPENING,
    Amendment,
    Answer,
    Asked,
    Candidate,
    Decision,
    Interview,
    Note,
    Role,
)
from interviewkit.interview.shared_records import OfferedRecord, SharedRecord


def _role(_: str, line: jsonl_schema.RoleLine, __: Document) -> OfferedRecord:
    return people_lines.offered_record(RecordKind.ROLE, line.title, line)


def _candidate(_: str, line: jsonl_schema.CandidateLine, __: Document) -> OfferedRecord:
    return people_lines.offered_record(RecordKind.CANDIDATE, line.name, line)


def _shared_record(_: str, line: people_lines.SharedLine, __: Document) -> SharedRecord:
    return people_lines.shared_record(line)


def _log_head(_: str, line: jsonl_schema.LogHeadLine, __: Document) -> LogHead:
    return LogHead(line.count, line.link)


def _signature(_: str, line: jsonl_schema.SignatureLine, __: Document) -> DocumentSignature:
    return DocumentSignature(line.document, line.sha256, line.key, line.signature)


def _amendment(_: str, line: jsonl_schema.AmendmentLine, parsed: Document) -> SealedAmendment:
    content = {name: getattr(line, name) for name in Amendment._fields if name != "probe"}
    probe = line.probe if isinstance(line, jsonl_schema.Amendment3Line) else ""
    amendment = Amendment(**content | {"at": kept_moment(line.at)}, probe=probe)
    return SealedAmendment(amendment, parsed)


def _decision(_: str, line: jsonl_schema.DecisionLine, parsed: Document) -> SealedDecision:
    content = {name: getattr(line, name) for name in Decision._fields} | {
        "at": kept_moment(line.at)
    }
    return SealedDecision(Decision(**content), parsed)


def _bank(location: str, line: jsonl_schema.BankLine, __: Document) -> BankFile:
    if hashlib.sha256(line.text.encode()).hexdigest() != line.sha256:
        raise RefusedImportError(
            f"{location}: sha256 is not the hash of the bank's text.",
            f"{NOTHING} The text was changed on the way; export it again.",
        )
    try:
        bank = parse_bank(line.text, f"{location}, the bank {line.id}")
    except BankError as error:
        raise RefusedImportError(error.message, f"{NOTHING}\n{error.hint}") from error
    if bank.id != line.id:
        raise RefusedImportError(
            f"{location}: id is {line.id}, but the text is the bank {bank.id}.",
            f"{NOTHING} Change the id to the one in the text.",
        )
    for loc, _, fault in characters(bank):
        field = ", ".join(map(str, loc))
        raise RefusedImportError(
            f"{location}: the bank {bank.id}: {field}: {fault}.",
            f"{NOTHING} Fix the bank where it comes from; `interviewkit bank check` lists all "
            "faults.",
        )
    return BankFile(bank, line.text)


def _scorecard(
    location: str, line: jsonl_schema.ScorecardLine, parsed: Document
) -> SealedScorecard:
    _refuse_repeats(location, "answers", [answer.question for answer in line.answers])
    _refuse_repeats(location, "pages", [page.page for page in line.pages])
    for position, answer in enumerate(line.answers, start=1):
        asked = [probe.probe for probe in answer.probes]
        _refuse_repeats(location, f"answers {position}, probes", asked)
        own = [*asked, *(follow_up.id for follow_up in _follow_ups(answer))]
        _refuse_repeats(location, f"answers {position}, follow_ups", own)
    answers = _answers(line)
    return SealedScorecard(_interview(line, answers), answers, parsed)


def _refuse_repeats(location: str, section: str, names: list[str]) -> None:
    passed: set[str] = set()
    for name in names:
        if name in passed:
            raise RefusedImportError(
                f"{location}: {section}: {name} appears twice.", f"{NOTHING} Remove one of them."
            )
        passed.add(name)


def _interview(line: jsonl_schema.ScorecardLine, answers: list[Answer]) -> Interview:
    return Interview(
        id=line.id,
        role=Role(line.role, ""),  # its title stands in a line of its own
        candidate=Candidate(line.candidate, ""),
        interviewer=line.interviewer,
        bank=line.bank.id,
        bank_sha256=line.bank.sha256,
        kit=line.kit,
        started_at=kept_moment(line.started_at),
        page=answers[-1].question if answers else OPENING,
        submitted_at=kept_moment(line.submitted_at),
        recommendation=line.recommendation,
        summary=line.summary,
        reason=line.reason,
        seal=line.sha256,
    )


def _answers(line: jsonl_schema.ScorecardLine) -> list[Answer]:
    """The answers in the order asked, with the pages where they belong."""
    pages = {
        f"@{page.page}": Answer(f"@{page.page}", None, page.seconds, notes=_notes(page.notes))
        for page in line.pages
    }
    answers = [
        Answer(
            question=entry.question,
            competency=entry.competency,
            seconds=entry.seconds,
            rating=entry.rating,
            assessed=None if entry.rating is None and entry.skipped else entry.rating is not None,
            skipped=entry.skipped,
            notes=_notes(entry.notes),
            probes=_probes(entry),
            ticks=entry.ticks,
        )
        for entry in line.answers
    ]
    opening = [pages[OPENING]] if OPENING in pages else []
    return [*opening, *answers, *([pages[CLOSING]] if CLOSING in pages else [])]


def _probes(entry: jsonl_schema.AnswerEntry) -> tuple[Asked, ...]:
    """The bank's probes and own follow-ups, in the order they were asked."""
    asked = [
        Asked(probe.probe, probe.text, probe.elicits, kept_moment(probe.asked_at), probe.outcome)
        for probe in entry.probes
    ]
    asked += [
        Asked(own.id, own.text, (), kept_moment(own.asked_at), own.outcome, is_own=True)
        for own in _follow_ups(entry)
    ]
    return tuple(sorted(asked, key=lambda probe: probe.at))


def _follow_ups(entry: jsonl_schema.AnswerEntry) -> tuple[jsonl_schema.FollowUpEntry, ...]:
    return entry.follow_ups if isinstance(entry, jsonl_schema.Answer3Entry) else ()


def _notes(entries: Iterable[jsonl_schema.NoteEntry]) -> tuple[Note, ...]:
    return tuple(
        Note(
            note.id,
            kept_moment(note.at),
            note.text,
            note.probe,
            isinstance(note, jsonl_schema.Note3Entry) and note.marked,
        )
        for note in entries
    )


# (type, format) → the reader of a line whose shape was checked; each format keeps its own.
READERS: dict[tuple[str, int], Callable[[str, Any, Document], Offer]] = {
    ("bank", 1): _bank,
    ("role", 1): _role,
    ("candidate", 1): _candidate,
    ("scorecard", 1): _scorecard,
    ("scorecard", 2): _scorecard,
    ("scorecard", 3): _scorecard,
    ("amendment", 1): _amendment,
    ("amendment", 3): _amendment,
    ("amendment", 2): _amendment,
    ("decision", 1): _decision,
    ("decision", 2): _decision,
    ("log_head", 1): _log_head,
    ("signature", 1): _signature,
    ("calibration_set", 1): calibration_lines.offered_set,
    ("calibration", 1): calibration_lines.offered_ratings,
    **{(kind, 1): _shared_record for kind in people_lines.MODELS},
}
