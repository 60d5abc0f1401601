"""A list of questions as it was understood: what goes into a bank, and what could not be placed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from interviewkit.intake.foreign_text import clean_line


class Unplaced(NamedTuple):
    """A line that is in no field of the bank, with the reason."""

    location: str
    text: str
    reason: str


@dataclass
class ListedQuestion:
    """A question with all that the list says of it. ``minutes`` is None where it says nothing."""

    location: str
    ask: str
    competency: str = ""
    listen_for: list[str] = field(default_factory=list)
    watch_for: list[str] = field(default_factory=list)
    probes: list[str] = field(default_factory=list)
    anchors: dict[int, str] = field(default_factory=dict)
    minutes: float | None = None


@dataclass
class TidyCounts:
    """How much was taken off: numbers and bullets before lines, and questions that came again."""

    numberings: int = 0
    bullets: int = 0
    repeats: int = 0
    unlabelled: int = 0  # second-level lines that ask nothing, read as what to listen for


@dataclass
class QuestionList:
    """All of a list. ``scale`` names the points of its rating table, empty where it has none.

    ``section_minutes`` are those of a competency's whole section.
    """

    title: str = ""
    questions: list[ListedQuestion] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)  # competency → what the list says of it
    scale: dict[int, str] = field(default_factory=dict)
    anchors: dict[str, dict[int, str]] = field(default_factory=dict)  # competency → rating → text
    section_minutes: dict[str, float] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    counts: TidyCounts = field(default_factory=TidyCounts)

    @property
    def competencies(self) -> list[str]:
        """The names of the areas that have a question, in their order."""
        return list(dict.fromkeys(question.competency for question in self.questions))


def unplaced_comments(subject: str, unplaced: Iterable[Unplaced]) -> str:
    """Comments for the end of a bank's file, "" where everything was placed.

    Each takes one line, whatever stands in it: a line end would begin a field of the bank.
    """
    comments = [
        clean_line(f"# {entry.location} ({entry.reason}): {entry.text}") for entry in unplaced
    ]
    if not comments:
        return ""
    head = f"# Not placed: {subject} are in none of the fields above."
    return "\n" + "".join(f"{line}\n" for line in (head, *comments))
