"""What a user installs: the wheel brings its banks along, the checkout finds its own."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_bytes
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from interviewkit import __version__
from interviewkit.banks.schema import FILE_NAME, schema_text
from support import ROOT, shipped_ids

BANK = "customer-focused-sales"


def built(kind: str, checkout: Path, folder: Path) -> Path:
    """``folder``, with the ``kind`` (wheel or sdist) of a checkout in it."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and nothing is fetched here")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (found,) = built("wheel", ROOT, tmp_path_factory.mktemp("wheel")).glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    (archive,) = built("sdist", ROOT, folder).glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


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
        f"interviewkit/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    banks = {
        f"interviewkit/question_banks/{path.name}" for path in (ROOT / "question_banks").iterdir()
    }
    practice = {
        f"interviewkit/practice_files/{path.name}" for path in (ROOT / "practice_files").iterdir()
    }
    manual = {f"interviewkit-{__version__}.data/data/share/man/man1/interviewkit.1"}
    assert {name for name in names if ".dist-info/" not in name} == (
        ours | banks | practice | manual
    )


def test_an_installed_program_finds_the_bank_inside_its_package(installed: Path) -> None:
    ran = run_installed(installed, "bank", "list", "--json")
    found = {bank["id"]: bank for bank in json.loads(ran.stdout)}
    assert list(found) == shipped_ids()
    assert all(bank["shipped"] for bank in found.values())
    banks = installed / "interviewkit/question_banks"
    assert Path(found[BANK]["path"]) == banks / f"{BANK}.yaml"
    assert (banks / FILE_NAME).read_text(encoding="utf-8") == schema_text()


def test_an_installed_program_finds_the_practice_files_inside_its_package(installed: Path) -> None:
    ran = run_installed(installed, "practice", "list", "--json")
    folder = installed / "interviewkit/practice_files"
    assert [Path(script["path"]) for script in json.loads(ran.stdout)] == sorted(folder.iterdir())


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


def test_the_same_source_makes_the_same_wheel_byte_for_byte(wheel: Path, tmp_path: Path) -> None:
    (again,) = built("wheel", ROOT, tmp_path).glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def test_the_source_archive_makes_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    (theirs,) = built("wheel", source, tmp_path).glob("*.whl")
    with zipfile.ZipFile(wheel) as ours, zipfile.ZipFile(theirs) as made:
        assert sorted(made.namelist()) == sorted(ours.namelist())
        assert all(made.read(name) == ours.read(name) for name in ours.namelist())


def test_the_source_archive_holds_all_that_the_checks_need(source: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no checkout of git, so nothing says what belongs to it")
    apart = (".ci/", ".gitignore")  # of no use without the history
    tracked = {name for name in listed.stdout.split("\0") if name and not name.startswith(apart)}
    packed = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert tracked - packed == set()


def test_what_the_source_archive_installs_runs_a_round_from_end_to_end(
    source: Path, tmp_path: Path
) -> None:
    (wheel,) = built("wheel", source, tmp_path).glob("*.whl")
    place = tmp_path / "place"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    records, book = str(tmp_path / "demo.db"), tmp_path / "debrief.xlsx"
    run_installed(place, "demo", "--write", records)
    run_installed(place, "--db", records, "data", "check")
    run_installed(place, "bank", "check", "--strict", str(place / "interviewkit/question_banks"))
    role = ("compare", "Account executive")
    made = json.loads(run_installed(place, "--db", records, *role, "--json").stdout)
    assert len(made["candidates"]) == 6
    run_installed(place, "--db", records, *role, "--xlsx", str(book))
    assert zipfile.is_zipfile(book)


def test_the_metadata_says_what_a_package_index_asks_for(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith("/METADATA"))
        about = message_from_bytes(archive.read(name))
        assert "interviewkit/py.typed" in archive.namelist()
    assert about["Version"] == __version__
    assert about["License-Expression"] == "MIT"
    assert about["License-File"] == "LICENSE"
    assert about["Requires-Python"] == ">=3.11"
    assert about["Description-Content-Type"] == "text/markdown"
    assert "Typing :: Typed" in about.get_all("Classifier", [])


def test_every_pin_is_to_be_had_for_the_oldest_python() -> None:
    needs = {
        one.metadata["Name"]: (one.metadata.get_all("Requires-Python") or [""])[0]
        for one in metadata.distributions()
    }
    assert len(needs) > 20
    assert [n for n, needed in needs.items() if not SpecifierSet(needed).contains("3.11.0")] == []
