"""Every command that the documentation shows is run as it stands; every link leads somewhere."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from interviewkit.cli.main import COMMANDS
from interviewkit.practice.template import practice_template
from support import ROOT, shipped, shipped_ids
from terminal import Terminal

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)")
# A command that opens the screens, and what stands there when it has.
OPENS = {
    "interviewkit interview": "Opening",
    "interviewkit demo": "Account executive",
    "interviewkit practice start": "Opening",
}


CONSENT = '--consent-by "Ada Okafor" --consent-day 2026-03-01'

# What puts the program in a place of its own, and what has to be there for it.
INSTALLS = {"uv tool install .": "uv", "pipx install .": "pipx", "python3 -m pip install .": "pip"}


def blocks() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Commands that a page shows in one block: they are typed one after the other.

    In the reference each example stands for itself.
    """
    for page in PAGES:
        for block in FENCED.findall(page.read_text(encoding="utf-8")):
            lines = block.splitlines()
            for line in lines:
                assert line.startswith("$ "), f"{page.name}: {line!r} is no command"
            commands = tuple(line.removeprefix("$ ") for line in lines)
            if page.name == "commands.md":
                yield from ((page.name, (command,)) for command in commands)
            elif commands[0] not in INSTALLS:
                yield page.name, commands


SHOWN = sorted(set(blocks()))


@pytest.fixture
def workplace(demo: Path, tmp_path: Path) -> Path:
    """Where a reader of the documentation would stand: an example database, a bank, a file."""
    place = tmp_path / "work"
    place.mkdir()
    shutil.copy(demo, place / "records.db")
    (place / "my-bank.yaml").write_text(shipped().text, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "intake" / "meeting.vtt", place / "call.vtt")
    return place


def environment(place: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "INTERVIEWKIT_DB": str(place / "records.db")}


def test_what_is_shown_for_windows_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```bat\n(.*?)```", readme, re.DOTALL)
    targets = [line.removeprefix("python make.py ") for line in block.splitlines()]
    assert set(targets) <= runpy.run_path(str(ROOT / "make.py"))["TARGETS"].keys()
    assert targets == re.findall(r"^\$ make (\w+)$", readme, re.MULTILINE)


@pytest.mark.posix("sh, by which the pages quote")
@pytest.mark.parametrize(("page", "block"), SHOWN, ids=lambda part: str(part)[:70])
def test_shown_commands_do_what_they_say(
    page: str, block: tuple[str, ...], workplace: Path
) -> None:
    for command in block:
        do(command, block, workplace)


