"""The comparison on screen: the same numbers, ties, weights tried, and what is behind a value."""

from pathlib import Path

import openpyxl
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from driving import Running, painted, until
from interviewkit.interview.records import Course, Recommendation
from interviewkit.storage.store import Store
from interviewkit.tui.screens.comparison.answers import AnswersScreen
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.filter_form import FilterScreen
from interviewkit.tui.screens.comparison.panel import PanelScreen
from interviewkit.tui.screens.comparison.plots import ProfileScreen, SeverityScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.export import ExportScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.widgets.comparison_table import ComparisonTable
from support import PRIYA, begin, complete, strict

SIZES = [(80, 24), (120, 36)]


def two_panels(store: Store) -> None:
    complete(store, {"unspoken-need": 5, "broken-promise": 4}, interviewer="Tom Becker")
    complete(store, {"unspoken-need": 3, "broken-promise": None}, interviewer="Lucía Ferrer")
    complete(store, {"unspoken-need": 2}, candidate="Bo Lindqvist", interviewer="Tom Becker")


def four_candidates(store: Store) -> None:
    """Ada and Bo are tied at 4, Cem is at 2, and Dee at 1; Bo is ahead in service recovery."""
    given = {"Ada": (5, 3), "Bo": (3, 5), "Cem": (2, 2), "Dee": (1, 1)}
    for name, (need, promise) in given.items():
        for who in ("Tom Becker", "Lucía Ferrer"):
            ratings: dict[str, int | None] = {"unspoken-need": need, "broken-promise": promise}
            complete(store, ratings, candidate=name, interviewer=who)


async def to_comparison(pilot: Pilot[None]) -> ComparisonScreen:
    await pilot.press("c")
    await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ComparisonScreen)
    return screen


def line_of(pilot: Pilot[None], name: str) -> str:
    return next(line for line in painted(pilot).splitlines() if f" {name} " in f"{line} ")


def words(pilot: Pilot[None], which: str) -> str:
    return str(pilot.app.screen.query_one(which, Static).render())


@pytest.mark.parametrize("size", SIZES)
async def test_values_carry_their_level_and_n_and_a_blank_is_a_dash(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    two_panels(store)
    async with running(size=size) as pilot:
        await to_comparison(pilot)
        shown = painted(pilot)
        assert "▆4.0▲±0.6" in line_of(pilot, "Ada Okafor")  # overall
        assert "▆4.0▲×2○≠" in line_of(pilot, "Ada Okafor")  # the need, 2 points apart
        assert "▆4.0▲×1○" in line_of(pilot, "Ada Okafor")  # the promise, one interviewer
        assert "▃2.0▼×1○" in line_of(pilot, "Bo Lindqvist")
        assert " –" in line_of(pilot, "Bo Lindqvist")
        assert "oo few interviewers" in shown
        assert "○ not ◐ partly probed" in shown  # the legend stays in view


async def test_below_the_table_stands_who_rated_what(store: Store, running: Running) -> None:
    two_panels(store)
    async with running() as pilot:
        await to_comparison(pilot)
        table = pilot.app.screen.query_one(ComparisonTable)
        while not table.competency or table.competency.id != "customer-needs":
            await pilot.press("right")
        await pilot.pause()
        detail = words(pilot, "#detail")
        assert (
            "Ada Okafor · Needs before selling · 4.0 ± 0.8 from Lucía Ferrer 3, Tom Becker 5"
            in detail
        )
        assert "not probed · weighs 1" in detail
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswersScreen))
        await until(pilot, lambda: "unspoken-need" in words(pilot, "#text"))
        text = words(pilot, "#text")
        assert "unspoken-need" in text
        assert "Service recovery" not in text
        assert "5 " in text
        assert "Tom Becker" in text
        await pilot.press("right")
        assert "Needs before selling" not in words(pilot, "#text")
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))


async def test_a_click_on_a_name_opens_that_scorecard(store: Store, running: Running) -> None:
    two_panels(store)
    async with running() as pilot:
        await to_comparison(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswersScreen))
        await until(pilot, lambda: "Lucía Ferrer" in painted(pilot))
        lines = painted(pilot).splitlines()
        row = next(at for at, line in enumerate(lines) if "Tom Becker" in line and "Luc" in line)
        await pilot.click(offset=(lines[row].index("Lucía") + 1, row))
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        option = pilot.app.screen.query_one("#cards").highlighted_option  # type: ignore[attr-defined]
        assert str(option.prompt).startswith("Lucía Ferrer")


