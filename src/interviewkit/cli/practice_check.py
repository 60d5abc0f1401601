"""``interviewkit practice check``: what is wrong with practice files, and what could be better."""

import os
import sys
from pathlib import Path

import click

from interviewkit.cli.bank.check import FIELDS, LEVELS, finding_pieces, summarize_findings
from interviewkit.cli.output import AS_JSON, echo, echo_text, print_json
from interviewkit.errors import Finding, InterviewKitError, PracticeError


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@AS_JSON
def check_practice(paths: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Check practice files, or every one in a folder; without PATH, your own.

    Exits with 1 if there is an error, with --strict also for a warning; never for advice.
    """
    from interviewkit.practice.check import check_script
    from interviewkit.practice.library import own_practice_folder
    from interviewkit.practice.reader import read_practice

    files = [file for path in paths or (own_practice_folder(),) for file in _files(path)]
    findings: list[Finding] = []
    unread: list[InterviewKitError] = []
    for file in files:
        try:
            findings += check_script(read_practice(file))
        except PracticeError as error:
            findings += error.findings
        except InterviewKitError as error:
            unread.append(error)
    if as_json:
        print_json([{name: getattr(finding, name) for name in FIELDS} for finding in findings])
    else:
        for finding in findings:
            echo(*finding_pieces(finding))
    for fault in unread:
        echo_text(str(fault), err=True)
    if len(files) > len(unread):
        echo(summarize_findings(len(files) - len(unread), "practice file", findings), err=True)
    failing = LEVELS[: 2 if strict else 1]
    if unread or any(finding.level in failing for finding in findings):
        sys.exit(1)


def _files(path: Path) -> list[Path]:
    if os.path.isdir(path):  # noqa: PTH112 - false, not an error, for a name too long
        files = sorted(path.glob("*.y*ml"))
    elif path.suffix in (".yaml", ".yml"):
        return [path]
    else:
        files = []
    if not files:
        raise InterviewKitError(
            f"There is no practice file in {path}.", "A practice file is a file named *.yaml."
        )
    return files
