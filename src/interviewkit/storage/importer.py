"""Scorecards in and out as sealed documents.

A scorecard goes out exactly as it was sealed, wherever it was written: with the ids of role and
candidate that were sealed in, and, where our tables cannot hold how another program wrote it
(a field left out, seconds with three decimals), from the copy that was put on the trail when it
came in. What comes in is taken whole or not at all.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from interviewkit import breadcrumbs
from interviewkit.banks.loader import BankFile
from interviewkit.errors import NotFoundError, RefusedImportError, StorageError
from interviewkit.interview.clock import Clock, stamp
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Candidate,
    Decision,
    Interview,
    Role,
)
from interviewkit.interview.sealed_document import document, seal
from interviewkit.storage import audit_log, decisions, rows
from interviewkit.storage.bank_texts import bank_of
from interviewkit.storage.file.transaction import faults, transaction
from interviewkit.storage.name_index import NameIndex
from interviewkit.storage.scorecard_insert import insert_scorecard, with_own_note_ids

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

Document = Mapping[str, object]
Sealed = tuple[Interview, Sequence[Answer], Document]
Offer = BankFile | Role | Candidate | Sealed | Amendment | Decision
NOTHING = "Nothing was imported."
KINDS = ("bank", "role", "candidate", "scorecard", "amendment", "decision")
_COLUMNS = {"role": "title", "candidate": "name"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, by kind of line. Known lines changed nothing."""

    new: Mapping[str, int]
    known: Mapping[str, int]


