"""What the live screen shows, and what it does for keys and clicks besides typing."""

import pytest
from textual.command import CommandPalette
from textual.content import Content

from driving import Running, painted, type_at_once, until
from interviewkit.banks.elements import Element
from interviewkit.interview.evidence import State
from interviewkit.storage.store import Store
from interviewkit.tui.palette import LiveTargets
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.too_small import TooSmall
from interviewkit.tui.widgets.ask_next import AskNext
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_line import NoteLine
from interviewkit.tui.widgets.notes import NotesView
from interviewkit.tui.widgets.rating_scale import RatingStrip
from interviewkit.tui.widgets.story import ORDER, StoryStrip
from support import HeldClock, begin


def shown(widget: object) -> str:
    return str(widget.render())  # type: ignore[attr-defined]


async def test_the_note_line_has_the_focus_and_takes_it_back(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        assert isinstance(pilot.app.focused, NoteLine)
        await pilot.press("f4")
        assert isinstance(pilot.app.focused, StoryStrip)
        await pilot.press("escape")
        assert isinstance(pilot.app.focused, NoteLine)


def pointed_at(widget: StoryStrip) -> bool:
    content = widget.render()
    assert isinstance(content, Content)
    return any("reverse" in str(span.style) for span in content.spans)


async def test_the_story_points_at_a_mark_only_while_it_has_the_focus(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        story = pilot.app.screen.query_one(StoryStrip)
        assert not pointed_at(story)
        await pilot.press("f4")
        assert pointed_at(story)
        await pilot.press("escape")
        assert not pointed_at(story)


async def test_typing_ticks_the_story_before_the_note_is_kept(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        story = pilot.app.screen.query_one(StoryStrip)
        assert "· number" in shown(story)
        await type_at_once(pilot, "180k at risk")
        await until(pilot, lambda: "✓ number" in shown(story))


async def test_suggestions_keep_their_numbers_and_are_three_at_most(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\n")
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        texts = {item.number: item.text for item in screen.live.probes}
        for line in ("rang Sandra Weiss", "?1in March", "?5legal said no", "180k"):
            await type_at_once(pilot, line + "\n")
            lines = [row for row in shown(screen.query_one(AskNext)).splitlines() if row[0] == "?"]
            assert len(lines) <= 3
            for row in lines:
                number, _, words = row[1:].partition(" ")
                assert texts[int(number)].startswith(words)


async def test_after_three_probes_it_says_that_it_is_enough(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?1?2?3")
        words = " ".join(shown(pilot.app.screen.query_one(AskNext)).split())
    assert "Three probes asked. That is enough for a fair picture" in words


async def test_a_tick_by_hand_overrules_both_ways_and_can_be_taken_away(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n180k at risk\n")
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)

        def state(element: Element) -> State:
            return screen.live.evidence(screen.live.texts()).states[element]

        assert state(Element.NUMBERS) is State.PRESENT
        await pilot.press("f4")  # it begins at what the first suggestion asks for
        story = screen.query_one(StoryStrip)
        steps = (ORDER.index(Element.NUMBERS) - story._at) % len(ORDER)
        await pilot.press(*["right"] * steps, "space")
        assert store._reads.answers(interview.id)[1].ticks == {Element.NUMBERS: False}
        assert state(Element.NUMBERS) is State.MISSING
        await pilot.press("space")
        assert store._reads.answers(interview.id)[1].ticks == {}
        await pilot.press("right", "space")
        assert state(Element.SETBACK) is State.PRESENT


async def test_everything_can_be_done_with_the_mouse(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\nhalf typed")
        assert await pilot.click(AskNext, offset=(5, 1))
        answer = store._reads.answers(interview.id)[1]
        assert [note.text for note in answer.notes] == ["half typed"]
        assert len(answer.probes) == 1
        assert await pilot.click(AskNext, offset=(3, 2))
        assert store._reads.answers(interview.id)[1].probes[0].outcome is not None
        assert await pilot.click(RatingStrip, offset=(5, 4))
        assert store._reads.answers(interview.id)[1].rating == 4
        assert await pilot.click(StoryStrip, offset=(5, 1))
        assert Element.SITUATION in store._reads.answers(interview.id)[1].ticks
        assert await pilot.click(NotesView, offset=(8, 1))
        await until(pilot, lambda: pilot.app.screen.query_one(NoteLine).value == "half typed")
        await type_at_once(pilot, " and more\n")
        assert store._reads.answers(interview.id)[1].notes[0].text == "half typed and more"


async def test_the_menu_lists_all_probes_and_all_anchors(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?")
        menu = pilot.app.screen.query_one(Menu)
        assert len(shown(menu).splitlines()) == 11
        await pilot.press("backspace")
        assert not menu.display
        await type_at_once(pilot, "/")
        assert "/0 Not assessed" in shown(menu)
        last = next(line for line in painted(pilot).splitlines() if "/n next" in line)
        assert last.strip().endswith("/e edit note  /undo  /end wrap up")


async def test_over_time_and_a_rest_that_does_not_fit_are_said_quietly(
    store: Store, running: Running, clock: HeldClock
) -> None:
    interview = begin(store, kit="deep-60")
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\n")
        clock.pass_(26 * 60)
        await pilot.press("pagedown")
        board = pilot.app.screen.query_one(Board)
        assert "26:00 of 60:00" in shown(board.heading)
        assert "min short; " in shown(board.rail)
        assert not pilot.app.screen.query_one(Menu).display
        await pilot.press("pageup")
        assert ", over" in shown(board.query_one("TitleRule"))


async def test_topics_not_to_ask_are_one_key_away(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await pilot.press("f3")
        assert isinstance(pilot.app.screen, TextDialog)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LiveScreen)


async def test_help_names_the_keys_of_the_screen_and_closes_with_the_same_key(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        cells = [str(cell.render()) for cell in pilot.app.screen.query("MarkdownTableCellContents")]
        assert cells[cells.index("f5") + 1] == "Pause or resume the clocks"
        assert "Move cursor left" not in cells
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))


async def test_leaving_goes_home_and_the_interview_can_be_resumed(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nhalf", "f9")
        await until(pilot, lambda: bool(pilot.app.screen.query("#places")))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        assert pilot.app.screen.query_one(NoteLine).value == "half"


@pytest.mark.parametrize("size", [(79, 24), (80, 23)])
async def test_a_terminal_too_small_says_so_and_recovers(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    begin(store)
    async with running(size=size) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, TooSmall))
        assert f"{size[0]}×{size[1]}; interviewkit needs 80×24" in shown(
            pilot.app.screen.query_one("#too-small")
        )
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_the_heading_keeps_name_and_role_where_there_is_little_room(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        heading = shown(pilot.app.screen.query_one(Heading))
    assert heading.startswith("Ada Okafor · Account executive ")
    assert heading.endswith("saved ●   question 1 of 8   00:00 of 45:00")


async def test_the_palette_leads_to_questions_and_probes(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        provider = LiveTargets(screen)
        found = [hit async for hit in provider.discover()]
        texts = [str(hit.text) for hit in found]
        assert len(texts) == 8 + 10
        assert texts[2].startswith("Question 3: Tell me about a promise to a customer")
        hits = [hit async for hit in provider.search("promise customer did not keep")]
        (best,) = hits
        assert str(best.text).startswith("Question 3")
        others = [hit async for hit in provider.search("customer promise")]
        assert [hit.text for hit in others] == [best.text]
        best.command()
        assert store._reads.interview(interview.id).page == "broken-promise"
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))


async def test_one_key_or_a_click_on_the_reason_ticks_the_gap_it_names(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\nrang Sandra Weiss myself\n")
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        panel = screen.query_one(AskNext)
        gap = panel.first_gap
        assert gap is not None
        await type_at_once(pilot, "half a no")
        await pilot.press("ctrl+t")
        assert store._reads.answers(interview.id)[1].ticks == {gap: True}
        assert screen.query_one(NoteLine).value == "half a no"
        await until(pilot, lambda: panel.first_gap not in (None, gap))
        clicked = panel.first_gap
        row = next(
            number
            for number, line in enumerate(panel.render().plain.splitlines())  # type: ignore[union-attr]
            if line.startswith("   not found")
        )
        assert await pilot.click(AskNext, offset=(6, row + 1))
        assert store._reads.answers(interview.id)[1].ticks == {gap: True, clicked: True}


async def test_with_no_gap_named_the_key_says_so(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?1?2?3")
        await pilot.press("ctrl+t")
        assert "No suggestion names a gap at the moment." in painted(pilot)
        assert store._reads.answers(interview.id)[1].ticks == {}


async def test_suggestions_stay_in_place_while_a_note_is_typed(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\nrang Sandra Weiss\n")
        panel = pilot.app.screen.query_one(AskNext)
        story = pilot.app.screen.query_one(StoryStrip)

        def asks() -> list[str]:
            return [line for line in shown(panel).splitlines() if line[0] == "?"]

        before = asks()
        await type_at_once(pilot, "on 3 March 2023 for 180k, learned to put it in writing")
        await until(pilot, lambda: "✓ number" in shown(story))
        assert asks() == before
        await type_at_once(pilot, "\n")
        await until(pilot, lambda: asks() != before)


async def test_a_note_on_a_protected_topic_is_said_quietly_and_listed_at_the_end(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\npregnant, due in May\n")
        said = "Family is on the list of topics not to ask about; /undo removes the note."
        assert said in painted(pilot)
        assert "✓" not in shown(pilot.app.screen.query_one(StoryStrip))
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: " 1 ○ no rating, note on family  Take me back" in painted(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await type_at_once(pilot, "/undo\n")
        assert store._reads.answers(interview.id)[1].notes == ()
