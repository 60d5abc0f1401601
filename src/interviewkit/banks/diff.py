"""How two banks differ, in the words of anyone who writes them.

Things are matched by id: what bears the same id is the same thing, however much it was reworded.
Both banks are taken whole, so an extending bank compares like any other. Texts are never shortened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from interviewkit.banks.model import Bank, Competency, Kit, Question, field_names


@dataclass(frozen=True, slots=True)
class BankChange:
    """One change: ``group`` is bank, competencies, questions or kits; ``what`` is the sentence.

    ``old`` and ``new`` are the whole texts before and after, None where there was or is none.
    """

    group: str
    id: str
    what: str
    old: str | None = None
    new: str | None = None

    @property
    def is_rewording(self) -> bool:
        """Whether the two texts have to be laid beside each other: the sentence leaves them out."""
        return self.old is not None and self.new is not None and not _is_short(self.old, self.new)


class _Change(NamedTuple):
    what: str
    old: str | None = None
    new: str | None = None


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_HasId)
_SHORT = 30  # characters of a text that stands in the sentence


def diff_banks(old: Bank, new: Bank) -> list[BankChange]:
    """Every change from ``old`` to ``new``, grouped, in the order of the new bank."""
    return [
        *(BankChange("bank", new.id, *change) for change in _bank(old, new)),
        *_list_changes(
            "competencies", "competency", old.competencies, new.competencies, _competency
        ),
        *_list_changes("questions", "question", old.questions, new.questions, _question),
        *_list_changes("kits", "kit", old.kits, new.kits, _kit),
    ]


def _bank(old: Bank, new: Bank) -> Iterator[_Change]:
    lists = ("competencies", "questions", "kits", "scale", "format")
    yield from _fields("", old, new, leave_out=lists)
    old_scale, new_scale = old.scale or {}, new.scale or {}
    if len(old.ratings) != len(new.ratings):
        yield _Change(f"scale: {len(old.ratings)} points → {len(new.ratings)}")
    for point in sorted(set(old_scale) | set(new_scale)):
        if old_scale.get(point) != new_scale.get(point):
            texts = _text(old_scale.get(point)), _text(new_scale.get(point))
            yield _rewording(f"point {point} of the scale changed", *texts)


def _competency(old: Competency, new: Competency) -> Iterator[_Change]:
    yield from _fields(f" of {new.id}", old, new, leave_out=("id", "anchors"))
    yield from _anchors(new.id, old.anchors, new.anchors)


def _question(old: Question, new: Question) -> Iterator[_Change]:
    if old.competency != new.competency:
        yield _Change(f"question {new.id} now rated on {new.competency}, was {old.competency}")
    compared_apart = ("id", "competency", "anchors", "probes", "role_play")
    yield from _fields(f" of {new.id}", old, new, leave_out=compared_apart)
    if old.anchors is None and new.anchors is not None:
        yield _Change(f"{new.id} now has its own anchors")
    elif new.anchors is None and old.anchors is not None:
        yield _Change(f"{new.id} no longer has its own anchors")
    else:
        yield from _anchors(new.id, old.anchors or {}, new.anchors or {})
    yield from _page(f"role play of {new.id}", old.role_play, new.role_play)
    yield from _probes(old, new)


def _probes(old: Question, new: Question) -> Iterator[_Change]:
    old_probes, new_probes = {p.id: p for p in old.probes}, {p.id: p for p in new.probes}
    for name, probe in new_probes.items():
        if name not in old_probes:
            yield _Change(f"probe added to {new.id}: {name}", new=probe.ask)
            continue
        yield from _fields(f" of probe {new.id}/{name}", old_probes[name], probe, leave_out=("id",))
    yield from (
        _Change(f"probe removed from {new.id}: {name}", old=probe.ask)
        for name, probe in old_probes.items()
        if name not in new_probes
    )
    yield from _order_changes("probe", tuple(old_probes), tuple(new_probes), f" of {new.id}")


def _kit(old: Kit, new: Kit) -> Iterator[_Change]:
    leave_out = ("id", "questions", "opening", "closing", "weights", "must_have")
    yield from _fields(f" of kit {new.id}", old, new, leave_out=leave_out)
    old_minutes = {entry.question: entry.minutes for entry in old.questions}
    new_minutes = {entry.question: entry.minutes for entry in new.questions}
    for name, minutes in new_minutes.items():
        if name not in old_minutes:
            yield _Change(f"kit {new.id}: {name} added, {minutes:g} minutes")
        elif old_minutes[name] != minutes:
            yield _Change(f"kit {new.id}: minutes of {name} {old_minutes[name]:g} → {minutes:g}")
    yield from (
        _Change(f"kit {new.id}: {name} removed") for name in old_minutes if name not in new_minutes
    )
    yield from _order_changes(f"kit {new.id}: question", tuple(old_minutes), tuple(new_minutes))
    for name in ("opening", "closing"):
        yield from _page(f"{name} of kit {new.id}", getattr(old, name), getattr(new, name))
    for name in sorted({*old.weights, *new.weights}):
        weights = old.weights.get(name, 1.0), new.weights.get(name, 1.0)
        if weights[0] != weights[1]:
            yield _Change(f"kit {new.id}: weight of {name} {weights[0]:g} → {weights[1]:g}")
    for name in sorted({*old.must_have, *new.must_have}):
        least = [kit.must_have.get(name) for kit in (old, new)]
        if least[0] != least[1]:
            texts = ["none" if value is None else f"{value:g}" for value in least]
            yield _Change(f"kit {new.id}: must-have of {name} {' → '.join(texts)}")


def _page(name: str, old: object | None, new: object | None) -> Iterator[_Change]:
    if old is None or new is None:
        if old is not new:
            yield _Change(f"{name} {'added' if old is None else 'removed'}")
        return
    yield from _fields(f" of the {name}", old, new)


def _list_changes(
    group: str,
    kind: str,
    old: Sequence[Part],
    new: Sequence[Part],
    inside: Callable[[Part, Part], Iterator[_Change]],
) -> Iterator[BankChange]:
    old_items, new_items = {item.id: item for item in old}, {item.id: item for item in new}
    for name, item in new_items.items():
        if name in old_items:
            yield from (
                BankChange(group, name, *change) for change in inside(old_items[name], item)
            )
        else:
            yield BankChange(group, name, f"{kind} added: {name}", new=_title(item))
    for name, item in old_items.items():
        if name not in new_items:
            yield BankChange(group, name, f"{kind} removed: {name}", old=_title(item))
    for change in _order_changes(kind, tuple(old_items), tuple(new_items)):
        yield BankChange(group, change.what.split()[1], change.what)


def _order_changes(
    kind: str, old: Sequence[str], new: Sequence[str], of: str = ""
) -> Iterator[_Change]:
    """The fewest moves that explain the new order: what is outside the longest common run."""
    shared = [name for name in new if name in old]
    places = {name: index for index, name in enumerate(old)}
    stayed = set(_longest_rise([places[name] for name in shared]))
    for index, name in enumerate(shared):
        if places[name] not in stayed:
            position = f"behind {shared[index - 1]}" if index else "to the front"
            yield _Change(f"{kind} {name}{of} moved {position}")


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest rising subsequence; of several the one that ends lowest."""
    best: list[list[int]] = []
    for index in numbers:
        fitting = [run for run in best if run[-1] < index]
        longest = max(fitting, key=len, default=[])
        best.append([*longest, index])
    return max(best, key=len, default=[])


