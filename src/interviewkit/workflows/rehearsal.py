"""A rehearsal: the live interview with a scripted candidate, and records that are thrown away."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Bank
from interviewkit.banks.templates import id_from_title
from interviewkit.files import replace_file
from interviewkit.interview.clock import Clock
from interviewkit.interview.follow_ups import follow_ups_of
from interviewkit.interview.pace import interview_pages
from interviewkit.practice.conversation import Conversation, Prompt, Turn
from interviewkit.practice.model import Script
from interviewkit.practice.reader import PracticeFile
from interviewkit.practice.review import RehearsalReview, review_rehearsal
from interviewkit.practice.review_sentences import review_text
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.store import Store
from interviewkit.workflows.live_interview import LiveInterview


class RehearsedInterview(LiveInterview):
    """A live interview whose candidate answers.

    ``turn`` is what was said last on this page, or to the probe returned to; None on a page that
    nobody answers. ``is_speaking``: it is said now, and was not heard before.
    """

    def __init__(self, notebook: Notebook, bank: Bank, clock: Clock, script: Script) -> None:
        super().__init__(notebook, bank, clock)
        self.script = script
        self.conversation = Conversation(script)
        self.clock = clock
        self.turn: Turn | None = None
        self.is_speaking = False
        self._listen()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All that was said on this page so far."""
        return self.conversation[self.page].turns if self.question else ()

    def go_to(self, page: str) -> None:
        """Stand at another page; a question that is read for the first time is answered."""
        super().go_to(page)
        self._listen()

    def ask(self, probe_number: int) -> None:
        """The probe with this number was asked; the candidate replies."""
        super().ask(probe_number)
        asked = self.answer.probes[-1]
        self._hear(Prompt.PROBE, asked.probe, asked.text, asked.elicits)

    def ask_own(self, text: str) -> None:
        """A follow-up in own words was asked; the reply is to the nearest elements."""
        super().ask_own(text)
        asked = self.answer.probes[-1]
        elements = follow_ups_of(self.bank).elements(text)
        elements = elements or self.conversation[self.page].elements_naming(text)
        self._hear(Prompt.OWN_WORDS, asked.probe, asked.text, elements)

    def return_to_probe(self, probe: str) -> None:
        """Stand at a probe again; what was said to it is on the screen again."""
        super().return_to_probe(probe)
        self.turn = self.conversation[self.page].turn_for(probe) or self.turn
        self.is_speaking = False

    def wait(self) -> bool:
        """The interviewer says nothing; whether the candidate adds something."""
        turn = self.conversation[self.page].wait() if self.question else None
        if turn:
            self.turn, self.is_speaking = turn, True
        return turn is not None

    def review(self) -> RehearsalReview:
        """The look back on all of it, as it stands now."""
        answers = {answer.question: answer for answer in self.answers}
        return review_rehearsal(self.script, self.bank, self.conversation, answers, self.spent)

    @property
    def unrated(self) -> list[int]:
        """The numbers of the questions that were answered and neither rated nor skipped."""
        answers = {answer.question: answer for answer in self.answers}
        return [
            position
            for position, question in enumerate(self.questions, 1)
            if self.conversation[question].turns and answers[question].is_open
        ]

    @property
    def has_begun(self) -> bool:
        """Whether any question has been answered."""
        return any(conversation.turns for conversation in self.conversation.values())

    def _listen(self) -> None:
        """The question at hand has been read out, or is shown once more."""
        if self.question is None:
            self.turn = None
            return
        conversation = self.conversation[self.page]
        opening = conversation.open()
        self.turn, self.is_speaking = opening or conversation.turns[-1], opening is not None

    def _hear(self, prompt: Prompt, probe: str, asked: str, elicits: Iterable[Element]) -> None:
        self.turn = self.conversation[self.page].ask(prompt, probe, asked, elicits)
        self.is_speaking = True


class Rehearsal:
    """The records of a rehearsal. Close it, and nothing of them is left."""

    def __init__(self, file: PracticeFile, interviewer: str, clock: Clock) -> None:
        bank_file, script = file.bank_file, file.script
        self._folder = tempfile.TemporaryDirectory(prefix="interviewkit-rehearsal-")
        self._store = Store(Path(self._folder.name) / "rehearsal.db", clock, is_lasting=False)
        interview = self._store.start(
            candidate=script.candidate,
            role=bank_file.bank.title,
            interviewer=interviewer,
            bank=bank_file.bank.id,
            bank_text=(bank_file.sha256, bank_file.text),
            kit=script.kit,
            pages=interview_pages(bank_file.bank, file.kit),
        )
        notebook = self._store.notebook(interview.id)
        self.live = RehearsedInterview(notebook, bank_file.bank, clock, script)

    def close(self) -> None:
        """Delete the rehearsal's records."""
        self._store.close()
        self._folder.cleanup()


def save_review(review: RehearsalReview, folder: Path) -> Path:
    """Write the look back into ``folder`` under a name that is free; gives the file.

    InterviewKitError when it cannot be written.
    """
    stem = f"rehearsal-{id_from_title(review.candidate)}"
    path = folder / f"{stem}.txt"
    position = 1
    while os.path.lexists(path):
        position += 1
        path = folder / f"{stem}-{position}.txt"
    with replace_file(path, private=True) as file:
        file.write(review_text(review).encode())
    return path
