"""A hub on the team's screen: joined, synced, away, left, and what it says of erasures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from driving import app_on, painted, until
from hostile import ACTS, acting
from interviewkit.hub import membership
from interviewkit.hub.invitation import HubInvitation, invitation_text
from interviewkit.interview.erasure import Why
from interviewkit.interview.role_settings import Visibility
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.invitation_form import InvitationForm
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.screens.team import TeamScreen
from interviewkit.workflows.hub_membership import join_hub
from interviewkit.workflows.hub_status import hub_status
from interviewkit.workflows.hub_sync import erase_in_hub, hub_source, sync_hub
from interviewkit.workflows.team_membership import begin_team
from interviewkit.workflows.team_news import SharingPlace
from interviewkit.workflows.withheld_documents import OpenSeat, WithheldDocuments
from postgres_server import missing_server, server
from round_on_hub import HubDatabase, Organisation, make_database
from support import HeldClock, begin, complete
from team_round import ROLE, Home, Round, share_role

DANA, PRIYA, TOM, RITA = "Dana Holt", "Priya Raman", "Tom Berg", "Rita Moss"
ADA, Q = "Ada Okafor", "unspoken-need"


def invitation(organisation: Organisation, name: str, part: str = "interviewer") -> HubInvitation:
    login = organisation.invite(name, part)
    address = login.address
    return HubInvitation(
        *(address.host, address.port, address.database, address.login),
        *(login.password, login.organisation, name),
    )


@pytest.fixture
def organisation(database: HubDatabase) -> Organisation:
    return database.organisation()


def home_of(name: str, folder: Path, empty: Path) -> Home:
    return Round(folder, HeldClock()).add_home(name, folder, empty)


def member(
    organisation: Organisation, name: str, folder: Path, empty: Path, part: str = "interviewer"
) -> Home:
    home = home_of(name, folder, empty)
    with home.records() as store:
        join_hub(store, invitation_text(invitation(organisation, name, part)))
    return home


def sync(*homes: Home) -> None:
    for home in homes:
        with home.records() as store:
            assert sync_hub(store).problem == ""


def words(pilot: Pilot[None]) -> str:
    """What stands on the screen, however its lines are broken."""
    return " ".join(painted(pilot).replace("│", " ").split())


def messages(pilot: Pilot[None]) -> str:
    return "\n".join(notification.message for notification in pilot.app._notifications)


@contextmanager
def opened(home: Home) -> Iterator[InterviewKitApp]:
    with home.records() as store:
        app = app_on(store)
        app.person = store.current_user()
        yield app


async def test_a_hub_is_joined_by_its_invitation_synced_and_left(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    home = home_of(PRIYA, tmp_path, empty_records)
    invited = invitation(organisation, PRIYA)
    text = invitation_text(invited)
    with opened(home) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("m")
            await until(pilot, lambda: "belong to no team" in words(pilot))
            await pilot.press("s")
            await until(pilot, lambda: "share with nobody yet" in messages(pilot))
            await pilot.press("j")
            await until(pilot, lambda: isinstance(app.screen, InvitationForm))
            app.post_message(Paste(f"{text[:50]}\n> \n{text[50:]}".replace("> ", "")))
            await until(pilot, lambda: f"hub of {organisation.name}" in words(pilot))
            await until(pilot, lambda: f"for {PRIYA}" in words(pilot))
            assert text[:20] not in painted(pilot)
            assert invited.password not in painted(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: f"you are {PRIYA}, interviewer" in words(pilot))
            await until(pilot, lambda: "nothing new" in words(pilot))
            assert f"Hub of {organisation.name}" in words(pilot)
            assert f"login {invited.login}" in words(pilot)
            await pilot.press("i")
            await until(pilot, lambda: "interviewkit hub member add NAME" in messages(pilot))
            await pilot.press("m", "delete", "s")
            await until(pilot, lambda: "Everything is shared" in messages(pilot))
            assert "hub member add --part recruiter NAME" in messages(pilot)
            assert "interviewkit hub member off NAME" in messages(pilot)
            await pilot.press("x")
            await until(pilot, lambda: isinstance(app.screen, Confirm))
            assert "new invitation" in words(pilot)
            await pilot.press("left", "enter")
            await until(pilot, lambda: "belong to no team" in words(pilot))
            assert "no longer belong to the hub" in messages(pilot)
    assert not membership.is_in_hub(home.path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "This is not an invitation to a team."),
        ("ikhub1-cut", "This is not an invitation to a hub, or a part of it is missing."),
        (
            "ik-team:aaaaaaaaaaaaaaaa:bbbbbbbbbbbbbbbbbbbbbbbbbb",
            "An invitation to a team's folder.",
        ),
        (
            invitation_text(HubInvitation(f"h{ACTS}", 1, "d", "l", "secret", f"O{ACTS}", PRIYA)),
            "The hub of O",
        ),
    ],
)
async def test_what_an_invitation_is_stands_below_it(
    tmp_path: Path, empty_records: Path, text: str, sentence: str
) -> None:
    with opened(home_of(PRIYA, tmp_path, empty_records)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("m", "j")
            await until(pilot, lambda: isinstance(app.screen, InvitationForm))
            assert "begins with ik-team: for a folder" in words(pilot)
            app.screen.query_one("#text", Input).value = text
            await until(pilot, lambda: sentence in words(pilot))
            assert acting(painted(pilot)) == []
            assert "secret" not in painted(pilot)
            await pilot.press("ctrl+a", "ctrl+c", "ctrl+x")
            assert app.clipboard == ""
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, TeamScreen))


async def test_a_refused_invitation_is_an_error_and_joins_nothing(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    home = home_of(TOM, tmp_path, empty_records)
    text = invitation_text(invitation(organisation, PRIYA))
    with opened(home) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("m", "j")
            await until(pilot, lambda: isinstance(app.screen, InvitationForm))
            app.screen.query_one("#text", Input).value = text
            await pilot.press("enter")
            await until(pilot, lambda: "The invitation is for Priya Raman" in messages(pilot))
            await until(pilot, lambda: "belong to no team" in words(pilot))


async def test_an_invitation_to_a_folder_asks_for_it(tmp_path: Path, empty_records: Path) -> None:
    dana = home_of(DANA, tmp_path, empty_records)
    with dana.records() as store:
        text = str(begin_team(store, tmp_path / "shared"))
    with opened(home_of(PRIYA, tmp_path, empty_records)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("m", "j")
            await until(pilot, lambda: isinstance(app.screen, InvitationForm))
            app.screen.query_one("#text", Input).value = text
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, OneLine))
            app.screen.query_one("#text", Input).value = str(tmp_path / "shared")
            await pilot.press("enter")
            await until(pilot, lambda: "You wait to be accepted" in words(pilot))


async def test_a_recruiter_sees_members_panels_refusals_and_who_has_not_erased(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    dana = member(organisation, DANA, tmp_path, empty_records)
    priya = member(organisation, PRIYA, tmp_path, empty_records)
    rita = member(organisation, RITA, tmp_path, empty_records, "recruiter")
    share_role(dana, {ADA: [PRIYA], "Bo Lind": [PRIYA]})
    sync(dana, priya, rita)
    with dana.records() as store:
        erase_in_hub(store, store.candidate("Bo Lind"), Why.REQUEST)
    with rita.records() as store:
        source = hub_source(membership.read_membership(store.path) or pytest.fail("no hub"))
        bad = IncomingFile("r/0", "", "plan", "", ArrivalState.REFUSED, "its role is unknown")
        store.sharing().incoming.keep(source, [bad])
        assert hub_status(store).erasures[0].silent == (PRIYA, RITA)
    with opened(rita) as app:
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("m")
            await until(pilot, lambda: "Erasure of" in words(pilot))
            await until(pilot, lambda: f"{ADA} · {ROLE}: planned {PRIYA}" in words(pilot))
            shown = words(pilot)
            assert f"done by {DANA}; no word from {PRIYA}, {RITA}" in shown
            assert f"{RITA} recruiter" in shown
            assert "1 refused" in shown
            assert "refused: plan: its role is unknown" in shown
            app.screen.query_one(OptionList).action_first()
            await pilot.press("delete")
            await until(pilot, lambda: f"hub member off '{DANA}'" in messages(pilot))
    with priya.records() as store:
        (erasure,) = hub_status(store).erasures
    assert (erasure.done, erasure.silent) == ((), (PRIYA,))  # of others it hears nothing


async def test_a_hub_that_is_away_is_a_quiet_sentence(tmp_path: Path, empty_records: Path) -> None:
    if reason := missing_server():
        pytest.skip(reason)
    with server() as own:
        dana = member(make_database(own).organisation(), DANA, tmp_path, empty_records)
        share_role(dana, {ADA: [PRIYA]})
        with opened(dana) as app:
            async with app.run_test(size=(120, 36)) as pilot:
                await pilot.press("m", "s")
                await until(pilot, lambda: "sent" in words(pilot))
                own.stop()
                with dana.records() as store:
                    complete(store, {Q: 3}, "Cy Young", DANA, ROLE)
                await pilot.press("s")
                await until(pilot, lambda: "The hub cannot be reached now." in words(pilot))
                await until(pilot, lambda: "s tries at once" in words(pilot))
                assert "to be shared" in words(pilot)
                assert not [n for n in app._notifications if n.severity == "error"]
                assert 0 < app.team_rounds.seconds_to_retry(SharingPlace.HUB) <= 60
                own.start()
                await pilot.press("s")
                await until(pilot, lambda: "s tries at once" not in words(pilot))
                await until(pilot, lambda: "cannot be reached" not in words(pilot))


async def test_rounds_with_a_hub_wait_for_the_end_of_an_interview(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    home = member(organisation, PRIYA, tmp_path, empty_records)
    with home.records() as store:
        begin(store, ADA, ROLE, PRIYA)
    with opened(home) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, LiveScreen))
            app.team_rounds.begin()
            app.team_rounds.begin_due()
            assert not app.team_rounds.is_running
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            await until(pilot, lambda: app.team_rounds.news is not None)
            news = app.team_rounds.news
            assert news is not None
            assert list(news.rounds) == [SharingPlace.HUB]


async def test_a_closed_login_and_hostile_names_stand_on_the_screen(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    home = member(organisation, TOM, tmp_path, empty_records)
    with home.records() as store:
        joined = membership.read_membership(store.path)
        assert joined is not None
        password = membership.password_of(store.path, joined)
        joined = joined._replace(organisation=f"North{ACTS}wind", name=f"Tom{ACTS}v")
        membership.keep_membership(store.path, joined, password)
        bad = IncomingFile("r/0", "", f"plan{ACTS}", "", ArrivalState.REFUSED, f"no {ACTS}")
        store.sharing().incoming.keep(hub_source(joined), [bad])
    with organisation.database.administration() as administration:
        administration.close_member(TOM, organisation.name)
    with opened(home) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("m")
            await until(pilot, lambda: "The hub does not accept your login." in words(pilot))
            assert "Ask the administrator" in words(pilot)
            assert "wind · you are Tom" in words(pilot)
            assert acting(painted(pilot)) == []
            assert "1 refused" in words(pilot)


async def test_a_folder_and_a_hub_stand_on_one_screen_and_are_left_each(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    home = member(organisation, DANA, tmp_path, empty_records)
    with home.records() as store:
        begin_team(store, tmp_path / "shared")
    with opened(home) as app:
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press("m", "s")
            await until(pilot, lambda: words(pilot).count("last round") == 2)
            assert "Folder /" in words(pilot)
            assert f"Hub of {organisation.name}" in words(pilot)
            rows = app.screen.query_one(OptionList)
            ids = [option.id for option in rows.options]
            rows.highlighted = ids.index("hub:")
            await pilot.press("x")
            await until(pilot, lambda: isinstance(app.screen, Confirm))
            assert "Leave the hub?" in words(pilot)
            await pilot.press("left", "enter")
            await until(pilot, lambda: "Hub of" not in words(pilot))
            assert "Folder /" in words(pilot)


def test_a_blinded_member_learns_nothing_from_the_status(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    """All that the hub and the records say to Tom is the same before and after Priya submits."""
    dana, priya, tom, rita = (
        member(organisation, name, tmp_path, empty_records, part)
        for name, part in (
            (DANA, "interviewer"),
            (PRIYA, "interviewer"),
            (TOM, "interviewer"),
            (RITA, "recruiter"),
        )
    )
    share_role(dana, {ADA: [PRIYA, TOM]})
    sync(dana, *[priya, tom] * 2, tom, rita)  # who learns of a seat introduces themselves
    with tom.records() as store:
        before = hub_status(store)
    assert before.withheld == WithheldDocuments(until_own=(OpenSeat(ADA, ROLE),))
    priya.submit(ADA, {Q: 4})
    sync(priya, dana, tom, rita)
    with tom.records() as store:
        assert hub_status(store) == before
    tom.submit(ADA, {Q: 2})
    sync(tom)
    with tom.records() as store:
        assert hub_status(store).withheld == WithheldDocuments()


def test_of_a_role_that_shows_only_their_own_a_recruiter_misses_nothing(
    organisation: Organisation, tmp_path: Path, empty_records: Path
) -> None:
    dana = member(organisation, DANA, tmp_path, empty_records)
    tom = member(organisation, TOM, tmp_path, empty_records)
    rita = member(organisation, RITA, tmp_path, empty_records, "recruiter")
    share_role(dana, {ADA: [TOM, RITA]}, Visibility.OWN)
    sync(dana, tom, rita)
    with tom.records() as store:
        assert hub_status(store).withheld == WithheldDocuments(own_only=(ROLE,))
    with rita.records() as store:
        assert hub_status(store).withheld == WithheldDocuments(until_own=(OpenSeat(ADA, ROLE),))
