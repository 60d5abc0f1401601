"""The folder: conflict copies, cuts and foreign files, several writers, and a slow carrier."""

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from interviewkit.errors import InterviewKitError
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.team import folder as folders
from interviewkit.team.envelope import LONGEST
from interviewkit.workflows.team_folder import open_team
from interviewkit.workflows.team_sync import sync_folder
from support import HeldClock
from team_round import SPELLINGS, Round, begin_round, share_role, visible

DANA, PRIYA, TOM = "Dana Holt", "Priya Raman", "Tom Berg"
PEOPLE = [DANA, PRIYA, TOM, "Wei Chen", "Zoe Zed", "Ines Paz", "Otto Fry"]
Q = "unspoken-need"


def test_a_file_is_written_once_and_never_again(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folders.begin_folder(folder, "abcdefghijklmnop")
    name = folders.add_file(folder, folders.DOCUMENTS, b"text\n")
    before = (folder / name).stat().st_mtime_ns
    assert folders.add_file(folder, folders.DOCUMENTS, b"text\n") == name
    assert (folder / name).stat().st_mtime_ns == before
    assert len(name) < 120
    assert name.isascii()
    assert name == name.lower()
    assert [path.name for path in (folder / name).parent.iterdir()] == [Path(name).name]


def test_what_is_not_ours_is_not_listed(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folders.begin_folder(folder, "abcdefghijklmnop")
    name = folders.add_file(folder, folders.DOCUMENTS, b"text\n")
    for other in ("desktop.ini", ".DS_Store", ".interviewkit-0-1-x", "notes.txt"):
        (folder / name).with_name(other).write_bytes(b"x")
    (folder / name).with_name(f".{Path(name).name}.icloud").write_bytes(b"x")
    placeholders = [(f.name, f.is_placeholder) for f in folders.list_files(folder)]
    assert sorted(is_placeholder for _, is_placeholder in placeholders) == [False, True]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a system that takes any bytes as a name")
def test_a_name_that_is_no_text_stops_no_round(tmp_path: Path, empty_records: Path) -> None:
    team = begin_round([DANA], tmp_path, empty_records)
    below = os.fsencode(team.folder / folders.DOCUMENTS)
    Path(os.fsdecode(below + b"/J\xfcrgen.ikd")).write_bytes(b"x\n")
    Path(os.fsdecode(below + b"/J\xfcrgen")).mkdir()
    Path(os.fsdecode(below + b"/J\xfcrgen/a.ikd")).write_bytes(b"x\n")
    assert not team.homes[DANA].sync().problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_place_of_the_teams_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "team.json")
    with pytest.raises(InterviewKitError, match="holds no team"):
        folders.team_of_folder(tmp_path)


def test_faults_of_a_folder_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(InterviewKitError, match="holds no team"):
        folders.team_of_folder(tmp_path)
    (tmp_path / "team.json").write_text('{"te')
    with pytest.raises(InterviewKitError, match="not complete yet"):
        folders.team_of_folder(tmp_path)
    (tmp_path / "team.json").write_text("[" * 90_000)
    with pytest.raises(InterviewKitError, match="not complete yet"):
        folders.team_of_folder(tmp_path)
    (tmp_path / "team.json").write_text("[]")
    with pytest.raises(InterviewKitError, match="holds no team"):
        folders.team_of_folder(tmp_path)
    with pytest.raises(InterviewKitError, match="cannot be read"):
        folders.list_files(tmp_path / "nowhere")
    with pytest.raises(InterviewKitError, match="is not there, or not synced yet"):
        folders.add_file(tmp_path / "nowhere", folders.DOCUMENTS, b"x\n")
    (tmp_path / "large.ikd").write_bytes(bytes(LONGEST + 1))
    with pytest.raises(InterviewKitError, match="larger than a file of a team"):
        folders.read_file(tmp_path, "large.ikd")


@pytest.fixture
def team(tmp_path: Path, empty_records: Path) -> Round:
    result = begin_round([DANA, PRIYA, TOM], tmp_path, empty_records)
    share_role(result.homes[DANA], {"Ada Okafor": [PRIYA, TOM], "Bo Lind": [PRIYA, TOM]})
    result.sync_all(2)
    return result


def test_copies_and_pieces_change_nothing_and_stay(team: Round) -> None:
    for candidate in ("Ada Okafor", "Bo Lind"):
        team.homes[PRIYA].submit(candidate, {Q: 4})
    team.homes[PRIYA].sync()
    chance = random.Random(7)
    whole = sorted(team.folder.rglob("*.ikd"))
    for index, path in enumerate(whole):
        data = path.read_bytes()
        copy = path.with_name(SPELLINGS[index % len(SPELLINGS)].format(path.stem))
        copy.write_bytes(data[: chance.randrange(len(data))] if index % 3 else data)
    (whole[0].with_name("zeros.ikd")).write_bytes(bytes(4096))
    (whole[0].with_name("empty.ikd")).write_bytes(b"")
    files = {path: path.read_bytes() for path in team.folder.rglob("*.ikd")}
    report = team.homes[DANA].sync()
    assert visible(team.homes[DANA]) == [("Ada Okafor", PRIYA), ("Bo Lind", PRIYA)]
    assert report.count(ArrivalState.NOT_WHOLE) >= 2
    assert report.count(ArrivalState.REFUSED) == 0
    assert report.late == []
    assert {path: path.read_bytes() for path in team.folder.rglob("*.ikd")}.items() >= files.items()
    team.clock.pass_(25 * 3600)
    assert "zeros.ikd" in " ".join(team.homes[DANA].sync().late)


def test_what_was_cut_comes_in_once_it_is_whole(team: Round) -> None:
    team.homes[PRIYA].submit("Ada Okafor", {Q: 4})
    before = set(team.folder.rglob("*.ikd"))
    team.homes[PRIYA].sync()
    new = {path: path.read_bytes() for path in set(team.folder.rglob("*.ikd")) - before}
    for path, data in new.items():
        path.write_bytes(data[: len(data) // 2])
    team.homes[DANA].sync()
    assert visible(team.homes[DANA]) == []
    for path, data in new.items():
        path.write_bytes(data)
    team.homes[DANA].sync()
    assert visible(team.homes[DANA]) == [("Ada Okafor", PRIYA)]


def test_placeholders_are_counted_and_not_read(
    team: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.homes[PRIYA].submit("Ada Okafor", {Q: 4})
    team.homes[PRIYA].sync()
    listed = folders.list_files
    monkeypatch.setattr(
        folders,
        "list_files",
        lambda folder: [
            f._replace(is_placeholder=f.section == "documents") for f in listed(folder)
        ],
    )
    with team.homes[TOM].records() as store:
        store._connection.execute("DELETE FROM incoming")
        report = sync_folder(store)
    assert report.count(ArrivalState.NOT_DOWNLOADED) > 0


def test_seven_homes_and_a_carrier_that_delays(tmp_path: Path, empty_records: Path) -> None:
    """Each has a copy of the folder; files travel late, twice and in any order."""
    team = begin_round(PEOPLE, tmp_path, empty_records, HeldClock())
    share_role(team.homes[DANA], dict.fromkeys(("Ada Okafor", "Bo Lind"), PEOPLE[1:]))
    team.sync_all(2)
    copies = {}
    for name, home in team.homes.items():
        copies[name] = tmp_path / f"copy of {home.path.stem}"
        shutil.copytree(team.folder, copies[name])
        with home.records() as store:
            store._connection.execute("UPDATE team SET folder = ?", (str(copies[name]),))
    chance = random.Random(11)
    for step in range(14):
        name = chance.choice(PEOPLE)
        if name != DANA and step > 3 and len(visible_own(team, name)) < 2:
            candidate = ("Ada Okafor", "Bo Lind")[len(visible_own(team, name))]
            team.homes[name].submit(candidate, {Q: chance.randint(1, 5)})
        team.homes[name].sync()
        carry(chance, list(copies.values()), share=0.5)
    for name in PEOPLE[1:]:
        for candidate in ("Ada Okafor", "Bo Lind")[len(visible_own(team, name)) :]:
            team.homes[name].submit(candidate, {Q: 3})
    for _ in range(4):
        team.sync_all()
        carry(chance, list(copies.values()), share=1)
    everything = sorted((c, name) for c in ("Ada Okafor", "Bo Lind") for name in PEOPLE[1:])
    assert {home: visible(team.homes[home]) for home in PEOPLE} == dict.fromkeys(PEOPLE, everything)


def visible_own(team: Round, name: str) -> list[tuple[str, str]]:
    return [pair for pair in visible(team.homes[name]) if pair[1] == name]


def carry(chance: random.Random, copies: list[Path], *, share: float) -> None:
    """Bring some files from each copy of the folder to the others; now and then a piece first."""
    for source in copies:
        for path in sorted(source.rglob("*.ik?")):
            for target in copies:
                if target != source and chance.random() < share:
                    there = target / path.relative_to(source)
                    there.parent.mkdir(parents=True, exist_ok=True)
                    data = path.read_bytes()
                    if there.exists() and len(there.read_bytes()) >= len(data):
                        continue
                    cut = chance.randrange(len(data) + 1) if chance.random() > share else len(data)
                    there.write_bytes(data[:cut])


@pytest.mark.posix("modes of files that hold users back")
def test_a_session_reads_its_key_only_from_a_private_file(team: Round, tmp_path: Path) -> None:
    keys = list(tmp_path.rglob("*.key"))
    assert len(keys) == 3
    for key in keys:
        assert key.stat().st_mode & 0o077 == 0
        key.chmod(0o644)
    with team.homes[DANA].records() as store, pytest.raises(InterviewKitError, match="chmod 600"):
        open_team(store)
