"""The sealed scorecards, amendments and decisions that one person may take along."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interviewkit.errors import BlockedError
from interviewkit.interview.documents import Document, DocumentSignature, LogHead
from interviewkit.interview.records import Decision, Interview
from interviewkit.interview.shared_records import SharedRecord
from interviewkit.storage.exchange_export import Exchange
from interviewkit.storage.privacy.visibility import Sight


class LeftOut(NamedTuple):
    """How many scorecards stay behind.

    ``interviewing``: of candidates whom the person is interviewing; ``by_setting``: by the settings
    of their roles.
    """

    interviewing: int
    by_setting: int


class ScorecardExport:
    """What leaves, as it was sealed, for :func:`interviewkit.exchange.jsonl.export_lines`.

    ``decisions`` are those the person may read.
    """

    def __init__(self, exchange: Exchange, sight: Sight, decisions: Sequence[Decision]) -> None:
        self._exchange = exchange
        self._hidden = sight.hidden
        self.decisions = decisions
        scorecards = list(exchange.sealed_scorecards())
        hidden = [card.candidate.id for card in scorecards if card.id in sight.hidden]
        busy = sum(candidate in sight.busy for candidate in hidden)
        self.left_out = LeftOut(busy, len(hidden) - busy)
        self.scorecards = [card for card in scorecards if card.id not in sight.hidden]
        self._limited = sight.busy.union(hidden)

    def document(self, interview: Interview) -> Document:
        """One of ``scorecards`` as it was sealed; StorageError when it no longer is that.

        BlockedError for any other that the person may not read.
        """
        if interview.id in self._hidden:
            raise BlockedError(
                f"The scorecard of {interview.candidate.name} is withheld from you.",
                "Submit your own scorecard first; then you see what the role's settings allow.",
            )
        return self._exchange.document(interview)

    def amendments(self) -> list[Document]:
        """The amendments of these scorecards, in the order they were made."""
        return self._exchange.amendments(self._hidden)

    def signatures(self) -> list[DocumentSignature]:
        """The signatures of those of these scorecards that were filled in as a file."""
        return self._exchange.signatures(self.scorecards)

    def parties(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The roles and the candidates, id → name, that ``decisions`` refer to."""
        candidates = {decision.candidate for decision in self.decisions}
        return self._exchange.parties(candidates)

    def decision_documents(self) -> list[Document]:
        """``decisions`` as they were sealed, in the order they were made."""
        return self._exchange.decisions([decision.id for decision in self.decisions])

    def shared_records(self) -> list[SharedRecord]:
        """People, names, merges, settings and plans that go with what leaves.

        A plan would name a candidate of whom nothing leaves, and stays behind where anything of
        them is withheld.
        """
        decided_on = {decision.candidate for decision in self.decisions}
        leaving = {card.candidate.id for card in self.scorecards} | decided_on
        return self._exchange.shared_records(self.scorecards, decided_on, self._limited - leaving)

    def log_head(self) -> LogHead:
        """The head of the log, kept beside what leaves."""
        return self._exchange.log_head()
