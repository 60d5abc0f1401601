"""The same table of cases as for the records on one machine, kept by PostgreSQL."""

import pytest
from test_access_rule import TABLE

from interviewkit.interview.access import Case, RoleStanding, may_see
from interviewkit.interview.role_settings import Visibility
from round_on_hub import (
    HubDatabase,
    Organisation,
    candidate_line,
    person_line,
    plan_line,
    role_line,
    scorecard_document,
    send,
    settings_line,
    visible,
)

OWNER, RECRUITER, INTERVIEWER, OUTSIDER = RoleStanding


def can_be(case: Case) -> bool:
    """Whether a hub can hold such a case; an interview under way is on its machine alone."""
    if not case.is_submitted or (case.is_own and case.is_interviewing):
        return False
    if case.is_own and not case.has_submitted:
        return False
    # Who submitted for the role is no outsider; who is to interview for another role may be one.
    return not (case.seat is OUTSIDER and (case.is_own or case.has_submitted))


CASES = sorted({row.case._replace(is_shared=True) for row in TABLE if can_be(row.case)}, key=str)


def arrange(organisation: Organisation, case: Case) -> str:
    """Put Priya before a scorecard as ``case`` says; gives its id."""
    organisation.join("Rita", "recruiter")
    organisation.join("Tom")
    organisation.join("Dana")
    organisation.join("Priya", "recruiter" if case.seat is RECRUITER else "interviewer")
    owner = "Priya" if case.seat is OWNER else "Dana"
    people = [person_line(name) for name in ("Priya", "Tom", "Dana")]
    organisation.send(
        "Rita", role_line(), candidate_line(), candidate_line("zed"), *people, plan_line("Tom")
    )
    organisation.send("Rita", settings_line(owner, case.visibility))
    if case.seat is INTERVIEWER:
        organisation.send("Rita", plan_line("Priya", "zed"))
        organisation.send("Priya", scorecard_document("Priya", "zed"))
    if case.has_submitted:
        if case.seat is INTERVIEWER:
            organisation.send("Rita", plan_line("Priya"))
        organisation.send("Priya", scorecard_document("Priya"))
    if case.is_interviewing:
        organisation.send("Rita", role_line("r2"), candidate_line(), role="r2")
        organisation.send("Rita", person_line("Priya"), plan_line("Priya", role="r2"), role="r2")
    if case.is_own:
        return "s-r1-ada-Priya"
    organisation.send("Tom", scorecard_document("Tom"))
    return "s-r1-ada-Tom"


@pytest.mark.parametrize("case", CASES, ids=lambda case: name_of_case(case))
def test_the_hub_follows_the_rule(database: HubDatabase, case: Case) -> None:
    organisation = database.organisation()
    scorecard = arrange(organisation, case)
    with organisation.connected("Priya") as connection:
        assert (scorecard in visible(connection)) is may_see(case)


def name_of_case(case: Case) -> str:
    facts = [name for name, value in case._asdict().items() if value is True]
    return "-".join([case.seat.value, case.visibility.value, *facts])


def test_every_seat_and_setting_is_among_the_cases() -> None:
    assert {(case.seat, case.visibility) for case in CASES} == {
        (seat, setting) for seat in RoleStanding for setting in Visibility
    }


def test_the_sight_kept_step_by_step_is_that_made_of_the_whole(database: HubDatabase) -> None:
    """A scorecard changes the sight tables by its own rows; making them again changes nothing."""
    organisation = database.organisation()
    arrange(organisation, Case(INTERVIEWER, has_submitted=True))
    tables = ("seat", "sight", "blind")
    with database.superuser() as connection:
        before = [connection.execute(f"TABLE hub.{name}".encode()).fetchall() for name in tables]
        connection.execute("SELECT hub.refresh_role(org, id) FROM hub.role")
        after = [connection.execute(f"TABLE hub.{name}".encode()).fetchall() for name in tables]
    assert [sorted(map(str, rows)) for rows in before] == [sorted(map(str, rows)) for rows in after]
    assert any(before)


@pytest.mark.parametrize("undone", [False, True])
def test_who_interviews_one_of_two_merged_candidates_is_blind_for_both(
    database: HubDatabase, undone: bool
) -> None:
    organisation = database.organisation()
    arrange(organisation, Case(INTERVIEWER, Visibility.ALL))
    organisation.send("Rita", candidate_line("ada2"), plan_line("Priya", "ada2"))
    alias = {"type": "alias", "kind": "candidate", "alias": "ada2", "target": "ada", "by": "Rita"}
    alias["at"] = "2026-03-02T11:00:00.000Z"
    with organisation.connected("Priya") as connection:
        assert "s-r1-ada-Tom" in visible(connection)
        organisation.send("Rita", alias)
        assert "s-r1-ada-Tom" not in visible(connection)
        if undone:
            organisation.send("Rita", {**alias, "undone_at": "2026-03-02T12:00:00.000Z"})
        else:
            send(connection, scorecard_document("Priya"))
        assert "s-r1-ada-Tom" in visible(connection)
