"""Small things the hands notice: proposals replaced, toasts aside, a terminal that is resized."""

from textual import events
from textual.widgets import Input, Select, Static, TextArea

from driving import Running, app_on, keys, painted, type_at_once, until
from interviewkit.interview.records import Role
from interviewkit.storage.store import Store
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.too_small import TooSmall
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.ask_next import AskNext
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.note_line import NoteLine
from support import HeldClock, begin, shipped

WORDS = [f"word{number}" for number in range(60)]
STORM = [(60, 20), (100, 30), (60, 20), (80, 24)]


async def test_sixty_words_typed_through_a_storm_of_sizes_are_all_there(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        for number, size in enumerate(STORM):
            words = " ".join(WORDS[number * 15 : number * 15 + 15]) + " "
            for event in keys(words[:40]):
                pilot.app.post_message(event)
            await pilot.resize_terminal(*size)
            await type_at_once(pilot, words[40:])
        await type_at_once(pilot, "\n")
        (note,) = store._reads.answers(interview.id)[1].notes
    assert note.text.split() == WORDS


async def test_below_80_by_24_question_suggestion_and_line_stay(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nrang Sandra Weiss myself\n")
        for size in [(60, 20), (40, 12), (60, 24), (120, 14)]:
            await pilot.resize_terminal(*size)
            assert isinstance(pilot.app.screen, LiveScreen)
            screen = painted(pilot)
            assert "Take me back to a sale" in screen
            assert "› what you hear" in screen
            suggestion = str(pilot.app.screen.query_one(AskNext).render()).splitlines()[0]
            assert suggestion[:30] in screen, size
            await type_at_once(pilot, "x")
            assert pilot.app.screen.query_one(NoteLine).value == "x"
            await pilot.press("backspace")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "─ Rating" in painted(pilot))


async def test_a_screen_that_gives_way_still_takes_the_text_of_its_field(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        wrap_up = pilot.app.screen
        await pilot.press("tab")
        await type_at_once(pilot, "Clear ")
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: isinstance(pilot.app.screen, TooSmall))
        assert "what you type goes on being kept" in painted(pilot)
        await type_at_once(pilot, "and checkable", "ctrl+s")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: pilot.app.screen is wrap_up)
        assert wrap_up.query_one(TextArea).text == "Clear and checkable"
        await pilot.press("shift+tab")
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: isinstance(pilot.app.screen, TooSmall))
        assert "until then keys do nothing" in painted(pilot)
        await pilot.press("3")
    assert store._reads.interview(interview.id).recommendation is None


async def test_typing_replaces_what_a_field_proposes(store: Store, running: Running) -> None:
    begin(store)
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Bo Lind\nSales leader", "tab")
        form = pilot.app.screen
        assert form.query_one("#candidate", Input).value == "Bo Lind"
        assert form.query_one("#role", Input).value == "Sales leader"
        form.query_one("#interviewer", Input).focus()


async def test_the_form_begins_with_bank_and_kit_last_used_for_the_role(
    store: Store, running: Running, clock: HeldClock
) -> None:
    begin(store, kit="deep-60")
    clock.pass_(60)
    begin(store, "Bo", "Sales leader", kit="screen-30", file=shipped("sales-leadership"))
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        form = pilot.app.screen
        bank, kit = form.query_one("#bank", Select), form.query_one("#kit", Select)
        await until(pilot, lambda: not kit.disabled)
        for role, last in [
            ("Account executive", ("customer-focused-sales", "deep-60")),
            ("Sales leader", ("sales-leadership", "screen-30")),
        ]:
            form.query_one("#role", Input).value = role
            form.query_one("#role", Input).focus()
            await pilot.press("tab")
            await until(pilot, lambda last=last: (bank.value, kit.value) == last)  # type: ignore[misc]
        kit.focus()
        kit.value = "deep-60"
        await pilot.pause()
        form.query_one("#role", Input).value = "Account executive"
        form.query_one("#role", Input).focus()
        await pilot.press("tab")
        await pilot.pause()
        assert (bank.value, kit.value) == ("sales-leadership", "deep-60")


async def test_a_notification_is_never_on_the_line_that_is_typed(
    store: Store,
) -> None:
    app = app_on(store, begin(store).id)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await type_at_once(pilot, "\nhalf a sentence")
        pilot.app.notify("Something long enough to be seen in the corner of the screen.")
        await until(pilot, lambda: "Something long" in painted(pilot))
        lines = painted(pilot).splitlines()
        assert lines[-2].startswith(" › half a sentence")
        assert any("Something long" in line for line in lines[1:8])
        assert "saved ●" in lines[0]


async def test_a_line_end_in_a_name_splits_no_heading(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        heading = Heading("Ada\nOkafor", Role("", "Account\nexecutive").title)
        await pilot.app.screen.mount(heading)
        await pilot.pause()
        assert len(str(heading.render()).splitlines()) == 1


async def test_a_paste_while_the_terminal_is_small_goes_into_the_field(
    store: Store, running: Running
) -> None:
    begin(store)
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        form = pilot.app.screen
        await pilot.resize_terminal(70, 20)
        await until(pilot, lambda: isinstance(pilot.app.screen, TooSmall))
        assert isinstance(pilot.app.screen.query_one(Static), Static)
        pilot.app.post_message(events.Paste("Bo Lind"))
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: pilot.app.screen is form)
        assert form.query_one("#candidate", Input).value == "Bo Lind"


async def test_enter_behind_a_lone_question_mark_leaves_the_probes_in_sight(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?\n")
        screen = painted(pilot)
        assert "?1 How did you find out what they needed?" in screen
        assert "A number after ? asks that probe. Enter again keeps the line as a note." in screen
        await type_at_once(pilot, "1")
        (probe,) = store._reads.answers(interview.id)[1].probes
    assert probe.text == "How did you find out what they needed?"


async def test_control_c_says_how_to_quit_and_leaves_the_line_as_it_is(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nhalf a line", "ctrl+c")
        assert [note.message for note in pilot.app._notifications] == ["Press ctrl+q to quit."]
        line = pilot.app.screen.query_one(NoteLine)
        assert line.value == "half a line"
        line.select_all()
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == "half a line"
