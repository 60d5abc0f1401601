"""Who somebody is: a person of the records, and names compared whatever their spelling."""

import unicodedata
from typing import NamedTuple


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
