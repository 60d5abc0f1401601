"""What is found in each question by itself, and not looked for again while it stays as it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from interviewkit.banks.lint.anchors import lint_anchors
from interviewkit.banks.lint.characters import has_comments_behind, lint_texts, texts_of
from interviewkit.banks.lint.language import Lists
from interviewkit.banks.lint.placeholders import lint_placeholders, question_texts
from interviewkit.banks.lint.probes import lint_probes
from interviewkit.banks.lint.questions import lint_asking
from interviewkit.banks.lint.rewordings import Rewordings
from interviewkit.banks.lint.rules import Told
from interviewkit.banks.lint.topics import lint_listen_notes
from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Question


@dataclass(slots=True)
class _Checked:
    """A question with what was found in it, places counted from the question."""

    question: Question
    best_anchor: str
    notices: list[Told]
    suggestions: dict[Told, str] = field(default_factory=dict)


class SingleQuestions:
    """Checks the questions of one bank again and again.

    A question is as it was when it is the same object, which a reader of changed texts sees to
    (:class:`interviewkit.banks.loader.UsableBank`), and what it is checked against is the same.
    """

    def __init__(self) -> None:
        self._circumstances: object = None
        self._checked: list[_Checked] = []

    def notices(self, file: BankFile, lists: Lists, lines: list[str]) -> Iterator[Told]:
        """What is found in questions, each by itself; ``lines`` as :func:`lint_texts` has them."""
        bank = file.bank
        circumstances = (bank.language, bank.jurisdictions, bank.ratings)
        known: dict[int, _Checked] = {}
        if circumstances == self._circumstances:
            known = {id(checked.question): checked for checked in self._checked}
        self._circumstances, self._checked = circumstances, []
        for index, question in enumerate(bank.questions):
            best_anchor = bank.anchors(question)[bank.ratings[-1]]
            checked = known.get(id(question))
            if checked is None or checked.best_anchor != best_anchor:
                notices = list(_notices(file, index, best_anchor, lists, lines))
                checked = _Checked(question, best_anchor, notices)
            self._checked.append(checked)
            for loc, code, message in checked.notices:
                yield ("questions", index, *loc), code, message

    def suggestion(self, notice: Told, rewordings: Rewordings) -> str:
        """Another wording for the text of a notice, or nothing."""
        loc, code, message = notice
        if loc[:1] != ("questions",) or code == "duplicate-wording":
            return rewordings.suggest(notice)
        suggestions = self._checked[int(str(loc[1]))].suggestions
        key = (loc[2:], code, message)
        if key not in suggestions:
            suggestions[key] = rewordings.suggest(notice)
        return suggestions[key]


def _notices(
    file: BankFile, index: int, best_anchor: str, lists: Lists, lines: list[str]
) -> Iterator[Told]:
    bank, question = file.bank, file.bank.questions[index]
    behind = _lines_if_commented(file, index, lines)
    notices = [
        *lint_texts(file, texts_of(question, ("questions", index)), behind),
        *lint_placeholders(question_texts(("questions", index), question)),
        *lint_asking(("questions", index), question, bank, lists),
        *lint_probes(("questions", index), question, best_anchor, bank, lists),
        *lint_listen_notes(("questions", index), question, bank, lists),
    ]
    if question.anchors:
        notices += lint_anchors(("questions", index, "anchors"), question.anchors, lists)
    for loc, code, message in notices:
        yield loc[2:], code, message


def _lines_if_commented(file: BankFile, index: int, lines: list[str]) -> list[str]:
    """The lines, none where no comment stands behind something on those of the question."""
    if not lines or file.extends:
        return lines
    start = file.where(("questions", index))[1]
    is_last = index + 1 == len(file.bank.questions)
    end = len(lines) if is_last else file.where(("questions", index + 1))[1]
    return lines if has_comments_behind(lines[start - 1 : end]) else []
