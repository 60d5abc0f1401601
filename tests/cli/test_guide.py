"""``interviewkit guide``: the ending decides, and a wrong name writes nothing."""

import os
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


PEOPLE = ("--candidate", "Ada Okafor", "--role", "AE", "--interviewer", "Tom Becker")


def planned(*args: str) -> str:
    """The id of an entry of the plan made with these options."""
    result = CliRunner().invoke(cli, ["plan", "add", *PEOPLE, *args])
    return result.stderr.split()[-1]


def test_a_kit_to_fill_in_plans_the_interview_once(tmp_path: Path) -> None:
    target = tmp_path / "kit.html"
    for _ in range(2):
        result = run(SHIPPED, "first-45", "--fillable", *PEOPLE, "-o", target)
        assert (result.exit_code, result.stdout) == (0, "")
    size = target.stat().st_size // 1000
    assert result.stderr == (
        f"Wrote {target} ({size} kB): Tom Becker interviews Ada Okafor for AE.\n"
        "A kit was written for this entry before: what that file signs counts as unsigned from "
        "now on.\n"
    )
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0  # it holds a key
    plan = CliRunner().invoke(cli, ["plan", "list", "--json"])
    assert plan.stdout.count('"id": ') == 4  # the entry, and whom and what it names


def test_an_entry_of_the_plan_names_people_and_kit(tmp_path: Path) -> None:
    entry = planned("--bank", SHIPPED, "--kit", "screen-30")
    result = run("--fillable", "--plan", entry, "-o", tmp_path / "kit.html")
    assert result.exit_code == 0, result.stderr
    assert '"kit":"screen-30"' in (tmp_path / "kit.html").read_text(encoding="utf-8")


def test_an_entry_without_a_kit_asks_for_it_and_another_kit_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "kit.html"
    result = run("--fillable", "--plan", planned(), "-o", target)
    assert result.stderr.splitlines() == [
        "This entry of the plan names no kit.",
        "Name the BANK and the KIT before -o.",
    ]
    entry = planned("--bank", SHIPPED, "--kit", "screen-30")
    result = run(SHIPPED, "first-45", "--fillable", "--plan", entry, "-o", target)
    assert result.stderr.splitlines()[0] == (
        f"The entry of the plan is for {SHIPPED}/screen-30, not {SHIPPED}/first-45."
    )
    assert not target.exists()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--fillable",), "--fillable needs --plan, or --candidate, --role, --interviewer."),
        (("--fillable", *PEOPLE[:4]), "--fillable needs --plan, or --interviewer."),
        (("--fillable", *PEOPLE), "Name the BANK and the KIT."),
        (("--fillable", "--plan", "x", *PEOPLE), "--plan names the people already."),
        (("--fillable", "--paper", "a4"), "--paper is for a guide on paper."),
        ((SHIPPED, "first-45", "--plan", "x"), "go with --fillable."),
        ((SHIPPED,), "Name the BANK and the KIT."),
    ],
)
def test_options_that_do_not_go_together_are_told(
    tmp_path: Path, args: tuple[str, ...], sentence: str
) -> None:
    result = run(*args, "-o", tmp_path / "kit.html")
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not (tmp_path / "kit.html").exists()


def test_a_kit_to_fill_in_is_a_page(tmp_path: Path) -> None:
    result = run("--fillable", "--plan", "x", "-o", tmp_path / "kit.docx")
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'kit.docx'} does not end in .html.",
        "A guide to fill in is a page: end its name in .html.",
    ]


def test_a_name_that_is_nearly_known_is_asked_about(tmp_path: Path) -> None:
    planned()
    people = ("--candidate", "Ada Okafo", *PEOPLE[2:])
    result = run(SHIPPED, "first-45", "--fillable", *people, "-o", tmp_path / "kit.html")
    assert "Did you mean Ada Okafor?" in result.stderr
    args = (SHIPPED, "first-45", "--fillable", *people, "--new", "candidate")
    assert run(*args, "-o", tmp_path / "kit.html").exit_code == 0
