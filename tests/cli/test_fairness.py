import json
from pathlib import Path

from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from support import ROOT

COUNTS = """\
stage,group,considered,selected
Interview,women,40,12
Interview,men,60,30
Offer,women,5,1
Offer,men,10,4
Offer,other,0,0
"""


def run(path: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["fairness", str(path), *args], env={"COLUMNS": "200"})


def counts(tmp_path: Path, text: str = COUNTS) -> Path:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_says_rates_ratios_and_how_much_hinges_on_one_person(tmp_path: Path) -> None:
    result = run(counts(tmp_path))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:4] == [
        "Interview",
        "  women: 12 of 40, 30 %, 60 % of men’s rate (95 %: 34 % to 99 %): under four fifths; with "
        "one hire moved to this group 67 %; 4 more would reach four fifths; 4.8 fewer than at the "
        "rate of all",
        "  men: 30 of 60, 50 %, the highest rate",
        "  All groups together: Freeman–Halton exact test, p 0.063; pairs are then not tested.",
    ]
    text = " ".join(result.stdout.split())
    assert "under four fifths; one person more or less would change that" in text
    assert " other: 0 of 0, nobody was considered" in text
    assert "These are counts and what follows from them, not a verdict." in text


def test_a_stage_that_differs_names_its_pairs(tmp_path: Path) -> None:
    text = "stage,group,considered,selected\nOffer,a,12,1\nOffer,b,10,8\nOffer,c,2,2\n"
    stdout = " ".join(run(counts(tmp_path, text)).stdout.split())
    assert "Fisher’s exact p, corrected for all pairs, 0.002" in stdout
    assert "The rates differ by more than chance would make them" in stdout
    assert "too small to be a reference or to be tested" in stdout


def test_files_are_added_up_and_that_is_said(tmp_path: Path) -> None:
    first, second = counts(tmp_path), tmp_path / "second.csv"
    second.write_text(COUNTS, encoding="utf-8")
    stdout = run(first, str(second)).stdout
    assert "women: 24 of 80, 30 %" in stdout
    assert "Totals of 2 files." in stdout


def test_json_is_the_documented_list(tmp_path: Path) -> None:
    rows = json.loads(run(counts(tmp_path), "--json").stdout)
    assert rows[0] == {
        "stage": "Interview",
        "group": "women",
        "considered": 40,
        "selected": 12,
        "rate": 0.3,
        "beside": "men",
        "ratio": 0.6,
        "below_four_fifths": True,
        "with_one_more": True,
        "with_one_less": True,
        "hinges_on_one": False,
        "p": None,
        "stage_p": rows[0]["stage_p"],
        "stage_test": "Freeman-Halton",
        "is_small": False,
        "ratio_low": rows[0]["ratio_low"],
        "ratio_high": rows[0]["ratio_high"],
        "ratio_with_one_moved": rows[0]["ratio_with_one_moved"],
        "shortfall": rows[0]["shortfall"],
        "needed_for_four_fifths": 4,
        "four_fifths_by_chance": rows[0]["four_fifths_by_chance"],
    }
    assert round(rows[0]["stage_p"], 4) == 0.0629
    text = (ROOT / "docs" / "fairness.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in rows[0])


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    missing = run(tmp_path / "none.csv")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "none.csv cannot be read: No such file or directory." in missing.stderr
    path = tmp_path / "counts.csv"
    path.write_bytes(b"stage,group\xff")
    assert "is not text in UTF-8 or UTF-16.\nSave it as CSV UTF-8." in run(path).stderr


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    result = run(counts(tmp_path, COUNTS + "Offer,x,1,2\n"))
    assert result.exit_code == 1
    assert "counts.csv:7: 2 of x went on, but only 1 were considered." in result.stderr


def test_no_record_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    assert run(counts(tmp_path), "--db", str(path)).exit_code == 0
    assert not path.exists()
