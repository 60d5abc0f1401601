"""The screens as pictures; look at every one that changes."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Select

from driving import app_on, type_at_once, until
from interviewkit.banks.library import BankLocation, users_folder
from interviewkit.banks.loader import BankFile
from interviewkit.errors import Finding
from interviewkit.storage.store import Store
from interviewkit.tui.screens.amendment_form import AmendScreen
from interviewkit.tui.screens.comparison.answers import AnswersScreen
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.decision_form import DecideScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.screens.search import SearchScreen
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.workshop.form import FormScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.workflows.bank_editor import BankEditor
from support import PRIYA, ROOT, HeldClock, begin, complete

Compare = Callable[..., bool]
NARROW, WIDE = (80, 24), (120, 36)
ANSWER = (
    "shipment to Hartmann nine days late in March\n"
    "rang plant manager the same hour, before he noticed\n"
    "?2told him 180k at risk, offered air freight\n+\n"
)


@pytest.fixture
def round_of_three(demo: Path, tmp_path: Path, clock: HeldClock) -> Iterator[Store]:
    """The example's hiring round."""
    with Store(Path(shutil.copy(demo, tmp_path)), clock) as store:
        yield store


def live(typed: str, *named: str) -> Callable[[Pilot[None]], object]:
    async def run(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await type_at_once(pilot, typed, *named)
        screen = pilot.app.screen
        if isinstance(screen, LiveScreen):
            await until(pilot, lambda: not screen._desk.is_reading)
        await pilot.pause()

    return run


def test_first_start(store: Store, snap_compare: Compare) -> None:
    assert snap_compare(app_on(store), terminal_size=NARROW)


def test_home(round_of_three: Store, snap_compare: Compare) -> None:
    assert snap_compare(app_on(round_of_three), terminal_size=NARROW)


def test_new_interview(store: Store, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await until(pilot, lambda: not pilot.app.screen.query_one("#kit", Select).disabled)

    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)


def test_opening(store: Store, snap_compare: Compare) -> None:
    assert snap_compare(app_on(store, begin(store).id), terminal_size=NARROW)


def test_live(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    run = live(f"\n/q 3\n{ANSWER}/4and kept all of it")
    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_live_wide(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    run = live(f"\n/q 3\n{ANSWER}/4and kept all of it")
    assert snap_compare(app, terminal_size=WIDE, run_before=run)


def test_menu_of_ratings(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=NARROW, run_before=live(f"\n/q 3\n{ANSWER}/"))


def test_menu_of_probes(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=NARROW, run_before=live(f"\n/q 3\n{ANSWER}?"))


def test_generalities_bring_the_neutral_re_ask_first(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    run = live("\n/q 3\nusually he would call the customer\n")
    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_right_to_left_wide_and_combining_characters(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    run = live("\n東京の顧客に電話 二回\nمرحبا بالعميل\ncafe\u0301 👩‍💻 ok\n")
    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_paused(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=NARROW, run_before=live(f"\n/q 3\n{ANSWER}", "f5"))


def test_over_time(store: Store, clock: HeldClock, snap_compare: Compare) -> None:
    interview = begin(store)

    async def run(pilot: Pilot[None]) -> None:
        await live(f"\n/q 3\n{ANSWER}")(pilot)  # type: ignore[misc]
        clock.pass_(31 * 60)
        await pilot.press("pageup", "pagedown")

    assert snap_compare(app_on(store, interview.id), terminal_size=NARROW, run_before=run)


def test_light(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)

    async def run(pilot: Pilot[None]) -> None:
        await live(f"\n/q 3\n{ANSWER}/4")(pilot)  # type: ignore[misc]
        pilot.app.theme = "interviewkit-light"
        await pilot.pause()

    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_wrap_up_with_gaps(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)

    async def run(pilot: Pilot[None]) -> None:
        await live(f"\n/q 3\n{ANSWER}/4/n\n/0/n\n/skip no time left\n/end\n")(pilot)  # type: ignore[misc]
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("3")

    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_no_colour(store: Store, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=NARROW, run_before=live(f"\n/q 3\n{ANSWER}/4"))


def test_wrap_up_where_ratings_and_recommendation_differ(
    store: Store, snap_compare: Compare
) -> None:
    app = app_on(store, begin(store).id)

    async def run(pilot: Pilot[None]) -> None:
        await live("\n/1/n\n/2/end\n")(pilot)  # type: ignore[misc]
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("4")

    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_amended(store: Store, snap_compare: Compare) -> None:
    sealed = complete(store, {"unspoken-need": 4, "broken-promise": 2})
    notebook = store.notebook(sealed.id)
    notebook.amend("rating", "unspoken-need", "3", "Mixed up two stories.", PRIYA)
    notebook.amend("note", "unspoken-need", "It was Leeds.", "Checked my diary.", PRIYA)

    async def run(pilot: Pilot[None]) -> None:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down")

    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)


def test_amending(store: Store, snap_compare: Compare) -> None:
    complete(store, {"unspoken-need": 4, "broken-promise": 2})

    async def run(pilot: Pilot[None]) -> None:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
        await pilot.press("3")

    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)


def test_help(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=NARROW, run_before=live("\n", "f1"))


def test_not_to_ask(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=NARROW, run_before=live("\n", "f3"))


async def to_comparison(pilot: Pilot[None]) -> None:
    await pilot.press("down", "c")
    await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
    await pilot.press("right", "right", "right", "right", "down")


def test_comparison(round_of_three: Store, snap_compare: Compare) -> None:
    app = app_on(round_of_three)
    assert snap_compare(app, terminal_size=NARROW, run_before=to_comparison)


def test_comparison_wide(round_of_three: Store, snap_compare: Compare) -> None:
    app = app_on(round_of_three)
    assert snap_compare(app, terminal_size=(140, 36), run_before=to_comparison)


async def to_debrief(pilot: Pilot[None]) -> None:
    await to_comparison(pilot)
    await pilot.press("down", "down", "d")
    await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
    await pilot.pause()


async def to_decision(pilot: Pilot[None]) -> None:
    await to_debrief(pilot)
    await pilot.press("d")
    await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
    await pilot.press("3", "ctrl+s")


async def to_answers(pilot: Pilot[None]) -> None:
    await to_comparison(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, AnswersScreen))
    await pilot.pause()


def test_comparison_with_weights_tried(round_of_three: Store, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await to_comparison(pilot)
        await pilot.press("plus", "plus", "plus", "plus", "i")

    assert snap_compare(app_on(round_of_three), terminal_size=NARROW, run_before=run)


def test_answers_side_by_side(round_of_three: Store, snap_compare: Compare) -> None:
    app = app_on(round_of_three)
    assert snap_compare(app, terminal_size=(120, 36), run_before=to_answers)


def test_debrief(round_of_three: Store, snap_compare: Compare) -> None:
    assert snap_compare(app_on(round_of_three), terminal_size=NARROW, run_before=to_debrief)


def test_debrief_wide(round_of_three: Store, snap_compare: Compare) -> None:
    app = app_on(round_of_three)
    assert snap_compare(app, terminal_size=(120, 36), run_before=to_debrief)


def test_decision(round_of_three: Store, snap_compare: Compare) -> None:
    assert snap_compare(app_on(round_of_three), terminal_size=NARROW, run_before=to_decision)


def test_too_small(store: Store, snap_compare: Compare) -> None:
    assert snap_compare(app_on(store), terminal_size=(70, 20))


def test_live_in_a_small_terminal(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    assert snap_compare(app, terminal_size=(60, 20), run_before=live(f"\n/q 3\n{ANSWER}"))


def test_questions_above_the_note_line(store: Store, snap_compare: Compare) -> None:
    app = app_on(store, begin(store).id)
    run = live(f"\n/4/n\n/skip no time\n{ANSWER}", "ctrl+o")
    assert snap_compare(app, terminal_size=NARROW, run_before=run)


def test_home_wide(round_of_three: Store, snap_compare: Compare) -> None:
    app = app_on(round_of_three)
    assert snap_compare(app, terminal_size=WIDE, press=["down", "down"])


def test_search(round_of_three: Store, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await type_at_once(pilot, "customer pal")
        await until(pilot, lambda: round_of_three.search_index().behind() == 0)
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        await until(pilot, lambda: bool(screen._hits) and not screen._indexing_text)

    assert snap_compare(app_on(round_of_three), terminal_size=NARROW, run_before=run)


def test_role(round_of_three: Store, snap_compare: Compare) -> None:
    app = app_on(round_of_three)
    assert snap_compare(app, terminal_size=NARROW, press=["down", "r"])


def bank_of_two() -> BankLocation:
    """A small bank with a fault and with words that look like markup."""
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    text = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
    text = text.replace("Who else knew of it?", "'Who [b]else[/b] knew of it?'")
    path.write_text(text, encoding="utf-8")
    return BankLocation("small", path, False)


def too_few(file: BankFile) -> list[Finding]:
    said = "few probes; three to eight leave a choice"
    return [
        Finding(*file.where(("questions", index)), "few-probes", said, "warning")
        for index, question in enumerate(file.bank.questions)
        if len(question.probes) < 3
    ]


def workshop(*keys: str) -> Callable[[Pilot[None]], object]:
    async def run(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        editor = BankEditor(bank_of_two(), too_few)
        pilot.app.push_screen(WorkshopScreen(editor, lambda file, question: None))
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkshopScreen))
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        if "e" in keys:
            await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
            await pilot.pause()
            form = pilot.app.screen
            assert isinstance(form, FormScreen)
            await until(pilot, lambda: form.is_checked)
            await pilot.pause()

    return run


def test_banks(store: Store, snap_compare: Compare) -> None:
    async def run(pilot: Pilot[None]) -> None:
        bank_of_two()
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, BanksScreen))
        rows = pilot.app.screen.query_one(OptionList)
        await until(
            pilot,
            lambda: rows.option_count > 0 and not any("…" in str(o.prompt) for o in rows.options),
        )

    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)


def test_workshop(store: Store, snap_compare: Compare) -> None:
    run = workshop("down", "down", "down", "down", "right")
    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)


def test_workshop_wide(store: Store, snap_compare: Compare) -> None:
    run = workshop("down", "down", "down", "down", "right")
    assert snap_compare(app_on(store), terminal_size=WIDE, run_before=run)


def test_form_of_a_question(store: Store, snap_compare: Compare) -> None:
    run = workshop("down", "down", "down", "down", "e")
    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)


def test_form_of_a_kit(store: Store, snap_compare: Compare) -> None:
    run = workshop("end", "e")
    assert snap_compare(app_on(store), terminal_size=NARROW, run_before=run)