def do(command: str, block: tuple[str, ...], workplace: Path) -> None:
    env = environment(workplace)
    if command.startswith("make "):
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert command.removeprefix("make ") in targets
        return
    for start, wanted in OPENS.items():
        if command.startswith(start) and "--write" not in command:
            newcomer = {**env, "INTERVIEWKIT_INTERVIEWER": "Nora Lind"}  # without scorecards
            with Terminal([], newcomer, program=["sh", "-c", command]) as terminal:
                terminal.until(wanted)
                terminal.send("\x11")
                assert terminal.ended() == 0
            return
    prepare(command, block, workplace)
    run = subprocess.run(
        ["sh", "-c", command], cwd=workplace, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{command}: {run.stderr}"
    assert "Traceback" not in run.stderr


def prepare(command: str, block: tuple[str, ...], workplace: Path) -> None:
    """What a command needs and its own block does not show."""
    env = environment(workplace)
    if "mine.yaml" in command and "bank new" not in command:
        (workplace / "mine.yaml").write_text(shipped().text, encoding="utf-8")
    if "sam-porter.yaml" in command and "practice new" not in command:
        text = practice_template("sam-porter", "Sam Porter", shipped().bank, "screen-30")
        (workplace / "sam-porter.yaml").write_text(text, encoding="utf-8")
    if "round.db" in command and "demo" not in command and not (workplace / "round.db").exists():
        shutil.copy(workplace / "records.db", workplace / "round.db")
    if "transcript show" in command and not any("transcript add" in other for other in block):
        add = f'interviewkit transcript add call.vtt "Ada Okafor" --of "Priya Raman" {CONSENT}'
        subprocess.run(["sh", "-c", add], cwd=workplace, env=env, check=True)
    if "team new" in command and not any("people me" in other for other in block):
        name = ["interviewkit", "people", "me", "Dana Fox"]
        subprocess.run(name, cwd=workplace, env=env, check=True)
    for needs, first in {"records import": "records export", "data restore": "data backup"}.items():
        if needs in command and not any(first in other for other in block):
            before = command.replace(needs, first).replace(" --yes", "")
            subprocess.run(["sh", "-c", before], cwd=workplace, env=env, check=True)


@pytest.mark.parametrize("command", INSTALLS)
def test_it_can_be_installed_as_shown(command: str, tmp_path: Path) -> None:
    """pip without its dependencies, which are here; the others where they and a network are."""
    tool = INSTALLS[command]
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    if tool == "pip":
        offline = ["--no-deps", "--no-build-isolation", "--target", str(tmp_path)]
        words = [sys.executable, "-m", "pip", "install", *offline, "."]
    elif shutil.which(tool):
        words = command.split()
    else:
        pytest.skip(f"{tool} is not installed")
    tools = dict.fromkeys(("UV_TOOL_DIR", "PIPX_HOME"), str(tmp_path / "tools"))
    programs = dict.fromkeys(("UV_TOOL_BIN_DIR", "PIPX_BIN_DIR"), str(tmp_path / "bin"))
    env = {**os.environ, **tools, **programs}
    subprocess.run(words, cwd=ROOT, env=env, check=True, capture_output=True)
    program = str(tmp_path / "bin" / "interviewkit")
    is_script = tool == "pip" and os.name == "posix"  # Windows has a program of it
    ran = subprocess.run(
        [*([sys.executable] if is_script else []), program, "--version"],
        env=env | ({"PYTHONPATH": str(tmp_path)} if tool == "pip" else {}),
        check=True,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.startswith("interviewkit ")


def test_every_command_is_shown_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [
        name
        for name in COMMANDS
        if not re.search(rf"(interviewkit|make)( --db \S+)? {name}\b", text)
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


# Written again in German, yet after an English bank: no further banks.
ALSO_IN_GERMAN = {"kundenorientierter-vertrieb", "neukunden-account-executive"}


def test_the_readme_counts_the_banks_as_they_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    banks = [name for name in shipped_ids() if name not in ALSO_IN_GERMAN]
    questions = [one for name in banks for one in shipped(name).bank.questions]
    probes = sum(len(question.probes) for question in questions)
    counts = f"{len(banks)} banks, {len(questions)} questions and {probes} probes"
    assert counts in " ".join(text.split())
    assert all(f"`{name}`" in text for name in shipped_ids())


@pytest.mark.posix("a time zone that a program can set")
def test_the_pictures_can_be_drawn_anew_and_fetch_nothing(tmp_path: Path) -> None:
    scripts = [
        subprocess.Popen([sys.executable, str(ROOT / "docs" / name), str(tmp_path)])
        for name in ("screenshots.py", "moving.py")
    ]
    assert [script.wait() for script in scripts] == [0, 0]
    drawn = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.svg")}
    assert drawn.keys() == {path.name for path in (ROOT / "docs" / "images").glob("*.svg")}
    for picture in drawn.values():
        assert ElementTree.fromstring(picture).tag.endswith("svg")
        assert "url(http" not in picture
    moving = drawn["interview.svg"].replace("&#160;", " ")
    assert "from 4:45" in moving  # the last that is typed
    assert moving.count("@keyframes") > 20


def test_the_settings_shown_can_be_used(tmp_path: Path) -> None:
    from interviewkit.settings import read_settings
    from interviewkit.tui.key_descriptions import DOES

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "settings.toml"
    path.write_text(block, encoding="utf-8")
    settings = read_settings(path)
    assert settings.theme == "light"
    assert set(settings.keys) <= set(DOES)
