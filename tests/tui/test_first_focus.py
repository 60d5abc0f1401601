"""Where the first keys go: typed ahead, they reach the screen before it is painted."""

from textual.events import DescendantFocus
from textual.message import Message

from driving import app_on, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.live import LiveScreen
from interviewkit.tui.widgets.note_line import NoteLine
from support import begin


async def test_nothing_but_the_note_line_has_ever_had_the_focus(store: Store) -> None:
    focused: list[str] = []

    def watch(message: Message) -> None:
        if isinstance(message, DescendantFocus):
            focused.append(type(message.widget).__name__)

    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.go_to(notebook.answers()[1].question)
    app = app_on(store, interview.id)
    async with app.run_test(message_hook=watch) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen) and bool(focused))
    assert set(focused) == {NoteLine.__name__}
