"""What an erasure is about: what it takes, what it leaves for a person to judge, what it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewkit.interview.records import Candidate


class Why(StrEnum):
    """Why a person was erased. No free text: the receipt must not speak of anybody."""

    REQUEST = "request"
    RETENTION = "retention"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Mention:
    """The person's name, or a part of it, in somebody else's records.

    ``text`` is empty when it is in something the viewer may not read.
    """

    where: str
    text: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing one candidate would take (rows by table), and where else the name occurs."""

    candidate: "Candidate"
    interviews: int
    under_way: int
    rows: Mapping[str, int]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that stays of an erased person. ``id`` is random; nothing leads back to the person."""

    id: str
    at: str
    why: Why
    interviews: int
    rows: int


@dataclass(frozen=True, slots=True)
class BackupWithPerson:
    """A backup that holds the person, or (``is_read`` False) may: it could not be read.

    ``is_own``: the program made it of these records; others in the folder are left alone.
    """

    path: Path
    is_read: bool
    is_own: bool = True

    @property
    def is_removable(self) -> bool:
        """Whether ``--backups`` deletes it."""
        return self.is_read and self.is_own


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did. ``backups`` still hold somebody of those erased.

    ``leftovers`` are copies that may be under way or were cut off; they may hold them, too.
    """

    receipts: tuple[Receipt, ...]
    backups: tuple[BackupWithPerson, ...]
    leftovers: tuple[Path, ...] = ()
