"""A whole round in one folder: who gets what when, and that all end with one comparison."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.storage.store import Store
from support import HeldClock, complete
from team_round import ROLE, begin_round, share_role, visible

OWNER, *PANEL = ["Dana Holt", "Priya Raman", "Tom Berg", "Wei Chen"]
CANDIDATES = ["Ada Okafor", "Bo Lind"]
RATINGS: dict[str, dict[str, dict[str, int | None]]] = {
    "Priya Raman": {"Ada Okafor": {"unspoken-need": 4}, "Bo Lind": {"unspoken-need": 2}},
    "Tom Berg": {"Ada Okafor": {"unspoken-need": 3}, "Bo Lind": {"unspoken-need": 3}},
    "Wei Chen": {"Ada Okafor": {"unspoken-need": 5}, "Bo Lind": {"unspoken-need": 1}},
}


def test_all_end_with_one_comparison(tmp_path: Path, empty_records: Path) -> None:
    team = begin_round([OWNER, *PANEL], tmp_path, empty_records)
    share_role(team.homes[OWNER], dict.fromkeys(CANDIDATES, PANEL))
    team.sync_all(2)
    for name in PANEL:
        for candidate in CANDIDATES:
            team.homes[name].submit(candidate, RATINGS[name][candidate])
            team.clock.pass_(60)
    team.sync_all(2)

    everything = sorted((candidate, name) for candidate in CANDIDATES for name in PANEL)
    for home in team.homes.values():
        assert visible(home) == everything


def test_the_comparison_is_that_of_one_machine(
    tmp_path: Path, empty_records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same round typed on one machine and on four: the tables are equal to the letter."""
    clock = HeldClock()
    with Store(Path(shutil.copy(empty_records, tmp_path / "one.db")), clock) as store:
        for name in PANEL:
            for candidate in CANDIDATES:
                complete(store, RATINGS[name][candidate], candidate, name, ROLE)
                clock.pass_(60)
    team = begin_round([OWNER, *PANEL], tmp_path, empty_records)
    share_role(team.homes[OWNER], dict.fromkeys(CANDIDATES, PANEL))
    team.sync_all(2)
    for name in PANEL:
        for candidate in CANDIDATES:
            team.homes[name].submit(candidate, RATINGS[name][candidate])
            team.clock.pass_(60)
        team.homes[name].sync()
    team.homes[OWNER].sync()
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", OWNER)
    tables = [
        CliRunner().invoke(cli, ["--db", str(path), "compare", ROLE, "--csv"]).stdout
        for path in (tmp_path / "one.db", team.homes[OWNER].path)
    ]
    assert tables[0] == tables[1]
    assert all(candidate in tables[0] for candidate in CANDIDATES)
