"""Candidates whom the owner of their role merges are merged on every machine of the hub."""

from pathlib import Path

import pytest

from homes_on_hub import ADA, CLOCK, OWNER, PANEL, RATINGS, HubRound, begin, comparison
from interviewkit.interview.people import RecordKind
from round_on_hub import HubDatabase
from team_round import Home, share_role, visible

PRIYA, TOM, WEI = PANEL
ALIAS = "Ada O."


@pytest.fixture
def hub(database: HubDatabase, tmp_path: Path, empty_records: Path) -> HubRound:
    """Ada is planned with Priya under her name, and with Tom and Wei under another."""
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: [PRIYA], ALIAS: [TOM, WEI]})
    hub.sync(OWNER)
    hub.sync()
    return hub


def merge(home: Home, name: str, target: str) -> None:
    with home.records() as store:
        registry, kind = store.registry(), RecordKind.CANDIDATE
        registry.merge(registry.resolve(kind, name), registry.resolve(kind, target), home.name)


def interviewers_of(home: Home, name: str) -> set[str]:
    return {interviewer for candidate, interviewer in visible(home) if candidate == name}


def test_a_merge_and_its_end_reach_every_machine(hub: HubRound) -> None:
    owner = hub.homes[OWNER]
    hub.homes[PRIYA].submit(ADA, RATINGS[PRIYA])
    hub.homes[TOM].submit(ALIAS, RATINGS[TOM])
    hub.sync()
    merge(owner, ALIAS, ADA)
    hub.sync(OWNER)
    hub.sync()
    assert interviewers_of(owner, ADA) == {PRIYA, TOM}
    assert interviewers_of(hub.homes[PRIYA], ADA) == {PRIYA, TOM}
    assert interviewers_of(hub.homes[WEI], ADA) == set()
    hub.homes[WEI].submit(ADA, RATINGS[WEI])
    hub.sync()
    hub.sync()
    assert len({comparison(home) for home in hub.homes.values()}) == 1
    CLOCK.pass_(60)
    with owner.records() as store:
        store.registry().unmerge(RecordKind.CANDIDATE, ALIAS, OWNER)
    hub.sync(OWNER)
    hub.sync()
    for home in hub.homes.values():
        with home.records() as store:
            aliases = store.registry().aliases(RecordKind.CANDIDATE)
            assert [bool(alias.undone_at) for alias in aliases] == [True]
    assert interviewers_of(owner, ALIAS) == {TOM}


def test_a_merge_by_who_does_not_lead_the_role_waits_on_its_machine(hub: HubRound) -> None:
    merge(hub.homes[PRIYA], ALIAS, ADA)
    hub.sync()
    hub.sync()
    for name in (OWNER, TOM):
        with hub.homes[name].records() as store:
            assert store.registry().aliases(RecordKind.CANDIDATE) == []
