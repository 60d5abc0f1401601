"""Time and names for records, passed in wherever they are needed so that tests can hold them.

UTC everywhere; a moment is kept as text, ``2026-03-02T12:40:05.123Z``, which sorts as time does.
People read days and hours of the machine's own time zone, JSON has UTC.
"""

import os
import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

IdMaker = Callable[[], str]
_UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
_FAR = 7_258_118_400_000  # the year 2200, in milliseconds


class Clock(Protocol):
    """What the rest of the program knows of time."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""

    def seconds(self) -> float:
        """Seconds that only ever run forward, for measuring how long something took."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds of the monotonic clock, which a corrected wall clock does not disturb."""
        return time.monotonic()


def stamp(moment: datetime) -> str:
    """A moment as it is kept: UTC, milliseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def kept_moment(moment: str) -> str:
    """A moment of ISO 8601 with a time zone, as it is kept; ValueError where there is none such.

    What is in that form already, as nearly all that comes in, is only looked at.
    """
    parsed = datetime.fromisoformat(moment)
    marks = moment[10:11], moment[19:20], moment[23:]
    if marks == ("T", ".", "Z") and moment[5] != "W" and moment[11:13] != "24":
        return moment
    return stamp(parsed)


def local(stamp_text: str) -> datetime:
    """A kept moment in the machine's own time zone, for showing it."""
    return datetime.fromisoformat(stamp_text).astimezone()


def local_day(stamp_text: str) -> date:
    """The day of a kept moment in the machine's own time zone."""
    return local(stamp_text).date()


def utc_day(stamp_text: str) -> date:
    """The day of a kept moment in UTC, as JSON has it."""
    return datetime.fromisoformat(stamp_text).astimezone(UTC).date()


def today(clock: Clock) -> date:
    """The day it is in the machine's own time zone."""
    return clock.now().astimezone().date()


def day_words(day: date) -> str:
    """``2 Mar 2027``."""
    return f"{day.day} {day:%b %Y}"


def local_day_words(stamp_text: str) -> str:
    """The day of a kept moment where the machine stands, in words."""
    return day_words(local_day(stamp_text))


class Ids:
    """UUIDv7 (RFC 9562, 5.7) that sort in the order they were made.

    Within one millisecond, or when the clock steps back, the 12 bits after the time count up, so
    the order in which things were typed survives in the ids alone. ``after``: an id that every
    one made here is to follow, so that the order also survives a clock set back between two
    runs; anything but a UUIDv7 of this or the next century has no say.
    """

    def __init__(self, clock: Clock, newest_id: str = "") -> None:
        self._clock = clock
        self._last = _place(newest_id)

    def __call__(self) -> str:
        """The next id, greater than every one before."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        self._last = max(milliseconds << 12, self._last + 1)
        head, count = self._last >> 12, self._last & 0xFFF
        tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
        bits = head << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | tail
        text = f"{bits:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _place(uuid_text: str) -> int:
    """The milliseconds and the count of a UUIDv7, as Ids counts them; 0 for any other text."""
    if not re.fullmatch(_UUID7, uuid_text):
        return 0
    digits = uuid_text.replace("-", "")
    milliseconds = int(digits[:12], 16)
    return milliseconds << 12 | int(digits[13:16], 16) if milliseconds < _FAR else 0


def as_clock(seconds: float) -> str:
    """``754`` → ``12:34``; minutes go on past sixty. Negative time shows as zero."""
    whole = max(0, int(seconds))
    return f"{whole // 60:02d}:{whole % 60:02d}"
