"""Sealed documents in and out.

A document goes out exactly as it was sealed, wherever it was written: from the bytes that the seal
was made over. What comes in is taken whole or not at all.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewkit import breadcrumbs
from interviewkit.banks.loader import BankFile
from interviewkit.errors import NotFoundError, RefusedImportError, StorageError
from interviewkit.interview.clock import Clock, stamp
from interviewkit.interview.documents import (
    NOTHING,
    Document,
    LogHead,
    Offer,
    SealedAmendment,
    SealedDecision,
    SealedScorecard,
)
from interviewkit.interview.people import Alias, NamedRecord, RecordKind, normalize_name
from interviewkit.interview.records import Amendment, Answer, Course, Decision, Interview
from interviewkit.interview.shared_records import (
    Gone,
    OfferedPlan,
    OfferedRecord,
    OfferedSettings,
    SharedRecord,
)
from interviewkit.interview.similar_names import similar_to_known
from interviewkit.storage import (
    audit_log,
    decisions,
    merges,
    rows,
    sealed_documents,
    shared_export,
)
from interviewkit.storage.bank_texts import bank_of
from interviewkit.storage.file.transaction import faults, transaction
from interviewkit.storage.import_joins import ImportJoins, JoinAnswers, OpenJoinsError, file_of
from interviewkit.storage.integrity import seal_verification
from interviewkit.storage.scorecard_insert import insert_scorecard, with_own_note_ids
from interviewkit.storage.shared_import import ORDER, SharedImport

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

_LISTED = 20  # faults named before the rest is counted
NO_ANSWERS = JoinAnswers()
KINDS = (
    *("bank", "person", "role", "candidate", "gone", "alias", "role_settings", "plan"),
    *("scorecard", "amendment", "decision"),
)


class ImportedLine(NamedTuple):
    """What became of one line: ``state`` is new, known, or erased (here, so it was left out)."""

    place: str
    kind: str
    id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, by kind of line and line by line. Known lines changed nothing.

    ``similar`` are records that are new, each with those whose name theirs nearly is.
    """

    new: Mapping[str, int]
    known: Mapping[str, int]
    lines: Sequence[ImportedLine] = ()
    similar: Sequence[tuple[NamedRecord, Sequence[NamedRecord]]] = ()


