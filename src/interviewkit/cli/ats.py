"""``records export --for-ats``: scorecards as another system wants them pasted or imported."""

import sys
from pathlib import Path

import click

from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.output import ask_choice, echo, echo_text
from interviewkit.plurals import count_noun

STDIO = "-"


def export_for_ats(
    ctx: click.Context,
    file: str,
    interviewer: str | None,
    candidate: str | None,
    scale: str | None,
    three: str | None,
) -> None:
    """The scorecards that the person may see, as text, or as CSV where ``file`` ends so."""
    from interviewkit.export.ats import ats_csv, ats_text

    rating_of_three = _three(scale, three)
    with open_store(ctx, only_existing=True) as store:
        person = store.candidate(candidate) if candidate else None
        scorecards = store.seen_by(viewer(store, interviewer)).scorecards(None, person)
        whole = [
            (interview, answers, store.bank(interview.bank_sha256))
            for interview, answers in scorecards
        ]
        if file.lower().endswith(".csv"):
            text = ats_csv(whole, rating_of_three)
        else:
            text = "\n\n".join(ats_text(*scorecard, rating_of_three) for scorecard in whole)
        if file == STDIO:
            echo_text(text, nl=False)
        else:
            from interviewkit.export.private_file import replace_private_file

            with replace_private_file(Path(file), store.path) as target:
                target.write(text.encode())
    destination = "stdout" if file == STDIO else file
    echo(f"Wrote {destination}: {count_noun(len(whole), 'scorecard')} that you may see.", err=True)


def _three(scale: str | None, three: str | None) -> int | None:
    """What a 3 of 5 becomes on four points: the option, else the answer, asked once."""
    if scale is None:
        if three:
            raise click.UsageError("--three goes with --scale 4.")
        return None
    if three:
        return int(three)
    if not sys.stdin.isatty():
        raise click.UsageError("Say with --three whether a rating of 3 is 2 or 3 there.")
    return int(ask_choice("On four points, is a rating of 3 a 2 or a 3?", ["2", "3"]))
