"""The signature of a scorecard that was filled in as a file, made with a key for that file alone.

A fillable kit carries a private Ed25519 key made for one entry of the plan; the entry keeps the
public half. So a signature says that the scorecard was sealed in the file that went to that
interviewer, not that they sealed it: who has the file can sign with it.

A signature is made over the canonical form of its line without ``signature``, as a seal is over
that of a document without ``sha256``. Keys and signatures are lower-case hexadecimal.
"""

from enum import StrEnum
from typing import NamedTuple

from interviewkit.interview.documents import DocumentSignature
from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.sealed_document import canonical_json

KIT_ORIGIN = "a fillable kit"  # what such a scorecard names as its origin


class SignatureState(StrEnum):
    """What is known of a scorecard's signature. UNCHECKED: nothing here could verify it."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    UNCHECKED = "not checked"


class KitKey(NamedTuple):
    """A key for one file: ``private`` is PKCS #8 in DER, ``public`` the hexadecimal of 32 bytes."""

    private: bytes
    public: str


def make_kit_key() -> KitKey | None:
    """A new key; None where `cryptography` is not installed, which is an extra."""
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError:
        return None
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return KitKey(private, key.public_key().public_bytes_raw().hex())


def signature_line(signature: DocumentSignature) -> dict[str, object]:
    """The line of JSON Lines."""
    return {"type": "signature", **signature._asdict()}


def is_genuine(signature: DocumentSignature) -> bool | None:
    """Whether the key made the signature; None where `cryptography` is not installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    line = signature_line(signature)
    del line["signature"]
    unsigned = canonical_json(line)
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.key))
        key.verify(bytes.fromhex(signature.signature), unsigned)
    except (InvalidSignature, ValueError):
        return False
    return True


tell_kinds_apart(globals())
