"""Which item of a list was which before: by id where it has one, else by what it says.

Only decides which old lines a new item is written on. Whatever it decides, the values that result
are the same.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence

Items = Sequence[object]
_IDENTITY = {
    ("competencies",): ("id",),
    ("questions",): ("id",),
    ("questions", "probes"): ("id",),
    ("kits",): ("id",),
    ("kits", "questions"): ("question",),
    ("kits", "panel"): ("seat",),
    ("accepted",): ("code", "where"),
}


def identity(names: tuple[str, ...], item: object) -> Hashable:
    """What an item of the list at ``names`` is known by; None when by nothing."""
    if isinstance(item, dict):
        fields = _IDENTITY.get(names, ())
        known = tuple(item.get(name) for name in fields)
        if not known or known[0] is None or any(isinstance(one, dict | list) for one in known):
            return None
        return known[0] if len(known) == 1 else known
    return None if isinstance(item, list) else item


def matched(old: Items, new: Items, names: tuple[str, ...]) -> list[int | None]:
    """For each new item the place of the old one it comes from, each old one at most once."""
    places: dict[Hashable, list[int]] = {}
    for index, item in enumerate(old):
        places.setdefault(identity(names, item), []).append(index)
    places.pop(None, None)
    result: list[int | None] = []
    for item in new:
        there = places.get(identity(names, item))
        result.append(there.pop(0) if there else None)
    used = {place for place in result if place is not None}
    before = -1
    for index, place in enumerate(result):
        after = before + 1
        is_free = place is None and after < len(old) and after not in used
        if is_free and _alike(old[after], new[index], names):
            result[index] = place = after
            used.add(after)
        before = before if place is None else place
    return result


def staying(places: Sequence[int | None], is_restless: Callable[[int], bool]) -> set[int]:
    """Of the old places the most that keep their order, without what was moved by hand."""
    heads: list[int] = []  # the smallest last place of a run of each length
    chain: dict[int, int | None] = {}
    for place in places:
        if place is None or is_restless(place):
            continue
        at = bisect_left(heads, place)
        chain[place] = heads[at - 1] if at else None
        heads[at:] = [place, *heads[at + 1 :]]
    result: set[int] = set()
    last: int | None = heads[-1] if heads else None
    while last is not None:
        result.add(last)
        last = chain[last]
    return result


def _alike(old: object, new: object, names: tuple[str, ...]) -> bool:
    """Whether one may be the other under another id or in other words."""
    if isinstance(old, dict) and isinstance(new, dict):
        others = [name for name in old if name not in _IDENTITY.get(names, ())]
        equal = [name for name in others if old[name] == new.get(name)]
        return bool(equal) and 2 * len(equal) >= len(others)
    return not isinstance(old, dict | list) and not isinstance(new, dict | list)
