"""``interviewkit bank stats``: what a bank's questions and probes have done so far."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import complete_bank_id_or_file
from interviewkit.cli.output import echo, echo_text, print_json
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.comparison.means import format_mean, percent
from interviewkit.errors import NotFoundError
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank
    from interviewkit.comparison.question_statistics import ProbeUse, QuestionUse, Used
    from interviewkit.storage.reader import Reader


GONE = "no longer in the bank"


@click.command("stats")
@click.argument("bank_id", metavar="ID", shell_complete=complete_bank_id_or_file)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@interviewer_option()
@click.pass_context
def stats(ctx: click.Context, bank_id: str, *, as_json: bool, interviewer: str | None) -> None:
    """Show how each question and probe of a bank did over all submitted interviews.

    A bank without a file here, as after an import, is read from the records' own copy.
    Leaves out candidates you are still interviewing. With few interviews it says little.
    """
    from interviewkit.cli.context import open_store, viewer
    from interviewkit.comparison.question_statistics import question_statistics

    with open_store(ctx, only_existing=True) as store:
        bank, used = _bank_and_use(bank_id, store.seen_by(viewer(store, interviewer)))
    uses = question_statistics(bank, used)
    if as_json:
        data = {
            "bank": bank.id,
            "scorecards": len(used.cards),
            "questions": [_row(bank, use) for use in uses],
        }
        print_json(data)
        return
    if not used.cards:
        echo(f"No interview with {bank.id} that you may see has been submitted yet.", err=True)
    else:
        echo_text("\n".join(_text(bank, uses, len(used.cards))))


def _bank_and_use(name: str, reader: "Reader") -> "tuple[Bank, Used]":
    """The bank from its file or, where there is none, as the last scorecard used it."""
    try:
        bank = bank_named(name).bank
    except NotFoundError:
        used = reader.bank_used(name)
        if not used.banks:
            raise
        bank = next(iter(used.banks.values()))
        echo(f"No bank file here has the id {name}: read from the records' own copy.", err=True)
        return bank, used
    return bank, reader.bank_used(bank.id)


def _row(bank: "Bank", use: "QuestionUse") -> dict[str, object]:
    from interviewkit.export.json_csv import estimate

    return {
        "question": use.question,
        "competency": use.competency,
        "kind": None if use.is_gone else bank.question(use.question).kind,
        "ask": use.ask,
        "asked": use.asked,
        "rated": use.rated,
        "candidates": use.candidates,
        "mean": use.mean,
        "spread": use.spread,
        "at_ends": use.at_ends,
        "item_rest": estimate(use.rest),
        "agreement": estimate(use.agreement),
        "minutes": use.minutes,
        "planned_minutes": use.planned,
        "new_detail": use.new_detail,
        "remarks": list(use.remarks),
        "in_bank": not use.is_gone,
        "probes": [
            {
                "probe": probe.probe,
                "ask": probe.ask,
                "asked": probe.asked,
                "new_detail": probe.new_detail,
                "nothing_new": probe.nothing_new,
                "no_answer": probe.no_answer,
                "not_noted": probe.not_noted,
                "share": estimate(probe.share),
                "remark": probe.remark,
            }
            for probe in use.probes
        ],
    }


def _text(bank: "Bank", uses: "tuple[QuestionUse, ...]", cards: int) -> Iterator[str]:
    from interviewkit.comparison.question_statistics import LEAST_APART, LEAST_RATED

    yield f"{bank.title} · {count_noun(cards, 'scorecard')}"
    never = [use.question for use in uses if not use.asked]
    for use in uses:
        if use.asked:
            yield ""
            yield from _question(bank, use)
    if never:
        yield f"\nNever asked: {', '.join(never)}"
    yield (
        f"\nNumbers need {LEAST_RATED} ratings or outcomes, and remarks {LEAST_APART} candidates. "
        "In brackets: 95 % intervals."
    )


def _question(bank: "Bank", use: "QuestionUse") -> Iterator[str]:
    is_role_play = not use.is_gone and bank.question(use.question).role_play is not None
    kind = " (role play)" if is_role_play else ""
    yield f"{use.question}{kind}: {use.ask}"
    yield f"  asked {use.asked}, rated {use.rated}, of {use.candidates} candidates"
    if use.mean is None or use.spread is None or use.at_ends is None:
        yield f"  ratings: too few to tell (n={use.rated})"
    else:
        yield (
            f"  mean {format_mean(use.mean)}, spread {format_mean(use.spread, '0.01')}, "
            f"{percent(use.at_ends)} at the ends of the scale"
        )
        yield f"  goes with the other questions: {use.rest.words}"
        yield f"  interviewers agree, α: {use.agreement.words}"
    if use.minutes is not None:
        planned = "" if use.planned is None else f" of {format_mean(use.planned)} planned"
        yield f"  minutes: {format_mean(use.minutes)}{planned}"
    if use.is_gone:
        yield f"  → {GONE}"
    for remark in use.remarks:
        yield f"  → {remark}"
    for probe in use.probes:
        yield f"  ? {_probe(probe)}"


def _probe(use: "ProbeUse") -> str:
    text = f"{use.probe}: asked {use.asked}"
    if use.asked:
        text += f", new detail {use.share.words if use.share.value is None else _share(use)}"
    return f"{text} → {use.remark}" if use.remark else text


def _share(use: "ProbeUse") -> str:
    value, low, high = use.share.value, use.share.low, use.share.high
    assert value is not None and low is not None and high is not None  # noqa: S101
    return f"{percent(value)} ({percent(low)} to {percent(high)}, n={use.share.n})"
