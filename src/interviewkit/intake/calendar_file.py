"""Calendar invitations (.ics) as appointments: who, when, and which state of the invitation it is.

Time zones are those of the file, of the IANA names, or Windows' own; a time without any is local.
A series counts once, by its first date.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import clean_line, decode_text, read_bytes
from interviewkit.interview.clock import stamp

if TYPE_CHECKING:
    from icalendar.cal.component import Component
    from icalendar.prop import vCalAddress

_LAST_SEQUENCE = 2**31 - 1  # the largest integer of the format


class Attendee(NamedTuple):
    """A person invited; ``email`` in lower case, ``name`` made of it where none is given."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.email.rpartition("@")[2]


class Invitation(NamedTuple):
    """One invitation. ``starts_at`` is "" where the file gives a whole day or no time."""

    location: str
    uid: str
    sequence: int
    summary: str
    starts_at: str
    organizer: Attendee | None
    attendees: tuple[Attendee, ...]
    is_cancelled: bool
    is_series: bool


def read_invitations(path: Path) -> list[Invitation]:
    """The invitations in a file, of each UID the latest state; InterviewKitError for none."""
    from icalendar import Calendar

    text = decode_text(read_bytes(path))
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        invitations = [
            _invitation(f"{path}, event {index}", event, str(calendar.get("METHOD", "")))
            for calendar in calendars
            for index, event in enumerate(calendar.walk("VEVENT"), 1)
        ]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError) as error:
        raise InterviewKitError(
            f"{path} is no calendar that can be read.", "Save the invitation as .ics once more."
        ) from error
    latest: dict[str, Invitation] = {}
    for invitation in invitations:
        newest = latest.get(invitation.uid)
        if newest is None or invitation.sequence >= newest.sequence:
            latest[invitation.uid] = invitation
    if not latest:
        raise InterviewKitError(f"{path} holds no appointment.", "Name an .ics file with events.")
    return list(latest.values())


def _invitation(location: str, event: "Component", method: str) -> Invitation:
    uid = clean_line(str(event.get("UID", "")))
    if not uid:
        raise InterviewKitError(f"{location}: it has no UID.", "Nothing was planned of this file.")
    cancelled = "CANCEL" in (method.upper()[:6], str(event.get("STATUS", "")).upper()[:6])
    organizer = event.get("ORGANIZER")
    return Invitation(
        location,
        uid[:500],
        min(int(event.get("SEQUENCE", 0)), _LAST_SEQUENCE),
        clean_line(str(event.get("SUMMARY", ""))),
        _start(event),
        None if organizer is None else _attendee(organizer),
        tuple(_people(event)),
        cancelled,
        "RRULE" in event or "RDATE" in event,
    )


def _start(event: "Component") -> str:
    start = event.get("DTSTART")
    moment = None if start is None else start.dt
    return stamp(moment) if isinstance(moment, datetime) else ""


def _people(event: "Component") -> Iterator[Attendee]:
    """The people invited, without rooms and equipment."""
    listed = event.get("ATTENDEE", [])
    for address in listed if isinstance(listed, list) else [listed]:
        kind = str(address.params.get("CUTYPE", "INDIVIDUAL")).upper()
        if kind in ("INDIVIDUAL", "UNKNOWN"):
            yield _attendee(address)


def _attendee(address: "vCalAddress") -> Attendee:
    text = str(address)
    lowered = text.lower()
    email = clean_line(lowered.removeprefix("mailto:"))
    name = clean_line(str(address.params.get("CN", ""))).strip("'\"")
    if not name or "@" in name:
        parts = email.partition("@")[0].replace(".", " ").replace("_", " ").split()
        name = " ".join(name_token.capitalize() for name_token in parts)
    return Attendee(name, email)
