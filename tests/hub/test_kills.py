"""Clients and the server are killed while they send: nothing is lost, nothing stands twice."""

import os
import random
import subprocess
import sys
import time
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
    tmp_path: Path, clients: int, scorecards: int, client_kills: int, server_kills: int
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
        processes = {name: begin(organisation, name, scorecards, tmp_path) for name in names}
        kills = ["client"] * client_kills + ["server"] * server_kills
        chance.shuffle(kills)
        for kill in kills:
            time.sleep(chance.uniform(0.05, 0.3))
            if kill == "client":
                name = chance.choice(names)
                processes[name].kill()
                processes[name].wait()
                processes[name] = begin(organisation, name, scorecards, tmp_path)
            else:
                running.kill()
                running.start()
        for process in processes.values():
            assert process.wait(timeout=300) == 0
        with organisation.database.superuser() as connection:
            rows = connection.execute(
                "SELECT id, convert_from(body, 'UTF8')::jsonb->>'id' FROM hub.sealed_document"
            ).fetchall()
    expected = {f"{name}-{index}" for name in names for index in range(scorecards)}
    assert len(rows) == len(expected)
    assert {key for key, _ in rows} == {key for _, key in rows} == expected
    for name in names:
        assert set((tmp_path / name).read_text().split("\n")) - {""} <= expected


def begin(
    organisation: Organisation, name: str, scorecards: int, folder: Path
) -> subprocess.Popen[bytes]:
    login = organisation.logins[name]
    address = login.address
    return subprocess.Popen(
        [
            *(sys.executable, str(Path(__file__).with_name("pushing_client.py"))),
            *(address.host, str(address.port), address.database, address.login),
            *(login.password, name, str(scorecards), str(folder / name)),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, FOLDERS))},
    )
