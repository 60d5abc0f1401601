"""Where banks are found: the user's folder first, then those we ship.

A bank of the user's with the same id stands in front of a shipped one. Files are told apart by
the ``id:`` they carry, not by their names; a file that cannot be used is listed with its error
and hides nothing else.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewkit.errors import unknown

_ID = re.compile(r"^id:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """A bank file and the id it claims; nothing of it has been checked yet."""

    id: str
    path: Path
    shipped: bool


def users_folder() -> Path:
    """The folder for a user's own banks; ``INTERVIEWKIT_BANKS`` names another."""
    named = os.environ.get("INTERVIEWKIT_BANKS")
    if named:
        return Path(os.path.expanduser(named))  # noqa: PTH111 - leaves an unknown ~name as it is
    from platformdirs import user_data_path

    return user_data_path("interviewkit", appauthor=False) / "question_banks"


def shipped_folder() -> Path:
    """The banks we ship: inside the package in a wheel, beside ``src`` in an editable install."""
    package = Path(__file__).parents[1] / "question_banks"
    checkout = Path(__file__).parents[3] / "question_banks"
    return package if package.is_dir() else checkout


def banks() -> list[Found]:
    """Every bank there is, the user's own first; of two with one id only the first."""
    found: dict[str, Found] = {}
    for folder, shipped in ((users_folder(), False), (shipped_folder(), True)):
        for item in _in_folder(folder, shipped=shipped):
            found.setdefault(item.id, item)
    return list(found.values())


def find_bank(wanted: str, *, shipped_only: bool = False) -> Found:
    """The bank with this id; NotFoundError names those there are."""
    there = list(_in_folder(shipped_folder(), shipped=True)) if shipped_only else banks()
    for item in there:
        if item.id == wanted:
            return item
    raise unknown("bank", wanted, [item.id for item in there])


def _in_folder(folder: Path, *, shipped: bool) -> Iterator[Found]:
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.y*ml")):
        try:
            head = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # a folder or a file without rights is no bank; opening it by name will say so
        match = _ID.search(head)
        yield Found(match.group(1) if match else path.stem, path, shipped)
