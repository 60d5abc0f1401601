"""Where practice files are found: the user's folder first, then those that come with the program.

As with banks, files are told apart by the ``id:`` they carry, and one of the user's stands in front
of a shipped one with the same id.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewkit.banks.library import shipped_folder, yaml_texts
from interviewkit.errors import unknown_name
from interviewkit.settings import named_path

_FIELDS = {
    name: re.compile(rf"^{name}:[ \t]*[\"']?([^\n\"'#]+)", re.MULTILINE)
    for name in ("id", "candidate", "bank", "kit", "language")
}


@dataclass(frozen=True, slots=True)
class PracticeLocation:
    """A practice file with what it claims of itself; nothing of it has been checked yet."""

    id: str
    path: Path
    shipped: bool
    candidate: str = ""
    bank: str = ""
    kit: str = ""
    language: str = "en"


def own_practice_folder() -> Path:
    """The folder for one's own files; ``INTERVIEWKIT_PRACTICE`` or the settings name another."""
    named = named_path("practice")
    if named:
        return named
    from platformdirs import user_data_path

    return user_data_path("interviewkit", appauthor=False) / "practice_files"


def shipped_practice_folder() -> Path:
    """The practice files that we ship."""
    return shipped_folder("practice_files")


def practice_locations() -> list[PracticeLocation]:
    """Every practice file there is, the user's own first; of two with one id only the first."""
    by_id: dict[str, PracticeLocation] = {}
    for folder, shipped in ((own_practice_folder(), False), (shipped_practice_folder(), True)):
        for location in _in_folder(folder, shipped=shipped):
            by_id.setdefault(location.id, location)
    return list(by_id.values())


def find_practice(practice_id: str) -> PracticeLocation:
    """The practice file with this id; NotFoundError names those there are."""
    by_id = {location.id: location for location in practice_locations()}
    if practice_id not in by_id:
        raise unknown_name("practice file", practice_id, by_id)
    return by_id[practice_id]


def _in_folder(folder: Path, *, shipped: bool) -> Iterator[PracticeLocation]:
    for path, text in yaml_texts(folder):
        matches = {name: pattern.search(text) for name, pattern in _FIELDS.items()}
        claims = {name: match[1].strip() for name, match in matches.items() if match}
        yield PracticeLocation(**{"id": path.stem} | claims, path=path, shipped=shipped)
