"""What the administrator of a hub does: set it up, bring it up to date, let members in and out.

All of it needs the right to create roles; no member has it.
"""

import secrets
import string
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

from interviewkit.errors import BlockedError, StorageError, unknown_name
from interviewkit.hub.audit_entries import AuditEntry, read_audit
from interviewkit.hub.connection import HubAddress, connect_as_administrator
from interviewkit.hub.refusals import hub_errors_explained
from interviewkit.hub.schema_runner import run_schema
from interviewkit.interview.people import normalize_name

INVITATION_DAYS = 7
# What a login begins with; a person may loosen their own, so none of it guards anything but load.
_LIMITS = (
    ("statement_timeout", "15s"),
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("jit", "off"),  # compiling costs a second where the query takes milliseconds
)
_LARGE_OBJECTS = (
    *("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)", "lo_open(oid, integer)"),
    *("lowrite(integer, bytea)", "lo_put(oid, bigint, bytea)", "lo_unlink(oid)"),
    *("lo_get(oid)", "loread(integer, integer)", "lo_truncate(integer, integer)"),
)


class HubMember(NamedTuple):
    """Somebody who may log in, or could. ``joined_at`` is "" while the invitation is open."""

    login: str
    name: str
    part: str
    is_active: bool
    joined_at: str
    names: tuple[str, ...] = ()


class HubSetup(NamedTuple):
    """What setting up did: the schema files that were run, and guards the server did not allow."""

    organisation: str
    files: tuple[str, ...]
    missing_guards: tuple[str, ...]


class HubLogin(NamedTuple):
    """A login just made, with its first password."""

    address: HubAddress
    password: str
    organisation: str
    name: str


