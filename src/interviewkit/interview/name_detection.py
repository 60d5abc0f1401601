"""Names in what people typed: found for a person to look at, never acted upon by themselves.

A note is free text, so nothing here can promise to find every name, and some words that look like
one are none.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from interviewkit.interview.word_lists import WordLists, token_pattern

FIRST_NAME, NAME = "{first_name}", "{name}"  # how the word lists call what may be one
SHORTEST = 3  # letters of a part of a name that is looked for by itself


def name_parts(name: str) -> list[str]:
    """The parts of a name that are long enough to say anything by themselves."""
    parts = [piece for piece in re.split(r"[\s,;./-]+", name) if len(piece) >= SHORTEST]
    return parts if len(parts) > 1 or parts != [name] else []


def stands_in(name: str, text: str) -> bool:
    """Whether this name, however it is capitalised and spaced, is a word or words of the text."""
    return pattern((name,)).search(text) is not None


@lru_cache(maxsize=64)
def pattern(whole: tuple[str, ...], parts: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Finds these names as whole words: whole ones in any capitals, parts only in their own.

    A young buyer is not Cy Young. A name without letters is found nowhere.
    """
    ways = [
        (name, "(?i:" + r"\s+".join(map(re.escape, name.split())) + ")")
        for name in whole
        if name.strip()
    ]
    ways += [(piece, re.escape(piece)) for piece in parts]
    ways.sort(key=lambda way: -len(way[0]))  # the whole name before a part of it
    either = "|".join(way for _, way in ways)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if ways else r"(?!)")


def _of(names: Iterable[str]) -> re.Pattern[str]:
    distinct = sorted(set(names))
    return pattern(
        tuple(distinct), tuple(sorted({p for name in distinct for p in name_parts(name)}))
    )


def likely_names(
    texts: Iterable[str], known_names: Collection[str], word_lists: WordLists
) -> dict[str, int]:
    """What looks like a name in these texts → how often, the most frequent first.

    ``known`` are names of people in the records; the rest is guessed from capitals and the
    language's word lists, neighbours taken together.
    """
    counts: dict[str, int] = {}
    certain = _of(known_names)
    for text in texts:
        for match in certain.finditer(text):
            counts[match[0]] = counts.get(match[0], 0) + 1
        for name in _guess_names(certain.sub(" ; ", text), word_lists):
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _guess_names(text: str, word_lists: WordLists) -> Iterable[str]:
    run: list[str] = []
    for match in token_pattern().finditer(text):
        keys = word_lists.look_up(match[0])[0]
        # Quick hands type names small; of those, first names alone can be told from other words.
        if FIRST_NAME in keys or (NAME in keys and match[0][0].isupper()):
            run.append(match[0])
        elif run:
            yield " ".join(run)
            run = []
    if run:
        yield " ".join(run)


def replace_names(text: str, labels: Mapping[str, str]) -> str:
    """The text with each name of ``labels`` (whole, then its parts) as its label."""
    keys = {_key(piece): label for name, label in labels.items() for piece in name_parts(name)}
    keys |= {_key(name): label for name, label in labels.items()}
    return _of(labels).sub(lambda match: keys[_key(match[0])], text)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
