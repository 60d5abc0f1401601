"""Counts of instructions: a bound that is passed fails, and a missing counter is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import counts
from measuring import Extent, Row


def test_a_run_that_passes_a_bound_fails_and_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def counted(folder: Path, extent: Extent) -> Iterator[Row]:
        yield Row("within / floor", [100], [100], target=1.0)
        yield Row("beyond / floor", [121], [100], target=1.2)

    monkeypatch.setattr(counts, "can_count", lambda: True)
    monkeypatch.setattr(counts, "_rows", counted)
    rows = counts.rows(tmp_path, Extent.FULL)
    assert [next(rows).ratio, next(rows).ratio] == [1.0, 1.21]
    with pytest.raises(AssertionError, match=r"beyond / floor: 1\.21, bound 1\.2") as refusal:
        next(rows)
    assert "within" not in str(refusal.value)


def test_without_a_counter_it_says_so_and_counts_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(counts.rows(tmp_path, Extent.FULL)) == []
    assert "valgrind" in capsys.readouterr().out


def test_the_count_is_read_from_what_valgrind_writes(tmp_path: Path) -> None:
    out = tmp_path / "callgrind.out"
    out.write_text("version: 1\nevents: Ir\nsummary: 12500000\n", encoding="utf-8")
    assert counts._total(out) == 12.5
    out.write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="no count"):
        counts._total(out)
