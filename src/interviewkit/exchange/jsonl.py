"""Records as JSON Lines: written as they were sealed, read with every line checked.

Reading checks what a line can tell by itself: its shape, its seal, the hash of a bank's text.
Whether it fits the records is for storage to say.
"""

import codecs
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interviewkit.banks.lint.characters import characters
from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.errors import BankError, InterviewKitError, RefusedImportError
from interviewkit.exchange import jsonl_schema, people_lines
from interviewkit.interview.clock import stamp
from interviewkit.interview.documents import (
    NOTHING,
    Document,
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
from interviewkit.interview.sealed_document import canonical, seal
from interviewkit.interview.shared_records import OfferedRecord, SharedRecord

SHAPE = f"{NOTHING} `interviewkit records schema` describes a line."
_MOST = 5  # faults named of one line


def written(
    banks: Iterable[tuple[str, str, str]],
    interviews: Iterable[Interview],
    document: Callable[[Interview], Document],
    amendments: Iterable[Document] = (),
    decisions: Iterable[Document] = (),
    parties: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    log_head: LogHead | None = None,
    shared: Iterable[SharedRecord] = (),
) -> Iterator[bytes]:
    """The lines of these scorecards with their amendments, of decisions, and before them what they
    refer to.

    ``banks`` are (sha256, id, text); ``document`` gives a scorecard as it was sealed, one at a
    time, so that a large file is never in memory whole. ``parties`` are the roles and the
    candidates, id → name, that ``decisions`` refer to; ``log_head`` is that of the records.
    ``shared`` are people, names, merges, settings and plans; a role or candidate among them is
    written as it stands there.
    """
    interviews = list(interviews)
    used = {interview.bank_sha256 for interview in interviews}
    for sha256, name, text in banks:
        if sha256 in used:
            yield dumped({"type": "bank", "id": name, "sha256": sha256, "text": text})
    yield from map(dumped, _named_documents(interviews, parties, shared))
    for interview in interviews:
        yield sealed_line(document(interview))
    for sealed in (*amendments, *decisions):
        yield sealed_line(sealed)
    if log_head and (interviews or parties[0]):
        yield dumped({"type": "log_head", "count": log_head.length, "link": log_head.link})


def _named_documents(
    interviews: Iterable[Interview],
    parties: tuple[Mapping[str, str], Mapping[str, str]],
    shared: Iterable[SharedRecord],
) -> Iterator[Document]:
    """Roles and candidates that others refer to, then what else is told of records."""
    roles = {interview.role.id: interview.role.title for interview in interviews}
    candidates = {interview.candidate.id: interview.candidate.name for interview in interviews}
    roles |= parties[0]
    candidates |= parties[1]
    shared = list(shared)
    records = [record for record in shared if isinstance(record, OfferedRecord)]
    listed = {(record.kind, record.id) for record in records}
    for kind, names in ((RecordKind.ROLE, roles), (RecordKind.CANDIDATE, candidates)):
        for key, name in names.items():
            if (kind, key) not in listed:
                records.append(OfferedRecord(kind, key, name))
    order = (RecordKind.ROLE, RecordKind.CANDIDATE, RecordKind.PERSON)
    records.sort(key=lambda record: (order.index(record.kind), record.name.casefold(), record.id))
    yield from map(people_lines.document, records)
    for record in shared:
        if not isinstance(record, OfferedRecord):
            yield people_lines.document(record)


def sealed_line(document: Document) -> bytes:
    """One line of a sealed document: its canonical bytes, with the seal as the last field.

    What format 1 did not seal goes out without one.
    """
    body = canonical(document)
    if "format" not in document and document["type"] != "scorecard":
        return body + b"\n"
    return body[:-1] + f',"sha256":"{document["sha256"]}"}}\n'.encode()


def dumped(document: Document) -> bytes:
    """One line."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def read(name: str, stream: Iterable[bytes]) -> Iterator[tuple[str, Offer]]:
    """(place, what stands there) for every line that is not blank; ``name`` is for messages.

    RefusedImportError at the first line that is at fault by itself.
    """
    for number, raw in enumerate(stream, start=1):
        # Programs on Windows put a byte order mark in front of the first line.
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if line.strip():
            place = f"{name}, line {number}"
            yield place, _offer(place, _parsed(place, line))


def head_in(name: str, stream: Iterable[bytes]) -> LogHead:
    """The head of the log that an export ends with; InterviewKitError when there is none."""
    for line in stream:
        if b'"log_head"' in line:
            for _, offer in read(name, [line]):
                if isinstance(offer, LogHead):
                    return offer
    raise InterviewKitError(
        f"{name} holds no head of a log.",
        "Name an export or a backup that this version of interviewkit wrote.",
    )


def _parsed(place: str, line: bytes) -> dict[str, object]:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise RefusedImportError(
            f"{place}: this is not UTF-8 text (byte {error.start + 1} of the line).",
            f"{NOTHING} Save the file with the encoding UTF-8.",
        ) from error
    try:
        parsed = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
        if "\\u" in text:
            # Half a surrogate pair is valid JSON, but no text: nothing could hash or keep it.
            json.dumps(parsed, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise RefusedImportError(
            f"{place}: this is not JSON: {error.msg.lower()} at character {error.colno}.", SHAPE
        ) from error
    except UnicodeEncodeError as error:
        raise RefusedImportError(
            f"{place}: a text holds half a character (a lone surrogate).",
            f"{NOTHING} Write the whole character, or leave it out.",
        ) from error
    except RecursionError as error:
        raise RefusedImportError(f"{place}: this is nested too deeply.", SHAPE) from error
    except ValueError as error:
        raise RefusedImportError(f"{place}: this is not JSON: {error}.", SHAPE) from error
    if not isinstance(parsed, dict):
        raise RefusedImportError(f"{place}: this is no object, as {{…}} is.", SHAPE)
    return parsed


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object. A name that stands twice is refused: readers differ in which one counts."""
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice} stands twice in one object")
    return result


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _offer(place: str, parsed: dict[str, object]) -> Offer:
    kind, version = _kind(place, parsed)
    sealed = "sha256" in jsonl_schema.MODELS[kind, version].model_fields and kind != "bank"
    if sealed:
        _refuse_without_seal(place, kind, parsed)
    try:
        line = jsonl_schema.MODELS[kind, version].model_validate(parsed)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = "; ".join(_words(detail, (kind, version)) for detail in details[:_MOST])
        more = f"; and {len(details) - _MOST} more" if len(details) > _MOST else ""
        raise RefusedImportError(f"{place}: {faults}{more}.", SHAPE) from error
    if sealed:
        _refuse_broken_seal(place, kind, parsed)
    return READERS[kind, version](place, line, parsed)


