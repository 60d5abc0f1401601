"""Documents that a folder or a hub brings: taken in one by one, so that none stops the others.

A file that a person chose is taken whole or not at all (see importer). What a team sends arrives in
any order and in pieces: what refers to something that is not here yet waits, what is not what it
claims to be is refused, and everything else goes in.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewkit.errors import BlockedError, MissingRecordError, RefusedImportError
from interviewkit.interview.authorship import Claim, Signer, Verdict, judge
from interviewkit.interview.documents import (
    LogHead,
    Offer,
    SealedAmendment,
    SealedDecision,
    SealedScorecard,
)
from interviewkit.interview.people import Alias, RecordKind, normalize_name
from interviewkit.interview.shared_records import (
    Gone,
    OfferedPlan,
    OfferedRecord,
    OfferedSettings,
)
from interviewkit.storage import merges, transcript_rows
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.import_banks import ImportBanks
from interviewkit.storage.import_joins import JoinAnswers, OpenJoinsError
from interviewkit.storage.import_report import identify_offer
from interviewkit.storage.importer import Intake, offer_rank
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.storage.team.authorship_rows import (
    ids_of_person,
    keep_acceptance,
    keep_signature,
)

BATCH = 50  # documents in one transaction: a live interview writes between two


class Arrival(NamedTuple):
    """A document that came in, read and with its signature verified; ``name`` is its place."""

    name: str
    offer: Offer
    signer: Signer


class ArrivalResult(NamedTuple):
    """What became of one document; ``is_new``: the records changed.

    ``candidate`` is the id of whom it is about, or "".
    """

    name: str
    kind: str
    state: ArrivalState
    message: str = ""
    candidate: str = ""
    is_new: bool = False


class TeamIntake:
    """Takes in what members of the team signed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection
        self._erased: dict[str, str] = {}  # scorecards left out → their candidate
        self._banks = ImportBanks(database.connection)  # read once for all documents
        self._merged: dict[str, str] = {}  # ids not known here → what stands for them

    def take_in(
        self,
        arrivals: Sequence[Arrival],
        same: Mapping[str, str] | None = None,
        *,
        apart: bool = False,
    ) -> list[ArrivalResult]:
        """Take in each document that may be; gives what became of each.

        ``same`` says of ids that come in whom of the records they are; ``apart``: any other of
        whom the name is known is somebody else.
        """
        owners = _claimed_owners(arrivals)
        self._merged.clear()
        self._merged |= self._merged_elsewhere(arrivals, owners)
        ready = sorted(arrivals, key=lambda arrival: self._rank(arrival, owners))
        results: list[ArrivalResult] = []
        self._erased.clear()
        self._banks = ImportBanks(self._connection)
        for begin in range(0, len(ready), BATCH):
            with self._database.transaction():
                results += [
                    self._take(arrival, owners, self._merged | dict(same or {}), apart=apart)
                    for arrival in ready[begin : begin + BATCH]
                ]
        if any(result.is_new and result.kind == "decision" for result in results):
            with self._database.errors_explained():  # transcripts go with a decision
                transcript_rows.fold_journal(self._connection)
        return results

    def _rank(self, arrival: Arrival, owners: Mapping[str, str]) -> tuple[int, int, bool, str]:
        """What is referred to comes first, settings by version, and an owner's word before any."""
        offer = arrival.offer
        rank = -1 if isinstance(offer, OfferedRecord) else offer_rank(offer)
        version = offer.version if isinstance(offer, OfferedSettings) else 0
        return rank, version, arrival.signer.key not in owners.values(), arrival.name

    def _take(
        self,
        arrival: Arrival,
        owners: Mapping[str, str],
        same: Mapping[str, str],
        *,
        apart: bool,
    ) -> ArrivalResult:
        kind, key, _ = identify_offer(arrival.offer)
        result = ArrivalResult(
            arrival.name, kind, ArrivalState.TAKEN, "", _candidate_of(arrival.offer)
        )
        if isinstance(arrival.offer, Gone | LogHead):
            return result._replace(state=ArrivalState.UNKNOWN)
        if isinstance(arrival.offer, SealedAmendment):
            scorecard = arrival.offer.amendment.scorecard
            if scorecard in self._erased:
                candidate = self._erased[scorecard]
                return result._replace(state=ArrivalState.ERASED, candidate=candidate)
            statement = "SELECT candidate_id FROM interview WHERE id = ?"
            result = result._replace(candidate=self._value(statement, scorecard))
        if isinstance(arrival.offer, Alias) and not self._may_merge(
            arrival.offer, arrival.signer, owners
        ):
            message = "a merge that no owner of its role is known to have made"
            return result._replace(state=ArrivalState.WAITING, message=message)
        verdict = judge(self._claim(arrival, owners), arrival.signer)
        if verdict.refusal:
            state = ArrivalState.WAITING if verdict.waits else ArrivalState.REFUSED
            return result._replace(state=state, message=verdict.refusal)
        offer = self._limited(arrival, owners)
        if offer is None:
            return result  # known, and not the signer's to change
        is_record = isinstance(offer, OfferedRecord)
        answers = {key: same[key]} if is_record and key in same else {}
        return self._enter(
            arrival._replace(offer=offer), key, verdict, JoinAnswers(answers, apart), result
        )

    def _enter(
        self,
        arrival: Arrival,
        key: str,
        verdict: Verdict,
        answers: JoinAnswers,
        result: ArrivalResult,
    ) -> ArrivalResult:
        """Put a document into the records, or leave them as they were and say why."""
        self._connection.execute("SAVEPOINT document")
        try:
            is_new, is_erased = self._apply(arrival, verdict, answers)
        except (RefusedImportError, BlockedError) as error:
            self._connection.execute("ROLLBACK TO document")
            self._connection.execute("RELEASE document")
            # Blocked: two interviews under way would become one.
            waits = isinstance(error, MissingRecordError | OpenJoinsError | BlockedError)
            state = ArrivalState.WAITING if waits else ArrivalState.REFUSED
            return result._replace(state=state, message=_reason(error, arrival.name))
        self._connection.execute("RELEASE document")
        if is_erased:
            self._erased[key] = result.candidate
            return result._replace(state=ArrivalState.ERASED)
        return result._replace(is_new=is_new)

    def _apply(self, arrival: Arrival, verdict: Verdict, answers: JoinAnswers) -> tuple[bool, bool]:
        """Inside a savepoint: (whether the records changed, whether its candidate was erased)."""
        offer = arrival.offer
        at, account = self._database.now(), self._database.account
        intake = Intake(self._connection, at, account, answers, (), joins_people_by_name=True)
        intake.banks = self._banks
        intake.take_all([(arrival.name, offer)])
        is_erased = any(line.state == "erased" for line in intake.lines)
        is_new = any(line.state == "new" for line in intake.lines)
        if isinstance(offer, SealedScorecard) and not is_erased:
            if verdict.is_vouched:
                by = arrival.signer.name
                keep_acceptance(self._connection, offer.interview.id, by, at, account)
            else:
                signer = arrival.signer
                keep_signature(self._connection, offer.interview.id, signer.key, signer.name)
        return is_new, is_erased

    # Facts for the rule

    def _merged_elsewhere(
        self, arrivals: Iterable[Arrival], owners: Mapping[str, str]
    ) -> dict[str, str]:
        """Id → id of the record it stands for, by merges of the owners of roles.

        A role is found under its owner's id whatever id a scorecard was sealed with.
        """
        merged = {}
        for arrival in arrivals:
            offer = arrival.offer
            if isinstance(offer, Alias) and not offer.undone_at:
                is_known = self._value(f"SELECT 1 FROM {offer.kind} WHERE id = ?", offer.alias_id)  # noqa: S608
                if not is_known and self._may_merge(offer, arrival.signer, owners):
                    merged[offer.alias_id] = offer.target_id
        return merged

    def _may_merge(self, alias: Alias, signer: Signer, owners: Mapping[str, str]) -> bool:
        """Whether a merge is one that the owner of its role made, or that a hub has let in."""
        if signer.is_checked:
            return True
        if alias.kind is RecordKind.ROLE:
            return self._ownership(alias.target_id, signer, owners)[1]
        roles = self._roles_of_candidate(alias.target_id)
        return any(self._ownership(role, signer, owners)[1] for role in roles)

    def _roles_of_candidate(self, candidate: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT role_id FROM plan WHERE candidate_id = :key UNION "
            "SELECT role_id FROM interview WHERE candidate_id = :key",
            {"key": candidate},
        )
        return [role for (role,) in rows]

    def _claim(self, arrival: Arrival, owners: Mapping[str, str]) -> Claim:
        offer, signer = arrival.offer, arrival.signer
        role = _role_of(offer)
        if isinstance(offer, SealedAmendment):
            role = self._value(
                "SELECT role_id FROM interview WHERE id = ?", offer.amendment.scorecard
            )
        owner, is_owner, is_shared = self._ownership(role, signer, owners)
        name, writer, at = _writer(offer)
        if writer and writer in ids_of_person(self._connection, signer.person):
            writer = signer.person
        return Claim(
            identify_offer(offer)[0],
            *(name, writer, at),
            owner=owner,
            is_owner=is_owner,
            is_shared=is_shared,
        )

    def _ownership(
        self, role: str, signer: Signer, owners: Mapping[str, str]
    ) -> tuple[str, bool, bool]:
        """(Name of the owner, whether it is the signer, whether the role is shared)."""
        role = self._merged.get(role, role)
        role = merges.targets(self._connection, RecordKind.ROLE).get(role, role)
        row = self._connection.execute(
            "SELECT owner, coalesce(owner_id, ''), shared FROM role_setting WHERE role_id = ?",
            (role,),
        ).fetchone()
        if row is None or not row[0]:
            claimed = owners.get(role, "")
            return claimed and signer.name, bool(claimed) and claimed == signer.key, False
        owner, owner_id, shared = row
        is_owner = normalize_name(owner) in signer.signing_names or (
            bool(signer.person) and owner_id in ids_of_person(self._connection, signer.person)
        )
        return owner, is_owner, bool(shared)

    def _limited(self, arrival: Arrival, owners: Mapping[str, str]) -> Offer | None:
        """The offer without what its signer may not say; None where nothing is to be done.

        Only the owner of a role renames it and its candidates, and only members' names in the
        signed list are names of people, so nobody takes another's name by a spelling.
        """
        offer, signer = arrival.offer, arrival.signer
        if not isinstance(offer, OfferedRecord):
            return offer
        is_known = bool(
            self._value(f"SELECT 1 FROM {offer.kind} WHERE id = ?", offer.id)  # noqa: S608
        )
        if offer.kind is RecordKind.PERSON:
            return None if is_known else offer._replace(spellings=())
        if offer.kind is RecordKind.CANDIDATE and is_known:
            roles = self._roles_of_candidate(offer.id)
            if not any(self._ownership(role, signer, owners)[1] for role in roles):
                return None
        return offer

    def _value(self, statement: str, key: str) -> str:
        row = self._connection.execute(statement, (key,)).fetchone()
        return str(row[0]) if row else ""


