"""The benchmarks themselves: they run at their smallest, and reckon right."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from support import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

bank_check: Any = pytest.importorskip("bank_check")
keeping: Any = pytest.importorskip("keeping")
measuring: Any = pytest.importorskip("measuring")
programs: Any = pytest.importorskip("programs")
reading_notes: Any = pytest.importorskip("reading_notes")
run: Any = pytest.importorskip("run")
starting: Any = pytest.importorskip("starting")
watching: Any = pytest.importorskip("watching")


def test_growth_is_the_exponent_of_the_power() -> None:
    row = measuring.growth("it", [10, 100, 1000], [3 * n**1.5 for n in (10, 100, 1000)])
    assert row.ratio == pytest.approx(1.5)
    assert row.is_met is False
    assert measuring.growth("it", [1, 2, 4], [5, 5, 5]).ratio == pytest.approx(0)


def test_a_target_is_met_by_the_median_and_by_the_tails() -> None:
    floor = [1.0] * 100
    quick = measuring.Row("it", [1.2] * 100, floor, target=1.5, tails=(1.5, 2.0))
    assert (quick.ratio, quick.tail(0.95), quick.is_met) == (1.2, 1.2, True)
    tail = measuring.Row("it", [1.2] * 90 + [9.0] * 10, floor, target=1.5, tails=(1.5, 2.0))
    assert (tail.ratio, tail.tail(0.95), tail.is_met) == (1.2, 9.0, False)
    assert measuring.Row("it", [2.0], [1.0]).is_met is None
    few = measuring.Row("it", [2.0] * 5, [1.0] * 5, target=3, tails=(1.0, 1.0))
    assert (few.tail(0.95), few.is_met) == (None, True)


@pytest.mark.parametrize("part", [keeping, reading_notes, bank_check], ids=lambda one: one.__name__)
def test_a_part_runs_at_its_smallest(part: Any, tmp_path: Path) -> None:
    rows = list(part.rows(tmp_path, quick=True))
    assert rows
    assert all(row.ours and min(row.ours) >= 0 for row in rows if row.floor)
    assert all(run.line(row) for row in rows)


def test_a_screen_is_timed_from_outside(tmp_path: Path) -> None:
    assert starting.started(programs.bare(tmp_path), "bare and ready") > 0
    with watching.Watched(programs.live(programs.records(tmp_path, 3))) as live:
        live.until("question 3 of 8")
        times = watching.key_times(live, 4, 1)
    assert len(times) == 4
    assert min(times) > 0


def test_a_program_that_ends_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="gone again"),
        watching.Watched([sys.executable, "-c", "print('gone again')"]) as program,
    ):
        program.until("never painted")


def test_a_run_is_kept_and_held_against_another(tmp_path: Path) -> None:
    before = [measuring.Row("a", [2.0], [1.0]), measuring.Row("b", [2.0], [1.0])]
    kept = run.kept(before, tmp_path / "one.json")
    about = json.loads(kept.read_text(encoding="utf-8"))
    assert about["python"] == ".".join(map(str, sys.version_info[:3]))
    assert [row["ratio"] for row in about["rows"]] == [2.0, 2.0]
    after = [measuring.Row("a", [2.2], [1.0]), measuring.Row("b", [3.0], [1.0])]
    assert run.slower(after, kept) == ["b: 2.00 → 3.00"]


def test_a_part_that_fails_does_not_take_the_rest_along(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(folder: Path, *, quick: bool) -> Any:
        raise OSError("no terminal here")
        yield

    def goes(folder: Path, *, quick: bool) -> Any:
        yield measuring.Row("it", [1.0], [1.0])

    monkeypatch.setattr(run, "SUITE", {"fails": fails, "goes": goes})
    assert [row.what for row in run.measured(["fails", "goes"], {}, quick=True)] == ["it"]
    assert "no terminal here" in capsys.readouterr().out


def test_the_table_goes_between_the_marks_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"), "utf-8")
    rows = [measuring.Row("start", [2.0], [1.0], target=1.5), measuring.Row("x", [1.0], unit="")]
    run.into_page(rows, page)
    run.into_page(rows, page)
    text = page.read_text(encoding="utf-8")
    assert text.count("| start, ms | 2 | 1 | 2.00× |  |  | 1.5 | **missed** |") == 1
    assert text.count(run.BEGINS) == text.count(run.ENDS) == 1


def test_the_page_names_every_part() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert [name for name in run.SUITE if f"| {name} |" not in text] == []
