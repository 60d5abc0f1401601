"""The daily backup beside the screens, and what is said of it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from driving import until
from interviewkit.settings import Settings
from interviewkit.storage.file.backup import backups_of, folder_of
from interviewkit.storage.store import Store
from interviewkit.tui import app as application
from interviewkit.tui.app import InterviewKitApp
from interviewkit.workflows.maintenance import Kept, Upkeep, daily_upkeep
from support import HeldClock, begin


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "UPKEEP_AFTER", 0.01)


def app_that_keeps(store: Store, upkeep: Upkeep | None = None) -> InterviewKitApp:
    return InterviewKitApp(store, "Priya Raman", None, Settings(), upkeep or daily_upkeep(7))


def heading(app: InterviewKitApp) -> str:
    return str(app.screen.query_one("#heading", Static).render())


async def test_opening_makes_todays_backup_and_home_says_when(store: Store) -> None:
    begin(store)
    app = app_that_keeps(store)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "last backup 2 Mar 2026, 09:00" in heading(app))
        assert list(app._notifications) == []
    (backup,) = backups_of(store.path)
    assert backup.kind == "daily"
    again = app_that_keeps(store)
    async with again.run_test() as pilot:
        await until(pilot, lambda: "last backup" in heading(again))
    assert backups_of(store.path) == [backup]


async def test_no_backup_is_made_of_nothing_nor_against_the_settings(store: Store) -> None:
    kept: list[Kept] = []

    def noting(keep: int) -> Upkeep:
        def upkeep(records: Store) -> Kept:
            kept.append(daily_upkeep(keep)(records))
            return kept[-1]

        return upkeep

    app = app_that_keeps(store, noting(7))
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(kept) == 1)
        await pilot.pause()
        assert heading(app) == "interviewkit · Priya Raman"
    begin(store)
    app = app_that_keeps(store, noting(0))
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(kept) == 2)
        await pilot.pause()
        assert list(app._notifications) == []
    assert kept == [Kept(), Kept()]
    assert not folder_of(store.path).exists()


async def test_a_backup_that_cannot_be_made_is_told_and_the_work_goes_on(store: Store) -> None:
    begin(store)
    folder_of(store.path).write_text("in the way")
    app = app_that_keeps(store)
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(app._notifications) == 1)
        (said,) = (note.message for note in app._notifications)
        assert "could not be written" in said
        await pilot.press("enter")
        assert store._reads.standings()


def test_an_old_backup_is_warned_about(store: Store, clock: HeldClock, tmp_path: Path) -> None:
    upkeep = daily_upkeep(7)
    assert upkeep(store) == Kept()
    begin(store)
    made = clock.now()
    assert upkeep(store) == Kept(made)
    clock.pass_(timedelta(days=9).total_seconds())
    (backup,) = backups_of(store.path)
    with store.another() as other:
        other._connection.execute("DELETE FROM answer")
        other._connection.execute("DELETE FROM interview")  # nothing to back up any more
    kept = upkeep(store)
    assert kept.newest_at == made
    assert "The last backup is 9 days old." in kept.warnings[0]
    assert backup.path.exists()


def test_a_synchronised_folder_is_warned_about_once(tmp_path: Path, clock: HeldClock) -> None:
    with Store(tmp_path / "OneDrive" / "records.db", clock) as store:
        begin(store)
        first, second = daily_upkeep(7)(store), daily_upkeep(7)(store)
    assert "OneDrive synchronises" in first.warnings[0]
    assert second.warnings == ()


@pytest.mark.posix("renames of open files")
async def test_records_that_are_gone_meanwhile_end_nothing(store: Store) -> None:
    begin(store)
    app = app_that_keeps(store)
    store.path.rename(store.path.with_name("elsewhere.db"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(app._notifications) == 1)
        assert app.is_running
    shutil.rmtree(folder_of(store.path), ignore_errors=True)
