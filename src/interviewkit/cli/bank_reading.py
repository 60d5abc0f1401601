"""``interviewkit bank list``, ``show`` and ``try``."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.banks.drafts import is_waiting, without_file
from interviewkit.banks.elements import LABELS, Element
from interviewkit.banks.library import Found, banks, users_folder
from interviewkit.cli.bank_named import bank_named
from interviewkit.cli.completing import bank_ids_or_files, questions
from interviewkit.cli.printing import AS_JSON, print_json
from interviewkit.errors import InterviewKitError

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank, Question
    from interviewkit.interview.evidence import State
    from interviewkit.interview.suggestions import Offer


@click.command("list")
@AS_JSON
def list_banks(as_json: bool) -> None:
    """List every bank there is; a bank that cannot be used is listed with its error."""
    from interviewkit.banks.reading import read_bank

    rows, broken = [], []
    every = banks()
    for found in every:
        try:
            there = read_bank(found.path).bank
        except InterviewKitError as error:
            broken.append(error)
            continue
        rows.append(
            {
                "id": there.id,
                "title": there.title,
                "version": there.version,
                "language": there.language,
                "questions": len(there.questions),
                "kits": [kit.id for kit in there.kits],
                "shipped": found.shipped,
                "path": str(found.path),
            }
        )
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            kits = ", ".join(map(str, row["kits"]))  # type: ignore[call-overload]
            click.echo(f"{row['id']}  {row['title']}, {row['questions']} questions; kits: {kits}")
    for fault in broken:
        click.echo(str(fault), err=True)
    for path in _not_saved(every):
        click.echo(f"The workshop has changes of {path} that are not saved.", err=True)
    if broken:
        sys.exit(1)


def _not_saved(every: Iterable[Found]) -> list[Path]:
    """Files of banks that have changes in the workshop, or that are only there yet."""
    begun = [one.bank for one in without_file(users_folder())]
    return [one.path for one in every if is_waiting(one.path)] + begun


@click.command()
@click.argument("bank_id", metavar="ID", shell_complete=bank_ids_or_files)
@AS_JSON
def show(bank_id: str, as_json: bool) -> None:
    """Print a bank whole: kits, competencies with anchors, questions with probes.

    ID is a bank's, or the path of its file.
    """
    there = bank_named(bank_id).bank
    if as_json:
        from interviewkit.banks.shapes import BANK

        click.echo(BANK.dump_json(there, indent=2, exclude_none=True))
    else:
        click.echo("\n".join(_outline(there)))


def _outline(there: "Bank") -> Iterator[str]:
    yield f"{there.title}  ({there.id}, version {there.version}, {there.language})"
    yield there.about
    for kit in there.kits:
        yield f"\nKit {kit.id}: {kit.name}, {kit.minutes:g} minutes"
        for number, entry in enumerate(kit.questions, 1):
            yield f"  {number:>2} {entry.question} ({entry.minutes:g} min)"
    for competency in there.competencies:
        yield f"\n{competency.name} ({competency.id}): {competency.about}"
        for rating, anchor in competency.anchors.items():
            yield f"  {rating}  {anchor}"
        for question in there.questions:
            if question.competency == competency.id:
                yield f"\n  {question.id}: {question.ask}"
                for number, probe in enumerate(question.probes, 1):
                    elicits = ", ".join(LABELS[element] for element in probe.elicits)
                    yield f"    ?{number} {probe.ask}  ({elicits})"


@click.command("try")
@click.argument("bank_id", metavar="ID", shell_complete=bank_ids_or_files)
@click.argument("question_id", metavar="QUESTION", shell_complete=questions)
@AS_JSON
def try_question(bank_id: str, question_id: str, as_json: bool) -> None:
    """Try a question without a candidate; nothing is recorded.

    ID is a bank's, or the path of its file.

    In a terminal this opens the live screen. With notes on standard input, one a line, it prints
    what they hold and what to ask next; a line such as ?2 says that probe 2 has been asked, and a
    line with only ! that it brought no answer.
    """
    file = bank_named(bank_id)
    question = file.bank.question(question_id)
    if sys.stdin.isatty():
        from interviewkit.cli.screen import try_out

        try_out(file, question_id)
        return
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    states, offer = _read(file.bank, question, text.splitlines())
    if as_json:
        suggestions = [
            {
                "probe": suggestion.probe,
                "ask": suggestion.ask,
                "elicits": list(suggestion.elicits),
                "reason": suggestion.reason,
                "gaps": list(suggestion.gaps),
            }
            for suggestion in offer.suggestions
        ]
        print_json({"evidence": states, "suggestions": suggestions})
        return
    for element, state in states.items():
        click.echo(f"{LABELS[element]:<14} {state.value}")
    click.echo(offer.word)
    for one in offer.suggestions:
        click.echo(f"?{one.number} {one.ask}  ({one.reason})")


def _read(
    there: "Bank", question: "Question", lines: Iterable[str]
) -> tuple[Mapping[Element, "State"], "Offer"]:
    """What the notes in ``lines`` hold after the probes asked there, and what comes next."""
    from interviewkit.interview import grammar
    from interviewkit.interview.evidence import evidence, load_words
    from interviewkit.interview.records import Outcome
    from interviewkit.interview.suggestions import PARTICULAR, REASK, suggest

    words = load_words(there.language).extended(there.words or {})
    probes = {n: (probe.id, probe.elicits) for n, probe in enumerate(question.probes, 1)}
    if question.kind == "past_behaviour":
        probes[0] = (PARTICULAR, REASK)
    notes: list[str] = []
    asked: list[int] = []
    unanswered = []
    for line in lines:
        command = grammar.read_line(line, grammar.Setting(frozenset(probes), frozenset(asked)))
        if isinstance(command, grammar.Write):
            notes.append(command.text)
        elif isinstance(command, grammar.Ask):
            asked.append(command.number)
        elif isinstance(command, grammar.Note) and command.outcome is Outcome.NO_ANSWER:
            unanswered.append(probes[asked[-1]][0])
        elif isinstance(command, grammar.Doubt):
            click.echo(f"{line}: {command.sentence}", err=True)
    requested = [element for number in asked for element in probes[number][1]]
    reading = evidence(notes, {}, requested, words)
    ids = [probes[number][0] for number in asked]
    return reading.states, suggest(question, reading, notes, ids, words, unanswered)