def _claimed_owners(arrivals: Iterable[Arrival]) -> dict[str, str]:
    """Role → key of the member who signed settings that name themselves as its owner.

    Of several the first by version, where it handed the role on to the later ones; a role that two
    claim otherwise is left out: who owns it is for people to say.
    """
    settings: dict[str, list[tuple[OfferedSettings, Signer]]] = {}
    for arrival in arrivals:
        if isinstance(arrival.offer, OfferedSettings):
            settings.setdefault(arrival.offer.role, []).append((arrival.offer, arrival.signer))
    owners = {}
    for role, signed in settings.items():
        signed.sort(key=lambda pair: (pair[0].version, pair[1].key))
        claims = {signer.key: signer for offer, signer in signed if _names_itself(offer, signer)}
        firsts = [key for key, signer in claims.items() if not _was_named(signer, signed)]
        if len(firsts) == 1:
            owners[role] = firsts[0]
    return owners


def _names_itself(offer: OfferedSettings, signer: Signer) -> bool:
    return normalize_name(offer.settings.owner) in signer.signing_names


def _was_named(signer: Signer, signed: Iterable[tuple[OfferedSettings, Signer]]) -> bool:
    """Whether somebody else signed settings that make this member the owner."""
    return any(
        by.person != signer.person and normalize_name(of.settings.owner) in signer.signing_names
        for of, by in signed
    )


