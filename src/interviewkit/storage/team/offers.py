"""What one person answers for in shared roles: the documents that leave in their name.

The owner of a role answers for the role, its settings, its plan and whom it names; each interviewer
for their own scorecards, amendments and decisions, and for the candidates and banks those name.
"""

from collections.abc import Iterator
from typing import NamedTuple

from interviewkit.interview.people import Alias, Person, RecordKind, normalize_name
from interviewkit.interview.role_settings import Visibility
from interviewkit.interview.shared_records import OfferedPlan, SharedRecord
from interviewkit.storage import merges, shared_export
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.team.authorship_rows import ids_of_person

_SCORECARDS = """
SELECT i.id, i.interviewer, i.interviewer_id, i.candidate_id, i.sealed_candidate, i.role_id,
       i.sealed_role, i.bank_sha256, d.sha256, coalesce(a.key, ''), coalesce(a.accepted_at, '')
FROM interview AS i JOIN sealed_document AS d ON d.kind = 'scorecard' AND d.id = i.id
LEFT JOIN authorship AS a ON a.interview_id = i.id
WHERE i.submitted_at IS NOT NULL AND i.role_id = ? ORDER BY i.submitted_at, i.id
"""
_AMENDMENTS = """
SELECT m.id, d.sha256 FROM amendment AS m
JOIN sealed_document AS d ON d.kind = 'amendment' AND d.id = m.id WHERE m.interview_id = ?
ORDER BY m.id
"""
# (document, the id of the person who wrote it)
_SEALED = """
SELECT d.sha256, coalesce(i.interviewer_id, '') FROM interview AS i
JOIN sealed_document AS d ON d.kind IN ('scorecard', 'amendment') AND d.interview_id = i.id
WHERE i.role_id = :role AND i.submitted_at IS NOT NULL
UNION
SELECT d.sha256, '' FROM decision AS c
JOIN sealed_document AS d ON d.kind = 'decision' AND d.id = c.id WHERE c.role_id = :role
"""
# (bank id, hash) that shared roles use, first what counts: plans, the newest first
_BANKS_IN_USE = """
SELECT b.id, b.sha256, 1 AS is_planned, p.changed_at AS at FROM plan AS p
JOIN role_setting AS s ON s.role_id = p.role_id AND s.shared = 1
JOIN bank AS b ON b.sha256 = p.bank_sha256 AND b.id = p.bank WHERE p.state = 'open'
UNION ALL
SELECT b.id, b.sha256, 0, i.submitted_at FROM interview AS i
JOIN role_setting AS s ON s.role_id = i.role_id AND s.shared = 1
JOIN bank AS b ON b.sha256 = i.bank_sha256 WHERE i.submitted_at IS NOT NULL
ORDER BY is_planned DESC, at DESC, sha256
"""
_BANKS_OF_ROLE = """
SELECT bank_sha256 FROM interview WHERE role_id = :role AND submitted_at IS NOT NULL UNION
SELECT b.sha256 FROM plan AS p JOIN bank AS b ON b.sha256 = p.bank_sha256
WHERE p.role_id = :role AND p.state = 'open'
"""
_DECISIONS = """
SELECT c.id, c.by, c.candidate_id, d.candidate_id, d.sha256 FROM decision AS c
JOIN sealed_document AS d ON d.kind = 'decision' AND d.id = c.id WHERE c.role_id = ? ORDER BY c.id
"""


class SharedRole(NamedTuple):
    """A role whose documents go to the team, and who takes part in it.

    ``owner`` and ``panel`` are people by id, with every id that stands for the same person.
    ``is_own``: the asking person owns it.
    """

    id: str
    title: str
    owner: frozenset[str]
    panel: frozenset[str]
    visibility: Visibility
    is_own: bool


class TeamOffer(NamedTuple):
    """A document to send: ``sha256`` of a sealed one or a bank, ``record`` of any other.

    ``is_judgement``: it says what somebody thinks of a candidate, so the role's visibility decides
    who receives it.
    """

    kind: str
    id: str
    role: str
    candidate: str = ""
    sha256: str = ""
    record: SharedRecord | None = None

    @property
    def is_judgement(self) -> bool:
        """Whether only those may read it who may read others' scorecards."""
        return self.kind in ("scorecard", "amendment", "decision")