async def test_a_candidate_i_am_interviewing_is_withheld(store: Store, running: Running) -> None:
    two_panels(store)
    begin(store, candidate="Bo Lindqvist", interviewer="Priya Raman")
    async with running() as pilot:
        await pilot.press("down")
        screen = await to_comparison(pilot)
        assert [one.name for one in screen._comparing.now.candidates] == ["Ada Okafor"]
        assert "withheld: Bo Lindqvist" in painted(pilot)
        await pilot.press("i")
        said = words(pilot, "#explanation")
        assert "Bo Lindqvist: 1 scorecard in, withheld until you have submitted your own." in said


async def test_places_stand_beside_names_and_the_tied_are_signed(
    store: Store, running: Running
) -> None:
    four_candidates(store)
    complete(store, {"unspoken-need": 4, "broken-promise": 3}, "Ada", "Nora Lind")
    complete(store, {"unspoken-need": 5, "broken-promise": 5}, "Bo", "Nora Lind")
    async with running() as pilot:
        await to_comparison(pilot)
        assert line_of(pilot, "Bo").startswith("›1–2 ")
        assert line_of(pilot, "Ada").startswith("=1–")
        assert line_of(pilot, "Dee").startswith(" 3–4 ")
        await pilot.press("down", "down", "down")
        await pilot.pause()
        assert line_of(pilot, "Bo").startswith(" 1–2 ")
        assert line_of(pilot, "Dee").startswith("›3–4 ")
        await pilot.press("i")
        text = words(pilot, "#explanation")
        assert "Could be first: Bo" in text
        assert "Shown, never applied" in text


async def test_a_weight_changes_the_order_at_once_and_is_taken_back(
    store: Store, running: Running
) -> None:
    four_candidates(store)
    complete(store, {"unspoken-need": 3}, "Ada", "Nora Lind")
    async with running() as pilot:
        await to_comparison(pilot)
        written = store._connection.total_changes
        table = pilot.app.screen.query_one(ComparisonTable)
        assert table.candidate is not None and table.candidate.name == "Bo"
        while not table.competency or table.competency.id != "customer-needs":
            await pilot.press("right")
        await pilot.press("plus", "plus", "minus", "plus")
        await pilot.pause()
        assert table.candidate.name == "Bo"  # the cursor goes where its candidate goes
        assert table.row == 1
        assert "↑1" in line_of(pilot, "Ada")
        assert "↓1" in line_of(pilot, "Bo")
        assert "Needs before selling 1→2" in words(pilot, "#heading")
        assert "for this screen only, not saved" in words(pilot, "#heading")
        await pilot.press("u", "u", "u", "u")
        await pilot.pause()
        assert table.row == 0
        assert "weights" not in words(pilot, "#heading")
        await pilot.press("plus", "plus", "backspace")
        assert "weights" not in words(pilot, "#heading")
        await pilot.press("u")
        assert "Needs before selling 1→2" in words(pilot, "#heading")
    assert store._connection.total_changes == written
    comparison = store.seen_by(PRIYA).comparison(store.role("Account executive"))
    assert {item.weight for item in comparison.competencies} == {1.0}


async def test_weights_need_a_competency_and_undo_a_change(store: Store, running: Running) -> None:
    two_panels(store)
    async with running() as pilot:
        await to_comparison(pilot)
        await pilot.press("plus", "u", "backspace")
        said = [note.message for note in pilot.app._notifications]
    assert [text.partition(" ")[0] for text in said] == ["Move", "No", "These"]


async def test_rows_are_sorted_by_any_column(store: Store, running: Running) -> None:
    four_candidates(store)
    async with running() as pilot:
        await to_comparison(pilot)
        table = pilot.app.screen.query_one(ComparisonTable)

        def names() -> list[str]:
            return [one.name for one in table._order]

        await pilot.press("s")
        assert names() == ["Ada", "Bo", "Cem", "Dee"]
        assert "Candidate ↑ Overall" in painted(pilot)  # short names leave room for the arrow
        await pilot.press("s")
        assert names() == ["Dee", "Cem", "Bo", "Ada"]
        assert "by name, from Z to A" in words(pilot, "#heading")
        while not table.competency or table.competency.id != "service-recovery":
            await pilot.press("right")
        await pilot.press("s")
        assert names() == ["Bo", "Ada", "Cem", "Dee"]
        await pilot.click(ComparisonTable, offset=(24, 2))  # the head of Overall
        assert "by overall, lowest first" in words(pilot, "#heading")
        assert names()[0] == "Dee"
        await pilot.press("s", "s", "s")
        assert "by " not in words(pilot, "#heading").replace("by service", "")


