"""What a practice file holds: a candidate who answers the questions of one kit, by script.

A script says what is told unasked, what is told only when asked, and what is not there at all; with
an expert's rating of each answer and the reasons for it. Candidates are invented. Whether names
lead somewhere is checked where the file is read (:mod:`interviewkit.practice.reader`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from interviewkit.banks.elements import Element
from interviewkit.banks.model import AT_LEAST_ONE, FieldLimits, Id, Words


class StoryLevel(StrEnum):
    """What kind of story an answer is; the middle three are what ratings get wrong most."""

    LIVED_RICH = "lived-rich"
    LIVED_THIN = "lived-thin"
    CANNED = "canned"
    BORROWED = "borrowed"
    GENERAL = "general"


LEVEL_LABELS = {
    StoryLevel.LIVED_RICH: "lived and richly told",
    StoryLevel.LIVED_THIN: "lived, but thinly told",
    StoryLevel.CANNED: "prepared and smooth",
    StoryLevel.BORROWED: "the story of a team",
    StoryLevel.GENERAL: "general talk",
}


class _Strict:
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - pydantic's name for it


@dataclass(frozen=True, kw_only=True)
class ScriptedReply(_Strict):
    """What is said when an element is asked for.

    ``exists``: the element was there all along; else the candidate has no such thing and says so.
    """

    says: Words
    exists: bool


@dataclass(frozen=True, kw_only=True)
class ScriptedAnswer(_Strict):
    """The answer to one question, as it comes out bit by bit.

    ``opening`` is said first, ``replies`` when an element is asked for, ``silence`` once when the
    interviewer waits, ``otherwise`` to anything else. ``rating`` is an expert's, by the anchors,
    of all that can be heard; ``because`` is its reason, ``not_higher`` and ``not_lower`` say what
    keeps the answer from the ratings next to it (None at the ends of the scale).
    """

    question: Id
    level: StoryLevel
    opening: Words
    replies: dict[Element, ScriptedReply] = field(default_factory=dict)
    silence: Words | None = None
    otherwise: Words
    rating: Annotated[int, FieldLimits(strict=True)]
    because: Words
    not_higher: Words | None = None
    not_lower: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Script(_Strict):
    """A candidate for one kit of a bank. ``summary`` is for the trainer: it names the levels."""

    practice: Literal[1]
    id: Id
    candidate: Words
    bank: Id
    kit: Id
    language: Annotated[str, FieldLimits(pattern=r"^[a-z]{2}$", strict=True)] = "en"
    summary: Words
    answers: Annotated[tuple[ScriptedAnswer, ...], AT_LEAST_ONE]

    @cached_property
    def by_question(self) -> Mapping[str, ScriptedAnswer]:
        """The answers by the ids of their questions."""
        return {answer.question: answer for answer in self.answers}
