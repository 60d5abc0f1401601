"""Groups whose commands are imported when they are called, so that each pays only for itself.

What all commands share, a group gives to each that it hands out: the look of the help, and the
options that may come anywhere in the line.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewkit.breadcrumbs import add_breadcrumb, state_folder, write_to_file
from interviewkit.cli.ansi import Formatter
from interviewkit.errors import InterviewKitError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

WHOLE = 1000  # letters of a command's first sentence
# command → (module in this package, attribute, help)
Commands = Mapping[str, tuple[str, str, str]]


class Context(click.Context):
    """The context of one of our commands."""

    formatter_class = Formatter


def _use_records(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    if path is not None:
        ctx.find_root().obj = path


def _begin_log(ctx: click.Context, _: click.Parameter, is_set: bool) -> None:
    if not is_set or ctx.resilient_parsing:  # Tab writes no log
        return
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


def anywhere_options(*, hidden: bool) -> list[click.Option]:
    """``--db`` and ``--verbose``, which every command takes; the first help alone shows them."""
    return [
        click.Option(
            ["--db"],
            type=click.Path(path_type=Path),
            help="The records to use instead of your own (or set INTERVIEWKIT_DB).",
            callback=_use_records,
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(
            ["--verbose"],
            is_flag=True,
            help="Log what happens to a file; no note, no name, nothing you type.",
            callback=_begin_log,
            expose_value=False,
            hidden=hidden,
        ),
    ]


def _with_what_all_share(command: click.Command) -> click.Command:
    """The command, made ours once, however often it is looked up."""
    if command.context_class is not Context:
        command.context_class = Context
        command.params.extend(anywhere_options(hidden=True))
    return command


class Group(click.Group):
    """A group whose help says of each command its whole first sentence, however long it is."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with what all share; None when there is none of that name."""
        command = super().get_command(ctx, cmd_name)
        return command and _with_what_all_share(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Click would cut each at the line's end."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, self.commands[name].get_short_help_str(limit=WHOLE))
                    for name in self.commands
                ]
            )


class LazyGroup(click.Group):
    """A group that knows its commands by name; its own help imports none of them."""

    def __init__(self, *args: Any, commands_at: Commands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were given."""
        return list(self._at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in self._at:
            return None
        module, attribute, _ = self._at[cmd_name]
        command = getattr(import_module(f"interviewkit.cli.{module}"), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - ours, and for the type checker
        return _with_what_all_share(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but a misspelt command is told the nearest of ours."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=self._at, ctx=ctx) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Commands that begin like this, none of them imported; behind them the options."""
        from click.shell_completion import CompletionItem

        options = click.Command.shell_complete(self, ctx, incomplete)
        names = [name for name in self._at if name.startswith(incomplete)]
        return [*(CompletionItem(name, help=self._at[name][2]) for name in names), *options]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, _, help_) in self._at.items()])
