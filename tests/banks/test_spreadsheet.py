"""A bank goes to a workbook and comes back the same; what is wrong there is told by its cell."""

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.elements import Element
from interviewkit.banks.fresh import first_text
from interviewkit.banks.loader import parse_bank, read_as, read_bank
from interviewkit.banks.pydantic_adapters import BANK
from interviewkit.banks.workbook.columns import SHEETS, Column, join_lines, split_lines
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


def test_defaults_that_the_file_leaves_out_stay_out_of_a_question_that_changed(
    tmp_path: Path,
) -> None:
    path, book = tmp_path / "bank.yaml", tmp_path / "bank.xlsx"
    shutil.copy(BANKS / "account-executive-new-business.yaml", path)
    before = path.read_text(encoding="utf-8")
    edit(workbook(path, book), Probes_C5="What did they say?", Questions_I7="Named the problem")
    assert run("from-xlsx", book, path).exit_code == 0
    after = path.read_text(encoding="utf-8")
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    assert [new.strip() for old, new in pairs if old != new] == [
        "ask: What did they say?",
        "3: Named the problem",
    ]


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
        "Questions!A3: A2 already has the id broken-",
    ),
    "a probe's id twice": ({"Probes_B3": "first-step"}, "Probes!B3: B2 already has the id first-"),
    "a question twice in a kit": (
        {"Kit_questions_B3": "broken-promise"},
        "Kit questions!B3: B2 already has the question broken-promise; a kit can have it only once",
    ),
    "a scale point twice": ({"Bank_A4": "about"}, "Bank!A5: about appears twice"),
    "an anchor left out": ({"Competencies_F2": None}, "no anchor for 3"),
    "a text left out": ({"Questions_D3": None}, "Questions!D3: questions.ask is missing"),
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
    assert "start the name of your own with #" not in said
    assert "small.xlsx, Panel: this sheet is missing" in said
    book = load_workbook(workbook(SMALL, small))
    book["Probes"].merge_cells("C2:C3")
    book.save(small)
    assert "Probes!C3: this cell is merged with another" in refused(small)


def test_capitals_and_underscores_in_names_of_sheets_and_heads_do_not_matter(small: Path) -> None:
    data = read_spreadsheet(small).data
    book = load_workbook(small)
    book["Kit questions"].title = "KIT_QUESTIONS"
    book["Questions"]["E1"] = "Listen for"
    book["Probes"]["C1"] = " Ask "
    book["Bank"]["A4"] = "Title"
    book.create_sheet("# my sums")["A1"] = "anything"
    book.save(small)
    assert read_spreadsheet(small).data == data


def test_two_sheets_of_a_name_are_refused(small: Path) -> None:
    book = load_workbook(small)
    book.create_sheet("Kit_questions")
    book.save(small)
    assert "Kit_questions: there are two sheets Kit questions; put all rows on" in refused(small)


@pytest.mark.parametrize(("name", "columns"), [(name, columns) for name, columns in SHEETS.items()])
def test_a_deleted_column_is_named(name: str, columns: tuple[Column, ...], small: Path) -> None:
    for index, column in enumerate(columns[:11], 1):
        if column.optional or column.head in ("anchor 6", "anchor 7"):
            continue
        book = load_workbook(small)
        book[name].delete_cols(index)
        book.save(small.with_name("less.xlsx"))
        message = f"less.xlsx, {name}: the column {column.head} is missing; put it back, or write"
        assert message in refused(small.with_name("less.xlsx"))


def test_text_that_is_struck_through_is_told_as_it_would_be_read_aloud(small: Path) -> None:
    book = load_workbook(small)
    book["Probes"]["C2"].font = Font(strike=True)
    struck = TextBlock(InlineFont(strike=True), "really ")
    book["Questions"]["D2"] = CellRichText("What did you ", struck, "do?")
    book["Questions"]["D3"] = CellRichText(
        "What did ", TextBlock(InlineFont(b=True), "you"), " do?"
    )
    book.save(small)
    text = refused(small)
    assert "Probes!C2: struck-through text; delete it, or remove the strikethrough" in text
    assert "Questions!D2: struck-through text" in text
    assert "missing" not in text
    assert text.index("Questions!D2") < text.index("Probes!C2")
    assert "Questions!D3" not in text


