"""Ids of a bank's parts for a shell that completes a word: read quickly, not checked."""

from collections.abc import Iterator
from typing import Any

import yaml

from interviewkit.banks.library import find_bank
from interviewkit.errors import InterviewKitError

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def ids_in(bank: str, section: str) -> list[str]:
    """Ids of the ``part`` (kits or questions) of the bank with this id, and of its base.

    Empty when there is no such bank or its file cannot be read.
    """
    return list(dict.fromkeys(_ids(bank, section, shipped_only=False)))


def _ids(bank: str, section: str, *, shipped_only: bool) -> Iterator[str]:
    try:
        path = find_bank(bank, shipped_only=shipped_only).path
        if path.is_fifo():
            return
        data: Any = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (InterviewKitError, OSError, ValueError, yaml.YAMLError):
        return
    if not isinstance(data, dict):
        return
    rows = data.get(section)
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield row["id"]
    base = data.get("extends")
    if isinstance(base, str) and not shipped_only:  # only a bank that we ship can be built on
        yield from _ids(base, section, shipped_only=True)
