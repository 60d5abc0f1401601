"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from interviewkit.errors import InterviewKitError

_ELSEWHERE = "Name a file in a folder you may write to. Nothing was written."


@contextmanager
def replacing(path: Path, records: Path) -> Iterator[IO[bytes]]:
    """A new file, readable by its owner alone, that takes the place of ``path`` at the end.

    Until then it stands beside ``path`` under another name; when anything fails it is gone again
    and what stood at ``path`` is as it was. A link is followed, so that it stays a link.
    ``records`` is the open database, which is never replaced.
    """
    try:
        target = path.resolve()
        if target == records.resolve():
            raise InterviewKitError(f"{path} holds the records themselves.", _ELSEWHERE)
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "a device"
            raise InterviewKitError(f"{path} is {kind}, not a file.", _ELSEWHERE)
        number, name = tempfile.mkstemp(prefix=".interviewkit-", dir=target.parent)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _refused(path: Path, error: OSError) -> InterviewKitError:
    return InterviewKitError(
        f"{path} cannot be written: {error.strerror or error}.",
        _ELSEWHERE,
    )
