"""What a follow-up in an interviewer's own words asks for, by the nearest one that is known.

A bank says of its probes what each elicits; nobody says it of words that came up in the interview.
So they are held against the bank's probes and a few plain follow-ups of the language: each shared
word counts the more, the fewer of them have it (a cosine of words weighted by their rarity).

    "who else saw it?"   ~ "Who else was there?"         → people
    "and in euros?"      ~ nothing that is near enough   → nothing

Like all that is read from words it only orders suggestions, and nothing of it is stored.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.word_lists import load_words

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

# From this cosine on two follow-ups ask for the same.
NEAR_ENOUGH = 0.4
_TOKEN = re.compile(r"[^\W_]+")
_Known = tuple[str, tuple[Element, ...]]  # a follow-up, and what it elicits


class _Example(NamedTuple):
    """A follow-up whose elements are known: its words, and what it elicits."""

    tokens: frozenset[str]
    elements: tuple[Element, ...]


class FollowUpReading:
    """Reads follow-ups against examples, each with what it elicits; the same text the same way."""

    def __init__(self, examples: Iterable[_Known]) -> None:
        self._examples = [
            _Example(_tokens(text), elements) for text, elements in examples if elements
        ]
        counts = Counter(token for example in self._examples for token in example.tokens)
        total = len(self._examples) + 1
        self._weights = {token: log(total / count) ** 2 for token, count in counts.items()}
        self._unknown = log(total) ** 2
        self.elements = lru_cache(maxsize=256)(self._elements)

    def _elements(self, text: str) -> tuple[Element, ...]:
        """What the nearest example elicits; nothing where none is near enough."""
        tokens = _tokens(text)
        size = self._size(tokens)
        nearness = 0.0
        elements: tuple[Element, ...] = ()
        for example in self._examples:
            shared = self._size(tokens & example.tokens)
            cosine = shared / sqrt(size * self._size(example.tokens)) if shared else 0.0
            if cosine > nearness:
                nearness, elements = cosine, example.elements
        return elements if nearness >= NEAR_ENOUGH else ()

    def _size(self, tokens: frozenset[str]) -> float:
        return sum(self._weights.get(token, self._unknown) for token in tokens)


def follow_ups_of(bank: "Bank") -> FollowUpReading:
    """What reads follow-ups asked with this bank: against its probes and those of its language."""
    probes = (probe for question in bank.questions for probe in question.probes)
    return _reading(bank.language, tuple((probe.ask, probe.elicits) for probe in probes))


@lru_cache(maxsize=8)
def _reading(language: str, probes: tuple[_Known, ...]) -> FollowUpReading:
    return FollowUpReading([*_plain_examples(load_words(language).follow_ups), *probes])


def _plain_examples(follow_ups: Mapping[str, Iterable[str]]) -> Iterable[_Known]:
    """Each with its elements: how long something took is a time and a number."""
    elements: dict[str, tuple[Element, ...]] = {}
    for name, texts in follow_ups.items():
        for text in texts:
            elements[text] = (*elements.get(text, ()), Element(name))
    return elements.items()


def _tokens(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(text.casefold()))
