"""What can go wrong and what to do about it.

Owns the one exception family that commands and screens show to a person. Anything else that
escapes is a defect of the program, not of its input.
"""

from collections.abc import Iterable
from typing import NamedTuple

from interviewkit.plurals import count_noun


class InterviewKitError(Exception):
    """A failure a person can act on: ``message`` says what and where, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class NotFoundError(InterviewKitError):
    """A name that the user gave and that nothing here bears."""


class AmbiguousNameError(InterviewKitError):
    """A name that several records bear; the message lists whom it could mean."""


def unknown_name(
    kind: str, name: str, known_names: Iterable[str], scope: str = ""
) -> NotFoundError:
    """The error for a name that does not exist, with the nearest that does."""
    names = list(known_names)
    from difflib import get_close_matches  # only where something is misspelt

    matches = get_close_matches(name, names, n=1)
    hint = f"Did you mean {matches[0]}? " if matches else ""
    choices = f"There is: {', '.join(names)}." if names else f"There is no {kind} yet."
    scope_text = f" in {scope}" if scope else ""
    return NotFoundError(f"There is no {kind} called {name!r}{scope_text}.", f"{hint}{choices}")


class StorageError(InterviewKitError):
    """The database could not be opened, read or written; what was committed before is safe."""


class BlockedError(InterviewKitError):
    """A change that the rules of the record refuse, such as a rating on a sealed scorecard."""


class LegalHoldError(BlockedError):
    """A candidate cannot be erased while one of their roles is under a legal hold."""


class ChangedMeanwhileError(BlockedError):
    """An interview is no longer what was looked at; the hint has a line for each change."""


class ChangedOnDiskError(InterviewKitError):
    """A file is no longer what it was when it was opened; nothing has been written over it."""


class TerminalError(InterviewKitError):
    """The terminal cannot show the application."""


class RefusedImportError(InterviewKitError):
    """A file offered for import was refused whole; the database is as it was."""


class MissingRecordError(RefusedImportError):
    """Something offered refers to what is neither offered with it nor in the records."""


class Finding(NamedTuple):
    """What is to be fixed in a bank file, and where. ``line`` and ``column`` count from 1.

    ``code`` is stable. ``level`` is "error" for a bank that cannot be used or would do harm,
    "warning" for what a candidate would stumble over, "advice" for what could be better.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    level: str = "error"
    suggestion: str = ""  # another wording, where there is an obvious one

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.code} {self.message}"


class FaultyFileError(InterviewKitError):
    """A file that cannot be used, with every problem found in it, in the order of the file."""

    kind = "file"

    def __init__(self, path: str, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: (finding.line, finding.column)))
        super().__init__(
            f"{path}: {count_noun(len(self.findings), 'problem')}, so the {self.kind} is not used.",
            "\n".join(str(finding) for finding in self.findings),
        )


class BankError(FaultyFileError):
    """A bank that cannot be used."""

    kind = "bank"


class PracticeError(FaultyFileError):
    """A practice file that cannot be used."""

    kind = "practice file"
