"""Who speaks, where a transcript says so at the head of the words: ``Ina Viewer: Good morning``."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from interviewkit.interview.transcript import Cue

_HEADED = re.compile(r"([^:\n]{1,60}?)\s*[:：]\s+(\S.*)$", re.DOTALL)
# Within a name; its other words begin with a capital, or have none as Chinese letters do.
_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "da", "di", "du", "la", "le", "bin", "al"}
)
_MOST_WORDS = 6


def split_speakers(cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues with a name at their head as the speaker.

    A name of one word has to speak twice: ``Question: who was there?`` is no person.
    """
    heads = Counter(head for cue in cues if (head := _name_of(cue)))
    names = {name for name, count in heads.items() if count > 1 or " " in name}
    for cue in cues:
        match = _HEADED.match(cue.text)
        if match and _name_of(cue) in names:
            yield cue._replace(speaker=match[1].strip(), text=match[2])
        else:
            yield cue


def _name_of(cue: Cue) -> str:
    match = None if cue.speaker else _HEADED.match(cue.text)
    name = match[1].strip() if match else ""
    return name if _is_name(name) else ""


def _is_name(text: str) -> bool:
    parts = re.sub(r"\([^()]*\)", "", text).split()  # what stands in brackets is no name
    return (
        0 < len(parts) <= _MOST_WORDS
        and not re.search(r"[.?!;]\s|[?!;\"“”<>]", text)
        and any(letter.isalpha() for letter in text)
        and all(
            not part.strip("()[]'’,.-")[:1].islower() or part.casefold() in _PARTICLES
            for part in parts
        )
    )
