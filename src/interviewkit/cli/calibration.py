"""``interviewkit calibration``: the same written answers, rated by each interviewer alone."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_calibration, complete_practice
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import AS_JSON, echo, echo_text, print_json, print_rows
from interviewkit.cli.shared_options import interviewer_option, join_options
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.comparison.calibration import CalibrationStatistics, RoundStatistics
    from interviewkit.comparison.calibration_sentences import Block
    from interviewkit.interview.calibration import CalibrationSet, ExpertKey
    from interviewkit.interview.people import Person
    from interviewkit.storage.calibrations import Calibrations
    from interviewkit.storage.store import Store

SET = click.argument("name", metavar="SET", shell_complete=complete_calibration)
OUT = click.option(
    "-o",
    "--output",
    "out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The file to hand out; one that exists is replaced.",
)


@click.group("calibration", cls=Group)
def calibration() -> None:
    """Let interviewers rate the same written answers, and see how far they agree.

    SET is the title or the id of a set of answers; `list` shows them.
    """


@calibration.command("new")
@click.argument(
    "names", nargs=-1, required=True, metavar="PRACTICE...", shell_complete=complete_practice
)
@OUT
@click.option(
    "--title", default="", metavar="TEXT", help="The set's title (default: the candidates' names)."
)
@interviewer_option("The trainer (default: you).")
@click.pass_context
def new_set(
    ctx: click.Context, names: tuple[str, ...], out: Path, title: str, interviewer: str | None
) -> None:
    """Make a set of written answers from practice files, and write it to hand out.

    PRACTICE is the id or the path of a practice file; all must be for the same kit. The
    expert's ratings stay in your records: the file to hand out does not hold them.
    """
    from interviewkit.practice.reader import open_practice
    from interviewkit.workflows.calibration_files import make_set

    practice_files = [open_practice(name) for name in names]
    with open_store(ctx) as store:
        made = make_set(store, viewer(store, interviewer), practice_files, title, out)
    echo(f"Wrote {out}: {count_noun(len(made.answers), 'answer')} to rate.", err=True)
    echo(
        "Hand it out. Each interviewer runs ",
        shell_command("calibration", "rate", names=[out.name]),
        " and sends you the file that it writes.",
        err=True,
    )


@calibration.command("list")
@AS_JSON
@interviewer_option()
@click.pass_context
def list_sets(ctx: click.Context, interviewer: str | None, *, as_json: bool) -> None:
    """List sets of written answers, the newest first, and how far you are."""
    with open_store(ctx, only_existing=True) as store:
        standings = store.seen_by(viewer(store, interviewer)).calibrations().standings()
    rows = [
        {
            "id": item.calibration_set.id,
            "title": item.calibration_set.title,
            "bank": item.calibration_set.bank,
            "kit": item.calibration_set.kit,
            "trainer": item.calibration_set.trainer.name,
            "is_yours": item.is_trainer,
            "round": item.calibration_set.round,
            "answers": len(item.calibration_set.answers),
            "rated": len(item.own.ratings) if item.own else 0,
            "submitted_at": item.own.submitted_at if item.own else "",
            "handed_in": item.handed_in,
        }
        for item in standings
    ]
    if as_json:
        print_json(rows)
    elif not rows:
        echo("There are no written answers to rate yet.", err=True)
    else:
        print_rows(
            [
                (
                    item.calibration_set.title,
                    f"round {item.calibration_set.round}",
                    item.words,
                    f"by {item.calibration_set.trainer.name}",
                    item.calibration_set.id,
                )
                for item in standings
            ]
        )


@calibration.command("rate")
@click.argument("name", metavar="SET|FILE")
@interviewer_option("Rate as this interviewer (default: you).")
@join_options
@click.pass_context
def rate_set(
    ctx: click.Context,
    name: str,
    interviewer: str | None,
    same: tuple[tuple[str, str], ...],
    *,
    apart: bool,
) -> None:
    """Rate the answers of a set, from the FILE that was handed out or from your records.

    You can leave at any time and go on later. Nobody sees your ratings before you hand in.
    """
    from interviewkit.cli.run_app import refuse_without_terminal, run_calibration
    from interviewkit.storage.import_joins import JoinAnswers
    from interviewkit.workflows.calibration_files import read_set

    refuse_without_terminal()
    answers = JoinAnswers(dict(same), apart)
    with open_store(ctx) as store:
        person = viewer(store, interviewer)
        is_file = os.path.isfile(name)  # noqa: PTH113 - false, not an error, for a name too long
        offered = read_set(store, Path(name), answers).id if is_file else name
        calibration_set = store.seen_by(person).calibrations().calibration_set(offered)
        run_calibration(store, person, calibration_set)


@calibration.command("export")
@SET
@click.argument("out", metavar="FILE", type=click.Path(path_type=Path))
@interviewer_option("Whose ratings (default: yours).")
@click.pass_context
def export_ratings(ctx: click.Context, name: str, out: Path, interviewer: str | None) -> None:
    """Write the ratings you handed in to FILE, for the trainer to import."""
    from interviewkit.workflows.calibration_files import write_own_ratings

    with open_store(ctx, only_existing=True) as store:
        blind = write_own_ratings(store, viewer(store, interviewer), name, out)
        trainer = store.seen_by(blind.person).calibrations().calibration_set(name).trainer
    echo(
        f"Wrote {out}: {count_noun(len(blind.ratings), 'rating')}, round {blind.round}. "
        f"Send it to {trainer.name}.",
        err=True,
    )


@calibration.command("show")
@SET
@click.option("--person", "of", metavar="NAME", help="What to discuss with this person alone.")
@click.option("--panel", is_flag=True, help="The panel without names, which everybody may read.")
@click.option(
    "--xlsx",
    "workbook",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write an Excel workbook, for the trainer alone.",
)
@AS_JSON
@interviewer_option()
@click.pass_context
def show_set(
    ctx: click.Context,
    name: str,
    of: str | None,
    workbook: Path | None,
    interviewer: str | None,
    *,
    panel: bool,
    as_json: bool,
) -> None:
    """Show how a panel rated the answers of SET.

    The trainer who made the set sees who gave what. Everybody else sees the panel without
    names, once they have handed in.
    """
    if (of is not None) + panel + (workbook is not None) > 1:
        raise click.UsageError("Choose one of --person, --panel and --xlsx.")
    if as_json and (of is not None or workbook is not None):
        raise click.UsageError("--json works only with --panel.")
    with open_store(ctx, only_existing=True) as store:
        calibrations = store.seen_by(viewer(store, interviewer)).calibrations()
        calibration_set = calibrations.calibration_set(name)
        if panel or (not of and not workbook and not calibrations.is_trainer(calibration_set)):
            _show_summary(calibrations, calibration_set, as_json=as_json)
        elif workbook is not None:
            from interviewkit.export.workbook.calibration import write_calibration

            write_calibration(
                workbook,
                calibrations.statistics(calibration_set),
                calibrations.key(calibration_set),
                store.path,
            )
            echo(f"Wrote {workbook}. It names people: keep it to yourself.", err=True)
        elif of is not None:
            _show_person(store, calibrations, calibration_set, of)
        else:
            _show_panel(calibrations, calibration_set, as_json=as_json)


@calibration.command("round")
@SET
@OUT
@interviewer_option("The trainer (default: you).")
@click.pass_context
def open_round(ctx: click.Context, name: str, out: Path, interviewer: str | None) -> None:
    """Open another round of SET, as after a training, and write it to hand out again."""
    from interviewkit.workflows.calibration_files import open_next_round

    with open_store(ctx, only_existing=True) as store:
        trainer = viewer(store, interviewer)
        calibration_set = store.seen_by(trainer).calibrations().calibration_set(name)
        later = open_next_round(store, trainer, calibration_set, out)
    echo(f"Wrote {out}: round {later.round} of {later.title}.", err=True)


@calibration.command("remove")
@SET
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would be removed.")
@interviewer_option()
@click.pass_context
def remove_set(ctx: click.Context, name: str, interviewer: str | None, *, yes: bool) -> None:
    """Remove your ratings of SET for good; its trainer removes everybody's with the set."""
    with open_store(ctx, only_existing=True) as store:
        calibrations = store.seen_by(viewer(store, interviewer)).calibrations()
        calibration_set = calibrations.calibration_set(name)
        what = "everybody's" if calibrations.is_trainer(calibration_set) else "your"
        if not yes:
            echo(
                f"This would remove {what} ratings of {calibration_set.title} for good. "
                "Add --yes to do it.",
                err=True,
            )
            return
        count = calibrations.remove(calibration_set)
    echo(
        f"Removed {what} ratings of {calibration_set.title}: {count_noun(count, 'round')}. "
        "Backups keep them until they are replaced.",
        err=True,
    )


