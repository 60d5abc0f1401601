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
    "must_have": {},
    "panel": [],
}
_OWN = ("format", "id", "extends", "drop")
_BY_ID = ("competencies", "questions", "kits")


def normalize_lists(data: object) -> object:
    """Without the fields that say the default: empty lists, defaults, nulls."""
    if isinstance(data, list):
        return [normalize_lists(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {
        key: normalize_lists(value)
        for key, value in data.items()
        if value is not None and value not in ([], {}) and value != _default(key)
    }


def behind_the_base(base: Data, whole: Data) -> Data:
    """The whole with its lists in the order that extending gives: the base's items first."""
    result = dict(whole)
    for name in _BY_ID:
        result[name] = _in_order(base.get(name), whole.get(name), (name,))
    base_questions = {question["id"]: question for question in base.get("questions", [])}
    result["questions"] = [
        {
            **question,
            "probes": _in_order(
                base_questions[question["id"]].get("probes"), question["probes"], _PROBES
            ),
        }
        if "probes" in question and question.get("id") in base_questions
        else question
        for question in result["questions"]
    ]
    return result


_PROBES = ("questions", "probes")


def own_part(base: Data, whole: Data, override: Data) -> Data:
    """The part of the bank that its own file must contain."""
    result = {name: whole.get(name, override[name]) for name in _OWN if name in override}
    drop = _drop_lists(base, whole, override.get("drop") or {})
    result.pop("drop", None)
    if drop:
        result["drop"] = drop
    remaining = _apply_drop(base, drop)
    for name in [*override, *whole]:
        if name in result or name in _OWN or name == "accepted":
            continue
        if name in _BY_ID:
            items = _stubs(
                remaining.get(name) or [], whole.get(name) or [], override.get(name) or [], (name,)
            )
            if items:
                result[name] = items
        elif name in whole and (name in override or whole[name] != base.get(name)):
            result[name] = whole[name]
    for name in base:
        if name not in whole and name not in _BY_ID and name != "accepted":
            result[name] = deepcopy(_EMPTY.get(name))
    result.update(_merge_acceptances(base, whole))
    return result


def _stubs(
    base: list[Data], whole: list[Data], override: list[Data], names: tuple[str, ...]
) -> list[Data]:
    base_items = {identity(names, item): item for item in base}
    mine = {identity(names, item): item for item in override}
    result = [
        stub
        for item in whole
        if (
            stub := _stub(
                base_items.get(identity(names, item)),
                item,
                mine.get(identity(names, item), {}),
                names,
            )
        )
    ]
    order = {identity(names, item): index for index, item in enumerate(override)}
    existing = [item for item in result if identity(names, item) in base_items]
    existing.sort(key=lambda item: order.get(identity(names, item), len(order)))
    fresh = [item for item in result if identity(names, item) not in base_items]
    return _interleave(existing, fresh, override, names)


def _interleave(
    existing: list[Data], fresh: list[Data], override: list[Data], names: tuple[str, ...]
) -> list[Data]:
    """Overrides and new items in the order that the file had them; only new ones' order counts."""
    ids = {identity(names, item) for item in existing}
    places = [
        identity(names, item) in ids for item in override if identity(names, item) is not None
    ]
    result, existing, fresh = [], list(existing), list(fresh)
    mine = {identity(names, item) for item in override}
    for is_known in places:
        source = existing if is_known else fresh
        if source and (is_known is False or identity(names, source[0]) in mine):
            result.append(source.pop(0))
    return [*result, *existing, *fresh]


def _stub(base: Data | None, item: Data, override: Data, names: tuple[str, ...]) -> Data | None:
    """``item`` as it must stand in the file: whole when new, only what differs, or not at all."""
    if base is None:
        return item
    stub: Data = {"id": item["id"]}
    for name in [*override, *item]:
        if name in stub or name not in item:
            continue
        if name == "probes" and names == ("questions",):
            probes = _stubs(base.get(name) or [], item[name], override.get(name) or [], _PROBES)
            if probes:
                stub[name] = probes
        elif name in override or item[name] != base.get(name):
            stub[name] = item[name]
    for name in base:
        if name not in item and not (name == "probes" and names == ("questions",)):
            stub[name] = deepcopy(_EMPTY.get(name))
    return stub if len(stub) > 1 or override == stub else None


def _drop_lists(base: Data, whole: Data, old_drop: Data) -> Data:
    gone: dict[str, list[str]] = {}
    for name in _BY_ID:
        whole_ids = {item["id"] for item in whole.get(name) or []}
        gone[name] = [item["id"] for item in base.get(name) or [] if item["id"] not in whole_ids]
    with_competency = _of_these(base, set(gone["competencies"]))
    with_competency -= set(old_drop.get("questions") or [])
    gone["questions"] = [dropped for dropped in gone["questions"] if dropped not in with_competency]
    questions = {item["id"]: item for item in whole.get("questions") or []}
    gone["probes"] = [
        f"{item['id']}/{probe['id']}"
        for item in base["questions"]
        if item["id"] in questions
        for probe in item.get("probes") or []
        if probe["id"]
        not in {dropped["id"] for dropped in questions[item["id"]].get("probes") or []}
    ]
    result = {}
    for name in [*old_drop, *gone]:
        required = gone.get(name, [])
        still_dropped = [dropped for dropped in old_drop.get(name) or [] if dropped in required]
        if required:
            result[name] = still_dropped + [
                dropped for dropped in required if dropped not in still_dropped
            ]
    return result


def _apply_drop(base: Data, drop: Data) -> Data:
    """The base less what is dropped, as :func:`.merge.merged` leaves it."""
    remaining = deepcopy(base)
    _leave(remaining, "kits", set(drop.get("kits") or []))
    probes = set(drop.get("probes") or [])
    for item in remaining["questions"]:
        _leave(item, "probes", {path.partition("/")[2] for path in probes if _is_of(path, item)})
    competencies = set(drop.get("competencies") or [])
    questions = set(drop.get("questions") or [])
    return _less(remaining, competencies, questions | _of_these(base, competencies))


def hangs_on(base: Data, address: tuple[object, ...]) -> bool:
    """Whether the address is that of a competency or question that the base has."""
    if len(address) != 2 or address[0] not in ("competencies", "questions"):
        return False
    return any(item["id"] == address[1] for item in base[str(address[0])])


def less(base: Data, whole: Data, name: object, value: object) -> Data:
    """The whole without this inherited competency or question and all that hangs on it.

    As a ``drop`` entry has it: a competency takes its inherited questions along, a question its
    places in kits.
    """
    competencies = {value} if name == "competencies" else set()
    questions = {value} if name == "questions" else _of_these(base, competencies)
    return _less(deepcopy(whole), competencies, questions)


def _of_these(base: Data, competencies: set[Any]) -> set[Any]:
    return {item["id"] for item in base["questions"] if item["competency"] in competencies}


def _less(remaining: Data, competencies: set[Any], questions: set[Any]) -> Data:
    _leave(remaining, "competencies", competencies)
    _leave(remaining, "questions", questions)
    for kit in remaining["kits"]:
        if questions:
            kit["questions"] = [
                competency
                for competency in kit["questions"]
                if competency["question"] not in questions
            ]
        for competency in competencies:
            for name in ("weights", "must_have"):
                (kit.get(name) or {}).pop(competency, None)
        for seat in kit.get("panel") or []:
            seat["focus"] = [
                competency for competency in seat["focus"] if competency not in competencies
            ]
        if kit.get("panel"):
            kit["panel"] = [seat for seat in kit["panel"] if seat["focus"]]
    return remaining


def _leave(holder: Data, name: str, gone: set[Any]) -> None:
    if name in holder and gone:
        holder[name] = [item for item in holder[name] if item["id"] not in gone]


def _is_of(probe: str, question: Data) -> bool:
    return bool(probe.partition("/")[0] == question["id"])


def _merge_acceptances(base: Data, whole: Data) -> Data:
    """The file adds to the base's acceptances; it cannot take any back."""
    base_accepted, whole_accepted = base.get("accepted") or [], whole.get("accepted") or []
    missing = [acceptance for acceptance in base_accepted if acceptance not in whole_accepted]
    if missing:
        raise InterviewKitError(
            f"The base accepts {missing[0].get('code')}; a bank that extends it cannot undo that.",
            "Change it in the base.",
        )
    added = [acceptance for acceptance in whole_accepted if acceptance not in base_accepted]
    return {"accepted": added} if added else {}


def _in_order(
    base: list[Data] | None, whole: list[Data] | None, names: tuple[str, ...]
) -> list[Data]:
    order = {identity(names, item): index for index, item in enumerate(base or [])}
    return sorted(whole or [], key=lambda item: order.get(identity(names, item), len(order)))


def _default(key: object) -> object:
    default = _EMPTY.get(str(key))
    return default if isinstance(default, str) else None