async def test_blanks_stand_last_whichever_way_it_is_sorted(store: Store, running: Running) -> None:
    two_panels(store)
    complete(store, {"unspoken-need": None}, candidate="Abe None", interviewer="Tom Becker")
    async with running() as pilot:
        await to_comparison(pilot)
        table = pilot.app.screen.query_one(ComparisonTable)
        await pilot.press("right", "s")
        assert [one.name for one in table._order][-1] == "Abe None"
        await pilot.press("s", "s")
        assert [one.name for one in table._order][-1] == "Abe None"
        assert line_of(pilot, "Abe None").count("–") >= 2


async def test_rounds_and_interviewers_are_chosen(store: Store, running: Running) -> None:
    two_panels(store)
    complete(store, {"new-skill": 1}, interviewer="Tom Becker", kit="screen-30")
    async with running() as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilterScreen))
        await pilot.press("tab", "space", "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.pause()
        assert "only Lucía Ferrer" in words(pilot, "#heading")
        assert [one.name for one in screen._comparing.now.candidates] == ["Ada Okafor"]
        assert screen._comparing.now.candidates[0].overall == 3
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilterScreen))
        assert "[x] Lucía Ferrer" in painted(pilot)
        await pilot.press("space", "tab", "space", "ctrl+s")  # a round in which she was not
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilterScreen))
        await pilot.click("#all")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert not screen._comparing.is_filtered


async def test_a_choice_that_leaves_nothing_says_so(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    complete(store, {"new-skill": 4}, "Bo Lindqvist", "Lucía Ferrer", kit="screen-30")
    async with running() as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilterScreen))
        await pilot.press("down", "space", "tab", "down", "space", "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen._comparing.now.candidates == ()
        assert any("No scorecard matches" in one.message for one in pilot.app._notifications)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilterScreen))
        await pilot.press("escape")


async def test_only_comparable_answers_can_be_taken(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 5, "broken-promise": 1})
    other = begin(store, candidate="Bo Lindqvist")
    notebook = store.notebook(other.id)
    notebook.rate("unspoken-need", 3)
    notebook.skip("broken-promise", "no time")
    notebook.recommend(Recommendation.NO)
    notebook.submit()
    async with running() as pilot:
        screen = await to_comparison(pilot)
        assert screen._comparing.now.candidates[0].overall == 3
        await pilot.press("a")
        await pilot.pause()
        assert "· only comparable answers" in words(pilot, "#heading")
        assert screen._comparing.now.candidates[0].overall == 5
        await pilot.press("a")
        assert "comparable" not in words(pilot, "#heading")


@pytest.mark.parametrize("size", SIZES)
async def test_marked_candidates_are_drawn(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    four_candidates(store)
    complete(store, {"unspoken-need": 4}, candidate="Eva", interviewer="Tom Becker")
    async with running(size=size) as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("space", "p")
        assert any("Mark two to four" in one.message for one in pilot.app._notifications)
        await pilot.press("down", "space", "down", "space", "down", "space", "down", "space")
        assert any("4 are already marked" in one.message for one in pilot.app._notifications)
        assert len(pilot.app.screen.query_one(ComparisonTable).marked) == 4
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen))
        await pilot.pause()
        shown = painted(pilot)
        for sign in "●▲■◆":
            assert shown.count(sign) >= 2  # a value and the legend
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("space", "up", "space")
        assert len(pilot.app.screen.query_one(ComparisonTable).marked) == 3


async def test_severity_is_drawn_with_what_it_rests_on(store: Store, running: Running) -> None:
    two_panels(store)
    async with running() as pilot:
        await to_comparison(pilot)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, SeverityScreen))
        await pilot.pause()
        assert "Tom Becker n=1" in painted(pilot)
        assert "−2.00 points (n=1)" in words(pilot, "#numbers")