def test_bold_words_in_a_cell_are_words(small: Path) -> None:
    bold = TextBlock(InlineFont(b=True), "you")
    edit(small, Questions_D3=CellRichText("What did ", bold, " do?"))
    assert read_spreadsheet(small).data["questions"][1]["ask"] == "What did you do?"


def test_comments_stay_out_of_the_bank_and_are_told(small: Path, tmp_path: Path) -> None:
    book = load_workbook(small)
    book["Probes"]["C2"].comment = Comment("too long?", "Ada")
    book.save(small)
    result = run("from-xlsx", small, tmp_path / "bank.yaml")
    assert result.exit_code == 0
    assert "Probes!C2: its comment does not become part of the bank" in result.stderr


def test_a_new_row_without_an_id_gets_one(small: Path, tmp_path: Path) -> None:
    edit(
        small,
        Questions_B4="recovery",
        Questions_C4="past_behaviour",
        Questions_D4="Tell me about a customer you nearly lost.",
        Probes_A4="broken-promise",
        Probes_C4="When was that?",
        Probes_D4="time",
    )
    path = tmp_path / "bank.yaml"
    shutil.copy(SMALL, path)
    result = run("from-xlsx", small, path)
    assert result.exit_code == 0, result.stderr
    assert "Questions!A4: the row got the id customer-nearly-lost" in result.stderr
    assert "questions: customer-nearly-lost is new" in result.stderr
    assert "Probes!B4: the row got the id when-was-that" in result.stderr
    before, after = (file.read_text(encoding="utf-8").splitlines() for file in (SMALL, path))
    assert [line for line in before if line not in after] == []


def test_missing_cells_are_told_at_their_own_address_and_nothing_that_follows(small: Path) -> None:
    edit(small, Questions_B2=None, Questions_D3=None, Probes_C2=None, Kits_C2=None)
    with pytest.raises(InterviewKitError) as caught:
        read_spreadsheet(small)
    cells = [line.split(",")[1].split(":")[0].strip() for line in caught.value.hint.splitlines()]
    assert sorted(cells) == ["Kits!C2", "Probes!C2", "Questions!B2", "Questions!D3"]


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("a,b", encoding="utf-8")
    assert "not an .xlsx workbook" in refused(tmp_path / "x.xlsx")
    assert "No such file" in refused(tmp_path / "none.xlsx")


def test_files_of_other_kinds_are_to_be_saved_as_xlsx(small: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))
    assert "it is an old workbook (.xls), or one with a password" in refused(old)
    with zipfile.ZipFile(tmp_path / "bank.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(tmp_path / "bank.ods").endswith(
        "bank.ods cannot be read: it is an OpenDocument file (.ods).\n"
        "Open it in Excel or LibreOffice and save it as .xlsx."
    )
    with zipfile.ZipFile(tmp_path / "bank.xlsb", "w") as packed:
        packed.writestr("xl/workbook.bin", b"x")
    assert "it is a binary workbook (.xlsb)" in refused(tmp_path / "bank.xlsb")


def test_a_damaged_part_is_named(small: Path) -> None:
    with zipfile.ZipFile(small) as packed:
        entry = packed.getinfo("xl/worksheets/sheet4.xml")
    raw = bytearray(small.read_bytes())
    raw[entry.header_offset + 60 : entry.header_offset + 90] = bytes(30)
    small.write_bytes(raw)
    assert "its part xl/worksheets/sheet4.xml is damaged" in refused(small)


def test_columns_of_ones_own_and_numbers_for_texts_are_fine(small: Path) -> None:
    edit(small, Kits_H1="# my remark", Kits_H2="ask Ada", Competencies_D2=14, Kits_C2="15,5")
    data = read_spreadsheet(small).data
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
    found = read_spreadsheet(workbook(folder / "any.yaml", folder / "any.xlsx")).data
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
