"""The folder that a cloud, a network drive or Syncthing carries: files that are written once.

Nothing in it is ever rewritten, locked or listed in an index. Readers ignore names and go by what
is in a file, so a conflict copy is the same document once more. What is not all there is noted and
looked at again; nothing of somebody else's is renamed or cleaned up.
"""

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.files import rename_over
from interviewkit.scratch_files import scratch_name, sweep
from interviewkit.team.envelope import LONGEST, content_name

TEAM_FILE = "team.json"
PEOPLE, MEMBERS, DOCUMENTS, GONE = "people", "members", "documents", "gone"
ENDINGS = {PEOPLE: "ikp", MEMBERS: "ikm", DOCUMENTS: "ikd", GONE: "ikg"}
_LONGEST_TEAM_FILE = 100_000  # bytes; ours has about 40
# Windows: reading would download the file, or it is not at hand.
_PLACEHOLDER = 0x400000 | 0x40000 | 0x1000
_ELSEWHERE = "Check that the folder is there and synced; what waits is sent at the next try."


class FolderFile(NamedTuple):
    """A file as the folder lists it. ``name`` is its path below the folder, with slashes.

    ``stamp`` changes when the file does; ``is_placeholder``: it is not downloaded yet.
    """

    name: str
    section: str
    stamp: str
    is_placeholder: bool = False


def list_files(folder: Path) -> list[FolderFile]:
    """All files of a team's folder by name; InterviewKitError where the folder cannot be read."""
    try:
        if not (folder / TEAM_FILE).exists() and not any(folder.iterdir()):
            raise _unreadable(folder, "it is empty")
        return sorted(_files(folder))
    except OSError as error:
        raise _unreadable(folder, error.strerror or str(error)) from error


def _files(folder: Path) -> Iterator[FolderFile]:
    for section in ENDINGS:
        if not (folder / section).is_dir():
            continue
        yield from _files_below(folder, section, section)


def _files_below(folder: Path, section: str, below: str) -> Iterator[FolderFile]:
    with os.scandir(folder / below) as entries:
        for entry in entries:
            name = f"{below}/{entry.name}"
            if not _is_text(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if below == section:  # one level deep
                    yield from _files_below(folder, section, name)
                continue
            with suppress(FileNotFoundError):  # gone between two looks
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and _is_ours(entry.name):
                    attributes = getattr(status, "st_file_attributes", 0)
                    yield FolderFile(
                        name,
                        section,
                        f"{status.st_size} {status.st_mtime_ns}",
                        bool(attributes & _PLACEHOLDER) or entry.name.endswith(".icloud"),
                    )


def _is_text(name: str) -> bool:
    """Whether a name can be kept: bytes that are no UTF-8 reach Python as half characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_ours(name: str) -> bool:
    """Whether it may be one of a team's files: a conflict copy has the ending somewhere in it."""
    lowered = name.lower()
    is_hidden = name.startswith(".") and not lowered.endswith(".icloud")
    return not is_hidden and any(f".{ending}" in lowered for ending in ENDINGS.values())


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of a file; InterviewKitError where it cannot be read now."""
    try:
        with (folder / name).open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        raise _unreadable(folder / name, error.strerror or str(error)) from error
    if len(data) > LONGEST:
        raise InterviewKitError(
            f"{name} is larger than a file of a team can be.", "It is left alone."
        )
    return data


def add_file(folder: Path, section: str, data: bytes) -> str:
    """Add a file under a name made of its content; gives its path below the folder.

    A reader never sees half of it where the carrier keeps renames whole; where it does not, the
    file's own end says so. InterviewKitError where it cannot be written.
    """
    name = content_name(data, ENDINGS[section])
    below = f"{section}/{name[:2]}/{name}" if section == DOCUMENTS else f"{section}/{name}"
    target = folder / below
    scratch = target.with_name(scratch_name())
    try:
        if not (folder / TEAM_FILE).exists():
            raise _unreadable(folder, "it is not there, or not synced yet")
        if target.exists() and target.read_bytes() == data:
            return below
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        with scratch.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        rename_over(scratch, target)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink()
        raise InterviewKitError(
            f"{folder} cannot be written: {error.strerror or error}.", _ELSEWHERE
        ) from error
    return below


def stamp_of(folder: Path, name: str) -> str:
    """What :func:`list_files` gives as the stamp of a file; "" where it is gone again."""
    with suppress(OSError):
        status = (folder / name).stat()
        return f"{status.st_size} {status.st_mtime_ns}"
    return ""


def delete_files(folder: Path, names: Collection[str]) -> None:
    """Delete files of somebody who is erased, as far as they are still there."""
    for name in names:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise InterviewKitError(
                f"{folder / name} cannot be deleted: {error.strerror or error}.", _ELSEWHERE
            ) from error


def begin_folder(folder: Path, team: str) -> None:
    """Make a team's folder; InterviewKitError where it holds something else already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
        if names and names != ["desktop.ini"]:
            raise InterviewKitError(
                f"{folder} is not empty.", "Name a new folder inside the one that is synced."
            )
        for section in ENDINGS:
            (folder / section).mkdir(exist_ok=True)
        with (folder / TEAM_FILE).open("x", encoding="utf-8") as file:
            file.write(f'{{"format":1,"team":"{team}"}}\n')
    except OSError as error:
        raise InterviewKitError(
            f"{folder} cannot be written: {error.strerror or error}.",
            "Name a folder you can write to. Nothing was begun.",
        ) from error


def team_of_folder(folder: Path) -> str:
    """The id of the team whose folder this is; InterviewKitError where it is no team's."""
    import json

    try:
        if stat.S_ISFIFO((folder / TEAM_FILE).stat().st_mode):  # opening it would wait for ever
            raise InterviewKitError(
                f"{folder} holds no team.", "Name the folder with team.json in it."
            )
        with (folder / TEAM_FILE).open("rb") as file:
            content = json.loads(file.read(_LONGEST_TEAM_FILE))
    except OSError as error:
        raise InterviewKitError(
            f"{folder} holds no team: {error.strerror or error}.",
            "Name the folder with team.json in it, and wait until it is synced.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise InterviewKitError(
            f"{folder / TEAM_FILE} is not complete yet.", "Wait until the folder is synced."
        ) from error
    if not isinstance(content, dict) or not isinstance(content.get("team"), str):
        raise InterviewKitError(f"{folder} holds no team.", "Name the folder with team.json in it.")
    team: str = content["team"]
    return team


def git_work_tree(folder: Path) -> Path | None:
    """The git work tree that a folder lies in; None where there is none."""
    resolved = folder.resolve()
    return next(
        (parent for parent in (resolved, *resolved.parents) if (parent / ".git").exists()), None
    )


def _unreadable(path: Path, reason: str) -> InterviewKitError:
    return InterviewKitError(f"{path} cannot be read: {reason}.", _ELSEWHERE)
