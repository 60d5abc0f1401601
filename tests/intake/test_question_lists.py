"""Lists of questions as people have them: what comes in, and that nothing is lost on the way."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import BankFile, read_as
from interviewkit.cli.main import cli
from interviewkit.errors import InterviewKitError
from interviewkit.intake.line_meaning import asks, minutes_of, scale_point, strip_minutes
from interviewkit.intake.list_import import (
    list_in_file,
    list_in_text,
    make_bank,
    summary_lines,
)

GUIDE = """\
# Selling to hospitals

A few words before it starts.

## Customer focus (10 min)
1. Tell me about a promise to a customer that
   you could not keep.
   - Who else was involved?
   - What came of it? Who could confirm it?
   Look for: own part; a date
   Red flags: blames the customer
2. **Describe a customer you lost.** (5 min)

Follow-up questions:
- What did you learn?

## Scoring
| Score | Label | Behaviour |
|---|---|---|
| 1 | Poor | let it pass without a word |
| 2 | Fair | told the customer when asked |
| 3 | Good | told the customer early |

## Teamwork
- How do you work with the back office?
- How do you work with the back office?
- What would you do if a colleague left?
"""


def bank_in(text: str) -> BankFile:
    return read_as(make_bank(list_in_text(text), "listed").text, Path("listed.yaml"))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def office_file(path: Path) -> Path:
    """A workbook or a Word document with one question."""
    ask = "Tell me about a lost deal."
    if path.suffix == ".docx":
        document = Document()
        document.add_paragraph(ask)
        document.save(str(path))
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(["Question"])
        book.active.append([ask])
        book.save(path)
    return path


def rewrite(path: Path, member: str, change: Callable[[bytes], bytes]) -> None:
    """Change one member of a zipped file."""
    with zipfile.ZipFile(path) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    contents[member] = change(contents[member])
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in contents.items():
            packed.writestr(name, content)


class TestMarkdown:
    def test_headings_levels_and_labels_find_their_fields(self) -> None:
        bank = bank_in(GUIDE).bank
        assert bank.title == "Selling to hospitals"
        assert [c.name for c in bank.competencies] == ["Customer focus", "Teamwork"]
        promise, lost, office, colleague = bank.questions
        assert promise.id == "promise-customer-not-keep"
        assert promise.ask == "Tell me about a promise to a customer that you could not keep."
        assert [probe.ask for probe in promise.probes] == [
            "Who else was involved?",
            "What came of it?",
            "Who could confirm it?",
        ]
        assert (promise.listen_for, promise.watch_for) == (
            ("own part", "a date"),
            ("blames the customer",),
        )
        assert lost.ask == "Describe a customer you lost."
        assert lost.probes[0].ask == "What did you learn?"
        assert (office.kind, colleague.kind) == ("past_behaviour", "situational")

    def test_a_rating_table_is_the_scale_and_what_it_says_the_anchors(self) -> None:
        bank = bank_in(GUIDE).bank
        assert bank.scale == {1: "Poor", 2: "Fair", 3: "Good"}
        assert bank.competencies[0].anchors[3] == "told the customer early"

    def test_a_list_of_points_is_a_scale_and_one_with_a_gap_is_named(self) -> None:
        points = "## Rating scale\n- 1 - Poor\n- 2 - Fair\n- 3 - Good\n## Deals\n- Why so?\n"
        assert list_in_text(points).scale == {1: "Poor", 2: "Fair", 3: "Good"}
        listed = list_in_text(points.replace("- 2 - Fair\n", ""))
        assert listed.scale == {}
        assert [entry.text for entry in listed.unplaced] == ["1 Poor", "3 Good"]

    def test_minutes_of_a_section_are_shared_by_its_questions(self) -> None:
        (kit,) = bank_in(GUIDE).bank.kits
        assert [entry.minutes for entry in kit.questions] == [5, 5, 6, 6]
        assert kit.minutes == 22

    def test_what_was_taken_off_is_counted_and_what_has_no_place_is_named(self) -> None:
        listed = list_in_text(GUIDE)
        draft = make_bank(listed, "listed")
        assert (listed.counts.numberings, listed.counts.repeats) == (2, 1)
        assert [(entry.location, entry.text) for entry in draft.unplaced] == [
            ("line 3", "A few words before it starts.")
        ]
        assert "# line 3 (no label says what it is): A few words" in draft.text
        assert "Removed: 2 numbers, 6 bullets, 1 repeated question." in summary_lines(listed, draft)

    def test_a_label_after_several_questions_holds_for_all_of_them(self) -> None:
        text = "## Grit\n- Tell me about a no?\n- And a second no?\n\n**Red flags:**\n- gives up\n"
        assert [q.watch_for for q in list_in_text(text).questions] == [["gives up"]] * 2

    def test_a_heading_that_asks_is_a_question_with_what_stands_below_it(self) -> None:
        text = "## Why do you sell?\n\n* What drives them\n* How did it begin?\n"
        (question,) = list_in_text(text).questions
        assert (question.listen_for, question.probes) == (
            ["What drives them"],
            ["How did it begin?"],
        )

    def test_every_line_with_words_is_somewhere(self) -> None:
        text = GUIDE + "\nSomething odd that fits nowhere, to be sure.\n- A stray remark\n"
        bank_text = make_bank(list_in_text(text), "listed").text
        for words in ("fits nowhere, to be sure", "A stray remark", "A few words before"):
            assert words in bank_text


class TestPlainText:
    def test_a_short_line_before_questions_names_their_area(self) -> None:
        text = "Motivation\nWhy do you sell?\nWhat did you sell last?\n\nKundennähe:\nWas fehlte?\n"
        assert [(q.competency, q.ask) for q in list_in_text(text).questions] == [
            ("Motivation", "Why do you sell?"),
            ("Motivation", "What did you sell last?"),
            ("Kundennähe", "Was fehlte?"),
        ]

    def test_numbers_of_any_kind_are_taken_off(self) -> None:
        text = (
            "1) Why?\nQ2. How so?\n(3) When was that?\n1000. Tell me about a deal.\nFrage 5: Wer?\n"
        )
        assert [q.ask for q in list_in_text(text).questions] == [
            *("Why?", "How so?", "When was that?", "Tell me about a deal.", "Wer?"),
        ]

    def test_without_a_question_it_says_what_one_is(self) -> None:
        with pytest.raises(InterviewKitError, match="holds no question") as caught:
            list_in_text("Nothing in it.\n")
        assert "Tell me about" in caught.value.hint

    def test_other_scripts_have_ids_and_competencies(self) -> None:
        bank = bank_in("客户\n请告诉我一次承诺？\n什么时候？\n").bank
        assert [question.id for question in bank.questions] == ["question", "question-2"]
        assert bank.competencies[0].name == "客户"


class TestTables:
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
    def test_any_mark_line_end_and_encoding_is_read(
        self, mark: str, ends: str, encoding: str, tmp_path: Path
    ) -> None:
        rows = [
            ["Bereich", "Frage", "Stichwörter", "Red flags", "Nachfragen", "Minuten"],
            ["Vertrauen", "1. Was war für Sie zuletzt schwer?", "Datum", "klagt", "Wer?", "5"],
            ["", "Wie planen Sie?", "", "", "", "10"],
        ]
        text = ends.join(mark.join(row) for row in rows) + ends
        listed = list_in_file(write(tmp_path / "list.csv", text.encode(encoding)))
        first, second = listed.questions
        assert (first.competency, second.competency) == ("Vertrauen", "Vertrauen")
        assert first.ask == "Was war für Sie zuletzt schwer?"
        assert (first.listen_for, first.watch_for, first.probes) == (["Datum"], ["klagt"], ["Wer?"])
        assert (first.minutes, second.minutes) == (5, 10)
        assert listed.unplaced == []
        assert "language: de" in make_bank(listed, "listed").text

    def test_a_column_without_a_field_is_named_with_each_cell(self, tmp_path: Path) -> None:
        path = write(tmp_path / "list.csv", b"Question,Difficulty\nHow do you plan?,hard\n")
        (entry,) = list_in_file(path).unplaced
        assert (entry.location, entry.text) == ("line 2", "hard")
        assert entry.reason == "no field for the column Difficulty"

    def test_without_heads_the_column_that_asks_holds_the_questions(self, tmp_path: Path) -> None:
        path = write(tmp_path / "list.csv", b"Trust,How so?\nTrust,When?\nGrit,Who was it?\n")
        assert [(q.competency, q.ask) for q in list_in_file(path).questions] == [
            ("Trust", "How so?"),
            ("Trust", "When?"),
            ("Grit", "Who was it?"),
        ]

    def test_anchors_by_column_and_a_workbook_with_sheets(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Discovery"
        sheet.append(["Interview guide"])
        sheet.append(["Question", "1 - weak", "2", "3 (strong)"])
        sheet.append(["Tell me about a need you found", "asked nothing", "asked", "asked twice"])
        book.save(tmp_path / "list.xlsx")
        listed = list_in_file(tmp_path / "list.xlsx")
        bank = read_as(make_bank(listed, "listed").text, Path("listed.yaml")).bank
        assert (bank.title, bank.competencies[0].name) == ("Discovery", "Discovery")
        assert bank.scale is not None
        assert len(bank.scale) == 3
        assert bank.questions[0].anchors == {1: "asked nothing", 2: "asked", 3: "asked twice"}

    def test_a_word_document_with_lists_and_a_table(self, tmp_path: Path) -> None:
        document = Document()
        document.add_heading("Resilience", 1)
        document.add_paragraph("Tell me about a lost deal.", style="List Number")
        document.add_paragraph("What did you change?", style="List Bullet 2")
        document.add_paragraph("Red flags: blames the product")
        table = document.add_table(rows=2, cols=2)
        for at, text in enumerate(("Area", "Question", "Planning", "How do you plan a week?")):
            table.cell(at // 2, at % 2).text = text
        document.save(str(tmp_path / "list.docx"))
        lost, plan = list_in_file(tmp_path / "list.docx").questions
        assert (lost.competency, plan.competency) == ("Resilience", "Planning")
        assert (lost.probes, lost.watch_for) == (["What did you change?"], ["blames the product"])

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("list.pdf", b"%PDF", "is a file of the kind .pdf, which is not read"),
            ("list.txt", b"PK\x03\x04rest", "is no text"),
            ("list.xlsx", b"no book", "is no file of the kind .xlsx"),
            ("list.docx", b"no document", "is no file of the kind .docx"),
            ("list.csv", b"", "holds no question"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_a_sentence(
        self, name: str, content: bytes, words: str, tmp_path: Path
    ) -> None:
        with pytest.raises(InterviewKitError) as caught:
            list_in_file(write(tmp_path / name, content))
        assert words in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "part", "old", "new"),
        [
            ("list.xlsx", "xl/worksheets/sheet1.xml", b"</row>", b""),
            ("list.xlsx", "xl/workbook.xml", b"</sheets>", b""),
            ("list.docx", "word/document.xml", b"</w:body>", b""),
            ("list.docx", "word/document.xml", b"<w:tcPr>", b"<w:tcPr><w:vMerge/>"),
            ("list.docx", "word/document.xml", b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="x"/>'),
            # A cell as wide as that would be repeated until the memory is full.
            (
                "list.docx",
                "word/document.xml",
                b"<w:tcPr>",
                b'<w:tcPr><w:gridSpan w:val="9999999"/>',
            ),
        ],
    )
    def test_a_damaged_part_of_an_office_file_is_refused_with_a_sentence(
        self, name: str, part: str, old: bytes, new: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / name
        if name == "list.xlsx":
            office_file(path)
        else:
            document = Document()
            document.add_table(1, 1).cell(0, 0).text = "Why do you sell?"
            document.save(str(path))
        assert len(list_in_file(path).questions) == 1
        rewrite(path, part, lambda content: content.replace(old, new))
        with pytest.raises(InterviewKitError, match="cannot be read: it is no file of the kind"):
            list_in_file(path)

    @pytest.mark.parametrize(
        ("name", "member"),
        [
            ("list.xlsx", "xl/workbook.xml"),
            ("list.xlsx", "xl/worksheets/sheet1.xml"),
            ("list.docx", "word/document.xml"),
        ],
    )
    def test_a_damaged_file_is_refused_with_a_sentence(
        self, name: str, member: str, tmp_path: Path
    ) -> None:
        path = office_file(tmp_path / name)
        rewrite(path, member, lambda content: content[: len(content) // 2])
        with pytest.raises(InterviewKitError, match=r"list.* cannot be read: .* or damaged"):
            list_in_file(path)

    def test_a_workbook_without_a_default_style_is_read_in_silence(self, tmp_path: Path) -> None:
        path = office_file(tmp_path / "list.xlsx")
        rewrite(
            path,
            "xl/styles.xml",
            lambda content: re.sub(rb"<cellStyle .*?/>", b"", content, flags=re.DOTALL),
        )
        (question,) = list_in_file(path).questions
        assert question.ask == "Tell me about a lost deal."

    def test_a_file_that_is_not_there_or_far_too_large_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InterviewKitError, match="cannot be read"):
            list_in_file(tmp_path / "nowhere.csv")
        with (tmp_path / "large.csv").open("wb") as file:
            file.truncate(30_000_000)
        with pytest.raises(InterviewKitError, match="at most 20 are read"):
            list_in_file(tmp_path / "large.csv")


class TestBank:
    def test_a_line_end_in_a_head_begins_no_field_of_the_bank(self, tmp_path: Path) -> None:
        content = b'Question,"Note\nextends: customer-focused-sales"\nWhy do you sell?,gladly\n'
        listed = list_in_file(write(tmp_path / "list.csv", content))
        draft = make_bank(listed, "listed")
        assert draft.text.splitlines()[-1] == (
            "# line 3 (no field for the column Note extends: customer-focused-sales): gladly"
        )
        assert len(read_as(draft.text, Path("listed.yaml")).bank.questions) == 1

    def test_a_line_end_in_a_sheets_name_begins_no_field_of_the_bank(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = "Sales"
        book.worksheets[0].append(["Question", "Note"])
        book.worksheets[0].append(["Why do you sell?", "gladly"])
        book.save(tmp_path / "list.xlsx")
        title = "Sales&#10;extends: customer-focused-sales&#10;"
        rewrite(
            tmp_path / "list.xlsx",
            "xl/workbook.xml",
            lambda content: content.replace(b"Sales", title.encode()),
        )
        draft = make_bank(list_in_file(tmp_path / "list.xlsx"), "listed")
        assert draft.text.splitlines()[-1] == (
            "# Sales extends: customer-focused-sales!2 (no field for the column Note): gladly"
        )
        assert len(read_as(draft.text, Path("listed.yaml")).bank.questions) == 1

    def test_what_is_missing_is_marked_and_the_check_names_it(self) -> None:
        findings = lint(bank_in("Tell me about a deal you lost.\n"))
        assert {finding.level for finding in findings} <= {"warning", "advice"}
        marked = [finding for finding in findings if finding.code == "placeholder"]
        assert len(marked) == 9  # about twice, five anchors, two probes
        assert {f.code for f in findings} <= {"placeholder", "element-not-elicited", "kit-rushed"}

    def test_a_question_that_must_not_be_asked_is_left_out_with_all_that_hangs_on_it(self) -> None:
        listed = list_in_text("1. Are you married?\n   - Since when?\n2. Why do you sell?\n")
        draft = make_bank(listed, "listed")
        assert [entry.text for entry in draft.unplaced] == ["Are you married?", "Since when?"]
        assert "must not be asked" in draft.unplaced[0].reason
        assert len(read_as(draft.text, Path("listed.yaml")).bank.questions) == 1

    def test_when_nothing_of_it_may_be_asked_that_is_said(self) -> None:
        with pytest.raises(InterviewKitError, match="No question of the list may be asked"):
            make_bank(list_in_text("Are you married?\n"), "listed")

    def test_a_long_list_has_a_kit_for_each_competency_in_parts(self) -> None:
        text = "\n".join(f"How did deal {number} begin?" for number in range(45))
        kits = bank_in(f"## Deals\n{text}\n").bank.kits
        assert [(kit.id, len(kit.questions)) for kit in kits] == [
            *(("deals-1", 20), ("deals-2", 20), ("deals-3", 5)),
        ]

    def test_long_blanks_in_a_heading_and_unclosed_comments_take_no_time(self) -> None:
        blanks = " " * 20_000
        listed = list_in_text(f"## Sales{blanks}abroad ##\nWhy?\n# #\nHow?\n{'<!--' * 50_000}\n")
        assert listed.competencies[0] == "Sales abroad"
        assert [question.ask for question in listed.questions] == ["Why?", "How?"]
        assert list_in_text("<!-- Who?\nWhen? -->\nWhy?\n<!-- open\n").questions[0].ask == "Why?"

    def test_hidden_and_acting_characters_do_not_come_in(self) -> None:
        file = bank_in("Why\u200b do you \x1b[31msell\u202e?\n")
        assert file.bank.questions[0].ask == "Why do you [31msell?"
        assert not [finding for finding in lint(file) if finding.code == "control-character"]


@pytest.mark.parametrize(
    ("text", "minutes", "without"),
    [
        ("Opening (5 min)", 5, "Opening"),
        ("5–15 min: Selling", 10, "Selling"),
        ("00:05–00:15 Selling", 10, "Selling"),
        ("Selling [10 minutes]", 10, "Selling"),
        ("Selling", None, "Selling"),
    ],
)
def test_minutes_in_a_line(text: str, minutes: float | None, without: str) -> None:
    assert strip_minutes(text) == (minutes, without)


def test_minutes_in_a_cell_and_points_of_a_scale() -> None:
    assert [minutes_of(cell) for cell in ("7", "5-15", "10 min", "soon")] == [7, 10, 10, None]
    assert scale_point("1 - Poor") == (1, "Poor")
    assert scale_point("Excellent (5)") == (5, "Excellent")
    assert scale_point("Tell me") is None


def test_what_asks() -> None:
    assert asks("Erzählen Sie mir von einem Auftrag.")
    assert asks("“Why do you sell?” (ask slowly)")
    assert not asks("Nameless fears and describers")


class TestCommand:
    def run(self, *args: object, text: str = "") -> tuple[int, str, str]:
        result = CliRunner().invoke(cli, ["bank", "from-list", *map(str, args)], input=text)
        return result.exit_code, result.stdout, result.stderr

    def test_a_list_goes_to_a_bank_a_workbook_and_back(self, tmp_path: Path) -> None:
        source = write(tmp_path / "guide.md", GUIDE.encode())
        bank, book, again = (tmp_path / n for n in ("listed.yaml", "book.xlsx", "listed2.yaml"))
        code, out, narration = self.run(source, bank)
        assert (code, out) == (0, "")
        assert "4 questions under 2 headings, with 4 probes." in narration
        assert "line 3: A few words before it starts. (no label says what it is)" in narration
        for args in (
            ["bank", "check", str(bank)],
            ["bank", "to-xlsx", str(bank), str(book)],
            ["bank", "from-xlsx", str(book), str(again)],
        ):
            result = CliRunner().invoke(cli, args)
            assert result.exit_code == 0, result.stderr
        first, second = (read_as(path.read_text("utf-8"), path).bank for path in (bank, again))
        assert first == second

    def test_stdin_a_title_and_a_language(self, tmp_path: Path) -> None:
        out = tmp_path / "listed.yaml"
        args = ("-", out, "--title", "Ours", "--language", "fr")
        assert self.run(*args, text="Pourquoi vendez-vous ?\n")[0] == 0
        bank = read_as(out.read_text("utf-8"), out).bank
        assert (bank.title, bank.language) == ("Ours", "fr")

    def test_refusals(self, tmp_path: Path) -> None:
        source = write(tmp_path / "guide.md", GUIDE.encode())
        assert "is not a name for a bank file" in self.run(source, tmp_path / "out.txt")[2]
        assert (
            "'French' is no language"
            in self.run(source, tmp_path / "o.yaml", "--language", "French")[2]
        )
        (tmp_path / "there.yaml").write_text("x")
        assert "exists already" in self.run(source, tmp_path / "there.yaml")[2]
        assert (tmp_path / "there.yaml").read_text() == "x"

    def test_many_lines_without_a_place_are_counted(self, tmp_path: Path) -> None:
        text = "Why?\n" + "".join(f"Remark {n} says this, and that.\n" for n in range(30))
        narration = self.run("-", tmp_path / "listed.yaml", text=text)[2]
        assert "Not placed: 30 lines, kept as comments at the end of the bank." in narration
        assert "and 10 more" in narration
