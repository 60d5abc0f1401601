"""A hub's row security against the same queries without it, and a sync that brings nothing.

The floor is a superuser's query with the predicates written out, which give the same rows. Both run
in turn on open connections, without parallel workers and compilation, each as a sync runs it: what
it asks one time is planned each time, what it asks role by role is prepared. What counts is the
processor time of client and server together: other work does not add to it, and the waiting that a
clock would add to both is left out. Without PostgreSQL there are no rows.

Usage: python benchmarks/hub.py [--scorecards 1000000]
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import programs  # noqa: F401 - finds the tests' support
import showing
from interviewkit.hub.client import BODIES, DIGESTS, SEALS, open_hub
from interviewkit.hub.connection import PREPARED_AFTER
from measuring import Extent, Row, processor
from postgres_server import binaries, server
from round_on_hub import Connection, Organisation, make_database

OF_ROLE = 80  # scorecards: 20 candidates, each interviewed by 4
ROLES_OF_ONE = 40  # an interviewer's, with 5 candidates in each
WORDS = "what the candidate said of the customer who had left and the offer that brought them back "
SCORECARDS = """
INSERT INTO hub.sealed_document (org, kind, id, role, candidate, candidate_hash, author, body,
    received_at, is_ahead)
SELECT %(org)s, 'scorecard', 's' || n, 'r' || n / 80, 'c' || n / 4, 'c' || n / 4,
    CASE WHEN n %% 4 = 0 AND n / 4 %% 4 = 0 AND n / 80 < %(roles)s THEN %(tom)s
        ELSE 'm' || n %% 997 END,
    convert_to(n || %(words)s || md5(n::text), 'UTF8'), now(), false
FROM generate_series(0, %(count)s - 1) AS n
"""
LINES = """
INSERT INTO hub.record_line (org, role, kind, id, candidate, candidate_hash, author, body,
    received_at)
SELECT %(org)s, 'r' || n / 80, %(kind)s, %(kind)s || n, 'c' || n / 4,
    'c' || n / 4, %(dana)s, convert_to(%(kind)s || n || repeat(md5(n::text), 8), 'UTF8'), now()
