"""No command and no file that one writes holds what the viewer may not see."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import needles
from interviewkit.cli.main import cli
from interviewkit.storage.store import Store
from needles import ADA, BO, LUCIA, OWN, ROLE, TOM, VALUES, VIEWERS, Viewer, documents_in

BANK = "customer-focused-sales"
NO_RECORDS = "reads no records"
HUB = "asks a server as its administrator, and no records: tests/hub"
FILE = "copies or rewrites the file as a whole, for anyone who may read the file"
WRITTEN = "reads answers of invented people and ratings of them: storage/privacy/test_calibrations"
SCREEN = "opens a screen: see the doors on screen"
# A workbook offers every course of a decision; JSON counts every recommendation, those of nobody.
OFFERS = ("--xlsx", "compare ROLE --json")
# What is said in a transcript leaves by these alone; an erasure lists where a name stands.
TRANSCRIPT_DOORS = {"transcript show", "candidate export", "candidate erase"}
Lines = Sequence[str]
# Every command: the lines to try it with, or why it gives out nothing of what others wrote.
DOORS: dict[str, Lines | str] = {
    "interview": SCREEN,
    "demo": "makes records of its own",
    "bank list": NO_RECORDS,
    "bank show": NO_RECORDS,
    "bank check": NO_RECORDS,
    "bank new": NO_RECORDS,
    "bank diff": NO_RECORDS,
    "bank schema": NO_RECORDS,
    "bank to-xlsx": NO_RECORDS,
    "bank from-xlsx": NO_RECORDS,
    "bank from-greenhouse": NO_RECORDS,
    "bank from-list": NO_RECORDS,
    "bank stats": [BANK, f"{BANK} --json"],
    "bank try": NO_RECORDS,
    "guide": "writes the bank, and of a plan entry the names and the card, which everyone may read",
    "practice start": SCREEN,
    "practice list": NO_RECORDS,
    "practice show": NO_RECORDS,
    "practice new": NO_RECORDS,
    "practice check": NO_RECORDS,
    "compare": [
        "ROLE",
        "ROLE --json",
        "ROLE --csv",
        "ROLE --mine",
        "ROLE --mine --json",
        "ROLE --json --as-of 2030-01-01",
        "ROLE --json --anonymous",
        "ROLE --xlsx OUT/role.xlsx",
        "ROLE --xlsx OUT/as-of.xlsx --as-of 2030-01-01",
        "ROLE --xlsx OUT/anonymous.xlsx --anonymous",
    ],
    "calibration new": WRITTEN,
    "calibration list": WRITTEN,
    "calibration rate": SCREEN,
    "calibration export": WRITTEN,
    "calibration show": WRITTEN,
    "calibration round": WRITTEN,
    "calibration remove": WRITTEN,
    "fairness": NO_RECORDS,
    "feedback": ["", "--json", "--role ROLE", "--role ROLE --json"],
    "candidate erase": ["ADA", "ADA --json", "BO", "BO --json"],
    "candidate export": [
        "ADA OUT/ada",
        "BO OUT/bo",
        "ADA OUT/ada-anonymous --anonymous",
        "BO OUT/bo-anonymous --anonymous",
    ],
    "transcript add": ["OUT/call.vtt ADA --of TOM", "OUT/call.vtt BO"],
    "transcript list": ["", "--json"],
    "transcript show": [
        "ADA --of TOM",
        "ADA --of TOM --json",
        "ADA --of LUCIA",
        "BO",
        "BO --json",
        "ADA",
    ],
    "transcript remove": ["ADA --of TOM", "BO"],
    "candidate list": ["", "--json"],
    "candidate show": ["ADA", "ADA --json", "BO", "BO --json", "Nobody"],
    "role list": ["", "--json"],
    "role set": ["ROLE --months 12"],
    "role show": ["ROLE", "ROLE --json"],
    "search": [
        f"{needles.PREFIX} --limit 500",
        f"{needles.PREFIX} --limit 500 --json",
        "better --json",
        "unlike --json",
    ],
    "records export": [
        "-",
        "OUT/records.jsonl",
        "OUT/ats.txt --for-ats",
        "OUT/ats.csv --for-ats --scale 4 --three 2",
    ],
    "records import": ["OUT/records.jsonl", "OUT/damaged.jsonl"],
    "records from-greenhouse": ["OUT/greenhouse.json", "OUT/damaged.jsonl"],
    "records schema": NO_RECORDS,
    "data backup": FILE,
    "data check": ["", "--json"],
    "data decrypt": FILE,
    "data encrypt": FILE,
    "data path": ["", "--json"],
    "data purge": ["", "--json"],
    "data rekey": FILE,
    "data restore": FILE,
    "data retention": ["", "--json"],
    "settings new": NO_RECORDS,
    "settings path": NO_RECORDS,
    "settings schema": NO_RECORDS,
    "settings show": NO_RECORDS,
    "completion": NO_RECORDS,
    # These change what the doors above go by, so they come last; most are taken back.
    "people list": ["", "--json"],
    "people me": ["", "TOM"],
    "people email": ["TOM tom@example.org"],
    "people rename": ["TOM Renamed", "Renamed TOM"],
    "people merge": ["TOM LUCIA"],
    "people unmerge": ["TOM"],
    "candidate reference": ["ADA REQ-7"],
    "candidate rename": ["ADA Renamed", "Renamed ADA"],
    "candidate merge": ["BO ADA"],
    "candidate unmerge": ["BO"],
    "role reference": ["ROLE REQ-9"],
    "role rename": ["ROLE Renamed", "Renamed ROLE"],
    "plan add": ["--candidate ADA --role Other"],
    "plan import": ["OUT/plan.csv --role ROLE"],
    "plan list": ["", "--json", "--cancelled"],
    "plan card": ["PLANNED", "nowhere"],
    "plan cancel": ["PLANNED", "nowhere"],
    "records accept": ["", "nowhere", "--all"],
    "hub create": HUB,
    "hub member add": HUB,
    "hub member off": HUB,
    "hub member list": HUB,
    "hub clean": HUB,
    "hub audit": ["", "--json"],
    "hub join": ["none"],
    "hub leave": [""],
    "hub sync": ["", "--json"],
    "hub status": ["", "--json"],
    "hub erase": ["ADA", "BO"],
    "hub follow": ["", "--json"],
    "team new": ["OUT/shared"],
    "team sync": ["", "--json"],
    "team status": ["", "--json"],
    "team bank": ["account-management --yes"],
    "team accept": ["", "four words nobody said"],
    "team remove": ["TOM"],
    "team join": ["ik-team:none OUT/shared"],
    "team leave": [""],
    "role merge": ["ROLE Other"],
    "role unmerge": ["ROLE"],
}


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """(Its words, its options) of every command there is."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))
    else:
        yield " ".join(path), {option for parameter in command.params for option in parameter.opts}


