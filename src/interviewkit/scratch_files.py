"""Files under way: written beside what they will replace, and found again when a kill left them.

Each is named ``.interviewkit-<machine>-<process>-<random>``, so that a later run can tell one that
is being written, perhaps from another machine that shares the folder, from one that was cut off.
What was cut off may hold whole records that anybody can read: every command that writes in a
folder removes what was left there.
"""

import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

PREFIX = ".interviewkit-"
STALE = 86_400  # seconds after which no file is still being written
_ELSEWHERE = ".elsewhere"
_MADE_BY = re.compile(r"\.interviewkit-([0-9a-f]{8})-(\d+)-")


def scratch_name() -> str:
    """A name that no other file has, with this machine and process in it."""
    return f"{PREFIX}{_machine()}-{os.getpid()}-{secrets.token_hex(8)}"


def leftovers(*folders: Path) -> list[Path]:
    """Every file under way or cut off in these folders, and those that were noted there.

    A folder that is missing or may not be read holds none.
    """
    paths: dict[Path, None] = {}
    for folder in folders:
        with suppress(OSError):
            for path in sorted(folder.glob(f"{PREFIX}*")):
                paths |= dict.fromkeys(_scratch_files_of(path))
    return list(paths)


def is_abandoned(path: Path) -> bool:
    """Whether nobody writes this file any more: its process has ended, or it is a day old.

    False where that cannot be known: another machine's, or a name that older versions gave.
    """
    try:
        if time.time() - path.stat().st_mtime > STALE:
            return True
    except OSError:
        return False  # it is gone, or not ours to look at
    match = _MADE_BY.match(path.name)
    if not match or match[1] != _machine() or os.name != "posix":
        return False
    return not _is_running(int(match[2]))


def sweep(*folders: Path) -> list[Path]:
    """Remove what was cut off in these folders; gives what is left, because it may be under way."""
    for path in leftovers(*folders):
        if is_abandoned(path):
            with suppress(OSError):
                path.unlink()
    return [path for path in leftovers(*folders) if path.exists()]


@contextmanager
def noted_in(folder: Path, scratch: Path) -> Iterator[None]:
    """Keep in ``folder`` where a file under way stands, so that it is found if it is cut off.

    Nothing is noted where it cannot be; that is no reason not to write.
    """
    note = folder / f"{scratch_name()}{_ELSEWHERE}"
    with suppress(OSError), note.open("x", encoding="utf-8", errors="surrogateescape") as file:
        file.write(str(scratch.absolute()))
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink()


def _scratch_files_of(path: Path) -> Iterable[Path]:
    """The file itself, or what a note of one elsewhere names, as long as it is there."""
    if path.suffix != _ELSEWHERE:
        return (path,)
    try:
        scratch = Path(path.read_text(encoding="utf-8", errors="surrogateescape"))
        is_there = scratch.name.startswith(PREFIX) and scratch.exists()
    except (OSError, ValueError):
        return ()
    if not is_there and is_abandoned(path):
        with suppress(OSError):
            path.unlink()
    return (scratch,) if is_there else ()


def _machine() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else ""  # Windows asks no process
    return f"{crc32(name.encode()):08x}"


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True
