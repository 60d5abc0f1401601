"""A language's word lists for the linter, read from ``lint/*.toml`` once.

Everything that depends on a language is data there. A language without a file has only the rules
that need no words.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from interviewkit.banks.lint.phrases import (
    Phrases,
    anywhere,
    at_start,
    sentences,
    split,
    spoken_form,
    tag_at_end,
    word_forms,
)

_REMEMBERED = 50_000  # texts; a bank of 2,000 questions has twenty times as many as questions
TOPIC = "off-limits:"  # before a topic's name, in Said.found


@dataclass(frozen=True, slots=True)
class LengthLimits:
    """How many words one can say, and follow, in one go."""

    sentence: int = 30
    ask: int = 45
    probe: int = 25
    tail: int = 12  # a question behind a request, such as "What did you do?"
    short_tail: int = 4  # a question behind a question, such as "What happened?"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as it is heard: its spoken words, and each list with a phrase in them → the words."""

    text: str
    words: str
    found: Mapping[str, str]
    sentences: list[str]  # each ending in a space

    @property
    def count(self) -> int:
        """How many words there are."""
        return self.words.count(" ") - self.words.count("^")


@dataclass(frozen=True, slots=True)
class Rewording:
    """What a text of these codes looks like, and what could be said instead."""

    codes: frozenset[str]
    kind: str  # "question", "probe" or, for both, nothing
    pattern: re.Pattern[str]
    to: str
    forms: Mapping[str, str]


@dataclass(frozen=True)
class Lists:
    """What the rules look for in one language; ``known`` is false when there is no file for it."""

    language: str
    known: bool
    limits: LengthLimits
    phrases: Phrases
    open: re.Pattern[str]
    telling: re.Pattern[str]
    closed: re.Pattern[str]
    joins: re.Pattern[str]
    present: re.Pattern[str]
    creed: re.Pattern[str]
    statement: re.Pattern[str]
    past: re.Pattern[str]
    manner: re.Pattern[str]
    tag: re.Pattern[str]
    tail: re.Pattern[str]
    degrees: frozenset[str]
    question_words: frozenset[str]
    instead: Mapping[str, str]
    rewordings: tuple[Rewording, ...]
    plain: Mapping[str, str]
    _analyzed: dict[str, Utterance] = field(default_factory=dict, compare=False, repr=False)

    def analyze(self, text: str) -> Utterance:
        """A text with all that is to be found in it, in one pass.

        Texts are remembered: a probe stands in many questions, and a bank that is being changed is
        checked at every change.
        """
        utterance = self._analyzed.get(text)
        if utterance is None:
            if len(self._analyzed) >= _REMEMBERED:
                self._analyzed.clear()
            tokens = spoken_form(text)
            found = self.phrases.find_phrases(tokens)
            utterance = Utterance(text, tokens, found, sentences(tokens))
            self._analyzed[text] = utterance
        return utterance

    def plain_words(self, text: str) -> str:
        """The text with everyday words for those of business that have one."""
        for phrase, plain in self.plain.items():
            text = re.sub(rf"\b{re.escape(phrase)}\b", plain, text, flags=re.IGNORECASE)
        return text

    def is_asking(self, sentence: str) -> bool:
        """Whether a sentence begins as a question or a request does."""
        return any(form.match(sentence) for form in (self.open, self.telling, self.closed))


@cache
def lists(language: str) -> Lists:
    """The lists of a language, such as ``en``."""
    path = resources.files(__package__).joinpath(f"{language}.toml")
    is_known = path.is_file()
    data = tomllib.loads(path.read_text(encoding="utf-8")) if is_known else {}
    topics = data.get("off-limits", {})
    phrases = {name: split(texts) for name, texts in data.get("phrases", {}).items()}
    phrases |= {TOPIC + name: split(topic["phrases"]) for name, topic in topics.items()}
    words = data.get("words", {})
    starts = {name: split(texts) for name, texts in data.get("sentences", {}).items()}
    return Lists(
        language=language,
        known=is_known,
        limits=LengthLimits(**data.get("limits", {})),
        phrases=Phrases(phrases),
        open=at_start(starts.get("open", ())),
        telling=at_start(starts.get("telling", ())),
        closed=at_start(starts.get("closed", ())),
        joins=anywhere(starts.get("joins", ())),
        present=anywhere(starts.get("present", ())),
        creed=at_start(starts.get("creed", ())),
        statement=at_start(starts.get("statement", ())),
        past=word_forms(words.get("past", ""), words.get("not-past", "")),
        manner=word_forms(words.get("manner", ""), words.get("not-manner", "")),
        tag=tag_at_end(split(words.get("tags", ""))),
        degrees=frozenset(split(words.get("degrees", ""))),
        question_words=frozenset(split(words.get("question-words", ""))),
        instead={name: topic["instead"] for name, topic in topics.items()},
        rewordings=tuple(map(_rewording, data.get("rewordings", ()))),
        tail=re.compile(words.get("tail", r"(?!)"), re.IGNORECASE),
        plain=data.get("plain", {}),
    )


def _rewording(entry: Mapping[str, str]) -> Rewording:
    forms = dict(pair.split() for pair in split(entry.get("forms", "")))
    pattern = re.compile(entry["pattern"], re.IGNORECASE)
    codes = frozenset(split(entry["codes"]))
    return Rewording(codes, entry.get("kind", ""), pattern, entry["to"], forms)
