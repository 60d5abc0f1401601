"""YAML text to plain values, with the place of each of them.

YAML is composed to nodes, not loaded, because only nodes know where they stand; the same walk
finds what loading would swallow or blow up on: duplicate keys, aliases, and YAML 1.1's surprises
(``no`` is text here, ``1:30`` is not ninety).
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from interviewkit.errors import BankError, Finding
from interviewkit.gc_pause import collector_paused

DEEPEST = 50  # levels; a bank has eight
_FASTEST: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is 8 times as fast
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")  # 014 is text: as a number it would lose its nought
_FLOAT = re.compile(r"[-+]?[0-9]*\.[0-9]+\Z")
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
_TOO_DEEP = "this is too deeply nested"
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}


class LOADER(_FASTEST):  # type: ignore[misc]
    """The loader without tags, in two thirds of the time: :func:`scalar` reads plain scalars."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """Return the default tag: implicit tags are not resolved."""
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """No path to a node has a meaning of its own."""

    def ascend_resolver(self) -> None:
        """Do nothing: paths are not resolved."""


LineColumn = tuple[int, int]  # line and column, from 1
SourceLocation = tuple[str, int, int]  # the file's path, line, column
Loc = tuple[Hashable, ...]
KEY = "[key]"  # at the end of a Loc: not the value but the name it stands under; pydantic's word


# What the parser says, and what it means to the author. The parser notices some faults only lines
# later: those are told where they began.
_WHERE_IT_BEGAN = {
    "scanning a simple key": "a field name needs a colon and a space after it, all on one line",
    "scanning a quoted scalar, found unexpected end": "the quotes that open here are never closed",
    "parsing a flow": "the bracket that opens here is not closed, or a comma is missing in it",
}
_WHERE_IT_STOPPED = {
    "mapping values are not allowed": "the text contains a colon and a space: put it in quotes",
    "cannot start any token": "a text cannot start with this character: put it in quotes",
    "escape character": "a backslash within double quotes: use single quotes, or double the "
    "backslash",
}
_ASTRAY = "this line is indented too far or too little for the line above it"
_BEHIND = "there is text after closing quotes or a bracket: put the whole text in quotes"


def compose(text: str, path: str) -> yaml.Node:
    """The text as YAML nodes; ``path`` is for messages. BankError when it is not even YAML."""
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise refusal(path, (line, 1), "merge-conflict", "an unfinished merge (conflict marker)")
    try:
        _refuse_an_abyss(text, path)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise refusal(path, *_explain_error(error, text)) from error
    except yaml.YAMLError as error:
        raise refusal(path, (1, 1), "yaml", " ".join(str(error).split())) from error
    except UnicodeEncodeError as error:  # half of a surrogate pair: never from a file
        line = text.count("\n", 0, error.start) + 1
        message = "a character here is not valid Unicode"
        raise refusal(path, (line, 1), "not-utf8", message) from error
    except RecursionError as error:
        raise refusal(path, (1, 1), "yaml", _TOO_DEEP) from error
    if node is None:
        message = "the file is empty; start from a copy of a bank that comes with interviewkit"
        raise refusal(path, (1, 1), "empty", message)
    return node


def refusal(path: str, position: LineColumn, code: str, message: str) -> BankError:
    """The error for a text with a single fault that hides all others."""
    return BankError(path, [Finding(path, *position, code, message)])


def place_of(mark: Any) -> LineColumn:
    """Line and column, from 1, of one of YAML's marks."""
    return mark.line + 1, mark.column + 1


class Spot(NamedTuple):
    """Where a value begins, and what stands in it, by field name or by place in the list.

    Lines count from that of the value around it, so that a part of a text stays what it is when
    something is put before it. ``key`` is where its name stands. What only refers to another part
    begins where its name does.
    """

    path: str
    line: int
    column: int
    key: SourceLocation | None
    children: "dict[Hashable, Spot]"
    is_alias: bool = False

    def below(self, lines: int) -> "Spot":
        """The same, so many lines further down."""
        path, line, column, key, children, is_alias = self
        if key is not None:
            key = (key[0], key[1] + lines, key[2])
        return Spot(path, line + lines, column, key, children, is_alias)


