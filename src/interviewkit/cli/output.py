"""The only way to print: lines, text, rows aligned for people, JSON for programs.

Whatever was typed by somebody, or came in from elsewhere, is filtered here: no character of it
acts on the terminal. The only control sequences that leave a command are this module's own.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from interviewkit.export.sanitize import columns
from interviewkit.visible_text import escaped_json, json_text, visible, visible_line

AS_JSON = click.option("--json", "as_json", is_flag=True, help="The same as JSON on stdout.")


class Styled(NamedTuple):
    """A part of a line that is set off; ``colour`` is one of click's names."""

    text: str
    colour: str | None = None
    bold: bool | None = None


def echo(*pieces: object, err: bool = False, nl: bool = True) -> None:
    """One line, of pieces without blanks between; a line end within it is shown as a sign."""
    click.echo("".join(map(_piece_text, pieces)), err=err, nl=nl)


def echo_text(text: str, *, colour: str | None = None, err: bool = False, nl: bool = True) -> None:
    """Text of as many lines as it has."""
    click.secho(visible(text), fg=colour, err=err, nl=nl)


def echo_over(text: str, *, is_last: bool) -> None:
    """A line on stderr that takes the place of the one before it, as a count does."""
    click.echo(f"\r{visible_line(text)}", nl=is_last, err=True)


def ask(question: str, default: str | None = None) -> str:
    """An answer typed in the terminal; the question goes to stderr."""
    return click.prompt(visible_line(question), default=default, err=True)


def ask_secret(question: str, *, again: str = "") -> str:
    """An answer that is not shown while it is typed, and typed twice where ``again`` asks so."""
    if again:
        return click.prompt(visible_line(question), None, True, again, err=True)
    return click.prompt(visible_line(question), "", True, show_default=False, err=True)


def ask_number(question: str, highest: int) -> int:
    """A number from 0, which is the default, to ``highest``."""
    answer: int = click.prompt(
        visible_line(question), type=click.IntRange(0, highest), default=0, err=True
    )
    return answer


def ask_choice(question: str, choices: Sequence[str]) -> str:
    """One of ``choices``; asked again until it is one of them."""
    choice: str = click.prompt(visible_line(question), type=click.Choice(choices), err=True)
    return choice


def is_confirmed(question: str, *, default: bool = False) -> bool:
    """Whether the user answers yes."""
    return click.confirm(visible_line(question), default=default, err=True)


def print_json(value: object) -> None:
    """As bytes: JSON is UTF-8 whatever the terminal's encoding is."""
    click.echo(json_text(value).encode())


def print_json_text(text: str, *, nl: bool = True) -> None:
    """Finished JSON, or a piece of it."""
    click.echo(escaped_json(text).encode(), nl=nl)


def print_csv(text: str) -> None:
    """Finished CSV, whose cells hold nothing that acts.

    With the mark of UTF-8, or Excel shows accents as other letters.
    """
    click.echo(visible(text).encode("utf-8-sig"), nl=False)


def print_rows(rows: Sequence[Sequence[str]], *, err: bool = False) -> None:
    """Columns as wide as their widest text."""
    safe = [[visible_line(cell) for cell in row] for row in rows]
    widths = [max(map(columns, cells)) for cells in zip(*safe, strict=True)]
    for row in safe:
        padded = [
            cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(padded).rstrip(), err=err)


def say_leftovers(paths: Iterable[Path]) -> None:
    """Files that a kill may have left, which nobody but the user can tell from one under way."""
    for path in paths:
        echo(
            f"{path} may hold a copy of records that was cut off. If no interviewkit is writing "
            "it, delete it.",
            err=True,
        )


def _piece_text(piece: object) -> str:
    if isinstance(piece, Styled):
        return click.style(visible_line(piece.text), fg=piece.colour, bold=piece.bold)
    return visible_line(str(piece))