class Exchange:
    """The door through which scorecards leave and enter the records."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, clock: Clock, account: str
    ) -> None:
        self._connection = connection
        self._path = path
        self._clock = clock
        self._account = account

    def sealed(self, withheld: Collection[str] = ()) -> Iterator[Interview]:
        """Scorecards by submission, role and candidate under the ids they were sealed with.

        ``withheld`` are ids of scorecards that are left out, or of candidates, all of whose are.
        """
        with faults(self._path):
            found = self._connection.execute(
                f"{rows.INTERVIEW} WHERE i.submitted_at IS NOT NULL ORDER BY i.submitted_at, i.id"
            ).fetchall()
            ids = self._sealed_ids()
        for row in found:
            interview = rows.interview(row)
            if interview.candidate.id not in withheld and interview.id not in withheld:
                role, candidate = ids[interview.id]
                yield interview._replace(
                    role=interview.role._replace(id=role),
                    candidate=interview.candidate._replace(id=candidate),
                )

    def document(self, interview: Interview) -> Document:
        """The scorecard as it was sealed; ``interview`` from :meth:`sealed`.

        StorageError when it no longer is what was sealed: then somebody wrote to the file past
        this program, and a new seal over it would hide that.
        """
        with faults(self._path):
            kept = self._connection.execute(
                "SELECT after FROM trail WHERE interview_id = ? AND what = 'imported'",
                (interview.id,),
            ).fetchone()
            written = json.loads(kept[0]) if kept else None
            result: Document = written or document(
                interview, rows.answers(self._connection, interview.id)
            )
        if result["sha256"] != interview.seal or seal(result) != interview.seal:
            raise StorageError(
                f"The scorecard of {interview.candidate.name} by {interview.interviewer} "
                f"({interview.id}) is not what was sealed.",
                "The database was changed by another program. Put a backup in its place.",
            )
        return result

    def amendments(self, withheld: Collection[str] = ()) -> list[Amendment]:
        """Every amendment in the order they were made; ``withheld`` as in :meth:`sealed`."""
        with faults(self._path):
            found = self._connection.execute(
                f"SELECT {rows.AMENDMENT}, "  # noqa: S608 - constants
                "(SELECT candidate_id FROM interview WHERE interview.id = interview_id) "
                "FROM amendment ORDER BY id"
            ).fetchall()
        return [
            one
            for *row, candidate in found
            if candidate not in withheld and (one := Amendment(*row)).scorecard not in withheld
        ]

    def decisions(self, withheld: Collection[str] = ()) -> list[Decision]:
        """Every decision in the order they were made; ``withheld`` as in :meth:`sealed`."""
        with faults(self._path):
            return [
                one for one in decisions.kept(self._connection) if one.candidate not in withheld
            ]

    def parties(self, withheld: Collection[str] = ()) -> tuple[dict[str, str], dict[str, str]]:
        """The roles and the candidates, id → name, that :meth:`decisions` refers to."""
        with faults(self._path):
            return decisions.parties(self._connection, withheld)

    def take_in(self, offers: Iterable[tuple[str, Offer]]) -> Taken:
        """Add what is not known yet. ``offers``: (where it stands, what stands there).

        The order does not matter. RefusedImportError names the place at fault, and then the
        records are as they were.
        """
        # All is read before the first write: a slow reader must not lock out a live interview.
        ready = sorted(offers, key=lambda offer: _rank(offer[1]))
        with faults(self._path), transaction(self._connection):
            at = stamp(self._clock.now())
            intake = _Intake(self._connection, at, self._account, self._aliases())
            for place, offer in ready:
                intake.take(place, offer)
        breadcrumbs.happened(f"import of {_counts(intake.new)} new, {_counts(intake.known)} known")
        return Taken(intake.new, intake.known)

    def _sealed_ids(self) -> dict[str, tuple[str, str]]:
        found = self._connection.execute(
            "SELECT id, sealed_role, sealed_candidate FROM interview WHERE submitted_at IS NOT NULL"
        )
        return {row[0]: (row[1], row[2]) for row in found}

    def _aliases(self) -> dict[str, dict[str, str]]:
        """Ids that sealed documents use → ids of the rows that stand for them here."""
        found = self._connection.execute(
            "SELECT DISTINCT sealed_role, role_id, sealed_candidate, candidate_id FROM interview "
            "WHERE submitted_at IS NOT NULL"
        ).fetchall()
        return {
            "role": {row[0]: row[1] for row in found},
            "candidate": {row[2]: row[3] for row in found},
        }


def _counts(counts: dict[str, int]) -> str:
    return " ".join(f"{kind}={count}" for kind, count in counts.items())


def _rank(offer: Offer) -> int:
    """What others refer to comes first."""
    kinds = (BankFile, Role, Candidate, tuple, Amendment, Decision)
    return kinds.index(type(offer))  # all but the first are tuples of a kind


@dataclass(slots=True)
class _Intake:
    """One import, inside its transaction."""

    connection: sqlite3.Connection
    at: str
    account: str
    ids: dict[str, dict[str, str]]
    names: dict[str, NameIndex] = field(default_factory=dict)
    banks: dict[str, "Bank"] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    known: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def take(self, place: str, offer: Offer) -> None:
        if isinstance(offer, BankFile):
            is_new = self._bank(offer)
            kind = "bank"
        elif isinstance(offer, Role):
            is_new = self._named(place, "role", offer.id, offer.title)
            kind = "role"
        elif isinstance(offer, Candidate):
            is_new = self._named(place, "candidate", offer.id, offer.name)
            kind = "candidate"
        elif isinstance(offer, Amendment):
            is_new = self._amendment(place, offer)
            kind = "amendment"
        elif isinstance(offer, Decision):
            is_new = self._decision(place, offer)
            kind = "decision"
        else:
            is_new = self._scorecard(place, *offer)
            kind = "scorecard"
        (self.new if is_new else self.known)[kind] += 1

    def _bank(self, file: BankFile) -> bool:
        added = self.connection.execute(
            "INSERT INTO bank (sha256, id, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (file.sha256, file.bank.id, file.text),
        )
        self.banks[file.sha256] = file.bank
        return added.rowcount > 0

    def _named(self, place: str, table: str, wanted: str, name: str) -> bool:
        """A role or candidate: known by id, or attached to the one of the same name, or new."""
        column = _COLUMNS[table]
        row_id = self._row_id(table, wanted)
        if row_id is not None:
            other = self._one(f"SELECT {column} FROM {table} WHERE id = ?", row_id)  # noqa: S608
            if normalize_name(str(other)) != normalize_name(name):
                raise RefusedImportError(
                    f"{place}: the {table} {wanted} is called {name!r} here, but is already known "
                    f"as {other!r}.",
                    f"{NOTHING} Give one of the two an id of its own, or mend the name.",
                )
            return False
        if table not in self.names:
            self.names[table] = NameIndex(self.connection, table, column)
        same = self.names[table].get(name)
        self.ids[table][wanted] = same or wanted
        if same is None:
            self.names[table].add(name, wanted)
            self.connection.execute(
                f"INSERT INTO {table} (id, {column}, created_at) VALUES (?, ?, ?)",  # noqa: S608
                (wanted, name, self.at),
            )
        return same is None

    def _scorecard(
        self, place: str, interview: Interview, answers: Sequence[Answer], sealed: Document
    ) -> bool:
        there = self.connection.execute(
            "SELECT seal FROM interview WHERE id = ?", (interview.id,)
        ).fetchone()
        if there and there[0] == interview.seal:
            return False
        if there:
            known, under_way = "is known with another content", "has the id of one under way here"
            raise RefusedImportError(
                f"{place}: the scorecard {interview.id} {known if there[0] else under_way}.",
                f"{NOTHING} A submitted scorecard never changes; give this one an id of its own.",
            )
        role = self._reference(place, "role", interview.role.id)
        candidate = self._reference(place, "candidate", interview.candidate.id)
        self._check_questions(place, interview, answers)
        answers = with_own_note_ids(self.connection, interview.id, answers)
        insert_scorecard(self.connection, interview, answers, role, candidate)
        ours = document(interview, rows.answers(self.connection, interview.id))["sha256"]
        same = document(interview, answers)["sha256"] == interview.seal
        audit_log.add(
            self.connection,
            interview.id,
            audit_log.IMPORTED,
            at=self.at,
            account=self.account,
            after=json.dumps(None if same else sealed, ensure_ascii=False),
        )
        audit_log.add_seal(self.connection, interview.id, self.at, self.account, str(ours))
        return True

    def _amendment(self, place: str, offer: Amendment) -> bool:
        sealed = "SELECT interviewer FROM interview WHERE id = ? AND submitted_at IS NOT NULL"
        interviewer = self._one(sealed, offer.scorecard)
        if interviewer is None:
            raise RefusedImportError(
                f"{place}: the scorecard {offer.scorecard} is neither in the files nor in the "
                "records.",
                f"{NOTHING} Add its line, with type 'scorecard'.",
            )
        if normalize_name(str(interviewer)) != normalize_name(offer.interviewer):
            raise RefusedImportError(
                f"{place}: the scorecard {offer.scorecard} is {interviewer}'s, and the amendment "
                f"{offer.interviewer}'s.",
                f"{NOTHING} Only its interviewer amends a scorecard.",
            )
        asked = "SELECT 1 FROM answer WHERE interview_id = ? AND question = ?"
        if (
            offer.what != "recommendation"
            and not self.connection.execute(asked, (offer.scorecard, offer.question)).fetchone()
        ):
            raise RefusedImportError(
                f"{place}: the scorecard {offer.scorecard} has no question {offer.question!r}.",
                f"{NOTHING} Mend the question.",
            )
        there = self.connection.execute(
            f"SELECT {rows.AMENDMENT} FROM amendment WHERE id = ?",  # noqa: S608 - constants
            (offer.id,),
        ).fetchone()
        if there and Amendment(*there) != offer:
            raise RefusedImportError(
                f"{place}: the amendment {offer.id} is known with another content.",
                f"{NOTHING} An amendment never changes; give this one an id of its own.",
            )
        if there is None:
            self.connection.execute("INSERT INTO amendment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", offer)
            audit_log.add_amendment(self.connection, offer.id, self.account)
        return there is None

    def _decision(self, place: str, offer: Decision) -> bool:
        """Role and candidate may bear other ids here; what was decided is the same all the same."""
        offer = offer._replace(
            role=self._reference(place, "role", offer.role),
            candidate=self._reference(place, "candidate", offer.candidate),
        )
        there = decisions.with_id(self.connection, offer.id)
        if there and there != offer:
            raise RefusedImportError(
                f"{place}: the decision {offer.id} is known with another content.",
                f"{NOTHING} A decision never changes; give this one an id of its own.",
            )
        if there is None:
            decisions.keep(self.connection, offer)
        return there is None

    def _row_id(self, table: str, wanted: str) -> str | None:
        found = self._one(f"SELECT id FROM {table} WHERE id = ?", wanted)  # noqa: S608 - constants
        return str(found) if found is not None else self.ids[table].get(wanted)

    def _reference(self, place: str, table: str, wanted: str) -> str:
        found = self._row_id(table, wanted)
        if found is None:
            raise RefusedImportError(
                f"{place}: the {table} {wanted} is neither in the files nor in the records.",
                f"{NOTHING} Add its line, with type {table!r}.",
            )
        return found

    def _check_questions(self, place: str, interview: Interview, answers: Iterable[Answer]) -> None:
        bank = self._bank_of(place, interview)
        if bank.id != interview.bank:
            raise RefusedImportError(
                f"{place}: bank.sha256 is that of the bank {bank.id}, not of {interview.bank}.",
                f"{NOTHING} Mend bank.id or bank.sha256.",
            )
        try:
            bank.kit(interview.kit)
            for answer in answers:
                if answer.competency is None:
                    continue  # a page, which is no question
                asks_about = bank.question(answer.question).competency
                if asks_about != answer.competency:
                    raise RefusedImportError(
                        f"{place}: {answer.question} is about {asks_about} in the bank {bank.id}, "
                        f"not about {answer.competency}.",
                        f"{NOTHING} Mend the competency, or name the bank the interview used.",
                    )
                if answer.rating is not None and answer.rating not in bank.ratings:
                    raise RefusedImportError(
                        f"{place}: {answer.question} is rated {answer.rating}, but the bank "
                        f"{bank.id} has ratings from 1 to {bank.ratings[-1]}.",
                        f"{NOTHING} Mend the rating, or name the bank the interview used.",
                    )
        except NotFoundError as error:
            raise RefusedImportError(
                f"{place}: {error.message}", f"{NOTHING} {error.hint}"
            ) from error

    def _bank_of(self, place: str, interview: Interview) -> "Bank":
        sha256 = interview.bank_sha256
        if sha256 not in self.banks:
            try:
                self.banks[sha256] = bank_of(self.connection, sha256)
            except NotFoundError as error:
                raise RefusedImportError(
                    f"{place}: the bank {interview.bank} with the sha256 {sha256} is neither in "
                    "the files nor in the records.",
                    f"{NOTHING} Add its line, with type 'bank' and the text the interview used.",
                ) from error
        return self.banks[sha256]

    def _one(self, statement: str, value: str) -> object:
        found = self.connection.execute(statement, (value,)).fetchone()
        return found[0] if found else None
