"""The workbook, written to a file and opened again, by openpyxl and by LibreOffice."""

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.comparison.compare import compare_candidates
from interviewkit.comparison.sentences import place_text, plus_minus
from interviewkit.errors import InterviewKitError, RefusedImportError
from interviewkit.export.workbook import decision_sheet, plan, theme
from interviewkit.export.workbook.xlsx_writer import Book
from interviewkit.interview.people import Person
from interviewkit.interview.records import Course, Outcome, Recommendation
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from interviewkit.workflows.role_workbook import Wanted, write_role
from support import HeldClock, begin, complete, shipped, strict

Writer = Callable[..., Workbook]
ODD = '=1+1 & "Co" <b> \x00\x1b _x0041_ 🦊'
SHEETS = ["Summary", "Weights", "Profile", "Agreement", "Questions"]
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0", "'=1"]


@pytest.fixture
def write(store: Store, tmp_path: Path) -> Writer:
    """Writes the workbook of the only role as somebody sees it, and reads it back."""

    def written(
        viewer: str = "Recruiter", wanted: Wanted | None = None, path: Path = tmp_path / "out.xlsx"
    ) -> Workbook:
        options = replace(wanted or Wanted(), force=True)
        write_role(store, store.roles()[0], Person("", viewer), path, options)
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


def formulas(path: Path) -> dict[str, list[str]]:
    """Every formula in the file, by sheet, straight from its XML."""
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for element in ElementTree.fromstring(archive.read(name)).iter():
                    if element.tag.endswith("}f"):
                        found.setdefault(name, []).append(str(element.text))
    return found


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


def a_round(store: Store) -> None:
    """Four candidates with three interviewers each, and one of whom little was assessed."""
    for name, level in (("Ada", 4), ("Bo", 3), ("Cleo", 3), ("Dan", 2)):
        for number, who in enumerate(("Priya", "Tom", "Lucía")):
            ratings: dict[str, int | None] = {
                "unspoken-need": min(5, level + number % 2),
                "honest-feedback": level,
                "broken-promise": max(1, level - number + 1),
                "account-at-risk": 5 - level + number % 2,
            }
            complete(store, ratings, name, who)
    complete(store, {"hard-feedback": 3}, "Eve", "Priya")
    complete(store, {}, "Finn", "Priya")


def test_the_sheets_stand_in_reading_order_and_print_well(store: Store, write: Writer) -> None:
    interviewed(store)
    book = write()
    assert book.sheetnames == [*SHEETS, "Decision", "Ada Okafor", "Evidence", "Scorecards", "About"]
    assert book.properties.title == "Account executive: comparison of candidates"
    assert book.properties.creator == "interviewkit"
    assert book.properties.created == datetime.fromisoformat("2026-03-02T09:02")
    for sheet in book.worksheets:
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.freeze_panes
        assert sheet.sheet_state == "visible"
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.right.text == theme.CONFIDENTIAL
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
        assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
    assert book["Summary"].print_title_rows == "$4:$6"


def test_the_summary_has_scores_with_n_beside_them_and_blanks_for_none(
    store: Store, write: Writer
) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Priya")
    complete(store, {"unspoken-need": 1}, "Ada", "Tom", recommendation=Recommendation.NO)
    write()
    sheet = load_workbook(store.path.parent / "out.xlsx", data_only=True)["Summary"]
    assert [sheet.cell(1, 1).value, sheet.cell(2, 1).value] == [
        "Account executive",
        "1 candidate · 2 scorecards · exported 2026-03-02 09:00",
    ]
    heads = [cell.value for cell in sheet[4] if cell.value]
    assert heads[:7] == [*plan.FACTS, "Customer voice"]
    assert heads[-4:] == ["Definitely yes", "Yes", "No", "Definitely not"]
    row = [cell.value for cell in sheet[plan.FIRST_ROW]]
    assert row[:3] == ["Ada", "–", 2.5]
    assert row[4:10] == [0.125, 2, None, None, 2.5, 2]
    assert row[-4:] == [None, 1, 1, None]
    assert "▲" in sheet.cell(plan.FIRST_ROW, 9).number_format
    said = [row[0] for row in sheet.iter_rows(min_row=8, values_only=True)]
    assert "Worth talking about" in said
    assert any(str(text).startswith("Ada: 1 to 4 on “Take me back") for text in said)