COMMANDS = dict(commands(cli))


def test_every_command_is_among_the_doors() -> None:
    assert set(COMMANDS) == set(DOORS), "give the new command its lines, or say why it needs none"


def test_whoever_looks_through_every_command_finds_nothing_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells: dict[tuple[str, str], str] = {}
    leaks: list[str] = []
    everywhere: set[str] = set()
    transcribed: set[str] = set()
    for index, viewer in enumerate(VIEWERS):
        folder = tmp_path / str(index)
        folder.mkdir()
        path = needles.fill(folder, viewer)
        for name, narration, data in doors_of(viewer, path, folder, monkeypatch):
            visible, wrong = judge(viewer, name, narration + data)
            wrong |= names_in(viewer, name, data)
            everywhere |= {f"{name}: {document}" for document in visible}
            if re.search(f"{needles.PREFIX}[a-z]+{needles.TRANSCRIPT}", narration + data):
                transcribed.add(" ".join(name.split()[:2]))
            leaks += [f"{viewer.title}, {name}: {what}" for what in sorted(wrong)]
            cells[name, viewer.title] = needles.cell(visible, frozenset(wrong))
    print(needles.table(cells))
    assert leaks == []
    # Anyone who may see something does, so a door that gives out nothing at all is noticed.
    for door in ("search", "records export", "candidate export", "compare ROLE --xlsx"):
        documents = {entry.split(": ")[1] for entry in everywhere if entry.startswith(door)}
        assert documents >= {needles.TOM_ADA, needles.TOM_BO}, door
        assert OWN in documents or door == "candidate export", door
    assert f"compare ROLE --xlsx OUT/role.xlsx: {needles.DECISION_ADA}" in everywhere
    assert f"candidate erase ADA: {needles.TOM_BO}" in everywhere
    assert {f"transcript show BO: {needles.TOM_BO}", f"transcript show BO: {OWN}"} & everywhere
    assert transcribed <= TRANSCRIPT_DOORS
    assert transcribed >= {"transcript show", "candidate export"}


