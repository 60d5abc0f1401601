"""Asks every rule about a bank, and leaves out what the bank itself accepts."""

from collections.abc import Iterator

from interviewkit.banks.lint import (
    anchors,
    characters,
    kits,
    placeholders,
    probes,
    questions,
    suppressions,
    topics,
)
from interviewkit.banks.lint.language import Lists, lists
from interviewkit.banks.lint.rewordings import Rewordings
from interviewkit.banks.lint.rules import RULES, Told
from interviewkit.banks.loader import BankFile
from interviewkit.errors import Finding


def lint(file: BankFile) -> list[Finding]:
    """What could be better in a bank, in the order of the file; accepted findings are left out.

    Of a bank that extends another only what its own file says is told: the base has its own
    author.
    """
    bank = file.bank
    notices = list(dict.fromkeys(_raw_notices(file, lists(bank.language))))
    notices = placeholders.without_placeholders(notices)
    unsuppressed = suppressions.apply_suppressions(bank, notices)
    own_path = file.walk.path if file.walk else None
    findings = []
    rewordings = Rewordings(bank, lists(bank.language))
    for notice in unsuppressed:
        loc, code, message = notice
        path, line, column = file.where(loc)
        if own_path in (None, path):
            level, suggestion = RULES[code].level, rewordings.suggest(notice)
            findings.append(Finding(path, line, column, code, message, level, suggestion))
    return sorted(findings, key=lambda one: (one.line, one.column, one.code))


def _raw_notices(file: BankFile, lists: Lists) -> Iterator[Told]:
    bank = file.bank
    if not lists.known:
        message = f"no word list for the language {lists.language}: the wording was not checked"
        yield ("language",), "no-word-list", message
    yield from characters.lint_texts(file)
    yield from placeholders.lint_placeholders(bank)
    yield from questions.lint_questions(bank, lists)
    yield from questions.lint_pages(bank, lists)
    yield from probes.lint_probes(bank, lists)
    yield from topics.lint_listen_notes(bank, lists)
    yield from anchors.lint_anchors(bank, lists)
    yield from anchors.lint_scale(bank)
    yield from kits.lint_kits(bank)
    yield from kits.coverage(bank)