async def test_severity_of_one_interviewer_cannot_be_drawn(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    async with running() as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("v")
        assert any("rated by two interviewers" in one.message for one in pilot.app._notifications)
        assert pilot.app.screen is screen


async def test_debrief_panel_and_decision_are_reached_from_here(
    store: Store, running: Running
) -> None:
    two_panels(store)
    role = store.role("Account executive")
    ada = next(one for one in store.candidates() if one.name == "Ada Okafor")
    async with running() as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
        store.decide(role, ada, Course.ANOTHER_ROUND, "Split on the need.", "", "Nora Lind")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.pause()
        assert "decided: another round, 2 Mar 2026" in words(pilot, "#detail")


async def test_the_workbook_is_written_where_one_says(
    store: Store, running: Running, tmp_path: Path
) -> None:
    two_panels(store)
    target = tmp_path / "out.xlsx"
    async with running() as pilot:
        await to_comparison(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
        pilot.app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists)
        await pilot.app.workers.wait_for_complete()
    assert "Evidence" in openpyxl.load_workbook(target).sheetnames


@pytest.mark.parametrize("size", SIZES)
async def test_a_role_without_scorecards_says_so(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    begin(store, interviewer="Tom Becker")
    async with running(size=size) as pilot:
        screen = await to_comparison(pilot)
        assert "No scorecard that you may see has been submitted here yet." in painted(pilot)
        await pilot.press("d", "s", "space", "p", "v", "x", "plus", "i", "enter")
        await pilot.pause()
        assert pilot.app.screen is screen


async def test_two_hundred_candidates_are_walked_and_weighed(
    store: Store, running: Running
) -> None:
    store._connection.execute("PRAGMA synchronous = OFF")  # 400 scorecards in two seconds
    for number in range(200):
        for who, more in (("Tom Becker", 0), ("Lucía Ferrer", 1)):
            ratings: dict[str, int | None] = {
                "unspoken-need": 1 + (number + more) % 4,
                "broken-promise": 1 + number % 5,
            }
            complete(store, ratings, f"Candidate {number:03}", who)
    async with running() as pilot:
        screen = await to_comparison(pilot)
        table = screen._table
        for key in ["pagedown"] * 4 + ["down"] * 30:
            await pilot.press(key)
        here = table.candidate
        assert here is not None
        assert here.name in painted(pilot)
        await pilot.press("end", "left", "left", "plus", "plus", "ctrl+end")
        await pilot.pause()
        assert table.row == 199
        assert table._order[199].name in painted(pilot)
        await pilot.press("i")
        assert "any of them could be first" in words(pilot, "#headline")
        assert "Tom Becker rated as co-raters did" in words(pilot, "#explanation")


@pytest.mark.parametrize("size", SIZES)
async def test_a_mean_below_its_must_have_is_marked_and_said(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    file = strict("customer-needs: 3")
    for name, rating in (("Ada Okafor", 4), ("Bo Lindqvist", 2)):
        for who in ("Tom Becker", "Lucía Ferrer"):
            complete(store, {"unspoken-need": rating}, name, who, file=file)
    async with running(size=size) as pilot:
        screen = await to_comparison(pilot)
        assert "▆4.0▲×2○" in line_of(pilot, "Ada Okafor")
        assert "▃2.0!×2○" in line_of(pilot, "Bo Lindqvist")
        assert "! below its must-have" in painted(pilot)
        assert "≥3" in painted(pilot)
        assert "must-have not met: Bo Lindqvist" in words(pilot, "#headline")
        assert "at least 3: not met by Bo Lindqvist (2.0)." in words(pilot, "#explanation")
        assert screen.has_class("-words") == (size == (120, 36))


async def test_my_ratings_are_shown_to_me_alone(store: Store, running: Running) -> None:
    four_candidates(store)
    async with running() as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("m")
        assert any("has submitted no scorecard here" in n.message for n in pilot.app._notifications)
        assert pilot.app.screen is screen
    for name in ("Ada", "Bo", "Cem", "Dee"):
        complete(store, {"unspoken-need": 3}, name, "Priya Raman")
    async with running() as pilot:
        screen = await to_comparison(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert "Your ratings · Account executive" in painted(pilot)
        assert "4 scorecards, 4 rated answers" in painted(pilot)
        assert "Tom" not in painted(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
