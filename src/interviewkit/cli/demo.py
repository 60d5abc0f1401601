"""``interviewkit demo``: a hiring round to look at, typed into a throw-away database.

The round is a file of typed lines, replayed through the same notebook a live interview uses, so
that the example cannot hold anything a real interview could not.
"""

import os
import tempfile
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from interviewkit.banks.library import shipped_folder
from interviewkit.banks.model import Bank
from interviewkit.banks.reading import BankFile, read_bank
from interviewkit.errors import InterviewKitError
from interviewkit.interview.evidence import load_words
from interviewkit.interview.grammar import SIGNS
from interviewkit.interview.probing import PARTICULAR, REASK
from interviewkit.interview.progress import pages
from interviewkit.interview.records import CLOSING, OPENING, Recommendation
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.store import Store

RATING = {f"/{rating}": rating or None for rating in range(6)}


class _Replayed:
    """A clock that stands where the replay has got to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        return self.moment.timestamp()


@click.command()
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Only write the database to FILE, which must not exist yet.",
)
def demo(target: Path | None) -> None:
    """Open a throw-away database with one role, six candidates and three interviewers each.

    One interview is left half-way, to be resumed. Nothing of it touches your own records.
    """
    if target is not None:
        write_demo(target)
        click.echo(f"Wrote {target}. Open it with: interviewkit --db {target}", err=True)
        return
    from interviewkit.cli.screen import refuse_without_terminal, show

    refuse_without_terminal()
    with tempfile.TemporaryDirectory(prefix="interviewkit-demo-") as folder:
        path = Path(folder) / "demo.db"
        click.echo("Preparing the example…", err=True)
        last = write_demo(path)
        with Store(path) as store:
            show(store, interviewer=last)


def write_demo(path: Path) -> str:
    """Write the example to a new file; gives the interviewer whose interview is half-way.

    Raises InterviewKitError when something is at ``path`` already: an example never mixes with
    real records.
    """
    import yaml

    if os.path.lexists(path):  # a name too long for any file is not there; opening it says so
        raise InterviewKitError(f"{path} exists already.", "Name a file that does not exist yet.")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("interviewkit.cli") / "demo.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, and our own file
    file = read_bank(shipped_folder() / f"{data['bank']}.yaml")
    clock = _Replayed(datetime.now().astimezone())
    with Store(path, clock) as store:
        for one in sorted(data["interviews"], key=lambda one: str(one["at"])):
            clock.moment = datetime.fromisoformat(one["at"])
            _replay(store, clock, file, data, one)
    return str(data["interviews"][-1]["interviewer"])


def _replay(
    store: Store, clock: _Replayed, file: BankFile, data: dict[str, Any], one: dict[str, Any]
) -> None:
    interview = store.start(
        candidate=one["candidate"],
        role=data["role"],
        interviewer=one["interviewer"],
        bank=file.bank.id,
        bank_text=(file.sha256, file.text),
        kit=data["kit"],
        pages=pages(file.bank, file.bank.kit(data["kit"])),
    )
    notebook = store.notebook(interview.id)
    _spend(notebook, clock, OPENING, 1.8)
    for question, answer in one["answers"].items():
        notebook.go_to(question)
        _answer(notebook, clock, file.bank, question, answer)
    if "recommendation" not in one:
        notebook.keep_draft(one.get("draft", ""))
        return
    notebook.go_to(CLOSING)
    for line in one.get("closing", "").splitlines():
        clock.moment += timedelta(seconds=40)
        notebook.add_note(CLOSING, line)
    _spend(notebook, clock, CLOSING, 4)
    notebook.summarise(one["summary"])
    notebook.recommend(Recommendation(one["recommendation"]))
    clock.moment += timedelta(minutes=6)
    notebook.submit()


def _answer(
    notebook: Notebook, clock: _Replayed, bank: Bank, question: str, answer: dict[str, Any]
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


def _probe(bank: Bank, question: str, wanted: str) -> tuple[str, Any]:
    if wanted == PARTICULAR:
        return load_words(bank.language).reask, REASK
    for probe in bank.question(question).probes:
        if probe.id == wanted:
            return probe.ask, probe.elicits
    raise InterviewKitError(f"The example asks {wanted}, which {question} does not have.")


def _spend(notebook: Notebook, clock: _Replayed, page: str, minutes: float) -> None:
    notebook.spend(page, minutes * 60)
    clock.moment += timedelta(minutes=minutes)
