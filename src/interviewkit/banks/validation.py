"""What is wrong with a bank's values: pydantic's errors in a trainer's words, and what no single
value can tell.

Works on plain values and yields (where, code, words), so that a fault in one place of a file
hides nothing elsewhere. What has not even the right shape is passed over by the cross checks: it
has been reported for that.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from interviewkit.banks.elements import Element
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
    Seat,
    names_of,
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
    "accepted": Acceptance,
    "drop": Drop,
}


def translated(detail: ErrorDetails) -> Fault:
    """One of pydantic's errors in plain words."""
    loc = tuple(part for part in detail["loc"] if part != KEY)
    at: Loc = detail["loc"] if KEY in detail["loc"] else loc
    name = ".".join(str(part) for part in loc if not isinstance(part, int)) or "the bank"
    last, kind = (str(loc[-1]) if loc else "the bank"), detail["type"]
    if kind == "missing":
        return loc[:-1], "missing-field", f"{name} is missing"
    if kind == "unexpected_keyword_argument":
        words = f"{last} is not a field here{nearest(last, names_of(_model_at(loc[:-1])))}"
        return (*loc, KEY), "unknown-field", words
    if kind in {"enum", "literal_error"}:
        values = [element.value for element in Element] if kind == "enum" else []
        wanted = detail.get("ctx", {}).get("expected", "")
        near = nearest(str(detail["input"]), values)
        few = "one of " if " or " in wanted else "always "
        words = f"{name} cannot be {detail['input']!r}{near}; it is {few}{wanted}"
        return at, "unknown-value", words
    if kind == "string_pattern_mismatch" and last == "language":
        words = f"{name} {detail['input']!r} is no language: two letters, such as en or de"
        return at, "bad-value", words
    if kind == "string_pattern_mismatch":
        words = f"{name} {detail['input']!r} is no id: lower-case letters, digits, single hyphens"
        return at, "bad-id", words
    if kind in _TOO_SHORT:
        return at, "bad-value", f"{name} needs {_TOO_SHORT[kind]}"
    code = "wrong-type" if kind.endswith("_type") else "bad-value"
    if kind not in _BELONGS:
        return at, code, f"{name}: {_lower(detail['msg'])}"
    if detail["input"] is None:
        return at, code, f"{name} has no value; here belongs {_BELONGS[kind]}"
    hint = "; put it in quotes" if kind == "string_type" and _is_plain(detail["input"]) else ""
    return at, code, f"{name}: here belongs {_BELONGS[kind]}, not {_seen(detail['input'])}{hint}"


def is_of_scale(detail: ErrorDetails) -> bool:
    """Whether it is about a rating that names an anchor or a point; cross checks say it better."""
    return KEY in detail["loc"] and bool({"anchors", "scale"} & set(detail["loc"]))


