"""Colour on the command line: only in a terminal that wants it, and never the only signal."""

import os
from collections.abc import Iterable

import click

BY_LEVEL = {"error": "red", "warning": "yellow", "advice": "cyan"}


def wish() -> bool | None:
    """Whether the environment asks for colour or against it; None leaves it to the terminal.

    NO_COLOR (no-color.org) and TERM=dumb stand above FORCE_COLOR and CLICOLOR_FORCE.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    forced = (os.environ.get(name, "") for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    return True if any(value not in {"", "0"} for value in forced) else None


class Formatter(click.HelpFormatter):
    """Help with its headings and its terms set off; without the colour it is the same text."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how a command is written."""
        super().write_usage(prog, args, prefix or click.style("Usage:", bold=True) + " ")

    def write_heading(self, heading: str) -> None:
        """A heading of a section."""
        super().write_heading(click.style(heading, bold=True))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options or commands, each with what it does."""
        styled = [(click.style(term, fg="cyan"), description) for term, description in rows]
        super().write_dl(styled, col_max, col_spacing)
