"""Whom a typed name may mean, before anything is written under it."""

from typing import NamedTuple

from interviewkit.interview.people import NamedRecord, RecordKind
from interviewkit.interview.similar_names import similar_records
from interviewkit.storage.store import Store


class NameChoice(NamedTuple):
    """What is known of a name: the one it is, or those to ask about with words about each.

    ``is_same_name``: those to ask about bear the very name. Neither is there for a name that is
    plainly new.
    """

    meant: NamedRecord | None = None
    similar: tuple[tuple[NamedRecord, str], ...] = ()
    is_same_name: bool = False


def name_choice(store: Store, kind: RecordKind, text: str) -> NameChoice:
    """Whom ``text`` may mean among the records of a kind."""
    registry = store.registry()
    called = registry.records_called(kind, text)
    if len(called) == 1:
        return NameChoice(called[0])
    similar = called or similar_records(text, registry.records(kind))
    described = tuple((record, registry.describe(record)) for record in similar)
    return NameChoice(None, described, bool(called))
