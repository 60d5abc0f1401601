"""The note line's grammar: what a typed line means.

Pure. Nothing typed is ever dropped here: a line is a command, a note, or a doubt that leaves the
line where it is and says what it could be. Only a line that *starts* with a sign can be a
command, so a note such as ``5/6 sites`` needs no care, and a leading space or ``\\`` makes any
line a note.
"""

import re
from typing import Literal, NamedTuple

from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.records import Outcome

SIGNS = {"+": Outcome.NEW_DETAIL, "=": Outcome.NOTHING_NEW, "!": Outcome.NO_ANSWER}
ESCAPES = (" ", "\\")
Word = Literal["next", "back", "edit", "end", "undo"]
WORDS: dict[str, Word] = {"n": "next", "b": "back", "e": "edit", "end": "end", "undo": "undo"}
MARK = "*"
# As text, which re keeps compiled from the first use on: the screen is there before a line is.
_ASK = r"\?\s*([0-9]{1,3})\s*\Z"
_OWN = r"(?s)\?\?(?!\?)(.*)\Z"
_RATE = r"/([0-9])\s*\Z"
_GO = r"/q\s*([0-9]{1,3})\s*\Z"
_WORD = r"(?s)/([A-Za-z]+)(?:\s+(.*))?\Z"
AGAIN = "Enter again keeps the line as a note."


class Setting(NamedTuple):
    """What a line is read against. ``numbers``: probes of this question (0 is the re-ask).

    ``is_question`` is false on a page, where there is nothing to probe, rate, mark or skip.
    """

    numbers: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    questions: int = 0
    top: int = 5
    is_question: bool = True
    has_notes: bool = True


class Write(NamedTuple):
    """Keep ``text`` as a note."""

    text: str


class Ask(NamedTuple):
    """Ask the probe with this number."""

    number: int


class AskOwn(NamedTuple):
    """Log a follow-up in the interviewer's own words."""

    text: str


class ReturnTo(NamedTuple):
    """Stand at the probe with this number again, which was asked before."""

    number: int


class NoteOutcome(NamedTuple):
    """Note what the probe asked last, or returned to, has brought."""

    outcome: Outcome


class Mark(NamedTuple):
    """Tie the last note, or the one picked, to the rating; or untie it."""


class Rate(NamedTuple):
    """Rate the answer; None is "not assessed"."""

    rating: int | None


class GoTo(NamedTuple):
    """Go to the question with this number, from 1."""

    number: int


class Skip(NamedTuple):
    """Skip the question; the reason is empty as long as none was given."""

    reason: str


class Do(NamedTuple):
    """A command with nothing behind it."""

    word: Word


class Doubt(NamedTuple):
    """Perhaps a command: ``sentence`` says why it cannot be one as it stands."""

    sentence: str


Command = Write | Ask | AskOwn | ReturnTo | NoteOutcome | Mark | Rate | GoTo | Skip | Do | Doubt


def read_line(line: str, setting: Setting) -> Command | None:
    """What Enter does with ``line``; None for a line of nothing but white space."""
    if not line.strip():
        return None
    if line.startswith(ESCAPES) and line[1:].strip():
        return Write(line[1:])
    if line.startswith("?"):
        return _question_mark(line, setting)
    if line.startswith("/"):
        return _slash(line, setting)
    if line.strip() in SIGNS:
        if not setting.asked:
            return Doubt(f"No probe has been asked here yet, so {line.strip()} has no effect.")
        return NoteOutcome(SIGNS[line.strip()])
    if line.strip() == MARK:
        return _mark(setting)
    return Write(line)


def at_once(line_before: str, line: str, setting: Setting) -> Command | None:
    """The command that a key just completed, where its digit leaves no doubt, else None.

    Only for a digit typed behind a lone sign: a pasted ``/4 weeks late`` never gets here.
    """
    if len(line) != 2 or line_before != line[0] or not line[1].isdecimal():
        return None
    longer = [n for n in setting.numbers if len(str(n)) > 1 and str(n).startswith(line[1])]
    if line[0] == "?" and longer:
        return None
    command = read_line(line, setting)
    return command if isinstance(command, Ask | ReturnTo | Rate) else None


def _mark(setting: Setting) -> Command:
    if not setting.is_question:
        return Doubt("There is no rating here that a note could support.")
    return Mark() if setting.has_notes else Doubt("There is no note here yet to mark.")


def _question_mark(line: str, setting: Setting) -> Command:
    own_match = re.match(_OWN, line)
    if own_match:
        return _own_words(own_match.group(1).strip(), setting)
    match = re.match(_ASK, line)
    if not match:
        if line.strip() == "?":
            return Doubt("A number after ? asks that probe.")
        return Write(line)
    probe_number = int(match.group(1))
    if not setting.is_question:
        return Doubt("There is no question to probe here.")
    if probe_number in setting.asked:
        return ReturnTo(probe_number)
    if probe_number not in setting.numbers:
        range_text = (
            f"probes run from 1 to {max(setting.numbers)}"
            if setting.numbers
            else "this question has none"
        )
        return Doubt(f"No probe {probe_number}; {range_text}.")
    return Ask(probe_number)


def _own_words(text: str, setting: Setting) -> Command:
    if not setting.is_question:
        return Doubt("There is no question here to follow up.")
    if text.isdecimal():
        return Doubt(f"Your follow-up is only a number; ?{text} asks probe {text}.")
    return AskOwn(text) if text else Doubt("Type your follow-up after ??, in your own words.")


def _slash(line: str, setting: Setting) -> Command:
    rated = re.match(_RATE, line)
    if rated:
        return _rating(int(rated.group(1)), setting)
    gone = re.match(_GO, line)
    if gone:
        page_number = int(gone.group(1))
        if 1 <= page_number <= setting.questions:
            return GoTo(page_number)
        return Doubt(f"No question {page_number}; questions run from 1 to {setting.questions}.")
    worded = re.match(_WORD, line)
    if not worded:
        return Doubt("Type a word or a number after /.") if line.strip() == "/" else Write(line)
    command_word, argument = worded.group(1), (worded.group(2) or "").strip()
    if command_word == "skip":
        return (
            Skip(argument) if setting.is_question else Doubt("There is no question to skip here.")
        )
    if command_word == "q":
        return Doubt("/q takes the number of a question, such as /q 3.")
    if command_word in WORDS and not argument:
        return Do(WORDS[command_word])
    if command_word in WORDS:
        return Doubt(f"/{command_word} takes no argument.")
    return Doubt(f"No command /{command_word}.")


def _rating(rating: int, setting: Setting) -> Command:
    if not setting.is_question:
        return Doubt("There is no answer to rate here.")
    if rating > setting.top:
        return Doubt(f"Ratings go from 1 to {setting.top}; /0 is not assessed.")
    return Rate(rating or None)


tell_kinds_apart(globals())