def _show_summary(
    calibrations: "Calibrations", calibration_set: "CalibrationSet", *, as_json: bool
) -> None:
    from interviewkit.comparison.calibration_sentences import summary_blocks

    summary = calibrations.summary(calibration_set)
    if as_json:
        print_json(asdict(summary))
    else:
        _print_blocks(
            f"{summary.title} · {count_noun(summary.answers, 'answer')}", summary_blocks(summary)
        )


def _show_person(
    store: "Store", calibrations: "Calibrations", calibration_set: "CalibrationSet", of: str
) -> None:
    from interviewkit.comparison.calibration_sentences import person_blocks
    from interviewkit.errors import NotFoundError

    person: Person = store.person(of)
    statistics = calibrations.statistics(calibration_set)
    key = calibrations.key(calibration_set)
    rounds = [
        (item, rater)
        for item in statistics.rounds
        for rater in item.people
        if rater.person.id == person.id
    ]
    if not rounds:
        command = shell_command("calibration", "show", names=[calibration_set.title])
        raise NotFoundError(
            f"{person.name} has handed in no ratings of {calibration_set.title}.",
            f"`{command}` lists who has.",
        )
    for _, rater in rounds:
        _print_blocks(
            f"{calibration_set.title} · {person.name}", person_blocks(calibration_set, key, rater)
        )