@dataclass(slots=True)
class PositionIndex:
    """Plain values out of YAML nodes, and where each of them stands.

    ``origins`` names the file of a node that comes from another one than ``path``, and with it
    of all below that node.
    """

    path: str
    origins: Mapping[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    root: Spot | None = None
    seen: set[int] = field(default_factory=set)
    aliases: set[Loc] = field(default_factory=set)

    def plain(self, node: yaml.Node) -> object:
        """The values of ``node``, the root of the whole."""
        above: dict[Hashable, Spot] = {}
        value = self._value(node, (), self.path, 0, None, above)
        self.root = above[None]
        return value

    def _value(
        self,
        node: yaml.Node,
        loc: Loc,
        path: str,
        outer_line: int,
        key: SourceLocation | None,
        siblings: dict[Hashable, Spot],
    ) -> object:
        """The value of ``node``; its place is put among ``siblings``, counted from the outer's."""
        step = loc[-1] if loc else None
        if id(node) in self.seen:
            self.aliases.add(loc)
            if key is not None:
                siblings[step] = Spot(*key, key, {}, True)
            return None
        path = self.origins.get(id(node), path)
        line, column = place_of(node.start_mark)
        children: dict[Hashable, Spot] = {}
        siblings[step] = Spot(path, line - outer_line, column, key, children)
        self.seen.add(id(node))
        if len(loc) > DEEPEST:
            self.findings.append(Finding(path, line, column, "yaml", _TOO_DEEP))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc, path, line, children)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._value(item, (*loc, index), path, line, None, children)
                for index, item in enumerate(node.value)
            ]
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there is no fourth kind of node
        return scalar(node)

    def _mapping(
        self,
        node: yaml.MappingNode,
        loc: Loc,
        path: str,
        outer_line: int,
        children: dict[Hashable, Spot],
    ) -> dict[Hashable, object]:
        result: dict[Hashable, object] = {}
        key_lines: dict[Hashable, int] = {}
        for key_node, value_node in node.value:
            key_path = self.origins.get(id(key_node), path)
            line, column = place_of(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a name must be one word, not a list or mapping"
                self.findings.append(Finding(key_path, line, column, "wrong-type", message))
                continue
            key = scalar(key_node)
            if key in result:
                message = f"{key} is already given on line {key_lines[key]}"
                self.findings.append(Finding(key_path, line, column, "duplicate-key", message))
                continue
            key_lines[key] = line
            place = (key_path, line - outer_line, column)
            result[key] = self._value(value_node, (*loc, key), path, outer_line, place, children)
        return result

    def where(self, loc: Loc) -> SourceLocation:
        """The place of the value at ``loc``, or of the nearest thing around it."""
        spot = self.root
        if spot is None:
            return (self.path, 1, 1)
        of_key = bool(loc) and loc[-1] == KEY
        steps = loc[:-1] if of_key else loc
        line = spot.line
        for depth, step in enumerate(steps, 1):
            child = spot.children.get(step)
            if child is None:
                break
            if of_key and depth == len(steps) and child.key is not None:
                return (child.key[0], line + child.key[1], child.key[2])
            if child.is_alias:
                break
            spot, line = child, line + child.line
        return (spot.path, line, spot.column)


@dataclass(frozen=True, slots=True)
class PositionedData:
    """A text composed and walked: its plain values, and the walk that found them.

    For as many readers as there are; none of them may change it. The nodes are not kept: those of
    a large bank are half a million objects, which the garbage collector would look through.
    """

    data: Any
    walk: PositionIndex


def read_positions(text: str, path: str) -> PositionedData:
    """The text composed and walked once; BankError when it is not even YAML."""
    with collector_paused():
        walk = PositionIndex(path)
        return PositionedData(walk.plain(compose(text, path)), walk)


def scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """YAML 1.2's core idea of a plain scalar: no octals, no sexagesimals, no yes and no."""
    text = str(node.value)
    if node.style:  # '' as well as None says plain: the two loaders differ
        return text
    if _INT.match(text) and len(text) < 16:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return _PLAIN.get(text, text)


def _refuse_an_abyss(text: str, path: str) -> None:
    """Refuse what is nested so deeply that composing it would overflow the C loader's stack.

    Brackets and indentation limit how deep a text can be, so that hardly any is read twice.
    """
    brackets = text.count("[") + text.count("{")
    if brackets + 2 * max(map(len, text.splitlines()), default=0) < 5000:
        return
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise refusal(path, place_of(event.start_mark), "yaml", _TOO_DEEP)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _explain_error(error: yaml.MarkedYAMLError, text: str) -> tuple[LineColumn, str, str]:
    """Where a person should look, the code, and what to do, in words that are not the parser's."""
    mark = error.problem_mark or error.context_mark
    position = place_of(mark) if mark else (1, 1)
    lines = text.splitlines()
    if position[0] <= len(lines) and "\t" in lines[position[0] - 1][: position[1]]:
        return position, "yaml", "a tab is used where YAML needs spaces"
    problem = ", ".join(piece for piece in (error.context, error.problem) if piece)
    for phrase, message in _WHERE_IT_BEGAN.items():
        if phrase in problem and error.context_mark:
            return place_of(error.context_mark), "yaml", message
    if "did not find expected" in problem and position[0] <= len(lines):
        prefix = lines[position[0] - 1][: position[1] - 1].strip(" -")
        return position, "yaml", _BEHIND if prefix else _ASTRAY
    plain = next(
        (message for phrase, message in _WHERE_IT_STOPPED.items() if phrase in problem), ""
    )
    return position, "yaml", plain or f"not valid YAML: {problem}"
