"""A thousand documents with copies, cuts, kills and a slow carrier: the same set everywhere."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from interviewkit.storage.team.arrival_files import ArrivalState
from support import complete
from team_round import ROLE, SPELLINGS, Round, begin_round, share_role, visible

PEOPLE = ["Dana Holt", "Priya Raman", "Tom Berg", "Wei Chen", "Zoe Zed", "Ines Paz", "Otto Fry"]
Q = "unspoken-need"
SYNC = """
import sys
from pathlib import Path
from interviewkit.storage.store import Store
from interviewkit.workflows.team_sync import sync_folder
with Store(Path(sys.argv[1])) as store:
    sync_folder(store)
"""


@pytest.mark.parametrize(
    ("candidate_count", "kills"),
    [(3, 1), pytest.param(85, 4, marks=pytest.mark.soak)],
    ids=["small", "a thousand documents"],
)
def test_all_documents_reach_everybody(
    tmp_path: Path, empty_records: Path, candidate_count: int, kills: int
) -> None:
    """7 writers are killed at random while they send; 120 copies, 80 of them cut, lie beside."""
    team = begin_round(PEOPLE, tmp_path, empty_records)
    candidates = [f"Candidate {n:03}" for n in range(candidate_count)]
    share_role(team.homes[PEOPLE[0]], dict.fromkeys(candidates, PEOPLE[1:]))
    team.sync_all(2)
    for name in PEOPLE[1:]:
        with team.homes[name].records() as store:
            for candidate in candidates:
                complete(store, {Q: 3}, candidate, name, ROLE)
    chance = random.Random(3)
    for _ in range(kills):
        killed_rounds(team, chance)
    damage(team, chance)
    began = time.monotonic()
    team.sync_all(3)
    seconds = time.monotonic() - began
    everything = sorted((candidate, name) for candidate in candidates for name in PEOPLE[1:])
    for home in team.homes.values():
        assert visible(home) == everything
        report = home.sync()
        assert report.count(ArrivalState.REFUSED) == 0
        assert (report.sent, report.waiting, dict(report.taken)) == (0, 0, {})
    count = len(list(team.folder.rglob("*.ikd")))
    print(f"{count} files, {len(everything)} scorecards, 7 homes: 21 rounds in {seconds:.1f} s")


def killed_rounds(team: Round, chance: random.Random) -> None:
    """Everybody syncs at once, and is killed at a random moment."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SYNC, str(home.path)],
            env={
                "XDG_DATA_HOME": str(home.path.with_suffix(".home")),
                "HOME": str(home.path.parent),
                "PATH": "",
            },
            stderr=subprocess.DEVNULL,
        )
        for home in team.homes.values()
    ]
    for process in processes:
        try:
            process.wait(chance.uniform(0.5, 3))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def damage(team: Round, chance: random.Random) -> None:
    files = sorted(team.folder.rglob("*.ikd"))
    for index, path in enumerate(chance.sample(files, min(120, len(files)))):
        data = path.read_bytes()
        copy = path.with_name(SPELLINGS[index % len(SPELLINGS)].format(path.stem))
        if index < 80:
            copy.write_bytes(data[: chance.randrange(len(data))])
        else:
            shutil.copy(path, copy)
