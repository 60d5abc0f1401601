"""A bank file, read: YAML to models with every problem at its line, all at once.

The only way from text to a :class:`Bank`. YAML is composed to nodes, not loaded, because only
nodes know where they stand; the same walk finds what loading would swallow or blow up on:
duplicate keys, aliases, and YAML 1.1's surprises (``no`` is text here, ``1:30`` is not ninety).
"""

import hashlib
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interviewkit.banks.elements import Element
from interviewkit.banks.model import RATINGS, Bank, Competency, Kit, KitQuestion, Page, Probe
from interviewkit.banks.model import Question as BankQuestion
from interviewkit.errors import BankError, InterviewKitError, Problem

LARGEST = 5 * 1024 * 1024  # bytes; a bank of 2,000 questions is under 2 MiB
DEEPEST = 50  # levels; a bank has eight
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is 8 times as fast
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")  # 014 is text: as a number it would lose its nought
_FLOAT = re.compile(r"[-+]?[0-9]*\.[0-9]+\Z")
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
_TOO_DEEP = "this is nested too deeply"
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
_MODELS: dict[str, type[BaseModel]] = {
    "competencies": Competency,
    "questions": BankQuestion,
    "probes": Probe,
    "kits": Kit,
    "opening": Page,
    "closing": Page,
}

Place = tuple[int, int]
Loc = tuple[Hashable, ...]
Part = tuple[Loc, dict[str, object]]


@dataclass(frozen=True, slots=True)
class BankFile:
    """A usable bank with the exact text it came from; ``sha256`` is the hash of that text."""

    bank: Bank
    text: str
    path: Path | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(slots=True)
