"""Nothing that was said to be saved is lost, and docs/reliability.md says what happens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import SCENARIOS, Impossible, Row
from table import PAGE, rows_of

Scenario = Callable[[Path, int], Row]


def tried(scenario: Scenario, folder: Path, times: int) -> Row:
    try:
        row = scenario(folder, times)
    except Impossible as reason:
        pytest.skip(str(reason))
    assert row.lost == 0
    return row


@pytest.mark.posix("signals, limits and mounts")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_nothing_is_lost_and_the_page_says_what_is_seen(scenario: Scenario, tmp_path: Path) -> None:
    row = tried(scenario, tmp_path, SCENARIOS[scenario][1])
    shown = rows_of(PAGE)[row.fault]
    assert (shown.lost, shown.saw) == (row.lost, row.saw)
    assert shown.tried == SCENARIOS[scenario][0]


@pytest.mark.posix("signals, limits and mounts")
@pytest.mark.soak
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_nothing_is_lost_in_many_tries(scenario: Scenario, tmp_path: Path) -> None:
    times = SCENARIOS[scenario][0]
    assert tried(scenario, tmp_path, times).tried == times


def test_the_page_shows_every_fault_and_no_other() -> None:
    assert len(rows_of(PAGE)) == len(SCENARIOS)
