"""Every command that the documentation shows is run as it stands; every link leads somewhere."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from interviewkit.cli.demo import write_demo
from interviewkit.cli.main import COMMANDS
from support import ROOT, shipped, shipped_ids
from terminal import Terminal

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)")
# A command that opens the screens, and what stands there when it has.
OPENS = {"interviewkit interview": "Opening", "interviewkit demo": "Account executive"}


def commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in FENCED.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                assert line.startswith("$ "), f"{page.name}: {line!r} is no command"
                yield page.name, line.removeprefix("$ ")


# Each once, however many pages show it.
SHOWN = sorted({command: (page, command) for page, command in commands()}.values())


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """Where a reader of the documentation would stand: an example database, a bank, a file."""
    place = tmp_path / "work"
    place.mkdir()
    write_demo(place / "records.db")
    (place / "my-bank.yaml").write_text(shipped().text, encoding="utf-8")
    return place


def environment(place: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "INTERVIEWKIT_DB": str(place / "records.db")}


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_a_shown_command_does_what_it_says(page: str, command: str, workplace: Path) -> None:
    env = environment(workplace)
    if command.startswith("make "):
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert command.removeprefix("make ") in targets
        return
    for start, wanted in OPENS.items():
        if command.startswith(start):
            with Terminal([], env, program=["sh", "-c", command]) as terminal:
                terminal.until(wanted)
                terminal.send("\x11")
                assert terminal.ended() == 0
            return
    for needs, first in {"records import": "records export", "data restore": "data backup"}.items():
        if needs in command:
            before = command.replace(needs, first).replace(" --yes", "")
            subprocess.run(["sh", "-c", before], cwd=workplace, env=env, check=True)
    run = subprocess.run(
        ["sh", "-c", command], cwd=workplace, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr


def test_every_command_is_shown_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [
        name for name in COMMANDS if not re.search(rf"(interviewkit|make) {name}\b", text)
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_counts_the_banks_as_they_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    questions = [one for name in shipped_ids() for one in shipped(name).bank.questions]
    probes = sum(len(question.probes) for question in questions)
    counts = f"{len(shipped_ids())} banks, {len(questions)} questions and {probes} probes"
    assert counts in " ".join(text.split())
    assert all(f"`{name}`" in text for name in shipped_ids())


def test_the_pictures_can_be_drawn_anew_and_fetch_nothing(tmp_path: Path) -> None:
    for name in ("screenshots.py", "moving.py"):
        script = [sys.executable, str(ROOT / "docs" / name), str(tmp_path)]
        subprocess.run(script, check=True, capture_output=True)
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
    from interviewkit.tui.keys import DOES

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "settings.toml"
    path.write_text(block, encoding="utf-8")
    settings = read_settings(path)
    assert settings.theme == "light"
    assert set(settings.keys) <= set(DOES)
