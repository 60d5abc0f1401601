"""Banks whose scale is shorter or longer than five points, held live, amended and compared."""

import pytest
from textual.pilot import Pilot

from driving import Running, type_at_once, until
from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.interview.people import Person
from interviewkit.interview.records import Recommendation
from interviewkit.storage.store import Store
from interviewkit.tui.screens.amendment_form import AmendScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.rating_scale import RatingStrip
from support import ROOT, begin

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
NAMES = ["Poor", "Weak", "Fair", "Solid", "Good", "Strong", "Outstanding"]
WORDS = ["one", "two", "three", "four", "five"]
POINTS = pytest.mark.parametrize("points", [3, 4, 7])


def bank_of(points: int) -> BankFile:
    """The small bank on a scale of so many points, with names."""
    levels = ", ".join(
        f"{n}: did so very much of it that it is level {n}" for n in range(1, points + 1)
    )
    names = ", ".join(f"{n}: {NAMES[n - 1]}" for n in range(1, points + 1))
    text = SMALL
    for before, after in (
        (
            "    anchors:\n"
            + "".join(f"      {n}: {word}\n" for n, word in enumerate(WORDS, start=1)),
            f"    anchors: {{{levels}}}\n",
        ),
        ("anchors: {1: one, 2: two, 3: three, 4: four, 5: five}", f"anchors: {{{levels}}}"),
        ("language: en\n", f"language: en\nscale: {{{names}}}\n"),
    ):
        assert before in text
        text = text.replace(before, after)
    return BankFile(parse_bank(text, "test"), text)


def rendered(pilot: Pilot[None], kind: type[Menu] | type[RatingStrip]) -> str:
    return str(pilot.app.screen.query_one(kind).render())


@POINTS
async def test_every_rating_fits_the_smallest_screen_and_can_be_given(
    store: Store, running: Running, points: int
) -> None:
    interview = begin(store, kit="short", file=bank_of(points))
    async with running(interview.id) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        strip = pilot.app.screen.query_one(RatingStrip)
        assert f"/1 to /{points}, /0 not assessed" in str(strip.border_title)
        shown = [line.split()[0] for line in rendered(pilot, RatingStrip).splitlines()]
        assert shown == ["1", str((points + 1) // 2), str(points)]
        await pilot.press("slash")
        menu = pilot.app.screen.query_one(Menu)
        await until(pilot, lambda: menu.display)
        for number in range(1, points + 1):
            assert f"/{number} {NAMES[number - 1]}: did" in rendered(pilot, Menu)
        await until(pilot, lambda: menu.region.height >= points + 2)
        assert menu.region.y >= 0
        assert menu.region.bottom <= pilot.app.size.height
        await pilot.press(str(points))
        given = f"Rating · {NAMES[points - 1]}: {points}"
        await until(pilot, lambda: given in str(strip.border_title))
        await type_at_once(pilot, f"/{points + 1}")
        await pilot.press("enter")
        refused = f"Ratings go from 1 to {points}"
        await until(pilot, lambda: refused in rendered(pilot, Menu))
    assert store._reads.answers(interview.id)[0].rating == points


@POINTS
async def test_a_no_over_the_top_of_the_scale_asks_why(
    store: Store, running: Running, points: int
) -> None:
    interview = begin(store, kit="short", file=bank_of(points))
    store.notebook(interview.id).rate("broken-promise", points)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        pilot.app.screen.query_one("#recommendation").focus()
        await pilot.press("2")
        reason = pilot.app.screen.query_one("#reason")
        await until(pilot, lambda: bool(reason.display))
        assert f"Your ratings average {points}.0" in str(reason.border_title)


async def test_an_amendment_offers_the_scales_own_points(store: Store, running: Running) -> None:
    interview = begin(store, kit="short", file=bank_of(7))
    notebook = store.notebook(interview.id)
    notebook.rate("broken-promise", 2)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
        pilot.app.screen.query_one("#value").focus()
        await pilot.press("7")
        pilot.app.screen.query_one("#reason").focus()
        await type_at_once(pilot, "heard it again")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: store._reads.answers(interview.id)[0].counts == 7)


def test_scorecards_on_scales_of_different_length_are_not_averaged(store: Store) -> None:
    for who, points, rating in (("Priya", 7, 7), ("Tom", 7, 6), ("Lucía", 4, 1)):
        interview = begin(store, interviewer=who, kit="short", file=bank_of(points))
        notebook = store.notebook(interview.id)
        notebook.rate("broken-promise", rating)
        notebook.recommend(Recommendation.YES)
        notebook.submit()
    comparison = store.seen_by(Person("", "Recruiter")).comparison(store.roles()[0])
    assert comparison.scale == (1, 2, 3, 4, 5, 6, 7)
    assert comparison.candidates[0].overall == 6.5
    assert comparison.warnings[0] == (
        "1 scorecard is left out: their bank uses a different scale from the 1 to 7 that most used."
    )
