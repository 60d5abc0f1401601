"""What a member's program asks a hub: compare, fetch, send; no cursor and no clock.

Every query for documents names its roles, so that none reads the whole hub to find what one may
see. Documents are bytes here: what they mean is for the rooms above.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

from interviewkit.errors import StorageError
from interviewkit.hub.audit_entries import AuditEntry, read_audit
from interviewkit.hub.connection import HubAddress, connect_as_member
from interviewkit.hub.refusals import RefusedByHubError, hub_errors_explained
from interviewkit.hub.schema_runner import OLDEST_HUB, newest_schema

_AT_ONCE = 50  # documents sent in one transaction, or fetched by one query
_ROLES_AT_ONCE = 50  # whose seals one query gives
_TABLES = ("record_line", "sealed_document")
DIGESTS = """
SELECT role, count(*)::integer, bit_xor(seal_head) FROM (
    SELECT role, seal_head FROM hub.record_line WHERE org = %(org)s AND role = ANY (%(roles)s)
    UNION ALL
    SELECT role, seal_head FROM hub.sealed_document WHERE org = %(org)s AND role = ANY (%(roles)s)
) AS document GROUP BY role
"""
SEALS = """
SELECT role, seal FROM hub.record_line WHERE org = %(org)s AND role = ANY (%(roles)s)
UNION ALL
SELECT role, seal FROM hub.sealed_document WHERE org = %(org)s AND role = ANY (%(roles)s)
"""
BODIES = """
SELECT kind, body, id, candidate, is_ahead FROM hub.sealed_document
WHERE org = %(org)s AND role = %(role)s AND seal = ANY (%(seals)s)
UNION ALL
SELECT kind, body, id, candidate, false FROM hub.record_line
WHERE org = %(org)s AND role = %(role)s AND seal = ANY (%(seals)s)
"""
OWN_SEAL = """
SELECT seal FROM hub.sealed_document
WHERE org = %(org)s AND author = %(login)s AND role = ANY (%(roles)s)
    AND kind = %(kind)s AND id = %(id)s
"""
ROLE_LINES = """
SELECT role, body FROM hub.record_line
WHERE org = %(org)s AND kind = 'role' AND id = ANY (%(roles)s) AND role = id
ORDER BY received_at, seal
"""
CLIENT_QUERIES = {
    "digests": DIGESTS,
    "seals": SEALS,
    "bodies": BODIES,
    "own seal": OWN_SEAL,
    "role lines": ROLE_LINES,
}


class HubIdentity(NamedTuple):
    """Who the hub says one is; ``schema`` is the number of its newest schema file."""

    organisation: str
    login: str
    name: str
    part: str
    schema: int
    may_write: bool


class HubTombstone(NamedTuple):
    """That somebody was erased: the SHA-256 of an id, when (ISO, UTC) and why."""

    kind: str
    id_sha256: str
    at: str
    why: str


class HubDocument(NamedTuple):
    """A document as it stands in the hub. ``id`` is what the hub knows a sealed one by,
    ``candidate`` whom it is about, or "".

    ``is_ahead``: its own time was more than five minutes ahead of the hub's when it came.
    """

    role: str
    kind: str
    body: bytes
    id: str = ""
    candidate: str = ""
    is_ahead: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether it is a scorecard, an amendment or a decision."""
        return self.kind in ("scorecard", "amendment", "decision")


class HubReply(NamedTuple):
    """What became of a document that was sent: in the hub now, or refused for ``refusal``."""

    document: HubDocument
    refusal: RefusedByHubError | None = None


class RoleDigest(NamedTuple):
    """How many documents of a role one sees, and the first eight bytes of all seals, combined."""

    documents: int = 0
    seals: int = 0


