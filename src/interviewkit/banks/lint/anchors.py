"""Rules on anchors and the scale: what earns a rating must be seen, and differ from the next."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from interviewkit.banks.lint.language import Lists, Utterance
from interviewkit.banks.lint.rules import Told
from interviewkit.banks.lint.topics import lie_signs
from interviewkit.banks.model import Bank
from interviewkit.banks.text.yaml_nodes import Loc

Anchors = Mapping[int, str]
_ALIKE = 0.8  # share of the words of two anchors that both have
_FEWEST_WORDS = 3  # nobody can be seen doing something in fewer
_FAR_LONGER = 1.6  # times the longest of the others
_HABIT = 4  # sets of anchors from which one may speak of a habit
_LONGER = 1.25  # times the mean of the others


def lint_anchors(loc: Loc, anchors: Anchors, lists: Lists) -> Iterator[Told]:
    """Rules on a set of anchors by itself."""
    utterances = {rating: lists.analyze(anchor) for rating, anchor in anchors.items()}
    for rating, utterance in utterances.items():
        yield from _observable((*loc, rating), utterance, lists)
        yield from lie_signs((*loc, rating), utterance)
    yield from _overlaps(loc, utterances, lists)


def lint_anchor_lengths(bank: Bank) -> Iterator[Told]:
    """Rules on every set of anchors, of competencies and of questions, together."""
    sets: list[tuple[Loc, Anchors]] = [
        *((("competencies", n, "anchors"), c.anchors) for n, c in enumerate(bank.competencies)),
        *(
            (("questions", n, "anchors"), question.anchors)
            for n, question in enumerate(bank.questions)
            if question.anchors
        ),
    ]
    yield from _lengths(sets)


def lint_scale(bank: Bank) -> Iterator[Told]:
    """Names of the scale's points that only repeat the number, or one another."""
    ratings_by_text: dict[str, int] = {}
    for rating, name in (bank.scale or {}).items():
        meaning = "".join(letter for letter in name.lower() if letter.isalpha())
        if meaning in {"", "point", "points", "level", "rating", "score", "stufe", "note", "punkt"}:
            message = f"{name!r} only repeats the number; say what {rating} means"
            yield ("scale", rating), "scale-names", message
        elif ratings_by_text.setdefault(meaning, rating) != rating:
            message = f"{name!r} already names {ratings_by_text[meaning]}; say how {rating} differs"
            yield ("scale", rating), "scale-names", message


def _observable(loc: Loc, utterance: Utterance, lists: Lists) -> Iterator[Told]:
    if "lie-signs" in utterance.found:
        return
    manner = lists.manner.search(utterance.words)
    verdict = utterance.found.get("vague") or (manner.group().strip() if manner else "")
    if verdict:
        yield loc, "anchor-vague", f"“{verdict}” is a verdict; say what such a person did"
    elif utterance.count < _FEWEST_WORDS:
        yield loc, "anchor-vague", "too short to recognise; say what such a person did"


def _overlaps(loc: Loc, utterances: Mapping[int, Utterance], lists: Lists) -> Iterator[Told]:
    """Pairs that say the same, words of degree aside; told at the higher rating."""
    sets = {
        rating: frozenset(utterance.words.split()) - lists.degrees - {"^"}
        for rating, utterance in utterances.items()
    }
    reported: set[int] = set()
    for (low, lows), (high, highs) in combinations(sorted(sets.items()), 2):
        total = len(lows | highs)
        if total and high not in reported and len(lows & highs) / total >= _ALIKE:
            reported.add(high)
            message = f"nearly the same words as {low}; say what {high} did that {low} did not"
            yield (*loc, high), "anchors-overlap", message


def _lengths(sets: list[tuple[Loc, Anchors]]) -> Iterator[Told]:
    longer = 0
    for loc, texts in sets:
        sizes = {rating: len(anchor) for rating, anchor in texts.items()}
        top = max(sizes)
        size = sizes.pop(top)
        if size > _FAR_LONGER * max(sizes.values()) and size > 40:
            message = "far longer than the others, so its length gives it away as the best"
            yield (*loc, top), "anchor-length", message
        elif size > max(sizes.values()) and size > _LONGER * sum(sizes.values()) / len(sizes):
            longer += 1
    if len(sets) >= _HABIT and longer == len(sets):
        message = "the best anchor is the longest everywhere; raters learn to go by length"
        yield ("competencies",), "anchor-length", message
