"""Who somebody is: a person of the records, and names compared whatever their spelling."""

import unicodedata
from enum import StrEnum
from typing import NamedTuple

from interviewkit.interview.record_kinds import tell_kinds_apart


class Person(NamedTuple):
    """Somebody who interviews, owns a role, decides or looks at the records.

    ``id`` is empty for a name that the records do not hold yet. ``spellings`` are other names under
    which the same person stands in scorecards; ``email`` is empty when it is not known.
    """

    id: str
    name: str
    spellings: tuple[str, ...] = ()
    email: str = ""

    @property
    def normalized_names(self) -> frozenset[str]:
        """Every name of this person, normalized."""
        return frozenset(normalize_name(name) for name in (self.name, *self.spellings))


class RecordKind(StrEnum):
    """The records that bear names, and that can be renamed and merged."""

    PERSON = "person"
    ROLE = "role"
    CANDIDATE = "candidate"

    @property
    def plural(self) -> str:
        """As shown to a person."""
        return "people" if self is RecordKind.PERSON else f"{self.value}s"


class NamedRecord(NamedTuple):
    """A person, role or candidate as names are looked up.

    ``name`` is a role's title, ``reference`` a person's e-mail; ``about`` says in a few words what
    tells the record from others of its name. ``spellings`` are its other names, those of records
    that were merged into it included.
    """

    kind: RecordKind
    id: str
    name: str
    reference: str = ""
    spellings: tuple[str, ...] = ()
    about: str = ""

    @property
    def label(self) -> str:
        """The name with what tells it from others of the same name; commands take it as a name."""
        return f"{self.name} · {self.reference or self.id}"


class Alias(NamedTuple):
    """That a record stands for another since a merge. ``undone_at`` is empty while it does."""

    kind: RecordKind
    alias_id: str
    target_id: str
    at: str
    by: str
    undone_at: str = ""


def id_of_name(name: str) -> str:
    """The id of a person of whom nothing but a name is known: the same on every machine.

    So records that two machines made of the same old scorecards are joined by their ids.
    """
    import hashlib  # OpenSSL, which no screen needs for its first paint

    return f"name-{hashlib.sha256(normalize_name(name).encode()).hexdigest()[:32]}"


def normalize_name(name: str) -> str:
    """The same for every spelling of a name: case, Unicode composition and spaces do not count."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def is_same_person(person: Person, name: str, person_id: str = "") -> bool:
    """Whether ``person`` is the one recorded under this name, and this id if it is known.

    Where both have an id the id decides: two people may share a name.
    """
    if person.id and person_id:
        return person.id == person_id
    return normalize_name(name) in person.normalized_names


tell_kinds_apart(globals())