def nearest(wrong: str, known: Iterable[str]) -> str:
    """``; did you mean …?`` with the known name that is most like the wrong one, or nothing."""
    near = get_close_matches(wrong, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def parts(loc: Loc, whole: object, name: str) -> list[Part]:
    """The mappings in the list ``name`` of ``whole``, each with its place."""
    items = whole.get(name) if isinstance(whole, dict) else None
    found = enumerate(items if isinstance(items, list) else [])
    return [((*loc, name, index), item) for index, item in found if isinstance(item, dict)]


def repetitions(data: object) -> Iterable[Fault]:
    """Ids that stand twice in one list."""
    questions, kits = parts((), data, "questions"), parts((), data, "kits")
    yield from _repeated(parts((), data, "competencies"), "id")
    yield from _repeated(questions, "id")
    yield from _repeated(kits, "id")
    for loc, question in questions:
        yield from _repeated(parts(loc, question, "probes"), "id")
    for loc, kit in kits:
        yield from _repeated(parts(loc, kit, "questions"), "question")


def cross_checked(data: object) -> Iterable[Fault]:
    """Names that lead nowhere, gaps in anchors and scale."""
    competencies, questions = parts((), data, "competencies"), parts((), data, "questions")
    scale = data.get("scale") if isinstance(data, dict) else None
    yield from _bad_scale(scale)
    ratings = _ratings(scale)
    for loc, part in competencies + questions:
        yield from _anchors((*loc, "anchors"), part.get("anchors"), ratings)
    known = _ids(competencies)
    for loc, question in questions:
        name = question.get("competency")
        yield from _leads_nowhere((*loc, "competency"), "competency", name, known)
    asked = _ids(questions)
    for loc, kit in parts((), data, "kits"):
        yield from _kit(loc, kit, known, asked)
    yield from _acceptances(data, competencies, questions)


def _kit(loc: Loc, kit: Mapping[str, object], competencies: Ids, questions: Ids) -> Iterable[Fault]:
    for place, entry in parts(loc, kit, "questions"):
        name = entry.get("question")
        yield from _leads_nowhere((*place, "question"), "question", name, questions)
    weights = kit.get("weights")
    for name in weights if isinstance(weights, dict) else ():
        yield from _leads_nowhere((*loc, "weights", name), "competency", name, competencies)
    for place, seat in parts(loc, kit, "panel"):
        focus = seat.get("focus")
        for index, name in enumerate(focus if isinstance(focus, list) else ()):
            yield from _leads_nowhere((*place, "focus", index), "competency", name, competencies)


def _acceptances(data: object, competencies: list[Part], questions: list[Part]) -> Iterable[Fault]:
    every = [*competencies, *questions, *parts((), data, "kits")]
    ids = {str(part.get("id")): None for _, part in every}
    ids |= {
        f"{question.get('id')}/{probe.get('id')}": None
        for loc, question in questions
        for _, probe in parts(loc, question, "probes")
    }
    for loc, acceptance in parts((), data, "accepted"):
        where = acceptance.get("where")
        if isinstance(where, str) and where not in ids:
            words = f"nothing in this bank is called {where}{nearest(where, ids)}"
            yield (*loc, "where"), "unknown-id", words


def _ids(there: list[Part]) -> Ids:
    """The ids in a list; none when one is missing, because then nobody can tell where one leads."""
    ids = [part.get("id") for _, part in there]
    known = {one: None for one in ids if isinstance(one, str)}
    return known if all(isinstance(one, str) for one in ids) else {}


def _leads_nowhere(loc: Loc, kind: str, name: object, known: Ids) -> Iterable[Fault]:
    if known and isinstance(name, str) and name not in known:
        yield loc, "unknown-id", f"there is no {kind} {name}{nearest(name, known)}"


def _ratings(scale: object) -> tuple[int, ...]:
    points = len(scale) if isinstance(scale, dict) else 0
    return tuple(range(1, points + 1)) if FEWEST <= points <= MOST else RATINGS


def _bad_scale(scale: object) -> Iterable[Fault]:
    if isinstance(scale, dict) and tuple(scale) != _ratings(scale):
        words = "a scale names its points from 1 up, three to seven of them, without a gap"
        yield ("scale",), "bad-scale", words


def _anchors(loc: Loc, anchors: object, ratings: tuple[int, ...]) -> Iterable[Fault]:
    if not isinstance(anchors, dict):
        return
    *most, last = map(str, ratings)
    for rating in anchors:
        if str(rating) not in (*most, last):
            words = f"anchors cannot be {rating!r}; it is one of {', '.join(most)} or {last}"
            yield (*loc, rating, KEY), "unknown-value", words
        elif not isinstance(rating, int):
            words = f"anchors cannot be {rating!r}; write the rating without quotes"
            yield (*loc, rating, KEY), "unknown-value", words
    there = {str(rating) for rating in anchors}
    missing = [str(rating) for rating in ratings if str(rating) not in there]
    if missing:
        yield loc, "anchors-missing", f"no anchor for {', '.join(missing)}; each rating needs one"


def _repeated(there: list[Part], key: str) -> Iterable[Fault]:
    first: set[str] = set()
    for loc, part in there:
        name = part.get(key)
        if isinstance(name, str):
            if name in first:
                yield (*loc, key), "duplicate-id", f"{name} stands in this list already"
            first.add(name)


def _model_at(loc: Loc) -> type[object]:
    names = [part for part in loc if isinstance(part, str)]
    if not names:
        return Bank
    if names[0] == "kits" and names[-1] == "questions":
        return KitQuestion
    return _MODELS.get(names[-1], Bank)


def _seen(value: object) -> str:
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
