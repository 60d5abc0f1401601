"""One scorecard, packed, and the kit it was made with: what comparisons are counted up from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.records import Candidate, Recommendation

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank, Kit


class Card(NamedTuple):
    """One submitted scorecard. The five series run along ``questions``, one byte an answer.

    ``questions`` are (question, competency). In ``ratings`` 0 stands for not assessed, which is
    how it is told that there is no rating, never a value; ``asked`` is 0 for a question that was
    skipped and not rated. ``probed`` counts probes asked, ``new_detail`` those that
    brought some, ``not_noted`` those of which nobody noted what they brought.
    A named tuple: fifty thousand frozen dataclasses take four times as long to make.
    """

    id: str
    candidate: Candidate
    interviewer: str
    bank_sha256: str
    kit: str
    submitted_at: str
    recommendation: Recommendation | None
    questions: tuple[tuple[str, str], ...]
    ratings: bytes
    asked: bytes
    probed: bytes
    new_detail: bytes
    not_noted: bytes


@dataclass(frozen=True, slots=True)
class KitUsed:
    """A kit as one text of a bank has it. ``interviews``: ids of the scorecards made with it."""

    bank: "Bank"
    bank_sha256: str
    kit: str
    interviews: tuple[str, ...]

    @property
    def content(self) -> "Kit":
        """The kit itself."""
        return self.bank.kit(self.kit)
