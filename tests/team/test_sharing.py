"""What a round brings to whom: to late joiners, of namesakes, where the folder is away."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from interviewkit.comparison.sentences import headline
from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.interview.people import Person
from interviewkit.interview.role_settings import Visibility
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.workflows.role_workbook import write_role
from interviewkit.workflows.team_folder import open_team
from interviewkit.workflows.team_membership import (
    accept_member,
    begin_team,
    join_team,
    leave_team,
    make_admin,
    remove_member,
)
from interviewkit.workflows.team_panel import candidate_panels, panel_line
from interviewkit.workflows.team_status import team_status
from interviewkit.workflows.team_sync import sync_folder
from support import HeldClock, complete, rated
from team_round import ROLE, Round, begin_round, join_round, own_person, share_role, visible

DANA, PRIYA, TOM, WEI = "Dana Holt", "Priya Raman", "Tom Berg", "Wei Chen"
Q = "unspoken-need"
ADA = "Ada Okafor"


@pytest.fixture
def team(tmp_path: Path, empty_records: Path) -> Round:
    """Dana's role, with Priya and Tom on the panel of Ada."""
    result = begin_round([DANA, PRIYA, TOM], tmp_path, empty_records)
    share_role(result.homes[DANA], {ADA: [PRIYA, TOM]})
    result.sync_all(2)
    return result


def invite(team: Round) -> str:
    with team.homes[DANA].records() as store:
        return team_status(store).invitation


def test_nobody_sees_anothers_before_their_own(team: Round) -> None:
    """Who sees what at each moment, as docs/team.md shows it."""
    moments = []
    for name in (PRIYA, TOM):
        team.homes[name].submit(ADA, {Q: 4})
        team.sync_all(2)
        moments.append({home.name: len(visible(home)) for home in team.homes.values()})
    assert moments == [{DANA: 1, PRIYA: 1, TOM: 0}, {DANA: 2, PRIYA: 2, TOM: 2}]


def test_only_their_own_is_not_even_encrypted_to_others(
    tmp_path: Path, empty_records: Path
) -> None:
    team = begin_round([DANA, PRIYA, TOM], tmp_path, empty_records)
    share_role(team.homes[DANA], {ADA: [PRIYA, TOM]}, Visibility.OWN)
    team.sync_all(2)
    for name in (PRIYA, TOM):
        team.homes[name].submit(ADA, {Q: 4})
    team.sync_all(2)
    assert visible(team.homes[DANA]) == [(ADA, PRIYA), (ADA, TOM)]
    assert visible(team.homes[TOM]) == [(ADA, TOM)]
    with team.homes[TOM].records() as store:
        assert len(store.seen_by(Person("", DANA)).scorecards()) == 1  # no other is in the file


def test_whoever_opens_the_folder_reads_the_members_and_nothing_of_a_document(team: Round) -> None:
    team.homes[TOM].submit(ADA, {Q: 4})
    team.sync_all(2)
    files = [path for path in team.folder.rglob("*") if path.is_file()]
    for text, folders in {DANA: {"members"}, TOM: {"members", "people"}, ADA: (), ROLE: ()}.items():
        holding = {path for path in files if text.encode() in path.read_bytes()}
        assert {path.relative_to(team.folder).parts[0] for path in holding} == set(folders)


def test_a_role_that_is_not_shared_stays_here(team: Round) -> None:
    with team.homes[PRIYA].records() as store:
        complete(store, {Q: 2}, "Cy Young", PRIYA, "Secret role")
    team.sync_all(2)
    with team.homes[DANA].records() as store:
        assert [role.title for role in store.roles()] == [ROLE]


def test_a_round_without_news_writes_nothing(team: Round) -> None:
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(3)
    files = sorted(team.folder.rglob("*"))
    team.sync_all(2)
    assert sorted(team.folder.rglob("*")) == files


def test_what_went_to_a_later_member_is_not_sent_again(
    team: Round, tmp_path: Path, empty_records: Path
) -> None:
    """Its files are not encrypted to their writer, who has to know them all the same."""
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    join_round(team, WEI, invite(team), tmp_path, empty_records)
    with team.homes[DANA].records() as store:
        store.planning().add(role=ROLE, candidate=ADA, interviewer=WEI)
    assert team.homes[DANA].sync().sent > 1
    team.sync_all(2)
    files = sorted(team.folder.rglob("*"))
    assert [home.sync().sent for home in team.homes.values()] == [0, 0, 0, 0]
    assert sorted(team.folder.rglob("*")) == files