def _show_panel(
    calibrations: "Calibrations", calibration_set: "CalibrationSet", *, as_json: bool
) -> None:
    from interviewkit.comparison.calibration_sentences import trainer_blocks

    statistics = calibrations.statistics(calibration_set)
    if as_json:
        from interviewkit.export.calibration_json import calibration_json

        print_json(calibration_json(statistics))
        return
    key = calibrations.key(calibration_set)
    for item in statistics.rounds:
        echo_text(f"{calibration_set.title} · round {item.round}")
        _print_tables(statistics, item, key)
    _print_blocks(calibration_set.title, trainer_blocks(statistics, key))


def _print_tables(
    statistics: "CalibrationStatistics", item: "RoundStatistics", key: "ExpertKey"
) -> None:
    from interviewkit.comparison.calibration_table import (
        ANSWER_HEADS,
        PEOPLE_HEADS,
        answer_cells,
        person_cells,
    )

    answers = {answer.id: answer for answer in statistics.calibration_set.answers}
    print_rows([PEOPLE_HEADS, *map(person_cells, item.people)])
    echo()
    print_rows([ANSWER_HEADS, *(answer_cells(answers[line.answer], line) for line in item.answers)])
    echo()


def _print_blocks(title: str, blocks: "Sequence[Block]") -> None:
    from interviewkit.export.text_report import blocks_text

    echo_text(blocks_text(title, blocks, shutil.get_terminal_size().columns), nl=False)
