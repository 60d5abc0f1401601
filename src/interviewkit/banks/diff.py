"""How two banks differ, in the words of anyone who writes them.

Things are matched by id: what bears the same id is the same thing, however much it was reworded.
Both banks are taken whole, so an extending bank compares like any other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from interviewkit.banks.model import Bank, Competency, Kit, Question, field_names


@dataclass(frozen=True, slots=True)
class BankChange:
    """One change: ``group`` is bank, competencies, questions or kits; ``what`` is the sentence."""

    group: str
    id: str
    what: str


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_HasId)
_SHORT = 60  # characters of a text in a sentence


def diff_banks(old: Bank, new: Bank) -> list[BankChange]:
    """Every change from ``old`` to ``new``, grouped, in the order of the new bank."""
    return [
        *(BankChange("bank", new.id, what) for what in _bank(old, new)),
        *_list_changes(
            "competencies", "competency", old.competencies, new.competencies, _competency
        ),
        *_list_changes("questions", "question", old.questions, new.questions, _question),
        *_list_changes("kits", "kit", old.kits, new.kits, _kit),
    ]


def _bank(old: Bank, new: Bank) -> Iterator[str]:
    lists = ("competencies", "questions", "kits", "scale", "format")
    yield from _fields("", old, new, leave_out=lists)
    old_scale, new_scale = old.scale or {}, new.scale or {}
    if len(old.ratings) != len(new.ratings):
        yield f"scale: {len(old.ratings)} points → {len(new.ratings)}"
    for point in sorted(set(old_scale) | set(new_scale)):
        if old_scale.get(point) != new_scale.get(point):
            texts = _quote(old_scale.get(point)), _quote(new_scale.get(point))
            yield f"point {point} of the scale: {texts[0]} → {texts[1]}"


def _competency(old: Competency, new: Competency) -> Iterator[str]:
    yield from _fields(f" of {new.id}", old, new, leave_out=("id", "anchors"))
    yield from _anchors(new.id, old.anchors, new.anchors)


def _question(old: Question, new: Question) -> Iterator[str]:
    if old.competency != new.competency:
        yield f"question {new.id} now rated on {new.competency}, was {old.competency}"
    compared_apart = ("id", "competency", "anchors", "probes")
    yield from _fields(f" of {new.id}", old, new, leave_out=compared_apart)
    if old.anchors is None and new.anchors is not None:
        yield f"{new.id} now has its own anchors"
    elif new.anchors is None and old.anchors is not None:
        yield f"{new.id} no longer has its own anchors"
    else:
        yield from _anchors(new.id, old.anchors or {}, new.anchors or {})
    yield from _probes(old, new)


def _probes(old: Question, new: Question) -> Iterator[str]:
    old_probes, new_probes = {p.id: p for p in old.probes}, {p.id: p for p in new.probes}
    for name, probe in new_probes.items():
        if name not in old_probes:
            yield f"probe added to {new.id}: {name}, {_quote(probe.ask)}"
            continue
        yield from _fields(f" of probe {new.id}/{name}", old_probes[name], probe, leave_out=("id",))
    yield from (
        f"probe removed from {new.id}: {name}" for name in old_probes if name not in new_probes
    )
    yield from _order_changes("probe", tuple(old_probes), tuple(new_probes), f" of {new.id}")


def _kit(old: Kit, new: Kit) -> Iterator[str]:
    leave_out = ("id", "questions", "opening", "closing", "weights", "must_have")
    yield from _fields(f" of kit {new.id}", old, new, leave_out=leave_out)
    old_minutes = {entry.question: entry.minutes for entry in old.questions}
    new_minutes = {entry.question: entry.minutes for entry in new.questions}
    for name, minutes in new_minutes.items():
        if name not in old_minutes:
            yield f"kit {new.id}: {name} added, {minutes:g} minutes"
        elif old_minutes[name] != minutes:
            yield f"kit {new.id}: minutes of {name} {old_minutes[name]:g} → {minutes:g}"
    yield from (f"kit {new.id}: {name} removed" for name in old_minutes if name not in new_minutes)
    yield from _order_changes(f"kit {new.id}: question", tuple(old_minutes), tuple(new_minutes))
    for name in ("opening", "closing"):
        yield from _page(f"{name} of kit {new.id}", getattr(old, name), getattr(new, name))
    for name in sorted({*old.weights, *new.weights}):
        weights = old.weights.get(name, 1.0), new.weights.get(name, 1.0)
        if weights[0] != weights[1]:
            yield f"kit {new.id}: weight of {name} {weights[0]:g} → {weights[1]:g}"
    for name in sorted({*old.must_have, *new.must_have}):
        least = [kit.must_have.get(name) for kit in (old, new)]
        if least[0] != least[1]:
            before, now = ("none" if value is None else f"{value:g}" for value in least)
            yield f"kit {new.id}: must-have of {name} {before} → {now}"


def _page(name: str, old: object | None, new: object | None) -> Iterator[str]:
    if old is None or new is None:
        if old is not new:
            yield f"{name} {'added' if old is None else 'removed'}"
        return
    yield from _fields(f" of the {name}", old, new)


def _list_changes(
    group: str,
    kind: str,
    old: Sequence[Part],
    new: Sequence[Part],
    inside: Callable[[Part, Part], Iterator[str]],
) -> Iterator[BankChange]:
    old_items, new_items = {item.id: item for item in old}, {item.id: item for item in new}
    for name, item in new_items.items():
        if name in old_items:
            yield from (BankChange(group, name, change) for change in inside(old_items[name], item))
        else:
            yield BankChange(group, name, f"{kind} added: {name}")
    for name in old_items:
        if name not in new_items:
            yield BankChange(group, name, f"{kind} removed: {name}")
    for change in _order_changes(kind, tuple(old_items), tuple(new_items)):
        yield BankChange(group, change.split()[1], change)


def _order_changes(
    kind: str, old: Sequence[str], new: Sequence[str], of: str = ""
) -> Iterator[str]:
    """The fewest moves that explain the new order: what is outside the longest common run."""
    shared = [name for name in new if name in old]
    places = {name: index for index, name in enumerate(old)}
    stayed = set(_longest_rise([places[name] for name in shared]))
    for index, name in enumerate(shared):
        if places[name] not in stayed:
            position = f"behind {shared[index - 1]}" if index else "to the front"
            yield f"{kind} {name}{of} moved {position}"


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest rising subsequence; of several the one that ends lowest."""
    best: list[list[int]] = []
    for index in numbers:
        fitting = [run for run in best if run[-1] < index]
        longest = max(fitting, key=len, default=[])
        best.append([*longest, index])
    return max(best, key=len, default=[])


def _anchors(name: str, old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[str]:
    for rating in sorted({*old, *new}):
        if rating not in old:
            yield f"anchor {rating} of {name} added: {_quote(new[rating])}"
        elif rating not in new:
            yield f"anchor {rating} of {name} removed"
        elif old[rating] != new[rating]:
            texts = f"{_quote(old[rating])} → {_quote(new[rating])}"
            yield f"anchor {rating} of {name} reworded: {texts}"


def _fields(of: str, old: object, new: object, leave_out: Sequence[str] = ()) -> Iterator[str]:
    for name in field_names(type(new)):
        old_value, new_value = getattr(old, name), getattr(new, name)
        if name in leave_out or old_value == new_value:
            continue
        verb = (
            "reworded" if isinstance(old_value, str) and isinstance(new_value, str) else "changed"
        )
        yield f"{name}{of} {verb}: {_quote(old_value)} → {_quote(new_value)}"


def _quote(value: object) -> str:
    """In one short line; of a long text its beginning."""
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, tuple):
        value = "; ".join(str(getattr(item, "seat", item)) for item in value)
    text = " ".join(f"{value:g}".split() if isinstance(value, float) else str(value).split())
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
