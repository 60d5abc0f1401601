"""A program of its own that does random things to the records and says of each that it is done.

Run with the database, the interviewer's name, a seed and how many things to do. Before each it
prints ``try`` and what it will do to the draft, afterwards ``did`` and what must be on disk from
then on, both as JSON on one line.
"""

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from interviewkit.banks.elements import Element
from interviewkit.errors import StorageError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Interview, Outcome, Recommendation
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.store import Store
from support import begin

QUESTIONS = ("unspoken-need", "broken-promise")


class Operating:
    """One interviewer, who has several candidates and changes their mind all the time."""

    def __init__(self, store: Store, interviewer: str, seed: int) -> None:
        self.store = store
        self.interviewer = interviewer
        self.random = random.Random(seed)

    def one(self) -> None:
        interview = begin(
            self.store,
            candidate=f"Candidate {self.random.randrange(4)}",
            interviewer=self.interviewer,
        )
        self.say("did", interview, draft=interview.draft)
        notebook = self.store.notebook(interview.id)
        name = self.random.choice(
            ["note"] * 6 + ["edit", "ask", "rate", "skip", "tick", "undo", "draft", "submit"]
        )
        getattr(self, name)(interview, notebook)

    def do(self, interview: Interview, draft: str | None, write: Callable[[], object]) -> None:
        """``draft`` is what the draft will be; None leaves it as it is."""
        self.say("try", interview, draft=interview.draft if draft is None else draft)
        write()
        self.say("did", interview)

    def say(self, word: str, interview: Interview, draft: str | None = None) -> None:
        changes = self.store._reads.history(interview.id) if word == "did" else []
        now = self.store._reads.interview(interview.id)
        said = {
            "interview": interview.id,
            "changes": len(changes),
            "last": repr(changes[-1]) if changes else "",
            "draft": now.draft if draft is None else draft,
            "seal": now.seal,
        }
        print(word, json.dumps(said), flush=True)

    def note(self, interview: Interview, notebook: Notebook) -> None:
        text = f"{self.random.random()} " + "said at length " * self.random.randrange(40)
        self.do(interview, "", lambda: notebook.add_note(self.question(), text))

    def edit(self, interview: Interview, notebook: Notebook) -> None:
        notes = [(a.question, n.id) for a in notebook.answers() for n in a.notes]
        if notes:
            question, note = self.random.choice(notes)
            text = self.random.choice([None, f"rather {self.random.random()}"])
            self.do(interview, "", lambda: notebook.edit_note(question, note, text))

    def ask(self, interview: Interview, notebook: Notebook) -> None:
        question, elicits = self.question(), (Element("numbers"),)
        self.do(interview, None, lambda: notebook.ask(question, "how-much", "How much?", elicits))
        outcome = self.random.choice(list(Outcome))
        self.do(interview, None, lambda: notebook.set_outcome(question, "how-much", outcome))

    def rate(self, interview: Interview, notebook: Notebook) -> None:
        rating = self.random.choice([1, 2, 3, 4, 5, None])
        self.do(interview, None, lambda: notebook.rate(self.question(), rating))

    def skip(self, interview: Interview, notebook: Notebook) -> None:
        self.do(interview, None, lambda: notebook.skip(self.question(), "no time"))

    def tick(self, interview: Interview, notebook: Notebook) -> None:
        present = self.random.choice([True, False, None])
        element = self.random.choice(list(Element))
        self.do(interview, None, lambda: notebook.tick(self.question(), element, present))

    def undo(self, interview: Interview, notebook: Notebook) -> None:
        self.do(interview, "", notebook.undo)

    def draft(self, interview: Interview, notebook: Notebook) -> None:
        text = f"half a li{self.random.random()}"
        self.do(interview, text, lambda: notebook.keep_draft(text))

    def submit(self, interview: Interview, notebook: Notebook) -> None:
        if self.random.random() < 0.5:
            return
        self.do(interview, None, lambda: notebook.recommend(Recommendation.YES))
        self.do(interview, "", notebook.submit)
        said = ("note", self.question(), "later", "Mail came.", Person("", self.interviewer))
        self.do(interview, "", lambda: notebook.amend(*said))

    def question(self) -> str:
        return self.random.choice(QUESTIONS)


def main() -> None:
    path, interviewer, seed, count = sys.argv[1:]
    with Store(Path(path)) as store:
        operating = Operating(store, interviewer, int(seed))
        for _ in range(int(count)):
            try:
                operating.one()
            except StorageError as error:  # the other one was in the way; nothing was acknowledged
                if "locked by another program" not in error.message:
                    raise


if __name__ == "__main__":
    main()