FROM generate_series(0, %(count)s - 1, %(every)s) AS n
"""
# What the triggers keep, for everybody who stands in the rows above.
SIGHTS = (
    "INSERT INTO hub.role (org, id, owner) SELECT %(org)s, 'r' || n, "
    "CASE WHEN n < 10 THEN %(dana)s ELSE 'o' || n / 10 END "
    "FROM generate_series(0, %(count)s / 80 - 1) AS n",
    "INSERT INTO hub.seat SELECT org, owner, id, true FROM hub.role WHERE org = %(org)s",
    "INSERT INTO hub.seat SELECT DISTINCT org, author, role, false FROM hub.sealed_document "
    "WHERE org = %(org)s",
    "INSERT INTO hub.sight SELECT DISTINCT org, author, role, candidate FROM hub.sealed_document "
    "WHERE org = %(org)s",
    "INSERT INTO hub.blind SELECT %(org)s, %(tom)s, 'c' || n, 'r0' FROM generate_series(1, 3) AS n",
    "INSERT INTO hub.blind SELECT %(org)s, 'm' || n / 3, 'c' || n, 'r' || n / 20 "
    "FROM generate_series(0, 2990) AS n",
)
# What Tom sees, written out.
TOM_SEES = (
    "(author = %(tom)s OR EXISTS (SELECT FROM hub.sight AS s WHERE s.org = %(org)s "
    "AND s.member = %(tom)s AND s.role = d.role AND s.candidate = d.candidate)) AND "
    "(author = %(tom)s OR NOT EXISTS (SELECT FROM hub.blind AS b WHERE b.org = %(org)s "
    "AND b.member = %(tom)s AND b.candidate = d.candidate))"
)


class Query(NamedTuple):
    """``floor`` gives the same rows where nothing filters them; None where it is the same text.

    ``is_repeated``: a sync asks it for each role that differs, so it is planned before.
    """

    what: str
    member: str
    text: str
    values: Mapping[str, object]
    floor: str | None = None
    is_repeated: bool = False
    target: float | None = 1.3


def queries(values: Mapping[str, object], seals: list[bytes]) -> list[Query]:
    roles = [f"r{n}" for n in range(ROLES_OF_ONE)]
    filtered = "SELECT * FROM hub.sealed_document AS d WHERE " + TOM_SEES
    named = {**values, "role": "r5", "roles": roles, "seals": seals}
    of_role = {**named, "roles": ["r5"]}
    of_tom = {
        text: text.replace("hub.sealed_document", f"({filtered}) AS d") for text in (SEALS, DIGESTS)
    }
    every_role = [f"r{n}" for n in range(int(str(values["count"])) // OF_ROLE)]
    return [
        Query("owner, one role's 80 bodies", "Dana", BODIES, named, is_repeated=True),
        Query("owner, one role's 80 bodies, the first time", "Dana", BODIES, named),
        Query("owner, ids of one role", "Dana", SEALS, of_role),
        Query("owner, ids of ten roles", "Dana", SEALS, {**named, "roles": roles[:10]}),
        Query("interviewer, ids of one role", "Tom", SEALS, of_role, of_tom[SEALS]),
        Query("interviewer, ids of 40 roles", "Tom", SEALS, named, of_tom[SEALS]),
        Query("interviewer, digest of 40 roles", "Tom", DIGESTS, named, of_tom[DIGESTS]),
        Query("recruiter, digest of 40 roles", "Rita", DIGESTS, named),
        Query("recruiter, digest of every role", "Rita", DIGESTS, {**named, "roles": every_role}),
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
        connection.execute(SCORECARDS.encode(), values)
        for kind, every in (("plan", 1), ("candidate", 4), ("role", 80), ("role_settings", 80)):
            connection.execute(LINES.encode(), {**values, "kind": kind, "every": every})
        for statement in SIGHTS:
            connection.execute(statement.encode(), values)
        connection.execute("VACUUM ANALYZE")
    return values


def compared(organisation: Organisation, query: Query, rounds: int) -> Row:
    """Both in turn, as often; both give the same rows."""
    floor = query._replace(text=query.floor or query.text)
    with organisation.database.superuser() as bare, organisation.connected(query.member) as member:
        for connection in (bare, member):
            connection.execute("SET max_parallel_workers_per_gather = 0")
            connection.execute("SET jit = off")
            connection.execute("SET statement_timeout = 0")
            connection.execute("SET plan_cache_mode = force_generic_plan")
            connection.prepare_threshold = PREPARED_AFTER if query.is_repeated else None
        for _ in range(PREPARED_AFTER + 1):
            assert fetched(member, query) == fetched(bare, floor)
        pairs = [(spent(member, query), spent(bare, floor)) for _ in range(rounds)]
    ours, floors = zip(*pairs, strict=True)
    what = f"hub: {query.what} / without row security"
    return Row(what, ours, floors, target=query.target)


def fetched(connection: Connection, query: Query) -> list[str]:
    return sorted(map(str, connection.execute(query.text.encode(), query.values).fetchall()))


def spent(connection: Connection, query: Query) -> float:
    """Milliseconds of processor time, here and in the server's process; by the clock where the
    system does not tell.
    """
    text = query.text.encode()
    start, started = _server_time(connection), time.perf_counter()
    here = processor(lambda: connection.execute(text, query.values).fetchall())
    clock = (time.perf_counter() - started) * 1000
    return clock if start is None else here + (_server_time(connection) or 0) - start


def _server_time(connection: Connection) -> float | None:
    try:
        figures = Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return None
    return int(figures.split()[0]) / 1e6


def sync(organisation: Organisation) -> tuple[float, float | None]:
    """Log in, look for erasures and compare every role, as a sync does when nothing has come; gives
    the milliseconds by the clock and of processor time.
    """
    login = organisation.logins["Tom"]
    started, here = time.perf_counter(), time.process_time()
    with open_hub(login.address, login.password) as (hub, _):
        hub.tombstones()
        hub.digests(hub.roles())
        server_time = _server_time(hub._connection)
    clock, here = (time.perf_counter() - started) * 1000, (time.process_time() - here) * 1000
    return clock, None if server_time is None else here + server_time


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
        clocks, processors = zip(*(sync(organisation) for _ in range(rounds)), strict=True)
        yield Row("hub: sync of nothing new", clocks, target=25)
        if None not in processors:
            yield Row("hub: sync of nothing new, processor time", processors)


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
