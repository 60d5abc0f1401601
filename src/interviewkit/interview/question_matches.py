"""Where in a transcript a question of the bank was asked, found by the question's own words.

    question   tell me about a promise your company did not keep
    transcript … so tell me about um a promise which your company didn't keep what did you do …
                    └────────── a window that holds enough of the question ──┘

A word counts the more the rarer it is in the transcript, so that *what did you do* alone finds
nothing. Nothing of this leaves the view of a transcript: no number of a scorecard knows it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.transcript import Cue

# Scripts without blanks are taken letter by letter.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
LEAST_SHARE = 0.42  # of a question's words, by their weight, that a window has to hold
_LEAST_WORDS = 4  # different ones; a shorter question may stand anywhere
_SLACK = 1.6  # how many times longer than the question a window may be
_MOST_MATCHES = 3  # of one question


class QuestionMatch(NamedTuple):
    """A stretch of the transcript that holds enough of a question.

    ``share`` is that of its words, 1 for all; ``cue`` counts from 0, and ``time`` is where in the
    recording its first word stands, None where the cue has no time.
    """

    share: float
    cue: int
    time: float | None


class _Token(NamedTuple):
    """A word of the transcript: its cue and how far into the cue it stands, from 0 to 1."""

    word_text: str
    cue: int
    fraction: float


def find_questions(cues: Sequence[Cue], asks: Mapping[str, str]) -> dict[str, list[QuestionMatch]]:
    """Question → where it may have been asked, the best match first; at most three of each.

    ``asks`` gives the words of each question by its id.
    """
    tokens = [token for at, cue in enumerate(cues) for token in _tokens(at, cue)]
    counts = Counter(token.word_text for token in tokens)
    positions: dict[str, list[int]] = {}
    for position, token in enumerate(tokens):
        positions.setdefault(token.word_text, []).append(position)
    matches = {}
    for question, ask in asks.items():
        words_asked = _words_of(ask)
        weights = {text: 1 / max(1, counts[text]) ** 0.5 for text in words_asked}
        if len(weights) < _LEAST_WORDS:
            continue
        window = int(len(words_asked) * _SLACK)
        hits = sorted(position for text in weights for position in positions.get(text, ()))
        shares = _window_shares([(at, tokens[at].word_text) for at in hits], weights, window)
        best = _best_apart(shares, window)
        if best:
            matches[question] = [_match(share, tokens[begin], cues) for share, begin in best]
    return matches


def _tokens(at: int, cue: Cue) -> list[_Token]:
    texts = _words_of(cue.text)
    return [_Token(text, at, index / len(texts)) for index, text in enumerate(texts)]


def _words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def _window_shares(
    hits: Sequence[tuple[int, str]], weights: Mapping[str, float], width: int
) -> list[tuple[float, int]]:
    """(Share of the question, where it begins) of each window that holds enough of it.

    ``hits``: where a word of the question stands, in order; a window begins with one of them.
    """
    total = sum(weights.values())
    held_counts: Counter[str] = Counter()
    held_weight = 0.0
    shares: list[tuple[float, int]] = []
    end = 0
    for position, text in hits:
        while end < len(hits) and hits[end][0] < position + width:
            entering = hits[end][1]
            held_weight += 0 if held_counts[entering] else weights[entering]
            held_counts[entering] += 1
            end += 1
        if held_weight >= LEAST_SHARE * total:
            share = round(held_weight / total, 3)
            if shares and shares[-1][0] == share and position - shares[-1][1] < width:
                shares.pop()  # as much of the question in fewer words
            shares.append((share, position))
        held_counts[text] -= 1
        held_weight -= 0 if held_counts[text] else weights[text]
    return shares


def _best_apart(shares: Sequence[tuple[float, int]], width: int) -> list[tuple[float, int]]:
    """The best, the earlier of two as good, none within ``width`` of a better one."""
    best: list[tuple[float, int]] = []
    for share, begin in sorted(shares, key=lambda item: (-item[0], item[1])):
        if all(abs(begin - chosen) >= width for _, chosen in best):
            best.append((share, begin))
        if len(best) == _MOST_MATCHES:
            break
    return best


def _match(share: float, token: _Token, cues: Sequence[Cue]) -> QuestionMatch:
    cue = cues[token.cue]
    time = cue.start
    if cue.start is not None and cue.end is not None:
        time = cue.start + token.fraction * (cue.end - cue.start)
    return QuestionMatch(share, token.cue, time)


tell_kinds_apart(globals())
