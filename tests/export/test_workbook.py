import csv
import io
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.reading import parse_bank
from interviewkit.export import theme
from interviewkit.export.workbook import write_workbook
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete, shipped

Writer = Callable[..., Workbook]
ODD = '=1+1 & "Co" <b> \x00\x1b _x0041_ 🦊'


@pytest.fixture
def write(store: Store, tmp_path: Path) -> Writer:
    """Writes the workbook of the only role as somebody sees it, and reads it back."""
    if hasattr(time, "tzset"):
        time.tzset()  # the environment says UTC, which C asks about only once

    def written(viewer: str = "Recruiter", path: Path = tmp_path / "out.xlsx") -> Workbook:
        role = store.roles()[0]
        unseen = store.unseen(None, viewer)
        cards = [card for card in store.scorecards(role) if card[0].candidate.id not in unseen]
        hashes = {interview.bank_sha256 for interview, _ in cards}
        banks = {sha256: parse_bank(store.bank_text(sha256), sha256) for sha256 in hashes}
        with path.open("wb") as file:
            comparison = store.comparison(role, viewer)
            write_workbook(file, comparison, cards, banks, store.clock.now())
        return load_workbook(path)

    return written


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    heads, *rest = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, heads), row, strict=True)) for row in rest]


def unmarked(piece: str) -> str:
    return piece.removeprefix("… goes on\n").removesuffix("\n… goes on in the next row")


def texts(book: Workbook) -> str:
    return "\n".join(
        str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )


def interviewed(store: Store) -> None:
    clock = store.clock
    assert isinstance(clock, HeldClock)
    notebook = store.notebook(begin(store).id)
    probes = shipped().bank.question("unspoken-need").probes
    notebook.add_note("unspoken-need", "hospital group, 3 sites")
    clock.pass_(120)
    notebook.ask("unspoken-need", probes[0].id, probes[0].ask, probes[0].elicits)
    notebook.add_note("unspoken-need", "rang the ward first", probes[0].id)
    notebook.set_outcome("unspoken-need", probes[0].id, Outcome.NEW_DETAIL)
    notebook.ask("unspoken-need", probes[1].id, probes[1].ask, probes[1].elicits)
    notebook.rate("unspoken-need", 4)
    notebook.rate("honest-feedback", 5)
    notebook.rate("broken-promise", None)
    notebook.skip("account-at-risk", "ran out of time")
    notebook.add_note("@closing", "asked about territories")
    notebook.summarise("Knows her customers.")
    notebook.recommend(Recommendation.DEFINITELY_YES)
    notebook.submit()


def test_it_has_four_sheets_and_says_what_it_is(store: Store, write: Writer) -> None:
    interviewed(store)
    book = write()
    assert book.sheetnames == ["Comparison", "Evidence", "Scorecards", "About"]
    assert book.properties.title == "Account executive: comparison of candidates"
    assert book.properties.creator == "interviewkit"
    assert book.properties.created == datetime.fromisoformat("2026-03-02T09:02")
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.right.text == theme.CONFIDENTIAL
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_the_comparison_has_means_with_n_beside_them_and_a_dash_for_none(
    store: Store, write: Writer
) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Priya")
    complete(store, {"unspoken-need": 1}, "Ada", "Tom", recommendation=Recommendation.NO)
    sheet = write()["Comparison"]
    assert [sheet.cell(1, 1).value, sheet.cell(2, 1).value] == [
        "Account executive",
        "1 candidate · 2 scorecards · exported 2026-03-02 09:00",
    ]
    heads = [cell.value for cell in sheet[4] if cell.value]
    assert heads[:6] == [
        "Candidate",
        "Overall",
        "Coverage",
        "Inter-\nviewers",
        "Customer voice",
        "Needs before selling",
    ]
    assert heads[-4:] == ["Definitely yes", "Yes", "No", "Definitely not"]
    row = [cell.value for cell in sheet[6]]
    assert row[:8] == ["Ada", 2.5, 0.125, 2, "–", 0, 2.5, 2]
    assert row[-4:] == [0, 1, 1, 0]
    assert sheet.cell(6, 7).number_format == "0.0"
    shaded = [str(found.sqref) for found in sheet.conditional_formatting]
    assert shaded[:2] == ["E6", "G6"]
    assert sheet.freeze_panes == "B6"
    below = texts_below(sheet)
    assert "Worth talking about" in below
    assert any(str(text).startswith("Ada: 1 to 4 on “Take me back") for text in below)


def texts_below(sheet: Worksheet) -> list[object]:
    return [row[0] for row in sheet.iter_rows(min_row=7, values_only=True)]


def test_the_evidence_is_a_table_with_a_row_for_each_answer(store: Store, write: Writer) -> None:
    interviewed(store)
    sheet = write()["Evidence"]
    assert sheet.tables["Evidence"].ref == "A1:J9"
    assert sheet.tables["Evidence"].autoFilter.ref == "A1:J9"
    first, second, third, fourth = rows(sheet)[:4]
    probes = shipped().bank.question("unspoken-need").probes
    assert first == {
        "Candidate": "Ada Okafor",
        "Interviewer": "Priya Raman",
        "Date": datetime.fromisoformat("2026-03-02T09:00"),
        "Competency": "Needs before selling",
        "Question": shipped().bank.question("unspoken-need").ask,
        "Rating": 4,
        "Probed": "4 · probed 2, new detail 1",
        "Notes": "09:00 hospital group, 3 sites\n    09:02 (1) rang the ward first",
        "Probes asked": f"(1) 09:02 {probes[0].ask} – new detail\n"
        f"(2) 09:02 {probes[1].ask} – outcome not noted",
        "Skipped": None,
    }
    assert second["Probed"] == "5 · not probed"
    assert (third["Rating"], third["Probed"]) == (None, "– · not probed")
    assert fourth["Skipped"] == "ran out of time"
    assert sheet["H2"].alignment.wrap_text


