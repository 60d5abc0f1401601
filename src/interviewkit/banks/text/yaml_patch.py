"""A bank's text with some of its values changed, and all else in it byte for byte as it was.

One walk over the nodes of the text, with the values there are and those wanted: what is equal is
copied from the text, what differs is rewritten, what moved takes its lines along. Here the second
question was put first and asked in other words:

    questions:                         questions:
      # ----- Needs -----                # ----- Needs -----       stays where it stands
      - id: budget  # short              # asked in round two      moves with its question
        ask: Who pays?                   - id: deadline
                                           ask: By when?           written again
      # asked in round two                                         the gap stays, too
      - id: deadline                     - id: budget  # short     copied to the byte
        ask: "When?"                       ask: Who pays?
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from interviewkit.banks.text import yaml_writer
from interviewkit.banks.text.item_matching import identity, match_items, staying
from interviewkit.banks.text.node_spans import (
    EntrySpan,
    column_of,
    comments,
    end_of_line,
    entry_spans,
    is_block,
    is_comment,
    true_end,
)
from interviewkit.banks.text.yaml_writer import (
    SPACED,
    WIDEST,
    Names,
    quote,
    write_flow,
    write_value,
)

_MOST_ALIKE = "competency"  # a new question goes under the heading of those it belongs to


@dataclass(frozen=True, slots=True)
class Hint:
    """What a change of a list means where two ways lead to the same values.

    ``names`` leads to the list; ``moved`` is the id of the item that was moved among those that
    stay, ``copied`` the id of a new item and that of the one whose lines it is to get.
    """

    names: Names = ()
    moved: object = None
    copied: tuple[object, object] | None = None


@dataclass(slots=True)
class _Piece:
    """An entry of the result. ``slot``: the lines above it, or None for what is usual there."""

    text: str
    own: list[str]
    slot: list[str] | None
    value: object


def patch_text(
    text: str, root: yaml.Node, old: object, new: object, hint: Hint | None = None
) -> str:
    """The text with ``new`` in place of ``old``, both plain values as walking makes them."""
    ends = "\r\n" if "\r\n" in text else "\n"
    return _Patcher(text, ends, hint or Hint()).whole(root, old, new)


@dataclass(slots=True)
class _Patcher:
    text: str
    ends: str
    hint: Hint

    def whole(self, root: yaml.Node, old: object, new: object) -> str:
        if not is_block(root):
            start, end = root.start_mark.index, root.end_mark.index
            return self.text[:start] + self._flow(root, old, new) + self.text[end:]
        body, end = self._block(root, old, new, (), 0)
        return body + self.text[end:]

    def _entry(self, entry: EntrySpan, old: object, new: object, names: Names) -> str:
        """The text of an entry with its value changed; ``names`` lead to that value."""
        text, value = self.text, entry.value
        if same(old, new):
            return text[entry.start : entry.end]
        if is_block(value) and type(old) is type(new) and new:
            begin = self._begin(entry)
            body, end = self._block(value, old, new, names, begin)
            return text[entry.start : begin] + body + text[end : entry.end]
        if (
            isinstance(value, yaml.CollectionNode)
            and value.flow_style
            and new not in (None, [], {})
        ):
            start, end = value.start_mark.index, value.end_mark.index
            spot = self._flow(value, old, new)
            lost = _lost(comments(text, start, end, value), spot)
            if not lost and _fits(text, start, spot, value):
                return text[entry.start : start] + spot + text[end : entry.end]
        return self._rewrite_value(entry, new, names)

    def _rewrite_value(self, entry: EntrySpan, new: object, names: Names) -> str:
        """The key as it stands, all behind it again; comments beside the old value are kept."""
        text, value = self.text, entry.value
        column = column_of(text, entry.start)
        end = true_end(text, value, entry.colon)
        line_end = end_of_line(text, end - 1)
        notes = comments(text, entry.colon, line_end, value) if not is_block(value) else []
        if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
            head = end_of_line(text, value.start_mark.index)
            notes = comments(text, entry.colon, head)
        if is_block(value):
            notes = comments(text, entry.colon, min(self._begin(entry), value.start_mark.index))
        leading_note, *further_notes = notes or [""]
        used = column + entry.colon - entry.start
        written = write_value(new, column, names, used, leading_note)
        written += "".join(f"{' ' * column}{note}\n" for note in further_notes)
        return (
            text[entry.start : entry.colon]
            + self._with_line_ends(written)
            + text[line_end : entry.end]
        )

    def _block(
        self, node: yaml.Node, old: object, new: object, names: Names, begin: int
    ) -> tuple[str, int]:
        """A mapping or list in lines, and where it ended in the text before."""
        spans = entry_spans(self.text, node, begin)
        column = column_of(self.text, spans[0].start)
        inline = begin == spans[0].start and bool(self.text[begin - column : begin].strip(" "))
        if isinstance(node, yaml.MappingNode):
            assert isinstance(old, Mapping) and isinstance(new, Mapping)  # noqa: S101 - as their node
            pieces, leftover = self._fields(spans, old, new, names, column)
        else:
            assert isinstance(old, Sequence) and isinstance(new, Sequence)  # noqa: S101 - as above
            pieces, leftover = self._items(spans, old, new, names, column)
        usual = self._usual(spans, names)
        return self._join_pieces(pieces, leftover, usual, column, inline=inline), spans[-1].end

    def _fields(
        self,
        spans: list[EntrySpan],
        old: Mapping[object, object],
        new: Mapping[object, object],
        names: Names,
        column: int,
    ) -> tuple[list[_Piece], list[str]]:
        staying_entries, leftover = _with_slots(
            spans, [not e.readable or e.key in new for e in spans]
        )
        pieces: dict[object, _Piece] = {}
        for entry, slot in staying_entries:
            if entry.readable:
                key = entry.key
                body = self._entry(entry, old[key], new[key], (*names, str(key)))
                pieces[key] = _Piece(body, entry.own, slot, new[key])
            else:
                body = self.text[entry.start : entry.end]
                pieces[id(entry)] = _Piece(body, entry.own, slot, None)
        order = list(pieces)
        for key in yaml_writer.order_fields({**new, **old}, names):
            if key in new and key not in pieces:
                spaced = not names and isinstance(new[key], list | dict)
                body = self._with_line_ends(yaml_writer.write_field(key, new[key], column, names))
                pieces[key] = _Piece(body, [], [self.ends] if spaced else [], new[key])
                order.insert(_insertion_index(key, order, {**old, **new}, names), key)
        return [pieces[key] for key in order], leftover

    def _items(
        self,
        spans: list[EntrySpan],
        old: Sequence[object],
        new: Sequence[object],
        names: Names,
        column: int,
    ) -> tuple[list[_Piece], list[str]]:
        places = match_items(old, new, names)
        stays = staying(places, lambda place: self._is_restless(old[place], names))
        staying_entries, leftover = _with_slots(
            spans, [index in stays for index in range(len(spans))]
        )
        slots = {id(entry): slot for entry, slot in staying_entries}
        pieces = []
        for value, source_index in zip(new, places, strict=True):
            source = self._copied_index(value, old, names) if source_index is None else source_index
            if source is None:
                body = yaml_writer.write_item(value, column, names).lstrip(" ")
                pieces.append(_Piece(self._with_line_ends(body), [], None, value))
                continue
            entry = spans[source]
            body = self._entry(entry, old[source], value, names)
            slot = slots.get(id(entry)) if source_index is not None else None
            pieces.append(_Piece(body, entry.own, slot, value))
        _under_their_heading(pieces, self._usual(spans, names))
        return pieces, leftover

    def _copied_index(self, value: object, old: Sequence[object], names: Names) -> int | None:
        if not self.hint.copied or names != self.hint.names:
            return None
        copy, original = self.hint.copied
        if identity(names, value) != copy:
            return None
        ids = [identity(names, item) for item in old]
        return ids.index(original) if original in ids else None

    def _is_restless(self, item: object, names: Names) -> bool:
        moved = self.hint.moved
        return moved is not None and names == self.hint.names and identity(names, item) == moved

    def _flow(self, node: yaml.Node, old: object, new: object) -> str:
        """What stands in brackets: changed in place where its shape is the same, else again."""
        start, end = node.start_mark.index, node.end_mark.index
        if same(old, new):
            return self.text[start:end]
        parts: list[tuple[yaml.Node, object, object]] = []
        if isinstance(old, dict) and isinstance(new, dict) and list(old) == list(new):
            if len(node.value) == len(old):
                values = (value for _, value in node.value)
                parts = list(zip(values, old.values(), new.values(), strict=True))
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            parts = list(zip(node.value, old, new, strict=True))
        if not parts or any(
            value.start_mark.index == value.end_mark.index for value, _, _ in parts
        ):
            in_quotes = isinstance(node, yaml.ScalarNode) and node.style == '"'
            return quote(new) if in_quotes and isinstance(new, str) else write_flow(new)
        result, index = "", start
        for value, old_value, new_value in parts:
            result += self.text[index : value.start_mark.index] + self._flow(
                value, old_value, new_value
            )
            index = value.end_mark.index
        return result + self.text[index:end]

    def _begin(self, entry: EntrySpan) -> int:
        """Where the lines of its block value begin, the comments above the first among them."""
        start = entry.value.start_mark.index
        line = end_of_line(self.text, entry.colon - 1)
        return int(min(start, line))

    def _usual(self, spans: list[EntrySpan], names: Names) -> list[str]:
        """The lines between two items here: blank ones, as most often."""
        blank = [entry.slot for entry in spans[1:] if not _says(entry.slot)]
        if blank:
            return max(blank, key=blank.count)
        return [self.ends] if names in SPACED else []

    def _with_line_ends(self, written: str) -> str:
        return written.replace("\n", self.ends)

    def _join_pieces(
        self,
        pieces: list[_Piece],
        leftover: list[str],
        usual: list[str],
        column: int,
        *,
        inline: bool,
    ) -> str:
        result, indent = "", " " * column
        for index, piece in enumerate(pieces):
            lines_above = [*(usual if piece.slot is None else piece.slot), *piece.own]
            body = piece.text
            if not body.endswith("\n") and (index + 1 < len(pieces) or leftover):
                body += self.ends
            if inline and not index:
                result += body + "".join(line for line in lines_above if is_comment(line))
            else:
                result += "".join(lines_above) + indent + body
        return result + "".join(leftover)


def same(old: object, new: object) -> bool:
    """Equal, and of one kind: 1 is not true."""
    if old is new:
        return True
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    return isinstance(old, bool) == isinstance(new, bool) and old == new


def _with_slots(
    spans: list[EntrySpan], stays: list[bool]
) -> tuple[list[tuple[EntrySpan, list[str]]], list[str]]:
    """The entries that stay where they are, each with the lines above it.

    The comments above one that goes, if they are not its own, stay and come to stand above the
    next; when there is none, they are left.
    """
    result: list[tuple[EntrySpan, list[str]]] = []
    carried: list[str] = []
    for entry, stay in zip(spans, stays, strict=True):
        slot = _merge_gaps(carried, entry.slot) if carried else entry.slot
        if stay:
            result.append((entry, slot))
        carried = [] if stay else slot
    while carried and not carried[-1].strip():
        carried = carried[:-1]
    return result, carried


def _merge_gaps(upper: list[str], lower: list[str]) -> list[str]:
    if not _says(lower):
        return upper
    return upper + lower if _says(upper) else lower


def _says(lines: list[str]) -> bool:
    return any(map(str.strip, lines))


def _insertion_index(
    key: object, order: list[object], fields: Mapping[object, object], names: Names
) -> int:
    """Where among ``order`` a new field comes: behind those that the model has before it."""
    model_order = yaml_writer.order_fields(fields, names)
    predecessors = model_order[: model_order.index(key)]
    return max(
        (order.index(key_before) + 1 for key_before in predecessors if key_before in order),
        default=0,
    )


def _under_their_heading(pieces: list[_Piece], usual: list[str]) -> None:
    """Give a new first item the lines that stood above the old one; and put a new question behind
    the banner above those of its own competency."""
    index_of_old = next(
        (index for index, piece in enumerate(pieces) if piece.slot is not None), None
    )
    if index_of_old:
        pieces[0].slot, pieces[index_of_old].slot = pieces[index_of_old].slot, None
    for index in range(len(pieces) - 2, 0, -1):
        piece, next_piece, previous_piece = pieces[index], pieces[index + 1], pieces[index - 1]
        is_under_banner = (
            piece.slot is None and bool(next_piece.slot) and _says(next_piece.slot or [])
        )
        kind = _kind(piece)
        if (
            is_under_banner
            and kind is not None
            and kind == _kind(next_piece) != _kind(previous_piece)
        ):
            piece.slot, next_piece.slot = next_piece.slot, usual


def _kind(piece: _Piece) -> object:
    return piece.value.get(_MOST_ALIKE) if isinstance(piece.value, dict) else None


def _lost(notes: list[str], spot: str) -> list[str]:
    return [note for note in notes if note not in spot]


def _fits(text: str, start: int, spot: str, node: yaml.Node) -> bool:
    several = node.start_mark.line != node.end_mark.line
    return several or "\n" in spot or column_of(text, start) + len(spot) <= WIDEST
