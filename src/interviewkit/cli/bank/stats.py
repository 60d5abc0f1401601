"""``interviewkit bank stats``: what a bank's questions and probes have done so far."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import bank_ids_or_files, interviewers
from interviewkit.comparison.means import percent, shown

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank
    from interviewkit.comparison.questions import ProbeUse, QuestionUse


@click.command()
@click.argument("bank_id", metavar="ID", shell_complete=bank_ids_or_files)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option(
    "--interviewer",
    metavar="NAME",
    shell_complete=interviewers,
    help="Who is looking, when it is not you at this computer.",
)
@click.pass_context
def stats(ctx: click.Context, bank_id: str, *, as_json: bool, interviewer: str | None) -> None:
    """Say what each question and probe of a bank did over all submitted interviews.

    Candidates whom you are still interviewing are left out. With few interviews little is said.
    """
    from interviewkit.cli.context import open_store, viewer
    from interviewkit.comparison.questions import question_statistics

    bank = bank_named(bank_id).bank
    with open_store(ctx, only_existing=True) as store:
        used = store.seen_by(viewer(interviewer)).bank_used(bank.id)
    found = question_statistics(bank, used, bank.ratings)
    if as_json:
        data = {
            "bank": bank.id,
            "scorecards": len(used.cards),
            "questions": [_row(one) for one in found],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2).encode())
        return
    if not used.cards:
        click.echo(f"No interview with {bank.id} has been submitted yet.", err=True)
    else:
        click.echo("\n".join(_text(bank, found, len(used.cards))))


def _row(one: "QuestionUse") -> dict[str, object]:
    from interviewkit.export.json_csv import estimate

    return {
        "question": one.question,
        "competency": one.competency,
        "ask": one.ask,
        "asked": one.asked,
        "rated": one.rated,
        "candidates": one.candidates,
        "mean": one.mean,
        "spread": one.spread,
        "at_ends": one.at_ends,
        "item_rest": estimate(one.rest),
        "agreement": estimate(one.agreement),
        "minutes": one.minutes,
        "planned_minutes": one.planned,
        "new_detail": one.new_detail,
        "remarks": list(one.remarks),
        "probes": [
            {
                "probe": probe.probe,
                "ask": probe.ask,
                "asked": probe.asked,
                "new_detail": probe.new_detail,
                "nothing_new": probe.nothing_new,
                "no_answer": probe.no_answer,
                "share": estimate(probe.share),
                "remark": probe.remark,
            }
            for probe in one.probes
        ],
    }


def _text(bank: "Bank", found: "tuple[QuestionUse, ...]", cards: int) -> Iterator[str]:
    from interviewkit.comparison.questions import LEAST_APART, LEAST_RATED

    noun = "scorecard" if cards == 1 else "scorecards"
    yield f"{bank.title} · {cards} {noun}"
    never = [one.question for one in found if not one.asked]
    for one in found:
        if one.asked:
            yield ""
            yield from _question(one)
    if never:
        yield f"\nNever asked: {', '.join(never)}"
    yield (
        f"\nNumbers need {LEAST_RATED} ratings or outcomes, and remarks {LEAST_APART} candidates. "
        "In brackets: 95 % intervals."
    )


def _question(one: "QuestionUse") -> Iterator[str]:
    yield f"{one.question}: {one.ask}"
    yield f"  asked {one.asked}, rated {one.rated}, of {one.candidates} candidates"
    if one.mean is None or one.spread is None or one.at_ends is None:
        yield f"  ratings: too few to tell (n={one.rated})"
    else:
        yield (
            f"  mean {shown(one.mean)}, spread {shown(one.spread, '0.01')}, "
            f"{percent(one.at_ends)} at the ends of the scale"
        )
        yield f"  goes with the other questions: {one.rest.words}"
        yield f"  interviewers agree, α: {one.agreement.words}"
    if one.minutes is not None:
        planned = "" if one.planned is None else f" of {shown(one.planned)} planned"
        yield f"  minutes: {shown(one.minutes)}{planned}"
    for remark in one.remarks:
        yield f"  → {remark}"
    for probe in one.probes:
        yield f"  ? {_probe(probe)}"


def _probe(one: "ProbeUse") -> str:
    said = f"{one.probe}: asked {one.asked}"
    if one.asked:
        said += f", new detail {one.share.words if one.share.value is None else _share(one)}"
    return f"{said} → {one.remark}" if one.remark else said


def _share(one: "ProbeUse") -> str:
    value, low, high = one.share.value, one.share.low, one.share.high
    assert value is not None and low is not None and high is not None  # noqa: S101
    return f"{percent(value)} ({percent(low)} to {percent(high)}, n={one.share.n})"
