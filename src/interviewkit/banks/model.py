"""What a bank file holds: Bank ⊃ Competency (with anchors), Question ⊃ Probe, and Kit.

Owns the shape of single values. Whether names refer to something that exists is checked where
the file is read, because only there are line numbers known; a ``Bank`` from
:func:`interviewkit.banks.loader.read_bank` has had both checks. The docstrings here are what an
editor shows to anyone who writes a bank (see :mod:`interviewkit.banks.schema`).

Plain dataclasses, because an interview under way needs a bank but not what checks one: pydantic
reads the limits off the annotations when a file is read
(:mod:`interviewkit.banks.pydantic_adapters`), and costs a third of the time to the first screen
wherever it is imported.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, cast, dataclass_transform

from interviewkit.banks.elements import Element
from interviewkit.errors import unknown_name

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class FieldLimits:
    """What a value must be besides its type, in the words of pydantic's core schema."""

    def __init__(self, **limits: object) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(
        self, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        return cast("CoreSchema", {**handler(source), **self._limits})


Id = Annotated[str, FieldLimits(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, strict=True)]
Words = Annotated[
    str, FieldLimits(strip_whitespace=True, min_length=1, max_length=2000, strict=True)
]
Minutes = Annotated[float, FieldLimits(gt=0, le=240, allow_inf_nan=False)]
AT_LEAST_ONE = FieldLimits(min_length=1)
FEWEST, MOST = 3, 7  # points of a scale
Rating = Annotated[int, FieldLimits(ge=1, le=MOST, strict=True)]
RATINGS = (1, 2, 3, 4, 5)  # of a bank that names no scale
Jurisdiction = Literal["us", "ca", "uk", "eu"]
Kind = Literal["past_behaviour", "situational", "background", "role_play"]


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class _Part:
    """A frozen dataclass with keywords only, of whose methods none is made for each class.

    To have ``dataclass`` write and compile six methods for each of a dozen classes costs a
    thirtieth of the time to the first screen; these serve all of them.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - pydantic's name for it
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls) -> None:
        dataclass(kw_only=True, init=False, eq=False, repr=False)(cls)

    def __init__(self, **values: object) -> None:
        for name, model_field in self.__dataclass_fields__.items():
            if name not in values:
                values[name] = _default(model_field)
        if len(values) > len(self.__dataclass_fields__):
            surplus = ", ".join(sorted(values.keys() - self.__dataclass_fields__.keys()))
            raise TypeError(f"{type(self).__name__} has no {surplus}")
        self.__dict__.update(values)

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        pairs = zip(self.__dataclass_fields__, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def _default(model_field: Field[Any]) -> object:
    if model_field.default_factory is not MISSING:
        return model_field.default_factory()
    if model_field.default is MISSING:
        raise TypeError(f"{model_field.name} is missing")
    return model_field.default


def field_names(model: type[object]) -> list[str]:
    """The fields of a part of a bank, in the order in which they are written."""
    return [model_field.name for model_field in fields(model)]  # type: ignore[arg-type]


class Probe(_Part):
    """A neutral follow-up; ``elicits`` names the elements that a full reply to it would bring."""

    id: Id
    ask: Words
    elicits: Annotated[tuple[Element, ...], AT_LEAST_ONE]


class Competency(_Part):
    """What is rated. ``anchors``: for each rating the observable behaviour that earns it."""

    id: Id
    name: Words
    about: Words
    anchors: dict[Rating, Words]


class RolePlay(_Part):
    """What both sides of a role play know. ``minutes`` is the length of the play itself.

    The candidate reads ``candidate_brief`` before it begins; ``interviewer_plays`` says whom, and
    ``interviewer_brief`` what that person knows, says at once and only says when asked.
    """

    candidate_brief: Words
    interviewer_plays: Words
    interviewer_brief: Words
    minutes: Minutes


class Question(_Part):
    """One question, read aloud as written. Its own ``anchors`` replace its competency's.

    A work sample is of ``kind`` role_play and has a ``role_play``; no other question has one.
    """

    id: Id
    competency: Id
    kind: Kind = "past_behaviour"
    ask: Words
    listen_for: tuple[Words, ...] = ()
    watch_for: tuple[Words, ...] = ()
    anchors: dict[Rating, Words] | None = None
    probes: tuple[Probe, ...] = ()
    role_play: RolePlay | None = None


class KitQuestion(_Part):
    """A question's place in a kit, with the minutes planned for it."""

    question: Id
    minutes: Minutes


class Page(_Part):
    """Words to read aloud before the first or after the last question."""

    minutes: Minutes
    say: Words


class Seat(_Part):
    """One interviewer's place on the panel and the competencies that person covers.

    ``seat`` names the place, not a person: ``Hiring manager``, ``Peer``.
    """

    seat: Words
    focus: Annotated[tuple[Id, ...], AT_LEAST_ONE]


class Acceptance(_Part):
    """A finding of `bank check` that its author has looked at and keeps, with the reason.

    ``where`` is the id of a question, competency or kit, or ``question/probe``; without it the
    finding is accepted everywhere in the bank.
    """

    code: Id
    where: Annotated[str, FieldLimits(min_length=1, max_length=130, strict=True)] | None = None
    reason: Words


class Kit(_Part):
    """An ordered choice of questions for one kind of interview.

    ``weights`` maps competency ids to their weight in the overall score; a competency that is
    not named weighs 1. ``must_have`` maps competency ids to the least mean that the role needs on
    them; it shows where that is not met and counts in no total. ``minutes`` is the length of
    the whole interview, pages included.
    ``panel`` says which interviewer covers which competency where several share the kit.
    """

    id: Id
    name: Words
    minutes: Minutes
    opening: Page | None = None
    closing: Page | None = None
    questions: Annotated[tuple[KitQuestion, ...], AT_LEAST_ONE]
    weights: dict[Id, Annotated[float, FieldLimits(ge=0, le=100, allow_inf_nan=False)]] = field(
        default_factory=dict
    )
    must_have: dict[Id, Annotated[float, FieldLimits(ge=1, le=MOST, allow_inf_nan=False)]] = field(
        default_factory=dict
    )
    panel: tuple[Seat, ...] = ()


class Drop(_Part):
    """What an extending bank leaves out of the one it extends; probes as ``question/probe``."""

    competencies: tuple[Id, ...] = ()
    questions: tuple[Id, ...] = ()
    probes: tuple[Annotated[str, FieldLimits(pattern=r"^[^/]+/[^/]+$")], ...] = ()
    kits: tuple[Id, ...] = ()


class Extension(_Part):
    """What the file of a bank that builds on another must say itself; all else may be there."""

    __pydantic_config__ = {"extra": "ignore"}  # noqa: RUF012 - pydantic's name for it

    format: Literal[1]
    id: Id
    extends: Id
    drop: Drop = field(default_factory=Drop)


class Bank(_Part):
    """A question bank, whole. Order is the author's and carries meaning everywhere.

    ``scale`` names the points from 1 up, three to seven of them; without it there are five.
    ``jurisdictions`` says where the bank is used, so that `bank check` looks for what must not be
    asked there; without it, for what must not be asked anywhere it knows. ``words`` are the bank's
    own words and short phrases that show an element in notes, beside those of its language: a
    trade's word for its customers, say.
    """

    format: Literal[1]
    id: Id
    title: Words
    about: Words
    language: Annotated[str, FieldLimits(pattern=r"^[a-z]{2}$", strict=True)] = "en"
    version: Words
    authors: tuple[Words, ...] = ()
    licence: Words | None = None
    scale: dict[Rating, Words] | None = None
    jurisdictions: tuple[Jurisdiction, ...] = ()
    words: dict[Element, tuple[Words, ...]] | None = None
    competencies: Annotated[tuple[Competency, ...], AT_LEAST_ONE]
    questions: Annotated[tuple[Question, ...], AT_LEAST_ONE]
    kits: Annotated[tuple[Kit, ...], AT_LEAST_ONE]
    accepted: tuple[Acceptance, ...] = ()

    @property
    def ratings(self) -> tuple[int, ...]:
        """The points of the scale, from 1 up."""
        return tuple(sorted(self.scale)) if self.scale else RATINGS

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _competencies(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.competencies}

    def question(self, question_id: str) -> Question:
        """The question with this id; NotFoundError names the bank when there is none."""
        if question_id not in self._questions:
            raise unknown_name("question", question_id, self._questions, f"the bank {self.id}")
        return self._questions[question_id]

    def competency(self, competency_id: str) -> Competency:
        """The competency with this id; NotFoundError when there is none."""
        if competency_id not in self._competencies:
            raise unknown_name(
                "competency", competency_id, self._competencies, f"the bank {self.id}"
            )
        return self._competencies[competency_id]

    def kit(self, kit_id: str) -> Kit:
        """The kit with this id; NotFoundError lists those there are."""
        kits = {kit.id: kit for kit in self.kits}
        if kit_id not in kits:
            raise unknown_name("kit", kit_id, kits, f"the bank {self.id}")
        return kits[kit_id]

    def anchors(self, question: Question) -> Mapping[int, str]:
        """Rating → observable behaviour for this question: its own, else its competency's."""
        anchors = question.anchors or self.competency(question.competency).anchors
        return {int(rating): text for rating, text in anchors.items()}
