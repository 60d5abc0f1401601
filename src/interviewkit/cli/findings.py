"""What checks of files find: every finding with its line, then how many there are of each level."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from interviewkit.cli.ansi import BY_LEVEL
from interviewkit.cli.output import Styled, echo, echo_text, print_json
from interviewkit.errors import FaultyFileError, Finding, InterviewKitError

FIELDS = ("path", "line", "column", "code", "message", "level", "suggestion")
LEVELS = ("error", "warning", "advice")


def check_files(
    files: Sequence[Path],
    check: Callable[[Path], Iterable[Finding]],
    noun: str,
    *,
    strict: bool,
    as_json: bool,
    notes: Iterable[str] = (),
) -> None:
    """Print what ``check`` finds in each file; ``noun`` is what a file is, ``notes`` go to stderr.

    Exits with 1 where a file could not be read or an error was found, with ``strict`` also for a
    warning.
    """
    findings: list[Finding] = []
    unread: list[InterviewKitError] = []
    for file in files:
        try:
            findings += check(file)
        except FaultyFileError as error:
            findings += error.findings
        except InterviewKitError as error:
            unread.append(error)
    if as_json:
        print_json([{name: getattr(finding, name) for name in FIELDS} for finding in findings])
    else:
        for finding in findings:
            echo(*_finding_pieces(finding))
    for fault in unread:
        echo_text(str(fault), err=True)
    for note in notes:
        echo(note, err=True)
    if len(files) > len(unread):
        echo(_summarize_findings(len(files) - len(unread), noun, findings), err=True)
    failing = LEVELS[: 2 if strict else 1]
    if unread or any(finding.level in failing for finding in findings):
        sys.exit(1)


def _finding_pieces(finding: Finding) -> tuple[object, ...]:
    """A finding in pieces of one line, its code in the colour of its level."""
    level = "" if finding.level == "error" else f"{finding.level}: "
    code = Styled(finding.code, BY_LEVEL[finding.level])
    suggestion = f"; for example: “{finding.suggestion}”" if finding.suggestion else ""
    where = f"{finding.path}:{finding.line}:{finding.column} "
    return (where, code, f" {level}{finding.message}{suggestion}")


def _summarize_findings(checked: int, noun: str, findings: Iterable[Finding]) -> str:
    """``2 banks checked: 1 error and 3 advice.``; ``noun`` is what was checked."""
    from interviewkit.banks.lint.rules import join_names, plural

    counts = Counter(finding.level for finding in findings)
    parts = [
        plural(counts[level], level) if level != "advice" else f"{counts[level]} advice"
        for level in LEVELS
        if counts[level]
    ]
    return f"{plural(checked, noun)} checked: {join_names(parts) if parts else 'clean'}."
