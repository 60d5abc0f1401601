"""Where the passphrase of an encrypted file comes from; never from the command line.

In this order: the file that INTERVIEWKIT_PASSPHRASE_FILE names, which nobody else may be able to
read; the system's keyring; a prompt that shows nothing, as long as there is somebody to ask. It is
asked for before the screens start. What is kept in memory is the key, and nothing is written down.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from interviewkit.cli.output import ask_secret, echo
from interviewkit.errors import StorageError
from interviewkit.storage.file.encryption import WrongPassphraseError, fits, key_of
from interviewkit.system_keyring import find_secret, forget_secret, keep_secret

SERVICE = "interviewkit"
FILE = "INTERVIEWKIT_PASSPHRASE_FILE"
TRIES = 3
_keys: dict[Path, str] = {}  # of files opened by this process, so that each is asked for once


def unlock(path: Path) -> str:
    """The key of an encrypted file. StorageError when no passphrase is at hand or none fits."""
    path = path.resolve()
    for key in (_keys.get(path), *_keys.values()):  # a copy keeps the key of its records
        if key and fits(path, key):
            _keys[path] = key
            return key
    tried = False
    for passphrase in _passphrases(path):
        tried = True
        key = key_of(path, passphrase)
        if fits(path, key):
            _keys[path] = key
            return key
    if tried:
        raise WrongPassphraseError(
            f"The passphrase does not open {path}, or it is not an interviewkit database.",
            "It was left as it is. Without the passphrase nobody can read it. Is it somebody "
            "else's file?",
        )
    raise StorageError(
        f"{path} is encrypted, or it is not an interviewkit database.",
        f"Run it in a terminal to be asked for the passphrase, or name a file with {FILE}.",
    )


def remember(path: Path, key: str) -> None:
    """Use this key for the file from now on, as long as the program runs."""
    _keys[path.resolve()] = key


def keep_in_keyring(path: Path, passphrase: str) -> None:
    """Let the system keep the passphrase. StorageError where it has no keyring."""
    if not keep_secret(SERVICE, str(path.resolve()), passphrase):
        raise StorageError(
            "This system has no keyring that can store the passphrase.",
            "Nothing was changed. Run it without --keyring; it will ask for the passphrase.",
        )


def drop_from_keyring(path: Path) -> None:
    """Have the system forget the passphrase, if it kept one."""
    forget_secret(SERVICE, str(path.resolve()))


def ask_new() -> str:
    """A new passphrase, typed twice, or out of the file INTERVIEWKIT_PASSPHRASE_FILE_NEW names.

    StorageError when there is neither such a file nor a terminal.
    """
    named = os.environ.get(f"{FILE}_NEW")
    if named:
        return _from_file(Path(named), f"{FILE}_NEW")
    if not sys.stdin.isatty():
        raise StorageError(
            "The new passphrase can only be typed in a terminal.",
            f"Run it in a terminal, or give a file that holds it in {FILE}_NEW.",
        )
    return ask_secret("New passphrase", again="The same again")


def _passphrases(path: Path) -> Iterator[str]:
    named = os.environ.get(FILE)
    if named:
        yield _from_file(Path(named), FILE)
    stored = find_secret(SERVICE, str(path))
    if stored:
        yield stored
    if sys.stdin.isatty():
        for _ in range(TRIES):
            yield ask_secret(f"Passphrase of {path.name}")
            echo("That is not the passphrase.", err=True)


def _from_file(path: Path, variable: str) -> str:
    """The first line of a file that its owner alone can read."""
    try:
        with path.expanduser().open(encoding="utf-8") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise StorageError(
                    f"{path} holds a passphrase, and others can read it.",
                    f"Remove their access: chmod 600 {path}",
                )
            return file.readline().removesuffix("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise StorageError(
            f"{path} cannot be read: {reason}.", f"Fix {variable}, or leave it out."
        ) from error
