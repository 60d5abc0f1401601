"""Checks the keys a user has set. Imports no screens, so that a command can use it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from interviewkit.errors import unknown_name
from interviewkit.tui.key_descriptions import DOES

_NAMED = re.compile(
    "up|down|left|right|home|end|insert|delete|pageup|pagedown|escape|enter|tab|space|backspace"
)
_MODIFIERS = re.compile(r"((ctrl|shift|alt|super|meta|hyper)\+)*")
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")


def key_faults(keys: Mapping[str, str]) -> list[str]:
    """A sentence for each unknown action, unknown key, and key used twice."""
    return [*_unknown_names(keys), *_no_keys(keys), *_twice(keys)]


def _unknown_names(keys: Mapping[str, str]) -> Iterator[str]:
    for name in keys:
        if name not in DOES:
            yield str(unknown_name("key", name, DOES))


def _no_keys(keys: Mapping[str, str]) -> Iterator[str]:
    for name, keys_given in keys.items():
        for key in _each(keys_given):
            if not _is_key(key):
                yield f"{name}: no terminal has a key called {key!r}. Examples: f12, ctrl+n, n."


def _twice(keys: Mapping[str, str]) -> Iterator[str]:
    """On one screen; ids without a screen hold on every one."""
    used: dict[tuple[str, str], str] = {}
    for name, keys_given in keys.items():
        for key in _each(keys_given):
            screen = name.rpartition(".")[0]
            earlier = used.setdefault((screen, key), name)
            if earlier != name:
                yield f"{key} is assigned to both {earlier} and {name} on the same screen."


def _each(keys_given: str) -> list[str]:
    return [key.strip() for key in keys_given.split(",")]


def _is_key(key: str) -> bool:
    base = _MODIFIERS.sub("", key, count=1)
    return (
        len(base) == 1
        or _NAMED.fullmatch(base) is not None
        or _FUNCTION.fullmatch(base) is not None
        or _is_character(base)
    )


def _is_character(name: str) -> bool:
    """A sign by its name in Unicode, as the screens call it: question_mark."""
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name in ("plus", "minus", "slash")  # shorter than in Unicode
    return True
