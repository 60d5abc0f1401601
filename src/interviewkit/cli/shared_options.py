"""Options that several commands have, so that they are the same in each."""

from collections.abc import Callable
from typing import Any

import click

from interviewkit.cli.completers import complete_interviewer

Command = Callable[..., Any]


def interviewer_option(
    purpose: str = "View as this interviewer (default: you).",
) -> Callable[[Command], Command]:
    """``--interviewer NAME``; None where it is not given."""
    return click.option(
        "--interviewer", metavar="NAME", shell_complete=complete_interviewer, help=purpose
    )


def join_options(command: Command) -> Command:
    """``--same`` and ``--apart``: who in the files of an import is who in the records."""
    command = click.option(
        "--apart",
        is_flag=True,
        help="Treat everybody else with a known name as a different person.",
    )(command)
    return click.option(
        "--same",
        nargs=2,
        multiple=True,
        metavar="A B",
        help="Treat A in the files as B in the records, each an id, reference or name; can be "
        "repeated.",
    )(command)
