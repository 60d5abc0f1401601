"""A typed interview replayed through the notebook, as if somebody held it again."""

from datetime import datetime, timedelta
from typing import Any

from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Bank
from interviewkit.errors import InterviewKitError
from interviewkit.interview.grammar import SIGNS
from interviewkit.interview.pace import interview_pages
from interviewkit.interview.records import CLOSING, OPENING, Recommendation
from interviewkit.interview.suggestions import PARTICULAR, REASK
from interviewkit.interview.word_lists import load_words
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.store import Store

RATING = {f"/{rating}": rating or None for rating in range(6)}


class Replayed:
    """A clock that stands where the replay has got to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The time the clock was set to."""
        return self.moment

    def seconds(self) -> float:
        """The time in seconds."""
        return self.moment.timestamp()


def replay(
    store: Store, clock: Replayed, file: BankFile, data: dict[str, Any], script: dict[str, Any]
) -> None:
    """Type one interview of the round ``data`` into the records; submitted if it was ended."""
    interview = store.start(
        candidate=script["candidate"],
        role=data["role"],
        interviewer=script["interviewer"],
        bank=file.bank.id,
        bank_text=(file.sha256, file.text),
        kit=data["kit"],
        pages=interview_pages(file.bank, file.bank.kit(data["kit"])),
    )
    notebook = store.notebook(interview.id)
    _spend(notebook, clock, OPENING, 1.8)
    for question, answer in script["answers"].items():
        notebook.go_to(question)
        _answer(notebook, clock, file.bank, question, answer)
    if "recommendation" not in script:
        notebook.keep_draft(script.get("draft", ""))
        return
    notebook.go_to(CLOSING)
    for line in script.get("closing", "").splitlines():
        clock.moment += timedelta(seconds=40)
        notebook.add_note(CLOSING, line)
    _spend(notebook, clock, CLOSING, 4)
    notebook.summarise(script["summary"])
    notebook.recommend(Recommendation(script["recommendation"]))
    clock.moment += timedelta(minutes=6)
    notebook.submit()


def _answer(
    notebook: Notebook, clock: Replayed, bank: Bank, question: str, answer: dict[str, Any]
) -> None:
    steps = answer["lines"].splitlines()
    began, minutes = clock.moment, float(answer["minutes"])
    pause = timedelta(minutes=minutes) / (len(steps) + 1)
    probe: str | None = None
    for line in steps:
        clock.moment += pause
        if line.startswith("?"):
            probe, *sign = line[1:].split()
            notebook.ask(question, probe, *_probe(bank, question, probe))
            if sign:
                notebook.set_outcome(question, probe, SIGNS[sign[0]])
        elif line in RATING:
            notebook.rate(question, RATING[line])
        elif line.startswith("/skip "):
            notebook.skip(question, line.removeprefix("/skip "))
        else:
            notebook.add_note(question, line, probe)
    clock.moment = began
    _spend(notebook, clock, question, minutes)


def _probe(bank: Bank, question: str, probe_ref: str) -> tuple[str, Any]:
    if probe_ref == PARTICULAR:
        return load_words(bank.language).reask, REASK
    for probe in bank.question(question).probes:
        if probe.id == probe_ref:
            return probe.ask, probe.elicits
    raise InterviewKitError(f"The example asks {probe_ref}, which {question} does not have.")


def _spend(notebook: Notebook, clock: Replayed, page: str, minutes: float) -> None:
    notebook.spend(page, minutes * 60)
    clock.moment += timedelta(minutes=minutes)
