"""How two banks differ, in the words of whoever writes them.

Things are matched by id: what bears the same id is the same thing, however much it was reworded.
Both banks are taken whole, so an extending bank compares like any other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from interviewkit.banks.model import Bank, Competency, Kit, Question, names_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: ``group`` is bank, competencies, questions or kits; ``what`` is the sentence."""

    group: str
    id: str
    what: str


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_HasId)
_SHORT = 60  # characters of a text in a sentence


def differences(old: Bank, new: Bank) -> list[Difference]:
    """Every change from ``old`` to ``new``, grouped, in the order of the new bank."""
    return [
        *(Difference("bank", new.id, what) for what in _bank(old, new)),
        *_listed("competencies", "competency", old.competencies, new.competencies, _competency),
        *_listed("questions", "question", old.questions, new.questions, _question),
        *_listed("kits", "kit", old.kits, new.kits, _kit),
    ]


def _bank(old: Bank, new: Bank) -> Iterator[str]:
    lists = ("competencies", "questions", "kits", "scale", "format")
    yield from _fields("", old, new, leave_out=lists)
    was, now = old.scale or {}, new.scale or {}
    if len(old.ratings) != len(new.ratings):
        yield f"scale: {len(old.ratings)} points → {len(new.ratings)}"
    for point in sorted(set(was) | set(now)):
        if was.get(point) != now.get(point):
            yield f"point {point} of the scale: {_said(was.get(point))} → {_said(now.get(point))}"


def _competency(old: Competency, new: Competency) -> Iterator[str]:
    yield from _fields(f" of {new.id}", old, new, leave_out=("id", "anchors"))
    yield from _anchors(new.id, old.anchors, new.anchors)


def _question(old: Question, new: Question) -> Iterator[str]:
    if old.competency != new.competency:
        yield f"question {new.id} now rated on {new.competency}, was {old.competency}"
    kept = ("id", "competency", "anchors", "probes")
    yield from _fields(f" of {new.id}", old, new, leave_out=kept)
    if old.anchors is None and new.anchors is not None:
        yield f"{new.id} has anchors of its own now"
    elif new.anchors is None and old.anchors is not None:
        yield f"{new.id} has no anchors of its own any more"
    else:
        yield from _anchors(new.id, old.anchors or {}, new.anchors or {})
    yield from _probes(old, new)


def _probes(old: Question, new: Question) -> Iterator[str]:
    was, now = {p.id: p for p in old.probes}, {p.id: p for p in new.probes}
    for name, probe in now.items():
        if name not in was:
            yield f"probe added to {new.id}: {name}, {_said(probe.ask)}"
            continue
        yield from _fields(f" of probe {new.id}/{name}", was[name], probe, leave_out=("id",))
    yield from (f"probe removed from {new.id}: {name}" for name in was if name not in now)
    yield from _moved("probe", tuple(was), tuple(now), f" of {new.id}")


def _kit(old: Kit, new: Kit) -> Iterator[str]:
    leave_out = ("id", "questions", "opening", "closing", "weights")
    yield from _fields(f" of kit {new.id}", old, new, leave_out=leave_out)
    was = {entry.question: entry.minutes for entry in old.questions}
    now = {entry.question: entry.minutes for entry in new.questions}
    for name, minutes in now.items():
        if name not in was:
            yield f"kit {new.id}: {name} added, {minutes:g} minutes"
        elif was[name] != minutes:
            yield f"kit {new.id}: minutes of {name} {was[name]:g} → {minutes:g}"
    yield from (f"kit {new.id}: {name} removed" for name in was if name not in now)
    yield from _moved(f"kit {new.id}: question", tuple(was), tuple(now))
    for name in ("opening", "closing"):
        yield from _page(f"{name} of kit {new.id}", getattr(old, name), getattr(new, name))
    for name in sorted({*old.weights, *new.weights}):
        weights = old.weights.get(name, 1.0), new.weights.get(name, 1.0)
        if weights[0] != weights[1]:
            yield f"kit {new.id}: weight of {name} {weights[0]:g} → {weights[1]:g}"


def _page(name: str, old: object | None, new: object | None) -> Iterator[str]:
    if old is None or new is None:
        if old is not new:
            yield f"{name} {'added' if old is None else 'removed'}"
        return
    yield from _fields(f" of the {name}", old, new)


def _listed(
    group: str,
    kind: str,
    old: Sequence[Part],
    new: Sequence[Part],
    inside: Callable[[Part, Part], Iterator[str]],
) -> Iterator[Difference]:
    was, now = {part.id: part for part in old}, {part.id: part for part in new}
    for name, part in now.items():
        if name in was:
            yield from (Difference(group, name, what) for what in inside(was[name], part))
        else:
            yield Difference(group, name, f"{kind} added: {name}")
    for name in was:
        if name not in now:
            yield Difference(group, name, f"{kind} removed: {name}")
    for what in _moved(kind, tuple(was), tuple(now)):
        yield Difference(group, what.split()[1], what)


def _moved(kind: str, old: Sequence[str], new: Sequence[str], of: str = "") -> Iterator[str]:
    """The fewest moves that explain the new order: what is outside the longest common run."""
    there = [name for name in new if name in old]
    places = {name: index for index, name in enumerate(old)}
    stayed = set(_longest_rise([places[name] for name in there]))
    for index, name in enumerate(there):
        if places[name] not in stayed:
            after = f"behind {there[index - 1]}" if index else "to the front"
            yield f"{kind} {name}{of} moved {after}"


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest rising subsequence; of several the one that ends lowest."""
    best: list[list[int]] = []
    for number in numbers:
        fitting = [run for run in best if run[-1] < number]
        longest = max(fitting, key=len, default=[])
        best.append([*longest, number])
    return max(best, key=len, default=[])


def _anchors(name: str, old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[str]:
    for rating in sorted({*old, *new}):
        if rating not in old:
            yield f"anchor {rating} of {name} added: {_said(new[rating])}"
        elif rating not in new:
            yield f"anchor {rating} of {name} removed"
        elif old[rating] != new[rating]:
            yield f"anchor {rating} of {name} reworded: {_said(old[rating])} → {_said(new[rating])}"


def _fields(of: str, old: object, new: object, leave_out: Sequence[str] = ()) -> Iterator[str]:
    for name in names_of(type(new)):
        was, now = getattr(old, name), getattr(new, name)
        if name in leave_out or was == now:
            continue
        said = "reworded" if isinstance(was, str) and isinstance(now, str) else "changed"
        yield f"{name}{of} {said}: {_said(was)} → {_said(now)}"


def _said(value: object) -> str:
    """In one short line; of a long text its beginning."""
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, tuple):
        value = "; ".join(str(getattr(item, "seat", item)) for item in value)
    text = " ".join(f"{value:g}".split() if isinstance(value, float) else str(value).split())
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
