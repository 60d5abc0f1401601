"""Where in a bank's text each entry of a mapping or list begins and ends, comments and all.

Lines are the unit: an entry reaches to the end of its last line. Comment lines directly above an
entry, as deep as the entry itself, belong to it; a banner (``# ----- Needs -----``) belongs to the
place where it stands, and so does every comment with a blank line below:

    line                       of the item ``deadline``
    -------------------------  -----------------------------------
                               slot: what stands between two items
      # ----- Timing -----     slot
      # asked in round two     own: goes where the item goes
      - id: deadline           start; colon is behind the hyphen
        ask: When?  # or why   end: behind this line
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from interviewkit.banks.text.yaml_nodes import scalar

_BANNER = re.compile(r"[-=_*~#─━═]{5,}")
_LINES = re.compile(r"[^\n]*\n|[^\n]+\Z")
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*")


@dataclass(slots=True)
class EntrySpan:
    """A field of a mapping or an item of a list in the text.

    ``start`` is where its key or dash stands, ``colon`` just behind the ``:`` or ``-``, ``end``
    behind the end of its last line. ``slot`` are the lines above that are not its ``own``.
    """

    start: int
    colon: int
    end: int
    value: yaml.Node
    key: object = None
    readable: bool = True  # a key that stands twice, or is no word, is left alone
    slot: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


def is_block(node: yaml.Node) -> bool:
    """Whether it is a mapping or list written in lines rather than in brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def entry_spans(text: str, node: yaml.Node, begin: int) -> list[EntrySpan]:
    """The entries of a block mapping or list. ``begin`` is where the lines before its first start;
    for a mapping behind a dash, where the mapping itself starts."""
    result: list[EntrySpan] = []
    for entry in _bare(text, node, begin):
        gap = _LINES.findall(text[begin : entry.start])
        column = column_of(text, entry.start)
        if gap and not gap[-1].endswith("\n"):
            gap.pop()  # the indentation
        entry.slot, entry.own = _split_gap(gap, column)
        entry.end = _tail(text, entry.end, column)
        begin = entry.end
        result.append(entry)
    return result


def column_of(text: str, index: int) -> int:
    """How many characters stand before it on its line."""
    return index - (text.rfind("\n", 0, index) + 1)


def end_of_line(text: str, index: int) -> int:
    """Just behind the end of the line that ``index`` is on."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def is_comment(line: str) -> bool:
    """Whether the whole line is one."""
    return line.lstrip(" \t").startswith("#")


def true_end(text: str, node: yaml.Node, otherwise: int) -> int:
    """Where the last character of the node's value has been; ``otherwise`` for an empty one."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if start == end:
            return otherwise
        if node.style in ("|", ">") and "+" not in head_of_block(text, node):
            return len(text[:end].rstrip())
        return int(end)
    if not is_block(node):
        return int(node.end_mark.index)
    final = node.value[-1]
    inner = final[1] if isinstance(final, tuple) else final
    return true_end(
        text, inner, final[0].end_mark.index + 1 if isinstance(final, tuple) else otherwise
    )


def head_of_block(text: str, node: yaml.Node) -> str:
    """The ``>-`` of a folded or literal text."""
    match = _BLOCK_HEAD.match(text, node.start_mark.index)
    return match.group() if match else ""


def comments(text: str, start: int, end: int, node: yaml.Node | None = None) -> list[str]:
    """The comments in this part of the text; what stands within the scalars of ``node`` is none."""
    result = []
    index = start
    leaves = iter(sorted(_leaves(node))) if node else iter(())
    leaf = next(leaves, None)
    while index < end:
        if leaf and index >= leaf[0]:
            index, leaf = max(index, leaf[1]), next(leaves, None)
        elif text[index] == "#":
            stop = min(end, end_of_line(text, index))
            result.append(text[index:stop].rstrip())
            index = stop
        else:
            index += 1
    return result


def _leaves(node: yaml.Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _leaves(key)
            yield from _leaves(value)
    else:
        for child in node.value:
            yield from _leaves(child)


def _bare(text: str, node: yaml.Node, begin: int) -> Iterator[EntrySpan]:
    """The entries without the comments around them."""
    keys: set[object] = set()
    for child in node.value:
        if isinstance(child, tuple):
            name, value = child
            start = name.start_mark.index
            colon = text.index(":", name.end_mark.index) + 1
            key = scalar(name) if isinstance(name, yaml.ScalarNode) else None
            readable = isinstance(name, yaml.ScalarNode) and key not in keys
            keys.add(key)
        else:
            value, key, readable = child, None, True
            start = _dash(text, begin)
            colon = start + 1
        begin = end_of_line(text, true_end(text, value, colon) - 1)
        yield EntrySpan(start, colon, begin, value, key, readable)


def _dash(text: str, index: int) -> int:
    """The next dash that is not in a comment."""
    while text[index] != "-":
        index = end_of_line(text, index) if text[index] == "#" else index + 1
    return index


def _tail(text: str, end: int, column: int) -> int:
    """Behind the comment lines that follow at once and are deeper: they speak of this entry."""
    while end < len(text):
        line = text[end : end_of_line(text, end)]
        if not is_comment(line) or len(line) - len(line.lstrip(" ")) <= column:
            return end
        end += len(line)
    return end


def _split_gap(lines: list[str], column: int) -> tuple[list[str], list[str]]:
    """The lines above an entry: those of the place, those of the entry."""
    at = len(lines)
    while at and is_comment(lines[at - 1]) and lines[at - 1].index("#") == column:
        at -= 1
    if any(_BANNER.search(line) for line in lines[at:]):
        at = len(lines)
    return lines[:at], lines[at:]
