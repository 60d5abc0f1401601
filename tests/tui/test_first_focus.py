"""Where the first keys go: typed ahead, they reach the screen before it is painted."""

from textual import events
from textual.events import DescendantFocus
from textual.message import Message

from driving import app_on, keys, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.live.screen import LiveScreen
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


async def test_what_is_typed_before_an_interview_is_there_stands_in_its_line(store: Store) -> None:
    app = app_on(store, begin(store).id)
    for key in keys("/q 2\ntold me at once"):
        app.post_message(key)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        line = app.screen.query_one(NoteLine)
        await until(pilot, lambda: line.value == "told me at once")
        assert app.screen.live.number == 2  # type: ignore[attr-defined]


async def test_what_is_typed_before_home_is_there_moves_in_its_list(store: Store) -> None:
    for name in ("Ada Okafor", "Bo Lindqvist"):
        begin(store, candidate=name)
    app = app_on(store)
    app.post_message(events.Key("down", None))
    app.post_message(events.Key("enter", "\r"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