def test_every_formula_has_the_tools_own_number_beside_it(store: Store, write: Writer) -> None:
    a_round(store)
    write()
    told = load_workbook(store.path.parent / "out.xlsx", data_only=True)
    compared = store.seen_by(Person("", "Recruiter")).comparison(store.roles()[0])
    for row, one in enumerate(compared.candidates, start=plan.FIRST_ROW):
        name, place, overall, error, coverage = (
            told["Summary"].cell(row, column).value for column in range(1, 6)
        )
        assert (name, place, error) == (one.name, place_text(one), plus_minus(one))
        assert (overall or None) == (one.overall and pytest.approx(one.overall, abs=1e-9))
        assert coverage == pytest.approx(one.coverage, abs=1e-9)
    order = [told["Weights"].cell(row, 7).value for row in range(5, 10)]
    assert order == [one.name for one in compared.candidates[:5]]


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
        "Probed": "4 · probed 2, 1 new detail, 1 not noted",
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
    interview, _ = store._reads.scorecards()[0]
    assert row == {
        "Candidate": "Ada Okafor",
        "Interviewer": "Priya Raman",
        "Kit": "first-45",
        "Bank": "customer-focused-sales",
        "Version": "2.1",
        "Started": datetime.fromisoformat("2026-03-02T09:00"),
        "Submitted": datetime.fromisoformat("2026-03-02T09:02"),
        "Recommendation": "definitely yes",
        "Summary": "Knows her customers.",
        "Opening and closing notes": "09:02 asked about territories",
        "Seal": interview.seal,
    }
    about = texts(book).split("About this workbook")[1]
    assert "Not assessed. It never counts as zero" in about
    assert interview.bank_sha256 in about
    assert "2026-03-02 09:02" in about


def test_a_candidates_page_leads_from_a_rating_to_the_notes_and_back(
    store: Store, write: Writer
) -> None:
    a_round(store)
    book = write()
    link = book["Summary"].cell(plan.FIRST_ROW, 1).hyperlink
    assert link is not None
    assert link.location == "'Ada'!A1"
    page = book["Ada"]
    assert [cell.hyperlink and cell.hyperlink.location for cell in page[3][:2]] == [
        "'Summary'!A1",
        "'Evidence'!A1",
    ]
    said = [str(row[0]) for row in page.iter_rows(values_only=True)]
    assert any("← Lucía, Priya, Tom" in line or "← Priya, Lucía" in line for line in said)
    assert "what Ada said of unspoken-need" in texts(book)
    printed = page.print_area
    assert page.page_setup.fitToHeight == 1
    last = int(re.findall(r"[0-9]+", str(printed))[-1])
    first_part = [
        "\n".join(str(cell.value) for cell in row) for row in page.iter_rows(max_row=last)
    ]
    assert any(
        "Needs before selling" in row and "(Priya): what Ada said" in row for row in first_part
    )
    assert any("To probe next: " in row for row in first_part)
    assert any(
        str(row[0]) == "The answers behind it" for row in page.iter_rows(last + 1, values_only=True)
    )


def test_what_is_long_is_not_printed_unless_asked_for(store: Store, write: Writer) -> None:
    a_round(store)
    book = write()
    for name in ("Evidence", "Scorecards"):
        sheet = book[name]
        (row,) = re.findall(r"[0-9]+", str(sheet.print_area))[:1]
        assert int(row) > sheet.max_row


def test_a_candidate_called_like_a_sheet_takes_no_sheets_name(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4}, "Decision", "Priya")
    complete(store, {"unspoken-need": 3}, "Evidence", "Priya")
    path = store.path.parent / "out.xlsx"
    book = write()
    assert {"Decision", "Decision (2)", "Evidence", "Evidence (2)"} <= set(book.sheetnames)
    assert decision_sheet.read_decision_sheet(path) == []
    labels = [cell.value for cell in book["Decision"]["B"]]
    assert set(decision_sheet.SIGNED_BY) <= set(labels)


def test_a_workbook_that_exists_is_not_written_over(store: Store, tmp_path: Path) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Priya")
    path, role = tmp_path / "held.xlsx", store.roles()[0]
    path.write_text("decisions", encoding="utf-8")
    with pytest.raises(InterviewKitError, match="may have filled in decisions") as error:
        write_role(store, role, Person("", "R"), path)
    assert "--force" in error.value.hint
    assert path.read_text(encoding="utf-8") == "decisions"
    write_role(store, role, Person("", "R"), path, Wanted(force=True))
    assert load_workbook(path).sheetnames[0] == "Summary"