def _role_of(offer: Offer) -> str:
    if isinstance(offer, OfferedRecord):
        return offer.id if offer.kind is RecordKind.ROLE else ""
    if isinstance(offer, OfferedSettings | OfferedPlan):
        return offer.role
    if isinstance(offer, SealedScorecard):
        return offer.interview.role.id
    return offer.decision.role if isinstance(offer, SealedDecision) else ""


def _candidate_of(offer: Offer) -> str:
    if isinstance(offer, OfferedRecord):
        return offer.id if offer.kind is RecordKind.CANDIDATE else ""
    if isinstance(offer, OfferedPlan):
        return offer.candidate
    if isinstance(offer, SealedScorecard):
        return offer.interview.candidate.id
    return offer.decision.candidate if isinstance(offer, SealedDecision) else ""


def _writer(offer: Offer) -> tuple[str, str, str]:
    """(Name, id of the person, moment) that a document gives for its writer."""
    if isinstance(offer, SealedScorecard):
        interview, document = offer.interview, offer.document
        return (
            interview.interviewer,
            _text(document.get("interviewer_id")),
            (interview.submitted_at or ""),
        )
    if isinstance(offer, SealedAmendment):
        amendment, document = offer.amendment, offer.document
        return amendment.interviewer, _text(document.get("interviewer_id")), amendment.at
    if isinstance(offer, SealedDecision):
        decision, document = offer.decision, offer.document
        return decision.by, _text(document.get("by_id")), decision.at
    return "", "", ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _reason(error: RefusedImportError | BlockedError, name: str) -> str:
    """The first line of what the import says, without the place, which stands beside it."""
    if isinstance(error, OpenJoinsError):
        question = error.questions[0]
        known = " or ".join(record.label for record in question.known)
        return f"{question.offered.name} ({question.offered.id}) may be {known}"
    return error.message.removeprefix(f"{name}: ").partition("\n")[0]