def test_a_member_who_joins_later_gets_releases(
    team: Round, tmp_path: Path, empty_records: Path
) -> None:
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    join_round(team, WEI, invite(team), tmp_path, empty_records)
    with team.homes[DANA].records() as store:
        store.planning().add(role=ROLE, candidate=ADA, interviewer=WEI)
    team.homes[WEI].sync()
    with team.homes[WEI].records() as store:
        assert team_status(store).count(ArrivalState.LOCKED) > 0
    team.homes[DANA].sync()
    team.homes[WEI].sync()
    assert visible(team.homes[WEI]) == []  # planned, so blind
    team.homes[WEI].submit(ADA, {Q: 3})
    assert visible(team.homes[WEI]) == [(ADA, PRIYA), (ADA, WEI)]


def test_a_release_comes_from_anyone_who_can_open_it(
    team: Round, tmp_path: Path, empty_records: Path
) -> None:
    """Dana plans Wei and closes her laptop; those of the panel who can open it release it."""
    for name in (PRIYA, TOM):
        team.homes[name].submit(ADA, {Q: 4})
    team.sync_all(2)
    join_round(team, WEI, invite(team), tmp_path, empty_records)
    with team.homes[DANA].records() as store:
        store.planning().add(role=ROLE, candidate=ADA, interviewer=WEI)
        session = open_team(store)
        from interviewkit.workflows.team_folder import look_at_folder
        from interviewkit.workflows.team_sync import send_documents

        send_documents(session, look_at_folder(session))  # the plan, but no release
    for name in (PRIYA, TOM, WEI):
        team.homes[name].sync()
    team.homes[WEI].submit(ADA, {Q: 3})
    assert {interviewer for _, interviewer in visible(team.homes[WEI])} == {PRIYA, TOM, WEI}


def test_a_new_laptop_gets_everything_again(
    team: Round, tmp_path: Path, empty_records: Path
) -> None:
    team.homes[TOM].submit(ADA, {Q: 4})
    team.sync_all(2)
    person = own_person(team.homes[TOM])
    (tmp_path / "new").mkdir()
    laptop = team.homes[TOM]
    backup = Path(shutil.copy(laptop.path, tmp_path / "new" / "tom.db"))
    laptop.path = backup
    with laptop.records() as store:
        with pytest.raises(InterviewKitError, match="does not have your key"):
            open_team(store)
        leave_team(store)
        words = join_team(store, invite(team), team.folder).words
        assert store.current_user().id == person.id
    with team.homes[DANA].records() as store:
        accept_member(store, words)
    team.homes[PRIYA].submit(ADA, {Q: 2})
    team.sync_all(3)
    assert visible(laptop) == [(ADA, PRIYA), (ADA, TOM)]


