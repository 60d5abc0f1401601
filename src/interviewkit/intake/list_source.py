"""What a list of questions is made of before it is read: lines with a level, and tables.

Every reader of a kind of file gives these, so that one reader of questions serves them all.
"""

from enum import StrEnum
from typing import NamedTuple


class LineKind(StrEnum):
    """What a line is in its document; an item has a bullet, a number or a level of its own."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"


class Line(NamedTuple):
    """One line. ``level``: of a heading from 1, of an item from 0; ``location`` is for messages.

    ``marker`` is the numbering before an item, "-" for a bullet, "" for neither.
    """

    location: str
    kind: LineKind
    text: str
    level: int = 0
    marker: str = ""


class Row(NamedTuple):
    """A row of a table and its place in the file."""

    location: str
    cells: tuple[str, ...]


class Table(NamedTuple):
    """Rows as they are in the file; the reader decides whether the first one names the columns."""

    rows: tuple[Row, ...]


Source = list[Line | Table]
