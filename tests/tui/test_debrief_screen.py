"""The debrief: an agenda by spread, evidence beside ratings, gaps, and the panel's decision."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from driving import Running, painted, type_at_once, until
from interviewkit.interview.records import Course, Outcome, Recommendation
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from interviewkit.tui.screens.comparison.answers import AnswersScreen
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.decision_form import DecideScreen
from interviewkit.tui.screens.comparison.panel import PanelScreen
from interviewkit.tui.screens.comparison.question_statistics import QuestionUseScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.home import HomeScreen
from support import begin, complete

SIZES = [(80, 24), (120, 36)]
HOSTILE = "[bold]x[/b] [/] [@click=app.quit] $accent {1}"


async def to_debrief(pilot: Pilot[None]) -> DebriefScreen:
    await pilot.press("end", "d")
    await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
    await until(pilot, lambda: bool(text(pilot)))
    screen = pilot.app.screen
    assert isinstance(screen, DebriefScreen)
    return screen


def agenda(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.screen.query_one("#agenda", OptionList).options
    return [str(option.prompt) for option in options]


def text(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#text", Static).render())


@pytest.mark.parametrize("size", SIZES)
async def test_what_interviewers_differ_on_comes_first(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    complete(store, {"unspoken-need": 4, "broken-promise": 5}, interviewer="Tom Becker")
    complete(store, {"unspoken-need": 4, "broken-promise": 2}, interviewer="Lucía Ferrer")
    async with running(size=size) as pilot:
        await to_debrief(pilot)
        lines = agenda(pilot)
        assert lines[0] == "Scorecards · 2 · 1 to talk about"
        assert lines[1:3] == [
            "≠ 2–5   Tell me about a promise to a customer that your company did…",
            "  4     Take me back to a sale where the customer turned out to nee…",
        ]
        assert "3 points apart: Tom Becker 5, Lucía Ferrer 2" in text(pilot)
        assert "≠ 2–5   Tell me about a promise" in painted(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswersScreen))


async def test_probes_and_the_story_stand_beside_the_rating(store: Store, running: Running) -> None:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.add_note("broken-promise", "I rang the plant manager on Monday")
    notebook.ask("broken-promise", "numbers", "What was the number?", ())
    notebook.set_outcome("broken-promise", "numbers", Outcome.NO_ANSWER)
    notebook.rate("broken-promise", 4)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    async with running(size=(120, 36)) as pilot:
        await to_debrief(pilot)
        said = text(pilot)
        assert "4 · probed 1, 0 new detail" in said
        assert "What was the number? → no answer" in said
        assert "✓own action" in said
        assert "Nobody asked about: " in said
        await pilot.press("end", "up")
        assert "Nobody assessed Learning" in text(pilot)
        assert "Nobody rated “Take me back to a sale" in text(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_decision_is_kept_and_a_new_one_adds_to_it(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    sealed = complete(store, {"unspoken-need": 4})
    async with running(size=size) as pilot:
        await to_debrief(pilot)
        for key, reason in (("4", HOSTILE), ("1", "Both references agree.")):
            await pilot.press("d")
            await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
            await pilot.press(key)
            pilot.app.screen.query_one("#reason", Input).focus()
            await type_at_once(pilot, reason)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
            await pilot.pause()
        shown = text(pilot)
        assert agenda(pilot)[-1] == "Decision · hire, 2 Mar 2026"
    made = store._reads.decisions(sealed.role, sealed.candidate)
    assert [(one.course, one.reason, one.by) for one in made] == [
        (Course.HOLD, HOSTILE, "Priya Raman"),
        (Course.HIRE, "Both references agree.", "Priya Raman"),
    ]
    assert HOSTILE in shown
    assert shown.index("Both references") < shown.index(HOSTILE)
    assert store._reads.interview(sealed.id) == sealed


async def test_the_form_says_what_is_missing(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await to_debrief(pilot)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        fault = pilot.app.screen.query_one("#fault", Static)
        await pilot.press("ctrl+s")
        assert "Choose one of the four" in str(fault.render())
        await pilot.press("2", "ctrl+s")
        assert "needs a reason" in str(fault.render())
        await type_at_once(pilot, "x")
        pilot.app.screen.query_one("#by", Input).value = ""
        await pilot.press("ctrl+s")
        assert "name of the person who" in str(fault.render())
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
    assert store._reads.decisions(store.role("Account executive")) == []


async def test_there_is_no_debrief_of_a_withheld_candidate(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    begin(store)
    async with running() as pilot:
        await pilot.press("end", "d")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert any("is withheld from you" in one.message for one in pilot.app._notifications)
        await pilot.press("up", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        assert "1 scorecard in, withheld from you" in painted(pilot)
        assert "Tom Becker" not in painted(pilot)


async def test_who_is_missing_is_reminded(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    begin(store, interviewer=HOSTILE)
    async with running() as pilot:
        await pilot.press("end", "up", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        assert "✓ Priya Raman · submitted 2 Mar 2026" in painted(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert f"- {HOSTILE}: Ada Okafor, 0 of 8 questions done" in pilot.app.clipboard
        assert "Scorecards still open" in painted(pilot)


async def test_complete_is_said_only_against_the_plan(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    complete(store, {"unspoken-need": 4}, "Bo Lind")
    plan = store.planning()
    for name in ("Priya Raman", "Tom Becker"):
        plan.add(role="Account executive", candidate="Ada Okafor", interviewer=name)
    async with running() as pilot:
        await pilot.press("home", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        assert "0 of 1 planned candidate complete · 1 without a plan · 1 missing" in painted(pilot)
        assert "· Tom Becker · planned, not started" in painted(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert "- Tom Becker: Ada Okafor, planned, not started" in pilot.app.clipboard
        await pilot.press("escape", "escape")
        complete(store, {"unspoken-need": 3}, interviewer="Tom Becker")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        assert "1 of 1 planned candidate complete" in painted(pilot)
        assert "Ada Okafor · complete" in painted(pilot)
        assert "Bo Lind · complete" not in painted(pilot)


async def test_nobody_is_reminded_when_all_is_in(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("home", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        await pilot.press("c")
        assert any("nobody is missing" in one.message for one in pilot.app._notifications)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("edge", ["one interviewer", "all five", "nothing", "hostile"])
async def test_rounds_at_the_edge(
    store: Store, running: Running, edge: str, size: tuple[int, int]
) -> None:
    """Each is opened, walked over and left; the sentence that fits it stands there."""
    wanted = "no one to compare with"
    if edge == "one interviewer":
        complete(store, {"unspoken-need": 4})
        complete(store, {"unspoken-need": 2}, "Bo")
        wanted = "rated by one person each"
    elif edge == "all five":
        for name in ("Ada", "Bo", "Cem"):
            complete(store, {"unspoken-need": 5, "broken-promise": 5}, name, "Tom Becker")
            complete(store, {"unspoken-need": 4, "broken-promise": 3}, name, "Lucía Ferrer")
        wanted = "any of them could be first"
    elif edge == "nothing":
        complete(store, {"unspoken-need": None}, "Nobody Asked")
        wanted = "nothing assessed yet"
    else:
        complete(store, {"unspoken-need": 5}, HOSTILE, HOSTILE, role=HOSTILE)
        complete(store, {"unspoken-need": 2}, HOSTILE, "東京太郎 مرحبا", role=HOSTILE)
    async with running(size=size) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        await pilot.pause()
        if pilot.app.screen.has_class("-words"):
            await pilot.press("i")
        assert wanted in painted(pilot)
        await pilot.press("down", "right", "end", "s", "plus", "u", "a", "a", "i", "i", "space")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
        await pilot.press("down", "up", "end", "home")
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswersScreen))
        await pilot.press("right", "left", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        if edge == "hostile":
            assert HOSTILE[:10] in painted(pilot)


async def test_question_use_shows_what_was_asked_most_first(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("u")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionUseScreen))
        await until(pilot, lambda: bool(text(pilot)))
        shown = painted(pilot)
        assert "by asked" in shown
        assert "too few to tell" in text(pilot)
        await pilot.press("s", "b", "down", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


QUOTES = "Tom rated recovery 2 and Lucia 4; hire anyway"


async def test_a_decision_is_not_shown_to_who_may_see_only_their_own(
    store: Store, running: Running
) -> None:
    for name in ("Tom Becker", "Priya Raman"):
        sealed = complete(store, {"unspoken-need": 4}, interviewer=name)
    store.retention().change(sealed.role, RoleSettings("Dana Fox", Visibility.OWN), "Dana Fox")
    store.decide(sealed.role, sealed.candidate, Course.HIRE, QUOTES, "Call her.", "Dana Fox")
    async with running(size=(120, 36)) as pilot:
        await to_debrief(pilot)
        assert agenda(pilot)[-1] == "Decision · none yet, d writes one"
        await pilot.press("end")
        assert "Nothing has been decided yet" in text(pilot)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert "hire" not in pilot.app.clipboard
        await pilot.press("escape", "escape", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        assert "decided" not in painted(pilot)


async def test_who_wrote_a_decision_reads_it_again(store: Store, running: Running) -> None:
    for name in ("Tom Becker", "Priya Raman"):
        sealed = complete(store, {"unspoken-need": 4}, interviewer=name)
    store.retention().change(sealed.role, RoleSettings("Dana Fox", Visibility.OWN), "Dana Fox")
    store.decide(sealed.role, sealed.candidate, Course.HIRE, "My own words.", "", "Priya Raman")
    async with running(size=(120, 36)) as pilot:
        await to_debrief(pilot)
        assert agenda(pilot)[-1] == "Decision · hire, 2 Mar 2026"
