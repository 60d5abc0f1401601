"""A wording to begin from, beside a finding that has an obvious one.

Each language's file has forms: for which codes, what a text looks like, and what could be said
instead, with the pieces put in by name:

    How do you deal with {rest}?   →   Tell me about a time you had to deal with {rest}.

No suggestion is better than a poor one: none is given that the check itself would object to.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from interviewkit.banks.lint.language import Lists, Rewording
from interviewkit.banks.lint.probes import lint_probe
from interviewkit.banks.lint.questions import lint_question
from interviewkit.banks.lint.rules import Told
from interviewkit.banks.model import Bank
from interviewkit.banks.text.yaml_nodes import Loc

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_FIRST_ENDS = re.compile(r"[.?!…]\s")


@dataclass(frozen=True)
class Rewordings:
    """Suggestions for the findings of one bank."""

    bank: Bank
    lists: Lists

    def suggest(self, notice: Told) -> str:
        """Another wording for the text of a finding, or nothing."""
        loc, code, _ = notice
        text = _text_at(loc, self.bank)
        if code == "markup":
            return " ".join(html.unescape(_TAG.sub("", text)).split())
        if not text or loc[-1] != "ask":
            return ""
        suggestion = self._by_form(loc, code, text) or self._shorten(code, text)
        return suggestion if suggestion != text and self._is_clean(loc, suggestion) else ""

    def _by_form(self, loc: Loc, code: str, text: str) -> str:
        if code == "jargon":
            return self.lists.plain_words(text)
        kind = "probe" if "probes" in loc else "question"
        for form in self.lists.rewordings:
            if code not in form.codes or form.kind not in ("", kind):
                continue
            match = form.pattern.search(text)
            if match:
                return _fill(form, match)
        return ""

    def _shorten(self, code: str, text: str) -> str:
        """A text that asks several things, up to the end of the first."""
        if code != "double-barrelled":
            return ""
        tail = self.lists.tail.search(text)
        if tail:
            return text[: tail.start()].rstrip(" ,;") + "?"
        end = _FIRST_ENDS.search(text)
        return text[: end.start() + 1] if end else ""

    def _is_clean(self, loc: Loc, suggestion: str) -> bool:
        """Whether the check has nothing against the suggestion in the same place."""
        if not suggestion:
            return False
        utterance = self.lists.analyze(suggestion)
        question = self.bank.questions[int(str(loc[1]))]
        if "probes" in loc:
            return not any(lint_probe(loc, question, utterance, self.bank, self.lists))
        return not any(lint_question(loc, question, utterance, self.bank, self.lists))


def _fill(form: Rewording, match: re.Match[str]) -> str:
    """The form with its pieces; the first word of each changed where the form says so."""
    pieces = {}
    for name, piece in match.groupdict().items():
        opening, space, remainder = (piece or "").partition(" ")
        pieces[name] = form.forms.get(opening.lower(), opening) + space + remainder
    return " ".join(form.to.format_map(pieces).split())


def _text_at(loc: Loc, bank: Bank) -> str:
    value: object = bank
    for step in loc:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, tuple | list):
            value = value[int(str(step))]
        else:
            value = getattr(value, str(step), None)
    return value if isinstance(value, str) else ""
