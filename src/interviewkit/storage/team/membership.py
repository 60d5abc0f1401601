"""The team that these records belong to."""

from typing import NamedTuple

from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person
from interviewkit.storage.file.transaction import Database

_READ = "SELECT id, folder, key, inviter, person_id, members_list, joined_at FROM team"


class TeamRow(NamedTuple):
    """A team joined: its id, its folder, the user's own public key there, and whom to trust.

    ``inviter`` is the fingerprint that the invitation gave. ``members_list`` is the signed list of
    members in force, "" before there is one.
    """

    id: str
    folder: str
    key: str
    inviter: str
    person: str
    members_list: str = ""
    joined_at: str = ""


class Membership:
    """Joins and leaves a team, and keeps the list of its members."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> TeamRow | None:
        """The team these records belong to now; None where there is none."""
        rows = self._database.rows(f"{_READ} WHERE left_at = ''")
        return TeamRow(*rows[0]) if rows else None

    def join(self, team: TeamRow) -> TeamRow:
        """Belong to a team from now on; BlockedError where the records belong to one."""
        self.refuse_second_team()
        joined_at = self._database.now()
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT OR REPLACE INTO team (id, folder, key, inviter, person_id, members_list, "
                "joined_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*team[:-1], joined_at),
            )
        return team._replace(joined_at=joined_at)

    def refuse_second_team(self) -> None:
        """BlockedError where the records belong to a team already."""
        current = self.current()
        if current is not None:
            raise BlockedError(
                f"These records belong to the team in {current.folder} already.",
                "Leave it first with `interviewkit team leave`, or use records of their own: "
                "--db PATH.",
            )

    def leave(self) -> None:
        """Belong to no team; what came in stays, and nothing goes out any more."""
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE team SET left_at = ? WHERE left_at = ''", (self._database.now(),)
            )

    def keep_members(self, members_list: str, *, is_admin: bool) -> None:
        """Put another signed list of members in force; ``is_admin``: the user administers it."""
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE team SET members_list = ?, is_admin = ? WHERE left_at = ''",
                (members_list, is_admin),
            )

    def keep_hub_member(self, person: Person | None, *, is_recruiter: bool = False) -> None:
        """Who the user is in the hub; None for nobody. A recruiter reads all of shared roles."""
        row = (person.id, int(is_recruiter)) if person else None
        rows = self._database.rows("SELECT person_id, is_recruiter FROM hub_member")
        if rows == ([row] if row else []):
            return
        with self._database.transaction():
            self._database.connection.execute("DELETE FROM hub_member")
            if row:
                self._database.connection.execute("INSERT INTO hub_member VALUES (?, ?)", row)
