"""``interviewkit practice check``: what is wrong with practice files, and what could be better."""

import os
from pathlib import Path

import click

from interviewkit.cli.findings import check_files
from interviewkit.cli.output import AS_JSON
from interviewkit.errors import InterviewKitError


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
    check_files(
        files,
        lambda file: check_script(read_practice(file)),
        "practice file",
        strict=strict,
        as_json=as_json,
    )


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
