"""A program of its own that types a whole interview on the real screens, from opening to seal.

Run with the records, the candidate and the role; Priya Raman interviews. The keys are sent to the
application itself, so it needs no terminal.
"""

import asyncio
import sys
from pathlib import Path

from driving import app_on, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from support import begin

QUESTIONS = 8
STORY = "Größe {}: rang Łukasz, 180k\n?1it was in März\n+\n/4"


async def type_interview(store: Store, interview_id: str) -> None:
    app = app_on(store, interview_id)
    async with app.run_test() as pilot:
        await type_at_once(pilot, "\n")
        for number in range(1, QUESTIONS + 1):
            await type_at_once(pilot, STORY.format(number), "pagedown")
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(app.screen, WrapUpScreen))
        await type_at_once(pilot, "3", "tab")
        await type_at_once(pilot, "Clear – and prüfbar.", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await type_at_once(pilot, "\n")
        await until(pilot, lambda: store._reads.interview(interview_id).submitted_at is not None)


def main() -> None:
    path, candidate, role = sys.argv[1:]
    with Store(Path(path)) as store:
        asyncio.run(type_interview(store, begin(store, candidate, role).id))


if __name__ == "__main__":
    main()
