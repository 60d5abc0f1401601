"""Which part of a bank stands where in its file, by names instead of numbers.

An address is a path of field names and ids, such as ("questions", "broken-promise", "ask"): unlike
a place in a list it stays what it is when something is put before it. Only the file's own lines
are known here; what a bank takes over from the one it extends has no line in it.
"""

from bisect import bisect_right
from collections.abc import Hashable

from interviewkit.banks.text.paths import Address
from interviewkit.banks.text.yaml_nodes import LineColumn, Loc, PositionedData

_NAMED_BY = ("id", "question")  # an item of a kit is known by its question


class Addresses:
    """Finds the address in a bank that a finding's line belongs to."""

    def __init__(self, walked_text: PositionedData) -> None:
        walk, data = walked_text.walk, walked_text.data
        starts: dict[LineColumn, Address] = {}
        self._lines: dict[Address, int] = {}
        # The shortest first: where a list's item and its first field begin together, the finding
        # is about the item.
        spots = [*walk.values.items(), *walk.keys.items()]
        for loc, (_, line, column) in sorted(spots, key=lambda one: len(one[0])):
            address = _address(loc, data)
            starts.setdefault((line, column), address)
            self._lines.setdefault(address, line)
        self._starts = sorted(starts)
        self._at = starts

    def at(self, line: int, column: int) -> Address:
        """The innermost thing that begins at this place or, where none does, last before it."""
        index = bisect_right(self._starts, (line, column))
        return self._at[self._starts[index - 1]] if index else ()

    def line(self, address: Address) -> int | None:
        """The line on which it begins; None for what does not stand in this file."""
        return self._lines.get(address)


def _address(loc: Loc, data: object) -> Address:
    address: list[str | int] = []
    for step in loc:
        if isinstance(data, list) and isinstance(step, int):
            data = data[step]
            address.append(_name(data, step))
        else:
            data = data.get(step) if isinstance(data, dict) else None
            address.append(step if isinstance(step, int) else str(step))
    return tuple(address)


def _name(item: object, index: int) -> str | int:
    for field in _NAMED_BY if isinstance(item, dict) else ():
        name = item.get(field)  # type: ignore[attr-defined]
        if isinstance(name, str):
            return name
    return index


def within(address: tuple[Hashable, ...], outer: tuple[Hashable, ...]) -> bool:
    """Whether ``address`` is ``outer`` or a part of it."""
    return address[: len(outer)] == outer
