"""Home shows what is planned for today, and one key begins it with its kit."""

from textual.widgets import Input, OptionList

from driving import Running, painted, until
from interviewkit.interview.plan import Appointment
from interviewkit.storage.store import Store
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.widgets.planned_rows import planned_rows

TODAY = "2026-03-02T15:00:00.000Z"
BANK, KIT = "customer-focused-sales", "first-45"


def planned(store: Store, candidate: str, interviewer: str, at: str, kit: str = KIT) -> None:
    bank = BANK if kit else ""
    store.planning().schedule(
        Appointment(candidate, "AE", (interviewer,), starts_at=at, bank=bank, kit=kit)
    )


def rows(pilot_screen: object) -> list[str]:
    assert hasattr(pilot_screen, "query_one")
    return [str(option.id) for option in pilot_screen.query_one("#places", OptionList).options]


async def test_enter_begins_todays_interview_with_the_kit_that_is_planned(
    store: Store, running: Running
) -> None:
    planned(store, "Ada Okafor", "Priya Raman", TODAY)
    planned(store, "Bo Lindqvist", "Priya Raman", "2026-03-03T15:00:00.000Z")
    planned(store, "Cy Young", "Tom Becker", TODAY)
    async with running() as pilot:
        assert len(rows(pilot.app.screen)) == 1
        assert "today · AE" in painted(pilot)
        assert KIT in painted(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    (standing,) = store._reads.standings()
    interview = standing.interview
    assert (interview.candidate.name, interview.role.title) == ("Ada Okafor", "AE")
    assert (interview.bank, interview.kit) == (BANK, KIT)


async def test_one_without_a_day_stands_below_todays_and_begins_as_well(
    store: Store, running: Running
) -> None:
    planned(store, "Bo Lindqvist", "Priya Raman", "")
    planned(store, "Cy Young", "Tom Becker", "")
    planned(store, "Ada Okafor", "Priya Raman", TODAY)
    async with running() as pilot:
        lines = [line for line in painted(pilot).splitlines() if f"AE · {KIT}" in line]
        assert [" ".join(line.split()[1:4]) for line in lines] == [
            "Ada Okafor today",
            "Lindqvist planned ·",
        ]
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    (standing,) = store._reads.standings()
    assert standing.interview.candidate.name == "Bo Lindqvist"


def test_a_name_that_holds_a_line_break_stays_on_its_row(store: Store) -> None:
    planned(store, "Ada Okafor", "Priya Raman", TODAY)
    (entry,) = store.planning().entries()
    candidate = entry.candidate._replace(name="Ada\nOkafor")
    role = entry.role._replace(title="AE\x1b[2J")
    ((row, _),) = planned_rows([entry._replace(candidate=candidate, role=role)])
    assert "\n" not in str(row.prompt)
    assert "\x1b" not in str(row.prompt)


async def test_what_is_under_way_stands_there_once(store: Store, running: Running) -> None:
    planned(store, "Ada Okafor", "Priya Raman", TODAY)
    async with running() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await pilot.press("f9")
        await until(pilot, lambda: not isinstance(pilot.app.screen, LiveScreen))
        assert not any(row.startswith("plan:") for row in rows(pilot.app.screen))


async def test_without_a_kit_the_form_asks_for_it(store: Store, running: Running) -> None:
    planned(store, "Ada Okafor", "Priya Raman", TODAY, kit="")
    async with running() as pilot:
        assert "no kit yet" in painted(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        values = [
            pilot.app.screen.query_one(f"#{name}", Input).value for name in ("candidate", "role")
        ]
        assert values == ["Ada Okafor", "AE"]


async def test_a_bank_that_is_gone_is_said(store: Store, running: Running) -> None:
    store.planning().schedule(
        Appointment("Ada", "AE", ("Priya Raman",), starts_at=TODAY, bank="gone", kit="none")
    )
    async with running() as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert any("gone" in note.message for note in pilot.app._notifications)
