"""An erasure on one laptop reaches all: nothing of the person is left, and who did it is known."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import RecordKind
from interviewkit.interview.shared_records import Gone
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.team import envelope as envelopes
from interviewkit.team.encryption import LockedError
from interviewkit.workflows.team_erasure import ErasureReport, carry_out_erasure
from interviewkit.workflows.team_folder import open_team
from interviewkit.workflows.team_status import team_status
from interviewkit.workflows.team_sync import sync_folder
from team_round import ROLE, Home, Round, begin_round, share_role, visible

DANA, PRIYA, TOM = "Dana Holt", "Priya Raman", "Tom Berg"
SEVEN = [DANA, PRIYA, TOM, "Wei Chen", "Zoe Zed", "Ines Paz", "Otto Fry"]
Q = "unspoken-need"
ADA, BO = "Adaeze Okafor-Quill", "Bo Lind"


@pytest.fixture
def team(tmp_path: Path, empty_records: Path) -> Round:
    """Two candidates, each with two scorecards; everybody has everything."""
    result = begin_round([DANA, PRIYA, TOM], tmp_path, empty_records)
    share_role(result.homes[DANA], {ADA: [PRIYA, TOM], BO: [PRIYA, TOM]})
    result.sync_all(2)
    for name in (PRIYA, TOM):
        for candidate in (ADA, BO):
            result.homes[name].submit(candidate, {Q: 4})
    result.sync_all(2)
    return result


def erase(home: Home, name: str, why: Why = Why.REQUEST) -> None:
    with home.records() as store:
        store.erasing().erase([store.candidate(name)], why)


def bytes_left(team: Round, text: str) -> list[str]:
    """Files of any home or the folder in which a text stands."""
    return [
        path.name
        for path in team.folder.parent.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def test_nothing_is_left_anywhere(team: Round) -> None:
    assert bytes_left(team, ADA)
    with team.homes[DANA].records() as store:
        key = store.candidate(ADA).id
    files = len(list(team.folder.rglob("*.ikd")))
    erase(team.homes[DANA], ADA)
    team.sync_all(2)
    assert bytes_left(team, ADA) == []
    assert bytes_left(team, key) == []
    assert len(list(team.folder.rglob("*.ikd"))) < files
    for home in team.homes.values():
        assert visible(home) == [(BO, PRIYA), (BO, TOM)]
    with team.homes[DANA].records() as store:
        (erasure,) = team_status(store).erasures
    assert set(erasure.erased) == {DANA, PRIYA, TOM}
    assert (erasure.held, erasure.open, erasure.silent) == ((), (), ())


def test_every_receipt_gives_the_reason_of_the_first(team: Round) -> None:
    erase(team.homes[DANA], ADA, Why.RETENTION)
    team.sync_all(2)
    for home in team.homes.values():
        with home.records() as store:
            assert [receipt.why for receipt in store.erasing().receipts()] == [Why.RETENTION]


def test_a_reason_that_nobody_knows_stands_in_no_receipt(team: Round) -> None:
    report = ErasureReport()
    with team.homes[PRIYA].records() as store:
        candidate = store.candidate(ADA)
        tombstone = Gone(
            RecordKind.CANDIDATE,
            store.sharing().erasures.hash_of(candidate.id),
            "2026-03-02T10:00:00.000Z",
            f"{ADA} asked for it",
        )
        carry_out_erasure(store, candidate, tombstone, report, erases=True)
        assert [receipt.why for receipt in store.erasing().receipts()] == [Why.REQUEST]
    assert report.erased == 1


def test_seven_homes_forget_in_one_round(tmp_path: Path, empty_records: Path) -> None:
    """What is encrypted in the folder is searched as well, by every key that opens it."""
    team = begin_round(SEVEN, tmp_path, empty_records)
    share_role(team.homes[DANA], dict.fromkeys((ADA, BO), SEVEN[1:]))
    team.sync_all(2)
    for name in SEVEN[1:]:
        for candidate in (ADA, BO):
            team.homes[name].submit(candidate, {Q: 4})
    team.sync_all(2)
    with team.homes[DANA].records() as store:
        key = store.candidate(ADA).id
    texts = [ADA, *ADA.split(), key]
    for home in team.homes.values():
        assert len(visible(home)) == 12
    for text in (ADA, key):
        assert len(bytes_left(team, text)) >= len(SEVEN)
        assert documents_left(team, text) > 0

    erase(team.homes[DANA], ADA)
    for name in SEVEN[:3]:
        team.homes[name].sync()
    team.homes[DANA].sync()
    assert set(erased_by(team)) == set(SEVEN[:3])
    for name in SEVEN[3:]:
        team.homes[name].sync()
    assert {text: bytes_left(team, text) for text in texts} == {text: [] for text in texts}
    assert {text: documents_left(team, text) for text in texts} == dict.fromkeys(texts, 0)
    assert documents_left(team, BO) > 0

    team.homes[DANA].sync()
    assert set(erased_by(team)) == set(SEVEN)
    printed = run_status(team.homes[DANA])
    assert f"done by {', '.join(sorted(SEVEN))}\n" in printed
    assert ADA not in printed
    team.sync_all(2)
    assert {text: bytes_left(team, text) for text in texts} == {text: [] for text in texts}
    assert {text: documents_left(team, text) for text in texts} == dict.fromkeys(texts, 0)


def documents_left(team: Round, text: str) -> int:
    """How often a text stands in what any member can open of the folder's files."""
    count = 0
    for home in team.homes.values():
        with home.records() as store:
            session = open_team(store)
        for path in team.folder.rglob("*.ik?"):
            envelope = envelopes.read_envelope(path.read_bytes())
            try:
                count += text in envelopes.open_envelope(
                    session.team.id, envelope, session.identity
                )
            except LockedError:
                continue
    return count


