"""``interviewkit data``: where the records are."""

import click

from interviewkit.cli.opening import records_path


@click.group()
def data() -> None:
    """Where the records are."""


@data.command()
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print the path of the database, whether or not it exists yet."""
    click.echo(records_path(ctx))


from interviewkit.cli import retention  # noqa: E402 - after the group it adds to

retention.add_to(data)