def test_an_unsigned_scorecard_counts_once_the_owner_accepts_it(
    team: Round, tmp_path: Path
) -> None:
    """It came by mail: everybody sees it, and the comparison goes without it until Dana says so."""
    mailed = tmp_path / "mail.jsonl"
    with Store(tmp_path / "zoe.db") as store:
        complete(store, {Q: 5}, ADA, "Zoe Zed", ROLE)
        leaving = store.seen_by(Person("", "Zoe Zed")).export()
        mailed.write_bytes(
            b"".join(export_lines(store.banks_used(), leaving.scorecards, leaving.document))
        )
    with team.homes[DANA].records() as store:
        role = store.role(ROLE)
        from interviewkit.storage.import_joins import JoinAnswers

        with mailed.open("rb") as stream:
            offers = list(read_lines("mail", stream))
        same = {
            offer.id: {ROLE: role.id, ADA: store.candidate(ADA).id}[offer.name]  # type: ignore[union-attr]
            for _, offer in offers[1:3]
        }
        store.import_documents(offers, JoinAnswers(same))
        me = store.current_user()
        assert len(store.seen_by(me).scorecards()) == 1
        assert rated(store, role, DANA) == []
        warnings = store.seen_by(me).ratings(role).not_shown
        assert warnings == (
            "1 scorecard does not count: no member of the team signed it, and the role's owner "
            "has not accepted it (`interviewkit records accept`).",
        )
        comparison = store.seen_by(me).comparison(role)
        nothing = "No scorecard that you may see counts here yet."
        assert headline(comparison) == f"{nothing} {warnings[0]}"
        write_role(store, role, me, tmp_path / "empty.xlsx")
        sheet = load_workbook(tmp_path / "empty.xlsx").worksheets[0]
        texts = [value for row in sheet.iter_rows(values_only=True) for value in row]
        assert "No scorecard counts for this role yet." in texts
        (interview_id,) = store.sharing().authorship.uncounted()
        with pytest.raises(BlockedError, match="the role is Dana Holt's"):
            store.sharing().authorship.accept(interview_id, Person("", TOM))
        store.sharing().authorship.accept(interview_id, me)
        assert len(rated(store, role, DANA)) > 0
        vouching = store.sharing().authorship.vouching(interview_id)
        assert (vouching.signer, vouching.accepted_by) == ("", DANA)
        logged = store._connection.execute(
            "SELECT after FROM audit_log WHERE subject = 'authorship'"
        ).fetchall()
        assert logged == [(f'"{DANA}"',)]
        with pytest.raises(BlockedError, match="counts already"):
            store.sharing().authorship.accept(interview_id, me)
    team.sync_all(2)
    team.homes[TOM].submit(ADA, {Q: 3})
    assert visible(team.homes[TOM]) == [(ADA, TOM), (ADA, "Zoe Zed")]
    with team.homes[TOM].records() as store:
        assert store.sharing().authorship.uncounted() == frozenset()


def test_a_namesake_is_asked_about(team: Round, tmp_path: Path, empty_records: Path) -> None:
    home = team.add_home(WEI, tmp_path, empty_records)
    with home.records() as store:
        complete(store, {Q: 2}, ADA, WEI, "Another role")
        words = join_team(store, invite(team), team.folder).words
    with team.homes[DANA].records() as store:
        accept_member(store, words)
        store.planning().add(role=ROLE, candidate=ADA, interviewer=WEI)
        offered = store.candidate(ADA).id
    team.homes[DANA].sync()
    report = home.sync()
    questions = [file.message for file in report.files[ArrivalState.WAITING]]
    assert any(f"{ADA} ({offered}) may be" in question for question in questions)
    with home.records() as store:
        assert [entry.candidate.name for entry in store.planning().entries()] == []
    home.sync(apart=True)
    with home.records() as store:
        assert [entry.candidate.id for entry in store.planning().entries()] == [offered] * 3
        assert len(store.candidates()) == 2


def test_a_folder_that_is_away_makes_documents_wait(team: Round, tmp_path: Path) -> None:
    away = tmp_path / "away"
    team.folder.rename(away)
    home = team.homes[PRIYA]
    home.submit(ADA, {Q: 4})
    with home.records() as store:
        report = sync_folder(store)
        assert "holds no team" in report.problem
        assert report.waiting >= 1
        status = team_status(store)
        assert "holds no team" in status.problem
        assert [entry.kind for entry in status.outbox if entry.message] != []
    away.rename(team.folder)
    report = home.sync()
    assert (report.waiting, report.sent >= 1) == (0, True)
    team.homes[DANA].sync()
    assert visible(team.homes[DANA]) == [(ADA, PRIYA)]


def test_the_panel_says_who_is_missing(team: Round) -> None:
    team.homes[PRIYA].submit(ADA, {Q: 4})
    team.sync_all(2)
    with team.homes[DANA].records() as store:
        store._connection.execute("UPDATE plan SET starts_at = '2026-03-01T09:00:00.000Z'")
        (panel,) = candidate_panels(store, store.current_user())
    assert panel_line(panel) == f"missing {TOM} · in {PRIYA}"


