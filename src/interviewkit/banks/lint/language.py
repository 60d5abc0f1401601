"""A language's word lists for the linter, read from ``lint/*.toml`` once.

Everything that depends on a language is data there. A language without a file has only the rules
that need no words.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from interviewkit.banks.lint.phrases import Phrases, at_start, sentences, split, spoken_form

TOPIC = "off-limits:"  # before a topic's name, in Said.found


@dataclass(frozen=True, slots=True)
class LengthLimits:
    """How many words one can say, and follow, in one go."""

    sentence: int = 30
    ask: int = 45
    probe: int = 25
    tail: int = 12  # a second question behind the first


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as it is heard: its spoken words, and each list with a phrase in them → the words."""

    text: str
    words: str
    found: Mapping[str, str]

    @property
    def sentences(self) -> list[str]:
        """The sentences, each ending in a space."""
        return sentences(self.words)

    @property
    def count(self) -> int:
        """How many words there are."""
        return self.words.count(" ") - self.words.count("^")


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
    degrees: frozenset[str]
    instead: Mapping[str, str]

    def analyze(self, text: str) -> Utterance:
        """A text with all that is to be found in it, in one pass."""
        tokens = spoken_form(text)
        return Utterance(text, tokens, self.phrases.find_phrases(tokens))


@cache
def lists(language: str) -> Lists:
    """The lists of a language, such as ``en``."""
    path = resources.files(__package__).joinpath(f"{language}.toml")
    is_known = path.is_file()
    data = tomllib.loads(path.read_text(encoding="utf-8")) if is_known else {}
    topics = data.get("off-limits", {})
    phrases = {name: split(texts) for name, texts in data.get("phrases", {}).items()}
    phrases |= {TOPIC + name: split(topic["phrases"]) for name, topic in topics.items()}
    starts = {name: split(texts) for name, texts in data.get("sentences", {}).items()}
    return Lists(
        language=language,
        known=is_known,
        limits=LengthLimits(**data.get("limits", {})),
        phrases=Phrases(phrases),
        open=at_start(starts.get("open", ())),
        telling=at_start(starts.get("telling", ())),
        closed=at_start(starts.get("closed", ())),
        joins=at_start(starts.get("joins", ())),
        degrees=frozenset(split(data.get("words", {}).get("degrees", ""))),
        instead={name: topic["instead"] for name, topic in topics.items()},
    )
