"""``interviewkit bank check``: what is wrong with bank files, and what could be better."""

import os
from pathlib import Path

import click

from interviewkit.banks.autosave import is_waiting
from interviewkit.banks.library import find_bank, shipped_folder, users_folder
from interviewkit.cli.completers import complete_bank_id_or_file
from interviewkit.cli.findings import check_files, is_id, own_or_shipped_files, yaml_files
from interviewkit.cli.output import AS_JSON


class _Codes(click.ParamType[frozenset[str]]):
    """Codes of the linter with commas between."""

    name = "codes"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[str]:
        """The codes; a usage error names the nearest of one there is not."""
        from interviewkit.banks.lint import READING, RULES
        from interviewkit.banks.validation import nearest

        codes = frozenset(code.strip() for code in str(value).split(",") if code.strip())
        for code in sorted(codes):
            if code in READING:
                self.fail(
                    f"{code} is a fault of the file itself and is always reported", param, ctx
                )
            if code not in RULES:
                self.fail(f"there is no code {code}{nearest(code, RULES)}", param, ctx)
        if not codes:
            self.fail(f"name at least one code, such as {next(iter(RULES))}", param, ctx)
        return codes


@click.command("check")
@click.argument(
    "paths",
    metavar="[PATH]...",
    nargs=-1,
    type=click.Path(path_type=Path),
    shell_complete=complete_bank_id_or_file,
)
@click.option("--select", type=_Codes(), help="Report only these codes, separated by commas.")
@click.option("--ignore", type=_Codes(), help="Do not report these codes, separated by commas.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@AS_JSON
def check_banks(
    paths: tuple[Path, ...],
    select: frozenset[str] | None,
    ignore: frozenset[str] | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Check bank files, or every bank in a folder; without PATH, your own banks.

    PATH may be the id of a bank, too. As long as you have no banks of your own, those that come
    with interviewkit are checked.

    Exits with 1 if there is an error, with --strict also for a warning; never for advice.
    """
    from interviewkit.banks.lint import RULES
    from interviewkit.banks.lint.checked_files import CheckedFiles

    files = [file for path in paths for file in _files(path)]
    if not paths:
        files = own_or_shipped_files("banks", users_folder(), shipped_folder(), "bank")
    codes = (select or frozenset(RULES)) - (ignore or frozenset())
    waiting = (
        f"{file} was checked without changes that the workshop has not saved."
        for file in files
        if is_waiting(file)
    )
    with CheckedFiles() as checked:
        check_files(
            files,
            lambda file: [finding for finding in checked.findings(file) if finding.code in codes],
            "bank",
            strict=strict,
            as_json=as_json,
            notes=waiting,
        )


def _files(path: Path) -> list[Path]:
    """The files of a folder, the file itself, or that of the bank with this id."""
    if os.path.isdir(path):  # noqa: PTH112 - false, not an error, for a name too long
        return yaml_files(path, "bank")
    return [find_bank(path.name).path if is_id(path) else path]
