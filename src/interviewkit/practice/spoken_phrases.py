"""What a language adds to every script: short sentences to say, and phrases for the check."""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class SpokenPhrases(NamedTuple):
    """``again`` leads into what was said before; ``nothing_more`` ends a subject.

    ``denials`` and ``honesty`` are in lower case. All are empty in a language without a file.
    """

    again: str = ""
    nothing_more: str = ""
    denials: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    honesty: tuple[str, ...] = ()


@cache
def spoken_phrases(language: str) -> SpokenPhrases:
    """The phrases of a language, such as ``en``."""
    path = resources.files(__package__).joinpath(f"{language}.toml")
    if not path.is_file():
        return SpokenPhrases()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return SpokenPhrases(
        again=data["again"],
        nothing_more=data["nothing_more"],
        denials=tuple(data["denials"]),
        written=tuple(data["written"]),
        honesty=tuple(data["honesty"]),
    )
