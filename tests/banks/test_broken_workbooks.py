"""Workbooks broken at random: each is read or refused in a sentence, and nothing else happens."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.loader import read_bank
from interviewkit.banks.workbook.writer import write_spreadsheet
from interviewkit.cli.main import cli
from support import ROOT

Parts = dict[str, bytes]
VALUES = (
    *(None, "", "x", "x" * 3000, 0, -1, 1e400, 7.25, True),
    *("=A1", "2026-01-05", "#N/A", "own_action"),
)
SMALL = ROOT / "tests" / "banks" / "small.yaml"


def flip_bytes(path: Path, chance: random.Random) -> None:
    """Bytes of the file itself: directory, checksums, packed data."""
    raw = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 12)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def cut_off(path: Path, chance: random.Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: chance.randrange(len(raw))])


def repack(path: Path, change: Callable[[Parts], None]) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)


def drop_members(path: Path, chance: random.Random) -> None:
    def change(parts: Parts) -> None:
        for name in chance.sample(sorted(parts), chance.randint(1, 3)):
            del parts[name]

    repack(path, change)


def swap_members(path: Path, chance: random.Random) -> None:
    def change(parts: Parts) -> None:
        left, right = chance.sample(sorted(parts), 2)
        parts[left], parts[right] = parts[right], parts[left]

    repack(path, change)


def garble_xml(path: Path, chance: random.Random) -> None:
    """Within a part, its checksum right: what openpyxl itself has to cope with."""

    def change(parts: Parts) -> None:
        name = chance.choice(sorted(parts))
        raw = bytearray(parts[name])
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(raw))
            kind = chance.randrange(3)
            if kind == 0:
                raw[at] = chance.randrange(32, 127)
            elif kind == 1:
                del raw[at : at + chance.randint(1, 40)]
            else:
                raw[at:at] = chance.choice((b"9" * 30, b"<x/>", b"&#0;", b"\xff", b'"', b"-1"))
            if not raw:
                break
        parts[name] = bytes(raw)

    repack(path, change)


def change_attributes(path: Path, chance: random.Random) -> None:
    """Numbers within quotes: indexes of texts, styles, rows and columns that lead nowhere."""

    def change(parts: Parts) -> None:
        name = chance.choice([name for name in sorted(parts) if name.endswith(".xml")])
        pieces = parts[name].split(b'"')
        for index in chance.sample(range(len(pieces)), min(len(pieces), 4)):
            if index % 2:
                pieces[index] = chance.choice(
                    (b"", b"99999", b"-3", b"x", b"1e9", b"ZZZ9", b"\xc3")
                )
        parts[name] = b'"'.join(pieces)

    repack(path, change)


def edit_sheets(path: Path, chance: random.Random) -> None:
    """What a person does in Excel: rows and columns deleted, other values, sheets renamed."""
    book = load_workbook(path)
    for _ in range(chance.randint(1, 5)):
        sheet = book[chance.choice(book.sheetnames)]
        assert isinstance(sheet, Worksheet)
        row, column = chance.randint(1, sheet.max_row + 1), chance.randint(1, sheet.max_column + 1)
        kind = chance.randrange(7)
        if kind == 0:
            sheet.delete_cols(column)
        elif kind == 1:
            sheet.delete_rows(row, chance.randint(1, 3))
        elif kind == 2 and len(book.sheetnames) > 2:
            book.remove(sheet)
        elif kind == 3:
            sheet.title = chance.choice(("PROBES", "# mine", "x", sheet.title.upper()))
        elif kind == 4:
            sheet.insert_cols(column)
        else:
            cell = sheet.cell(row, column)
            if not hasattr(cell, "number_format"):
                continue
            cell.value = chance.choice(VALUES)
    book.save(path)


MUTATIONS = (
    flip_bytes,
    cut_off,
    drop_members,
    swap_members,
    garble_xml,
    change_attributes,
    edit_sheets,
    edit_sheets,
)


def assert_read_or_refused(seed: int, folder: Path) -> int:
    """The exit code of from-xlsx for the workbook that this seed breaks."""
    chance = random.Random(seed)
    book, out = folder / f"{seed}.xlsx", folder / f"{seed}.yaml"
    with book.open("wb") as file:
        write_spreadsheet(file, read_bank(SMALL))
    MUTATIONS[seed % len(MUTATIONS)](book, chance)
    result = CliRunner().invoke(cli, ["bank", "from-xlsx", str(book), str(out)])
    assert result.exception is None or isinstance(result.exception, SystemExit), seed
    assert result.exit_code in (0, 1), (seed, result.stderr)
    assert "issue tracker" not in result.stderr, (seed, result.stderr)
    assert (result.exit_code == 0) == out.exists(), seed
    if result.exit_code:
        assert result.stderr.startswith(f"{book}"), (seed, result.stderr)
    book.unlink()
    return result.exit_code


@pytest.mark.parametrize("seed", range(24))
def test_a_broken_workbook_is_read_or_refused_in_a_sentence(seed: int, tmp_path: Path) -> None:
    assert_read_or_refused(seed, tmp_path)


@pytest.mark.soak
def test_a_thousand_broken_workbooks_are_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    codes = [assert_read_or_refused(seed, tmp_path) for seed in range(1000)]
    assert set(codes) == {0, 1}