def test_agreement_stands_as_numbers_with_names(store: Store, write: Writer) -> None:
    a_round(store)
    book = write()
    found = compare_candidates(store.seen_by(Person("", "R")).ratings(store.roles()[0]))
    cells = {row[0]: row[1:5] for row in book["Agreement"].iter_rows(values_only=True)}
    order = found.reliability.order
    assert cells["The order of the candidates, with other interviewers"] == (
        order.value,
        order.low,
        order.high,
        order.n,
    )
    tom = next(item for item in found.severity if item.interviewer == "Tom")
    assert cells["Tom"][:2] == (tom.difference, tom.answers)


def test_a_mean_below_its_must_have_is_marked_on_summary_and_page(
    store: Store, write: Writer
) -> None:
    file = strict("customer-needs: 3")
    complete(store, {"unspoken-need": 4}, "Ada", "Priya", file=file)
    complete(store, {"unspoken-need": 2}, "Bo", "Priya", file=file)
    book = write()
    heads = [cell.value for cell in book["Summary"][4]]
    column = heads.index("Needs before selling ≥3") + 1
    marks = [book["Summary"].cell(row, column).number_format for row in (7, 8)]
    assert ["!" in mark for mark in marks] == [False, True]
    assert "Needs before selling, at least 3: not met by Bo (2.0)." in texts(book)
    assert "Needs before selling ≥3" in [cell.value for cell in book["Bo"]["A"]]


def test_a_chart_has_words_for_who_cannot_see_it(store: Store, write: Writer) -> None:
    a_round(store)
    book = write()
    assert len(book["Profile"]._charts) == 1  # type: ignore[attr-defined]
    with zipfile.ZipFile(store.path.parent / "out.xlsx") as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert "Bars of the scores of up to four candidates on" in drawing
    (rule,) = book["Profile"].data_validations.dataValidation
    assert rule.formula1 == "='Summary'!$A$7:$A$12"


