"""Records as JSON Lines: written as they were sealed, read with every line checked.

Reading checks what a line can tell by itself: its shape, its seal, the hash of a bank's text.
Whether it fits the records is for storage to say.
"""

import codecs
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NoReturn

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interviewkit.errors import InterviewKitError, RefusedImportError
from interviewkit.exchange import jsonl_schema, people_lines
from interviewkit.exchange.calibration_lines import TurnEntry, WrittenAnswerEntry
from interviewkit.exchange.line_records import READERS
from interviewkit.interview.documents import (
    NOTHING,
    Document,
    DocumentSignature,
    LogHead,
    Offer,
    SealedScorecard,
)
from interviewkit.interview.kit_signature import signature_line
from interviewkit.interview.people import RecordKind
from interviewkit.interview.records import Interview
from interviewkit.interview.sealed_document import canonical, seal_of
from interviewkit.interview.shared_records import OfferedRecord, SharedRecord

SHAPE = f"{NOTHING} `interviewkit records schema` describes a line."
_MOST = 5  # faults named of one line
_UNSEALED = ("bank", "signature")  # whose sha256 is that of something else


def export_lines(
    banks: Iterable[tuple[str, str, str]],
    interviews: Iterable[Interview],
    document: Callable[[Interview], Document],
    amendments: Iterable[Document] = (),
    decisions: Iterable[Document] = (),
    parties: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    log_head: LogHead | None = None,
    shared: Iterable[SharedRecord] = (),
    signatures: Iterable[DocumentSignature] = (),
) -> Iterator[bytes]:
    """The lines of these scorecards with their amendments, of decisions, and before them what they
    refer to.

    ``banks`` are (sha256, id, text); ``record_line`` gives a scorecard as it was sealed, one at a
    time, so that a large file is never in memory whole. ``parties`` are the roles and the
    candidates, id → name, that ``decisions`` refer to; ``log_head`` is that of the records.
    ``shared`` are people, names, merges, settings and plans; a role or candidate among them is
    written as it stands there. ``signatures`` are of these scorecards.
    """
    interviews = list(interviews)
    used = {interview.bank_sha256 for interview in interviews}
    for sha256, name, text in banks:
        if sha256 in used:
            yield dump_line({"type": "bank", "id": name, "sha256": sha256, "text": text})
    yield from map(dump_line, _named_documents(interviews, parties, shared))
    for interview in interviews:
        yield sealed_line(document(interview))
    for sealed in (*amendments, *decisions):
        yield sealed_line(sealed)
    yield from map(dump_line, map(signature_line, signatures))
    if log_head and (interviews or parties[0]):
        yield dump_line({"type": "log_head", "count": log_head.length, "link": log_head.link})


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
    yield from map(people_lines.record_line, records)
    for record in shared:
        if not isinstance(record, OfferedRecord):
            yield people_lines.record_line(record)


def sealed_line(document: Document) -> bytes:
    """One line of a sealed document: its canonical bytes, with the seal as the last field.

    What format 1 did not seal goes out without one.
    """
    body = canonical(document)
    if "format" not in document and document["type"] != "scorecard":
        return body + b"\n"
    return body[:-1] + f',"sha256":"{document["sha256"]}"}}\n'.encode()


def dump_line(document: Document) -> bytes:
    """Serialize one object as a line of JSON Lines."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def read_lines(name: str, stream: Iterable[bytes]) -> Iterator[tuple[str, Offer]]:
    """(place, what stands there) for every line that is not blank; ``name`` is for messages.

    RefusedImportError at the first line that is at fault by itself.
    """
    for line_count, raw in enumerate(stream, start=1):
        # Programs on Windows put a byte order mark in front of the first line.
        line = raw.removeprefix(codecs.BOM_UTF8) if line_count == 1 else raw
        if line.strip():
            location = f"{name}, line {line_count}"
            yield location, _offer(location, _parse_line(location, line))


def head_in(name: str, stream: Iterable[bytes]) -> LogHead:
    """The head of the log that an export ends with; InterviewKitError when there is none."""
    for line in stream:
        if b'"log_head"' in line:
            for _, offer in read_lines(name, [line]):
                if isinstance(offer, LogHead):
                    return offer
    raise InterviewKitError(
        f"{name} does not hold the head of a log.",
        "Name an export or a backup that this version of interviewkit wrote.",
    )


def _parse_line(location: str, line: bytes) -> dict[str, object]:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise RefusedImportError(
            f"{location}: this is not UTF-8 text (byte {error.start + 1} of the line).",
            f"{NOTHING} Save the file with the encoding UTF-8.",
        ) from error
    try:
        parsed = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
        if "\\u" in text:
            # Half a surrogate pair is valid JSON, but no text: nothing could hash or keep it.
            json.dumps(parsed, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise RefusedImportError(
            f"{location}: this is not JSON: {error.msg.lower()} at character {error.colno}.", SHAPE
        ) from error
    except UnicodeEncodeError as error:
        raise RefusedImportError(
            f"{location}: a text contains half a character (a lone surrogate).",
            f"{NOTHING} Write the whole character, or remove it.",
        ) from error
    except RecursionError as error:
        raise RefusedImportError(f"{location}: this is too deeply nested.", SHAPE) from error
    except ValueError as error:
        raise RefusedImportError(f"{location}: this is not JSON: {error}.", SHAPE) from error
    if not isinstance(parsed, dict):
        raise RefusedImportError(f"{location}: this is not an object such as {{…}} is.", SHAPE)
    return parsed


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object. A name that stands twice is refused: readers differ in which one counts."""
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice} appears twice in one object")
    return result


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _offer(location: str, parsed: dict[str, object]) -> Offer:
    kind, version = _kind(location, parsed)
    sealed = kind not in _UNSEALED and "sha256" in jsonl_schema.MODELS[kind, version].model_fields
    if sealed:
        _refuse_without_seal(location, kind, parsed)
    try:
        line = jsonl_schema.MODELS[kind, version].model_validate(parsed)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = "; ".join(_words(detail, (kind, version)) for detail in details[:_MOST])
        remainder = f"; and {len(details) - _MOST} more" if len(details) > _MOST else ""
        raise RefusedImportError(f"{location}: {faults}{remainder}.", SHAPE) from error
    body = _verified_body(location, kind, parsed) if sealed else b""
    offer = READERS[kind, version](location, line, parsed)
    if isinstance(offer, SealedScorecard):
        head = {name: value for name, value in parsed.items() if not isinstance(value, list)}
        return offer._replace(document=head, body=body)
    return offer


