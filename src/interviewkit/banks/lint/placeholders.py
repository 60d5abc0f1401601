"""Texts that stand for something still to be written, as a bank made from a list has them."""

from collections.abc import Iterable, Iterator

from interviewkit.banks.lint.rules import Told
from interviewkit.banks.model import Bank, Question
from interviewkit.banks.text.yaml_nodes import Loc

MARK = "TO WRITE:"


def lint_placeholders(texts: Iterable[tuple[Loc, str]]) -> Iterator[Told]:
    """One finding for each text that starts with the mark."""
    for loc, text in texts:
        if text.startswith(MARK):
            yield loc, "placeholder", f"still to be written: {text.removeprefix(MARK).strip()}"


def without_placeholders(notices: list[Told]) -> list[Told]:
    """The notices less those on how a placeholder is worded, which nobody has to hear."""
    places = {loc for loc, code, _ in notices if code == "placeholder"}
    anchored = {loc[:-1] for loc in places if "anchors" in loc}
    wordings = {"anchors-overlap", "anchor-length"}
    return [
        (loc, code, message)
        for loc, code, message in notices
        if code == "placeholder"
        or not (loc in places or (code in wordings and loc[:-1] in anchored))
    ]


def head_texts(bank: Bank) -> Iterator[tuple[Loc, str]]:
    """The texts of a bank that may still be to be written, but for those of its questions."""
    yield ("about",), bank.about
    for rating, text in (bank.scale or {}).items():
        yield ("scale", rating), text
    for index, competency in enumerate(bank.competencies):
        yield ("competencies", index, "about"), competency.about
        for rating, text in competency.anchors.items():
            yield ("competencies", index, "anchors", rating), text


def question_texts(loc: Loc, question: Question) -> Iterator[tuple[Loc, str]]:
    """The same of one question."""
    yield (*loc, "ask"), question.ask
    for rating, text in (question.anchors or {}).items():
        yield (*loc, "anchors", rating), text
    for position, probe in enumerate(question.probes):
        yield (*loc, "probes", position, "ask"), probe.ask
