"""What is wrong with a bank's values: pydantic's errors in a trainer's words, and what no single
value can tell.

Works on plain values and yields (where, code, words), so that a fault in one place of a file
hides nothing elsewhere. What has not even the right shape is passed over by the cross checks: it
has been reported for that.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from interviewkit.banks.elements import EVERYDAY_NAMES, LABELS, Element
from interviewkit.banks.model import (
    FEWEST,
    MOST,
    RATINGS,
    Acceptance,
    Bank,
    Competency,
    Drop,
    Kit,
    KitQuestion,
    Page,
    Probe,
    Question,
    RolePlay,
    Seat,
    field_names,
)
from interviewkit.banks.text.yaml_nodes import KEY, Loc

Part = tuple[Loc, Mapping[str, object]]
Fault = tuple[Loc, str, str]  # where, code, words
Ids = Mapping[str, None]  # in the order of the file, and found at once in a long one
SHOWN = 40  # letters of a wrong value
_TOO_SHORT = {"too_short": "at least one item", "string_too_short": "at least one character"}
_LIST = "a list ([a, b], or each item on a line of its own behind a hyphen)"
_MAPPING = "a name with a value on each line (name: value)"
_BELONGS = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "dataclass_type": _MAPPING,
}
_MODELS: dict[str, type[object]] = {
    "competencies": Competency,
    "questions": Question,
    "probes": Probe,
    "kits": Kit,
    "opening": Page,
    "closing": Page,
    "panel": Seat,
    "role_play": RolePlay,
    "accepted": Acceptance,
    "drop": Drop,
}


def translate_error(
    detail: ErrorDetails,
    model_at: Callable[[Loc], type[object]] | None = None,
    whole: str = "the bank",
) -> Fault:
    """One of pydantic's errors in plain words.

    ``model_at`` gives the model that stands at a place, ``whole`` what the file is called; both
    are a bank's unless another kind of file is read.
    """
    loc = tuple(step for step in detail["loc"] if step != KEY)
    at: Loc = detail["loc"] if KEY in detail["loc"] else loc
    name = ".".join(str(step) for step in loc if not isinstance(step, int)) or whole
    field_name, kind = (str(loc[-1]) if loc else whole), detail["type"]
    if kind == "missing":
        return loc[:-1], "missing-field", f"{name} is missing"
    if kind == "unexpected_keyword_argument":
        suggestion = nearest(field_name, field_names((model_at or _model_at)(loc[:-1])))
        message = f"{field_name} is not a field here{suggestion}"
        return (*loc, KEY), "unknown-field", message
    if kind in {"enum", "literal_error"}:
        expected = detail.get("ctx", {}).get("expected", "")
        suggestion = _nearest_element(str(detail["input"])) if kind == "enum" else ""
        few = "one of " if " or " in expected else "always "
        message = f"{name} cannot be {detail['input']!r}{suggestion}; it is {few}{expected}"
        return at, "unknown-value", message
    if kind == "string_pattern_mismatch" and field_name == "language":
        message = (
            f"{name} {detail['input']!r} is not a language code: two letters, such as en or de"
        )
        return at, "bad-value", message
    if kind == "string_pattern_mismatch":
        message = (
            f"{name} {detail['input']!r} is not an id: lower-case letters, digits, single hyphens"
        )
        return at, "bad-id", message
    if kind in _TOO_SHORT:
        return at, "bad-value", f"{name} needs {_TOO_SHORT[kind]}"
    code = "wrong-type" if kind.endswith("_type") else "bad-value"
    if kind not in _BELONGS:
        return at, code, f"{name}: {_lower(detail['msg'])}"
    if detail["input"] is None:
        return at, code, f"{name} has no value; it should be {_BELONGS[kind]}"
    hint = "; put it in quotes" if kind == "string_type" and _is_plain(detail["input"]) else ""
    return (
        at,
        code,
        f"{name}: it should be {_BELONGS[kind]}, not {_quote_input(detail['input'])}{hint}",
    )


def is_of_scale(detail: ErrorDetails) -> bool:
    """Whether it is about a rating that names an anchor or a point; cross checks say it better."""
    return KEY in detail["loc"] and bool({"anchors", "scale"} & set(detail["loc"]))


def is_consequence(detail: ErrorDetails) -> bool:
    """Whether another error says it: a list whose only items are at fault is no empty list."""
    return detail["type"] == "too_short" and bool(detail["input"])


def nearest(wrong: str, names: Iterable[str]) -> str:
    """``; did you mean …?`` with the known name that is most like the wrong one, or nothing."""
    matches = get_close_matches(wrong, list(names), n=1)
    return f"; did you mean {matches[0]}?" if matches else ""


def _nearest_element(wrong: str) -> str:
    """``; did you mean …?`` with the element meant, also by an everyday name of it."""
    names = EVERYDAY_NAMES | {LABELS[e]: e for e in Element} | {e.value: e for e in Element}
    matches = get_close_matches(wrong.lower(), names, n=1)
    return f"; did you mean {names[matches[0]]}?" if matches else ""


def parts(loc: Loc, whole: object, name: str) -> list[Part]:
    """The mappings in the list ``name`` of ``whole``, each with its place."""
    items = whole.get(name) if isinstance(whole, dict) else None
    numbered = enumerate(items if isinstance(items, list) else [])
    return [((*loc, name, index), item) for index, item in numbered if isinstance(item, dict)]


def repetitions(data: object) -> Iterable[Fault]:
    """Ids that stand twice in one list."""
    questions, kits = parts((), data, "questions"), parts((), data, "kits")
    yield from _repetitions(parts((), data, "competencies"), "id")
    yield from _repetitions(questions, "id")
    yield from _repetitions(kits, "id")
    for loc, question in questions:
        yield from _repetitions(parts(loc, question, "probes"), "id")
    for loc, kit in kits:
        yield from _repetitions(parts(loc, kit, "questions"), "question")


def check_references(data: object) -> Iterable[Fault]:
    """Names that lead nowhere, gaps in anchors and scale."""
    competencies, questions = parts((), data, "competencies"), parts((), data, "questions")
    scale = data.get("scale") if isinstance(data, dict) else None
    yield from _bad_scale(scale)
    ratings = _ratings(scale)
    for loc, item in competencies + questions:
        yield from _anchors((*loc, "anchors"), item.get("anchors"), ratings)
    competency_ids = _ids(competencies)
    for loc, question in questions:
        name = question.get("competency")
        yield from _leads_nowhere((*loc, "competency"), "competency", name, competency_ids)
        yield from _role_play(loc, question)
    asked = _ids(questions)
    for loc, kit in parts((), data, "kits"):
        yield from _kit(loc, kit, competency_ids, asked)
        yield from _unreachable((*loc, "must_have"), kit.get("must_have"), ratings[-1])
    yield from _acceptances(data, competencies, questions)


def _role_play(loc: Loc, question: Mapping[str, object]) -> Iterable[Fault]:
    is_role_play = question.get("kind") == "role_play"
    if is_role_play and question.get("role_play") is None:
        message = "a question of kind role_play needs role_play: what both sides know"
        yield (*loc, "kind"), "missing-field", message
    elif is_role_play and question.get("anchors") is None:
        message = "a role play needs its own anchors: what could be seen in the role play"
        yield (*loc, "kind"), "missing-field", message
    elif not is_role_play and question.get("role_play") is not None:
        message = "role_play is for questions of kind role_play; set that kind or remove it"
        yield (*loc, "role_play"), "unknown-field", message


def _kit(loc: Loc, kit: Mapping[str, object], competencies: Ids, questions: Ids) -> Iterable[Fault]:
    for entry_loc, entry in parts(loc, kit, "questions"):
        name = entry.get("question")
        yield from _leads_nowhere((*entry_loc, "question"), "question", name, questions)
    for field_name in ("weights", "must_have"):
        by_competency = kit.get(field_name)
        for name in by_competency if isinstance(by_competency, dict) else ():
            yield from _leads_nowhere((*loc, field_name, name), "competency", name, competencies)
    for entry_loc, seat in parts(loc, kit, "panel"):
        focus = seat.get("focus")
        for index, name in enumerate(focus if isinstance(focus, list) else ()):
            yield from _leads_nowhere(
                (*entry_loc, "focus", index), "competency", name, competencies
            )


def _unreachable(loc: Loc, must_have: object, highest: int) -> Iterable[Fault]:
    for name, least in must_have.items() if isinstance(must_have, dict) else ():
        if isinstance(least, int | float) and highest < least <= MOST:
            message = f"{name} must have {least:g}, but the scale ends at {highest}"
            yield (*loc, name), "bad-value", message


def _acceptances(data: object, competencies: list[Part], questions: list[Part]) -> Iterable[Fault]:
    acceptances = parts((), data, "accepted")
    if not acceptances:
        return
    items = [*competencies, *questions, *parts((), data, "kits")]
    ids = {str(item.get("id")): None for _, item in items}
    ids |= {
        f"{question.get('id')}/{probe.get('id')}": None
        for loc, question in questions
        for _, probe in parts(loc, question, "probes")
    }
    for loc, acceptance in acceptances:
        target = acceptance.get("where")
        if isinstance(target, str) and target not in ids:
            message = f"nothing in this bank is called {target}{nearest(target, ids)}"
            yield (*loc, "where"), "unknown-id", message


def _ids(items: list[Part]) -> Ids:
    """The ids in a list; none when one is missing, because then nobody can tell where one leads."""
    ids = [item.get("id") for _, item in items]
    unique_ids = {item_id: None for item_id in ids if isinstance(item_id, str)}
    return unique_ids if all(isinstance(item_id, str) for item_id in ids) else {}


def _leads_nowhere(loc: Loc, kind: str, name: object, valid_ids: Ids) -> Iterable[Fault]:
    if valid_ids and isinstance(name, str) and name not in valid_ids:
        yield loc, "unknown-id", f"there is no {kind} {name}{nearest(name, valid_ids)}"


def _ratings(scale: object) -> tuple[int, ...]:
    points = len(scale) if isinstance(scale, dict) else 0
    return tuple(range(1, points + 1)) if FEWEST <= points <= MOST else RATINGS


def _bad_scale(scale: object) -> Iterable[Fault]:
    if isinstance(scale, dict) and tuple(scale) != _ratings(scale):
        message = "a scale has three to seven points, numbered from 1 without gaps"
        yield ("scale",), "bad-scale", message


def _anchors(loc: Loc, anchors: object, ratings: tuple[int, ...]) -> Iterable[Fault]:
    if not isinstance(anchors, dict):
        return
    *most, highest = map(str, ratings)
    for rating in anchors:
        if str(rating) not in (*most, highest):
            message = f"anchors cannot be {rating!r}; it is one of {', '.join(most)} or {highest}"
            yield (*loc, rating, KEY), "unknown-value", message
        elif not isinstance(rating, int):
            message = f"anchors cannot be {rating!r}; write the rating without quotes"
            yield (*loc, rating, KEY), "unknown-value", message
    anchored = {str(rating) for rating in anchors}
    missing = [str(rating) for rating in ratings if str(rating) not in anchored]
    if missing:
        yield loc, "anchors-missing", f"no anchor for {', '.join(missing)}; each rating needs one"


def _repetitions(items: list[Part], key: str) -> Iterable[Fault]:
    earlier: set[str] = set()
    for loc, item in items:
        name = item.get(key)
        if isinstance(name, str):
            if name in earlier:
                yield (*loc, key), "duplicate-id", f"{name} is already in this list"
            earlier.add(name)


def _model_at(loc: Loc) -> type[object]:
    names = [step for step in loc if isinstance(step, str)]
    if not names:
        return Bank
    if names[0] == "kits" and names[-1] == "questions":
        return KitQuestion
    return _MODELS.get(names[-1], Bank)


def _quote_input(value: object) -> str:
    """What stands there instead; a text or a number as it is, so that it is found."""
    if isinstance(value, dict):
        return "names with values"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value if not isinstance(value, str) or len(value) <= SHOWN else f"{value[:SHOWN]}…")


def _is_plain(value: object) -> bool:
    return isinstance(value, int | float | bool)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
