"""``interviewkit search``: words in notes, questions and summaries."""

import shutil
from typing import TYPE_CHECKING

import click

from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.output import Styled, echo, print_json
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.search_excerpt import excerpt
from interviewkit.visible_text import visible_line

if TYPE_CHECKING:
    from interviewkit.storage.search import Hit


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    default=20,
    show_default=True,
    help="Show at most this many passages.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@interviewer_option()
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

    The last word may be incomplete; "quotes" keep words together. Capitals and accents do not
    count. What you may not see is not searched.
    """
    from interviewkit.storage.search import NOT_SEARCHED, STEP

    text = " ".join(words)
    with open_store(ctx, only_existing=True) as store:
        index = store.search_index()
        if store.is_read_only and index.behind():
            echo(f"These records are {NOT_SEARCHED}.", err=True)
        elif index.behind() > 10 * STEP:
            echo("Reading in what is new…", err=True)
        for _ in index.catch_up():
            pass
        passages = store.seen_by(viewer(store, interviewer)).passages().find(text, limit)
    if as_json:
        print_json([hit._asdict() for hit in passages.hits])
        return
    for hit in passages.hits:
        _print(hit, text)
    if not passages.hits:
        echo("No passage that you may see matches.", err=True)
    elif not passages.is_whole:
        echo("There may be more: another word narrows it, --limit shows more.", err=True)


def _print(hit: "Hit", query: str) -> None:
    echo(where(hit))
    text, marks = excerpt(visible_line(hit.text), query, shutil.get_terminal_size().columns - 2)
    pieces: list[object] = ["  "]
    at = 0
    for start, end in marks:
        pieces += [text[at:start], Styled(text[start:end], bold=True)]
        at = end
    echo(*pieces, text[at:])


def where(hit: "Hit") -> str:
    """``2 Mar 2026 · Ada Okafor · Account executive · Priya Raman · broken-promise``."""
    day = local_day_words(hit.at)
    page = hit.question.removeprefix("@") or hit.kind
    label = {"question": f"asked: {page}", "follow_up": f"follow-up: {page}"}.get(hit.kind, page)
    return " · ".join((day, hit.candidate, hit.role, hit.interviewer, label))
