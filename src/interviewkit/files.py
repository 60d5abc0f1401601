"""Files written whole or not at all."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from interviewkit.errors import InterviewKitError
from interviewkit.file_names import path_length_fault, refuse_file_name
from interviewkit.scratch_files import scratch_name, sweep

ELSEWHERE = "Name a file in a folder you can write to. Nothing was written."
CLOSE_IT = "Close it there, in Excel for instance, then try again."
READ_HINT = "Check its rights. If it is open in Excel, close it there, then try again."
PATIENCE = 1.0  # seconds that a rename is tried again; virus scanners let go sooner
_PAUSE = 0.02
_PRIVATE, _SHARED = 0o600, 0o666
_ACCESS_DENIED, _IN_USE = 5, (32, 33)  # what Windows says of a file that somebody has open


@contextmanager
def replace_file(path: Path, *, private: bool) -> Iterator[IO[bytes]]:
    """A new file that takes the place of ``path`` at the end.

    Until then it stands beside ``path`` under another name; when anything fails it is gone again
    and what stood at ``path`` is as it was. A link is followed, so that it stays a link.
    ``private``: readable by its owner alone; else with the rights of the file it replaces, or
    those that any new file gets. On Windows the folder's rights count, which a user's own folder
    keeps from others. InterviewKitError when it cannot be written.
    """
    refuse_file_name(path)
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
        rename_over(name, target)
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


def rename_over(source: Path, target: Path) -> None:
    """Give ``source`` the name of ``target``, and replace the file that has it.

    Windows refuses that while anyone has either file open, be it only for the moment in which
    another window reads it or a virus scanner looks at it, so it is tried again for a second.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            source.replace(target)
        except OSError as error:
            if _windows_code(error) not in (_ACCESS_DENIED, *_IN_USE) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def is_open_elsewhere(path: Path, error: OSError) -> bool:
    """Whether Windows refused to replace or read ``path`` because another program has it open."""
    code = _windows_code(error)
    return code in _IN_USE or (
        code == _ACCESS_DENIED and path.is_file() and os.access(path, os.W_OK)
    )


def write_refusal(path: Path, error: OSError) -> InterviewKitError:
    """The error for a file that the system does not let us write."""
    if is_open_elsewhere(path, error):
        return InterviewKitError(
            f"{path} is open in another program.", f"{CLOSE_IT} Nothing was written."
        )
    reason = path_length_fault(path) or error.strerror or error
    return InterviewKitError(f"{path} cannot be written: {reason}.", ELSEWHERE)


def _windows_code(error: OSError) -> int | None:
    return getattr(error, "winerror", None)
