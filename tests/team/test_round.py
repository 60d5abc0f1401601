"""A whole round in one folder: who gets what when, and that all end with one comparison."""

from pathlib import Path

from team_round import begin_round, share_role, visible

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
