"""How commands print rows: aligned for people, JSON for programs."""

import json
from collections.abc import Sequence

import click

from interviewkit.export.sanitize import columns, one_line

AS_JSON = click.option("--json", "as_json", is_flag=True, help="The same as JSON on stdout.")


def print_json(value: object) -> None:
    """As bytes: JSON is UTF-8 whatever the terminal's encoding is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2).encode())


def print_rows(rows: Sequence[Sequence[str]], *, err: bool = False) -> None:
    """Columns as wide as their widest text; what people typed cannot act on the terminal."""
    safe = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(columns, cells)) for cells in zip(*safe, strict=True)]
    for row in safe:
        padded = [
            cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(padded).rstrip(), err=err)


def counted(count: int, noun: str) -> str:
    """``1 scorecard``, ``2 scorecards``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
