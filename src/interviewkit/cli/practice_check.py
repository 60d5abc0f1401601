"""``interviewkit practice check``: what is wrong with practice files, and what could be better."""

from pathlib import Path

import click

from interviewkit.cli.findings import check_files, is_id, own_or_shipped_files, yaml_files
from interviewkit.cli.output import AS_JSON


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@AS_JSON
def check_practice(paths: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Check practice files, or every one in a folder; without PATH, your own.

    PATH may be the id of a practice file, too. As long as you have none of your own, those that
    come with interviewkit are checked.

    Exits with 1 if there is an error, with --strict also for a warning; never for advice.
    """
    from interviewkit.practice.check import check_script
    from interviewkit.practice.library import own_practice_folder, shipped_practice_folder
    from interviewkit.practice.reader import read_practice

    noun = "practice file"
    files = [file for path in paths for file in _files(path)]
    if not paths:
        own, shipped = own_practice_folder(), shipped_practice_folder()
        files = own_or_shipped_files("practice", own, shipped, noun)
    check_files(
        files,
        lambda file: check_script(read_practice(file)),
        noun,
        strict=strict,
        as_json=as_json,
    )


def _files(path: Path) -> list[Path]:
    """The files of a folder, the file itself, or that of the candidate with this id."""
    from interviewkit.practice.library import find_practice

    if is_id(path):
        return [find_practice(path.name).path]
    return [path] if path.suffix in (".yaml", ".yml") else yaml_files(path, "practice file")
