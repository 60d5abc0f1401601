"""``interviewkit search``: words in notes, questions and summaries."""

import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import interviewers
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.output import print_json
from interviewkit.export.sanitize import one_line
from interviewkit.interview.clock import local
from interviewkit.interview.retention import day_words
from interviewkit.interview.search_excerpt import excerpt

if TYPE_CHECKING:
    from interviewkit.storage.search import Hit


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    default=20,
    show_default=True,
    help="So many passages at most.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.option(
    "--interviewer",
    metavar="NAME",
    shell_complete=interviewers,
    help="Who is looking, when it is not you at this computer.",
)
@click.pass_context
def search(
    ctx: click.Context,
    words: tuple[str, ...],
    limit: int,
    interviewer: str | None,
    *,
    as_json: bool,
) -> None:
    """Find passages with all of WORDS in notes, questions and summaries, the newest first.

    The last word may be begun only; "quotes" keep words together. What you may not see is not
    searched.
    """
    from interviewkit.storage.search import STEP

    wanted = " ".join(words)
    with open_store(ctx, only_existing=True) as store:
        index = store.search_index()
        if index.behind() > 10 * STEP:
            click.echo("Reading in what is new…", err=True)
        for _ in index.catch_up():
            pass
        found = store.seen_by(viewer(interviewer)).passages().find(wanted, limit)
    if as_json:
        print_json([asdict(hit) for hit in found.hits])
        return
    for hit in found.hits:
        _print(hit, wanted)
    if not found.hits:
        click.echo("Nothing found in what you may see.", err=True)
    elif not found.is_whole:
        click.echo("There may be more: another word narrows it, --limit shows more.", err=True)


def _print(hit: "Hit", wanted: str) -> None:
    click.echo(one_line(where(hit)))
    text, marks = excerpt(one_line(hit.text), wanted, shutil.get_terminal_size().columns - 2)
    for start, end in reversed(marks):
        text = text[:start] + click.style(text[start:end], bold=True) + text[end:]
    click.echo(f"  {text}")


def where(hit: "Hit") -> str:
    """``2 Mar 2026 · Ada Okafor · Account executive · Priya Raman · broken-promise``."""
    when = day_words(local(hit.at).date())
    place = hit.question.removeprefix("@") or hit.kind
    said = f"asked: {place}" if hit.kind == "question" else place
    return " · ".join((when, hit.candidate, hit.role, hit.interviewer, said))
