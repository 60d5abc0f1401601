"""Cues of WebVTT and SubRip: their times and their words, each fault named by its line.

WEBVTT                                 a head, left out; so are NOTE, STYLE and REGION
                                       (an empty line ends a block)
7                                      an id, or none: a number or a sign with one
00:01:02.904 --> 00:01:07.485          hours may be missing, a comma may part the fraction
<v Ina Viewer>Tell me about            words, on any number of lines
a promise.</v>
"""

import re
from collections.abc import Sequence
from html import unescape

from interviewkit.intake.foreign_text import clean_line
from interviewkit.interview.transcript import Cue

_TIME = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"\s*{_TIME}\s*(?:-+>|–>|—>|→)\s*{_TIME}(?:\s.*)?$")
_ARROW = re.compile(r"\s*(?:[\d:.,]+\s*)?-->")
_HEAD = re.compile(r"WEBVTT(?:[ \t].*)?$")
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(?:[ \t].*)?$")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^<>]*)>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|s|em|ruby|rt|lang|font)(?:[. \t][^<>]*)?>|<(?:\d+:)?\d+:\d+[.,]\d+>"
    r"|\{\\[^{}]*\}"
)
_ID = re.compile(r"\d+$")
_SIGN = re.compile(r"(?=.*\d)\S+$")
Words = list[tuple[int, str]]  # lines with their numbers


def has_timing(lines: Sequence[str]) -> bool:
    """Whether lines have times as WebVTT and SubRip write them."""
    begin = next((line for line in lines if line.strip()), "")
    return bool(_HEAD.match(begin)) or any(map(_TIMES.match, lines))


def count_timings(lines: Sequence[str]) -> int:
    """How many lines are times."""
    return sum(bool(_TIMES.match(line)) for line in lines)


def read_cues(lines: Sequence[str]) -> tuple[list[Cue], list[str]]:
    """(Cues in the order of the file, what is at fault with its line)."""
    cues: list[Cue] = []
    faults: list[str] = []
    ids = _id_lines(lines)
    at = _head_length(lines, ids)
    while at < len(lines):
        if not lines[at].strip() or at in ids:
            at += 1
            continue
        is_timed = _is_timed(lines[at])
        end = at + 1
        while end < len(lines) and lines[end].strip() and not _begins_cue(lines, ids, end):
            end += 1
        block = [(number + 1, lines[number]) for number in range(at, end)]
        if is_timed or not _ASIDE.match(lines[at]):
            cues += _timed_cues(block, faults) if is_timed else _loose_cues(block, faults)
        at = end
    return cues, faults


def _id_lines(lines: Sequence[str]) -> set[int]:
    """Which lines are the ids of cues, counted from 0."""
    timed = [at for at, line in enumerate(lines) if _is_timed(line)]
    return {above for at in timed for above in _id_above(lines, at)}


def _id_above(lines: Sequence[str], at: int) -> list[int]:
    """The id of the times at ``at``: a number, or a sign with one that stands alone above them."""
    above = at - 1
    is_parted = above > 0 and not lines[above].strip()
    above -= is_parted
    if above < 0 or not lines[above].strip() or _is_timed(lines[above]):
        return []
    is_number = bool(_ID.match(lines[above].strip()))
    is_alone = above == 0 or not lines[above - 1].strip()
    is_sign = bool(_SIGN.match(lines[above].strip())) and is_alone
    return [above] if (is_number and is_alone if is_parted else is_number or is_sign) else []


def _head_length(lines: Sequence[str], ids: set[int]) -> int:
    """How many lines the head of WebVTT has, up to an empty line or the first cue."""
    begin = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    if begin == len(lines) or not _HEAD.match(lines[begin]):
        return 0
    ids.discard(begin)
    end = begin + 1
    while end < len(lines) and lines[end].strip() and not _begins_cue(lines, ids, end):
        end += 1
    return end


def _begins_cue(lines: Sequence[str], ids: set[int], at: int) -> bool:
    return at in ids or _is_timed(lines[at])


def _timed_cues(block: Words, faults: list[str]) -> list[Cue]:
    number, line = block[0]
    start, end, fault = _times(line)
    words = block[1:]
    if start is None:  # what cannot be read as times may be what somebody says
        words = block
    elif not words:
        fault = fault or "times without words"
    if fault:
        faults.append(f"line {number}: {fault}")
    return _voices(words, number, start, end)


def _loose_cues(block: Words, faults: list[str]) -> list[Cue]:
    number = block[0][0]
    faults.append(f"line {number}: words without times")
    return _voices(block, number, None, None)


def _times(line: str) -> tuple[float | None, float | None, str]:
    """(Start, end, what is at fault)."""
    match = _TIMES.match(line)
    if match is None:
        return None, None, f"times that cannot be read: {clean_line(line)[:60]}"
    start, end = _seconds(*match.groups()[:4]), _seconds(*match.groups()[4:])
    if end < start:
        return start, start, "the end is before the start"
    return start, end, ""


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + float(f"0.{fraction or 0}"), 3)


def _voices(words: Words, number: int, start: float | None, end: float | None) -> list[Cue]:
    """The cue, or one for each voice that its tags name; the lines of a voice become one."""
    text = "\n".join(line for _, line in words)
    pieces = _VOICE.split(text)  # before the first voice, then name and words by turns
    pairs = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    plain = [(_plain(name), _plain(words_of_voice)) for name, words_of_voice in pairs]
    return [Cue(said, name, start, end, number) for name, said in plain if said]


def _plain(text: str) -> str:
    return clean_line(unescape(_TAG.sub("", text)))


def _is_timed(line: str) -> bool:
    return bool(_TIMES.match(line) or _ARROW.match(line))