def _kind(place: str, parsed: dict[str, object]) -> tuple[str, int]:
    """The type and the format of a line; one without a format is of format 1."""
    kind = parsed.get("type")
    if not isinstance(kind, str) or kind not in jsonl_schema.TYPES:
        problem = f"type is {kind!r}" if "type" in parsed else "type is missing"
        raise RefusedImportError(
            f"{place}: {problem}; it is one of {', '.join(jsonl_schema.TYPES)}.", SHAPE
        )
    version, formats = parsed.get("format", 1), jsonl_schema.FORMATS[kind]
    if type(version) is not int or version not in formats:
        if isinstance(version, int) and version > formats[-1] > 1:
            raise RefusedImportError(
                f"{place}: this {kind} is of format {version}; this interviewkit knows formats up "
                f"to {formats[-1]}.",
                f"{NOTHING} Install the newer interviewkit that wrote it.",
            )
        if formats == [1]:
            return kind, 1  # then it is a field that does not belong here
        raise RefusedImportError(f"{place}: format: {version!r} is no format of a {kind}.", SHAPE)
    return kind, version


def _refuse_without_seal(place: str, kind: str, parsed: Document) -> None:
    if "sha256" not in parsed:
        raise RefusedImportError(
            f"{place}: the {kind} carries no seal.",
            f"{NOTHING} Add sha256: the SHA-256, in hexadecimal, of the object without it, written "
            "as JSON with sorted keys, no white space, UTF-8 and no needless escapes.",
        )


def _refuse_broken_seal(place: str, kind: str, parsed: Document) -> None:
    if seal(parsed) != parsed["sha256"]:
        raise RefusedImportError(
            f"{place}: the {kind} {parsed['id']} does not match its seal: it was changed after it "
            "was submitted, or sealed in another way.",
            f"{NOTHING} Export it once more where it was submitted; docs/interchange.md shows how "
            "a seal is computed.",
        )


def _words(detail: ErrorDetails, kind: tuple[str, int]) -> str:
    """A fault as ``answers 3, notes 1, text: is missing``; lists count from 1."""
    if not detail["loc"]:  # of the line as a whole
        return detail["msg"].removeprefix("Value error, ")
    path = _path(detail["loc"])
    last = str(detail["loc"][-1])
    if detail["type"] == "missing":
        return f"{path}: is missing"
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(last, _fields(detail["loc"], kind), n=1)
        return f"{path}: is not a field here{f'; did you mean {near[0]}?' if near else ''}"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{path}: {message[:1].lower()}{message[1:]}"


def _path(loc: tuple[int | str, ...]) -> str:
    parts: list[str] = []
    for part in loc:
        if isinstance(part, int):
            parts[-1] += f" {part + 1}"
        elif part != "[key]":
            parts.append(part)
    return ", ".join(parts)


def _fields(loc: tuple[int | str, ...], kind: tuple[str, int]) -> list[str]:
    inside: dict[str, type[BaseModel]] = {
        "bank": jsonl_schema.BankReference,
        "answers": jsonl_schema.AnswerEntry,
        "pages": jsonl_schema.PageEntry,
        "notes": jsonl_schema.NoteEntry,
        "probes": jsonl_schema.ProbeEntry,
        "visits": jsonl_schema.VisitEntry,
        "log_head": jsonl_schema.LogHeadEntry,
    }
    names = [part for part in loc[:-1] if isinstance(part, str)]
    model = inside.get(names[-1], jsonl_schema.MODELS[kind]) if names else jsonl_schema.MODELS[kind]
    return list(model.model_fields)


