"""Discards an interview under way; where something is written in it, after asking."""

from typing import Any

from textual.app import App

from interviewkit.interview.people import Person
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import Confirm


async def discard_after_asking(
    app: App[Any], store: Store, person: Person, interview_id: str
) -> str:
    """What was discarded, in words; "" where the person keeps it. In a worker of the screen.

    BlockedError where it has to stay.
    """
    contents = store.contents(interview_id, person.name)
    if not contents.is_empty:
        interview = store.seen_by(person).interview(interview_id)
        question = (
            f"{interview.candidate.name} · {interview.role.title}\nThis deletes for good, with "
            f"its history: {contents.words}.\nThe role's history keeps a record that you discarded "
            "an interview, and how much was in it."
        )
        dialog = Confirm("Discard your interview?", question, "Discard", "Keep", careful=True)
        if not await app.push_screen_wait(dialog):
            return ""
    store.discard(interview_id, person.name)
    return "nothing was written in it" if contents.is_empty else contents.words