class HubAdministration:
    """A connection with the right to create roles; use it as a context manager."""

    def __init__(self, dsn: str) -> None:
        self._connection = connect_as_administrator(dsn)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # Setting up

    def set_up(self, organisation: str) -> HubSetup:
        """Make the hub in this database, or bring it up to date, and add the organisation.

        The same again changes nothing. StorageError where the database cannot hold a hub.
        """
        self._refuse_unusable()
        with hub_errors_explained(), self._connection.transaction():
            owner, members = self._make_roles()
            self._run(f"GRANT {owner} TO CURRENT_USER")
            self._revoke_defaults(members)
            self._run(f"CREATE SCHEMA IF NOT EXISTS hub AUTHORIZATION {owner}")
            self._run(f"SET LOCAL ROLE {owner}")
            files = run_schema(self._connection, {"hub_owner": owner, "hub_members": members})
            name = self._add_organisation(organisation)
            self._run("RESET ROLE")
        return HubSetup(name, tuple(files), tuple(self._missing_guards()))

    def _refuse_unusable(self) -> None:
        encoding = self._value("SHOW server_encoding")
        if encoding != "UTF8":
            raise StorageError(
                f"The database keeps its text as {encoding}.",
                "Create one with ENCODING 'UTF8' and give its address.",
            )

    def _make_roles(self) -> tuple[str, str]:
        """The owner, who cannot log in, and the group of all members; named after the database,
        because roles belong to the whole server.
        """
        mark = self._value("SELECT oid FROM pg_database WHERE datname = current_database()")
        names = (f"ik_owner_{mark}", f"ik_members_{mark}")
        for name in names:
            if not self._value("SELECT count(*) FROM pg_roles WHERE rolname = %s", name):
                self._run(f"CREATE ROLE {name} NOLOGIN")
        return names

    def _revoke_defaults(self, members: str) -> None:
        """What PostgreSQL gives to everybody in a new database."""
        (database,) = self._row("SELECT quote_ident(current_database())")
        self._run(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
        self._run(f"GRANT CONNECT ON DATABASE {database} TO {members}")
        self._run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        if self._is_superuser():
            for function in _LARGE_OBJECTS:
                self._run(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC")

    def _missing_guards(self) -> Iterator[str]:
        """What stays open because only a superuser could close it."""
        open_functions = self._value(
            "SELECT count(*) FROM pg_proc AS p, aclexplode(coalesce(proacl, acldefault('f', "
            "proowner))) AS a WHERE pronamespace = 'pg_catalog'::regnamespace AND a.grantee = 0 "
            "AND proname = 'lo_creat' AND a.privilege_type = 'EXECUTE'"
        )
        if open_functions:
            yield "large objects"

    def _add_organisation(self, name: str) -> str:
        name = name.strip()
        rows = self._rows("SELECT name FROM hub.organisation")
        names = [str(row[0]) for row in rows]
        if name and name not in names:
            self._run("INSERT INTO hub.organisation VALUES (%s, %s)", str(uuid.uuid4()), name)
        elif not name and not names:
            raise BlockedError("The organisation has no name.", "Give one with --organisation.")
        return name or names[0]

    # Members

    def add_member(
        self,
        name: str,
        part: str = "",
        names: Sequence[str] = (),
        organisation: str = "",
    ) -> HubLogin:
        """Let somebody in: a login that says nothing of its owner, and a first password.

        Somebody who is a member already gets a new password, and the ``names`` besides. ``part`` is
        interviewer or recruiter; "" leaves it as it is and makes a new member an interviewer.
        BlockedError where another member bears one of the names.
        """
        with hub_errors_explained(), self._connection.transaction():
            org = self._organisation(organisation)
            row = self._member_row(org, name)
            login = row.login if row else f"ik_{secrets.token_hex(8)}"
            password = "".join(secrets.choice(string.ascii_letters) for _ in range(32))
            if row:
                self._open_login(login)
            else:
                self._make_login(login)
            self._set_password(login, password)
            if row is None:
                self._insert_member(org, name, part or "interviewer", login)
            elif part not in ("", row.part):
                self._change_part(org, login, part)
            self._add_names(org, login, [name, *names])
            self._run(
                "UPDATE hub.identity SET is_active = true, "
                "invited_until = now() + make_interval(days => %s) WHERE login = %s",
                *(INVITATION_DAYS, login),
            )
            self._log(org, "invited", login)
            (title,) = self._row("SELECT name FROM hub.organisation WHERE org = %s", org)
        return HubLogin(self._address(login), password, str(title), name)

    def _insert_member(self, org: str, name: str, part: str, login: str) -> None:
        self._run(
            "INSERT INTO hub.member (org, login, name, part) VALUES (%s, %s, %s, %s)",
            *(org, login, name, part),
        )
        self._run(
            "INSERT INTO hub.identity (login, org, sees_all) VALUES (%s, %s, %s)",
            *(login, org, part == "recruiter"),
        )

    def _change_part(self, org: str, login: str, part: str) -> None:
        self._run("UPDATE hub.member SET part = %s WHERE org = %s AND login = %s", part, org, login)
        self._run(
            "UPDATE hub.identity SET sees_all = %s WHERE login = %s", part == "recruiter", login
        )
        self._log(org, f"made {part}", login)

    def _add_names(self, org: str, member: str, names: Sequence[str]) -> None:
        for name in names:
            self._run(
                "INSERT INTO hub.member_name VALUES (%s, hub.normalize_name(%s), %s) "
                "ON CONFLICT DO NOTHING",
                *(org, name, member),
            )
            holder = self._value(
                "SELECT member FROM hub.member_name WHERE org = %s "
                "AND name = hub.normalize_name(%s)",
                *(org, name),
            )
            if holder != member:
                raise BlockedError(
                    f"Another member is called {name}.",
                    "Add this one under a name that tells the two apart; scorecards have to be "
                    "signed with it.",
                )
            self._run(
                "SELECT hub.claim(%s, id, %s) FROM (SELECT DISTINCT id FROM hub.record_line "
                "WHERE org = %s AND kind = 'person' AND "
                "hub.normalize_name(hub.parse(body)->>'name') = hub.normalize_name(%s)) AS line",
                *(org, member, org, name),
            )

    def close_member(self, name: str, organisation: str = "") -> None:
        """Close somebody's login; their scorecards stay. NotFoundError names the members."""
        with hub_errors_explained(), self._connection.transaction():
            org = self._organisation(organisation)
            row = self._member_row(org, name)
            if row is None:
                raise unknown_name("member", name, [of.name for of in self._members(org)])
            self._run(f"ALTER ROLE {row.login} NOLOGIN")
            self._run("UPDATE hub.identity SET is_active = false WHERE login = %s", row.login)
            self._run(
                "UPDATE hub.member SET is_active = false WHERE org = %s AND login = %s",
                *(org, row.login),
            )
            self._log(org, "closed", row.login)
            self._end_sessions(row.login)

    def _end_sessions(self, login: str) -> None:
        """Only a superuser may end any session; others belong to the login for that moment."""
        is_superuser = self._is_superuser()
        if not is_superuser:
            self._run(f"GRANT {login} TO CURRENT_USER")
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", login
        )
        if not is_superuser:
            self._run(f"REVOKE {login} FROM CURRENT_USER")

    def members(self, organisation: str = "") -> list[HubMember]:
        """Everybody who is or was let in, by name."""
        with hub_errors_explained(), self._connection.transaction():
            return self._members(self._organisation(organisation))

    def audit(self, organisation: str = "", limit: int = 100) -> list[AuditEntry]:
        """What everybody did, the newest first."""
        with hub_errors_explained(), self._connection.transaction():
            return read_audit(self._connection, self._organisation(organisation), limit)

    def rewrite_tables(self) -> int:
        """Write tables again whose free pages hold erased text; gives how many erasures it ends."""
        with hub_errors_explained():
            self._refuse_without_hub()
            waiting = [row[0] for row in self._rows("SELECT id FROM hub.rewrite_queue")]
            if waiting:
                for table in ("sealed_document", "record_line", "plan", "sight", "blind"):
                    self._run(f"VACUUM FULL hub.{table}")
                self._run("DELETE FROM hub.rewrite_queue WHERE id = ANY (%s)", waiting)
        return len(waiting)

    # Pieces

    def _make_login(self, login: str) -> None:
        _, members = self._make_roles()
        self._run(f"CREATE ROLE {login} LOGIN CONNECTION LIMIT 4 IN ROLE {members}")
        for name, value in _LIMITS:
            self._run(f"ALTER ROLE {login} SET {name} = '{value}'")

    def _open_login(self, login: str) -> None:
        self._run(f"ALTER ROLE {login} LOGIN")
        self._run("UPDATE hub.member SET is_active = true WHERE login = %s", login)

    def _set_password(self, login: str, password: str) -> None:
        """As its SCRAM verifier: the password itself reaches neither server nor log."""
        verifier = self._connection.pgconn.encrypt_password(
            password.encode(), login.encode(), b"scram-sha-256"
        ).decode()
        self._run(f"ALTER ROLE {login} PASSWORD '{verifier}'")

    def _address(self, login: str) -> HubAddress:
        info = self._connection.info
        return HubAddress(info.host, info.port, info.dbname, login)

    def _organisation(self, name: str) -> str:
        self._refuse_without_hub()
        rows = self._rows("SELECT org, name FROM hub.organisation ORDER BY name")
        names = {normalize_name(str(title)): str(org) for org, title in rows}
        if name and normalize_name(name) in names:
            return names[normalize_name(name)]
        if not name and len(rows) == 1:
            return str(rows[0][0])
        if not name:
            raise BlockedError(
                "This hub has several organisations.", "Name one of them with --organisation."
            )
        raise unknown_name("organisation", name, [str(title) for _, title in rows])

    def _members(self, org: str) -> list[HubMember]:
        rows = self._rows(
            "SELECT m.login, m.name, m.part, m.is_active, coalesce(to_char(m.joined_at "
            "AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), ''), "
            "array(SELECT n.name FROM hub.member_name AS n WHERE n.org = m.org "
            "AND n.member = m.login ORDER BY n.name) "
            "FROM hub.member AS m WHERE m.org = %s ORDER BY m.name, m.login",
            org,
        )
        return [HubMember(*row)._replace(names=tuple(row[-1])) for row in rows]

    def _member_row(self, org: str, name: str) -> "HubMember | None":
        members = self._members(org)
        key = self._value("SELECT hub.normalize_name(%s)", name)
        return next((of for of in members if of.name == name or key in of.names), None)

    def _refuse_without_hub(self) -> None:
        if not self._value("SELECT count(*) FROM pg_namespace WHERE nspname = 'hub'"):
            raise StorageError(
                "There is no hub in this database.",
                "Set it up with `interviewkit hub create`, or check the address.",
            )

    def _is_superuser(self) -> bool:
        return bool(self._value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))

    def _log(self, org: str, action: str, subject: str) -> None:
        self._run("SELECT hub.log(%s, '', %s, %s)", org, action, subject)

    def _run(self, statement: str, *values: object) -> None:
        self._connection.execute(statement.encode(), values or None)

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement.encode(), values or None).fetchall()

    def _row(self, statement: str, *values: object) -> tuple[Any, ...]:
        return self._rows(statement, *values)[0]

    def _value(self, statement: str, *values: object) -> Any:
        rows = self._rows(statement, *values)
        return rows[0][0] if rows else None
