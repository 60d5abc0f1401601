"""One question of a bank tried out on the live screen, with records that are thrown away."""

import tempfile
from dataclasses import replace
from pathlib import Path

from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Bank, Kit, KitQuestion
from interviewkit.interview.clock import Clock
from interviewkit.storage.store import Store
from interviewkit.workflows.live_interview import TRIAL, LiveInterview

MINUTES = 5


class Trial:
    """The live interview of a trial. Close it, and nothing of it is left."""

    def __init__(self, file: BankFile, question: str, clock: Clock) -> None:
        """NotFoundError when the bank has no such question."""
        competency = file.bank.question(question).competency
        self._folder = tempfile.TemporaryDirectory(prefix="interviewkit-trial-")
        self._store = Store(Path(self._folder.name) / "trial.db", clock, is_lasting=False)
        interview = self._store.start(
            candidate="Trial",
            role=file.bank.title,
            interviewer="Trial",
            bank=file.bank.id,
            bank_text=(file.sha256, file.text),
            kit=TRIAL,
            pages=[(question, competency)],
        )
        notebook = self._store.notebook(interview.id)
        self.live = LiveInterview(notebook, _with_trial_kit(file.bank, question), clock)

    def close(self) -> None:
        """Delete the trial's records."""
        self._store.close()
        self._folder.cleanup()


def _with_trial_kit(bank: Bank, question: str) -> Bank:
    """The bank with one kit of one question, under an id that no bank file can hold."""
    entry = KitQuestion(question=question, minutes=MINUTES)
    kit = Kit(id=TRIAL, name="nothing is recorded", minutes=MINUTES, questions=(entry,))
    return replace(bank, kits=(kit,))
