"""Sealed documents on their way in: an import is taken whole or not at all."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from interviewkit import breadcrumbs
from interviewkit.banks.loader import BankFile
from interviewkit.errors import MissingRecordError, RefusedImportError
from interviewkit.interview.calibration import BlindRatings, CalibrationSet
from interviewkit.interview.documents import (
    NOTHING,
    Document,
    DocumentSignature,
    LogHead,
    Offer,
    SealedAmendment,
    SealedDecision,
    SealedScorecard,
)
from interviewkit.interview.people import RecordKind, normalize_name
from interviewkit.interview.records import Amendment, Answer, Decision, Interview
from interviewkit.interview.shared_records import (
    OfferedPlan,
    OfferedRecord,
)
from interviewkit.interview.similar_names import similar_to_known
from interviewkit.storage import (
    audit_log,
    decisions,
    merges,
    rows,
    sealed_documents,
    transcript_rows,
)
from interviewkit.storage.calibration_import import CalibrationImport
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.import_banks import ImportBanks
from interviewkit.storage.import_joins import (
    ImportJoins,
    JoinAnswers,
    OpenJoinsError,
    file_of_place,
)
from interviewkit.storage.import_report import ImportedLine, Taken, identify_offer
from interviewkit.storage.kit_signatures import KitSignatures, kit_states
from interviewkit.storage.origin_changes import amend_from_origin, is_revision
from interviewkit.storage.scorecard_insert import answers_to_keep, insert_scorecard
from interviewkit.storage.scorecard_seal import is_asked
from interviewkit.storage.shared_import import ORDER, SharedImport

_LISTED = 20  # faults named before the rest is counted
NO_ANSWERS = JoinAnswers()
KINDS = (
    *("bank", "person", "role", "candidate", "gone", "alias", "role_settings", "plan"),
    *("scorecard", "amendment", "decision", "signature", "calibration_set", "calibration"),
)
# They hang on who is who, which is asked first.
_REFERRING = frozenset({"scorecard", "amendment", "decision", "calibration_set", "calibration"})


class Importer:
    """The door through which scorecards enter the records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(
        self,
        offers: Iterable[tuple[str, Offer]],
        answers: JoinAnswers = NO_ANSWERS,
        *,
        accepts_second: bool = False,
    ) -> Taken:
        """Add what is not known yet. ``offers``: (where it stands, what stands there).

        The order does not matter. ``answers`` say who is who where a name does not;
        ``accepts_second`` lets a second scorecard from one fillable kit come in.
        RefusedImportError names every place at fault, and OpenJoinsError whom to ask about; then
        the records are as they were.
        """
        # All is read before the first write: a slow reader must not lock out a live interview.
        received = list(offers)
        files = {
            file_of_place(location) for location, offer in received if isinstance(offer, LogHead)
        }
        ready = sorted(
            (offer for offer in received if not isinstance(offer[1], LogHead)),
            key=lambda offer: offer_rank(offer[1]),
        )
        with self._database.transaction():
            connection, account = self._database.connection, self._database.account
            at = self._database.now()
            intake = Intake(
                *(connection, at, account, answers, files), accepts_second=accepts_second
            )
            intake.take_all(ready)
            scorecards = {line.id for line in intake.lines if line.kind == "scorecard"}
            kits = kit_states(connection, scorecards)
        if intake.new["decision"]:  # with which transcripts go
            with self._database.errors_explained():
                transcript_rows.fold_journal(connection)
        breadcrumbs.add_breadcrumb(
            f"import of {_counts(intake.new)} new, {_counts(intake.known)} known"
        )
        similar = similar_to_known(intake.joins.new, intake.joins.known)
        return Taken(intake.new, intake.known, intake.lines, similar, kits)


def _counts(counts: dict[str, int]) -> str:
    return " ".join(f"{kind}={count}" for kind, count in counts.items())


def offer_rank(offer: Offer) -> int:
    """Sort key: objects come before the objects that refer to them."""
    sealed = (SealedScorecard, SealedAmendment, SealedDecision, DocumentSignature)
    kinds = (BankFile, *ORDER, *sealed, CalibrationSet, BlindRatings)
    return kinds.index(type(offer))


