"""What was worked out of bank files, kept in the user's cache folder by the hash of their bytes.

Reading a bank takes a hundred times as long as looking whether its bytes are those of last time. A
file of other bytes is another bank, whatever its name or date. What was worked out of a bank that
extends another holds only while no bank file at all has changed; and nothing holds once the code
or the word lists of this package have. Only usable banks are kept: faults are found each time.

The cache may be deleted at any time, and where it cannot be written everything is worked out.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path

from interviewkit import __version__
from interviewkit.banks.library import banks
from interviewkit.errors import InterviewKitError

Entry = Mapping[str, object]
ALONE = ""  # what a bank rests on that extends no other
_MOST = 500  # entries of a file: the banks of a large team, and what was checked of late


class ResultCache:
    """One file of the cache: results by the SHA-256 of a bank file's bytes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._before = _read(_path(name))
        self._entries = dict(self._before)

    def get(self, sha256: str) -> Entry | None:
        """What was worked out of these bytes and still holds."""
        entry = self._entries.get(sha256)
        if entry is None:
            return None
        rests_on = entry.get("rests_on")
        if rests_on != ALONE and rests_on != self._all_banks:
            return None
        self._entries[sha256] = self._entries.pop(sha256)  # what was used last goes last
        return entry

    def put(self, source: str, result: Entry, *, extends: bool) -> None:
        """Keep what was worked out of a file with this text."""
        rests_on = self._all_banks if extends else ALONE
        sha256 = hashlib.sha256(source.encode()).hexdigest()
        self._entries[sha256] = {**result, "rests_on": rests_on}

    @cached_property
    def _all_banks(self) -> str:
        """A hash of every bank file: only reading a bank shows which of them it builds on."""
        return _digest((str(location.path), hash_file(location.path)) for location in banks())

    def save(self) -> None:
        """Write what was added, if anything was and if it can be written."""
        if self._entries.keys() == self._before.keys() and all(
            entry is self._before[key] for key, entry in self._entries.items()
        ):
            return
        from interviewkit.files import replace_file

        newest = dict(list(self._entries.items())[-_MOST:])
        content = json.dumps({"form": _form(), "results": newest}, ensure_ascii=False)
        path = _path(self._name)
        with suppress(OSError, InterviewKitError):  # then the next one works it out, too
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with replace_file(path, private=True) as file:
                file.write(content.encode("utf-8", "surrogatepass"))


def hash_file(path: Path) -> str:
    """Of the bytes in a file; "" for what is no file, such as a pipe, and for one kept from us."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


@cache
def _form() -> str:
    """What another state of this package wrote is not used: it may have called a bank usable."""
    package = Path(__file__).parent
    sources = (
        (name, f"{about.st_size} {about.st_mtime_ns}")
        for folder, _, names in os.walk(package)
        for name in sorted(names)
        if not name.endswith(".pyc")
        for about in [os.stat(os.path.join(folder, name))]  # noqa: PTH116, PTH118 - three times as quick
    )
    return f"{__version__} {_digest(sources)}"


def _digest(pairs: Iterable[tuple[str, str]]) -> str:
    listing = "\n".join(sorted(f"{name}\0{content}" for name, content in pairs))
    return hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()


def _path(name: str) -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("interviewkit", appauthor=False) / f"{name}.json"


def _read(path: Path) -> dict[str, Entry]:
    """Nothing where there is none, or none of this form, or one that is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    match content:
        case {"form": str(form), "results": dict(entries)} if form == _form():
            return {key: entry for key, entry in entries.items() if isinstance(entry, dict)}
    return {}
