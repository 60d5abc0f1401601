"""A hub's row security against the same queries without it, and a sync that brings nothing.

The floor is a superuser's query with the predicates written out, which give the same rows. Both run
in turn on open connections, without parallel workers and compilation. Without PostgreSQL there are
no rows.

Usage: python benchmarks/hub.py [--scorecards 1000000]
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import programs  # noqa: F401 - finds the tests' support
import showing
from interviewkit.hub.client import BODIES, DIGESTS, SEALS, open_hub
from measuring import Extent, Row, milliseconds
from postgres_server import binaries, server
from round_on_hub import Connection, Organisation, make_database

OF_ROLE = 80  # scorecards: 20 candidates, each interviewed by 4
OF_CANDIDATE = 4
ROLES_OF_ONE = 40  # an interviewer's, with 5 candidates in each
WORDS = "what the candidate said of the customer who had left and the offer that brought them back "
FILL = """
INSERT INTO hub.sealed_document (org, kind, id, role, candidate, candidate_hash, author, body,
    received_at, is_ahead)
SELECT %(org)s, 'scorecard', 's' || n, 'r' || n / 80, 'c' || n / 4, 'c' || n / 4,
    CASE WHEN n %% 4 = 0 AND n / 4 %% 4 = 0 AND n / 80 < %(roles)s THEN %(tom)s
        ELSE 'm' || n %% 997 END,
    convert_to(n || %(words)s || md5(n::text), 'UTF8'), now(), false