def test_the_scorecards_and_the_about_sheet(store: Store, write: Writer) -> None:
    interviewed(store)
    book = write()
    (row,) = rows(book["Scorecards"])
    interview, _ = store.scorecards()[0]
    assert row == {
        "Candidate": "Ada Okafor",
        "Interviewer": "Priya Raman",
        "Kit": "first-45",
        "Bank": "customer-focused-sales",
        "Version": "1.0",
        "Started": datetime.fromisoformat("2026-03-02T09:00"),
        "Submitted": datetime.fromisoformat("2026-03-02T09:02"),
        "Recommendation": "definitely yes",
        "Summary": "Knows her customers.",
        "Opening and closing notes": "09:02 asked about territories",
        "Seal": interview.seal,
    }
    about = texts(book).split("What these numbers are")[1]
    assert "Not assessed. It is never zero" in about
    assert interview.bank_sha256 in about
    assert "2026-03-02 09:02" in about


def test_withheld_scorecards_are_in_no_sheet(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Tom")
    hidden = complete(store, {"unspoken-need": 1}, "Bo Lind", "Tom")
    begin(store, "Bo Lind", interviewer="Priya")
    book = write("Priya")
    said = texts(book)
    assert "what Ada said of unspoken-need" in said
    assert "what Bo Lind said" not in said
    assert str(hidden.seal) not in said
    assert said.count("Bo Lind") == 2
    assert "Bo Lind: 1 scorecard in, withheld until you have submitted your own scorecard." in said
    complete(store, {"unspoken-need": 1}, "Bo Lind", "Priya")
    assert "what Bo Lind said of unspoken-need" in texts(write("Priya"))


def test_only_withheld_scorecards_make_a_workbook_that_opens(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Tom")
    begin(store, "Ada", interviewer="Priya")
    book = write("Priya")
    assert book["Evidence"].tables["Evidence"].ref == "A1:J2"
    assert "No scorecard" not in texts(book)


def test_a_role_without_scorecards_says_so(store: Store, write: Writer) -> None:
    begin(store)
    assert "No scorecard has been submitted for this role yet." in texts(write())


def test_texts_stay_texts_whatever_they_look_like(store: Store, write: Writer) -> None:
    interview = begin(store, ODD, role="=A1 & co", interviewer="+Tom")
    notebook = store.notebook(interview.id)
    notebook.add_note("unspoken-need", "@SUM(A1)")
    notebook.rate("unspoken-need", 3)
    notebook.summarise("#N/A")
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    book = write()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "inlineStr", "n", "d"}
    name = book["Comparison"]["A6"]
    assert name.value == '=1+1 & "Co" <b> ␀␛ _x005F_x0041_ 🦊'
    assert name.quotePrefix
    assert book["Scorecards"]["I2"].value == "#N/A"
    assert book["Comparison"].oddHeader is not None
    assert book["Comparison"].oddHeader.left.text == "=A1 && co"


def test_a_text_too_long_for_a_row_goes_on_in_the_next(store: Store, write: Writer) -> None:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    long = " ".join(f"word{number}" for number in range(9000))
    notebook.add_note("unspoken-need", long)
    notebook.rate("unspoken-need", 3)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    evidence = rows(write()["Evidence"])
    parts = [row for row in evidence if "word" in str(row["Notes"])]
    assert len(parts) > 10
    assert [row["Rating"] for row in parts[:3]] == [3, None, None]
    assert {row["Candidate"] for row in parts} == {"Ada Okafor"}
    assert all(len(str(row["Notes"])) < 32_767 for row in parts)
    assert "".join(unmarked(str(row["Notes"])) for row in parts) == f"09:00 {long}"


@pytest.mark.parametrize("text", ["x" * 50_000, "é🦊" * 20_000, "e" + "\u0301" * 50_000, "\n" * 99])
def test_pieces_lose_nothing_and_fit(text: str) -> None:
    found = theme.pieces(text, 40)
    assert len(found) > 1
    for piece in found:
        assert theme.lines_of(piece, 40) <= theme.TALLEST
        assert len(piece.encode("utf-16-le")) // 2 <= 32_767
    kept = [
        p.removeprefix("… goes on\n").removesuffix("\n… goes on in the next row") for p in found
    ]
    assert "".join(kept).replace("\n", "") == text.replace("\n", "")


def test_a_name_no_cell_can_hold_is_cut_with_a_mark(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4}, "x" * 40_000)
    assert str(write()["Comparison"]["A6"].value).endswith("… (cut)")


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_the_same(store: Store, write: Writer, tmp_path: Path) -> None:
    complete(store, {"unspoken-need": 4}, ODD)
    write(path=tmp_path / "out.xlsx")
    # Comma, quotes, UTF-8, from the first row, all else as shown.
    for kind in ("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "pdf"):
        subprocess.run(
            [
                str(OFFICE),
                f"-env:UserInstallation=file://{tmp_path}/office",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(tmp_path),
                str(tmp_path / "out.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    found = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert found[5][:4] == ['=1+1 & "Co" <b> ␀␛ _x0041_ 🦊', "4.0", "13 %", "1"]
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
