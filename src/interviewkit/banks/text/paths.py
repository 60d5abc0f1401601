"""Plain values of a bank, found and changed by address.

An address is a tuple of field names and ids: ``("questions", "broken-promise", "ask")``. In a list
an id stands for the item that bears it (in a kit's questions that of the question, on a panel the
seat), a number for a place. Every function gives back a new value and leaves the old one as it was;
what is not changed is the same object in both, so that a change costs what is changed.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from interviewkit.banks.text.item_matching import identity
from interviewkit.banks.text.yaml_writer import Names
from interviewkit.errors import InterviewKitError, NotFoundError, unknown_name

Address = tuple[str | int, ...]
_LOOK = "Look at the bank again: it may have been deleted since."


@dataclass(slots=True)
class _Spot:
    """Where an address leads: the last of it is a key or index of ``holder``."""

    holder: Any
    last: Any
    names: Names  # fields on the way to the holder


def set_value(data: object, address: Address, value: object) -> object:
    """With this value there; None takes an optional field away."""
    new, spot = _spot(data, address)
    if isinstance(spot.holder, list):
        spot.last = _index(spot.holder, spot.last, spot.names, address)
    if value is None and isinstance(spot.holder, dict):
        spot.holder.pop(spot.last, None)
    else:
        spot.holder[spot.last] = plain_copy(value)
    return new


def add_item(data: object, address: Address, item: object, behind: str | int | None) -> object:
    """With the item in the list at ``address``, behind the one called ``behind`` or at its head."""
    new, items, names = _list(data, address, make=True)
    new_identity = identity(names, item)
    if (
        new_identity is not None
        and isinstance(item, dict)
        and new_identity in [identity(names, existing) for existing in items]
    ):
        raise InterviewKitError(f"{new_identity} is already in this list.", "Choose another name.")
    at = 0 if behind is None else _index(items, behind, names, address) + 1
    items.insert(at, plain_copy(item))
    return new


def remove_item(data: object, address: Address) -> object:
    """Without this item; a list that becomes empty goes with its last, if it is no bank's own."""
    new, items, names = _list(data, address[:-1])
    del items[_index(items, address[-1], names, address)]
    if not items and len(address) > 2:
        return set_value(new, address[:-1], None)
    return new


def move_item(data: object, address: Address, behind: str | int | None) -> object:
    """With this item behind the one called ``behind``, or first."""
    new, items, names = _list(data, address[:-1])
    item = items.pop(_index(items, address[-1], names, address))
    at = 0 if behind is None else _index(items, behind, names, address) + 1
    items.insert(at, item)
    return new


def duplicate_item(data: object, address: Address, new_id: str) -> object:
    """With a copy of this item right behind it, under another id."""
    _, items, names = _list(data, address[:-1])
    item = items[_index(items, address[-1], names, address)]
    if not isinstance(item, dict) or "id" not in item:
        raise InterviewKitError(f"{_describe(address)} has no id that would tell it from a copy.")
    return add_item(data, address[:-1], {**item, "id": new_id}, address[-1])


def plain_copy(value: object) -> Any:
    """The value as reading would give it: dicts, lists, and texts that are nothing more."""
    if isinstance(value, Mapping):
        return {plain_copy(key): plain_copy(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [plain_copy(child) for child in value]
    return str(value) if isinstance(value, str) else value


def list_names(address: Address) -> Names:
    """The fields of an address, ids and numbers left out, as they lead to a list."""
    return tuple(str(step) for step in address[::2])


def _spot(data: Any, address: Address) -> tuple[Any, _Spot]:
    """A copy of the values to change, of which only what leads to the address is new."""
    new = holder = copy(data)
    names: Names = ()
    for step in address[:-1]:
        if isinstance(holder, list):
            step = _index(holder, step, names, address)
        elif isinstance(holder, dict) and step in holder:
            names = (*names, str(step))
        else:
            raise NotFoundError(f"{_describe(address)} does not exist.", _LOOK)
        holder[step] = copy(holder[step])
        holder = holder[step]
    if not address or not isinstance(holder, dict | list):
        raise NotFoundError(f"{_describe(address)} does not exist.", _LOOK)
    return new, _Spot(holder, address[-1], names)


def _list(data: object, address: Address, *, make: bool = False) -> tuple[Any, list[Any], Names]:
    """A copy of the values to change, and in it the list at the address."""
    new, spot = _spot(data, address)
    names = (*spot.names, str(spot.last))
    if make and isinstance(spot.holder, dict):
        spot.holder.setdefault(spot.last, [])
    items = spot.holder.get(spot.last) if isinstance(spot.holder, dict) else None
    if not isinstance(items, list):
        raise NotFoundError(f"{_describe(address)} is not a list.", _LOOK)
    spot.holder[spot.last] = items = copy(items)
    return new, items, names


def _index(items: list[Any], item_id: object, names: Names, address: Address) -> int:
    if isinstance(item_id, int) and 0 <= item_id < len(items):
        return item_id
    identities = [identity(names, item) for item in items]
    if item_id in identities:
        return identities.index(item_id)
    ids = [str(item_identity) for item_identity in identities if item_identity is not None]
    raise unknown_name("item", str(item_id), ids, _describe(address))


def _describe(address: Address) -> str:
    return " › ".join(map(str, address)) or "the top of the bank"
