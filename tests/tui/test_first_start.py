"""Who one is, asked at the first start and changed in one place; and whom a typed name means."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from driving import Running, painted, type_at_once, until
from interviewkit.interview.people import RecordKind
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.name_question import NameQuestion
from interviewkit.tui.screens.people import PeopleScreen
from interviewkit.tui.screens.plan import PlanScreen
from interviewkit.tui.screens.who_you_are import FirstStartScreen
from support import begin, complete

Q = "unspoken-need"


def said(pilot: Pilot[None]) -> str:
    """Every message that is shown."""
    return "\n".join(shown.message for shown in pilot.app._notifications)


async def test_typing_replaces_the_login_that_is_guessed(store: Store) -> None:
    app = InterviewKitApp(store, "praman", asks_who=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#name")))
        assert app.screen.query_one("#name", Input).value == "praman"
        await type_at_once(pilot, "Priya Raman\npriya@x.org\n")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert "interviewkit · Priya Raman" in painted(pilot)
        me = store.registry().identity()
        assert me is not None
        assert (me.name, me.email) == ("Priya Raman", "priya@x.org")
        assert store.current_user() == me


async def test_who_has_said_who_they_are_can_begin_an_interview(store: Store) -> None:
    app = InterviewKitApp(store, "praman", asks_who=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#name")))
        await type_at_once(pilot, "Ada Lovelace\n\n")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await type_at_once(pilot, "n")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        await type_at_once(pilot, "Bo Lind\nAccount executive", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))


async def test_enter_twice_keeps_what_is_guessed(store: Store) -> None:
    app = InterviewKitApp(store, "Priya Raman", asks_who=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#name")))
        await type_at_once(pilot, "\n\n")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert store.current_user().name == "Priya Raman"


async def test_it_can_be_left_and_an_empty_name_is_refused(store: Store) -> None:
    app = InterviewKitApp(store, "praman", asks_who=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#name")))
        await type_at_once(pilot, "", "delete", "enter", "enter")
        await until(pilot, lambda: "Type your name." in painted(pilot))
        await type_at_once(pilot, "", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert store.registry().identity() is None


async def test_it_is_changed_from_home(store: Store, running: Running) -> None:
    complete(store, {Q: 4}, interviewer="Tom Becker")
    async with running() as pilot:
        await type_at_once(pilot, "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, FirstStartScreen))
        await type_at_once(pilot, "Becker, Tom\n\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NameQuestion))
        await type_at_once(pilot, "\n")
        await until(pilot, lambda: "interviewkit · Tom Becker" in painted(pilot))
        assert store.current_user().name == "Tom Becker"


async def test_the_live_header_says_who_one_is(store: Store) -> None:
    app = InterviewKitApp(store, "Priya Raman", begin(store).id, asks_who=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "Priya Raman" in painted(pilot).splitlines()[0])
        assert not isinstance(app.screen, FirstStartScreen)


class TestWhomANameMeans:
    async def form(self, pilot: Pilot[None], text: str) -> None:
        await type_at_once(pilot, "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, text, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, NameQuestion))

    async def test_a_name_nearly_known_is_asked_about(self, store: Store, running: Running) -> None:
        ada = complete(store, {Q: 4}, interviewer="Tom Becker").candidate
        async with running() as pilot:
            await self.form(pilot, "Okafor, Ada")
            assert "New candidate: Okafor, Ada. Did you mean one of these?" in painted(pilot)
            await type_at_once(pilot, "\n")
            await until(pilot, lambda: len(store._reads.standings()) == 2)
            assert {one.interview.candidate for one in store._reads.standings()} == {ada}

    async def test_another_of_the_same_name_is_made_when_that_is_meant(
        self, store: Store, running: Running
    ) -> None:
        for name in ("Ada Okafor", "Ada Other"):
            complete(store, {Q: 4}, candidate=name, interviewer="Tom Becker")
        registry = store.registry()
        registry.rename(registry.resolve(RecordKind.CANDIDATE, "Ada Other"), "Ada Okafor", "")
        async with running() as pilot:
            await self.form(pilot, "Ada Okafor")
            assert "2 candidates have this name" in painted(pilot)
            await type_at_once(pilot, "", "end", "enter")
            await until(pilot, lambda: len(store.candidates()) == 3)

    async def test_the_question_can_be_left(self, store: Store, running: Running) -> None:
        complete(store, {Q: 4}, interviewer="Tom Becker")
        async with running() as pilot:
            await self.form(pilot, "Okafor, Ada")
            await type_at_once(pilot, "", "escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
            assert len(store._reads.standings()) == 1


class TestPeopleScreen:
    async def test_rename_reference_merge_and_take_apart(
        self, store: Store, running: Running
    ) -> None:
        complete(store, {Q: 4})
        complete(store, {Q: 2}, candidate="Okafor, Ada", interviewer="Tom Becker")
        async with running() as pilot:
            await type_at_once(pilot, "p")
            await until(pilot, lambda: isinstance(pilot.app.screen, PeopleScreen))
            await type_at_once(pilot, "n")
            await pilot.pause()
            await type_at_once(pilot, "Ada Lovelace\n")
            await until(pilot, lambda: "Ada Lovelace" in painted(pilot))
            await type_at_once(pilot, "e")
            await pilot.pause()
            await type_at_once(pilot, "REQ-7\n")
            await until(pilot, lambda: "REQ-7" in painted(pilot))
            await type_at_once(pilot, "m")
            await until(pilot, lambda: "Merge Ada Lovelace into" in painted(pilot))
            await type_at_once(pilot, "\n")
            await until(pilot, lambda: "Merge?" in painted(pilot))
            await type_at_once(pilot, "\n")
            await until(pilot, lambda: len(store.candidates()) == 1)
            await type_at_once(pilot, "", "home", "down")
            await until(pilot, lambda: "merged:" in painted(pilot))
            await type_at_once(pilot, "u")
            await until(pilot, lambda: len(store.candidates()) == 2)

    async def test_what_is_refused_is_said(self, store: Store, running: Running) -> None:
        begin(store, "Ada Okafor")
        begin(store, "Okafor, Ada")
        async with running() as pilot:
            await type_at_once(pilot, "p")
            await until(pilot, lambda: isinstance(pilot.app.screen, PeopleScreen))
            await type_at_once(pilot, "u")
            await until(pilot, lambda: "Move to a line marked merged." in said(pilot))
            await type_at_once(pilot, "m")
            await until(pilot, lambda: "Merge Ada Okafor into" in painted(pilot))
            await type_at_once(pilot, "\n")
            await until(pilot, lambda: "Merge?" in painted(pilot))
            await type_at_once(pilot, "\n")
            await until(pilot, lambda: "under way with both" in said(pilot))
            assert len(store.candidates()) == 2


async def test_a_plan_is_added_and_cancelled(store: Store, running: Running) -> None:
    begin(store)
    async with running() as pilot:
        await type_at_once(pilot, "l")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        assert "Nothing is planned" in painted(pilot)
        await type_at_once(pilot, "n")
        await until(pilot, lambda: bool(pilot.app.screen.query("#candidate")))
        await type_at_once(pilot, "Bo Lind\nAccount executive\n", "ctrl+s")
        await until(pilot, lambda: len(store.planning().entries()) == 1)
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        await until(pilot, lambda: "Bo Lind · Account executive · Priya Raman" in painted(pilot))
        pilot.app.screen.query_one("#entries", OptionList).action_first()
        await type_at_once(pilot, "", "delete")
        await until(pilot, lambda: "Nothing is planned" in painted(pilot))
        assert store.planning().entries() == []


async def test_two_candidates_of_one_name_are_told_apart_on_home(
    store: Store, running: Running
) -> None:
    complete(store, {Q: 4})
    second = complete(store, {Q: 2}, candidate="Other", interviewer="Tom Becker").candidate
    registry = store.registry()
    record = registry.resolve(RecordKind.CANDIDATE, second.id)
    registry.set_reference(registry.rename(record, "Ada Okafor", ""), "REQ-12", "")
    async with running() as pilot:
        await until(pilot, lambda: "Ada Okafor · REQ-12" in painted(pilot))


@pytest.mark.posix("pseudo-terminals")
@pytest.mark.parametrize("named", [True, False])
def test_the_command_asks_where_nobody_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    from terminal import Terminal

    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Priya Raman" if named else "")
    with Terminal(["--db", str(tmp_path / "records.db")]) as terminal:
        terminal.until("Priya Raman" if named else "Who are you?")
        terminal.send("\x11")
        assert terminal.ended() == 0
