"""A check of files that are as they were is quick, and right whatever was changed in between."""

import subprocess
import sys
from pathlib import Path

import pytest

from interviewkit.banks.library import users_folder
from interviewkit.banks.lint.checked_files import CheckedFiles
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import read_bank
from interviewkit.errors import BankError, Finding
from support import ROOT

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
PART = "format: 1\nextends: small\nid: part\nversion: '1'\n"


def checked(path: Path) -> list[Finding]:
    with CheckedFiles() as files:
        return files.findings(path)


def test_the_second_check_finds_what_the_first_did(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    findings = lint(read_bank(path))
    assert findings
    assert checked(path) == checked(path) == findings


def test_the_findings_are_those_of_the_file_that_is_checked(tmp_path: Path) -> None:
    for name in ("small.yaml", "copy.yaml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
        assert {finding.path for finding in checked(tmp_path / name)} == {str(tmp_path / name)}


def test_a_changed_file_is_checked_again(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    before = checked(path)
    path.write_text("# One line more.\n" + SMALL, encoding="utf-8")
    assert [finding.line for finding in checked(path)] == [finding.line + 1 for finding in before]
    path.write_text(SMALL.replace("ask:", "aks:"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BankError):
            checked(path)


def test_a_bank_that_extends_another_is_checked_again_when_its_base_has_changed() -> None:
    users_folder().mkdir(parents=True)
    base, path = users_folder() / "small.yaml", users_folder() / "part.yaml"
    base.write_text(SMALL, encoding="utf-8")
    path.write_text(PART, encoding="utf-8")
    assert checked(path) == checked(path) == lint(read_bank(path))
    base.write_text(SMALL.replace("ask:", "aks:"), encoding="utf-8")
    with pytest.raises(BankError):
        checked(path)


def test_the_second_check_reads_no_bank() -> None:
    users_folder().mkdir(parents=True)
    (users_folder() / "small.yaml").write_text(SMALL, encoding="utf-8")
    code = (
        "import sys; from interviewkit.cli.main import cli; "
        "cli(['bank', 'check'], standalone_mode=False)"
    )
    modules = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); "
    for _ in range(2):
        ran = subprocess.run([sys.executable, "-c", modules + code], capture_output=True, text=True)
    assert "small.yaml" in ran.stdout
    assert not {"yaml", "pydantic", "sqlite3", "textual"} & set(ran.stdout.split())