def _role(_: str, line: jsonl_schema.RoleLine, __: Document) -> OfferedRecord:
    return people_lines.offered_record(RecordKind.ROLE, line.title, line)


def _candidate(_: str, line: jsonl_schema.CandidateLine, __: Document) -> OfferedRecord:
    return people_lines.offered_record(RecordKind.CANDIDATE, line.name, line)


def _shared(_: str, line: people_lines.SharedLine, __: Document) -> SharedRecord:
    return people_lines.shared_record(line)


def _log_head(_: str, line: jsonl_schema.LogHeadLine, __: Document) -> LogHead:
    return LogHead(line.count, line.link)


def _amendment(_: str, line: jsonl_schema.AmendmentLine, parsed: Document) -> SealedAmendment:
    content = {name: getattr(line, name) for name in Amendment._fields} | {"at": _kept(line.at)}
    return SealedAmendment(Amendment(**content), parsed)


def _decision(_: str, line: jsonl_schema.DecisionLine, parsed: Document) -> SealedDecision:
    content = {name: getattr(line, name) for name in Decision._fields} | {"at": _kept(line.at)}
    return SealedDecision(Decision(**content), parsed)


def _bank(place: str, line: jsonl_schema.BankLine, __: Document) -> BankFile:
    if hashlib.sha256(line.text.encode()).hexdigest() != line.sha256:
        raise RefusedImportError(
            f"{place}: sha256 is not the hash of the bank's text.",
            f"{NOTHING} The text was changed on the way; export it once more.",
        )
    try:
        bank = parse_bank(line.text, f"{place}, the bank {line.id}")
    except BankError as error:
        raise RefusedImportError(error.message, f"{NOTHING}\n{error.hint}") from error
    if bank.id != line.id:
        raise RefusedImportError(
            f"{place}: id is {line.id}, but the text is the bank {bank.id}.",
            f"{NOTHING} Mend the id; it is the one in the text.",
        )
    for loc, _, fault in characters(bank):
        field = ", ".join(map(str, loc))
        raise RefusedImportError(
            f"{place}: the bank {bank.id}: {field}: {fault}.",
            f"{NOTHING} Correct the bank where it comes from; `interviewkit bank check` lists all.",
        )
    return BankFile(bank, line.text)


def _scorecard(place: str, line: jsonl_schema.ScorecardLine, parsed: Document) -> SealedScorecard:
    _refuse_repeats(place, "answers", [answer.question for answer in line.answers])
    _refuse_repeats(place, "pages", [page.page for page in line.pages])
    for number, answer in enumerate(line.answers, start=1):
        asked = [probe.probe for probe in answer.probes]
        _refuse_repeats(place, f"answers {number}, probes", asked)
    answers = _answers(line)
    return SealedScorecard(_interview(line, answers), answers, parsed)


def _refuse_repeats(place: str, where: str, names: list[str]) -> None:
    passed: set[str] = set()
    for name in names:
        if name in passed:
            raise RefusedImportError(
                f"{place}: {where}: {name} stands there twice.", f"{NOTHING} Leave one of them out."
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
        started_at=_kept(line.started_at),
        page=answers[-1].question if answers else OPENING,
        submitted_at=_kept(line.submitted_at),
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
            probes=tuple(
                Asked(asked.probe, asked.text, asked.elicits, _kept(asked.asked_at), asked.outcome)
                for asked in entry.probes
            ),
            ticks=entry.ticks,
        )
        for entry in line.answers
    ]
    before = [pages[OPENING]] if OPENING in pages else []
    return [*before, *answers, *([pages[CLOSING]] if CLOSING in pages else [])]


def _notes(entries: Iterable[jsonl_schema.NoteEntry]) -> tuple[Note, ...]:
    return tuple(Note(note.id, _kept(note.at), note.text, note.probe) for note in entries)


def _kept(moment: str) -> str:
    """A moment as the records keep it, so that all of them sort as time does."""
    return stamp(datetime.fromisoformat(moment))


# (type, format) → the reader of a line whose shape was checked; each format keeps its own.
READERS: dict[tuple[str, int], Callable[[str, Any, Document], Offer]] = {
    ("bank", 1): _bank,
    ("role", 1): _role,
    ("candidate", 1): _candidate,
    ("scorecard", 1): _scorecard,
    ("scorecard", 2): _scorecard,
    ("amendment", 1): _amendment,
    ("amendment", 2): _amendment,
    ("decision", 1): _decision,
    ("decision", 2): _decision,
    ("log_head", 1): _log_head,
    **{(kind, 1): _shared for kind in people_lines.MODELS},
}
