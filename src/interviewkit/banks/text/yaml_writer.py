"""Plain values to YAML text in the manner of the banks we ship.

Texts stand plain where our own reading takes them back as they are, in quotes where it would not,
and folded over lines of at most 110 columns where they are long. Lists of ids and elements stand
in brackets. Everything ends its line with ``\\n``; anyone who keeps other line ends puts them in.
"""

import re
from collections.abc import Mapping, Sequence

import yaml

from interviewkit.banks.elements import Element
from interviewkit.banks.model import (
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
from interviewkit.banks.text.yaml_nodes import scalar

WIDEST = 110  # columns of a line
Names = tuple[str, ...]  # the fields on the way to a value, ids and numbers left out

_TOP = field_names(Bank)
_AFTER_ID = _TOP.index("id") + 1
FIELDS: dict[Names, list[str]] = {
    (): [*_TOP[:_AFTER_ID], "extends", "drop", *_TOP[_AFTER_ID:]],
    ("competencies",): field_names(Competency),
    ("questions",): field_names(Question),
    ("questions", "probes"): field_names(Probe),
    ("questions", "role_play"): field_names(RolePlay),
    ("kits",): field_names(Kit),
    ("kits", "opening"): field_names(Page),
    ("kits", "closing"): field_names(Page),
    ("kits", "questions"): field_names(KitQuestion),
    ("kits", "panel"): field_names(Seat),
    ("accepted",): field_names(Acceptance),
    ("drop",): field_names(Drop),
    ("words",): [element.value for element in Element],
}
SPACED = {("competencies",), ("questions",), ("kits",)}  # a blank line between their items
_IN_BRACKETS = {"elicits", "focus", "jurisdictions"}
_INSIDE_BRACKETS = {"drop", "words"}  # the same for what stands below these

_PRINTABLE = "\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_UNUSUAL = re.compile(f"[^{_PRINTABLE}]")
_NOT_FIRST = tuple("-?:,[]{}#&*!|>'\"%@`=<")  # = and < only so that no reader thinks of a merge
_RESOLVER, _STR = yaml.resolver.Resolver(), "tag:yaml.org,2002:str"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_value(value: object, column: int, names: Names, used: int, comment: str = "") -> str:
    """What stands behind ``key:`` or ``-`` of an entry at ``column``, line end included.

    ``used`` is how many columns of the line are taken already; ``comment`` goes on that line.
    """
    note = f"  {comment}" if comment else ""
    if isinstance(value, Mapping) and value:
        return _mapping(value, column, names, note)
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        short = _bracket(names) and write_flow(value)
        if short and used + 1 + len(short) <= WIDEST:
            return f" {short}{note}\n"
        return f"{note}\n" + "".join(write_item(child, column + 2, names) for child in value)
    if isinstance(value, str):
        return _text(value, column, used, note)
    return f" {write_flow(value)}{note}\n"


def write_field(key: object, value: object, column: int, names: Names) -> str:
    """``key: value``, from the key on; ``names`` lead to the mapping that it stands in."""
    name = write_flow(key)
    return f"{name}:{write_value(value, column, (*names, str(key)), column + len(name) + 1)}"


def write_item(value: object, column: int, names: Names) -> str:
    """One ``- item`` of the list that ``names`` lead to, its indentation included."""
    indent = " " * column
    if isinstance(value, Mapping) and value:
        text = write_value(value, column, names, column + 1)
        return f"{indent}- {text.removeprefix(chr(10)).lstrip(' ')}"
    return f"{indent}-{write_value(value, column, names, column + 1)}"


def order_fields(mapping: Mapping[object, object], names: Names) -> list[object]:
    """Its keys in the order of the model; ratings upwards; else as they stand."""
    keys = list(mapping)
    if all(isinstance(key, int) for key in keys):
        return sorted(keys, key=lambda key: int(str(key)))
    model_fields = FIELDS.get(names, [])
    return sorted(
        keys,
        key=lambda key: model_fields.index(str(key)) if key in model_fields else len(model_fields),
    )


def write_flow(value: object) -> str:
    """The value on one line, fit to stand in brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{write_flow(key)}: {write_flow(child)}" for key, child in value.items())
            + "}"
        )
    if isinstance(value, str):
        return value if needs_no_quotes(value, in_brackets=True) else quote(value)
    assert isinstance(value, Sequence)  # noqa: S101 - plain values are nothing else
    return "[" + ", ".join(map(write_flow, value)) + "]"


def needs_no_quotes(text: str, *, in_brackets: bool = False) -> bool:
    """Whether the text needs no quotes to be read back as it is."""
    if not text or text != text.strip() or text.startswith(_NOT_FIRST) or _UNUSUAL.search(text):
        return False
    if "\n" in text or "\t" in text or ": " in text or " #" in text or text.endswith(":"):
        return False
    if in_brackets and re.search(r"[,\[\]{}:?]", text):
        return False
    if text.startswith(("---", "...")):
        return False
    # Ours would take `no` for a text, other readers of YAML for false: in quotes all agree.
    means = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return means == _STR and scalar(yaml.ScalarNode("", text)) == text


def quote(text: str) -> str:
    """The text in quotes on one line: double ones, or single where that spares escapes."""
    wants_single = '"' in text and not set("\\\n\t") & set(text)
    if wants_single and not _UNUSUAL.search(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(char) or _escape(char) for char in text) + '"'


def _mapping(value: Mapping[object, object], column: int, names: Names, note: str) -> str:
    inner = column + 2
    lines = [
        " " * inner + write_field(key, value[key], inner, names)
        for key in order_fields(value, names)
    ]
    return f"{note}\n" + "".join(lines)


def _text(text: str, column: int, used: int, note: str) -> str:
    """Behind its key: plain or quoted when that fits on the line, else folded or as it stands."""
    short = text if needs_no_quotes(text) else quote(text)
    if (used + 1 + len(short) <= WIDEST and "\n" not in text) or not _can_fold(text):
        return f" {short}{note}\n"
    indent = " " * (column + 2)
    room = WIDEST - len(indent)
    lines = text.split("\n")
    if len(lines) > 1 and all(len(line) <= room for line in lines):
        body, mark = lines, "|-"
    else:
        # A line end within the text is a blank line in a folded one.
        body, mark = (
            "\n\n".join("\n".join(_wrap(line, room)) for line in lines).split("\n"),
            ">-",
        )
    return f" {mark}{note}\n" + "".join(f"{indent}{line}\n" if line else "\n" for line in body)


def _can_fold(text: str) -> bool:
    """Lines that begin or end with a space are read otherwise when folded."""
    if not text.strip() or _UNUSUAL.search(text):
        return False
    return all(line and line == line.strip() for line in text.split("\n"))


def _wrap(line: str, room: int) -> list[str]:
    """Broken only at single spaces, because each break is read back as one."""
    lines: list[str] = []
    current = ""
    for chunk in re.split(r"(?<=[^ \t]) (?=[^ \t])", line):
        if current and len(current) + 1 + len(chunk) > room:
            lines.append(current)
            current = chunk
        else:
            current = f"{current} {chunk}" if current else chunk
    return [*lines, current]


def _bracket(names: Names) -> bool:
    return bool(names) and (names[-1] in _IN_BRACKETS or bool(_INSIDE_BRACKETS & set(names[:-1])))


def _number(value: float) -> str:
    """As our reading takes it back: no exponent, no ``.0`` where there is nothing behind it."""
    if float(value).is_integer():
        return str(int(value))
    text = f"{value:.17g}"
    shortest = repr(value)
    return shortest if "e" not in shortest else f"{value:.20f}".rstrip("0") or text


def _escape(char: str) -> str:
    code = ord(char)
    if not _UNUSUAL.match(char):
        return char
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