class Intake:
    """One import, inside its transaction; the two last as for ImportJoins and KitSignatures."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        at: str,
        account: str,
        answers: JoinAnswers,
        files_with_head: Collection[str],
        *,
        joins_people_by_name: bool = False,
        accepts_second: bool = False,
    ) -> None:
        self.connection = connection
        self.at = at
        self.account = account
        self.joins = ImportJoins(
            *(connection, at, account, answers, files_with_head),
            joins_people_by_name=joins_people_by_name,
        )
        self.signatures = KitSignatures(connection, at, account, accepts_second=accepts_second)
        self.shared = SharedImport(connection, self.joins, at, account)
        self.banks = ImportBanks(connection)
        self.calibrations = CalibrationImport(connection, self.joins, at, account)
        self.new = dict.fromkeys(KINDS, 0)
        self.known = dict.fromkeys(KINDS, 0)
        self.lines: list[ImportedLine] = []
        self._erased: set[str] = set()  # scorecards that were left out with their candidate

    def take_all(self, ready: Sequence[tuple[str, Offer]]) -> None:
        """Everything, or a RefusedImportError that names all that is at fault."""
        refused: list[RefusedImportError] = []
        for location, offer in ready:
            try:
                self._take(location, offer)
            except OpenJoinsError:
                break  # asked first: what hangs on the answer cannot be judged
            except RefusedImportError as error:
                refused.append(error)
        if len(refused) > 1:
            raise _all_errors(refused)
        if refused:
            raise refused[0]
        self.joins.refuse_open()
        self.joins.finish()

    def _take(self, location: str, offer: Offer) -> None:
        kind, key, name = identify_offer(offer)
        if kind in _REFERRING:
            self.joins.refuse_open()
        if self._is_gone(offer):
            state = "erased"
        else:
            state = "new" if self._is_new(location, offer) else "known"
            (self.new if state == "new" else self.known)[kind] += 1
        self.lines.append(ImportedLine(location, kind, key, name, state))

    def _is_new(self, location: str, offer: Offer) -> bool:
        if isinstance(offer, BankFile):
            return self.banks.add(offer)
        if isinstance(offer, SealedScorecard):
            return self._scorecard(location, offer)
        if isinstance(offer, SealedAmendment):
            return self._amendment(location, *offer)
        if isinstance(offer, SealedDecision):
            return self._decision(location, *offer)
        if isinstance(offer, DocumentSignature):
            return self.signatures.take(location, offer)
        if isinstance(offer, CalibrationSet):
            return self.calibrations.take_set(location, offer)
        if isinstance(offer, BlindRatings):
            return self.calibrations.take_ratings(location, offer)
        assert not isinstance(offer, LogHead)  # noqa: S101 - left out before
        return self.shared.take(location, offer)

    def _is_gone(self, offer: Offer) -> bool:
        """Whether it is about a candidate who was erased here."""
        if isinstance(offer, OfferedRecord):
            return self.joins.is_gone(offer.kind, offer.id)
        if isinstance(offer, SealedAmendment):
            return offer.amendment.scorecard in self._erased
        if isinstance(offer, DocumentSignature):
            return offer.document in self._erased
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

    def _scorecard(self, location: str, offer: SealedScorecard) -> bool:
        interview, answers, document, _ = offer
        row = self.connection.execute(
            "SELECT seal FROM interview WHERE id = ?", (interview.id,)
        ).fetchone()
        if row and row[0] == interview.seal:
            return False
        if row and row[0] and is_revision(self.connection, interview.id, document):
            self._amend(location, interview, answers, document)
            return False
        if row:
            differs, under_way = "is known with another content", "has the id of one under way here"
            raise RefusedImportError(
                f"{location}: the scorecard {interview.id} {differs if row[0] else under_way}.",
                f"{NOTHING} A submitted scorecard never changes; give this one an id of its own.",
            )
        self.signatures.refuse_second(location, interview, document)
        self._add_scorecard(location, offer)
        return True

    def _add_scorecard(self, location: str, offer: SealedScorecard) -> None:
        interview, answers, document, body = offer
        role = self.joins.reference(location, RecordKind.ROLE, interview.role.id)
        candidate = self.joins.reference(location, RecordKind.CANDIDATE, interview.candidate.id)
        self.banks.check_questions(location, interview, answers)
        answers = answers_to_keep(self.connection, interview.id, answers)
        person = self.joins.person_called(
            interview.interviewer, str(document.get("interviewer_id", ""))
        )
        insert_scorecard(self.connection, interview, answers, role, candidate, person)
        sealed_documents.store_document(
            self.connection,
            document,
            interview=interview.id,
            candidate=candidate,
            role=role,
            received_at=self.at,
            body=body,
        )
        for subject, field, new in (
            ("interview", audit_log.BEGUN, rows.beginning_of(interview, role, candidate)),
            ("seal", audit_log.IMPORTED, interview.seal),
        ):
            audit_log.append(
                self.connection,
                subject=subject,
                subject_id=interview.id,
                interview_id=interview.id,
                field=field,
                new=new,
                at=self.at,
                account=self.account,
            )
        written_seal = rows.rows_seal_of(interview, answers)
        rows.log_seal(self.connection, interview.id, self.at, self.account, written_seal)

    def _amend(
        self, location: str, interview: Interview, answers: Sequence[Answer], document: Document
    ) -> None:
        """What another system changed since the scorecard came in, added beside what was sealed."""
        amendments = amend_from_origin(
            self.connection,
            interview,
            answers,
            document,
            account=self.account,
            received_at=self.at,
        )
        self.new["amendment"] += len(amendments)
        for amendment in amendments:
            name = f"{amendment.what} by {amendment.interviewer}"
            self.lines.append(ImportedLine(location, "amendment", amendment.id, name, "new"))

    def _amendment(self, location: str, offer: Amendment, document: Document) -> bool:
        sealed = "SELECT interviewer FROM interview WHERE id = ? AND submitted_at IS NOT NULL"
        interviewer = self._value(sealed, offer.scorecard)
        if interviewer is None:
            raise MissingRecordError(
                f"{location}: the scorecard {offer.scorecard} is neither in the files nor in the "
                "records.",
                f"{NOTHING} Add its line, with type 'scorecard'.",
            )
        if normalize_name(str(interviewer)) != normalize_name(offer.interviewer):
            raise RefusedImportError(
                f"{location}: the scorecard {offer.scorecard} is {interviewer}'s, and the "
                f"amendment {offer.interviewer}'s.",
                f"{NOTHING} Only its interviewer amends a scorecard.",
            )
        asked = "SELECT 1 FROM answer WHERE interview_id = ? AND question = ?"
        if (
            offer.what != "recommendation"
            and not self.connection.execute(asked, (offer.scorecard, offer.question)).fetchone()
        ):
            raise RefusedImportError(
                f"{location}: the scorecard {offer.scorecard} has no question {offer.question!r}.",
                f"{NOTHING} Fix the question.",
            )
        if not is_asked(self.connection, offer):
            raise RefusedImportError(
                f"{location}: nothing was asked under the id {offer.probe!r} at the question "
                f"{offer.question}.",
                f"{NOTHING} Fix the probe.",
            )
        row = self.connection.execute(
            f"SELECT {rows.AMENDMENT} FROM amendment WHERE id = ?",  # noqa: S608 - constants
            (offer.id,),
        ).fetchone()
        if row and Amendment(*row) != offer:
            raise RefusedImportError(
                f"{location}: the amendment {offer.id} is known with another content.",
                f"{NOTHING} An amendment never changes; give this one an id of its own.",
            )
        if row is None:
            rows.insert_amendment(self.connection, offer, document, self.account, self.at)
        return row is None

    def _decision(self, location: str, offer: Decision, document: Document) -> bool:
        """Role and candidate may have been merged here; what was decided is the same."""
        offer = offer._replace(
            role=self.joins.reference(location, RecordKind.ROLE, offer.role),
            candidate=self.joins.reference(location, RecordKind.CANDIDATE, offer.candidate),
        )
        decision = decisions.with_id(self.connection, offer.id)
        if decision and decision != self._in_force(offer):
            raise RefusedImportError(
                f"{location}: the decision {offer.id} is known with another content.",
                f"{NOTHING} A decision never changes; give this one an id of its own.",
            )
        if decision is None:
            decisions.store_decision(self.connection, offer, document, self.account, self.at)
        return decision is None

    def _in_force(self, offer: Decision) -> Decision:
        """The decision under the records that stand for its role and candidate."""
        roles = merges.targets(self.connection, RecordKind.ROLE)
        candidates = merges.targets(self.connection, RecordKind.CANDIDATE)
        return offer._replace(
            role=roles.get(offer.role, offer.role),
            candidate=candidates.get(offer.candidate, offer.candidate),
        )

    def _value(self, statement: str, value: str) -> object:
        row = self.connection.execute(statement, (value,)).fetchone()
        return row[0] if row else None


def _all_errors(errors: Sequence[RefusedImportError]) -> RefusedImportError:
    lines = [f"{error.message} {error.hint.removeprefix(NOTHING).strip()}" for error in errors]
    listed = "\n".join(lines[:_LISTED])
    remainder = f"\nand {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    return RefusedImportError(f"{len(errors)} lines are at fault:\n{listed}{remainder}", NOTHING)
