"""Which part of a bank stands where in its file, by names instead of numbers.

An address is a path of field names and ids, such as ("questions", "broken-promise", "ask"): unlike
a place in a list it stays what it is when something is put before it. Only the file's own lines
are known here; what a bank takes over from the one it extends has no line in it.
"""

from bisect import bisect_right
from collections.abc import Hashable

from interviewkit.banks.text.paths import Address
from interviewkit.banks.text.yaml_nodes import LineColumn, PositionedData, Spot

_NAMED_BY = ("id", "question")  # an item of a kit is known by its question


class Addresses:
    """Finds the address in a bank that a finding's line belongs to."""

    def __init__(self, positions: PositionedData) -> None:
        self._root, self._data = positions.walk.root, positions.data

    def at(self, line: int, column: int) -> Address:
        """The innermost thing that begins at this place or, where none does, last before it.

        Where a list's item and its first field begin together, it is the item.
        """
        target, spot, data = (line, column), self._root, self._data
        result: Address = ()
        if spot is None or target < (spot.line, spot.column):
            return result
        address, start, outer_line = result, (spot.line, spot.column), 0
        while True:
            outer_line += spot.line
            inside = (line - outer_line, column)
            children = list(spot.children.items())
            index = bisect_right(children, inside, key=lambda child: _begin(child[1]))
            if not index:
                return result
            step, spot = children[index - 1]
            name, data = _step(data, step)
            address = (*address, name)
            value = (spot.line, spot.column)
            begin = value if value <= inside else _begin(spot)
            begin = (begin[0] + outer_line, begin[1])
            if begin != start:
                result, start = address, begin

    def line(self, address: Address) -> int | None:
        """The line on which it begins; None for what does not stand in this file."""
        return self._root and _line(self._root, self._data, address)


def _begin(spot: Spot) -> LineColumn:
    """Where its name stands or, without one, itself."""
    return spot.key[1:] if spot.key is not None else (spot.line, spot.column)


def _line(spot: Spot, data: object, address: Address) -> int | None:
    if not address:
        return spot.line
    for step, child in spot.children.items():
        name, value = _step(data, step)
        if name == address[0]:
            line = _line(child, value, address[1:])
            if line is not None:
                return spot.line + line
    return None


def _step(data: object, step: Hashable) -> tuple[str | int, object]:
    """What a step into ``data`` is called in addresses, and what stands there."""
    if isinstance(data, list) and isinstance(step, int):
        item = data[step]
        return _name(item, step), item
    item = data.get(step) if isinstance(data, dict) else None
    return step if isinstance(step, int) else str(step), item


def _name(item: object, index: int) -> str | int:
    for field in _NAMED_BY if isinstance(item, dict) else ():
        name = item.get(field)  # type: ignore[attr-defined]
        if isinstance(name, str):
            return name
    return index


def within(address: tuple[Hashable, ...], outer: tuple[Hashable, ...]) -> bool:
    """Whether ``address`` is ``outer`` or a part of it."""
    return address[: len(outer)] == outer
