"""A defect of the program: where it is, and nothing of what was typed.

Messages and variables can quote a note about a candidate, and a report like this is sent around,
so neither is ever in it. What is shown is also kept, in the user's state folder.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from interviewkit import __version__, breadcrumbs

KEPT = 5  # reports; the oldest go first
_LIBRARIES = ("textual", "click", "pydantic", "sqlite-utils", "openpyxl")


def report(error: BaseException) -> str:
    """The words for a person, with the place of the report, which is written now."""
    return "\n".join(
        [
            "interviewkit has a defect and had to stop. What was saved is safe.",
            "",
            error_places(error),
            "",
            "Its message is left out because it could quote what somebody typed.",
            f"{write_report(error)}; please send it to the project's issue tracker, with what you "
            "did last.",
        ]
    )


def write_report(error: BaseException) -> str:
    """Write the report of a defect now, and say where it is, without a full stop."""
    breadcrumbs.add_breadcrumb(f"defect\n{error_places(error)}")
    path = _keep(error)
    return f"The report is in {path}" if path else "A report could not be saved"


def error_places(error: BaseException) -> str:
    """The places an error and its causes went through, and their kinds, the first cause first."""
    import traceback  # not for a command that goes well

    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        parts.insert(0, "\n".join([*lines, type(cause).__name__]))
        cause = cause.__cause__
    return "\n".join(parts)


def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Python's last word on an error that nobody caught; an interruption is no defect."""
    if isinstance(error, Exception):
        sys.stderr.write(f"{report(error)}\n")
    else:
        sys.__excepthook__(kind, error, trace)


def surroundings() -> Iterator[str]:
    """Versions, system and terminal, a line each."""
    import platform
    import shutil
    from importlib.metadata import PackageNotFoundError, version

    yield f"interviewkit {__version__}"
    yield f"Python {platform.python_version()} on {platform.platform()}"
    size = shutil.get_terminal_size()
    yield f"terminal {os.environ.get('TERM', '-')}, {size.columns} by {size.lines}"
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"


def _keep(error: BaseException) -> Path | None:
    """Write a report for the owner's eyes alone; None when the disk does not take it."""
    at = datetime.now(UTC)
    folder = breadcrumbs.state_folder()
    path = folder / f"defect-{at:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(_lines(at, error)) + "\n")
        for old in sorted(folder.glob("defect-*.txt"))[:-KEPT]:
            with suppress(FileNotFoundError):  # another window takes them away, too
                old.unlink()
    except OSError:
        return None  # a full disk may be what went wrong
    return path


def _lines(at: datetime, error: BaseException) -> Iterator[str]:
    yield f"{at:%Y-%m-%d %H:%M:%S} UTC"
    yield from surroundings()
    yield from breadcrumbs.facts()
    yield from (
        "",
        "What happened last:",
        *breadcrumbs.last()[:-1],
    )  # the very last is the defect itself
    yield from ("", error_places(error))