class HubConnection:
    """A hub as one member sees it; use it as a context manager.

    InterviewKitError in a sentence of ours for all that PostgreSQL reports.
    """

    def __init__(self, address: HubAddress, password: str) -> None:
        self._connection = connect_as_member(address, password)
        self._login = address.login
        self._org = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def accept_invitation(self, new_password: str) -> None:
        """Make the login one's own: the password of the invitation opens nothing afterwards."""
        with hub_errors_explained(), self._connection.transaction():
            self._connection.execute("SELECT hub.accept_invitation()")
            verifier = self._connection.pgconn.encrypt_password(
                new_password.encode(), self._login.encode(), b"scram-sha-256"
            ).decode()
            # ALTER ROLE takes no parameters; a verifier is letters, digits and $:=+/ alone.
            self._connection.execute(f"ALTER ROLE {self._login} PASSWORD '{verifier}'".encode())

    def identify(self) -> HubIdentity:
        """Who one is here; every other call comes after it.

        RefusedByHubError for a login that was closed or is still an invitation, StorageError for a
        hub too old for this program, or too new to be read by it.
        """
        row = self._row(
            "SELECT i.org, i.login, m.name, m.part, o.name, c.oldest_reader, c.oldest_writer, "
            "(SELECT max(number) FROM hub.schema_file) FROM hub.identity AS i "
            "JOIN hub.member AS m ON m.org = i.org AND m.login = i.login "
            "JOIN hub.organisation AS o ON o.org = i.org CROSS JOIN hub.compatibility AS c"
        )
        if row is None:
            raise RefusedByHubError("IK001")
        org, login, name, part, organisation, reader, writer, schema = row
        self._org = str(org)
        client = newest_schema()
        if int(schema) < OLDEST_HUB:
            raise StorageError(
                f"The hub is of schema {schema}; this interviewkit needs {OLDEST_HUB}.",
                "Ask the administrator to bring it up to date with `interviewkit hub create`.",
            )
        if int(reader) > client:
            raise StorageError(
                f"The hub needs an interviewkit that knows schema {reader}; this one knows "
                f"{client}.",
                "Install the newer interviewkit.",
            )
        return HubIdentity(
            str(organisation),
            str(login),
            str(name),
            str(part),
            int(schema),
            int(writer) <= client,
        )

    # Comparing and fetching

    def roles(self) -> list[str]:
        """Ids of the roles one has a seat in; a recruiter has one in each."""
        rows = self._rows("SELECT id FROM hub.role WHERE org = %(org)s ORDER BY id", {})
        return [str(row[0]) for row in rows]

    def seats(self) -> set[str]:
        """Ids of the roles one owns, is planned in or has submitted for; a recruiter's seats, too,
        are these alone.
        """
        rows = self._rows("SELECT role FROM hub.seat WHERE org = %(org)s", {})
        return {str(row[0]) for row in rows}

    def role_lines(self, roles: Sequence[str]) -> dict[str, bytes]:
        """By role: the newest line that says what it is called."""
        rows = self._rows(ROLE_LINES, {"roles": list(roles)})
        return {str(role): _bytes(body) for role, body in rows}

    def digests(self, roles: Sequence[str]) -> dict[str, RoleDigest]:
        """By role: what one sees of it now, in a few bytes."""
        rows = self._rows(DIGESTS, {"roles": list(roles)})
        digests = {str(role): RoleDigest(int(count), int(seals)) for role, count, seals in rows}
        return {role: digests.get(role, RoleDigest()) for role in roles}

    def seals(self, roles: Sequence[str]) -> Iterator[tuple[str, set[bytes]]]:
        """By role, in this order: the seals of all one sees of it."""
        for start in range(0, len(roles), _ROLES_AT_ONCE):
            asked = list(roles[start : start + _ROLES_AT_ONCE])
            seals: dict[str, set[bytes]] = {role: set() for role in asked}
            for role, seal in self._rows(SEALS, {"roles": asked}):
                seals[str(role)].add(_bytes(seal))
            yield from seals.items()

    def documents(self, role: str, seals: Sequence[bytes]) -> Iterator[HubDocument]:
        """The documents with these seals, as far as one still sees them."""
        for start in range(0, len(seals), _AT_ONCE):
            wanted_seals = list(seals[start : start + _AT_ONCE])
            for kind, body, *facts in self._rows(BODIES, {"role": role, "seals": wanted_seals}):
                yield HubDocument(role, kind, _bytes(body), *facts)

    def tombstones(self) -> list[HubTombstone]:
        """All that was erased in the organisation, the oldest first."""
        rows = self._rows(
            "SELECT kind, id_sha256, to_char(at AT TIME ZONE 'UTC', "
            '\'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\'), why FROM hub.gone WHERE org = %(org)s '
            "ORDER BY at, id_sha256",
            {},
        )
        return [HubTombstone(*map(str, row)) for row in rows]

    # Sending

    def send(self, documents: Sequence[HubDocument]) -> Iterator[HubReply]:
        """Send documents in this order, each on its own: a refused one takes no other along.

        What the hub holds already is no refusal. A reply is given once the document is kept.
        """
        for start in range(0, len(documents), _AT_ONCE):
            with hub_errors_explained(), self._connection.transaction():
                replies = [
                    HubReply(document, self._send(document))
                    for document in documents[start : start + _AT_ONCE]
                ]
            yield from replies

    def _send(self, document: HubDocument) -> RefusedByHubError | None:
        try:
            with hub_errors_explained(), self._connection.transaction():
                if document.is_sealed:
                    self._send_sealed(document)
                else:
                    self._connection.execute(
                        "INSERT INTO hub.record_line (role, body) VALUES (%s, %s) "
                        "ON CONFLICT DO NOTHING",
                        (document.role, document.body),
                    )
        except RefusedByHubError as error:
            return error
        return None

    def _send_sealed(self, document: HubDocument) -> None:
        """ "Nothing done" says alike that it is there, that it differs and that it is another's:
        what stands there is compared.
        """
        cursor = self._connection.execute(
            "INSERT INTO hub.sealed_document (body) VALUES (%s) ON CONFLICT DO NOTHING",
            (document.body,),
        )
        if cursor.rowcount:
            return
        row = self._row(
            OWN_SEAL,
            {
                "login": self._login,
                "roles": [document.role],
                "kind": document.kind,
                "id": document.id,
            },
        )
        if row is None or _bytes(row[0]) != _seal(document.body):
            raise RefusedByHubError("IK011")

    # Erasing and looking after

    def erase(self, id_sha256: str, why: str) -> int:
        """Erase the candidate whose id has this SHA-256, and leave a tombstone.

        Gives how many documents went; 0 where that was done before.
        """
        row = self._row("SELECT hub.erase(%(id)s, %(why)s)", {"id": id_sha256, "why": why})
        return int(row[0]) if row else 0

    def acknowledge(self, id_sha256: str, refusal: str = "") -> None:
        """Say that this machine has erased it too, or why not ("hold")."""
        self._row(
            "SELECT hub.acknowledge(%(id)s, %(refusal)s)", {"id": id_sha256, "refusal": refusal}
        )

    def own_words(self) -> list[tuple[str, str, str]]:
        """(SHA-256 of the id, login, refusal) of every acknowledgement that one sees."""
        rows = self._rows(
            "SELECT id_sha256, member, refusal FROM hub.acknowledgement WHERE org = %(org)s", {}
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def acknowledgements(self) -> list[tuple[str, str, str]]:
        """(SHA-256 of the id, member's name, refusal) as far as one sees them."""
        rows = self._rows(
            "SELECT a.id_sha256, m.name, a.refusal FROM hub.acknowledgement AS a "
            "JOIN hub.member AS m ON m.org = a.org AND m.login = a.member WHERE a.org = %(org)s "
            "ORDER BY m.name",
            {},
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def members(self) -> list[tuple[str, str]]:
        """(Name, part) of the members who have joined: a recruiter sees all, others themselves."""
        rows = self._rows(
            "SELECT name, part FROM hub.member "
            "WHERE org = %(org)s AND is_active AND joined_at IS NOT NULL ORDER BY name, login",
            {},
        )
        return [(str(row[0]), str(row[1])) for row in rows]

    def audit(self, limit: int = 100) -> list[AuditEntry]:
        """The newest first: one's own, a recruiter's all."""
        with hub_errors_explained():
            return read_audit(self._connection, self._org, limit)

    def _rows(self, query: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with hub_errors_explained():
            return self._connection.execute(query.encode(), {"org": self._org, **values}).fetchall()

    def _row(self, query: str, values: Mapping[str, object] = {}) -> tuple[Any, ...] | None:
        rows = self._rows(query, values)
        return rows[0] if rows else None


@contextmanager
def open_hub(address: HubAddress, password: str) -> Iterator[tuple[HubConnection, HubIdentity]]:
    """A hub and who one is there."""
    with HubConnection(address, password) as hub:
        yield hub, hub.identify()


def digest_of(seals: Sequence[bytes]) -> RoleDigest:
    """The same digest of seals that one holds, to compare with the hub's."""
    combined = 0
    for seal in seals:
        combined ^= int.from_bytes(seal[:8], "big", signed=True)
    return RoleDigest(len(seals), combined)


def _seal(body: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(body).digest()


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)  # noqa: S101 - a bytea, for the type checker
    return value
