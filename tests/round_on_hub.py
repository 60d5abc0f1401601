"""A hub with an organisation and members, and documents as their machines would send them."""

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from interviewkit.hub.administration import HubAdministration, HubLogin
from interviewkit.hub.connection import connect_as_member
from interviewkit.interview.sealed_document import canonical
from postgres_server import Server

_COUNT = itertools.count(1)
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass
class HubDatabase:
    """One database of the server with a hub in it."""

    dsn: str

    @contextmanager
    def administration(self) -> Iterator[HubAdministration]:
        with HubAdministration(self.dsn) as administration:
            yield administration

    def organisation(self) -> "Organisation":
        name = f"Organisation {next(_COUNT)}"
        with self.administration() as administration:
            administration.set_up(name)
        return Organisation(self, name)

    def superuser(self) -> Connection:
        return psycopg.connect(self.dsn, autocommit=True)


def make_database(server: Server) -> HubDatabase:
    name = f"hub_{next(_COUNT)}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    return HubDatabase(server.dsn(name))


@dataclass
class Organisation:
    """Its members by name, each let in when first named."""

    database: HubDatabase
    name: str
    logins: dict[str, HubLogin] = field(default_factory=dict)

    def invite(self, name: str, part: str = "interviewer") -> HubLogin:
        with self.database.administration() as administration:
            self.logins[name] = administration.add_member(name, part, (), self.name)
        return self.logins[name]

    def join(self, name: str, part: str = "interviewer") -> HubLogin:
        login = self.invite(name, part)
        with connect_as_member(login.address, login.password) as connection:
            connection.execute("SELECT hub.accept_invitation()")
        return login

    @contextmanager
    def connected(self, name: str) -> Iterator[Connection]:
        """A raw connection as a member: what an attacker with a member's password has."""
        login = self.logins[name]
        with connect_as_member(login.address, login.password) as connection:
            yield connection

    def send(self, name: str, *documents: Mapping[str, object], role: str = "r1") -> None:
        with self.connected(name) as connection:
            for document in documents:
                send(connection, document, role)

    def open_panel(self) -> None:
        """Dana's role r1, in which Tom and Priya interview Ada."""
        names = ("Dana", "Tom", "Priya")
        for name in names:
            self.join(name)
        self.send("Dana", role_line(), candidate_line(), *map(person_line, names))
        self.send("Dana", settings_line("Dana"), plan_line("Tom"), plan_line("Priya"))


SEALED = ("scorecard", "amendment", "decision")


def send(connection: Connection, document: Mapping[str, object], role: str = "r1") -> None:
    """One document; psycopg's error where it is refused."""
    if document["type"] in SEALED:
        body = canonical(document)
        connection.execute("INSERT INTO hub.sealed_document (body) VALUES (%s)", (body,))
    else:
        body = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
        connection.execute("INSERT INTO hub.record_line (role, body) VALUES (%s, %s)", (role, body))


def role_line(role: str = "r1") -> dict[str, object]:
    return {"type": "role", "id": role, "title": f"Role {role}"}


def candidate_line(candidate: str = "ada") -> dict[str, object]:
    return {"type": "candidate", "id": candidate, "name": candidate.title()}


def person_line(name: str) -> dict[str, object]:
    return {"type": "person", "id": f"p-{name}", "name": name}


def settings_line(
    owner: str, visibility: str = "after_own", version: int = 1, role: str = "r1", hold: str = ""
) -> dict[str, object]:
    return {
        "type": "role_settings",
        "role": role,
        "version": version,
        "owner": owner,
        "owner_id": f"p-{owner}",
        "visibility": visibility,
        "hold": hold,
    }


def plan_line(
    name: str,
    candidate: str = "ada",
    role: str = "r1",
    state: str = "open",
    changed_at: str = "2026-03-02T09:00:00.000Z",
) -> dict[str, object]:
    return {
        "type": "plan",
        "id": f"plan-{role}-{candidate}-{name}",
        "role": role,
        "candidate": candidate,
        "interviewer": f"p-{name}",
        "state": state,
        "at": "2026-03-02T09:00:00.000Z",
        "changed_at": changed_at,
    }


def scorecard_document(
    name: str, candidate: str = "ada", role: str = "r1", key: str = "", **changes: object
) -> dict[str, object]:
    return {
        "type": "scorecard",
        "id": key or f"s-{role}-{candidate}-{name}",
        "format": 3,
        "role": role,
        "candidate": candidate,
        "interviewer": name,
        "interviewer_id": f"p-{name}",
        "submitted_at": "2026-03-02T10:00:00.000Z",
        "summary": f"what {name} thinks of {candidate}",
        **changes,
    }


def visible(connection: Connection, role: str = "r1") -> set[str]:
    """Ids of scorecards that a connection reads in a role."""
    rows = connection.execute(
        "SELECT id FROM hub.sealed_document WHERE role = %s AND kind = 'scorecard'", (role,)
    )
    return {str(row[0]) for row in rows}
