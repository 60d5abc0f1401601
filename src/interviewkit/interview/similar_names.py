"""Names that are nearly another: the same person or role, written in another way.

Two names are similar when their words are, whatever their order, case, accents, apostrophes and
invisible characters, or when the words of one shorten those of the other ("account exec"). Such a
name is asked about; nothing is ever joined by it.
"""

from collections.abc import Iterable, Mapping, Sequence

from interviewkit.interview.letters import fold_letters
from interviewkit.interview.people import NamedRecord, RecordKind, normalize_name

MOST_PAIRS = 250_000  # names compared each with each, well below a second
SHORTEST = 3  # letters that a shortened word must have
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ′＇"))
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—_/.,;"), " ")


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name in order of the alphabet, without what people type differently."""
    bare = fold_letters(name).translate(_APOSTROPHES).translate(_DASHES)
    return tuple(sorted(bare.split()))


def is_similar(name: str, known_name: str) -> bool:
    """Whether two names are nearly, and not quite, the same; their order is no matter."""
    if normalize_name(name) == normalize_name(known_name):
        return False
    mine, theirs = name_key(name), name_key(known_name)
    if not mine or not theirs:
        return False
    return mine == theirs or _shortens(mine, theirs) or _shortens(theirs, mine)


def similar_to_known(
    new: Sequence[NamedRecord], known_records: Mapping[RecordKind, Sequence[NamedRecord]]
) -> list[tuple[NamedRecord, list[NamedRecord]]]:
    """Each new record with those of its kind that were known and whose name its own nearly is.

    Beyond ``MOST_PAIRS`` pairs only names of the same words are found, which takes linear time.
    """
    result = []
    for kind, records in known_records.items():
        mine = [record for record in new if record.kind is kind]
        if len(mine) * len(records) > MOST_PAIRS:
            pairs = _of_same_words(mine, records)
        else:
            pairs = [(record, similar_records(record.name, records)) for record in mine]
        result += [(record, similar) for record, similar in pairs if similar]
    return result


def _of_same_words(
    new: Sequence[NamedRecord], known_records: Sequence[NamedRecord]
) -> list[tuple[NamedRecord, list[NamedRecord]]]:
    by_words: dict[tuple[str, ...], list[NamedRecord]] = {}
    for record in known_records:
        by_words.setdefault(name_key(record.name), []).append(record)
    return [
        (record, similar_records(record.name, by_words.get(name_key(record.name), ())))
        for record in new
    ]


def _shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether each word of ``short`` begins another word of ``full``, and as many are there.

    A word of one or two letters shortens nothing: initials would make half the names similar.
    """
    if len(short) != len(full):
        return False
    unused = list(full)
    for token in sorted(short, key=len, reverse=True):
        fits = [
            candidate
            for candidate in unused
            if candidate == token or (len(token) >= SHORTEST and candidate.startswith(token))
        ]
        if not fits:
            return False
        unused.remove(min(fits, key=len))
    return True


def similar_records(name: str, known_records: Iterable[NamedRecord]) -> list[NamedRecord]:
    """Those of the records one of whose names ``name`` is nearly, in their order."""
    return [
        record
        for record in known_records
        if any(is_similar(name, spelling) for spelling in (record.name, *record.spellings))
    ]
