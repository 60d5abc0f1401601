"""Encryption to several people with age; the only module that knows its library."""

from collections.abc import Sequence

from interviewkit.errors import InterviewKitError
from interviewkit.team.extra import load_library


class LockedError(InterviewKitError):
    """Something is encrypted, and not to this key."""


def new_age_identity() -> tuple[str, str]:
    """(Secret, recipient): what opens, and what others encrypt to."""
    identity = load_library("pyrage").x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def is_recipient(text: str) -> bool:
    """Whether one can encrypt to this text."""
    pyrage = load_library("pyrage")
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt_to(plain: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt for everybody whose recipient is given."""
    pyrage = load_library("pyrage")
    keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    encrypted: bytes = pyrage.encrypt(plain, keys)
    return encrypted


def decrypt_with(encrypted: bytes, secret: str) -> bytes:
    """What was encrypted; LockedError where it was not encrypted to this key, or was damaged."""
    pyrage = load_library("pyrage")
    try:
        plain: bytes = pyrage.decrypt(encrypted, [pyrage.x25519.Identity.from_str(secret)])
    except pyrage.DecryptError as error:
        raise LockedError("This is not encrypted to your key.", "Wait for a release.") from error
    return plain