FROM generate_series(0, %(count)s - 1) AS n
"""
SIGHTS = (
    "INSERT INTO hub.role (org, id, owner) SELECT %(org)s, 'r' || n, %(dana)s "
    "FROM generate_series(0, %(count)s / 80 - 1) AS n",
    "INSERT INTO hub.seat SELECT %(org)s, %(dana)s, 'r' || n, true FROM generate_series(0, 9) AS n",
    "INSERT INTO hub.seat SELECT %(org)s, %(tom)s, 'r' || n, false "
    "FROM generate_series(0, %(roles)s - 1) AS n",
    "INSERT INTO hub.sight SELECT org, author, role, candidate FROM hub.sealed_document "
    "WHERE org = %(org)s AND author = %(tom)s",
    "INSERT INTO hub.blind SELECT %(org)s, %(tom)s, 'c' || n, 'r0' FROM generate_series(1, 3) AS n",
    "INSERT INTO hub.seat SELECT %(org)s, 'm' || n, 'r' || n / 2, false "
    "FROM generate_series(0, 996) AS n",
)
# What Tom sees, written out.
TOM_SEES = (
    "(author = %(tom)s OR EXISTS (SELECT FROM hub.sight AS s WHERE s.org = %(org)s "
    "AND s.member = %(tom)s AND s.role = d.role AND s.candidate = d.candidate)) AND "
    "(author = %(tom)s OR NOT EXISTS (SELECT FROM hub.blind AS b WHERE b.org = %(org)s "
    "AND b.member = %(tom)s AND b.candidate = d.candidate))"
)


class Query(NamedTuple):
    """``floor`` gives the same rows where nothing filters them; None where it is the same text."""

    what: str
    member: str
    text: str
    values: Mapping[str, object]
    floor: str | None = None


def queries(values: Mapping[str, object], seals: list[bytes]) -> list[Query]:
    roles = [f"r{n}" for n in range(ROLES_OF_ONE)]
    filtered = "SELECT * FROM hub.sealed_document AS d WHERE " + TOM_SEES
    named = {**values, "role": "r5", "roles": roles, "seals": seals}
    documents = f"({filtered}) AS d"
    return [
        Query("owner, one role's 80 bodies", "Dana", BODIES, named),
        Query("owner, ids of one role", "Dana", SEALS, named),
        Query(
            "interviewer, ids of one role",
            "Tom",
            SEALS,
            named,
            SEALS.replace("hub.sealed_document", documents),
        ),
        Query(
            "interviewer, digest of 40 roles",
            "Tom",
            DIGESTS,
            named,
            DIGESTS.replace("hub.sealed_document", documents),
        ),
        Query("recruiter, digest of 40 roles", "Rita", DIGESTS, named),
        Query(
            "recruiter, digest of every role",
            "Rita",
            DIGESTS,
            {**named, "roles": [f"r{n}" for n in range(int(str(values["count"])) // OF_ROLE)]},
        ),
    ]


def fill(organisation: Organisation, scorecards: int) -> dict[str, object]:
    """Scorecards written past the triggers, which are no part of this; gives the ids."""
    for name, part in (("Dana", "interviewer"), ("Tom", "interviewer"), ("Rita", "recruiter")):
        organisation.join(name, part)
    with organisation.database.superuser() as connection:
        rows = connection.execute("SELECT name, login, org FROM hub.member").fetchall()
        values: dict[str, object] = {str(name).lower(): key for name, key, _ in rows}
        values |= {"org": rows[0][2], "count": scorecards, "words": WORDS * 12}
        values["roles"] = min(ROLES_OF_ONE, scorecards // OF_ROLE)
        connection.execute("SET session_replication_role = replica")
        for statement in (FILL, *SIGHTS):
            connection.execute(statement.encode(), values)
        connection.execute("VACUUM ANALYZE")
    return values


def compared(organisation: Organisation, query: Query, rounds: int) -> Row:
    """Both in turn, as often; both give the same rows."""
    floor = query.floor or query.text
    with organisation.database.superuser() as bare, organisation.connected(query.member) as member:
        for connection in (bare, member):
            connection.execute("SET max_parallel_workers_per_gather = 0")
            connection.execute("SET jit = off")
        assert fetched(member, query.text, query.values) == fetched(bare, floor, query.values)
        pairs = [
            (
                timed(member, query.text, query.values),
                timed(bare, floor, query.values),
            )
            for _ in range(rounds)
        ]
    ours, floors = zip(*pairs, strict=True)
    return Row(f"hub: {query.what} / without row security", ours, floors, target=1.3)


def fetched(connection: Connection, text: str, values: Mapping[str, object]) -> list[str]:
    return sorted(map(str, connection.execute(text.encode(), values).fetchall()))


def timed(connection: Connection, text: str, values: Mapping[str, object]) -> float:
    return milliseconds(lambda: connection.execute(text.encode(), values).fetchall())


def sync(organisation: Organisation) -> None:
    """Log in, look for erasures and compare every role: what a sync does when nothing has come."""
    login = organisation.logins["Tom"]
    with open_hub(login.address, login.password) as (hub, _):
        hub.tombstones()
        hub.digests(hub.roles())


def measured(scorecards: int, rounds: int) -> Iterator[Row]:
    if binaries() is None:
        return
    with server() as running:
        organisation = make_database(running).organisation()
        values = fill(organisation, scorecards)
        with organisation.connected("Dana") as connection:
            rows = connection.execute(
                b"SELECT seal FROM hub.sealed_document WHERE org = %s AND role = 'r5'",
                (values["org"],),
            ).fetchall()
        for query in queries(values, [row[0] for row in rows]):
            yield compared(organisation, query, rounds)
        yield Row(
            "hub: sync of nothing new",
            [milliseconds(sync, organisation) for _ in range(rounds)],
            target=25,
        )


def rows(_: Path, extent: Extent) -> Iterator[Row]:
    """One row a query; none where PostgreSQL is missing."""
    yield from measured(extent.of(800, 8_000, 50_000), extent.of(3, 15, 41))


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scorecards", type=int, default=50_000, metavar="N")
    args = parser.parse_args(words)
    print(showing.HEAD)
    for row in measured(args.scorecards, 41):
        print(showing.line(row.as_json()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
