"""What runs on a change and on a release fits the package, and says what its pages say."""

import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from interviewkit import __version__
from support import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
Notes = Callable[[str, str, str], str]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return cast(dict[str, Any], tomllib.loads(text)["project"])


@pytest.fixture(scope="module")
def notes() -> Notes:
    return cast(Notes, runpy.run_path(str(GITHUB / "release_notes.py"))["notes"])


def loaded(name: str) -> Any:
    return yaml.safe_load((GITHUB / "workflows" / name).read_text(encoding="utf-8"))


def named(project: dict[str, Any], start: str) -> list[str]:
    return [one.removeprefix(start) for one in project["classifiers"] if one.startswith(start)]


def test_every_python_that_the_package_names_is_run(project: dict[str, Any]) -> None:
    matrix = loaded("checks.yml")["jobs"]["tests"]["strategy"]["matrix"]
    pythons = [one for one in named(project, "Programming Language :: Python :: ") if "." in one]
    assert matrix["python"] == pythons
    assert project["requires-python"] == f">={pythons[0]}"


def test_every_system_that_the_package_names_is_run(project: dict[str, Any]) -> None:
    matrix = loaded("checks.yml")["jobs"]["tests"]["strategy"]["matrix"]
    images = {
        "POSIX :: Linux": "ubuntu-latest",
        "MacOS": "macos-latest",
        "Microsoft :: Windows": "windows-latest",
    }
    systems = named(project, "Operating System :: ")
    assert sorted(matrix["system"]) == sorted(images[one] for one in systems)


def test_every_system_runs_the_same_checks() -> None:
    steps = loaded("checks.yml")["jobs"]["tests"]["steps"]
    (checks,) = [step for step in steps if step.get("name") == "Run every check"]
    assert checks == {"name": "Run every check", "run": "python make.py test"}


def test_make_runs_what_python_runs_without_it() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    by_make = re.findall(r"^\t@\$\(PYTHON\) make\.py ([a-z]+)$", text, re.MULTILINE)
    printed = subprocess.run(
        [sys.executable, ROOT / "make.py"], check=True, capture_output=True, text=True
    ).stdout
    assert by_make == [line.split()[0] for line in printed.splitlines()[1:]]


@pytest.mark.parametrize(
    ("target", "programs"),
    [("run", "-e .[encrypted,hub,team]"), ("check", "--group dev -e .")],
)
def test_to_open_the_program_nothing_is_installed_that_only_checks_need(
    target: str, programs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    make = runpy.run_path(str(ROOT / "make.py"))
    ran: list[str] = []
    folder = tmp_path / ".venv"
    folder.mkdir()
    (folder / "pyvenv.cfg").touch()

    def note(*words: str) -> int:
        ran.append(" ".join(words))
        return 0

    names = {"FOLDER": folder, "STAMP": folder / ".installed", "RUNS": folder / ".runs"}
    for name, value in {**names, "command": note}.items():
        monkeypatch.setitem(make["main"].__globals__, name, value)
    for _ in range(2):  # set up once
        make["main"]([target])
    installs = [command for command in ran if " pip install " in command]
    assert [command.endswith(programs) for command in installs] == [False, True]
    assert capsys.readouterr().err.count("Setting up .venv") == 1
    make["main"](["run"])  # what the checks need is more than enough to open it
    assert len([command for command in ran if " pip install " in command]) == 2


def test_a_target_that_is_not_there_is_wrong_usage() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "make.py", "tests"], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (2, "python make.py TARGET")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.name))
def test_a_workflow_pins_its_actions_by_hash_and_may_do_no_more_than_it_says(
    path: Any,
) -> None:
    text = path.read_text(encoding="utf-8")
    actions = re.findall(r"uses: (\S+.*)", text)
    assert actions
    pinned = re.compile(r"\./.+|[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*")
    assert [action for action in actions if not pinned.fullmatch(action)] == []
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job.get("timeout-minutes") or "uses" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.name))
def test_a_form_can_be_filled_in(path: Any) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form)
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert len(ids) == len(set(ids))
    assert all(field["attributes"]["label"] for field in fields)
    assert any(field.get("validations", {}).get("required") for field in fields)


PACKAGE = '"""Ours."""\n\n__version__ = "1.2.0"\n'
CHANGES = (
    "# Changes\n\n## Unreleased\n\n## 1.2.0 - 2026-05-04\n\n- Faster.\n\n## 1.1.0 - 2026-01-02\n"
)


class TestReleaseNotes:
    def test_they_are_the_section_of_the_version(self, notes: Notes) -> None:
        assert notes("1.2.0", PACKAGE, CHANGES) == "- Faster."
        assert notes("1.2.0", PACKAGE, CHANGES.replace("## Unreleased\n\n", "")) == "- Faster."

    @pytest.mark.parametrize(
        ("version", "changes", "said"),
        [
            ("1.3.0", CHANGES, "The package is 1.2.0, not 1.3.0."),
            ("1.2.0", CHANGES.replace(" - 2026-05-04", ""), "does not begin with"),
            ("1.2.0", CHANGES.replace("## 1.2.0", "## 1.2.1"), "does not begin with"),
            ("1.2.0", CHANGES.replace("Unreleased\n", "Unreleased\n\n- More.\n"), "does not begin"),
            ("1.2.0", "# Changes\n", "does not begin with"),
        ],
        ids=["another version", "no date", "no section", "something unreleased", "nothing"],
    )
    def test_what_does_not_fit_is_told(
        self, notes: Notes, version: str, changes: str, said: str
    ) -> None:
        with pytest.raises(ValueError, match=re.escape(said)):
            notes(version, PACKAGE, changes)

    def test_the_change_log_begins_with_what_is_unreleased_or_with_this_version(
        self, notes: Notes
    ) -> None:
        package = (ROOT / "src/interviewkit/__init__.py").read_text(encoding="utf-8")
        changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        first = re.findall(r"^## (.+)$", changes, re.MULTILINE)[0]
        assert first == "Unreleased" or notes(__version__, package, changes)