def doors_of(
    viewer: Viewer, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str, str]]:
    """(Door, what was narration, the data), by the login and where it can be by --interviewer."""
    with Store(path) as store:
        planned = store.planning().entries()[0].id
    for door, lines in DOORS.items():
        for line in lines if not isinstance(lines, str) else ():
            narration = data = ""
            for named in (False, True):
                if named and "--interviewer" not in COMMANDS[door]:
                    continue
                user = "Somebody Else" if named else viewer.login
                monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", user)
                out = folder / ("named" if named else "login")
                out.mkdir(exist_ok=True)
                old = set(out.rglob("*"))
                option = ["--interviewer", viewer.login] if named else []
                result = run(path, [*_args(door, line, out, planned), *option])
                narration, data = narration + result.stderr, data + result.stdout
                new = [file for file in sorted(out.rglob("*")) if file not in old]
                data += "".join(map(content, new))
                (out / "call.vtt").write_text("Hello\n", encoding="utf-8")
                if new and line == "OUT/records.jsonl":
                    whole = new[0].read_bytes()
                    (out / "damaged.jsonl").write_bytes(whole + b'{"type": "note"}\n')
            yield f"{door} {line}".strip(), narration, data


def run(path: Path, args: list[str]) -> Result:
    result = CliRunner().invoke(cli, ["--db", str(path), *args])
    assert result.exception is None or isinstance(result.exception, SystemExit), args
    assert result.exit_code in (0, 1), (args, result.output)
    return result


def _args(door: str, line: str, out: Path, planned: str) -> list[str]:
    names = {"ROLE": ROLE, "ADA": ADA, "BO": BO, "TOM": TOM, "LUCIA": LUCIA, "PLANNED": planned}
    arguments = [*door.split(), *line.split()]
    return [names.get(word, word.replace("OUT", str(out))) for word in arguments]


def content(file: Path) -> str:
    """The text of a file, a workbook unpacked."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def judge(viewer: Viewer, door: str, text: str) -> tuple[frozenset[str], set[str]]:
    """(Documents that were rightly seen there, what should not have been there)."""
    documents = documents_in(text)
    hidden = viewer.hidden
    if door.startswith("candidate export"):
        hidden -= viewer.handed_over
    wrong = set(documents & hidden)
    if not any(option in door for option in OFFERS):
        wrong |= {value for value, of in VALUES.items() if value in text and of <= hidden}
    return documents - hidden, wrong


def names_in(viewer: Viewer, door: str, data: str) -> set[str]:
    """Candidates who are named in data that should not name them."""
    unnamed: frozenset[str] = frozenset()
    if "--anonymous" in door:
        unnamed = frozenset({ADA, BO})
    elif door.startswith("records export"):
        unnamed = viewer.unnamed
    return {name for name in unnamed if re.search(rf"\b{name}\b", data)}