def _kind(location: str, parsed: dict[str, object]) -> tuple[str, int]:
    """The type and the format of a line; one without a format is of format 1."""
    kind = parsed.get("type")
    if not isinstance(kind, str) or kind not in jsonl_schema.TYPES:
        problem = f"type is {kind!r}" if "type" in parsed else "type is missing"
        raise RefusedImportError(
            f"{location}: {problem}; it is one of {', '.join(jsonl_schema.TYPES)}.", SHAPE
        )
    version, formats = parsed.get("format", 1), jsonl_schema.FORMATS[kind]
    if type(version) is not int or version not in formats:
        if isinstance(version, int) and version > formats[-1] > 1:
            raise RefusedImportError(
                f"{location}: this {kind} is of format {version}; this interviewkit knows formats "
                f"up to {formats[-1]}.",
                f"{NOTHING} Install the newer interviewkit that wrote it.",
            )
        if formats == [1]:
            return kind, 1  # then it is a field that does not belong here
        raise RefusedImportError(
            f"{location}: format: {version!r} is not a format of a {kind}.", SHAPE
        )
    return kind, version


def _refuse_without_seal(location: str, kind: str, parsed: Document) -> None:
    if "sha256" not in parsed:
        raise RefusedImportError(
            f"{location}: the {kind} has no seal.",
            f"{NOTHING} Add sha256: the SHA-256, in hexadecimal, of the object without it, written "
            "as JSON with sorted keys, no white space, UTF-8 and no needless escapes.",
        )


def _verified_body(location: str, kind: str, parsed: Document) -> bytes:
    """The canonical bytes of a document; RefusedImportError where the seal is not over them."""
    body = canonical(parsed)
    if seal_of(body) != parsed["sha256"]:
        raise RefusedImportError(
            f"{location}: the {kind} {parsed['id']} does not match its seal: it was changed after "
            "it was submitted, or sealed in a different way.",
            f"{NOTHING} Export it again where it was submitted; docs/interchange.md shows how "
            "a seal is computed.",
        )
    return body


def _words(detail: ErrorDetails, kind: tuple[str, int]) -> str:
    """A fault as ``answers 3, notes 1, text: is missing``; lists count from 1."""
    if not detail["loc"]:  # of the line as a whole
        return detail["msg"].removeprefix("Value error, ")
    path = _path(detail["loc"])
    name = str(detail["loc"][-1])
    if detail["type"] == "missing":
        return f"{path}: is missing"
    if detail["type"] == "extra_forbidden":
        similar = get_close_matches(name, _fields(detail["loc"], kind), n=1)
        return f"{path}: is not a field here{f'; did you mean {similar[0]}?' if similar else ''}"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{path}: {message[:1].lower()}{message[1:]}"


def _path(loc: tuple[int | str, ...]) -> str:
    parts: list[str] = []
    for step in loc:
        if isinstance(step, int):
            parts[-1] += f" {step + 1}"
        elif step != "[key]":
            parts.append(step)
    return ", ".join(parts)


def _fields(loc: tuple[int | str, ...], kind: tuple[str, int]) -> list[str]:
    inside: dict[str, type[BaseModel]] = {
        "bank": jsonl_schema.BankReference,
        "answers": jsonl_schema.Answer3Entry,
        "pages": jsonl_schema.PageEntry,
        "notes": jsonl_schema.Note3Entry,
        "follow_ups": jsonl_schema.FollowUpEntry,
        "probes": jsonl_schema.ProbeEntry,
        "visits": jsonl_schema.VisitEntry,
        "log_head": jsonl_schema.LogHeadEntry,
    }
    if kind[0] == "calibration_set":
        inside |= {
            "answers": WrittenAnswerEntry,
            "turns": TurnEntry,
        }
    names = [step for step in loc[:-1] if isinstance(step, str)]
    model = inside.get(names[-1], jsonl_schema.MODELS[kind]) if names else jsonl_schema.MODELS[kind]
    return list(model.model_fields)
