"""What the program did, in words of its own: never a note, a name or anything that was typed.

The last of it is always kept in memory, for the report of a defect; ``--verbose`` also writes it
to a file. Callers of :func:`add_breadcrumb` give words of the program and numbers, nothing else.
"""

import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

KEPT = 40  # happenings in memory
MOST = 500_000  # bytes of one file; the two before it stay
_began = time.perf_counter()
_last: deque[str] = deque(maxlen=KEPT)
_facts: dict[str, str] = {}
_writes: list[Callable[[str], None]] = []  # none, or the one to the file


def add_breadcrumb(event: str) -> None:
    """Keep one happening, with the milliseconds since the program began."""
    line = f"{(time.perf_counter() - _began) * 1000:.0f} ms {event}"
    _last.append(line)
    for write in _writes:
        write(line)


def fact(name: str, value: str) -> None:
    """Keep what holds from now on, such as the version of the tables."""
    if _facts.get(name) != value:
        _facts[name] = value
        add_breadcrumb(f"{name}: {value}")


def last() -> tuple[str, ...]:
    """The latest breadcrumbs, the oldest first."""
    return tuple(_last)


def facts() -> tuple[str, ...]:
    """The recorded facts, one line each."""
    return tuple(f"{name} {value}" for name, value in _facts.items())


def state_folder() -> Path:
    """Where logs and reports of defects are kept."""
    from platformdirs import user_state_path

    return user_state_path("interviewkit", appauthor=False)


def write_to_file() -> Path:
    """From here on write what happens to a file for its owner's eyes alone, and say so at the end.

    What happened before is written first. OSError when the file cannot be made; once it is there,
    a disk that takes no more ends nothing.
    """
    import atexit

    from interviewkit.log_file import writing_to

    path = state_folder() / "interviewkit.log"
    if _writes:
        return path
    write = writing_to(path, MOST)
    for line in _last:
        write(line)
    _writes.append(write)
    atexit.register(_tell, path)
    return path


def _tell(path: Path) -> None:
    add_breadcrumb("end")
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(f"The log is in {path}.\n")
