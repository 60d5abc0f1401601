"""Rating written answers on the screen, giving them back, and what the trainer sees."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from driving import Running, app_on, painted, type_at_once, until
from hostile import ACTS, acting
from interviewkit.interview.people import Person, RecordKind
from interviewkit.storage.store import Store
from interviewkit.tui.screens.calibration.new_set import NewSetScreen
from interviewkit.tui.screens.calibration.panel import CalibrationPanelScreen
from interviewkit.tui.screens.calibration.rate_answers import RateAnswersScreen
from interviewkit.tui.screens.calibration.set_list import CalibrationsScreen
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.widgets.multi_select import MultiSelect
from interviewkit.workflows.calibration_files import take_in_file, write_ratings, write_set
from support import PRIYA, HeldClock
from written_answers import PEOPLE, TRAINER, keep_set, rate_set, table, written_set


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def own(store: Store) -> dict[str, int]:
    calibrations = store.seen_by(store.person(PRIYA.name)).calibrations()
    (ratings,) = calibrations.own_ratings(calibrations.calibration_set("set-1"))
    return dict(ratings.ratings)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_an_answer_its_question_and_all_anchors_are_on_the_screen(
    size: tuple[int, int], store: Store, running: Running
) -> None:
    keep_set(store)
    async with running(size=size) as pilot:
        await pilot.press("k", "enter")
        text = painted(pilot)
        for words in (
            "Autumn panel · round 1 · answer 1 of 12 · 0 rated",
            "Ruth Adeyemi  Tell me about ownership.",
            "Ruth Adeyemi on ownership.",
            "? What came of it?",
            "It held.",
            "1 Nothing happened.",
            "2 between",
            "5 All of it.",
            "press 1 to 5",
        ):
            assert words in text
        assert "expert" not in text
        await pilot.press("4")
        assert "▸4" in painted(pilot)
        assert "you gave 4" in painted(pilot)


def told(pilot: Pilot[None], words: str) -> bool:
    """Whether a notification says so."""
    return any(words in note.message for note in pilot.app._notifications)


async def test_keys_typed_at_once_rate_every_answer_and_hand_in(
    store: Store, running: Running, tmp_path: Path
) -> None:
    keep_set(store)
    async with running() as pilot:
        await type_at_once(pilot, "k\n" + "3\n" * 11 + "2\n")
        assert isinstance(pilot.app.screen, Confirm)
        await until(pilot, lambda: "your ratings with your name" in painted(pilot))
        await pilot.press("enter")  # what cannot be taken back is not what Enter does
        assert isinstance(pilot.app.screen, RateAnswersScreen)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        pilot.app.screen.query_one("#yes").focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        path = Path(pilot.app.screen.query_one("#text", Input).value)
        assert path == tmp_path / "calibration-autumn-panel-priya-raman.jsonl"
        await pilot.press("enter")
        await until(pilot, path.exists)
        assert list(own(store).values()) == [3] * 11 + [2]
        await until(pilot, lambda: "handed in" in painted(pilot))


async def test_it_goes_on_where_it_was_left(store: Store, running: Running) -> None:
    keep_set(store)
    async with running() as pilot:
        await type_at_once(pilot, "k\n3\n4\n5")
        await pilot.press("escape")
        assert "3 of 12 rated" in painted(pilot)
        await pilot.press("enter")
        assert "answer 4 of 12 · 3 rated" in painted(pilot)
        await pilot.press("backspace", "1")
        assert "answer 3 of 12" in painted(pilot)
        await pilot.press("o")
        assert "answer 4 of 12" in painted(pilot)
    assert list(own(store).values()).count(1) == 1


async def test_only_what_is_whole_is_handed_in(store: Store, running: Running) -> None:
    keep_set(store)
    async with running() as pilot:
        await type_at_once(pilot, "k\n3\n4\n")
        await pilot.press("left", "left", "h")
        assert isinstance(pilot.app.screen, RateAnswersScreen)
        assert told(pilot, "10 answers have no rating yet. This is the first: a digit rates it")
        assert "answer 3 of 12" in painted(pilot)
        await pilot.press("7")
        assert told(pilot, "The scale goes from 1 to 5.")


async def test_who_has_handed_in_sees_the_panel_without_names(
    store: Store, running: Running
) -> None:
    calibration_set = keep_set(store)
    for name in (PRIYA.name, *PEOPLE):
        rate_set(store, calibration_set, name, table(1, 0, -1))
    async with running() as pilot:
        await pilot.press("k", "enter")
        assert isinstance(pilot.app.screen, TextDialog)
        text = painted(pilot)
        assert "Round 1: 5 people" in text
        assert not any(name in text for name in PEOPLE)


async def test_the_trainer_sees_the_panel_writes_it_and_opens_a_round(
    store: Store, tmp_path: Path
) -> None:
    calibration_set = keep_set(store, PRIYA)
    for name, shifts in zip(PEOPLE, ((1, 0), (0, -1), (1,), (0, 0, 1)), strict=True):
        rate_set(store, calibration_set, name, table(*shifts))
    async with app_on(store).run_test(size=(120, 60)) as pilot:
        await pilot.press("k")
        assert "4 handed in" in painted(pilot)
        pilot.app.notify("Took in the ratings of 1 person.", timeout=12)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalibrationPanelScreen))
        assert not told(pilot, "Took in")
        text = painted(pilot)
        assert all(name in text for name in PEOPLE)
        assert "Spread / expert" in text
        assert "Round 1: 4 people" in text
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await pilot.press("enter")
        await until(pilot, (tmp_path / "calibration-autumn-panel.xlsx").exists)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await pilot.press("enter")
        await until(pilot, (tmp_path / "calibration-autumn-panel-round-2.jsonl").exists)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, RateAnswersScreen))
        await until(pilot, lambda: "round 2 · answer 1 of 12" in painted(pilot))


async def test_files_are_taken_in_on_the_screen(
    store: Store, running: Running, tmp_path: Path
) -> None:
    with Store(tmp_path / "trainer.db", HeldClock()) as trainer:
        calibration_set = keep_set(trainer)
        write_set(tmp_path / "set.jsonl", calibration_set, trainer.path)
        blind = rate_set(trainer, calibration_set, "Ada Park", table(0))
        write_ratings(tmp_path / "back.jsonl", blind, trainer.path)
    async with running() as pilot:
        await pilot.press("k")
        assert "press i and give its path" in painted(pilot)
        for name, said in (
            ("set.jsonl", "Took in 1 set of answers."),
            ("set.jsonl", "Nothing in set.jsonl was new."),
            ("back.jsonl", "Took in the ratings of 1 person."),
            ("none.jsonl", "cannot be read"),
        ):
            await pilot.press("i")
            await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
            pilot.app.screen.query_one("#text", Input).value = str(tmp_path / name)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, CalibrationsScreen))
            await until(pilot, lambda: told(pilot, said))  # noqa: B023
            pilot.app.clear_notifications()
        assert pilot.app.screen.query_one("#sets", OptionList).option_count == 1
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "has handed in no ratings"))
        await pilot.press("q")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_command_opens_a_set_to_rate_over_its_list(store: Store) -> None:
    calibration_set = keep_set(store)
    app = app_on(store)
    async with app.run_test() as pilot:
        app.opened(lambda: CalibrationsScreen(store, app.person, calibration_set))
        await until(pilot, lambda: isinstance(app.screen, RateAnswersScreen))
        await pilot.press("escape")
        assert isinstance(app.screen, CalibrationsScreen)
    rate_set(store, calibration_set, PRIYA.name, table(0))
    async with (app := app_on(store)).run_test() as pilot:
        app.opened(lambda: CalibrationsScreen(store, app.person, calibration_set))
        await until(pilot, lambda: told(pilot, "handed in, and stay as they are"))


async def test_a_trainers_page_lets_no_name_act(store: Store) -> None:
    hostile = written_set()._replace(title=f"Panel{ACTS}")
    store.seen_by(PRIYA).calibrations().add_set(hostile, {})
    rate_set(store, hostile, f"Ada{ACTS}", table(0))
    async with app_on(store).run_test(size=(120, 60)) as pilot:
        await pilot.press("k", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalibrationPanelScreen))
        assert "Ada␛" in painted(pilot)
        assert acting(painted(pilot)) == []


def test_only_the_trainer_gets_the_page(store: Store) -> None:
    from interviewkit.errors import BlockedError

    calibration_set = keep_set(store, TRAINER)
    with pytest.raises(BlockedError):
        CalibrationPanelScreen(store, Person("", "Ada Park"), calibration_set)


@pytest.mark.parametrize("is_same", [True, False])
async def test_who_in_a_file_is_whom_is_asked(
    is_same: bool, store: Store, running: Running, tmp_path: Path
) -> None:
    """The trainer's records know an Ada Park already, under an id of their own."""
    calibration_set = keep_set(store, PRIYA)
    with store._database.transaction():
        known = store.registry().ensure(RecordKind.PERSON, "Ada Park")
    with Store(tmp_path / "ada.db", HeldClock()) as ada:
        write_set(tmp_path / "set.jsonl", calibration_set, store.path)
        take_in_file(ada, tmp_path / "set.jsonl")
        write_ratings(
            tmp_path / "back.jsonl", rate_set(ada, calibration_set, "Ada Park", table(0)), ada.path
        )
    async with running() as pilot:
        await pilot.press("k", "i")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        pilot.app.screen.query_one("#text", Input).value = str(tmp_path / "back.jsonl")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await until(pilot, lambda: "The file names Ada Park." in painted(pilot))
        await pilot.press("enter" if is_same else "escape")
        await until(pilot, lambda: told(pilot, "Took in the ratings of 1 person."))
    calibrations = store.seen_by(store.person(PRIYA.name)).calibrations()
    (rater,) = calibrations.statistics(calibration_set).rounds[0].people
    assert (rater.person.id == known.id) is is_same


