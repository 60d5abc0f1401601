"""Who somebody is in a team: a key that signs, a key that opens, and four words to read out.

A public key stands in documents as 52 letters and digits (base32 of Ed25519's 32 bytes). The secret
half is kept in the system's keyring, or, where there is none, in a file that its owner alone reads.
"""

import base64
import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.files import replace_file
from interviewkit.system_keyring import find_secret, forget_secret, keep_secret
from interviewkit.team.encryption import new_age_identity
from interviewkit.team.extra import load_library

SERVICE = "interviewkit team"
_ED25519 = "cryptography.hazmat.primitives.asymmetric.ed25519"
WORDS, BITS = 4, 11  # read out: 44 bits, which nobody hits by trying
FINGERPRINT = 16  # bytes of a key's hash that an invitation carries


class Identity(NamedTuple):
    """The secret of one member on one computer. Never shown, never in the records or the folder.

    ``seed`` are Ed25519's 32 bytes; ``age_secret`` opens what is encrypted to ``recipient``.
    """

    seed: bytes
    age_secret: str
    recipient: str
    key: str

    def sign(self, message: bytes) -> str:
        """The signature of a message, base64."""
        private = load_library(_ED25519).Ed25519PrivateKey.from_private_bytes(self.seed)
        signature: bytes = private.sign(message)
        return base64.b64encode(signature).decode()


def new_identity() -> Identity:
    """A member's keys, made now."""
    secret, recipient = new_age_identity()
    return _identity(os.urandom(32), secret, recipient)


def _identity(seed: bytes, age_secret: str, recipient: str) -> Identity:
    private = load_library(_ED25519).Ed25519PrivateKey.from_private_bytes(seed)
    return Identity(seed, age_secret, recipient, _letters(private.public_key().public_bytes_raw()))


def is_signed(key: str, message: bytes, signature: str) -> bool:
    """Whether a message was signed with the secret half of this public key."""
    library = load_library(_ED25519)
    invalid = load_library("cryptography.exceptions").InvalidSignature
    try:
        public = library.Ed25519PublicKey.from_public_bytes(_bytes(key))
        public.verify(base64.b64decode(signature, validate=True), message)
    except (invalid, ValueError):
        return False
    return True


def fingerprint_of(key: str) -> str:
    """What an invitation carries of a public key: 26 letters and digits."""
    return _letters(hashlib.sha256(_bytes(key)).digest()[:FINGERPRINT])


def is_key(text: str) -> bool:
    """Whether a text is a public key."""
    with suppress(ValueError):
        return len(_bytes(text)) == 32 and text == text.lower()
    return False


def four_words(*texts: str) -> str:
    """Four words for these texts, the same on every computer; another text gives other words."""
    digest = hashlib.sha256("\n".join(texts).encode()).digest()
    bits = int.from_bytes(digest[:6], "big") >> (48 - WORDS * BITS)
    words = word_list()
    indexes = [(bits >> BITS * place) & (2**BITS - 1) for place in reversed(range(WORDS))]
    return " ".join(words[index] for index in indexes)


@cache
def word_list() -> tuple[str, ...]:
    """2,048 words, in the order of the alphabet."""
    text = package_files("interviewkit.team").joinpath("words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


# Keeping the secret


def keep_identity(team: str, identity: Identity, folder: Path) -> str:
    """Keep the secret half; gives where: "keyring", or the path of a private file in ``folder``.

    InterviewKitError where neither can be written.
    """
    secret = f"{base64.b64encode(identity.seed).decode()} {identity.age_secret} " + (
        identity.recipient
    )
    if keep_secret(SERVICE, f"{team} {identity.key}", secret):
        return "keyring"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _key_file(folder, identity.key)
    with replace_file(path, private=True) as file:
        file.write(secret.encode() + b"\n")
    return str(path)


def read_identity(team: str, key: str, folder: Path) -> Identity:
    """The secret half of a public key; InterviewKitError where this computer does not have it."""
    secret = find_secret(SERVICE, f"{team} {key}") or _from_file(_key_file(folder, key))
    parts = secret.split()
    if len(parts) == 3:
        with suppress(ValueError):
            identity = _identity(base64.b64decode(parts[0], validate=True), *parts[1:])
            if identity.key == key:
                return identity
    raise InterviewKitError(
        "This computer does not have your key for the team.",
        "Leave the team and join it again from here: an administrator accepts the new key.",
    )


def forget_identity(team: str, key: str, folder: Path) -> None:
    """Delete the secret half from this computer."""
    with suppress(FileNotFoundError):
        _key_file(folder, key).unlink()
    forget_secret(SERVICE, f"{team} {key}")


def _key_file(folder: Path, key: str) -> Path:
    return folder / f"{key[:32]}.key"


def _from_file(path: Path) -> str:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise InterviewKitError(
                f"{path} holds your key for the team, and others can read it.",
                f"Remove their access: chmod 600 {path}",
            )
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def _bytes(text: str) -> bytes:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
