"""A bank goes to a workbook and comes back the same; what is wrong there is told by its cell."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.elements import Element
from interviewkit.banks.fresh import first_text
from interviewkit.banks.loader import parse_bank, read_as, read_bank
from interviewkit.banks.pydantic_adapters import BANK
from interviewkit.banks.workbook.columns import join_lines, split_lines
from interviewkit.banks.workbook.reader import read_spreadsheet
from interviewkit.banks.workbook.writer import write_spreadsheet
from interviewkit.cli.main import cli
from interviewkit.errors import InterviewKitError
from support import ROOT, shipped_ids

BANKS = ROOT / "question_banks"
SMALL = ROOT / "tests" / "banks" / "small.yaml"


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, ["bank", *map(str, args)])


def workbook(source: Path, out: Path) -> Path:
    with out.open("wb") as file:
        write_spreadsheet(file, read_bank(source))
    return out


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return workbook(SMALL, tmp_path / "small.xlsx")


def edit(path: Path, **cells: Any) -> None:
    """Put values into cells, named such as ``Probes_C3``."""
    book = load_workbook(path)
    for name, value in cells.items():
        sheet, _, cell = name.rpartition("_")
        there = book[sheet.replace("_", " ")]
        assert isinstance(there, Worksheet)
        there[cell] = value
    book.save(path)


def refused(path: Path) -> str:
    with pytest.raises(InterviewKitError) as caught:
        read_spreadsheet(path)
    return str(caught.value)


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_a_bank_we_ship_comes_back_byte_for_byte(bank_id: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    shutil.copy(BANKS / f"{bank_id}.yaml", path)
    raw = path.read_bytes()
    assert run("to-xlsx", bank_id, tmp_path / "bank.xlsx").exit_code == 0
    result = run("from-xlsx", tmp_path / "bank.xlsx", path)
    assert result.stderr == f"{path} is unchanged.\n"
    assert path.read_bytes() == raw


def test_only_what_was_changed_is_written(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("title:", "# kept\ntitle:")
    path.write_text(text, encoding="utf-8")
    edit(small, Probes_C2="What did you do first?", Kit_questions_C3=7.5)
    result = run("from-xlsx", small, path)
    assert result.stderr == f"{path} is changed.\n"
    wanted = text.replace("What did you yourself do first?", "What did you do first?")
    assert path.read_text(encoding="utf-8") == wanted.replace("minutes: 5\n", "minutes: 7.5\n")


def test_a_renamed_id_is_said_to_be_one_gone_and_one_new(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    shutil.copy(SMALL, path)
    edit(small, Questions_A3="elsewhere", Kit_questions_B3="elsewhere")
    said = run("from-xlsx", small, path).stderr
    assert "questions: other-department is taken away\nquestions: elsewhere is new\n" in said
    assert "elsewhere" in path.read_text(encoding="utf-8")


def test_a_new_file_is_written_as_those_we_ship(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert run("from-xlsx", small, path).exit_code == 0
    assert read_bank(path).bank == read_bank(SMALL).bank
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=bank.schema.json\n\nformat: 1\n")
    assert "\n\n  - id: other-department\n    competency: ownership\n" in text
    assert "elicits: [people, confirmation]\n" in text


EXTENDING = """\
# ours
format: 1
id: ours
extends: customer-focused-sales
title: Ours  # of all titles
questions:
  # we ask it so
  - id: unspoken-need
    ask: What did they need?
