"""Transcripts as people have them: WebVTT, SubRip, or plain text without times."""

from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import decode_text, read_bytes
from interviewkit.intake.transcript_cues import count_timings, has_timing, read_cues
from interviewkit.intake.transcript_speakers import split_speakers
from interviewkit.interview.transcript import Cue, refuse_long_transcript

_OTHER_KINDS = frozenset({".docx", ".doc", ".pdf", ".rtf", ".odt", ".json", ".html", ".xlsx"})


class TranscriptFile(NamedTuple):
    """The cues of a file, and what in it was at fault: each fault with its line."""

    cues: tuple[Cue, ...]
    faults: tuple[str, ...]


def read_transcript(path: Path) -> TranscriptFile:
    """All that is said in a file; InterviewKitError when it cannot be read or holds nothing.

    Nothing is dropped: the words of a cue that is at fault are kept without its times.
    """
    if path.suffix.lower() in _OTHER_KINDS:
        raise InterviewKitError(
            f"{path} is a file of the kind {path.suffix.lower()}, which is not read.",
            "Export the transcript as .vtt or .srt, or save it as plain text.",
        )
    content = read_bytes(path)
    if content.startswith((b"PK\x03\x04", b"%PDF")) or b"\0\0\0" in content[:1000]:
        raise InterviewKitError(
            f"{path} is no text, whatever its name says.",
            "Transcripts are read from .vtt, .srt and plain text.",
        )
    file = transcript_of_text(decode_text(content))
    if not file.cues:
        raise InterviewKitError(
            f"{path} holds nothing that anybody says.", "Check that it is the file you mean."
        )
    refuse_long_transcript(file.cues)
    return file


def transcript_of_text(text: str) -> TranscriptFile:
    """The same of a text that is at hand."""
    lines = text.removeprefix("\ufeff").split("\n")
    if has_timing(lines):
        cues, faults = read_cues(lines)
    else:
        cues = [
            Cue(" ".join(line.split()), line=at) for at, line in enumerate(lines, 1) if line.strip()
        ]
        faults = []
    return TranscriptFile(tuple(split_speakers(cues)), tuple(faults))


def looks_like_transcript(lines: list[str]) -> bool:
    """Whether pasted lines are a transcript with times rather than notes."""
    return len(lines) > 3 and count_timings(lines) > 1
