"""Time as it is kept, and ids that sort in the order they were made."""

import time
from datetime import UTC, datetime, timedelta, timezone
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.interview.clock import Ids, SystemClock, as_clock, kept_moment, local, stamp
from support import START, HeldClock


def test_ids_are_uuids_of_version_7_that_hold_the_time() -> None:
    clock = HeldClock()
    made = UUID(Ids(clock)())
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == int(START.timestamp() * 1000)


def test_ids_made_within_one_millisecond_sort_as_they_were_made() -> None:
    new_id = Ids(HeldClock())
    made = [new_id() for _ in range(10_000)]  # more than the 12 bits that count
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {UUID(one).version for one in made} == {7}
    assert {UUID(one).variant for one in made} == {RFC_4122}


@given(st.lists(st.integers(-100_000, 100_000), min_size=2, max_size=50))
def test_ids_sort_as_they_were_made_even_when_the_clock_steps_back(steps: list[int]) -> None:
    clock = HeldClock()
    new_id = Ids(clock)
    made = []
    for step in steps:
        clock.moment += timedelta(milliseconds=step)
        made.append(new_id())
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_two_makers_never_give_the_same_id() -> None:
    clock = HeldClock()
    first, second = Ids(clock), Ids(clock)
    assert not {first() for _ in range(500)} & {second() for _ in range(500)}


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        (datetime(2026, 3, 2, 12, 40, 5, 123_999, UTC), "2026-03-02T12:40:05.123Z"),
        (datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=2))), "2026-03-01T22:30"),
    ],
)
def test_a_moment_is_kept_in_utc_to_the_millisecond(moment: datetime, kept: str) -> None:
    assert stamp(moment).startswith(kept)
    assert len(stamp(moment)) == len("2026-03-02T12:40:05.123Z")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)), st.integers(1, 10**9))  # noqa: DTZ001
def test_kept_moments_sort_as_time_does(moment: datetime, milliseconds: int) -> None:
    first = moment.replace(tzinfo=UTC)
    assert stamp(first) < stamp(first + timedelta(milliseconds=milliseconds))


@pytest.mark.posix("a time zone that a program can set")
def test_a_kept_moment_is_shown_in_the_machines_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        assert f"{local('2026-03-02T12:40:05.123Z'):%H:%M}" == "13:40"
        assert f"{local('2026-07-02T12:40:05.123Z'):%H:%M}" == "14:40"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_machines_clock_is_aware_and_runs_forward() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.seconds() <= clock.seconds()


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (59.99, "00:59"), (754, "12:34"), (3_725, "62:05"), (-5, "00:00")],
)
def test_a_span_is_shown_in_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert as_clock(seconds) == shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-03-02T12:40:05.123Z", "2026-03-02T12:40:05.123Z"),
        ("2026-03-02T12:40:05.1Z", "2026-03-02T12:40:05.100Z"),
        ("2026-03-02T12:40:05.123456Z", "2026-03-02T12:40:05.123Z"),
        ("2026-03-02T13:40:05.123+01:00", "2026-03-02T12:40:05.123Z"),
        ("2026-03-02T00:40:05+01:00", "2026-03-01T23:40:05.000Z"),
        ("2026-W10-1T12:40:05.123Z", "2026-03-02T12:40:05.123Z"),
    ],
)
def test_a_moment_of_another_program_is_kept_like_any(text: str, kept: str) -> None:
    assert kept_moment(text) == kept


@pytest.mark.parametrize("text", ["2026-02-30T12:40:05.123Z", "2026-03-02T25:40:05.123Z", "soon"])
def test_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        kept_moment(text)
