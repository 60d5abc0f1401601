"""The banks of an import, and whether its scorecards fit them."""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from interviewkit.banks.loader import BankFile
from interviewkit.errors import MissingRecordError, NotFoundError, RefusedImportError
from interviewkit.interview.documents import NOTHING
from interviewkit.interview.records import Answer, Interview
from interviewkit.storage.bank_texts import bank_of

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank


class ImportBanks:
    """The banks of one import and those of the records, inside the import's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._banks: dict[str, Bank] = {}

    def add(self, file: BankFile) -> bool:
        """Keep a bank; gives whether it is new."""
        added = self._connection.execute(
            "INSERT INTO bank (sha256, id, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (file.sha256, file.bank.id, file.text),
        )
        self._banks[file.sha256] = file.bank
        return added.rowcount > 0

    def check_questions(
        self, location: str, interview: Interview, answers: Iterable[Answer]
    ) -> None:
        """RefusedImportError where an answer does not fit the bank that its interview used."""
        bank = self._bank_of(location, interview)
        if bank.id != interview.bank:
            raise RefusedImportError(
                f"{location}: bank.sha256 is that of the bank {bank.id}, not of {interview.bank}.",
                f"{NOTHING} Fix bank.id or bank.sha256.",
            )
        try:
            bank.kit(interview.kit)
            for answer in answers:
                if answer.competency is None:
                    continue  # a page, which is no question
                asks_about = bank.question(answer.question).competency
                if asks_about != answer.competency:
                    raise RefusedImportError(
                        f"{location}: {answer.question} is about {asks_about} in the bank "
                        f"{bank.id}, not about {answer.competency}.",
                        f"{NOTHING} Fix the competency, or name the bank the interview used.",
                    )
                if answer.rating is not None and answer.rating not in bank.ratings:
                    raise RefusedImportError(
                        f"{location}: {answer.question} is rated {answer.rating}, but the bank "
                        f"{bank.id} has ratings from 1 to {bank.ratings[-1]}.",
                        f"{NOTHING} Fix the rating, or name the bank the interview used.",
                    )
        except NotFoundError as error:
            raise RefusedImportError(
                f"{location}: {error.message}", f"{NOTHING} {error.hint}"
            ) from error

    def _bank_of(self, location: str, interview: Interview) -> "Bank":
        sha256 = interview.bank_sha256
        if sha256 not in self._banks:
            try:
                self._banks[sha256] = bank_of(self._connection, sha256)
            except NotFoundError as error:
                raise MissingRecordError(
                    f"{location}: the bank {interview.bank} with the sha256 {sha256} is neither in "
                    "the files nor in the records.",
                    f"{NOTHING} Add its line, with type 'bank' and the text the interview used.",
                ) from error
        return self._banks[sha256]