def test_a_removed_member_brings_nothing_new(team: Round) -> None:
    team.homes[TOM].submit(ADA, {Q: 4})
    team.sync_all(2)
    team.clock.pass_(60)
    with team.homes[DANA].records() as store:
        remove_member(store, TOM)
    team.clock.pass_(60)
    tom = team.homes[TOM]
    with tom.records() as store:
        complete(store, {Q: 1}, "Bo Lind", TOM, ROLE)
        report = sync_folder(store)
        assert not report.is_member
    team.homes[DANA].sync()
    assert visible(team.homes[DANA]) == [(ADA, TOM)]
    with team.homes[DANA].records() as store:
        with pytest.raises(BlockedError, match="only administrator"):
            remove_member(store, DANA)
        make_admin(store, PRIYA)
    team.homes[PRIYA].sync()
    with team.homes[PRIYA].records() as store:
        assert team_status(store).is_admin
        remove_member(store, DANA)
    with team.homes[DANA].records() as store:
        sync_folder(store)
        with pytest.raises(BlockedError, match="Only an administrator"):
            remove_member(store, PRIYA)


def test_two_administrators_at_once_lose_nobody(
    team: Round, tmp_path: Path, empty_records: Path
) -> None:
    with team.homes[DANA].records() as store:
        make_admin(store, PRIYA)
    team.sync_all()
    words = {}
    for name in (WEI, "Zoe Zed"):
        with team.add_home(name, tmp_path, empty_records).records() as store:
            words[name] = join_team(store, invite(team), team.folder).words
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(team.folder, elsewhere)
    with team.homes[DANA].records() as store:
        accept_member(store, words[WEI])
    with team.homes[PRIYA].records() as store:
        store._connection.execute("UPDATE team SET folder = ?", (str(elsewhere),))
        accept_member(store, words["Zoe Zed"])
        store._connection.execute("UPDATE team SET folder = ?", (str(team.folder),))
    shutil.copytree(elsewhere, team.folder, dirs_exist_ok=True)  # the carrier catches up
    team.sync_all(3)
    for home in team.homes.values():
        with home.records() as store:
            names = {member.name for member in team_status(store).members}
        assert names == {DANA, PRIYA, TOM, WEI, "Zoe Zed"}


def test_a_name_alone_lets_nobody_in(team: Round, tmp_path: Path, empty_records: Path) -> None:
    """Anybody who has the folder can put a card with that name there."""
    with team.add_home("Nia Null", tmp_path, empty_records).records() as store:
        join_team(store, invite(team), team.folder)
    with (
        team.homes[DANA].records() as store,
        pytest.raises(InterviewKitError, match="no card with these words"),
    ):
        accept_member(store, "Nia Null")


def test_refusals_of_beginning_and_joining(
    team: Round, tmp_path: Path, empty_records: Path
) -> None:
    with team.homes[DANA].records() as store:
        with pytest.raises(BlockedError, match="belong to the team in"):
            begin_team(store, tmp_path / "second")
        with pytest.raises(InterviewKitError, match="no card with these words"):
            accept_member(store, "four wrong words here")
        with pytest.raises(InterviewKitError, match="no member called 'Nobody'"):
            remove_member(store, "Nobody")
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    with Store(Path(shutil.copy(empty_records, tmp_path / "own.db")), HeldClock()) as store:
        store.registry().identify("Eve Eve")
        with pytest.raises(BlockedError, match="belong to no team"):
            sync_folder(store)
        with pytest.raises(BlockedError, match="belong to no team"):
            leave_team(store)
        with pytest.raises(BlockedError, match="what is erased stays in its history"):
            begin_team(store, tmp_path / "tree" / "team")
        with pytest.raises(BlockedError, match="holds your records"):
            begin_team(store, tmp_path)
        with pytest.raises(InterviewKitError, match="is not empty"):
            begin_team(store, team.folder)
        with pytest.raises(InterviewKitError, match="not an invitation"):
            join_team(store, "hello", team.folder)
        with pytest.raises(InterviewKitError, match="holds no team"):
            join_team(store, invite(team), tmp_path / "nowhere")
        begin_team(store, tmp_path / "tree" / "team", history_stays=True)
    invitation = invite(team)
    with Store(Path(shutil.copy(empty_records, tmp_path / "own2.db")), HeldClock()) as store:
        store.registry().identify("Eve Eve")
        with pytest.raises(InterviewKitError, match="folder of another team"):
            join_team(store, invitation, tmp_path / "tree" / "team")


def test_a_shared_role_needs_an_owner(tmp_path: Path) -> None:
    with Store(tmp_path / "records.db") as store:
        role = complete(store, {Q: 3}).role
        door = store.retention()
        with pytest.raises(BlockedError, match="needs an owner"):
            door.change(role, door.settings(role)._replace(shared=True), PRIYA)
