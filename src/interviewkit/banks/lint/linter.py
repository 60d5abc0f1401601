"""Asks every rule about a bank, and leaves out what the bank itself accepts."""

from collections.abc import Iterator

from interviewkit.banks.lint import (
    anchors,
    characters,
    kits,
    placeholders,
    questions,
    suppressions,
)
from interviewkit.banks.lint.language import Lists, lists
from interviewkit.banks.lint.rewordings import Rewordings
from interviewkit.banks.lint.rules import RULES, Told
from interviewkit.banks.lint.single_questions import SingleQuestions
from interviewkit.banks.loader import BankFile
from interviewkit.errors import Finding


def lint(file: BankFile, single: SingleQuestions | None = None) -> list[Finding]:
    """What could be better in a bank, in the order of the file; accepted findings are left out.

    In a bank that extends another, only findings in its own file are reported: the base has its
    own author. For a bank that is being changed, ``single`` holds what was found the last time.
    """
    bank, single = file.bank, single or SingleQuestions()
    notices = list(dict.fromkeys(_raw_notices(file, lists(bank.language), single)))
    notices = placeholders.without_placeholders(notices)
    unsuppressed = suppressions.apply_suppressions(bank, notices)
    own_path = file.walk.path if file.walk else None
    findings = []
    rewordings = Rewordings(bank, lists(bank.language))
    for notice in unsuppressed:
        loc, code, message = notice
        path, line, column = file.where(loc)
        if own_path in (None, path):
            level, suggestion = RULES[code].level, single.suggestion(notice, rewordings)
            findings.append(Finding(path, line, column, code, message, level, suggestion))
    return sorted(findings, key=lambda one: (one.line, one.column, one.code))


def _raw_notices(file: BankFile, lists: Lists, single: SingleQuestions) -> Iterator[Told]:
    bank = file.bank
    if not lists.known:
        message = f"no word list for the language {lists.language}: the wording was not checked"
        yield ("language",), "no-word-list", message
    lines = file.source.splitlines() if "#" in file.source else []
    texts = characters.texts_of(bank, (), leaving_out="questions")
    yield from characters.lint_texts(file, texts, lines)
    yield from placeholders.lint_placeholders(placeholders.head_texts(bank))
    yield from questions.lint_repetitions(bank, lists)
    yield from single.notices(file, lists, lines)
    yield from questions.lint_pages(bank, lists)
    for index, competency in enumerate(bank.competencies):
        loc = ("competencies", index, "anchors")
        yield from anchors.lint_anchors(loc, competency.anchors, lists)
    yield from anchors.lint_anchor_lengths(bank)
    yield from anchors.lint_scale(bank)
    yield from kits.lint_kits(bank)
    yield from kits.coverage(bank)