class Audience(NamedTuple):
    """Who should be able to read a document, and who sends it without being asked: the owner of
    its role and its writer; all by ids of people.
    """

    receivers: frozenset[str]
    senders: frozenset[str]


class Offers:
    """Lists the documents of shared roles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection

    def shared_roles(self, person: Person) -> list[SharedRole]:
        """The roles that are shared, by title."""
        with self._database.errors_explained():
            rows = self._connection.execute(
                "SELECT role_id, title, owner, coalesce(owner_id, ''), visibility "
                "FROM role_setting JOIN role ON role.id = role_id WHERE shared = 1 "
                "ORDER BY title, role_id"
            ).fetchall()
            return [self._shared_role(person, *row) for row in rows]

    def _shared_role(
        self, person: Person, role: str, title: str, owner: str, owner_id: str, visibility: str
    ) -> SharedRole:
        panel: set[str] = set()
        for (person_id,) in self._connection.execute(
            "SELECT interviewer_id FROM plan WHERE role_id = :role AND state = 'open' UNION "
            "SELECT interviewer_id FROM interview WHERE role_id = :role "
            "AND submitted_at IS NOT NULL AND interviewer_id IS NOT NULL",
            {"role": role},
        ).fetchall():
            panel |= ids_of_person(self._connection, person_id)
        owner_ids = ids_of_person(self._connection, owner_id)
        is_own = bool(owner) and (
            person.id in owner_ids or normalize_name(owner) in person.normalized_names
        )
        return SharedRole(
            role,
            title,
            frozenset(owner_ids),
            frozenset(panel),
            Visibility(visibility),
            is_own,
        )

    def offers(self, person: Person) -> list[TeamOffer]:
        """What this person answers for, what is referred to before what refers to it."""
        with self._database.errors_explained():
            result: dict[tuple[str, str, str], TeamOffer] = {}
            for role in self.shared_roles(person):
                for offer in self._offers_of_role(role, person):
                    result.setdefault((offer.kind, offer.id, offer.role), offer)
            return list(result.values())

    def sealed_audiences(self) -> dict[str, Audience]:
        """Document → its audience, of every sealed document of a shared role that is here."""
        audiences: dict[str, Audience] = {}
        with self._database.errors_explained():
            for role in self.shared_roles(Person("", "")):
                for sha256, writer in self._connection.execute(_SEALED, {"role": role.id}):
                    senders = role.owner | ids_of_person(self._connection, writer)
                    receivers = senders
                    if role.visibility is not Visibility.OWN:
                        receivers |= role.panel
                    audiences[sha256] = Audience(receivers, senders)
        return audiences

    def bank_audiences(self) -> dict[str, Audience]:
        """SHA-256 of a bank's text → the audience of the shared roles that use it."""
        audiences: dict[str, Audience] = {}
        with self._database.errors_explained():
            for role in self.shared_roles(Person("", "")):
                for (sha256,) in self._connection.execute(_BANKS_OF_ROLE, {"role": role.id}):
                    known = audiences.get(sha256, Audience(frozenset(), frozenset()))
                    audiences[sha256] = Audience(
                        known.receivers | role.owner | role.panel, known.senders | role.owner
                    )
        return audiences

    def banks_in_use(self) -> dict[str, str]:
        """Bank id → SHA-256 of the text that shared roles go by: the plan's, else a scorecard's."""
        banks: dict[str, str] = {}
        for bank_id, sha256, *_ in self._database.rows(_BANKS_IN_USE):
            banks.setdefault(bank_id, sha256)
        return banks

    def _offers_of_role(self, role: SharedRole, person: Person) -> Iterator[TeamOffer]:
        own_ids = ids_of_person(self._connection, person.id)
        written, named, banks = self._written(role, own_ids, person)
        plans: list[OfferedPlan] = []
        if role.is_own:
            plans = [
                plan
                for plan in shared_export.offered_plans(self._connection)
                if plan.role == role.id
            ]
            banks |= self._planned_banks(role)
            named[RecordKind.ROLE].add(role.id)
            named[RecordKind.CANDIDATE] |= {plan.candidate for plan in plans}
            named[RecordKind.PERSON] |= {plan.interviewer for plan in plans} | role.owner
        named[RecordKind.PERSON].add(person.id)
        for sha256 in sorted(banks):
            yield TeamOffer("bank", sha256, role.id, sha256=sha256)
        for kind in (RecordKind.ROLE, RecordKind.PERSON, RecordKind.CANDIDATE):
            for record in shared_export.offered_records(self._connection, kind):
                if record.id in named[kind]:
                    candidate = record.id if kind is RecordKind.CANDIDATE else ""
                    yield TeamOffer(kind.value, record.id, role.id, candidate, record=record)
        if role.is_own:
            yield from self._settled_by_owner(role, named, plans)
        yield from written

    def _planned_banks(self, role: SharedRole) -> set[str]:
        rows = self._connection.execute(
            "SELECT b.sha256 FROM plan AS p JOIN bank AS b ON b.sha256 = p.bank_sha256 "
            "WHERE p.role_id = ? AND p.state = 'open'",
            (role.id,),
        )
        return {sha256 for (sha256,) in rows}

    def _settled_by_owner(
        self, role: SharedRole, named: dict[RecordKind, set[str]], plans: list[OfferedPlan]
    ) -> Iterator[TeamOffer]:
        for alias in self._aliases(named):
            candidate = alias.target_id if alias.kind is RecordKind.CANDIDATE else ""
            yield TeamOffer("alias", alias.alias_id, role.id, candidate, record=alias)
        for settings in shared_export.offered_settings(self._connection):
            if settings.role == role.id:
                yield TeamOffer("role_settings", role.id, role.id, record=settings)
        for plan in plans:
            yield TeamOffer("plan", plan.id, role.id, plan.candidate, record=plan)

    def _aliases(self, named: dict[RecordKind, set[str]]) -> Iterator[Alias]:
        """Merges of the role and of candidates that it names: documents give the ids before."""
        for kind in (RecordKind.ROLE, RecordKind.CANDIDATE):
            for alias in merges.aliases(self._connection, kind):
                if {alias.alias_id, alias.target_id} & named[kind]:
                    yield alias

    def _written(
        self, role: SharedRole, own_ids: set[str], person: Person
    ) -> tuple[list[TeamOffer], dict[RecordKind, set[str]], set[str]]:
        """Scorecards, amendments and decisions; whom they name; the banks they use."""
        offers: list[TeamOffer] = []
        named: dict[RecordKind, set[str]] = {kind: set() for kind in RecordKind}
        banks: set[str] = set()
        for row in self._connection.execute(_SCORECARDS, (role.id,)).fetchall():
            key, name, writer, *parties, role_id, sealed_role, bank, seal, signed, accepted = row
            is_own = writer in own_ids or normalize_name(name) in person.normalized_names
            if not is_own and not (role.is_own and accepted and not signed):
                continue
            offers.append(TeamOffer("scorecard", key, role.id, parties[0], seal))
            offers += [
                TeamOffer("amendment", amendment, role.id, parties[0], sha256)
                for amendment, sha256 in self._connection.execute(_AMENDMENTS, (key,))
            ]
            named[RecordKind.ROLE] |= {role_id, sealed_role}
            named[RecordKind.CANDIDATE] |= set(parties)
            banks.add(bank)
        for key, by, candidate, sealed, sha256 in self._connection.execute(_DECISIONS, (role.id,)):
            if normalize_name(by) in person.normalized_names:
                offers.append(TeamOffer("decision", key, role.id, candidate, sha256))
                named[RecordKind.CANDIDATE] |= {candidate, sealed}
        if not role.is_own:
            named[RecordKind.ROLE].clear()  # its owner answers for it
        return offers, named, banks
