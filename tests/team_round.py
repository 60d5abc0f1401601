"""A team of several homes on one machine, each with records and a key of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interviewkit.interview.people import Person
from interviewkit.interview.role_settings import Visibility
from interviewkit.storage.store import Store
from interviewkit.team.members import Member
from interviewkit.workflows.team_folder import open_team
from interviewkit.workflows.team_membership import accept_member, begin_team, join_team
from interviewkit.workflows.team_sync import SyncReport, sync_folder
from support import HeldClock, complete, data_variables, shipped

ROLE = "Account executive"
# How clients call the second of two files of one name.
SPELLINGS = (
    "{} (conflicted copy 2026-03-02).ikd",
    "{}-DESKTOP-4711.ikd",
    "{}.sync-conflict-20260302-101112-ABCDEFG.ikd",
    "{} (1).ikd",
    "{} (Priya Raman's conflicted copy).ikd",
    "{}_conflict-20260302.ikd",
)


@dataclass
class Home:
    """One person's records."""

    name: str
    path: Path
    clock: HeldClock

    @contextmanager
    def records(self) -> Iterator[Store]:
        """The records, and this person's own place for keys."""
        with pytest.MonkeyPatch.context() as monkeypatch:
            for name, value in data_variables(self.path.with_suffix(".home")).items():
                monkeypatch.setenv(name, value)
            with Store(self.path, self.clock, account=self.name) as store:
                yield store

    def sync(self, same: dict[str, str] | None = None, *, apart: bool = False) -> SyncReport:
        with self.records() as store:
            report = sync_folder(store, same, apart=apart)
        assert report.problem == ""
        return report

    def submit(self, candidate: str, ratings: dict[str, int | None]) -> str:
        with self.records() as store:
            return complete(store, ratings, candidate, self.name, ROLE).id


@dataclass
class Round:
    """A team in a folder: its first home begins it and owns the role."""

    folder: Path
    clock: HeldClock
    homes: dict[str, Home] = field(default_factory=dict)

    def add_home(self, name: str, folder: Path, empty: Path) -> Home:
        path = folder / f"{name.split()[0].lower()}.db"
        shutil.copy(empty, path)
        home = self.homes[name] = Home(name, path, self.clock)
        with home.records() as store:
            store.registry().identify(name)
        return home

    def sync_all(self, times: int = 1) -> None:
        for _ in range(times):
            for home in self.homes.values():
                home.sync()


def begin_round(
    names: list[str], folder: Path, empty: Path, clock: HeldClock | None = None
) -> Round:
    """A team of these people, all accepted; the first is its administrator."""
    team = Round(folder / "shared", clock or HeldClock())
    owner, *members = names
    with team.add_home(owner, folder, empty).records() as store:
        invitation = str(begin_team(store, team.folder))
    for name in members:
        join_round(team, name, invitation, folder, empty)
    return team


def join_round(team: Round, name: str, invitation: str, folder: Path, empty: Path) -> Member:
    """Somebody joins and is accepted by the first home."""
    with team.add_home(name, folder, empty).records() as store:
        words = join_team(store, invitation, team.folder).words
    with next(iter(team.homes.values())).records() as store:
        return accept_member(store, words)


def share_role(
    home: Home, plan: dict[str, list[str]], visibility: Visibility = Visibility.AFTER_OWN
) -> None:
    """Plan who interviews which candidate, and share the role."""
    with home.records() as store:
        for candidate, interviewers in plan.items():
            for interviewer in interviewers:
                store.planning().add(
                    role=ROLE,
                    candidate=candidate,
                    interviewer=interviewer,
                    bank=shipped().bank.id,
                    kit="first-45",
                )
        role = store.role(ROLE)
        door = store.retention()
        settings = door.settings(role)._replace(owner=home.name, visibility=visibility, shared=True)
        door.change(role, settings, home.name)


def visible(home: Home) -> list[tuple[str, str]]:
    """(Candidate, interviewer) of every scorecard that the person may read now."""
    with home.records() as store:
        cards = store.seen_by(store.current_user()).scorecards()
    return sorted((interview.candidate.name, interview.interviewer) for interview, _ in cards)


def own_person(home: Home) -> Person:
    with home.records() as store:
        return store.current_user()


def key_of(home: Home) -> str:
    with home.records() as store:
        return open_team(store).identity.key
