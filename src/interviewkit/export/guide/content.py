"""What a printed interview guide holds, before anybody has decided how it looks.

A guide is one kit of one bank on paper: a first page to fill in with the plan, who covers what and
how to go about it, what stays out of an interview, a page for each question, and a page for the
closing and the verdict of the interviewer. Weights stay out of it: they are no business of anyone
who rates an answer.
Its fixed words are data, one file a language; a bank in a language without one gets English.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Literal

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Bank, Kit, Question

Paper = Literal["a4", "letter"]
_FALLBACK = "en"
_NORTH_AMERICA = frozenset({"us", "ca"})
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})
RECOMMENDATIONS = ("definitely_not", "no", "yes", "definitely_yes")
OUTCOMES = (("+", "new_detail"), ("=", "nothing_new"), ("!", "no_answer"))


@dataclass(frozen=True, slots=True)
class GuideTexts:
    """The fixed words of one language; ``language`` is the one they are really in."""

    language: str
    words: Mapping[str, str]
    kinds: Mapping[str, str]
    elements: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]
    topics: Sequence[Mapping[str, str]]
    laws: Sequence[Mapping[str, str]]

    def __getitem__(self, name: str) -> str:
        return self.words[name]


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """A question as it is printed: ``anchors`` are (rating, name of the point or "", words)."""

    number: int
    minutes: float
    competency: str
    question: Question
    anchors: Sequence[tuple[int, str, str]]
    elicits: Sequence[str]  # of each probe, in words


@dataclass(frozen=True)
class Guide:
    """One kit on paper."""

    bank: Bank
    kit: Kit
    words: GuideTexts

    @property
    def title(self) -> str:
        """``Customer-focused sales: First round``."""
        return f"{self.bank.title}: {self.kit.name}"

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the bank's language is written."""
        return "rtl" if self.bank.language in _RIGHT_TO_LEFT else "ltr"

    @property
    def paper(self) -> Paper:
        """Letter where all the bank's jurisdictions print on it, else A4."""
        jurisdictions = set(self.bank.jurisdictions)
        return "letter" if jurisdictions and jurisdictions <= _NORTH_AMERICA else "a4"

    @cached_property
    def sheets(self) -> tuple[GuideSheet, ...]:
        """The kit's questions in their order."""
        return tuple(
            self._sheet(position, entry.minutes, self.bank.question(entry.question))
            for position, entry in enumerate(self.kit.questions, 1)
        )

    def _sheet(self, position: int, minutes: float, question: Question) -> GuideSheet:
        names = self.bank.scale or {}
        anchors = sorted(self.bank.anchors(question).items())
        return GuideSheet(
            position,
            minutes,
            self.bank.competency(question.competency).name,
            question,
            [(rating, names.get(rating, ""), text) for rating, text in anchors],
            [", ".join(map(self.element, probe.elicits)) for probe in question.probes],
        )

    def element(self, element: Element) -> str:
        """The element in the guide's language."""
        return self.words.elements[element.value]

    def plan(self) -> Iterator[tuple[str, str, str, str]]:
        """(from minute, step, minutes, seats that rate it or "") of the whole interview."""
        at = 0.0
        for name, minutes, seats in self._steps():
            yield f"{at:g}", name, f"{minutes:g}", seats
            at += minutes

    def _steps(self) -> Iterator[tuple[str, float, str]]:
        if self.kit.opening:
            yield self.words["opening"], self.kit.opening.minutes, ""
        for sheet in self.sheets:
            step = self.words["step_question"].format(number=sheet.number)
            seats = self._seats(sheet.question.competency)
            yield f"{step} · {sheet.competency}", sheet.minutes, seats
        if self.kit.closing:
            yield self.words["closing"], self.kit.closing.minutes, ""

    def _seats(self, competency_id: str) -> str:
        return ", ".join(seat.seat for seat in self.kit.panel if competency_id in seat.focus)

    def covered_without_question(self) -> str:
        """Competencies that the panel covers and no question of the kit asks about, with seats."""
        asked = {sheet.question.competency for sheet in self.sheets}
        pairs = (
            (item.name, self._seats(item.id))
            for item in self.bank.competencies
            if item.id not in asked
        )
        return "; ".join(f"{name} ({seats})" for name, seats in pairs if seats)

    def laws(self) -> list[Mapping[str, str]]:
        """What the law adds in the bank's jurisdictions; all we know when it names none."""
        named = self.bank.jurisdictions
        return [law for law in self.words.laws if not named or law["id"] in named]

    @property
    def source(self) -> str:
        """The bank and its version, for the foot of a page."""
        title, version = self.bank.title, self.bank.version
        return self.words["source"].format(title=title, version=version)


def make_guide(bank: Bank, kit_id: str) -> Guide:
    """The guide for a kit; NotFoundError when the bank has no such kit."""
    return Guide(bank, bank.kit(kit_id), load_texts(bank.language))


def load_texts(language: str) -> GuideTexts:
    """The fixed words in ``language``, or in English when there are none in it."""
    folder = files("interviewkit.export.guide") / "texts"
    path = folder / f"{language}.toml"
    if not path.is_file():
        language, path = _FALLBACK, folder / f"{_FALLBACK}.toml"
    return GuideTexts(language, **tomllib.loads(path.read_text(encoding="utf-8")))
