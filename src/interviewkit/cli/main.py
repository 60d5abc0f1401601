"""The command group: global options, commands loaded when they are called, errors as sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ENOSPC, EPIPE
from typing import Any

import click

from interviewkit import __version__
from interviewkit.breadcrumbs import add_breadcrumb
from interviewkit.cli.ansi import wish
from interviewkit.cli.lazy_group import Context, LazyGroup, anywhere_options
from interviewkit.errors import InterviewKitError

COMMANDS = {
    "interview": ("interview", "interview", "Start a live interview, or resume it."),
    "demo": ("demo", "demo", "Open a throwaway database with a realistic hiring round."),
    "bank": ("bank.group", "bank", "List, show, check and try question banks."),
    "practice": ("practice", "practice", "Rehearse with scripted candidates."),
    "guide": ("guide", "guide", "Write a printable interview guide."),
    "compare": ("compare", "compare", "Compare the candidates of a role."),
    "calibration": (
        "calibration",
        "calibration",
        "Let interviewers rate the same written answers.",
    ),
    "feedback": ("feedback", "feedback", "Show how you interview, for you alone."),
    "fairness": ("fairness", "fairness", "Compare selection rates by group, from counts alone."),
    "candidate": (
        "candidate",
        "candidate",
        "List candidates; show, export or erase what is kept of them.",
    ),
    "role": ("role", "role", "Set a role's owner, visibility and retention."),
    "people": (
        "people",
        "people",
        "List and rename interviewers; say who you are.",
    ),
    "team": ("team", "team", "Share roles with other interviewers through a synced folder."),
    "plan": ("plan", "plan", "Plan who interviews which candidate."),
    "transcript": (
        "transcript",
        "transcript",
        "Keep transcripts of recorded interviews beside the notes.",
    ),
    "search": ("search", "search", "Find words in notes, questions and summaries."),
    "records": ("records", "records", "Export and import scorecards as JSON Lines."),
    "hub": ("hub", "hub", "Share roles by a PostgreSQL server, for organisations."),
    "data": ("data", "data", "Check, back up, restore, encrypt and purge the records."),
    "settings": (
        "settings",
        "settings",
        "Show the settings; write a settings file.",
    ),
    "completion": (
        "completion_script",
        "completion",
        "Let your shell complete commands and names.",
    ),
}


INTERRUPTED = 130  # as shells count it: 128 and the number of the signal


class _Main(LazyGroup):
    """The first group: it alone turns errors into sentences."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.color = wish()  # before --help is answered, which happens while parsing
        return super().parse_args(ctx, args)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _errors_as_sentences():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        add_breadcrumb(f"command {_command(ctx)}")
        with _errors_as_sentences():
            return super().invoke(ctx)


@contextmanager
def _errors_as_sentences() -> Iterator[None]:
    try:
        with _visible_usage():
            yield
    except InterviewKitError as error:
        from interviewkit.crash_report import error_places

        add_breadcrumb(f"stopped by\n{error_places(error)}")
        _say(error.message, error.hint)
        raise SystemExit(1) from error
    except (KeyboardInterrupt, click.Abort) as error:
        click.echo(err=True)  # behind the ^C, or the prompt that was left
        if isinstance(error.__context__, EOFError):  # a prompt that nobody answers
            raise click.Abort from error
        _say("", "Interrupted.")
        raise SystemExit(INTERRUPTED) from error
    except OSError as error:
        if _is_reader_gone(error):
            _drop_output()
            sys.stderr.close()
            raise SystemExit(0) from None
        if error.errno != ENOSPC:
            raise
        full = "The output cannot be written: the disk is full."
        _say(full, "Free some space, or write it elsewhere.")
        _drop_output()
        raise SystemExit(1) from error


def _is_reader_gone(error: OSError) -> bool:
    """Whether the reader of our output went away, as `head` does; that is no failure of ours.

    Windows calls it an invalid argument, as it does a bad name of a file, which it then names.
    """
    if sys.platform == "win32":
        return error.errno in (EPIPE, EINVAL) and error.filename is None
    return error.errno == EPIPE


@contextmanager
def _visible_usage() -> Iterator[None]:
    """What click says of a command written wrongly quotes it, whatever stands in it."""
    try:
        yield
    except click.ClickException as error:
        from interviewkit.visible_text import visible

        vars(error)["message"] = visible(error.message)
        raise


def _say(message: str, hint: str = "") -> None:
    from interviewkit.cli.output import echo_text  # help and Tab do without

    if message:
        echo_text(message, colour="red", err=True)
    if hint:
        echo_text(hint, err=True)


def _drop_output() -> None:
    """What is left in the buffer would be tried again, and fail again, at the end of Python."""
    with suppress(OSError):
        sys.stdout.close()


def _command(ctx: click.Context) -> str:
    """The names of the command that is called, and nothing of what stands among or behind them."""
    names: list[str] = []
    command: click.Command = ctx.command
    for arg in (*ctx._protected_args, *ctx.args):
        inner = command.get_command(ctx, arg) if isinstance(command, click.Group) else None
        if inner is not None:  # else an option, its value, or what the command is to work on
            names.append(arg)
            command = inner
    return " ".join(names) or "the application"


@click.group(
    cls=_Main,
    commands_at=COMMANDS,
    params=anywhere_options(hidden=False),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Structured behavioral interviews of sales talent, from the keyboard.

    Without a command it opens the application. There n begins an interview, t
    a rehearsal; F1 shows help and all keys, on this and every other screen.

    \b
    First steps:
      interviewkit practice start     rehearse; nothing is recorded
      interviewkit bank list          the questions there are
      interviewkit interview --help   begin an interview by one command
      interviewkit compare --help     compare candidates, write the workbook
      interviewkit bank new mine      a bank of your own
      interviewkit records --help     from one computer to another
      interviewkit team --help        a panel on several computers

    \b
    Exits with 0 on success, 1 when it found a fault or failed, 2 on a
    usage error, 130 when interrupted with Ctrl+C.
    Data goes to standard output, messages to standard error.
    """
    if isinstance(ctx.obj, BaseException):  # what ended the application where it was opened at once
        raise ctx.obj
    if ctx.invoked_subcommand is None:
        from interviewkit.cli.run_app import open_app

        open_app(ctx.obj)
