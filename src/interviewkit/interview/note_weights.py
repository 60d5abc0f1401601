"""How likely a note shows each element, from the weights of its features.

A logistic regression whose weights were learned once, on invented lines (``benchmarks/evidence``),
and are kept as whole numbers in a text file, so that the same note has the same probabilities on
every machine. Only the features that have a weight count. A feature is a word, a pair of words, an
ending, a list of words, or what the word lists see in the note; the last two are shared by all
languages.
"""

from functools import lru_cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from interviewkit.banks.elements import Element

# What the weights tell of: the elements in their order, and whether the note speaks in general.
GENERAL = "general"
TARGETS = (*(element.value for element in Element), GENERAL)
BIAS = "#bias"
FILE = Path(__file__).with_name("languages") / "notes.weights"
# Probabilities are rounded to so many digits; beyond these, processors may differ.
DIGITS = 4
SHORT = 5  # letters; a shorter word has no endings worth counting


class ModelWeights(NamedTuple):
    """``rows``: feature → "target:weight" pairs as written; ``scale``: the weight of one logit.

    ``data``: the hash of the lines that the weights were learned from. The pairs are taken apart
    only when a note has the feature, because a start should not wait for two thousand of them.
    """

    scale: int
    data: str
    rows: dict[str, str]


@lru_cache(maxsize=1)
def load_weights() -> ModelWeights:
    """The weights that come with the program."""
    return parse_weights(FILE.read_text(encoding="utf-8"))


def parse_weights(text: str) -> ModelWeights:
    """Weights as a file has them: comments, scale and data, then one feature a line."""
    rows = dict(line.split("\t", 1) for line in text.splitlines() if "\t" in line)
    return ModelWeights(int(rows.pop("scale")), rows.pop("data"), rows)


def target_probabilities(features: set[str], weights: ModelWeights) -> tuple[float, ...]:
    """P(shown) for each of ``TARGETS``, rounded so that it is the same everywhere."""
    sums = [0] * len(TARGETS)
    rows = weights.rows
    for feature in (features | {BIAS}) & rows.keys():
        for index, weight in _pairs(rows[feature]):
            sums[index] += weight
    return tuple(round(1 / (1 + exp(-total / weights.scale)), DIGITS) for total in sums)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (pair.split(":") for pair in text.split())
    return tuple((TARGETS.index(target), int(weight)) for target, weight in pairs)


def word_features(typed: list[str]) -> set[str]:
    """The words of a clause in one spelling, their pairs and their endings; digits look alike."""
    features: set[str] = set()
    previous = ""
    for token in typed:
        alone = _of_word(token)
        features.update(alone)
        features.add(f"{previous} {alone[0]}")  # the first word of a clause has none before it
        previous = alone[0]
    return features


@lru_cache(maxsize=8192)
def _of_word(token: str) -> tuple[str, ...]:
    """The word itself first, then its endings and how it begins."""
    if any(character.isdigit() for character in token):
        return ("0",)
    if len(token) <= SHORT or not token.isalpha():
        return (token,)
    return (token, f"-{token[-2:]}", f"-{token[-3:]}", f"-{token[-4:]}", f"{token[:5]}-")
