"""Two changes of one bank joined, where they touch different entries.

An entry is a field of the bank's head, a competency, a question without its probes, a probe, or a
kit. What only one side changed is taken from it; what both changed alike, too. An entry that both
changed in different ways, or that one changed and the other took away, is a conflict.

    base               mine                theirs              merged
    budget, deadline   budget, when,       Budget, deadline    Budget, when, deadline
                       deadline            (reworded)
"""

from dataclasses import dataclass
from typing import Any

from interviewkit.banks.text.item_matching import identity
from interviewkit.banks.text.paths import Address
from interviewkit.banks.text.yaml_patch import same

_LISTS = {("competencies",), ("questions",), ("questions", "probes"), ("kits",)}
_MISSING = object()
_Sides = tuple[Any, Any, Any]  # base, mine, theirs
_Names = tuple[str, ...]


def merge_values(base: object, mine: object, theirs: object) -> tuple[Any, tuple[Address, ...]]:
    """The joined plain values, and the addresses of entries in conflict; () when it is whole."""
    merge = _Merge([])
    merged = merge.value((base, mine, theirs), (), ())
    return merged, tuple(merge.conflicts)


@dataclass(frozen=True, slots=True)
class _Merge:
    """In conflict, what is mine stands in the result, which is then of no use."""

    conflicts: list[Address]

    def value(self, sides: _Sides, names: _Names, at: Address) -> Any:
        base, mine, theirs = sides
        if _is_equal(mine, theirs) or _is_equal(base, theirs):
            return mine
        if _is_equal(base, mine):
            return theirs
        if names in _LISTS and all(isinstance(side, list) for side in sides):
            return self.items(sides, names, at)
        if names in {(), *_LISTS} and all(isinstance(side, dict) for side in sides):
            return self.entry(sides, names, at)
        self.conflicts.append(at)
        return mine

    def entry(self, sides: _Sides, names: _Names, at: Address) -> dict[str, Any]:
        """Field by field in the head; below it all fields but lists of entries as one."""
        own_fields: dict[str, Any] = {}
        if names:
            own = [
                {name: value for name, value in side.items() if (*names, name) not in _LISTS}
                for side in sides
            ]
            own_fields = self.value((own[0], own[1], own[2]), (*names, "*"), at)
        result = {}
        for name in dict.fromkeys([*sides[2], *sides[1]]):
            if names and (*names, name) not in _LISTS:
                value = own_fields.get(name, _MISSING)
            else:
                value = self.value(_values(sides, name), (*names, name), (*at, name))
            if value is not _MISSING:
                result[name] = value
        return result

    def items(self, sides: _Sides, names: _Names, at: Address) -> list[Any]:
        by_id = [{identity(names, item): item for item in side} for side in sides]
        if None in {*by_id[0], *by_id[1], *by_id[2]} or list(map(len, by_id)) != list(
            map(len, sides)
        ):
            self.conflicts.append(at)  # an id is missing or stands twice: which is which?
            return list(sides[1])
        result = []
        mapped = (by_id[0], by_id[1], by_id[2])
        for item_id in self.order(mapped, at):
            value = self.value(_values(mapped, item_id), names, (*at, str(item_id)))
            if value is not _MISSING:
                result.append(value)
        return result

    def order(self, sides: _Sides, at: Address) -> list[object]:
        """All ids, in the order of the side that moved some; new ones behind their predecessors."""
        base, mine, theirs = (list(side) for side in sides)
        shared = [item_id for item_id in base if item_id in mine and item_id in theirs]
        orders = [[item_id for item_id in side if item_id in shared] for side in (mine, theirs)]
        if shared not in orders and orders[0] != orders[1]:
            self.conflicts.append(at)
        leading, following = (theirs, mine) if orders[0] == shared else (mine, theirs)
        order = list(leading)
        for index, item_id in enumerate(following):
            if item_id not in order:
                predecessor = next((i for i in reversed(following[:index]) if i in order), None)
                position = 0 if predecessor is None else order.index(predecessor) + 1
                order.insert(position, item_id)
        return order


def _values(sides: tuple[dict[Any, Any], ...], key: object) -> _Sides:
    base, mine, theirs = (side.get(key, _MISSING) for side in sides)
    return base, mine, theirs


def _is_equal(left: object, right: object) -> bool:
    return left is right or (left is not _MISSING and right is not _MISSING and same(left, right))
