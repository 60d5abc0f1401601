"""Files written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from interviewkit.errors import InterviewKitError
from interviewkit.scratch_files import scratch_name, sweep

ELSEWHERE = "Name a file in a folder you can write to. Nothing was written."
_PRIVATE, _SHARED = 0o600, 0o666


@contextmanager
def replace_file(path: Path, *, private: bool) -> Iterator[IO[bytes]]:
    """A new file that takes the place of ``path`` at the end.

    Until then it stands beside ``path`` under another name; when anything fails it is gone again
    and what stood at ``path`` is as it was. A link is followed, so that it stays a link.
    ``private``: readable by its owner alone; else with the rights of the file it replaces, or
    those that any new file gets. InterviewKitError when it cannot be written.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "a device"
            raise InterviewKitError(f"{path} is {kind}, not a file.", ELSEWHERE)
        sweep(target.parent)
        name = target.parent / scratch_name()
        rights = _PRIVATE if private else _SHARED
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights)
    except OSError as error:
        raise write_refusal(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            if not private and target.exists():
                name.chmod(target.stat().st_mode & 0o7777)
            yield file
            file.flush()
            os.fsync(file.fileno())
        name.replace(target)
        _settle(target.parent)
    except OSError as error:
        raise write_refusal(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            name.unlink()


def _settle(folder: Path) -> None:
    """A cut of power must not bring the old file back: its name is on disk, too, from here on."""
    if os.name != "posix":  # elsewhere folders cannot be opened
        return
    with suppress(OSError):  # some file systems refuse; then there is nothing more to be done
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_refusal(path: Path, error: OSError) -> InterviewKitError:
    """The error for a file that the system does not let us write."""
    return InterviewKitError(
        f"{path} cannot be written: {error.strerror or error}.",
        ELSEWHERE,
    )
