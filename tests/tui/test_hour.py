"""The kit's questions with their state and minutes, what to listen for, the card, short time."""

import pytest
from textual.pilot import Pilot

from driving import Running, painted, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.widgets.ask_next import AskNext
from interviewkit.tui.widgets.hour_rail import HourRail
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.rating_scale import RatingStrip
from support import HeldClock, begin, long_bank

TYPED = "\n180k at risk\n/4/n\n/0/n\n/skip no time\n/q 5\nsome of it\n/q 4\n"


def rail(pilot: Pilot[None]) -> list[str]:
    return str(pilot.app.screen.query_one(HourRail).render()).splitlines()


async def test_a_wide_screen_has_a_column_of_questions_with_state_and_minutes(
    store: Store, running: Running, clock: HeldClock
) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, TYPED)
        clock.pass_(130)
        await pilot.press("f5")
        rows = rail(pilot)
    assert rows[1].startswith("     Opening")
    assert rows[2].startswith("✓  1 Needs before")
    assert rows[2].split()[-2:] == ["4", "0/5"]
    assert rows[3].startswith("–  2 Customer voice")
    assert rows[4].startswith("×  3 Service")
    assert rows[5].startswith("▸  4 Keeping and")
    assert rows[5].endswith("2/5")
    assert rows[6].startswith("○  5 Customer insi")
    assert rows[10].startswith("     Closing")


async def test_a_click_on_a_row_goes_to_the_question_and_keeps_the_line(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\nfor the first")
        assert await pilot.click(HourRail, offset=(6, 5))
        assert store._reads.interview(interview.id).page == "broken-promise"
    assert [note.text for note in store._reads.answers(interview.id)[1].notes] == ["for the first"]


async def test_on_a_small_screen_a_key_shows_them_and_typing_goes_on(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, TYPED)
        assert not pilot.app.screen.query_one(HourRail).display
        await pilot.press("ctrl+o")
        screen = painted(pilot)
        assert "✓  1 Needs before selling" in screen
        assert "✓ rated  ○ no rating  – not assessed  × skipped" in screen
        await type_at_once(pilot, "and on")
        assert not pilot.app.screen.query_one(Menu).display
        assert "› and on" in painted(pilot)


async def test_twenty_questions_fit_the_small_screen_and_the_column(
    store: Store, running: Running, tmp_path: object
) -> None:
    from pathlib import Path

    interview = begin(store, kit="all", file=long_bank(Path(str(tmp_path))))
    async with running(interview.id) as pilot:
        await pilot.press("ctrl+o")
        screen = painted(pilot)
        assert all(f" {number} " in screen for number in range(1, 21))
        assert "› " in screen
        await pilot.press("escape")
        await type_at_once(pilot, "/q 19\n")
        await pilot.resize_terminal(120, 24)
        await until(pilot, lambda: "▸ 19" in "\n".join(rail(pilot)))


async def test_short_time_is_said_beside_the_suggestions_and_never_over_the_anchors(
    store: Store, running: Running, clock: HeldClock
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nrang them\n")
        clock.pass_(31 * 60)
        await pilot.press("pagedown")
        assert "min short; " in str(pilot.app.screen.query_one(AskNext).render())
        assert not pilot.app.screen.query_one(Menu).display
        anchors = str(pilot.app.screen.query_one(RatingStrip).render()).splitlines()
        screen = painted(pilot)
        assert all(anchor[:40] in screen for anchor in anchors)


async def test_what_to_listen_for_has_a_key_where_there_is_no_room_for_it(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        screen = pilot.app.screen
        assert "Listen for" not in painted(pilot).replace("Listen f5", "")
        await pilot.press("ctrl+l")
        shown = painted(pilot)
        assert "─ Listen for " in shown
        assert "─ Ask next " not in shown
        await type_at_once(pilot, "still here\n")
        assert "─ Listen for " in painted(pilot)
        await pilot.press("pagedown")
        assert "─ Ask next " in painted(pilot)
        assert isinstance(screen, LiveScreen)


async def test_the_rule_of_the_question_is_the_bar_of_its_time(
    store: Store, running: Running, clock: HeldClock
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        assert "━" not in painted(pilot).splitlines()[1]
        clock.pass_(150)
        await pilot.press("f5")
        rule = painted(pilot).splitlines()[1]
        heavy, light = rule.count("━"), rule.count("─")
        assert abs(heavy - light) <= 4
        assert "02:30 of 05:00" in rule


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_while_paused_the_key_says_go_on(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    interview = begin(store)
    async with running(interview.id, size=size) as pilot:
        await type_at_once(pilot, "\n", "f5")
        assert "f5 Go on" in " ".join(painted(pilot).splitlines()[-1].split())
        await pilot.press("f5")
        assert "f5 Pause" in " ".join(painted(pilot).splitlines()[-1].split())


async def test_a_card_stands_beside_the_opening_and_is_one_key_away(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    store.planning().add(
        role="Account executive",
        candidate="Ada Okafor",
        interviewer="Priya Raman",
        bank="customer-focused-sales",
        kit="first-45",
        card="Verify the dates at Hartmann.\nAsk about the move to Leeds.",
    )
    async with running(interview.id) as pilot:
        assert "─ Ask about " in painted(pilot)
        assert "Ask about the move to Leeds." in painted(pilot)
        await type_at_once(pilot, "\n")
        assert "Leeds" not in painted(pilot)
        await pilot.press("ctrl+g")
        assert "Ask about the move to Leeds." in painted(pilot)
        assert "─ Ask next " not in painted(pilot)
        await type_at_once(pilot, "still here", "ctrl+g")
        assert "─ Ask next " in painted(pilot)
        assert "› still here" in painted(pilot)


async def test_the_gaps_of_all_suggestions_are_a_key_apart(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nrang Sandra Weiss myself\n")
        gaps = pilot.app.screen.query_one(AskNext).gaps
        assert len(gaps) > 1
        await pilot.press("f4", "tab", "space", "escape")
        assert store._reads.answers(interview.id)[1].ticks == {gaps[1]: True}
