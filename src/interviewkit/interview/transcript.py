"""The transcript of a recorded interview: an attachment, with whose consent, and who speaks in it.

It is no part of the scorecard: not sealed, not searched, read for no suggestion and no number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.interview.limits import LONGEST_NAME, LONGEST_TRANSCRIPT, MOST_CUES
from interviewkit.interview.people import normalize_name
from interviewkit.interview.record_kinds import tell_kinds_apart

FARTHEST = 24 * 3600  # seconds between the starts of a recording and of its interview


class Cue(NamedTuple):
    """One thing somebody said.

    ``start`` and ``end`` are seconds from the start of the recording, None where the file gives no
    time. ``speaker`` is the name that the file gives, or "". ``line``: where it begins in the file.
    """

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    line: int = 0


class Speaker(StrEnum):
    """Whose voice a name in a transcript is."""

    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"
    SOMEBODY = "somebody"


class Consent(NamedTuple):
    """Who agreed to being recorded, and on which day (``2026-03-02``)."""

    given_by: str
    day: str


class Transcript(NamedTuple):
    """A transcript as it is kept.

    ``speakers``: name in the file → whose voice it is. ``offset`` is set by hand: the start of the
    recording in seconds after that of the interview; None leaves it to the words of the questions.
    """

    interview: str
    file_name: str
    cues: tuple[Cue, ...]
    consent: Consent
    added_by: str
    added_at: str
    speakers: Mapping[str, Speaker] = MappingProxyType({})
    offset: float | None = None

    @property
    def has_times(self) -> bool:
        """Whether any of it has a time."""
        return any(cue.start is not None for cue in self.cues)


class DecidedTranscript(NamedTuple):
    """A transcript of an interview whose role or candidate is decided, and since when."""

    interview: str
    candidate: str
    role: str
    interviewer: str
    decided_at: str


def checked_consent(given_by: str, day: str, today: date) -> Consent:
    """The consent without which nothing is kept.

    BlockedError where a name or a day is missing; InterviewKitError for a day that is none or is
    still to come.
    """
    name = " ".join(given_by.split())
    if not name or not day.strip():
        raise BlockedError(
            "A transcript is kept only with consent: who agreed to the recording, and when.",
            "Give both: --consent-by NAME --consent-day DATE, or the two fields of the form. "
            "Nothing was added.",
        )
    if len(name) > LONGEST_NAME:
        raise InterviewKitError(
            f"The name of who agreed has {len(name)} characters; at most {LONGEST_NAME} are kept.",
            "Shorten it.",
        )
    try:
        agreed = date.fromisoformat(day.strip())
    except ValueError as error:
        raise InterviewKitError(
            f"{day!r} is no day on which somebody agreed.",
            "Write year, month and day, such as 2026-03-02.",
        ) from error
    if agreed > today:
        raise InterviewKitError(
            f"{agreed} is still to come, so nobody has agreed on it.",
            "Give the day on which they agreed.",
        )
    return Consent(name, agreed.isoformat())


def refuse_long_transcript(cues: Sequence[Cue]) -> None:
    """InterviewKitError for more than a day of talk, which is no interview."""
    characters = sum(len(cue.text) for cue in cues)
    if len(cues) > MOST_CUES or characters > LONGEST_TRANSCRIPT:
        raise InterviewKitError(
            f"The transcript has {len(cues):,} lines and {characters:,} characters; at most "
            f"{MOST_CUES:,} and {LONGEST_TRANSCRIPT:,} are kept.",
            "Check that it is the transcript of one interview.",
        )


def guess_speakers(cues: Sequence[Cue], candidate: str, interviewer: str) -> dict[str, Speaker]:
    """Whose voice each name is, where it is the name of one of the two."""
    known = {candidate: Speaker.CANDIDATE, interviewer: Speaker.INTERVIEWER}
    guesses = {}
    for speaker in speaker_names(cues):
        name = normalize_name(speaker.partition("(")[0])
        voices = {voice for full, voice in known.items() if name == normalize_name(full)}
        if len(voices) == 1:
            guesses[speaker] = voices.pop()
    return guesses


def speaker_names(cues: Sequence[Cue]) -> list[str]:
    """The names that speak, in the order in which they first do."""
    return list(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))


def next_voice(voice: Speaker | None) -> Speaker:
    """The voice that comes after another in the round: candidate, interviewer, somebody."""
    voices = list(Speaker)
    return voices[0] if voice is None else voices[(voices.index(voice) + 1) % len(voices)]


tell_kinds_apart(globals())
