"""Settings of roles change in the open; the clock of a candidate ends when every role's does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interviewkit.errors import BlockedError, InterviewKitError, NotFoundError
from interviewkit.interview.records import Candidate, Role
from interviewkit.interview.retention import (
    PRESETS,
    RetentionClock,
    RoleClock,
    months_later,
)
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete

Q = "unspoken-need"
DAYS = some.dates(date(1999, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@given(DAYS, some.integers(1, 240))
def test_a_period_is_never_shorter_than_its_months(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(some.lists(some.tuples(DAYS, some.none() | some.integers(1, 60)), min_size=1))
def test_a_candidate_stays_as_long_as_the_longest_of_their_roles(
    roles: list[tuple[date, int | None]],
) -> None:
    of = tuple(RoleClock(Role(str(n), "R"), last, m) for n, (last, m) in enumerate(roles))
    clock = RetentionClock(Candidate("c", "Ada"), of)
    if any(months is None for _, months in roles):
        assert clock.due is None
        assert not clock.is_due(date(9000, 1, 1))
    else:
        assert clock.due is not None
        assert all(one.due is not None and one.due <= clock.due for one in of)
        assert clock.is_due(clock.due)
        assert not clock.is_due(clock.due - timedelta(days=1))


def test_the_periods_we_propose_are_those_of_the_law_or_said_to_be_ours() -> None:
    months = {one.name: one.months for one in PRESETS}
    assert months == {"us": 12, "us-contractor": 24, "us-public": 24, "gdpr": 6}
    sources = {one.name: one.source for one in PRESETS}
    assert "29 CFR 1602.14" in sources["us"]
    assert "Six months is our default" in sources["gdpr"]


def test_a_clock_runs_from_the_last_thing_recorded(store: Store, clock: HeldClock) -> None:
    interview = complete(store, {Q: 3}, "Ada")
    role, door = store.role("Account executive"), store.retention()
    assert [one.words for one in door.clocks()] == ["no retention period set"]
    door.change(role, RoleSettings(place="US"), "Priya Raman")
    (found,) = door.clocks(store.candidate("ada"))
    assert (found.due, found.words) == (date(2027, 3, 2), "kept until 2 Mar 2027")
    clock.pass_(40 * 86400)
    store.notebook(interview.id).amend("rating", Q, "2", "Mixed up.", PRIYA)
    (found,) = door.clocks()
    assert found.due == date(2027, 4, 11)
    door.change(role, RoleSettings(place="us", months=1, decided="2026-06-30"), "Priya Raman")
    (found,) = door.clocks()
    assert found.due == date(2026, 7, 30)
    door.change(role, RoleSettings(months=1, hold="A charge"), "Priya Raman")
    (found,) = door.clocks()
    assert found.words == "kept: legal hold on Account executive"
    assert not found.is_due(date(9000, 1, 1))


def test_of_two_roles_the_later_counts_and_one_without_a_period_keeps(
    store: Store, clock: HeldClock
) -> None:
    complete(store, {Q: 3}, "Ada")
    clock.pass_(86400)
    begin(store, "Ada", role="Sales manager")
    first, second = store.roles()
    door = store.retention()
    door.change(first, RoleSettings(months=12), "Priya Raman")
    assert [one.due for one in door.clocks()] == [None]
    door.change(second, RoleSettings(months=2), "Priya Raman")
    assert [one.due for one in door.clocks()] == [date(2027, 3, 2)]


def test_a_candidate_without_an_interview_has_no_period(store: Store) -> None:
    store.discard(begin(store, "Ada").id, "Priya Raman")
    (clock,) = store.retention().clocks()
    assert (clock.candidate.name, clock.roles, clock.due) == ("Ada", (), None)


def test_settings_are_kept_and_every_change_of_them(store: Store, clock: HeldClock) -> None:
    begin(store)
    role, door = store.role("Account executive"), store.retention()
    assert door.settings(role) == RoleSettings()
    first = RoleSettings("Dana Fox", Visibility.ALL, "gdpr", None, "2026-02-01", "A charge")
    assert door.change(role, first, "Dana Fox") == first
    assert door.settings(role) == first
    clock.pass_(60)
    second = RoleSettings("Dana Fox", Visibility.OWN, "gdpr", 9, "2026-02-01", "")
    door.change(role, second, "dana fox")
    door.change(role, second, "dana fox")  # nothing changed, nothing noted
    assert door.settings(role) == second
    assert [(one.what, one.before, one.after, one.by) for one in door.history(role)][-3:] == [
        ("visibility", "all", "own", "dana fox"),
        ("months", "", "9", "dana fox"),
        ("hold", "A charge", "", "dana fox"),
    ]
    assert door.history(role)[-1].at == "2026-03-02T09:01:00.000Z"


def test_only_the_owner_changes_the_settings(store: Store) -> None:
    begin(store)
    role, door = store.role("Account executive"), store.retention()
    door.change(role, RoleSettings(owner="Dana Fox"), "Priya Raman")
    with pytest.raises(BlockedError, match="is the role of Dana Fox, and you are Priya Raman"):
        door.change(role, RoleSettings(owner="Priya Raman"), "Priya Raman")
    assert door.settings(role).owner == "Dana Fox"
    door.change(role, RoleSettings(owner="Priya Raman"), "DANA fox")
    assert door.settings(role).owner == "Priya Raman"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (RoleSettings(visibility=Visibility.OWN), "only when the role has an owner"),
        (RoleSettings(place="us-publik"), "Did you mean us-public?"),
        (RoleSettings(decided="2026-02-30"), "'2026-02-30' is not a date"),
        (RoleSettings(months=0), "0 months is not a valid period"),
        (RoleSettings(months=1201), "1201 months is not a valid period"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    store: Store, settings: RoleSettings, sentence: str
) -> None:
    begin(store)
    role, door = store.role("Account executive"), store.retention()
    with pytest.raises(InterviewKitError) as refused:
        door.change(role, settings, "Priya Raman")
    assert sentence in str(refused.value)
    assert door.settings(role) == RoleSettings()
    assert door.history(role) == []


def test_a_place_of_ones_own_and_another_period_for_one_of_ours(store: Store) -> None:
    begin(store)
    role, door = store.role("Account executive"), store.retention()
    door.set_place(" Berlin office ", 7)
    door.set_place("GDPR", 9)
    assert {one.name: (one.months, one.is_preset) for one in door.places()} == {
        "us": (12, True),
        "us-contractor": (24, True),
        "us-public": (24, True),
        "gdpr": (9, False),
        "Berlin office": (7, False),
    }
    door.change(role, RoleSettings(place="berlin OFFICE"), "Priya Raman")
    assert [one.due for one in door.clocks()] == [date(2026, 10, 2)]
    with pytest.raises(BlockedError, match="Account executive keeps its records by Berlin office"):
        door.set_place("berlin office", None)
    door.change(role, RoleSettings(place="gdpr"), "Priya Raman")
    assert door.set_place("berlin office", None) is None
    assert door.set_place("gdpr", None) == next(one for one in PRESETS if one.name == "gdpr")
    with pytest.raises(NotFoundError, match="no place called 'Berlin office'"):
        door.place("Berlin office")
