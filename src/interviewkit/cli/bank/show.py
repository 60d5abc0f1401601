"""``interviewkit bank show`` and ``try``."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from interviewkit.banks.elements import LABELS, Element
from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import complete_bank_id_or_file, complete_question
from interviewkit.cli.output import AS_JSON, echo, echo_text, print_json, print_json_text
from interviewkit.errors import InterviewKitError

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank, Question
    from interviewkit.interview.evidence import State
    from interviewkit.interview.suggestions import Offer


@click.command("show")
@click.argument("bank_id", metavar="ID", shell_complete=complete_bank_id_or_file)
@AS_JSON
def show_bank(bank_id: str, as_json: bool) -> None:
    """Print the whole bank: kits, competencies with anchors, questions with probes.

    ID is a bank's, or the path of its file.
    """
    bank = bank_named(bank_id).bank
    if as_json:
        from interviewkit.banks.pydantic_adapters import BANK

        print_json_text(BANK.dump_json(bank, indent=2, exclude_none=True).decode())
    else:
        echo_text("\n".join(_outline(bank)))


def _outline(bank: "Bank") -> Iterator[str]:
    yield f"{bank.title}  ({bank.id}, version {bank.version}, {bank.language})"
    yield bank.about
    for kit in bank.kits:
        yield f"\nKit {kit.id}: {kit.name}, {kit.minutes:g} minutes"
        for position, entry in enumerate(kit.questions, 1):
            yield f"  {position:>2} {entry.question} ({entry.minutes:g} min)"
    for competency in bank.competencies:
        yield f"\n{competency.name} ({competency.id}): {competency.about}"
        for rating, anchor in competency.anchors.items():
            yield f"  {rating}  {anchor}"
        for question in bank.questions:
            if question.competency == competency.id:
                yield f"\n  {question.id}: {question.ask}"
                yield from _role_play(question)
                for position, probe in enumerate(question.probes, 1):
                    elicits = ", ".join(LABELS[element] for element in probe.elicits)
                    yield f"    ?{position} {probe.ask}  ({elicits})"


def _role_play(question: "Question") -> Iterator[str]:
    play = question.role_play
    if play:
        yield f"    Role play, {play.minutes:g} minutes. You play: {play.interviewer_plays}"
        yield f"    For the candidate: {' '.join(play.candidate_brief.split())}"
        yield f"    For you: {' '.join(play.interviewer_brief.split())}"
        for rating, anchor in (question.anchors or {}).items():
            yield f"    {rating}  {anchor}"


@click.command("try")
@click.argument("bank_id", metavar="ID", shell_complete=complete_bank_id_or_file)
@click.argument("question_id", metavar="QUESTION", shell_complete=complete_question)
@AS_JSON
def try_question(bank_id: str, question_id: str, as_json: bool) -> None:
    """Try a question without a candidate; nothing is recorded.

    ID is a bank's, or the path of its file.

    In a terminal this opens the live screen. With notes on standard input, one a line, it prints
    what they show and what to ask next; a line such as ?2 says that you asked probe 2, a line
    with only ! that it got no answer, and a line after ?? is a follow-up in your own words.
    """
    file = bank_named(bank_id)
    question = file.bank.question(question_id)
    if sys.stdin.isatty():
        from interviewkit.cli.run_app import try_out

        try_out(file, question_id)
        return
    from interviewkit.intake.foreign_text import decode_text

    text = decode_text(sys.stdin.buffer.read())
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
        echo(f"{LABELS[element]:<14} {state.value}")
    echo(offer.word)
    for suggestion in offer.suggestions:
        echo(f"?{suggestion.number} {suggestion.ask}  ({suggestion.reason})")


def _read(
    bank: "Bank", question: "Question", lines: Iterable[str]
) -> tuple[Mapping[Element, "State"], "Offer"]:
    """What the notes in ``lines`` hold after the probes asked there, and what comes next."""
    from interviewkit.interview import grammar
    from interviewkit.interview.evidence import evidence
    from interviewkit.interview.follow_ups import follow_ups_of
    from interviewkit.interview.records import Outcome
    from interviewkit.interview.suggestions import PARTICULAR, REASK, SECOND_EXAMPLE, suggest
    from interviewkit.interview.word_lists import load_words

    if question.role_play:
        raise InterviewKitError(
            f"{question.id} is a role play: its notes are not read, and no probe is suggested.",
            f"interviewkit bank show {bank.id} shows its briefs.",
        )
    word_lists = load_words(bank.language).extended(bank.words or {})
    probes = {n: (probe.id, probe.elicits) for n, probe in enumerate(question.probes, 1)}
    if question.kind == "past_behaviour":
        probes[len(probes) + 1] = (SECOND_EXAMPLE, REASK)
        probes[0] = (PARTICULAR, REASK)
    notes: list[str] = []
    asked: dict[str, tuple[Element, ...]] = {}
    numbers: list[int] = []
    unanswered = []
    for line in lines:
        is_asked = frozenset(numbers) if numbers or not asked else frozenset((-1,))
        command = grammar.read_line(line, grammar.Setting(frozenset(probes), is_asked))
        match command:
            case grammar.Write(text):
                notes.append(text)
            case grammar.Ask(position):
                numbers.append(position)
                asked[probes[position][0]] = probes[position][1]
            case grammar.AskOwn(text):
                asked[line] = follow_ups_of(bank).elements(text)
            case grammar.NoteOutcome(Outcome.NO_ANSWER):
                unanswered.append(list(asked)[-1])
            case grammar.Doubt(sentence):
                echo(f"{line}: {sentence}", err=True)
    requested = [element for elements in asked.values() for element in elements]
    reading = evidence(notes, {}, requested, word_lists)
    return reading.states, suggest(question, reading, notes, list(asked), word_lists, unanswered)