"""


def test_a_bank_that_extends_another_comes_back_as_its_small_file(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(EXTENDING, encoding="utf-8")
    book = workbook(path, tmp_path / "ours.xlsx")
    sheet = load_workbook(book)["Questions"]
    marks = {str(row[0].value): row[-1].value for row in sheet.iter_rows(min_row=2)}
    assert marks["unspoken-need"] is None
    assert marks["team-change"] == "customer-focused-sales"
    assert run("from-xlsx", book, path).stderr == f"{path} is unchanged.\n"
    assert path.read_text(encoding="utf-8") == EXTENDING
    fresh = tmp_path / "fresh.yaml"
    assert run("from-xlsx", book, fresh).exit_code == 0
    assert read_bank(fresh).bank == read_bank(path).bank
    assert len(fresh.read_text(encoding="utf-8").splitlines()) < 15


# What is put where, and what is said of it.
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "an element there is not": (
        {"Probes_D2": "own_actoin"},
        "Probes!D2: questions.probes.elicits cannot be",
    ),
    "a question there is not": ({"Probes_A3": "broken"}, "Probes!A3: there is no question broken"),
    "a competency there is not": ({"Questions_B2": "recovry"}, "did you mean recovery?"),
    "a formula": ({"Questions_D2": "=1+1"}, "Questions!D2: a formula"),
    "true": ({"Questions_D2": True}, "Questions!D2: the spreadsheet turned it into true or false"),
    "no number": ({"Kits_C2": "long"}, "Kits!C2: 'long' is not a number"),
    "a misspelt column": ({"Probes_C1": "aks"}, "Probes!C1: a bank has no column aks here"),
    "a column of no bank": ({"Kits_J1": "remark"}, "start the heading of your own columns with #"),
    "a column without a head": ({"Kits_J2": "x"}, "Kits!J1: a column with values needs a heading"),
    "a column twice": ({"Kits_H1": "name"}, "Kits!H1: the column name appears twice"),
    "a field of no bank": (
        {"Bank_A4": "titel"},
        "Bank!A4: titel is not a field of a bank; did you",
    ),
    "an id twice": (
        {"Questions_A3": "broken-promise"},
        "Questions!A3: broken-promise is already in",
    ),
    "an anchor left out": ({"Competencies_F2": None}, "no anchor for 3"),
    "a text left out": ({"Questions_D3": None}, "Questions!A3: questions.ask is missing"),
    "a weight twice": (
        {"Weights_A3": "short", "Weights_B3": "recovery", "Weights_C3": 1},
        "Weights!B3: recovery already has a weight",
    ),
    "a weight left out": ({"Weights_C2": None}, "Weights!C2: the weight is missing"),
}


@pytest.mark.parametrize(("cells", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_cell_and_nothing_is_written(
    cells: dict[str, Any], said: str, small: Path, tmp_path: Path
) -> None:
    edit(small, **cells)
    assert said in refused(small)
    path = tmp_path / "bank.yaml"
    result = run("from-xlsx", small, path)
    assert result.exit_code == 1
    assert f"small.xlsx, {said.split(':')[0]}" in result.stderr or said in result.stderr
    assert not path.exists()


def test_sheets_and_merged_cells(small: Path) -> None:
    book = load_workbook(small)
    book.create_sheet("Porbes")
    del book["Panel"]
    book.save(small)
    said = refused(small)
    assert "small.xlsx, Porbes: a bank has no such sheet; did you mean Probes?" in said
    assert "small.xlsx, Panel: this sheet is missing" in said
    book.create_sheet("Panel")
    del book["Porbes"]
    book["Probes"].merge_cells("C2:C3")
    book.save(small)
    assert "Probes!C3: this cell is merged with another" in refused(small)


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("a,b", encoding="utf-8")
    assert "not an .xlsx workbook" in refused(tmp_path / "x.xlsx")
    assert "No such file" in refused(tmp_path / "none.xlsx")


def test_columns_of_ones_own_and_numbers_for_texts_are_fine(small: Path) -> None:
    edit(small, Kits_H1="# my remark", Kits_H2="ask Ada", Competencies_D2=14, Kits_C2="15,5")
    data, _ = read_spreadsheet(small)
    assert data["competencies"][0]["anchors"][1] == "14"
    assert data["kits"][0]["minutes"] == 15.5


def test_what_a_workbook_cannot_hold_is_refused(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("A small bank", '"a\\x07b"')
    points = "\n".join(f"      - {'x' * 1900} {number}" for number in range(20))
    text = text.replace("    probes:\n", f"    listen_for:\n{points}\n    probes:\n")
    with (
        (tmp_path / "x").open("wb") as out,
        pytest.raises(InterviewKitError, match="cannot hold") as error,
    ):
        write_spreadsheet(out, read_as(text, tmp_path / "bank.yaml"))
    assert "Bank!B4: a control character" in error.value.hint
    assert "Questions!E2: longer than the 32,767 characters" in error.value.hint


def test_the_workbook_is_made_for_editing(small: Path) -> None:
    book = load_workbook(small)
    assert book.sheetnames[:3] == ["Start here", "Bank", "Competencies"]
    sheet = book["Probes"]
    assert isinstance(sheet, Worksheet)
    offers = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offers["A2:A2000"] == "'Questions'!$A$2:$A$2000"
    assert all(element.value in str(offers["D2:D2000"]) for element in Element)
    assert len(str(offers["D2:D2000"])) < 255
    assert sheet.freeze_panes == "C2"
    assert sheet["C2"].alignment.wrap_text
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


TEXT = (
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), include_characters="\n"),
        min_size=1,
        max_size=60,
    )
    .map(str.strip)
    .filter(bool)
)
WORDS = st.one_of(
    TEXT,
    st.sampled_from(["=1+1", "_x0041_", "1.0", "007", "#N/A", "a\nb", "⏎⏎ x", "'", "no", "@x"]),
)


@st.composite
def banks(draw: st.DrawFn) -> dict[str, Any]:
    points = draw(st.integers(3, 7))
    anchors = st.fixed_dictionaries(dict.fromkeys(range(1, points + 1), WORDS))
    elements = st.lists(st.sampled_from([one.value for one in Element]), min_size=1, unique=True)
    probes = draw(st.lists(st.tuples(WORDS, elements), max_size=3))
    data: dict[str, Any] = {
        "format": 1,
        "id": "any",
        "title": draw(WORDS),
        "about": draw(WORDS),
        "language": "en",
        "version": draw(WORDS),
        "authors": draw(st.lists(WORDS, max_size=2)),
        "words": draw(st.dictionaries(st.just("customer"), st.lists(WORDS, min_size=1))),
        "competencies": [{"id": "c", "name": "C", "about": draw(WORDS), "anchors": draw(anchors)}],
        "questions": [
            {
                "id": "q",
                "competency": "c",
                "kind": draw(st.sampled_from(["past_behaviour", "background"])),
                "ask": draw(WORDS),
                "listen_for": draw(st.lists(WORDS, max_size=3)),
                "probes": [
                    {"id": f"p{n}", "ask": ask, "elicits": found}
                    for n, (ask, found) in enumerate(probes)
                ],
            }
        ],
        "kits": [
            {
                "id": "k",
                "name": draw(WORDS),
                "minutes": draw(st.sampled_from([15, 30.5])),
                "opening": {"minutes": 2, "say": draw(WORDS)},
                "questions": [{"question": "q", "minutes": 5}],
                "weights": draw(st.dictionaries(st.just("c"), st.sampled_from([0, 1, 2.5]))),
                "must_have": draw(st.dictionaries(st.just("c"), st.sampled_from([1, 2.5]))),
                "panel": [{"seat": draw(WORDS), "focus": ["c"]}],
            }
        ],
        "accepted": [{"code": "x", "reason": draw(WORDS)}],
    }
    if points != 5 or draw(st.booleans()):
        data["scale"] = draw(anchors)
    if not data["words"]:
        del data["words"]  # none at all is written as no field
    return data


@settings(max_examples=30, deadline=None)
@given(data=banks())
def test_any_bank_comes_back_the_same(data: dict[str, Any], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = first_text(data)
    bank = parse_bank(text, "any.yaml")
    assert bank == BANK.validate_python(data)
    (folder / "any.yaml").write_bytes(text.encode())
    found, _ = read_spreadsheet(workbook(folder / "any.yaml", folder / "any.xlsx"))
    assert BANK.validate_python(found) == bank


@given(st.lists(st.text("a⏎␛\n b", min_size=1).map(str.strip).filter(bool)))
def test_a_list_in_a_cell_is_read_back(items: list[str]) -> None:
    assert split_lines(join_lines(items)) == items


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_a_workbook_saved_by_libreoffice_comes_back_the_same(tmp_path: Path) -> None:
    source = tmp_path / "bank.yaml"
    text = (BANKS / "customer-focused-sales.yaml").read_text(encoding="utf-8")
    text = text.replace("title: Customer-focused sales", 'title: "=1+1 _x0041_"').replace(
        "What did you yourself do first?", "007"
    )
    source.write_text(text, encoding="utf-8")
    workbook(source, tmp_path / "bank.xlsx")
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{tmp_path}/office",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "bank.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    result = run("from-xlsx", tmp_path / "saved" / "bank.xlsx", source)
    assert result.stderr == f"{source} is unchanged.\n"
    assert source.read_text(encoding="utf-8") == text


def test_a_cell_far_below_the_others_is_told_and_its_empty_rows_are_not_made(
    tmp_path: Path,
) -> None:
    book = load_workbook(workbook(SMALL, tmp_path / "small.xlsx"))
    book["Probes"]["A1048576"] = "x"
    book.save(tmp_path / "small.xlsx")
    with pytest.raises(InterviewKitError) as refused:
        read_spreadsheet(tmp_path / "small.xlsx")
    assert refused.value.hint == (
        "small.xlsx, Probes: this sheet extends to row 1048576; delete the rows below the last "
        "one in use (at most 100,000 are read)"
    )