class Exchange:
    """The door through which scorecards leave and enter the records."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        clock: Clock,
        account: str,
        keep_head: Callable[[], None],
    ) -> None:
        self._keep_head = keep_head
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
        this program.
        """
        with faults(self._path):
            result = sealed_documents.document(self._connection, "scorecard", interview.id)
            is_whole = result["sha256"] == interview.seal and seal_verification.is_in_force(
                self._connection, interview.id
            )
        if not is_whole:
            raise StorageError(
                f"The scorecard of {interview.candidate.name} by {interview.interviewer} "
                f"({interview.id}) is not what was sealed.",
                "The database was changed by another program. Put a backup in its place.",
            )
        return result

    def amendments(self, withheld: Collection[str] = ()) -> list[Document]:
        """Every amendment in the order they were made; ``withheld`` as in :meth:`sealed`."""
        with faults(self._path):
            ids = self._connection.execute(
                "SELECT a.id, interview_id, candidate_id FROM amendment AS a "
                "JOIN interview AS i ON i.id = interview_id ORDER BY a.id"
            ).fetchall()
            return [
                sealed_documents.document(self._connection, "amendment", key)
                for key, interview, candidate in ids
                if candidate not in withheld and interview not in withheld
            ]

    def decisions(self, ids: Iterable[str]) -> list[Document]:
        """The decisions with these ids as they were sealed, in the same order."""
        with faults(self._path):
            return [sealed_documents.document(self._connection, "decision", key) for key in ids]

    def log_head(self) -> LogHead:
        """The head of the log, which goes out with what is exported and is kept beside it."""
        with faults(self._path):
            self._keep_head()
            return audit_log.head(self._connection)

    def parties(self, candidates: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
        """The roles and names, by id, that the decisions on these candidates refer to."""
        with faults(self._path):
            return decisions.parties(self._connection, candidates)

    def shared(
        self,
        interviews: Iterable[Interview],
        decided_on: Collection[str],
        withheld: Collection[str],
    ) -> list[SharedRecord]:
        """People, names, merges, settings and plans that go with these scorecards.

        Of decisions those on the candidates ``decided_on`` go out; of plans those with the
        candidates ``withheld`` do not.
        """
        ids = {interview.id for interview in interviews}
        with faults(self._path):
            return shared_export.shared_records(self._connection, ids, decided_on, withheld)

    def take_in(
        self, offers: Iterable[tuple[str, Offer]], answers: JoinAnswers = NO_ANSWERS
    ) -> Taken:
        """Add what is not known yet. ``offers``: (where it stands, what stands there).

        The order does not matter. ``answers`` say who is who where a name does not.
        RefusedImportError names every place at fault, and OpenJoinsError whom to ask about; then
        the records are as they were.
        """
        # All is read before the first write: a slow reader must not lock out a live interview.
        received = list(offers)
        files = {file_of(place) for place, offer in received if isinstance(offer, LogHead)}
        ready = sorted(
            (offer for offer in received if not isinstance(offer[1], LogHead)),
            key=lambda offer: _rank(offer[1]),
        )
        with faults(self._path), transaction(self._connection):
            at = stamp(self._clock.now())
            intake = _Intake(self._connection, at, self._account, answers, files)
            intake.take_all(ready)
        breadcrumbs.happened(f"import of {_counts(intake.new)} new, {_counts(intake.known)} known")
        similar = similar_to_known(intake.joins.new, intake.joins.known)
        return Taken(intake.new, intake.known, intake.lines, similar)

    def _sealed_ids(self) -> dict[str, tuple[str, str]]:
        found = self._connection.execute(
            "SELECT id, sealed_role, sealed_candidate FROM interview WHERE submitted_at IS NOT NULL"
        )
        return {row[0]: (row[1], row[2]) for row in found}


def _counts(counts: dict[str, int]) -> str:
    return " ".join(f"{kind}={count}" for kind, count in counts.items())


def _rank(offer: Offer) -> int:
    """What others refer to comes first."""
    kinds = (BankFile, *ORDER, SealedScorecard, SealedAmendment, SealedDecision)
    return kinds.index(type(offer))


class _Intake:
    """One import, inside its transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        at: str,
        account: str,
        answers: JoinAnswers,
        files_with_head: Collection[str],
    ) -> None:
        self.connection = connection
        self.at = at
        self.account = account
        self.joins = ImportJoins(connection, at, account, answers, files_with_head)
        self.shared = SharedImport(connection, self.joins, at, account)
        self.banks: dict[str, Bank] = {}
        self.new = dict.fromkeys(KINDS, 0)
        self.known = dict.fromkeys(KINDS, 0)
        self.lines: list[ImportedLine] = []
        self._erased: set[str] = set()  # scorecards that were left out with their candidate

    def take_all(self, ready: Sequence[tuple[str, Offer]]) -> None:
        """Everything, or a RefusedImportError that names all that is at fault."""
        refused: list[RefusedImportError] = []
        for place, offer in ready:
            try:
                self._take(place, offer)
            except OpenJoinsError:
                break  # asked first: what hangs on the answer cannot be judged
            except RefusedImportError as error:
                refused.append(error)
        if len(refused) > 1:
            raise _refused(refused)
        if refused:
            raise refused[0]
        self.joins.refuse_open()
        self.joins.finish()

    def _take(self, place: str, offer: Offer) -> None:
        kind, key, name = _identity(offer)
        if kind in ("scorecard", "amendment", "decision"):
            self.joins.refuse_open()
        if self._is_gone(offer):
            state = "erased"
        else:
            state = "new" if self._is_new(place, offer) else "known"
            (self.new if state == "new" else self.known)[kind] += 1
        self.lines.append(ImportedLine(place, kind, key, name, state))

    def _is_new(self, place: str, offer: Offer) -> bool:
        if isinstance(offer, BankFile):
            return self._bank(offer)
        if isinstance(offer, SealedScorecard):
            return self._scorecard(place, *offer)
        if isinstance(offer, SealedAmendment):
            return self._amendment(place, *offer)
        if isinstance(offer, SealedDecision):
            return self._decision(place, *offer)
        assert not isinstance(offer, LogHead)  # noqa: S101 - left out before
        return self.shared.take(place, offer)

    def _is_gone(self, offer: Offer) -> bool:
        """Whether it is about a candidate who was erased here."""
        if isinstance(offer, OfferedRecord):
            return self.joins.is_gone(offer.kind, offer.id)
        if isinstance(offer, SealedAmendment):
            return offer.amendment.scorecard in self._erased
        candidate = ""
        if isinstance(offer, SealedScorecard):
            candidate = offer.interview.candidate.id
        elif isinstance(offer, SealedDecision):
            candidate = offer.decision.candidate
        elif isinstance(offer, OfferedPlan):
            candidate = offer.candidate
        gone = self.joins.is_gone(RecordKind.CANDIDATE, candidate)
        if gone and isinstance(offer, SealedScorecard):
            self._erased.add(offer.interview.id)
        return gone

    def _bank(self, file: BankFile) -> bool:
        added = self.connection.execute(
            "INSERT INTO bank (sha256, id, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (file.sha256, file.bank.id, file.text),
        )
        self.banks[file.sha256] = file.bank
        return added.rowcount > 0

    def _scorecard(
        self, place: str, interview: Interview, answers: Sequence[Answer], document: Document
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
        role = self.joins.reference(place, RecordKind.ROLE, interview.role.id)
        candidate = self.joins.reference(place, RecordKind.CANDIDATE, interview.candidate.id)
        self._check_questions(place, interview, answers)
        answers = with_own_note_ids(self.connection, interview.id, answers)
        insert_scorecard(self.connection, interview, answers, role, candidate)
        person = self.joins.person_called(
            interview.interviewer, str(document.get("interviewer_id", ""))
        )
        self.connection.execute(
            "UPDATE interview SET interviewer_id = ? WHERE id = ?", (person, interview.id)
        )
        sealed_documents.keep(
            self.connection,
            document,
            interview=interview.id,
            candidate=candidate,
            role=role,
            received_at=self.at,
        )
        for what, after in (
            (audit_log.BEGUN, rows.begun(self.connection, interview.id)),
            (audit_log.IMPORTED, interview.seal),
        ):
            audit_log.append(
                self.connection,
                subject="seal" if what == audit_log.IMPORTED else "interview",
                subject_id=interview.id,
                interview_id=interview.id,
                what=what,
                after=after,
                at=self.at,
                account=self.account,
            )
        rows.log_seal(self.connection, interview.id, self.at, self.account)
        return True

    def _amendment(self, place: str, offer: Amendment, document: Document) -> bool:
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
            rows.insert_amendment(self.connection, offer, document, self.account, self.at)
        return there is None

    def _decision(self, place: str, offer: Decision, document: Document) -> bool:
        """Role and candidate may have been merged here; what was decided is the same."""
        offer = offer._replace(
            role=self.joins.reference(place, RecordKind.ROLE, offer.role),
            candidate=self.joins.reference(place, RecordKind.CANDIDATE, offer.candidate),
        )
        there = decisions.with_id(self.connection, offer.id)
        if there and there != self._in_force(offer):
            raise RefusedImportError(
                f"{place}: the decision {offer.id} is known with another content.",
                f"{NOTHING} A decision never changes; give this one an id of its own.",
            )
        if there is None:
            decisions.keep(self.connection, offer, document, self.account, self.at)
        return there is None

    def _in_force(self, offer: Decision) -> Decision:
        """The decision under the records that stand for its role and candidate."""
        roles = merges.targets(self.connection, RecordKind.ROLE)
        candidates = merges.targets(self.connection, RecordKind.CANDIDATE)
        return offer._replace(
            role=roles.get(offer.role, offer.role),
            candidate=candidates.get(offer.candidate, offer.candidate),
        )

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


def _identity(offer: Offer) -> tuple[str, str, str]:
    """Kind, id and a name that a person knows a line by."""
    if isinstance(offer, BankFile):
        return "bank", offer.bank.id, offer.bank.title
    if isinstance(offer, SealedScorecard):
        return "scorecard", offer.interview.id, f"by {offer.interview.interviewer}"
    if isinstance(offer, SealedAmendment):
        amendment = offer.amendment
        return "amendment", amendment.id, f"{amendment.what} by {amendment.interviewer}"
    if isinstance(offer, SealedDecision):
        decision = offer.decision
        return "decision", decision.id, f"{Course(decision.course).words} by {decision.by}"
    if isinstance(offer, OfferedRecord):
        return offer.kind.value, offer.id, offer.name
    if isinstance(offer, Alias):
        return "alias", offer.alias_id, f"{offer.kind} {offer.target_id}"
    if isinstance(offer, OfferedSettings):
        return "role_settings", offer.role, f"version {offer.version}"
    if isinstance(offer, OfferedPlan):
        return "plan", offer.id, offer.state.value
    if isinstance(offer, Gone):
        return "gone", offer.id_sha256, offer.kind.value
    return "log_head", "", ""


def _refused(errors: Sequence[RefusedImportError]) -> RefusedImportError:
    lines = [f"{error.message} {error.hint.removeprefix(NOTHING).strip()}" for error in errors]
    listed = "\n".join(lines[:_LISTED])
    more = f"\nand {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    return RefusedImportError(f"{len(errors)} lines are at fault:\n{listed}{more}", NOTHING)
