"""What the file of a bank that extends another must hold, so that the whole comes out as wanted.

The reverse of :mod:`interviewkit.banks.inheritance.merge`, on plain values: from the base, the
whole that is wanted and what the file held so far, to what it is to hold. What it held stays
where it still says the same.
"""

from copy import deepcopy
from typing import Any

from interviewkit.banks.text.item_matching import identity
from interviewkit.errors import InterviewKitError

Data = dict[str, Any]
# What stands for a field that the base has and the whole has not.
_EMPTY: dict[str, Any] = {
    "kind": "past_behaviour",
    "language": "en",
    "authors": [],
    "jurisdictions": [],
    "listen_for": [],
    "watch_for": [],
    "probes": [],
    "weights": {},
    "panel": [],
}
_OWN = ("format", "id", "extends", "drop")
_BY_ID = ("competencies", "questions", "kits")


def settled(data: object) -> object:
    """Without the fields that say what goes without saying: empty lists, defaults, nulls."""
    if isinstance(data, list):
        return [settled(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: settled(value)
        for key, value in data.items()
        if value is not None and value not in ([], {}) and value != _default(key)
    }


def behind_the_base(base: Data, whole: Data) -> Data:
    """The whole with its lists in the order that extending gives: the base's items first."""
    result = dict(whole)
    for name in _BY_ID:
        result[name] = _in_order(base.get(name), whole.get(name), (name,))
    there = {one["id"]: one for one in base.get("questions", [])}
    result["questions"] = [
        {**one, "probes": _in_order(there[one["id"]].get("probes"), one["probes"], _PROBES)}
        if "probes" in one and one.get("id") in there
        else one
        for one in result["questions"]
    ]
    return result


_PROBES = ("questions", "probes")


def own_part(base: Data, whole: Data, own: Data) -> Data:
    """What the file is to hold."""
    result = {name: whole.get(name, own[name]) for name in _OWN if name in own}
    drop = _dropped(base, whole, own.get("drop") or {})
    result.pop("drop", None)
    if drop:
        result["drop"] = drop
    left = _without(base, drop)
    for name in [*own, *whole]:
        if name in result or name in _OWN or name == "accepted":
            continue
        if name in _BY_ID:
            items = _stubs(
                left.get(name) or [], whole.get(name) or [], own.get(name) or [], (name,)
            )
            if items:
                result[name] = items
        elif name in whole and (name in own or whole[name] != base.get(name)):
            result[name] = whole[name]
    for name in base:
        if name not in whole and name not in _BY_ID and name != "accepted":
            result[name] = deepcopy(_EMPTY.get(name))
    result.update(_accepted(base, whole))
    return result


def _stubs(
    base: list[Data], whole: list[Data], own: list[Data], names: tuple[str, ...]
) -> list[Data]:
    there = {identity(names, item): item for item in base}
    mine = {identity(names, item): item for item in own}
    result = [
        stub
        for item in whole
        if (
            stub := _stub(
                there.get(identity(names, item)), item, mine.get(identity(names, item), {}), names
            )
        )
    ]
    order = {identity(names, item): index for index, item in enumerate(own)}
    known = [item for item in result if identity(names, item) in there]
    known.sort(key=lambda item: order.get(identity(names, item), len(order)))
    fresh = [item for item in result if identity(names, item) not in there]
    return _interleaved(known, fresh, own, names)


def _interleaved(
    known: list[Data], fresh: list[Data], own: list[Data], names: tuple[str, ...]
) -> list[Data]:
    """Overrides and new items in the order that the file had them; only new ones' order counts."""
    ids = {identity(names, item) for item in known}
    places = [identity(names, item) in ids for item in own if identity(names, item) is not None]
    result, known, fresh = [], list(known), list(fresh)
    mine = {identity(names, item) for item in own}
    for is_known in places:
        source = known if is_known else fresh
        if source and (is_known is False or identity(names, source[0]) in mine):
            result.append(source.pop(0))
    return [*result, *known, *fresh]


def _stub(base: Data | None, item: Data, own: Data, names: tuple[str, ...]) -> Data | None:
    """``item`` as it must stand in the file: whole when new, only what differs, or not at all."""
    if base is None:
        return item
    stub: Data = {"id": item["id"]}
    for name in [*own, *item]:
        if name in stub or name not in item:
            continue
        if name == "probes" and names == ("questions",):
            probes = _stubs(base.get(name) or [], item[name], own.get(name) or [], _PROBES)
            if probes:
                stub[name] = probes
        elif name in own or item[name] != base.get(name):
            stub[name] = item[name]
    for name in base:
        if name not in item and not (name == "probes" and names == ("questions",)):
            stub[name] = deepcopy(_EMPTY.get(name))
    return stub if len(stub) > 1 or own == stub else None


def _dropped(base: Data, whole: Data, before: Data) -> Data:
    gone: dict[str, list[str]] = {}
    for name in _BY_ID:
        there = {item["id"] for item in whole.get(name) or []}
        gone[name] = [item["id"] for item in base.get(name) or [] if item["id"] not in there]
    with_competency = _of_these(base, set(gone["competencies"]))
    with_competency -= set(before.get("questions") or [])
    gone["questions"] = [one for one in gone["questions"] if one not in with_competency]
    questions = {item["id"]: item for item in whole.get("questions") or []}
    gone["probes"] = [
        f"{item['id']}/{probe['id']}"
        for item in base["questions"]
        if item["id"] in questions
        for probe in item.get("probes") or []
        if probe["id"] not in {one["id"] for one in questions[item["id"]].get("probes") or []}
    ]
    result = {}
    for name in [*before, *gone]:
        now = gone.get(name, [])
        kept = [one for one in before.get(name) or [] if one in now]
        if now:
            result[name] = kept + [one for one in now if one not in kept]
    return result


def _without(base: Data, drop: Data) -> Data:
    """The base less what is dropped, as :func:`.merge.merged` leaves it."""
    left = deepcopy(base)
    _leave(left, "kits", set(drop.get("kits") or []))
    probes = set(drop.get("probes") or [])
    for item in left["questions"]:
        _leave(item, "probes", {one.partition("/")[2] for one in probes if _is_of(one, item)})
    competencies = set(drop.get("competencies") or [])
    questions = set(drop.get("questions") or [])
    return _less(left, competencies, questions | _of_these(base, competencies))


def hangs_on(base: Data, address: tuple[object, ...]) -> bool:
    """Whether the address is that of a competency or question that the base has."""
    if len(address) != 2 or address[0] not in ("competencies", "questions"):
        return False
    return any(item["id"] == address[1] for item in base[str(address[0])])


def less(base: Data, whole: Data, name: object, wanted: object) -> Data:
    """The whole without this inherited competency or question and all that hangs on it.

    As a ``drop`` entry has it: a competency takes its inherited questions along, a question its
    places in kits.
    """
    competencies = {wanted} if name == "competencies" else set()
    questions = {wanted} if name == "questions" else _of_these(base, competencies)
    return _less(deepcopy(whole), competencies, questions)


def _of_these(base: Data, competencies: set[Any]) -> set[Any]:
    return {item["id"] for item in base["questions"] if item["competency"] in competencies}


def _less(left: Data, competencies: set[Any], questions: set[Any]) -> Data:
    _leave(left, "competencies", competencies)
    _leave(left, "questions", questions)
    for kit in left["kits"]:
        if questions:
            kit["questions"] = [one for one in kit["questions"] if one["question"] not in questions]
        for one in competencies:
            (kit.get("weights") or {}).pop(one, None)
        for seat in kit.get("panel") or []:
            seat["focus"] = [one for one in seat["focus"] if one not in competencies]
        if kit.get("panel"):
            kit["panel"] = [seat for seat in kit["panel"] if seat["focus"]]
    return left


def _leave(holder: Data, name: str, gone: set[Any]) -> None:
    if name in holder and gone:
        holder[name] = [item for item in holder[name] if item["id"] not in gone]


def _is_of(probe: str, question: Data) -> bool:
    return bool(probe.partition("/")[0] == question["id"])


def _accepted(base: Data, whole: Data) -> Data:
    """The file adds to the base's acceptances; it cannot take any back."""
    there, wanted = base.get("accepted") or [], whole.get("accepted") or []
    missing = [one for one in there if one not in wanted]
    if missing:
        raise InterviewKitError(
            f"The base accepts {missing[0].get('code')}; a bank that extends it cannot take that "
            "back.",
            "Change it in the base.",
        )
    rest = [one for one in wanted if one not in there]
    return {"accepted": rest} if rest else {}


def _in_order(
    base: list[Data] | None, whole: list[Data] | None, names: tuple[str, ...]
) -> list[Data]:
    order = {identity(names, item): index for index, item in enumerate(base or [])}
    return sorted(whole or [], key=lambda item: order.get(identity(names, item), len(order)))


def _default(key: object) -> object:
    default = _EMPTY.get(str(key))
    return default if isinstance(default, str) else None
