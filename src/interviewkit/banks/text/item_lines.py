"""Items of a bank's lists read and written by themselves, so that a change costs what it changes.

An item's lines say the same whatever stands above and below them. So a text that differs from one
read before in the lines of a few items is read by composing these alone, under their list's name:

    the whole text                     what is composed
    questions:                         questions:
      - id: budget
        ask: Who pays?
      - id: deadline                     - id: deadline
        ask: By when?    <- changed        ask: By when?
    kits:

Where this might not hold (anchors, a list in brackets, line ends that are not everybody's), and
where more than items of one list differ, the whole text has to be read.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from interviewkit.banks.text.item_matching import identity, match_items
from interviewkit.banks.text.yaml_nodes import (
    LOADER,
    PositionedData,
    PositionIndex,
    Spot,
    compose,
    read_positions,
)
from interviewkit.banks.text.yaml_patch import Hint, patch_text
from interviewkit.errors import BankError

_MARK = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)  # between documents
# A key with a mark of its own may have no value; YAML places that at what follows, far below.
_MARKED_KEY = re.compile(r"(^[ -]*|[\[{,] *)\?(\s|$)", re.MULTILINE)
_UNCOMMON_ENDS = "\x85\u2028\u2029"  # end a line for YAML


@dataclass(frozen=True, slots=True)
class _Items:
    """Items ``first`` up to ``behind`` of the list ``name``; their lines are text[start:end]."""

    name: str
    spot: Spot
    first: int
    behind: int
    start: int
    end: int


def reread_items(before: PositionedData, old_text: str, text: str) -> PositionedData | None:
    """``text`` as :func:`read_positions` reads it; None when it has to be read whole.

    ``before`` is ``old_text`` read.
    """
    if before.walk.findings or not _has_common_ends(text):
        return None
    start, end = _difference(old_text, text)
    items = _items_around(before, old_text, start, end)
    if items is None:
        return None
    lines = text[items.start : items.end + len(text) - len(old_text)]
    part = _read_part(items, lines, before.walk.path)
    if part is None:
        return None
    values = before.data[items.name]
    values = [*values[: items.first], *part.data[items.name], *values[items.behind :]]
    shift = lines.count("\n") - old_text.count("\n", items.start, items.end)
    root = _with_spots(before.walk.root, items, _list_spot(part, items.name), shift)
    return PositionedData(
        {**before.data, items.name: values}, PositionIndex(before.walk.path, root=root)
    )


def patch_item(
    text: str, positions: PositionedData, new: object, hint: Hint | None = None
) -> str | None:
    """The text with the values ``new``, as :func:`patch_text` writes it; None when more than an
    item of one list differs from what ``positions`` hold, or its lines cannot be told.

    What is the same object in both does not differ.
    """
    change = _changed_item(positions.data, new)
    if change is None or not _has_common_ends(text):
        return None
    name, index, value = change
    spot = _list_spot(positions, name)
    items = spot and _items(positions, text, name, spot, index, index + 1)
    if not items:
        return None
    head = f"{name}:\r\n" if "\r\n" in text else f"{name}:\n"
    lines = head + text[items.start : items.end]
    old = {name: [positions.data[name][index]]}
    patched = patch_text(
        lines, compose(lines, positions.walk.path), old, {name: [value]}, hint
    ).removeprefix(head)
    return text[: items.start] + patched + text[items.end :]


def _changed_item(old: Any, new: Any) -> tuple[str, int, object] | None:
    """The list, the place in it and the new value of the only item that differs."""
    if not isinstance(old, dict) or not isinstance(new, dict) or list(old) != list(new):
        return None
    names = [name for name in old if old[name] is not new[name]]
    if len(names) != 1:
        return None
    (name,) = names
    before, items = old[name], new[name]
    if not isinstance(before, list) or not isinstance(items, list) or len(before) != len(items):
        return None
    changed = [index for index, item in enumerate(items) if item is not before[index]]
    if len(changed) != 1:
        return None
    (index,) = changed
    item, at = items[index], (name,)
    if not isinstance(item, dict) or match_items([before[index]], [item], at) != [0]:
        return None  # another item in its place
    is_renamed = identity(at, item) != identity(at, before[index])
    if is_renamed and identity(at, item) in [identity(at, old_item) for old_item in before]:
        return None
    return name, index, item


def _items_around(positions: PositionedData, text: str, start: int, end: int) -> _Items | None:
    """The items on whose lines text[start:end] stands, behind the beginning of the first."""
    root = positions.walk.root
    if root is None:
        return None
    top = text.count("\n", 0, start) + 1
    bottom = top + text.count("\n", start, max(start, end - 1))
    name = next(
        (name for name, spot in reversed(root.children.items()) if root.line + spot.line <= top),
        None,
    )
    spot = _list_spot(positions, name)
    if spot is None:
        return None
    starts = [root.line + spot.line + item.line for item in spot.children.values()]
    first, behind = bisect_right(starts, top) - 1, bisect_right(starts, bottom)
    if first < 0:
        return None
    items = _items(positions, text, str(name), spot, first, behind)
    return items if items and items.start < start and end <= items.end else None


def _items(
    positions: PositionedData, text: str, name: str, spot: Spot, first: int, behind: int
) -> _Items | None:
    """These items with their lines; None where they do not begin with a line and a dash."""
    root = positions.walk.root
    spots = list(spot.children.values())
    if root is None or root.column != 1 or behind > len(spots) or first >= behind:
        return None
    line = root.line + spot.line + spots[first].line
    dash = " " * (spot.column - 1) + "-"
    start = _lines_on(text, 0, line - 1)
    if not text.startswith(dash, start):
        return None
    if behind < len(spots):
        end = _lines_on(text, start, spots[behind].line - spots[first].line)
        is_end = text.startswith(dash, end)
    else:
        names = list(root.children)
        following = names[names.index(name) + 1 :]
        end, is_end = len(text), True
        if following:
            key = root.children[following[0]].key
            assert key is not None  # noqa: S101 - what stands in a mapping has a name
            end, is_end = _lines_on(text, start, root.line + key[1] - line), key[2] == 1
    return _Items(name, spot, first, behind, start, end) if is_end and start < end else None


def _read_part(items: _Items, lines: str, path: str) -> PositionedData | None:
    """These lines as a list of their own; None where they might say something else in the whole."""
    dash = " " * (items.spot.column - 1) + "-"
    if not lines.startswith(dash) or not lines.endswith("\n"):
        return None
    if _MARK.search(lines) or _MARKED_KEY.search(lines):
        return None
    part_text = f"{items.name}:\n{lines}"
    try:
        part = read_positions(part_text, path)
    except BankError:
        return None
    spot = _list_spot(part, items.name)
    if spot is None or part.walk.findings or len(part.data) != 1:
        return None
    if spot.column != items.spot.column or ("&" in lines and _has_anchor(part_text)):
        return None
    return part


def _list_spot(positions: PositionedData, name: object) -> Spot | None:
    """Where the list of this name begins, and each of its items; None where there is no such list
    or something in the whole refers to another part."""
    root, data = positions.walk.root, positions.data
    if root is None or positions.walk.aliases or not isinstance(data, dict):
        return None
    return root.children[name] if isinstance(data.get(name), list) else None


def _with_spots(root: Spot | None, items: _Items, part: Spot | None, shift: int) -> Spot:
    """The places with those of a ``part`` read again, and what is below ``shift`` lines lower."""
    assert root is not None and part is not None  # noqa: S101 - both have been looked into
    old = list(items.spot.children.values())
    spots = [
        *old[: items.first],
        *(spot.below(old[items.first].line) for spot in part.children.values()),
        *(spot.below(shift) for spot in old[items.behind :]),
    ]
    children = dict(root.children)
    names = list(children)
    for name in names[names.index(items.name) + 1 :]:
        children[name] = children[name].below(shift)
    children[items.name] = items.spot._replace(children=dict(enumerate(spots)))
    return root._replace(children=children)


def _difference(old: str, new: str) -> tuple[int, int]:
    """Where the old text begins and ends to be another than the new."""
    shorter = min(len(old), len(new))
    start = _longest(shorter, lambda low, high: old[low:high] == new[low:high])
    ends = len(old), len(new)
    tail = _longest(
        shorter - start,
        lambda low, high: (
            old[ends[0] - high : ends[0] - low] == new[ends[1] - high : ends[1] - low]
        ),
    )
    return start, len(old) - tail


def _longest(limit: int, is_same: Callable[[int, int], bool]) -> int:
    """How far, up to ``limit``, two texts are the same; ``is_same`` compares a stretch."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _has_common_ends(text: str) -> bool:
    """Whether lines end for YAML where they end for us."""
    if any(mark in text for mark in _UNCOMMON_ENDS):
        return False
    return "\r" not in text or text.count("\r") == text.count("\r\n")


def _lines_on(text: str, index: int, lines: int) -> int:
    """Where the line begins that is so many lines below the one that begins at ``index``."""
    for _ in range(lines):
        index = text.index("\n", index) + 1
    return index


def _has_anchor(text: str) -> bool:
    """Whether something in it can be referred to; such a name may stand once in the whole."""
    return any(getattr(event, "anchor", None) for event in yaml.parse(text, Loader=LOADER))
