"""``interviewkit compare``: the candidates for a role, side by side."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.opening import open_store, whoever

if TYPE_CHECKING:
    from interviewkit.comparison.comparing import Comparison


@click.command()
@click.argument("role")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="CSV on stdout: a row a candidate and competency."
)
@click.option(
    "--xlsx", "workbook", type=click.Path(path_type=Path), metavar="FILE", help="An Excel workbook."
)
@click.option(
    "--interviewer", metavar="NAME", help="Who is looking, when it is not you at this computer."
)
@click.pass_context
def compare(
    ctx: click.Context,
    role: str,
    *,
    as_json: bool,
    as_csv: bool,
    workbook: Path | None,
    interviewer: str | None,
) -> None:
    """Compare the candidates for ROLE over all submitted scorecards.

    Candidates whom you are still interviewing are withheld until you have submitted your own
    scorecard.
    """
    if as_json + as_csv + (workbook is not None) > 1:
        raise click.UsageError("Choose one of --json, --csv and --xlsx.")
    viewer = interviewer or whoever()
    with open_store(ctx, only_existing=True) as store:
        found = store.role(role)
        comparison = store.comparison(found, viewer)
        if not comparison.candidates and not comparison.withheld:
            click.echo(f"No scorecard has been submitted for {found.title} yet.", err=True)
        if workbook:
            from interviewkit.tui.workbook_of_role import write_role

            counts = write_role(store, found, viewer, workbook)
            click.echo(f"Wrote {workbook}: {counts}.", err=True)
        elif as_json:
            _print_json(comparison)
        elif as_csv:
            _print_csv(comparison)
        elif comparison.candidates or comparison.withheld:
            from interviewkit.export.plain import as_text

            click.echo(as_text(comparison, shutil.get_terminal_size().columns), nl=False)


def _print_json(comparison: "Comparison") -> None:
    from interviewkit.export.data import as_json

    # Bytes: JSON is UTF-8 whatever the terminal's encoding is.
    sys.stdout.buffer.writelines(piece.encode() for piece in as_json(comparison))


def _print_csv(comparison: "Comparison") -> None:
    """What has no place in the rows is said on stderr."""
    from interviewkit.export.data import as_csv
    from interviewkit.export.plain import WITHHELD, scorecards
    from interviewkit.export.safe import one_line

    click.echo(as_csv(comparison).encode(), nl=False)
    for item in comparison.withheld:
        said = f"{item.name}: {scorecards(item.scorecards)} in, {WITHHELD}."
        click.echo(one_line(said), err=True)
    for warning in comparison.warnings:
        click.echo(one_line(warning), err=True)
