"""Why what others wrote is not shown, and that the answer says nothing of what they have done."""

import shutil
from pathlib import Path

import pytest

from interviewkit.interview.role_settings import Visibility
from interviewkit.storage.store import Store
from interviewkit.workflows.team_membership import accept_member, join_team, leave_team
from interviewkit.workflows.team_status import team_status
from interviewkit.workflows.withheld_documents import OpenSeat, WithheldDocuments
from team_round import ROLE, Home, Round, begin_round, share_role

DANA, PRIYA, TOM, WEI = "Dana Holt", "Priya Raman", "Tom Berg", "Wei Chen"
ADA, Q = "Ada Okafor", "unspoken-need"
SEAT = OpenSeat(ADA, ROLE)


@pytest.fixture
def team(tmp_path: Path, empty_records: Path) -> Round:
    """Dana's role, with Priya and Tom on the panel of Ada; Wei takes no part."""
    result = begin_round([DANA, PRIYA, TOM, WEI], tmp_path, empty_records)
    share_role(result.homes[DANA], {ADA: [PRIYA, TOM]})
    result.sync_all(2)
    return result


def withheld(home: Home) -> WithheldDocuments:
    with home.records() as store:
        return team_status(store).withheld


def test_an_open_seat_is_named_alike_before_and_after_others_submit(team: Round) -> None:
    before = withheld(team.homes[TOM])
    assert before == WithheldDocuments(until_own=(SEAT,))
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    assert withheld(team.homes[TOM]) == before
    assert withheld(team.homes[PRIYA]) == WithheldDocuments()
    assert withheld(team.homes[DANA]) == WithheldDocuments()
    team.homes[TOM].submit(ADA, {Q: 4})
    team.sync_all(2)
    assert withheld(team.homes[TOM]) == WithheldDocuments()


def test_an_interview_under_way_counts_as_an_open_seat(team: Round) -> None:
    from support import begin

    with team.homes[DANA].records() as store:
        begin(store, ADA, ROLE, DANA)
    assert withheld(team.homes[DANA]).until_own == (SEAT,)


def test_who_takes_no_part_is_told_that_nothing_is_for_them(team: Round) -> None:
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    found = withheld(team.homes[WEI])
    assert found.not_for_you > 0
    assert found == WithheldDocuments(not_for_you=found.not_for_you)
    assert "not for you" in " ".join(found.sentences)


def test_in_a_role_that_shows_only_their_own_nothing_waits(
    tmp_path: Path, empty_records: Path
) -> None:
    team = begin_round([DANA, PRIYA, TOM], tmp_path, empty_records)
    share_role(team.homes[DANA], {ADA: [PRIYA, TOM]}, Visibility.OWN)
    team.sync_all(2)
    assert withheld(team.homes[TOM]).own_only == (ROLE,)
    assert withheld(team.homes[TOM]).until_own == ()
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    found = withheld(team.homes[TOM])
    assert (found.until_own, found.own_only, found.for_release) == ((), (ROLE,), 0)
    assert withheld(team.homes[DANA]).own_only == ()


def test_who_is_planned_later_may_wait_for_a_release(team: Round) -> None:
    """Before Dana's laptop has sent more than the plan, Wei cannot tell."""
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    with team.homes[WEI].records() as store:
        share_locally(store)
        found = team_status(store).withheld
    assert (found.not_for_you, found.for_release) == (0, 0)
    assert found.perhaps_for_release > 0
    assert "waiting for a release if of a role of yours" in " ".join(found.sentences)


def share_locally(store: Store) -> None:
    """As once the owner's role, settings and plan have come, and no release yet."""
    from interviewkit.interview.role_settings import RoleSettings

    people = [member.name for member in team_status(store).members]
    for name in people:
        if name != DANA:
            store.planning().add(role=ROLE, candidate=ADA, interviewer=name)
    store.retention().change(store.role(ROLE), RoleSettings(DANA, shared=True), DANA)


def test_a_new_laptop_waits_for_releases_to_its_key(team: Round, tmp_path: Path) -> None:
    """It was set up from a backup; Priya submitted while the old key was still in use."""
    laptop = team.homes[TOM]
    (tmp_path / "new").mkdir()
    laptop.path = Path(shutil.copy(laptop.path, tmp_path / "new" / "tom.db"))
    for name in (PRIYA, DANA):
        team.homes[name].submit(ADA, {Q: 4})
        team.homes[name].sync()
    with team.homes[DANA].records() as store:
        invitation = team_status(store).invitation
    with laptop.records() as store:
        leave_team(store)
        words = join_team(store, invitation, team.folder).words
    with team.homes[DANA].records() as store:
        accept_member(store, words)
    laptop.sync()
    found = withheld(laptop)
    assert (found.for_release > 0, found.perhaps_for_release, found.not_for_you) == (True, 0, 0)
    assert "waiting for a release to your new key" in " ".join(found.sentences)
    for name in (DANA, PRIYA):
        team.homes[name].sync()
    laptop.sync()
    assert withheld(laptop).for_release == 0
