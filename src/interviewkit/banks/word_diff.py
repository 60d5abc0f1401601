"""Two texts compared word by word.

old:  Tell me about a promise that was not kept.
new:  Tell me of a promise that you could not keep.
runs: same "Tell me" · gone "about" · new "of" · same "a promise that" · gone "was" ·
      new "you could" · same "not" · gone "kept." · new "keep."
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

State = Literal["same", "gone", "new"]


class WordRun(NamedTuple):
    """Words that follow each other and have the same fate; ``text`` has single blanks."""

    state: State
    text: str


def compare_words(old: str, new: str) -> list[WordRun]:
    """The runs of both texts in their order; what is gone stands before what came for it."""
    return list(_runs(old.split(), new.split()))


def _runs(old: list[str], new: list[str]) -> Iterator[WordRun]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield WordRun("same", " ".join(old[old_start:old_end]))
            continue
        if old_start < old_end:
            yield WordRun("gone", " ".join(old[old_start:old_end]))
        if new_start < new_end:
            yield WordRun("new", " ".join(new[new_start:new_end]))
