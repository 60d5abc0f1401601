"""What a user installs: the wheel brings its banks along, the checkout finds its own."""

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from interviewkit import __version__
from interviewkit.banks.schema import FILE_NAME, written
from support import ROOT, shipped_ids

BANK = "customer-focused-sales"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and nothing is fetched here")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The program out of ``folder``, isolated: no current folder, no environment, no user site."""
    places = [str(folder), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    code = (
        f"import sys, runpy; sys.path[:0] = {places!r};"
        "runpy.run_module('interviewkit', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, *args],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )


def test_the_wheel_is_named_after_the_version(wheel: Path) -> None:
    assert wheel.name == f"interviewkit-{__version__}-py3-none-any.whl"


def test_the_wheel_holds_all_the_program_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    package = ROOT / "src" / "interviewkit"
    ours = {
        f"interviewkit/{path.relative_to(package)}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    banks = {
        f"interviewkit/question_banks/{path.name}" for path in (ROOT / "question_banks").iterdir()
    }
    manual = {f"interviewkit-{__version__}.data/data/share/man/man1/interviewkit.1"}
    assert {name for name in names if ".dist-info/" not in name} == ours | banks | manual


def test_an_installed_program_finds_the_bank_inside_its_package(installed: Path) -> None:
    ran = run_installed(installed, "bank", "list", "--json")
    found = {bank["id"]: bank for bank in json.loads(ran.stdout)}
    assert list(found) == shipped_ids()
    assert all(bank["shipped"] for bank in found.values())
    banks = installed / "interviewkit/question_banks"
    assert Path(found[BANK]["path"]) == banks / f"{BANK}.yaml"
    assert (banks / FILE_NAME).read_text(encoding="utf-8") == written()


def test_an_installed_program_can_write_its_example(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    run_installed(installed, "demo", "--write", str(path))
    assert path.stat().st_size > 100_000


def test_an_editable_install_finds_the_bank_in_the_checkout() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "interviewkit", "bank", "list", "--json"],
        cwd=os.sep,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = {bank["id"]: Path(bank["path"]) for bank in json.loads(ran.stdout)}
    assert paths[BANK] == ROOT / "question_banks" / f"{BANK}.yaml"
