"""Which files a check reads, and what it finds in them: each finding with its line, and counts."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from interviewkit.banks.ids import LONGEST_ID
from interviewkit.cli.ansi import BY_LEVEL
from interviewkit.cli.output import Styled, echo, echo_text, print_json
from interviewkit.errors import FaultyFileError, Finding, InterviewKitError
from interviewkit.plurals import count_noun
from interviewkit.settings import named_path

FIELDS = ("path", "line", "column", "code", "message", "level", "suggestion")
LEVELS = ("error", "warning", "advice")


def is_id(path: Path) -> bool:
    """Whether an argument names nothing that is there and can be an id, which has no dot."""
    can_be_id = path.name == str(path) and "." not in path.name and len(path.name) <= LONGEST_ID
    return can_be_id and not os.path.lexists(path)


def yaml_files(folder: Path, noun: str) -> list[Path]:
    """The YAML files of a folder, each a ``noun``; InterviewKitError where there is none."""
    is_folder = os.path.isdir(folder)  # noqa: PTH112 - false, not an error, for a name too long
    if is_folder and (files := sorted(folder.glob("*.y*ml"))):
        return files
    raise InterviewKitError(f"There is no {noun} in {folder}.", f"A {noun} is a file named *.yaml.")


def own_or_shipped_files(setting: str, own: Path, shipped: Path, noun: str) -> list[Path]:
    """The user's own files; the shipped ones, and a word about it, as long as there is none.

    InterviewKitError where the folder that ``setting`` names holds none: that is a slip.
    """
    if named_path(setting) or any(own.glob("*.y*ml")):
        return yaml_files(own, noun)
    echo(f"You have no {noun} in {own} yet: these come with interviewkit.", err=True)
    return yaml_files(shipped, noun)


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
    from interviewkit.banks.lint.rules import join_names

    counts = Counter(finding.level for finding in findings)
    parts = [
        count_noun(counts[level], level) if level != "advice" else f"{counts[level]} advice"
        for level in LEVELS
        if counts[level]
    ]
    return f"{count_noun(checked, noun)} checked: {join_names(parts) if parts else 'clean'}."