def _anchors(name: str, old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[_Change]:
    for rating in sorted({*old, *new}):
        anchor = f"anchor {rating} of {name}"
        if rating not in old:
            yield _Change(f"{anchor} added", new=new[rating])
        elif rating not in new:
            yield _Change(f"{anchor} removed", old=old[rating])
        elif old[rating] != new[rating]:
            yield _rewording(f"{anchor} reworded", old[rating], new[rating])


def _fields(of: str, old: object, new: object, leave_out: Sequence[str] = ()) -> Iterator[_Change]:
    for name in field_names(type(new)):
        old_value, new_value = getattr(old, name), getattr(new, name)
        if name in leave_out or old_value == new_value:
            continue
        texts = isinstance(old_value, str) and isinstance(new_value, str)
        sentence = f"{name}{of} {'reworded' if texts else 'changed'}"
        yield _rewording(sentence, _text(old_value), _text(new_value))


def _rewording(sentence: str, old: str, new: str) -> _Change:
    """Short texts stand in the sentence, long ones beside it."""
    return _Change(f"{sentence}: {old} → {new}" if _is_short(old, new) else sentence, old, new)


def _is_short(old: str, new: str) -> bool:
    return max(len(old), len(new)) <= _SHORT


def _title(item: object) -> str:
    return str(getattr(item, "ask", None) or getattr(item, "name", ""))


def _text(value: object) -> str:
    """A field's value, whole and on one line."""
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, tuple):
        value = "; ".join(str(getattr(item, "seat", item)) for item in value)
    return " ".join(f"{value:g}".split() if isinstance(value, float) else str(value).split())
