import json
from pathlib import Path

from click.testing import CliRunner, Result

from interviewkit.cli.main import cli

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
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "Interview",
        "  women: 12 of 40, 30 %, 60 % of men’s rate: under four fifths; Fisher’s exact p 0.063",
        "  men: 30 of 60, 50 %, the highest rate",
    ]
    assert lines[5].endswith(
        "under four fifths; one person more or less would turn that; Fisher’s exact p 0.600"
    )
    assert lines[7] == "  other: 0 of 0, nobody was considered"
    assert lines[-2].startswith("These are counts and what follows from them, not a verdict.")


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
        "p": rows[0]["p"],
    }
    assert round(rows[0]["p"], 4) == 0.0629


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    missing = run(tmp_path / "none.csv")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "none.csv cannot be read: No such file or directory." in missing.stderr
    path = tmp_path / "counts.csv"
    path.write_bytes(b"stage,group\xff")
    assert "is no text in UTF-8.\nSave it as CSV UTF-8." in run(path).stderr


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    result = run(counts(tmp_path, COUNTS + "Offer,x,1,2\n"))
    assert result.exit_code == 1
    assert "counts.csv:7: 2 of x went on, but only 1 were considered." in result.stderr


def test_no_record_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    assert run(counts(tmp_path), "--db", str(path)).exit_code == 0
    assert not path.exists()
