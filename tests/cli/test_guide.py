"""``interviewkit guide``: the ending decides, and a wrong name writes nothing."""

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from support import ROOT

SHIPPED = "customer-focused-sales"
SMALL = ROOT / "tests/banks/small.yaml"


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, ["guide", *map(str, args)])


@pytest.mark.parametrize("name", ["guide.html", "guide.docx", "GUIDE.HTML"])
def test_it_writes_the_guide_and_says_so_on_stderr(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    result = run(SHIPPED, "first-45", "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Wrote {target}: 8 questions.\n"
    if name.endswith("docx"):
        assert docx.Document(str(target)).core_properties.title.startswith("Interview guide")
    else:
        assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_file_of_ones_own_serves_as_well_as_an_id(tmp_path: Path) -> None:
    result = run(SMALL, "short", "-o", tmp_path / "g.html", "--paper", "letter")
    assert result.exit_code == 0, result.stderr
    text = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "Tell me about a promise that was not kept." in text
    assert "size: letter" in text


@pytest.mark.parametrize("name", ["guide.pdf", "guide", "guide.html.txt"])
def test_another_ending_is_told_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    result = run(SHIPPED, "first-45", "-o", tmp_path / name)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{tmp_path / name} does not end in .html or .docx.",
        "End the name in .html for a page to print, or in .docx for Word.",
    ]
    assert not (tmp_path / name).exists()


def test_an_unknown_kit_is_told_with_the_nearest_and_the_old_guide_stays(tmp_path: Path) -> None:
    target = tmp_path / "guide.html"
    target.write_text("the old one", encoding="utf-8")
    result = run(SHIPPED, "first-46", "-o", target)
    assert result.exit_code == 1
    assert "Did you mean first-45?" in result.stderr
    assert target.read_text(encoding="utf-8") == "the old one"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run(SHIPPED, "first-45", "-o", tmp_path / "none" / "g.html")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_without_a_file_it_is_wrong_usage() -> None:
    assert run(SHIPPED, "first-45").exit_code == 2


def test_a_language_without_fixed_words_is_told(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("language: en", "language: fi")
    path.write_text(text, encoding="utf-8")
    result = run(path, "short", "-o", tmp_path / "g.html")
    assert result.exit_code == 0
    assert "are in English: there is no translation for fi yet." in result.stderr