class _Walk:
    """Plain values out of YAML nodes, and where each of them stands."""

    problems: list[tuple[Place, str, str]] = field(default_factory=list)
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    aliases: set[Loc] = field(default_factory=set)

    def plain(self, node: yaml.Node, loc: Loc) -> object:
        if id(node) in self.seen:
            self.aliases.add(loc)
            return None
        place = _place(node.start_mark)
        self.values[loc] = place
        self.seen.add(id(node))
        if len(loc) > DEEPEST:
            self._report(place, "yaml", _TOO_DEEP)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*loc, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there is no fourth kind of node
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[Hashable, object]:
        result: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            place = _place(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(place, "wrong-type", "a name must be one word, not a list or mapping")
                continue
            key = _scalar(key_node)
            if key in result:
                first = self.keys[(*loc, key)][0]
                self._report(place, "duplicate-key", f"{key} stands here already, on line {first}")
                continue
            self.keys[(*loc, key)] = place
            result[key] = self.plain(value_node, (*loc, key))
        return result

    def _report(self, place: Place, code: str, message: str) -> None:
        self.problems.append((place, code, message))

    def where(self, loc: Loc, *, of_key: bool = False) -> Place:
        """The place of the value at ``loc``, or of the nearest thing around it."""
        for length in range(len(loc), -1, -1):
            table = self.keys if of_key and length == len(loc) else self.values
            if loc[:length] in table:
                return table[loc[:length]]
        return (1, 1)


def read_bank(path: Path) -> BankFile:
    """Read a file. Raises BankError with all problems, InterviewKitError if it cannot be opened."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InterviewKitError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the path and its rights."
        ) from error
    if len(raw) > LARGEST:
        raise _refused(str(path), (1, 1), "too-large", "the file is larger than 5 MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = "this is not UTF-8 text; save the file with the encoding UTF-8"
        raise _refused(str(path), (line, column), "not-utf8", message) from error
    return BankFile(parse_bank(text, str(path)), text, path)


def parse_bank(text: str, path: str) -> Bank:
    """The bank in ``text``; ``path`` is for messages only. Raises BankError with all problems."""
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise _refused(path, (line, 1), "merge-conflict", "a merge was left unfinished here")
    try:
        _refuse_an_abyss(text, path)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _place(mark) if mark else (1, 1)
        raise _refused(path, place, "yaml", _yaml_words(error, text, place)) from error
    except yaml.YAMLError as error:
        raise _refused(path, (1, 1), "yaml", " ".join(str(error).split())) from error
    except UnicodeEncodeError as error:  # half of a surrogate pair: never from a file
        line = text.count("\n", 0, error.start) + 1
        message = "a character here is none of Unicode's"
        raise _refused(path, (line, 1), "not-utf8", message) from error
    except RecursionError as error:
        raise _refused(path, (1, 1), "yaml", _TOO_DEEP) from error
    if node is None:
        raise _refused(
            path,
            (1, 1),
            "empty",
            "the file is empty; start from a copy of a bank that comes with interviewkit",
        )
    return _validated(node, text, path)


def _refuse_an_abyss(text: str, path: str) -> None:
    """Refuse what is nested so deeply that composing it would overflow the C loader's stack.

    Brackets and indentation limit how deep a text can be, so that hardly any is read twice.
    """
    brackets = text.count("[") + text.count("{")
    if brackets + 2 * max(map(len, text.splitlines()), default=0) < 5000:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _refused(path, _place(event.start_mark), "yaml", _TOO_DEEP)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _validated(node: yaml.Node, text: str, path: str) -> Bank:
    walk = _Walk()
    data = walk.plain(node, ())
    problems = list(walk.problems)
    if walk.aliases:  # a node knows only where its anchor stands, not who refers to it
        words = "refers to another place by *name; write it out here"
        aliases = (e for e in yaml.parse(text, Loader=_LOADER) if isinstance(e, yaml.AliasEvent))
        problems += [(_place(event.start_mark), "alias", words) for event in aliases]
    bank: Bank | None = None
    try:
        bank = Bank.model_validate(data)
    except ValidationError as error:
        problems += [
            _translated(detail, walk)
            for detail in error.errors(include_url=False)
            if detail["loc"] not in walk.aliases
            and (detail["type"] != "too_short" or not detail["input"])
        ]  # pydantic calls a list too short when its only item is at fault: that item is enough
    problems += [(walk.where(loc), code, words) for loc, code, words in _cross_checked(data)]
    if problems or bank is None:
        raise BankError(path, [Problem(path, *place, code, msg) for place, code, msg in problems])
    return bank


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """YAML 1.2's core idea of a plain scalar: no octals, no sexagesimals, no yes and no."""
    text = str(node.value)
    if node.style:  # '' as well as None says plain: the two loaders differ
        return text
    if _INT.match(text) and len(text) < 16:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return _PLAIN.get(text, text)


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _refused(path: str, place: Place, code: str, message: str) -> BankError:
    return BankError(path, [Problem(path, *place, code, message)])


def _yaml_words(error: yaml.MarkedYAMLError, text: str, place: Place) -> str:
    lines = text.splitlines()
    if place[0] <= len(lines) and "\t" in lines[place[0] - 1][: place[1]]:
        return "a tab stands where YAML wants spaces"
    parts = [part for part in (error.context, error.problem) if part]
    return f"not valid YAML: {', '.join(parts)}"


def _translated(detail: ErrorDetails, walk: _Walk) -> tuple[Place, str, str]:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    name = ".".join(str(part) for part in loc if not isinstance(part, int)) or "the bank"
    last, kind = (str(loc[-1]) if loc else "the bank"), detail["type"]
    if kind == "missing":
        return walk.where(loc[:-1]), "missing-field", f"{name} is missing"
    if kind == "extra_forbidden":
        fields = _model_at(loc[:-1]).model_fields
        words = f"{last} is not a field here{_nearest(last, fields)}"
        return walk.where(loc, of_key=True), "unknown-field", words
    if kind in {"enum", "literal_error"}:
        values = [element.value for element in Element] if kind == "enum" else []
        wanted = detail.get("ctx", {}).get("expected", "")
        near = _nearest(str(detail["input"]), values)
        words = f"{name} cannot be {detail['input']!r}{near}; it is one of {wanted}"
        return walk.where(loc, of_key="[key]" in detail["loc"]), "unknown-value", words
    if kind == "string_pattern_mismatch" and last == "language":
        words = f"{name} {detail['input']!r} is no language: two letters, such as en or de"
        return walk.where(loc), "bad-value", words
    if kind == "string_pattern_mismatch":
        words = f"{name} {detail['input']!r} is no id: lower-case letters, digits, single hyphens"
        return walk.where(loc), "bad-id", words
    code = "wrong-type" if kind.endswith("_type") else "bad-value"
    hint = "; put it in quotes" if kind == "string_type" and _is_plain(detail["input"]) else ""
    return walk.where(loc), code, f"{name}: {_lower(detail['msg'])}{hint}"


def _model_at(loc: Loc) -> type[BaseModel]:
    names = [part for part in loc if isinstance(part, str)]
    if not names:
        return Bank
    if names[0] == "kits" and names[-1] == "questions":
        return KitQuestion
    return _MODELS.get(names[-1], Bank)


def _nearest(wrong: str, known: Iterable[str]) -> str:
    near = get_close_matches(wrong, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _is_plain(value: object) -> bool:
    return isinstance(value, int | float | bool)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _cross_checked(data: object) -> Iterable[tuple[Loc, str, str]]:
    """What no single value can tell: names that repeat, names that lead nowhere, gaps.

    Works on plain values, so that a fault elsewhere in the file hides nothing of this. What has
    not even the right shape is passed over here: it has been reported for that.
    """
    competencies = _parts((), data, "competencies")
    questions = _parts((), data, "questions")
    kits = _parts((), data, "kits")
    yield from _repeated(competencies, "id")
    yield from _repeated(questions, "id")
    yield from _repeated(kits, "id")
    for loc, part in competencies + questions:
        yield from _gaps((*loc, "anchors"), part.get("anchors"))
    for loc, question in questions:
        yield from _repeated(_parts(loc, question, "probes"), "id")
        name = question.get("competency")
        yield from _leads_nowhere((*loc, "competency"), "competency", name, competencies)
    for loc, kit in kits:
        entries = _parts(loc, kit, "questions")
        yield from _repeated(entries, "question")
        for place, entry in entries:
            name = entry.get("question")
            yield from _leads_nowhere((*place, "question"), "question", name, questions)
        weights = kit.get("weights")
        for name in weights if isinstance(weights, dict) else ():
            yield from _leads_nowhere((*loc, "weights", name), "competency", name, competencies)


def _parts(loc: Loc, whole: object, name: str) -> list[Part]:
    """The mappings in the list ``name`` of ``whole``, each with its place."""
    items = whole.get(name) if isinstance(whole, dict) else None
    found = enumerate(items if isinstance(items, list) else [])
    return [((*loc, name, index), item) for index, item in found if isinstance(item, dict)]


def _leads_nowhere(
    loc: Loc, kind: str, name: object, parts: list[Part]
) -> Iterable[tuple[Loc, str, str]]:
    known = [part.get("id") for _, part in parts]
    ids = [one for one in known if isinstance(one, str)]
    # With an id missing from the list, or no list at all, nobody can tell.
    if ids and len(ids) == len(known) and isinstance(name, str) and name not in ids:
        yield loc, "unknown-id", f"there is no {kind} {name}{_nearest(name, ids)}"


def _gaps(loc: Loc, anchors: object) -> Iterable[tuple[Loc, str, str]]:
    if isinstance(anchors, dict):
        there = {str(rating) for rating in anchors}
        missing = [str(rating) for rating in RATINGS if str(rating) not in there]
        if missing:
            words = f"no anchor for {', '.join(missing)}; each rating needs one"
            yield loc, "anchors-missing", words


def _repeated(parts: list[Part], key: str) -> Iterable[tuple[Loc, str, str]]:
    first: set[str] = set()
    for loc, part in parts:
        name = part.get(key)
        if isinstance(name, str):
            if name in first:
                yield (*loc, key), "duplicate-id", f"{name} stands in this list already"
            first.add(name)