async def test_a_trainer_makes_a_set_on_the_screen(
    store: Store, running: Running, tmp_path: Path
) -> None:
    async with running() as pilot:
        await pilot.press("k", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewSetScreen))
        assert "Ruth Adeyemi · Customer-focused sales, screen-30" in painted(pilot)
        await pilot.press("ctrl+s")
        assert "Select whose answers are to be rated." in painted(pilot)
        select = pilot.app.screen.query_one("#practice", MultiSelect)
        select.set_value([value for value, _ in select._options])  # two banks at once
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "for one kit of one bank" in painted(pilot))
        select.set_value(["ruth-adeyemi"])
        pilot.app.screen.query_one("#title", Input).value = "Spring"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalibrationsScreen))
        assert (tmp_path / "calibration-set.jsonl").exists()
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewSetScreen))
        path = Path(pilot.app.screen.query_one("#path", Input).value)
        assert path.name == "calibration-set-2.jsonl"  # the set handed out before stays
        await until(pilot, lambda: "Spring · round 1 · 0 handed in" in painted(pilot))
        await pilot.press("n", "escape")
        assert isinstance(pilot.app.screen, CalibrationsScreen)


async def test_a_refused_path_is_there_again_to_be_corrected(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        await type_at_once(pilot, "ki")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await type_at_once(pilot, "autum.jsonl\n")
        await until(pilot, lambda: told(pilot, "autum.jsonl cannot be read"))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        assert pilot.app.screen.query_one(Input).value == "autum.jsonl"
        typed = Path("~nobody-of-that-name/a.jsonl")  # drawn as the system writes it
        await type_at_once(pilot, f"{typed}\n")
        await until(pilot, lambda: told(pilot, f"{typed} cannot be read"))


async def test_no_message_covers_the_answer_that_is_rated(store: Store, running: Running) -> None:
    keep_set(store)
    async with running() as pilot:
        await pilot.press("k")
        pilot.app.notify("Took in 1 set of answers.", timeout=12)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RateAnswersScreen))
        assert not told(pilot, "Took in")


async def test_the_arrows_move_between_the_answers_of_a_question(
    store: Store, running: Running
) -> None:
    calibration_set = keep_set(store)
    async with running() as pilot:
        await type_at_once(pilot, "k\n" + "3\n" * len(calibration_set.answers))
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert pilot.app.focused is pilot.app.screen.query_one("#no")
        await pilot.press("left")
        assert pilot.app.focused is pilot.app.screen.query_one("#yes")
        await pilot.press("right")
        assert pilot.app.focused is pilot.app.screen.query_one("#no")
        await pilot.press("left", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
