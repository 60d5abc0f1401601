"""A run as it is started, kept, shown and held against another."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import history
import run
import showing
from measuring import Extent, Row
from support import ROOT


def _fails(folder: Path, extent: Extent) -> Iterator[Row]:
    yield Row("before it", [1.0], [1.0])
    raise OSError("no terminal here")


def _goes(folder: Path, extent: Extent) -> Iterator[Row]:
    yield Row("it", [2.0], [1.0], target=1.5)


def _json(*rows: Row) -> list[dict[str, object]]:
    return [row.as_json() for row in rows]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"), "utf-8")
    return path


def test_a_run_is_kept_shown_and_put_into_a_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, page: Path
) -> None:
    monkeypatch.setattr(run, "SUITE", {"fails": _fails, "goes": _goes})
    kept = tmp_path / "of" / "today.json"
    assert run.main(["--quick", "--json", str(kept)]) == 1
    printed = capsys.readouterr().out
    assert "fails could not be measured" in printed
    assert "no terminal here" in printed
    about = json.loads(kept.read_text(encoding="utf-8"))
    assert about["python"] == platform.python_version()
    assert (about["extent"], about["failed"]) == ("quick", ["fails"])
    assert about["cores"] >= 1

    assert run.main(["--show", str(kept), "--markdown", str(page)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line in printed.splitlines()] == shown
    assert len(shown) == 3
    once = page.read_text(encoding="utf-8")
    assert once.count("| it, ms | 2 | 1 | 2.00× |  |  | 1.5 | **missed** |") == 1
    run.main(["--show", str(kept), "--markdown", str(page)])
    assert page.read_text(encoding="utf-8") == once


def test_one_part_alone_goes_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "SUITE", {"fails": _fails, "goes": _goes})
    kept = tmp_path / "one.json"
    assert run.main(["--only", "goes", "--json", str(kept), "--against", str(_kept(tmp_path))]) == 0
    assert [row["what"] for row in history.rows_of(kept)] == ["it"]


def _kept(folder: Path) -> Path:
    return history.kept(_json(Row("it", [1.0], [1.0])), [], "full", folder / "before.json")


def test_what_is_slower_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "SUITE", {"goes": _goes})
    run.main(["--json", str(tmp_path / "one.json"), "--against", str(_kept(tmp_path))])
    assert capsys.readouterr().out.endswith("slower than before:\nit: 1.00 → 2.00\n")


def test_what_is_within_noise_is_not_slower() -> None:
    def slower(before: Row, after: Row) -> list[str]:
        return history.slower(_json(after), _json(before))

    assert slower(Row("a", [2.0], [1.0]), Row("a", [2.3], [1.0])) == []
    assert slower(Row("a", [2.0], [1.0]), Row("a", [2.5], [1.0])) == ["a: 2.00 → 2.50"]
    wide, wider = [1.0, 2.0, 3.0], [1.0, 2.6, 4.0]
    assert slower(Row("a", wide, [1.0] * 3), Row("a", wider, [1.0] * 3)) == []
    assert slower(Row("a", wide * 99, [1.0] * 3), Row("a", wider * 99, [1.0] * 3)) != []
    assert slower(Row("power", [0.01], unit=""), Row("power", [0.1], unit="")) == []
    assert slower(Row("left", [0.0], unit=""), Row("left", [5.0], unit="")) == ["left: 0.00 → 5.00"]
    assert slower(Row("a", [1.0], [1.0]), Row("b", [9.0], [1.0])) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--against", "nowhere.json"], "nowhere.json is no run that was kept here"),
        (["--show", str(ROOT / "pyproject.toml")], "pyproject.toml is no run that was kept here"),
        (["--others", "no-such-program"], "no-such-program is not on the PATH; say"),
        (["--only", "others"], "say with --others which other programs to start"),
        (["--markdown", str(ROOT / "README.md")], "README.md has no place for a table"),
        (["--markdown", "nowhere.md"], "nowhere.md has no place for a table"),
        (["--only", "everything"], "invalid choice: 'everything'"),
    ],
)
def test_wrong_words_are_told_before_anything_is_measured(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run.main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_other_programs_are_found_on_the_path_or_where_they_are_said_to_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / ("theirs" if os.name == "posix" else "theirs.exe")
    program.write_text("", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    commands = run.commands(["theirs", "mine=/opt/mine --new"])
    assert commands.keys() == {"theirs", "mine"}
    assert Path(commands["theirs"]) == program  # Windows spells its ending as it likes
    assert commands["mine"] == "/opt/mine --new"


def test_the_place_of_the_table_is_in_the_page() -> None:
    showing.check(ROOT / "docs" / "benchmarks.md")


def test_it_starts_as_the_makefile_starts_it() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "run.py", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--against" in ran.stdout
