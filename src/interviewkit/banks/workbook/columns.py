"""The sheets of a bank's workbook: which columns there are, and what each of them holds.

One sheet for each kind of thing, one row for each.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from interviewkit.banks.elements import Element
from interviewkit.banks.model import MOST

OWN_MARK = "#"  # a column whose head begins so is the trainer's own and stays out of the bank
LINE_END = "⏎"  # within an item of a list; behind the escape it is the sign itself
_ESCAPE = "␛"
_SIGN = re.compile(f"[{LINE_END}{_ESCAPE}]")
_READ = re.compile(f"{_ESCAPE}([{LINE_END}{_ESCAPE}])|{LINE_END}")
ELEMENTS = tuple(element.value for element in Element)
KINDS = ("past_behaviour", "situational", "background", "role_play")
JURISDICTIONS = ("us", "ca", "uk", "eu")


class Holds(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    NUMBER = "number"
    LINES = "one a line"
    COMMAS = "separated by commas"


@dataclass(frozen=True, slots=True)
class Column:
    """``choice`` names the list of a drop-down: elements, kinds, or the ids of a sheet.

    A workbook may lack what is ``optional``: it was written before there was such a column.
    """

    head: str
    width: int
    holds: Holds = Holds.TEXT
    choice: str = ""
    optional: bool = False


ANCHORS = tuple(Column(f"anchor {rating}", 26) for rating in range(1, MOST + 1))
BANK_FIELDS = (
    Column("id", 0),
    Column("extends", 0),
    Column("title", 0),
    Column("about", 0),
    Column("language", 0),
    Column("version", 0),
    Column("authors", 0, Holds.LINES),
    Column("licence", 0),
    Column("jurisdictions", 0, Holds.COMMAS),
    *(Column(f"scale {rating}", 0) for rating in range(1, MOST + 1)),
)
SHEETS: dict[str, tuple[Column, ...]] = {
    "Competencies": (Column("id", 20), Column("name", 22), Column("about", 44), *ANCHORS),
    "Questions": (
        Column("id", 20),
        Column("competency", 20, choice="Competencies"),
        Column("kind", 15, choice="kinds"),
        Column("ask", 50),
        Column("listen_for", 44, Holds.LINES),
        Column("watch_for", 34, Holds.LINES),
        *ANCHORS,
        Column("candidate_brief", 50, optional=True),
        Column("interviewer_plays", 34, optional=True),
        Column("interviewer_brief", 50, optional=True),
        Column("play minutes", 10, Holds.NUMBER, optional=True),
    ),
    "Probes": (
        Column("question", 22, choice="Questions"),
        Column("id", 20),
        Column("ask", 60),
        Column("elicits 1", 14, choice="elements"),
        Column("elicits 2", 14, choice="elements"),
        Column("elicits 3", 14, choice="elements"),
        Column("more elicits", 20, Holds.COMMAS),
    ),
    "Kits": (
        Column("id", 16),
        Column("name", 24),
        Column("minutes", 10, Holds.NUMBER),
        Column("opening minutes", 10, Holds.NUMBER),
        Column("opening say", 60),
        Column("closing minutes", 10, Holds.NUMBER),
        Column("closing say", 60),
    ),
    "Kit questions": (
        Column("kit", 20, choice="Kits"),
        Column("question", 30, choice="Questions"),
        Column("minutes", 10, Holds.NUMBER),
    ),
    "Weights": (
        Column("kit", 20, choice="Kits"),
        Column("competency", 30, choice="Competencies"),
        Column("weight", 10, Holds.NUMBER),
        Column("must have", 10, Holds.NUMBER, optional=True),
    ),
    "Panel": (
        Column("kit", 20, choice="Kits"),
        Column("seat", 30),
        Column("focus", 60, Holds.COMMAS),
    ),
    "Words": (Column("element", 20, choice="elements"), Column("words", 60, Holds.LINES)),
    "Accepted": (Column("code", 26), Column("where", 34), Column("reason", 70)),
}


def join_lines(items: Iterable[str]) -> str:
    """Texts as one cell holds them, one a line."""
    return "\n".join(_SIGN.sub(_ESCAPE + r"\g<0>", item).replace("\n", LINE_END) for item in items)


def split_lines(text: str) -> list[str]:
    """The reverse of :func:`join_lines`; empty lines are none."""
    lines = (line.strip() for line in text.split("\n"))
    return [_READ.sub(lambda sign: sign.group(1) or "\n", line) for line in lines if line]
