"""Feedback for one interviewer, by command and on the screen: over their own scorecards alone."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from driving import Running, painted, until
from interviewkit.cli.main import cli
from interviewkit.interview.people import RecordKind
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.workflows.own_feedback import own_feedback
from support import complete

ALL = {"unspoken-need": 4, "broken-promise": 2}


def run(db: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), "feedback", *args])


def fill(store: Store) -> None:
    for candidate in ("Ada Okafor", "Bo Lind"):
        for interviewer in ("Priya Raman", "Tom Becker"):
            complete(store, dict(ALL), candidate, interviewer)
    complete(store, dict(ALL), "Cy Moss", "Priya Raman", role="Manager")


def test_it_counts_ones_own_over_all_roles_or_one(store: Store) -> None:
    fill(store)
    store.close()
    result = run(store.path, "--interviewer", "Priya Raman")
    assert result.exit_code == 0, result.stderr
    assert "Interviews by Priya Raman · all roles" in result.stdout
    assert "3 scorecards, 6 answers, 6 of them rated." in result.stdout
    assert "Your use of the scale" in result.stdout
    of_role = run(store.path, "--interviewer", "Priya Raman", "--role", "Manager")
    assert "1 scorecard, 2 answers" in of_role.stdout


def test_the_scale_for_one_role_is_what_compare_mine_gives(store: Store) -> None:
    fill(store)
    store.close()
    args = ["--interviewer", "Priya Raman", "--json"]
    made = json.loads(run(store.path, "--role", "Account executive", *args).stdout)
    mine = CliRunner().invoke(
        cli, ["--db", str(store.path), "compare", "Account executive", "--mine", *args]
    )
    assert made["scale"] == json.loads(mine.stdout)


def test_who_has_no_scorecard_is_told_so(store: Store) -> None:
    fill(store)
    store.close()
    result = run(store.path, "--interviewer", "Nora Lind")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Nora Lind has submitted no scorecard yet.\n"


def test_a_namesakes_scorecards_are_not_ones_own(store: Store) -> None:
    fill(store)
    with store._database.transaction():
        namesake = store.registry().ensure(RecordKind.PERSON, "Priya Raman", is_new=True)
    person = store.person(namesake.id)
    assert own_feedback(store, person).feedback.scorecards == 0


async def test_f_at_home_and_m_in_a_comparison_show_it(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("f")
        assert any("no scorecard yet" in note.message for note in pilot.app._notifications)
    fill(store)
    async with running(size=(100, 60)) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        text = painted(pilot)
        assert "How you interview · all roles" in text
        assert text.index("What you leave out") < text.index("Your use of the scale")
        await pilot.press("escape", "c", "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        text = painted(pilot)
        assert text.index("Your use of the scale") < text.index("Your interviews")
