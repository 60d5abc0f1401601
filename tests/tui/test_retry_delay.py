"""Rounds that begin by themselves wait longer and longer; one that is asked for does not."""

from pathlib import Path

import pytest

from driving import Running, painted, until
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.retry_delay import RetryDelay
from interviewkit.tui.team_rounds import TeamRounds
from interviewkit.workflows.team_membership import begin_team
from interviewkit.workflows.team_news import SharingPlace


class Hand:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_each_failure_doubles_the_delay_up_to_half_an_hour() -> None:
    delay = RetryDelay(Hand(), lambda: 0.0)
    assert delay.is_due
    minutes = []
    for _ in range(8):
        delay.note_failure()
        minutes.append(delay.seconds / 60)
    assert minutes == [1, 2, 4, 8, 16, 30, 30, 30]
    delay.note_success()
    assert delay.seconds == 60
    delay.note_failure()
    assert delay.seconds == 60


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 60), (0.5, 52.5), (1.0, 45)])
def test_chance_shortens_a_delay_by_at_most_a_quarter(chance: float, seconds: float) -> None:
    delay = RetryDelay(Hand(), lambda: chance)
    delay.note_failure()
    assert delay.seconds == seconds


def test_a_thousand_failures_are_half_an_hour() -> None:
    delay = RetryDelay(Hand(), lambda: 0.0)
    for _ in range(2000):
        delay.note_failure()
    assert delay.seconds == 1800


def test_a_try_that_was_asked_for_adds_nothing() -> None:
    clock = Hand()
    delay = RetryDelay(clock, lambda: 0.0)
    delay.note_failure()
    delay.note_failure()
    for _ in range(5):
        delay.note_failure(is_own_try=False)
    assert delay.seconds == 120
    clock.seconds += 120
    assert delay.is_due


async def test_rounds_wait_for_a_folder_that_is_away_and_a_key_does_not(
    store: Store, running: Running, tmp_path: Path
) -> None:
    store.registry().identify("Dana Holt")
    begin_team(store, tmp_path / "shared")
    (tmp_path / "shared").rename(tmp_path / "away")
    clock = Hand()
    async with running(size=(100, 30)) as pilot:
        assert isinstance(pilot.app, InterviewKitApp)
        rounds = pilot.app.team_rounds = TeamRounds(pilot.app, store, clock, lambda: 0.0)
        waits = []
        for _ in range(4):
            news = rounds.news
            rounds.begin_due()
            await until(pilot, lambda: rounds.news is not news)  # noqa: B023
            waits.append(rounds.seconds_to_retry(SharingPlace.FOLDER) / 60)
            clock.seconds += waits[-1] * 60 - 1
            rounds.begin_due()
            assert not rounds.is_running  # a second before its time
            clock.seconds += 1
        assert waits == [1, 2, 4, 8]
        await pilot.press("m")
        await until(pilot, lambda: "s tries at once" in " ".join(painted(pilot).split()))
        (tmp_path / "away").rename(tmp_path / "shared")
        clock.seconds -= 100  # not due for a while
        rounds.begin_due()
        assert not rounds.is_running
        await pilot.press("s")
        await until(pilot, lambda: "nothing new" in painted(pilot))
        assert rounds.seconds_to_retry(SharingPlace.FOLDER) == 60


async def test_a_round_asked_for_while_one_runs_follows_it(
    store: Store, running: Running, tmp_path: Path
) -> None:
    store.registry().identify("Dana Holt")
    begin_team(store, tmp_path / "shared")
    async with running() as pilot:
        assert isinstance(pilot.app, InterviewKitApp)
        rounds = pilot.app.team_rounds
        rounds.begin()
        assert rounds.is_running
        rounds.begin()
        await until(pilot, lambda: rounds.news is not None)
        first = rounds.news
        await until(pilot, lambda: rounds.news is not first)
        await until(pilot, lambda: not rounds.is_running)
