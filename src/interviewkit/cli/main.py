"""The command group: global options, commands loaded when they are called, errors as sentences."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path
from typing import Any

import click

from interviewkit import __version__
from interviewkit.breadcrumbs import add_breadcrumb, state_folder, write_to_file
from interviewkit.cli.ansi import Formatter, wish
from interviewkit.cli.lazy_group import LazyGroup
from interviewkit.errors import InterviewKitError

COMMANDS = {
    "interview": ("interview", "interview", "Start a live interview, or resume it."),
    "demo": ("demo", "demo", "Open a throwaway database with a realistic hiring round."),
    "bank": ("bank.group", "bank", "List, show, check and try question banks."),
    "guide": ("guide", "guide", "Write a printable interview guide."),
    "compare": ("compare", "compare", "Compare the candidates of a role."),
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
    "plan": ("plan", "plan", "Plan who interviews which candidate."),
    "search": ("search", "search", "Find words in notes, questions and summaries."),
    "records": ("records", "records", "Export and import scorecards as JSON Lines."),
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


VERBOSE = "--verbose"
INTERRUPTED = 130  # as shells count it: 128 and the number of the signal
click.Context.formatter_class = Formatter  # of every command's context, which click makes


class _Main(LazyGroup):
    """Errors become sentences; ``--db`` and ``--verbose`` may stand anywhere in the line."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.color = wish()  # before --help is answered, which happens while parsing
        return super().parse_args(ctx, _verbose_first(_db_first(args)))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _visible_usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        add_breadcrumb(f"command {_command(ctx)}")
        try:
            with _visible_usage():
                return super().invoke(ctx)
        except InterviewKitError as error:
            from interviewkit.crash_report import error_places

            add_breadcrumb(f"stopped by\n{error_places(error)}")
            _say(error.message, error.hint)
            raise SystemExit(1) from error
        except BrokenPipeError:
            # The reader of our output went away, as `head` does; that is no failure of ours.
            sys.stderr.close()
            raise SystemExit(0) from None
        except (KeyboardInterrupt, click.Abort) as error:
            click.echo(err=True)  # behind the ^C, or the prompt that was left
            if isinstance(error.__context__, EOFError):  # a prompt that nobody answers
                raise click.Abort from error
            _say("", "Interrupted.")
            raise SystemExit(INTERRUPTED) from error
        except OSError as error:
            if error.errno != ENOSPC:
                raise
            full = "The output cannot be written: the disk is full."
            _say(full, "Free some space, or write it elsewhere.")
            _drop_output()
            raise SystemExit(1) from error


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


def _db_first(args: Sequence[str]) -> list[str]:
    """Move ``--db PATH`` in front of the command, where the group reads it."""
    args = list(args)
    end = args.index("--") if "--" in args else len(args)
    for index, arg in enumerate(args[:end]):
        width = 2 if arg == "--db" else 1 if arg.startswith("--db=") else 0
        if index + width > len(args):
            return [arg]  # nothing behind it: not even the command may be taken for the path
        if width:
            return args[index : index + width] + args[:index] + args[index + width :]
    return args


def _verbose_first(args: Sequence[str]) -> list[str]:
    """Move ``--verbose`` in front of the command, but leave alone what belongs to ``--db``."""
    args = list(args)
    end = args.index("--") if "--" in args else len(args)
    for index, arg in enumerate(args[:end]):
        if arg == VERBOSE and not (index == 1 and args[0] == "--db"):
            return [arg, *args[:index], *args[index + 1 :]]
    return args


def _command(ctx: click.Context) -> str:
    """The names of the command that is called, and nothing of what stands behind them."""
    names: list[str] = []
    within: click.Command | None = ctx.command
    for arg in (*ctx._protected_args, *ctx.args):
        within = within.get_command(ctx, arg) if isinstance(within, click.Group) else None
        if within is None:
            break
        names.append(arg)
    return " ".join(names) or "the application"


def _log() -> None:
    from interviewkit.crash_report import surroundings

    try:
        write_to_file()
    except OSError as error:
        raise InterviewKitError(
            f"{error.filename or state_folder()} cannot be written: {error.strerror}.",
            "Run without --verbose, or make the folder writable.",
        ) from error
    for line in surroundings():
        add_breadcrumb(line)


@click.group(
    cls=_Main,
    commands_at=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    help="The records to use instead of your own (or set INTERVIEWKIT_DB).",
)
@click.option(
    VERBOSE,
    is_flag=True,
    help="Log what happens to a file; no note, no name, nothing you type.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, db: Path | None, verbose: bool) -> None:
    """Structured behavioral interviews of sales talent, from the keyboard.

    Without a command it opens the application.

    \b
    Exits with 0 on success, 1 when it found a fault or failed, 2 on a
    usage error, 130 when interrupted with Ctrl+C.
    Data goes to standard output, messages to standard error.
    """
    ctx.obj = db
    if verbose:
        _log()
    if ctx.invoked_subcommand is None:
        from interviewkit.cli.run_app import open_app

        open_app(db)
