"""Greenhouse's JSON, whichever way it was wrapped: objects of one kind with their places.

A file is one object, a list, lines of JSON, a page of Harvest, or the records of a pipeline with
the object under ``data`` (``{"stream": …, "data": …}``, also below ``record``).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import clean_line, decode_text, read_bytes

Object = Mapping[str, Any]
_DEEPEST = 6


class Placed(NamedTuple):
    """An object of a file; ``place`` is for messages."""

    location: str
    data: Object


def read_objects(path: Path, is_wanted: Callable[[Object], bool]) -> tuple[list[Placed], int]:
    """(The objects that are wanted, how many others there were); InterviewKitError for no JSON."""
    chosen: list[Placed] = []
    ignored = 0
    for location, value in _values(path):
        for item in _unwrap(value, is_wanted, 0):
            if is_wanted(item):
                item_id = item.get("id")
                name = f"{location}, {item_id}" if isinstance(item_id, int | str) else location
                chosen.append(Placed(clean_line(name), item))
            else:
                ignored += 1
    return chosen, ignored


def _values(path: Path) -> Iterator[tuple[str, Any]]:
    text = decode_text(read_bytes(path))
    try:
        yield str(path), json.loads(text)
    except json.JSONDecodeError as error:
        lines = [
            (line_index, line)
            for line_index, line in enumerate(text.splitlines(), 1)
            if line.strip()
        ]
        if len(lines) < 2 or not lines[0][1].lstrip().startswith("{"):
            raise _no_json(f"{path}, line {error.lineno}", error.msg.lower()) from error
        for line_index, line in lines:
            try:
                yield f"{path}, line {line_index}", json.loads(line)
            except json.JSONDecodeError as fault:
                raise _no_json(f"{path}, line {line_index}", fault.msg.lower()) from fault
            except (RecursionError, ValueError) as fault:
                raise _no_json(f"{path}, line {line_index}", _excess(fault)) from None
    except (RecursionError, ValueError) as error:
        raise _no_json(str(path), _excess(error)) from None


def _excess(error: RecursionError | ValueError) -> str:
    is_nested = isinstance(error, RecursionError)
    return "it is nested too deep" if is_nested else "a number has too many digits"


def _unwrap(value: Any, is_wanted: Callable[[Object], bool], depth: int) -> Iterator[Object]:
    if isinstance(value, list):
        for item in value:
            yield from _unwrap(item, is_wanted, depth + 1)
    elif isinstance(value, dict):
        inner = [value[key] for key in ("data", "record", "scorecards") if key in value]
        if is_wanted(value) or depth > _DEEPEST or not inner:
            yield value
        else:
            for item in inner:
                yield from _unwrap(item, is_wanted, depth + 1)


def _no_json(location: str, reason: str) -> InterviewKitError:
    return InterviewKitError(
        f"{location}: this is not JSON: {reason}.",
        "Nothing was imported. Give what Greenhouse's Harvest API or your pipeline wrote.",
    )
