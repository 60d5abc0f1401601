"""Clients and the server are killed while they send: nothing is lost, nothing stands twice."""

import contextlib
import os
import random
import selectors
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from postgres_server import CONFIGURATION, missing_server, server
from round_on_hub import (
    Organisation,
    candidate_line,
    make_database,
    person_line,
    plan_line,
    role_line,
    settings_line,
)
from support import ROOT

LASTING = CONFIGURATION.replace("synchronous_commit = off", "synchronous_commit = on")
FOLDERS = [ROOT / "src", ROOT / "tests"]


@pytest.mark.posix("sockets in a folder")
@pytest.mark.parametrize(
    ("clients", "scorecards", "client_kills", "server_kills"),
    [(3, 15, 3, 1), pytest.param(8, 200, 60, 8, marks=pytest.mark.soak)],
)
def test_nothing_is_lost_and_nothing_stands_twice(
    clients: int, scorecards: int, client_kills: int, server_kills: int
) -> None:
    if reason := missing_server():
        pytest.skip(reason)
    chance = random.Random(7)
    with server(LASTING) as running:
        organisation = make_database(running).organisation()
        names = [f"Client {index}" for index in range(clients)]
        organisation.join("Dana")
        for name in names:
            organisation.join(name)
        organisation.send("Dana", role_line(), candidate_line())
        organisation.send("Dana", *map(person_line, ["Dana", *names]), settings_line("Dana"))
        organisation.send("Dana", *map(plan_line, names))
        processes = {name: begin(organisation, name, scorecards) for name in names}
        kills = ["client"] * client_kills + ["server"] * server_kills
        chance.shuffle(kills)
        taken: set[str] = set()
        for kill in kills:
            # A line comes before and after each document, so it is in the middle or between two.
            for _ in range(chance.randrange(1, 2 * clients)):
                taken |= next_step(processes.values())
            if kill == "client":
                name = chance.choice(names)
                processes[name].kill()
                taken |= words_of(processes[name].communicate()[0])
                processes[name] = begin(organisation, name, scorecards)
            else:
                running.kill()
                running.start()
        while any(process.poll() is None for process in processes.values()):
            taken |= next_step(processes.values())
        assert all(process.wait() == 0 for process in processes.values())
        with organisation.database.superuser() as connection:
            rows = connection.execute(
                "SELECT id, convert_from(body, 'UTF8')::jsonb->>'id' FROM hub.sealed_document"
            ).fetchall()
    expected = {f"{name}-{index}" for name in names for index in range(scorecards)}
    assert len(rows) == len(expected)
    assert {key for key, _ in rows} == {key for _, key in rows} == expected
    assert taken <= expected
    assert len(taken) >= len(expected) // 2


def begin(organisation: Organisation, name: str, scorecards: int) -> subprocess.Popen[bytes]:
    login = organisation.logins[name]
    address = login.address
    return subprocess.Popen(
        [
            *(sys.executable, str(Path(__file__).with_name("pushing_client.py"))),
            *(address.host, str(address.port), address.database, address.login),
            *(login.password, name, str(scorecards)),
        ],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, FOLDERS))},
    )


def next_step(processes: Iterable[subprocess.Popen[bytes]]) -> set[str]:
    """Wait until a client says something or ends; gives the scorecard that it says was taken.

    A client for whom the server was away tries again when it is told: it is there by now.
    """
    with selectors.DefaultSelector() as selector:
        for process in processes:
            assert process.stdout is not None
            if not process.stdout.closed:
                selector.register(process.stdout, selectors.EVENT_READ, process)
        if not selector.get_map():
            return set()
        ((key, _), *_) = selector.select(timeout=300)
    process = key.data
    line = process.stdout.readline()
    if not line:
        process.stdout.close()
        process.wait(timeout=300)
    elif line == b"away\n":
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(b"again\n")
    return words_of(line)


def words_of(lines: bytes) -> set[str]:
    """The scorecards that the hub has taken, by what a client said."""
    return {
        line.partition(" ")[2] for line in lines.decode().splitlines() if line.startswith("taken ")
    }