def erased_by(team: Round) -> tuple[str, ...]:
    with team.homes[DANA].records() as store:
        (erasure,) = team_status(store).erasures
    assert set(erasure.silent) == set(SEVEN) - set(erasure.erased)
    return erasure.erased


def run_status(home: Home) -> str:
    with home.records():  # its environment
        result = CliRunner().invoke(cli, ["--db", str(home.path), "team", "status"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_old_copy_of_a_file_brings_nobody_back(team: Round) -> None:
    kept = {path: path.read_bytes() for path in team.folder.rglob("*.ikd")}
    erase(team.homes[DANA], ADA)
    team.sync_all(2)
    for path, data in kept.items():
        path.write_bytes(data)  # the cloud restores the folder
    team.sync_all(2)
    assert bytes_left(team, ADA) == []
    assert len(list(team.folder.rglob("*.ikd"))) < len(kept)


def test_a_legal_hold_refuses_and_says_so(team: Round) -> None:
    with team.homes[TOM].records() as store:
        store._connection.execute("UPDATE role_setting SET hold = 'a dispute'")
    erase(team.homes[DANA], ADA)
    team.homes[DANA].sync()
    report = team.homes[TOM].sync()
    assert report.erasures.erased == 0
    assert "legal hold" in report.erasures.blocked[0]
    assert (ADA, TOM) in visible(team.homes[TOM])
    team.homes[DANA].sync()
    with team.homes[DANA].records() as store:
        (erasure,) = team_status(store).erasures
    assert (erasure.erased, erasure.held, erasure.silent) == ((DANA,), (TOM,), (PRIYA,))
    with team.homes[TOM].records() as store:
        store._connection.execute("UPDATE role_setting SET hold = ''")
    assert team.homes[TOM].sync().erasures.erased == 1
    team.sync_all(2)
    assert bytes_left(team, ADA) == []


def test_records_open_elsewhere_erase_later(team: Round) -> None:
    erase(team.homes[DANA], ADA)
    team.homes[DANA].sync()
    home = team.homes[TOM]
    with home.records(), home.records() as store:
        report = sync_folder(store)
        assert "open in another window" in report.erasures.blocked[0]
    with home.records() as store:
        report = sync_folder(store, erases=False)
    assert report.erasures.blocked == ["It is done when the program ends."]
    assert home.sync().erasures.erased == 1


def test_an_interviewer_erases_only_here(team: Round) -> None:
    """Priya owns nothing and administers nothing: her word erases nobody elsewhere."""
    before = sorted(team.folder.rglob("*.ik?"))
    erase(team.homes[PRIYA], ADA)
    team.sync_all(2)
    assert sorted(team.folder.rglob("*.ik?")) == before
    assert (ADA, TOM) in visible(team.homes[DANA])
    assert (ADA, TOM) not in visible(team.homes[PRIYA])


def test_a_role_left_the_team_before(team: Round) -> None:
    """What is no longer shared leaves no tombstone."""
    with team.homes[DANA].records() as store:
        role = store.role(ROLE)
        door = store.retention()
        door.change(role, door.settings(role)._replace(shared=False), DANA)
    erase(team.homes[DANA], ADA)
    team.sync_all(1)
    assert list((team.folder / "gone").iterdir()) == []
    with team.homes[TOM].records() as store:
        assert team_status(store).count(ArrivalState.ERASED) == 0
