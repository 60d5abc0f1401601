"""Erasures that travel: who is to be erased here, what leaves as a tombstone, who has done it."""

from typing import NamedTuple

from interviewkit.interview.authorship import Signer
from interviewkit.interview.people import RecordKind, normalize_name
from interviewkit.interview.records import Candidate
from interviewkit.interview.shared_records import Gone
from interviewkit.storage import merges
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.team.authorship_rows import ids_of_person


class ErasureNotice(NamedTuple):
    """What one member says of an erasure: erased, held (a legal hold) or open (not done yet)."""

    id_sha256: str
    member: str
    state: str
    at: str


class ErasureNotices:
    """Keeps which erasures were asked for, and who has done them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection

    def tombstones(self) -> list[Gone]:
        """Candidates of shared roles who were erased here: what leaves so that others follow."""
        rows = self._database.rows(
            "SELECT kind, id_sha256, at, why FROM gone WHERE shared = 1 ORDER BY at, id_sha256"
        )
        return [Gone(RecordKind(kind), *values) for kind, *values in rows]

    def hash_of(self, candidate_id: str) -> str:
        """What a tombstone gives for the candidate of this id."""
        return merges.hash_of_id(candidate_id)

    def is_known(self, tombstone: Gone) -> bool:
        """Whether the record was erased here, or its erasure was noted."""
        return bool(
            self._database.rows(
                "SELECT 1 FROM gone WHERE kind = ? AND id_sha256 = ?",
                tombstone.kind,
                tombstone.id_sha256,
            )
        )

    def candidate_of(self, tombstone: Gone) -> Candidate | None:
        """Whom a tombstone is about, by the ids that are in these records."""
        rows = self._database.rows("SELECT id, name, reference FROM candidate")
        with self._database.errors_explained():
            ends = merges.targets(self._connection, RecordKind.CANDIDATE)
        people = {row[0]: Candidate(*row) for row in rows}
        for key in people:
            if merges.hash_of_id(key) == tombstone.id_sha256:
                return people[ends.get(key, key)]
        return None

    def ids_of(self, candidate: Candidate) -> set[str]:
        """The ids that a candidate goes by, those merged into them included."""
        with self._database.errors_explained():
            ends = merges.targets(self._connection, RecordKind.CANDIDATE)
        return {candidate.id, *(key for key, end in ends.items() if end == candidate.id)}

    def may_erase(self, candidate: Candidate, signer: Signer) -> bool:
        """Whether a member may have a candidate erased: an administrator, or a role's owner."""
        if signer.is_admin:
            return True
        with self._database.errors_explained():
            rows = self._connection.execute(
                "SELECT owner, coalesce(owner_id, '') FROM role_setting WHERE shared = 1 "
                "AND role_id IN (SELECT role_id FROM interview WHERE candidate_id = :candidate "
                "UNION SELECT role_id FROM plan WHERE candidate_id = :candidate)",
                {"candidate": candidate.id},
            ).fetchall()
            ids = ids_of_person(self._connection, signer.person)
        return any(
            normalize_name(owner) in signer.signing_names or owner_id in ids
            for owner, owner_id in rows
        )

    def note_gone(self, tombstone: Gone) -> None:
        """No later import brings the record in; erasing what is here is done apart."""
        with self._database.transaction():
            self._connection.execute(
                "INSERT INTO gone (kind, id_sha256, at, why) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                tombstone,
            )

    def keep(self, notice: ErasureNotice) -> None:
        """Note what a member says; of two words the later counts."""
        with self._database.transaction():
            self._connection.execute(
                "INSERT INTO erasure_notice (id_sha256, member, state, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at "
                "WHERE excluded.at > erasure_notice.at OR excluded.state = 'erased'",
                notice,
            )

    def notices(self) -> list[ErasureNotice]:
        """What everybody said, by erasure."""
        rows = self._database.rows(
            "SELECT id_sha256, member, state, at FROM erasure_notice ORDER BY id_sha256, member"
        )
        return [ErasureNotice(*row) for row in rows]
