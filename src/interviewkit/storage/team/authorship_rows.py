"""Who vouches for a scorecard in a shared role: its signer, or the owner who accepted it."""

import sqlite3
from typing import NamedTuple

from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person, RecordKind
from interviewkit.storage import audit_log, merges, named_record_rows
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.privacy import visibility

# In a role that is not shared everything counts, and so does what was written here.
_UNCOUNTED = """
SELECT i.id FROM interview AS i
JOIN role_setting AS s ON s.role_id = i.role_id AND s.shared = 1
JOIN sealed_document AS d ON d.kind = 'scorecard' AND d.id = i.id AND d.received_at IS NOT NULL
LEFT JOIN authorship AS a ON a.interview_id = i.id
WHERE i.submitted_at IS NOT NULL AND coalesce(a.key, '') = '' AND coalesce(a.accepted_at, '') = ''
"""


class Vouching(NamedTuple):
    """Who answers for a scorecard: the member who signed it, and who accepted it when."""

    signer: str = ""
    accepted_by: str = ""
    accepted_at: str = ""


def uncounted_scorecards(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of scorecards that are shown but count only once the role's owner accepts them."""
    return frozenset(row[0] for row in connection.execute(_UNCOUNTED))


def keep_signature(
    connection: sqlite3.Connection, interview_id: str, key: str, signer: str
) -> None:
    """Inside a transaction: a member signed this scorecard as their own."""
    connection.execute(
        "INSERT INTO authorship (interview_id, key, signer) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET key = excluded.key, signer = excluded.signer",
        (interview_id, key, signer),
    )


def keep_acceptance(
    connection: sqlite3.Connection, interview_id: str, by: str, at: str, account: str
) -> bool:
    """Inside a transaction: the owner answers for a scorecard; gives whether that is new."""
    row = connection.execute(
        "SELECT accepted_at FROM authorship WHERE interview_id = ?", (interview_id,)
    ).fetchone()
    if row and row[0]:
        return False
    connection.execute(
        "INSERT INTO authorship (interview_id, accepted_by, accepted_at) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET accepted_by = excluded.accepted_by, "
        "accepted_at = excluded.accepted_at",
        (interview_id, by, at),
    )
    audit_log.append(
        connection,
        subject="authorship",
        subject_id=interview_id,
        interview_id=interview_id,
        field="accepted",
        new=by,
        at=at,
        account=account,
    )
    return True


class Authorship:
    """Says who vouches for scorecards, and lets the owner of a role accept what is unsigned."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def vouching(self, interview_id: str) -> Vouching:
        """Who answers for one scorecard; nobody for what was written here."""
        rows = self._database.rows(
            "SELECT signer, accepted_by, accepted_at FROM authorship WHERE interview_id = ?",
            interview_id,
        )
        return Vouching(*rows[0]) if rows else Vouching()

    def uncounted(self) -> frozenset[str]:
        """Ids of scorecards that do not count yet."""
        with self._database.errors_explained():
            return uncounted_scorecards(self._database.connection)

    def accept(self, interview_id: str, by: Person) -> None:
        """Let an unsigned scorecard count from now on.

        BlockedError for anybody but the role's owner, for one who may not read it yet, and where
        it counts already.
        """
        connection = self._database.connection
        with self._database.transaction():
            if interview_id not in uncounted_scorecards(connection):
                raise BlockedError("This scorecard counts already.", "Nothing was changed.")
            row = connection.execute(
                "SELECT role_id, owner FROM interview JOIN role_setting USING (role_id) "
                "WHERE id = ?",
                (interview_id,),
            ).fetchone()
            if not row[1] or not named_record_rows.owns(connection, row[0], by.name):
                raise BlockedError(
                    f"You are {by.name}, and the role is {row[1]}'s.",
                    "Only the owner of a shared role accepts a scorecard that is not signed.",
                )
            if interview_id in visibility.sight(connection, by).hidden:
                raise BlockedError(
                    "This scorecard is withheld from you.", "Submit your own scorecard first."
                )
            keep_acceptance(
                connection, interview_id, by.name, self._database.now(), self._database.account
            )


def ids_of_person(connection: sqlite3.Connection, person_id: str) -> set[str]:
    """The id of a person with those of all records that stand for the same one."""
    ends = merges.targets(connection, RecordKind.PERSON)
    target = ends.get(person_id, person_id)
    return {person_id, target, *(key for key, end in ends.items() if end == target)} - {""}
