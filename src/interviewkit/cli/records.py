"""``interviewkit records``: scorecards in and out as JSON Lines."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_candidate
from interviewkit.cli.context import default_user_name, open_store, viewer
from interviewkit.cli.greenhouse import records_from_greenhouse
from interviewkit.cli.import_report import count_kinds, say_imported
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo, print_json, print_json_text, print_rows
from interviewkit.cli.shared_options import interviewer_option, join_options
from interviewkit.errors import InterviewKitError
from interviewkit.gc_pause import collector_paused
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from interviewkit.interview.documents import SealedDecision
    from interviewkit.interview.records import Interview
    from interviewkit.storage.import_report import Taken
    from interviewkit.storage.scorecard_export import LeftOut, ScorecardExport
    from interviewkit.storage.store import Store

STDIO = "-"


@click.group("records", cls=Group)
def records() -> None:
    """Export and import submitted scorecards as JSON Lines, one object a line.

    From one computer to another: `records export FILE` there, `records import FILE` here. The
    bank, the role, the candidates and the interviewers come along, and what is known already is not
    imported twice, so the same way leads back. To share a role all the time, see `team --help`.
    """


records.add_command(records_from_greenhouse)


@records.command("export")
@click.argument("file", type=click.Path(allow_dash=True))
@interviewer_option()
@click.option(
    "--for-ats",
    is_flag=True,
    help="As text to paste into another system, or as a table if FILE ends in .csv.",
)
@click.option(
    "--candidate",
    metavar="NAME",
    shell_complete=complete_candidate,
    help="With --for-ats: this candidate's scorecards only.",
)
@click.option(
    "--scale",
    type=click.Choice(["4"]),
    help="With --for-ats: ratings on four points, with the true rating beside each.",
)
@click.option(
    "--three",
    type=click.Choice(["2", "3"]),
    help="With --scale 4: what a rating of 3 becomes; asked in a terminal.",
)
@click.pass_context
def export_records(
    ctx: click.Context,
    file: str,
    interviewer: str | None,
    candidate: str | None,
    scale: str | None,
    three: str | None,
    *,
    for_ats: bool,
) -> None:
    """Write every submitted scorecard, as it was sealed, to FILE (- is stdout).

    Leaves out candidates you are still interviewing until you have submitted your own
    scorecard.
    """
    if for_ats:
        from interviewkit.cli.ats import export_for_ats

        export_for_ats(ctx, file, interviewer, candidate, scale, three)
        return
    if candidate or scale or three:
        raise click.UsageError("--candidate, --scale and --three go with --for-ats.")
    from interviewkit.exchange.jsonl import export_lines

    with open_store(ctx, only_existing=True) as store:
        leaving = store.seen_by(viewer(store, interviewer)).export()
        out = export_lines(
            store.banks_used(),
            leaving.scorecards,
            leaving.document,
            leaving.amendments(),
            leaving.decision_documents(),
            leaving.parties(),
            leaving.log_head(),
            leaving.shared_records(),
            leaving.signatures(),
        )
        if file == STDIO:
            for line in out:
                print_json_text(line.decode(), nl=False)
        else:
            from interviewkit.export.private_file import replace_private_file

            with replace_private_file(Path(file), store.path) as target:
                target.writelines(out)
        _say_exported(store, "stdout" if file == STDIO else file, leaving)
        _say_withheld(leaving.left_out)


@records.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True)
)
@join_options
@click.option("--second", is_flag=True, help="Take a second scorecard from a fillable kit, too.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object on stdout.")
@click.pass_context
def import_(
    ctx: click.Context,
    files: tuple[str, ...],
    same: tuple[tuple[str, str], ...],
    *,
    apart: bool,
    second: bool,
    as_json: bool,
) -> None:
    """Import each FILE (- is stdin): all of it, or nothing if a line is faulty.

    A FILE is JSON Lines, such as what a fillable kit saves (.ikc), or a workbook (.xlsx) whose
    sheet Decision the panel has filled in.
    People, roles and candidates are joined by id, then by reference; where only a
    name is known already, nothing is imported until --same or --apart says who is who.
    """
    from interviewkit.exchange.jsonl import read_lines

    with ExitStack() as stack, open_store(ctx) as store, collector_paused():
        books = [name for name in files if name.lower().endswith(".xlsx")]
        streams = [(name, _open_stream(stack, name)) for name in files if name not in books]
        decided = [offer for name in books for offer in _decisions(store, Path(name))]
        lines = (
            offer
            for name, stream in streams
            for offer in read_lines("stdin" if name == STDIO else name, _read(name, stream))
        )
        from interviewkit.storage.import_joins import JoinAnswers

        answers = JoinAnswers(dict(same), apart)
        imported = store.import_documents(chain(lines, decided), answers, accepts_second=second)
    if as_json:
        print_json(_report(imported))
    elif imported.lines:
        rows = [(line.state, line.kind, line.id, line.name) for line in imported.lines]
        print_rows(rows, err=True)
    say_imported(imported)


def _report(imported: "Taken") -> dict[str, object]:
    return {
        "new": sum(imported.new.values()),
        "known": sum(imported.known.values()),
        "lines": [line._asdict() for line in imported.lines],
        "similar": [
            {
                "kind": record.kind,
                "id": record.id,
                "like": [record_like.id for record_like in similar],
            }
            for record, similar in imported.similar
        ],
        "kits": imported.kits,
    }


def _decisions(store: "Store", path: Path) -> "list[tuple[str, SealedDecision]]":
    """The decisions of a workbook, each a record; one that was taken in before is that record."""
    from interviewkit.export.workbook.decision_sheet import read_decision_sheet
    from interviewkit.interview.documents import SealedDecision
    from interviewkit.interview.sealed_document import decision_document

    offers = []
    for row in read_decision_sheet(path):
        by = row.by or default_user_name()
        decision = store.new_decision(
            row.role, row.candidate, row.course, row.reason, row.next_steps, by
        )
        decision = store.known_decision(decision) or decision
        offers.append(
            (row.place, SealedDecision(decision, decision_document(decision, store.person_id(by))))
        )
    return offers


@records.command("schema")
def print_line_schema() -> None:
    """Print the JSON Schema of one line."""
    from interviewkit.exchange.jsonl_schema import line_schema

    print_json(line_schema())


def _open_stream(stack: ExitStack, name: str) -> IO[bytes]:
    from interviewkit.exchange.line_limits import refuse_large_file

    if name == STDIO:
        return sys.stdin.buffer
    try:
        refuse_large_file(name, Path(name).stat().st_size)  # before a line of any file is read
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise _unreadable(name, error) from error


def _read(name: str, stream: IO[bytes]) -> Iterator[bytes]:
    from interviewkit.exchange.line_limits import bounded_lines

    try:
        yield from bounded_lines("stdin" if name == STDIO else name, stream)
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> InterviewKitError:
    return InterviewKitError(
        f"{name} cannot be read: {error.strerror or error}.",
        "Check the path and its permissions. Nothing was imported.",
    )


def _say_exported(store: "Store", name: str, leaving: "ScorecardExport") -> None:
    sealed = leaving.scorecards
    counts = {
        "bank": len({interview.bank_sha256 for interview in sealed}),
        "role": len({interview.role.id for interview in sealed}),
        "candidate": len({interview.candidate.id for interview in sealed}),
        "scorecard": len(sealed),
        "decision": len(leaving.decisions),
    }
    echo(f"Wrote {name}: {count_kinds(counts) or 'no scorecards'}.", err=True)
    under_way = sum(
        standing.interview.seal is None
        for standing in store.seen_by(store.current_user()).standings()
    )
    if under_way:
        echo(f"Left out: {count_kinds({'interview': under_way})} under way.", err=True)


def _say_withheld(left_out: "LeftOut") -> None:
    if left_out.interviewing:
        echo(
            f"Left out: {count_kinds({'scorecard': left_out.interviewing})}, withheld until you "
            "have submitted your own for those candidates.",
            err=True,
        )
    if left_out.by_setting:
        echo(
            f"Left out: {count_kinds({'scorecard': left_out.by_setting})}, which the settings of "
            "the role show to its owner, or only after your own.",
            err=True,
        )


@records.command("accept")
@click.argument("scorecard", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every scorecard that is not signed.")
@click.pass_context
def accept_scorecard(ctx: click.Context, scorecard: str | None, *, is_all: bool) -> None:
    """Let a SCORECARD count that no member of the team signed; without it, list them.

    Only the owner of a shared role does this. Who accepted what, and when, is logged.
    """
    if scorecard and is_all:
        raise click.UsageError("Name one scorecard, or give --all.")
    with open_store(ctx, only_existing=True) as store:
        me = viewer(store, None)
        authorship = store.sharing().authorship
        uncounted = authorship.uncounted()
        waiting = [
            standing.interview
            for standing in store.seen_by(me).standings()
            if standing.interview.id in uncounted
        ]
        if not scorecard and not is_all:
            _list_unsigned(waiting)
            return
        for interview_id in [card.id for card in waiting] if is_all else [str(scorecard)]:
            authorship.accept(interview_id, me)
    count = len(waiting) if is_all else 1
    echo(f"{me.name} accepted {count_noun(count, 'scorecard')}.", err=True)


def _list_unsigned(interviews: "list[Interview]") -> None:
    if not interviews:
        echo("Every scorecard counts.", err=True)
    print_rows(
        [
            (card.id, card.candidate.name, f"by {card.interviewer}", card.role.title)
            for card in interviews
        ]
    )
