"""Which item of a list was which before: by id where it has one, else by what it says.

Only decides which old lines a new item is written on. Whatever it decides, the values that result
are the same:

    old ids               new ids                          match_items
    [pain, money, when]   [money, sorrow, when, who]       [1, None, 2, None]
    (``sorrow`` is ``pain`` under another id only if it stands where ``pain`` stood and says mostly
    the same; of the places matched, ``staying`` keeps the longest run that is in order)
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
        values = tuple(item.get(name) for name in fields)
        if (
            not values
            or values[0] is None
            or any(isinstance(value, dict | list) for value in values)
        ):
            return None
        return values[0] if len(values) == 1 else values
    return None if isinstance(item, list) else item


def match_items(old: Items, new: Items, names: tuple[str, ...]) -> list[int | None]:
    """For each new item the place of the old one it comes from, each old one at most once."""
    places: dict[Hashable, list[int]] = {}
    for index, item in enumerate(old):
        places.setdefault(identity(names, item), []).append(index)
    places.pop(None, None)
    result: list[int | None] = []
    for item in new:
        candidates = places.get(identity(names, item))
        result.append(candidates.pop(0) if candidates else None)
    used = {source for source in result if source is not None}
    low = -1
    for index, source in enumerate(result):
        high = low + 1
        is_free = source is None and high < len(old) and high not in used
        if is_free and _alike(old[high], new[index], names):
            result[index] = source = high
            used.add(high)
        low = low if source is None else source
    return result


def staying(places: Sequence[int | None], is_restless: Callable[[int], bool]) -> set[int]:
    """Of the old places the most that keep their order, without what was moved by hand."""
    heads: list[int] = []  # the smallest last place of a run of each length
    chain: dict[int, int | None] = {}
    for source in places:
        if source is None or is_restless(source):
            continue
        at = bisect_left(heads, source)
        chain[source] = heads[at - 1] if at else None
        heads[at:] = [source, *heads[at + 1 :]]
    result: set[int] = set()
    index: int | None = heads[-1] if heads else None
    while index is not None:
        result.add(index)
        index = chain[index]
    return result


def _alike(old: object, new: object, names: tuple[str, ...]) -> bool:
    """Whether one may be the other under another id or in other words."""
    if isinstance(old, dict) and isinstance(new, dict):
        field_names = [name for name in old if name not in _IDENTITY.get(names, ())]
        equal = [name for name in field_names if old[name] == new.get(name)]
        return bool(equal) and 2 * len(equal) >= len(field_names)
    return not isinstance(old, dict | list) and not isinstance(new, dict | list)
