"""Groups whose commands are imported when they are called, so that each pays only for itself."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

WHOLE = 1000  # letters of a command's first sentence
# command → (module in this package, attribute, help)
Commands = Mapping[str, tuple[str, str, str]]


class Group(click.Group):
    """A group whose help says of each command its whole first sentence, however long it is."""

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
        return command

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
