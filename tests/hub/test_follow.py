"""A recruiter's machine fetches the roles that they follow, and those of their own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from homes_on_hub import ADA, OWNER, PANEL, RATINGS, RECRUITER, HubRound
from interviewkit.cli.main import cli
from interviewkit.errors import BlockedError
from interviewkit.interview.erasure import Why
from interviewkit.workflows.hub_follow import follow_hub_roles, role_choices
from interviewkit.workflows.hub_status import hub_status
from interviewkit.workflows.hub_sync import erase_in_hub
from round_on_hub import HubDatabase, candidate_line, role_line
from team_round import ROLE, Home, share_role, visible

PRIYA = PANEL[0]


@pytest.fixture
def hub(database: HubDatabase, tmp_path: Path, empty_records: Path) -> HubRound:
    """The owner's role, two of the same title by somebody else, and a recruiter."""
    hub = HubRound(database.organisation())
    for name in (OWNER, PRIYA):
        hub.add(name, tmp_path, empty_records)
    hub.add(RECRUITER, tmp_path, empty_records, "recruiter")
    share_role(hub.homes[OWNER], {ADA: [PRIYA]})
    hub.sync(OWNER)
    hub.organisation.join("Nora")
    for role in ("r1", "r2"):
        line = {**role_line(role), "title": "Field sales"}
        hub.organisation.send("Nora", line, candidate_line(f"c-{role}"), role=role)
    return hub


def titles(home: Home) -> set[str]:
    with home.records() as store:
        return {role.title for role in store.roles()}


def follow(home: Home, *args: str, code: int = 0) -> Result:
    runner = CliRunner(env={"INTERVIEWKIT_INTERVIEWER": home.name})
    result = runner.invoke(cli, ["hub", "follow", *args, "--db", str(home.path)])
    assert result.exit_code == code, result.output
    return result


def test_every_role_comes_unless_one_chooses(hub: HubRound) -> None:
    hub.sync(RECRUITER)
    assert titles(hub.homes[RECRUITER]) == {ROLE, "Field sales"}


def test_only_the_roles_that_one_follows_come(hub: HubRound) -> None:
    recruiter = hub.homes[RECRUITER]
    said = follow(recruiter, ROLE).stderr
    assert "From now on 1 role of 3 will be fetched" in said
    hub.sync(PRIYA, RECRUITER)
    assert titles(recruiter) == {ROLE}
    with recruiter.records() as store:
        assert [role.title for role in hub_status(store).roles] == [ROLE]
    hub.homes[PRIYA].submit(ADA, RATINGS[PRIYA])
    hub.sync(PRIYA)
    hub.sync(RECRUITER)
    assert {interviewer for _, interviewer in visible(recruiter)} == {PRIYA}
    follow(recruiter, "r1")
    hub.sync(RECRUITER)
    assert titles(recruiter) == {ROLE, "Field sales"}
    rows = json.loads(follow(recruiter, "--json").stdout)
    assert [(row["title"], row["id"], row["is_followed"]) for row in rows if row["id"] == "r2"] == [
        ("Field sales", "r2", False)
    ]
    assert "not followed" in follow(recruiter).stdout
    follow(recruiter, "--all")
    (report,) = hub.sync(RECRUITER)
    assert report.taken["candidate"] == 1
    with recruiter.records() as store:
        assert all(choice.is_followed for choice in role_choices(store))


def test_what_one_interviews_for_and_what_is_erased_come_all_the_same(hub: HubRound) -> None:
    recruiter, owner = hub.homes[RECRUITER], hub.homes[OWNER]
    hub.sync(RECRUITER)
    follow(recruiter, "r1")
    with owner.records() as store:
        erase_in_hub(store, store.candidate(ADA), Why.REQUEST)
    (report,) = hub.sync(RECRUITER)
    assert report.erasures.erased == 1
    share_role(owner, {"Bo Lind": [RECRUITER]})
    hub.sync(OWNER)
    (report,) = hub.sync(RECRUITER)
    assert report.taken["plan"] == 1


def test_a_choice_that_cannot_be_is_refused(hub: HubRound) -> None:
    recruiter = hub.homes[RECRUITER]
    assert "no role called 'Nobody'" in follow(recruiter, "Nobody", code=1).stderr
    said = follow(recruiter, ROLE, "Field sales", code=1).stderr
    assert "2 roles of the hub are called 'Field sales': r1, r2" in said
    assert "Name roles, or give --all" in follow(recruiter, ROLE, "--all", code=2).stderr
    with hub.homes[PRIYA].records() as store, pytest.raises(BlockedError, match="Only a recruiter"):
        follow_hub_roles(store, [ROLE])
    with recruiter.records() as store:
        assert all(choice.is_followed for choice in role_choices(store))