def test_of_one_candidate_the_profile_has_one_column(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Priya")
    sheet = write()["Profile"]
    assert [cell.value for cell in sheet[4]] == ["Competency", "Ada"]
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    assert len(chart.series) == 1
    (rule,) = sheet.data_validations.dataValidation
    assert str(rule.sqref) == "B4"


def test_a_reason_has_the_room_of_the_numbers_it_stands_for(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Priya")
    sheet = write()["Agreement"]
    rows = [cell.row for cell in sheet["B"] if str(cell.value).startswith(("too few", "no two"))]
    assert rows
    assert {f"B{row}:D{row}" for row in rows} <= {str(merged) for merged in sheet.merged_cells}


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
    for number, text in enumerate(HOSTILE):
        interview = begin(store, f"{text} {number}", role="=A1 & co", interviewer="+Tom")
        notebook = store.notebook(interview.id)
        notebook.add_note("unspoken-need", text)
        notebook.rate("unspoken-need", 3)
        notebook.summarise(text)
        notebook.recommend(Recommendation.YES)
        notebook.submit()
    book = write()
    ours = re.compile(r"(IF|IFERROR)\(|'?(Weights|Summary)'?!")
    for sheet, found in formulas(store.path.parent / "out.xlsx").items():
        assert all(ours.match(formula) for formula in found), sheet
    for name in ("Evidence", "Scorecards", "About", "Agreement", "Questions"):
        for row in book[name].iter_rows():
            texts_and_numbers = {
                cell.data_type for cell in row if plan.STALE not in str(cell.value)
            }
            assert texts_and_numbers <= {"s", "inlineStr", "n", "d"}
    signs = [row[0] for row in book["Evidence"].iter_rows() if str(row[0].value)[0] in "=+-@"]
    assert len(signs) >= 5
    assert all(cell.quotePrefix for cell in signs)
    assert book["Summary"].oddHeader is not None
    assert book["Summary"].oddHeader.left.text == "=A1 && co"


def test_what_is_no_text_is_marked_and_what_looks_like_an_escape_stays(
    store: Store, write: Writer
) -> None:
    complete(store, {"unspoken-need": 4}, ODD)
    name = write()["Summary"].cell(plan.FIRST_ROW, 1)
    assert name.value == '=1+1 & "Co" <b> ␀␛ _x005F_x0041_ 🦊'
    assert name.quotePrefix


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
    assert "".join(map(unmarked, found)).replace("\n", "") == text.replace("\n", "")


def test_a_name_no_cell_can_hold_is_cut_with_a_mark(store: Store, write: Writer) -> None:
    complete(store, {"unspoken-need": 4})
    # As 0.1.0 took it in; now names have a limit.
    store._connection.execute("UPDATE candidate SET name = ?", ("x" * 40_000,))
    assert str(write()["Summary"]["A7"].value).endswith("… (cut)")


@pytest.mark.parametrize("name", ["a/b:c*d?[e]", "'quoted'", "  ", "x" * 60, "History", "\x00\x1f"])
def test_a_sheets_name_is_made_valid_and_unique(name: str) -> None:
    book = Book("Role", "today", (1, 2, 3, 4, 5))
    claimed = [book.claim(name) for _ in range(200)]
    assert len({one.casefold() for one in claimed}) == 200
    for one in claimed:
        assert 0 < len(one) <= 31
        assert not re.search(r"[\\/*?:\[\]]", one)
        assert one.strip("'") == one
        assert one.casefold() != "history"


def test_two_hundred_candidates_with_the_same_long_beginning(store: Store, write: Writer) -> None:
    for number in range(65):
        complete(store, {"unspoken-need": 3}, f"Maximilian-Alexander von und zu {number}")
    book = write()
    assert len(book.sheetnames) == len(set(book.sheetnames))
    assert "5 candidates beyond the first 60 have no page of their own" in texts(book)


def test_anonymous_leaves_no_name_anywhere_in_the_file(store: Store, tmp_path: Path) -> None:
    a_round(store)
    notebook = store.notebook(begin(store, "Grace Hopper", interviewer="Priya Raman").id)
    notebook.add_note("unspoken-need", "Grace told Tom that Hopper Ltd was hers")
    notebook.rate("unspoken-need", 4)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    path = tmp_path / "anonymous.xlsx"
    write_role(store, store.roles()[0], Person("", "Recruiter"), path, Wanted(anonymous=True))
    ids = {candidate.id for candidate in store.candidates()}
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            text = archive.read(part).decode("utf-8", "replace")
            for name in ("Grace", "Hopper", "Cleo", "Finn", "Priya", "Lucía", *ids):
                assert name not in text, (part, name)
    assert "Decision" not in load_workbook(path).sheetnames


def test_progress_is_told_and_stopping_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    a_round(store)
    told: list[tuple[int, int]] = []
    path = tmp_path / "here" / "out.xlsx"
    path.parent.mkdir()
    write_role(store, store.roles()[0], Person("", "R"), path, step=lambda *step: told.append(step))
    assert told == [(number, 6) for number in range(1, 7)]
    path.unlink()

    class StoppedError(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_role(store, store.roles()[0], Person("", "R"), path, step=stop)
    assert list(path.parent.iterdir()) == []


class TestDecisions:
    def filled(self, path: Path, **cells: str) -> None:
        book = load_workbook(path)
        for cell, value in cells.items():
            book["Decision"][cell] = value
        book.save(path)

    def test_what_is_filled_in_is_read_back(
        self, store: Store, write: Writer, tmp_path: Path
    ) -> None:
        a_round(store)
        write()
        path = tmp_path / "out.xlsx"
        self.filled(path, E6="Hire", F6="strongest on recovery", G6="call on Monday", H6="Panel")
        (row,) = decision_sheet.read_decision_sheet(path)
        ada = next(one for one in store.candidates() if one.name == "Ada")
        assert (row.role, row.candidate) == (store.roles()[0].id, ada.id)
        assert (row.course, row.reason) == (Course.HIRE, "strongest on recovery")
        assert (row.next_steps, row.by) == ("call on Monday", "Panel")

    def test_every_fault_is_named_with_its_cell(
        self, store: Store, write: Writer, tmp_path: Path
    ) -> None:
        a_round(store)
        write()
        path = tmp_path / "out.xlsx"
        self.filled(path, E6="perhaps", E7="hold", F8="a reason alone")
        with pytest.raises(RefusedImportError) as caught:
            decision_sheet.read_decision_sheet(path)
        assert caught.value.message.splitlines() == [
            f"{path}, Decision!E6: 'perhaps' is not a decision; choose one of hire, do not hire, "
            "another round, hold.",
            f"{path}, Decision!F7: a decision needs its reason.",
            f"{path}, Decision!E8: something is written here, but the decision is missing.",
        ]

    def test_a_file_that_is_no_workbook_or_has_no_such_sheet(self, tmp_path: Path) -> None:
        path = tmp_path / "x.xlsx"
        path.write_text("nothing", encoding="utf-8")
        with pytest.raises(RefusedImportError, match="not an Excel workbook that can be read"):
            decision_sheet.read_decision_sheet(path)
        Workbook().save(path)
        with pytest.raises(RefusedImportError, match="no sheet called Decision"):
            decision_sheet.read_decision_sheet(path)
        book = Workbook()
        book.create_sheet("Decision")
        book.save(path)
        with pytest.raises(RefusedImportError, match="column headings"):
            decision_sheet.read_decision_sheet(path)


OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


def converted(path: Path, kind: str) -> Path:
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{path.parent}/office",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(path.parent / "converted"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return path.parent / "converted" / f"{path.stem}.{kind.split(':')[0]}"


def unreckoned(path: Path, weights: dict[str, float]) -> Path:
    """The workbook with other weights and without any value beside a formula."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", data.decode())
                for cell, weight in weights.items():
                    if name.endswith("sheet2.xml"):
                        text = re.sub(
                            rf'(<c r="{cell}" s="[0-9]+">)<v>[^<]*</v>', rf"\1<v>{weight}</v>", text
                        )
                data = text.encode()
            out.writestr(name, data)
    return target


@needs_office
@pytest.mark.parametrize(
    "change", [{}, {"B5": 3.0, "B6": 0.5, "B7": 0.0}], ids=["as is", "changed"]
)
def test_libreoffice_reckons_what_the_tool_does(
    store: Store, write: Writer, tmp_path: Path, change: dict[str, float]
) -> None:
    a_round(store)
    write()
    role = store.roles()[0]
    ids = [item.id for item in store.seen_by(Person("", "R")).comparison(role).competencies]
    weights = {ids[int(cell[1:]) - 5]: weight for cell, weight in change.items()}
    expected = {
        one.id: one
        for one in compare_candidates(
            store.seen_by(Person("", "R")).ratings(role), None, weights
        ).candidates
    }
    shown = store.seen_by(Person("", "R")).comparison(role).candidates
    told = load_workbook(
        converted(unreckoned(tmp_path / "out.xlsx", change), "xlsx"), data_only=True
    )
    for row, one in enumerate(shown, start=plan.FIRST_ROW):
        place, overall, error, coverage = (told["Summary"].cell(row, n).value for n in range(2, 6))
        own = expected[one.id]
        assert (overall or None) == (own.overall and pytest.approx(own.overall, abs=1e-9))
        assert (place, error) == (
            ("stale", "stale") if change else (place_text(own), plus_minus(own))
        )
        assert coverage == pytest.approx(own.coverage, abs=1e-9)
    named = [told["Weights"].cell(row, 7).value for row in range(5, 11)]
    scores = [expected[one.id].overall or -1.0 for one in shown]
    order = sorted(range(len(shown)), key=lambda at: (-round(scores[at], 9), at))
    there = [shown[at].name for at in order if scores[at] >= 0]
    assert [name for name in named if name] == there
    stale = [told[name][cell].value or "" for name, cell in (("Agreement", "A3"), ("Ada", "C3"))]
    assert stale == [plan.STALE if change else ""] * 2
    changed = [told["Weights"].cell(int(cell[1:]), 5).value for cell in change]
    assert changed == ["changed"] * len(change)
    competencies = compare_candidates(
        store.seen_by(Person("", "R")).ratings(role), None, weights
    ).competencies
    whole = sum(item.weight for item in competencies)
    shares = [told["Weights"].cell(5 + at, 4).value for at in range(len(competencies))]
    assert shares == pytest.approx([item.weight / whole for item in competencies], abs=1e-9)


@needs_office
def test_libreoffice_shows_odd_texts_as_they_are(
    store: Store, write: Writer, tmp_path: Path
) -> None:
    complete(store, {"unspoken-need": 4}, ODD)
    write()
    # Comma, quotes, UTF-8, from the first row, all else as shown.
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    found = list(csv.reader(converted(tmp_path / "out.xlsx", kind).open(encoding="utf-8")))
    name, place, overall, _, coverage, people = found[6][:6]
    assert name == '=1+1 & "Co" <b> ␀␛ _x0041_ 🦊'
    assert (place, overall, coverage, people) == ("–", "4.0", "13 %", "1")


def test_a_decision_is_not_in_the_workbook_of_who_may_see_only_their_own(
    store: Store, write: Writer, tmp_path: Path
) -> None:
    for name in ("Tom Becker", "Priya Raman"):
        sealed = complete(store, {"unspoken-need": 4}, interviewer=name)
    store.retention().change(sealed.role, RoleSettings("Dana Fox", Visibility.OWN), "Dana Fox")
    reason = "Tom rated recovery 2 and Lucia 4; hire anyway"
    store.decide(sealed.role, sealed.candidate, Course.HIRE, reason, "Call her.", "Dana Fox")
    for viewer, expected in (("Dana Fox", True), ("Priya Raman", False)):
        path = tmp_path / f"{viewer}.xlsx"
        write(viewer, path=path)
        with zipfile.ZipFile(path) as book:
            whole = b"".join(book.read(name) for name in book.namelist())
        assert (b"hire anyway" in whole) is expected
