"""One file of a team's folder: what it says, who signed it, and whether it is all there.

This is the only module that knows the form: one line of JSON with a line's end behind it,
``{"v":1,"key":…,"sig":…,"body":…,"end":…}``, or ``age`` and ``to`` in place of ``body`` where it is
encrypted. ``end`` is the SHA-256 of all that stands before it, so a file that a carrier has brought
only in part differs from a whole one that somebody changed. The signature is over the team's id and
the body as it was written, never over the encrypted form: so any reader can encrypt the same
document to somebody who joined later (a release), and it is still its writer's.
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from interviewkit.errors import InterviewKitError
from interviewkit.team.encryption import decrypt_with, encrypt_to
from interviewkit.team.identity import Identity, is_key, is_signed

VERSION = 1
LONGEST = 16 * 1024 * 1024  # bytes; a scorecard has about 12,000, a bank about 100,000
DEEPEST = 50  # levels of JSON; a scorecard has six


class NotWholeError(InterviewKitError):
    """A file that is not all there: cut off, filled with zeros, or still on its way."""


class EnvelopeError(InterviewKitError):
    """A file that is whole and is no envelope of this team, or does not fit its signature."""


class Envelope(NamedTuple):
    """A file's content. Exactly one of ``body`` and ``encrypted`` is there.

    ``key`` is the signer's public key; ``receivers`` are the public keys of those who can open it.
    """

    key: str
    signature: str
    body: str = ""
    encrypted: str = ""
    receivers: tuple[str, ...] = ()


def write_open(team: str, identity: Identity, body: str) -> bytes:
    """A file that everybody who has the folder can read."""
    signature = identity.sign(_message(team, body))
    return _line({"v": VERSION, "key": identity.key, "sig": signature, "body": body})


def write_encrypted(key: str, signature: str, body: str, recipients: Mapping[str, str]) -> bytes:
    """A file for some: ``recipients`` are public key → age recipient.

    ``signature`` is the writer's, from :func:`signature_of` or from another file of the document.
    """
    encrypted = encrypt_to(body.encode(), list(recipients.values()))
    return _line(
        {
            "v": VERSION,
            "key": key,
            "sig": signature,
            "age": base64.b64encode(encrypted).decode(),
            "to": sorted(recipients),
        }
    )


def signature_of(team: str, identity: Identity, body: str) -> str:
    """What a member signs a body with; the same every time."""
    return identity.sign(_message(team, body))


def read_envelope(data: bytes) -> Envelope:
    """Read a file as it stands.

    NotWholeError where it is not all there (yet); EnvelopeError where it is no envelope.
    """
    if not data.endswith(b"\n") or not data.strip(b"\0\n"):
        raise NotWholeError("This file is not complete yet.", "It is tried again.")
    head, mark, end = data[:-1].rpartition(b',"end":"')
    if not mark or end != hashlib.sha256(head).hexdigest().encode() + b'"}':
        raise NotWholeError(
            "This file is not complete yet, or it is damaged.", "It is tried again."
        )
    try:
        text = head.decode() + "}"
    except UnicodeDecodeError as error:
        raise EnvelopeError("This is not text.", "It is left alone.") from error
    return _checked(json_object(text))


def json_object(text: str) -> dict[str, object]:
    """The object that a text is as JSON; EnvelopeError where nobody could seal or keep it.

    That is one too deeply nested, with NaN or with half a surrogate pair in it, too.
    """
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
        if "\\u" in text:
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise EnvelopeError("This is not JSON.", "It is left alone.") from error
    if not isinstance(content, dict) or _is_deeper(content, DEEPEST):
        raise EnvelopeError("This is not JSON of a team.", "It is left alone.")
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    children = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(child, levels - 1) for child in children)


def open_envelope(team: str, envelope: Envelope, identity: Identity) -> str:
    """The body of a file; LockedError where it is not encrypted to this key.

    EnvelopeError where the signature is not that of its key over this body in this team.
    """
    body = envelope.body
    if envelope.encrypted:
        plain = decrypt_with(base64.b64decode(envelope.encrypted), identity.age_secret)
        try:
            body = plain.decode()
        except UnicodeDecodeError as error:
            raise EnvelopeError("Its content is not text.", "It is left alone.") from error
    if not is_signed(envelope.key, _message(team, body), envelope.signature):
        raise EnvelopeError(
            "Its signature does not fit: it was changed, or signed for another team.",
            "It is left alone.",
        )
    return body


def _checked(content: Mapping[str, object]) -> Envelope:
    version = content.get("v")
    if version != VERSION:
        stated = version if isinstance(version, int) and 0 <= version < 1000 else "unknown"
        raise EnvelopeError(
            f"This file is of version {stated}; this interviewkit knows version {VERSION}.",
            "Install the newer interviewkit that wrote it.",
        )
    key, signature, body, encrypted = (
        _text(content.get(name, "")) for name in ("key", "sig", "body", "age")
    )
    receivers = content.get("to", [])
    if not is_key(key) or bool(body) == bool(encrypted) or not isinstance(receivers, list):
        raise EnvelopeError("Its fields are not what they should be.", "It is left alone.")
    try:
        base64.b64decode(encrypted, validate=True)
    except ValueError as error:
        raise EnvelopeError("Its encrypted part is not base64.", "It is left alone.") from error
    return Envelope(key, signature, body, encrypted, tuple(map(_text, receivers)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise EnvelopeError("Its fields are not what they should be.", "It is left alone.")
    return value


def _message(team: str, body: str) -> bytes:
    return f"interviewkit team {team}\n{body}".encode()


def _line(content: Mapping[str, object]) -> bytes:
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    head = text[:-1].encode()
    return head + b',"end":"' + hashlib.sha256(head).hexdigest().encode() + b'"}\n'


def content_name(data: bytes, ending: str) -> str:
    """The name of a new file: its content's hash, so that nobody overwrites anybody's."""
    return f"{hashlib.sha256(data).hexdigest()[:32]}{os.extsep}{ending}"
