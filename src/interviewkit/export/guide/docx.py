"""The interview guide as a Word document that one can still edit before it is printed.

The same content in the same order as :mod:`interviewkit.export.guide.html`. A document cannot
stretch ruled lines over what is left of a page, so that is calculated here, with a little to spare.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from math import ceil

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from interviewkit.banks.model import Page, RolePlay
from interviewkit.export.guide import docx_parts as parts
from interviewkit.export.guide.content import OUTCOMES, RECOMMENDATIONS, Guide, GuideSheet, Paper
from interviewkit.export.sanitize import mark_controls

_BOX = "☐"
_SIZES: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
_SIDE, _TOP, _FOOT = 14.0, 17.0, 14.0  # margins
_LINE = 4.0  # height of a line of text at the size of Normal
_TICK = 11.0  # width of a column to tick
FEWEST_LINES = 14  # to write on, of a question


def as_docx(guide: Guide, paper: Paper) -> bytes:
    """The guide as the bytes of a Word file."""
    return _Writing(guide, paper).file_bytes()


class _Writing:
    """A document under way; ``width`` and ``height`` are what is inside the margins."""

    def __init__(self, guide: Guide, paper: Paper) -> None:
        self.guide, self.word = guide, guide.words
        across, down = _SIZES[paper]
        self.width, self.height = across - 2 * _SIDE, down - _TOP - _FOOT
        self.document: Document = docx.Document()
        parts.prepare_styles(self.document, guide.bank.language)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(across), Mm(down)
        section.left_margin = section.right_margin = Mm(_SIDE)
        section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_FOOT)
        section.header_distance, section.footer_distance = Mm(10), Mm(8)
        section.different_first_page_header_footer = True
        labels = [self.word["candidate"], self.word["interviewer"]]
        head = section.header.paragraphs[0]
        head.style = "Guide Cell"  # Word's own style for it has tab stops in the way
        parts.blanks(head, labels, self.width)
        for footer in (section.footer, section.first_page_footer):
            self._foot(footer.paragraphs[0])

    def file_bytes(self) -> bytes:
        """Every page, one after the other."""
        about = self.document.core_properties
        about.title = mark_controls(f"{self.word['guide']} · {self.guide.title}")[:255]
        about.author = mark_controls(", ".join(self.guide.bank.authors))[:255]
        about.language, about.comments = self.guide.bank.language, ""
        self._front()
        self._law()
        for sheet in self.guide.sheets:
            self._question(sheet)
        self._verdict()
        for sheet in self.guide.sheets:
            if sheet.question.role_play:
                self._handout_page(sheet.question.role_play)
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _front(self) -> None:
        self._say(f"{self.word['guide']} · {self.guide.source}", "Guide Soft")
        self._say(self.guide.title, "Title")
        self._say(self.guide.bank.about, "Guide Soft")
        for names in (("candidate", "role"), ("interviewer", "date"), ("began", "ended")):
            self._blanks([self.word[name] for name in names])
        self._blanks([self.word["others"]])
        self._say(self.word["plan"], "Heading 2")
        self._say(self.word["seats" if self.guide.kit.panel else "by_hand"], "Guide Soft")
        heads = [self.word[name] for name in ("minute", "step", "minutes", "rated_by")]
        wide = (self.width - 40) / 2
        self._table(heads, (22, wide, 18, wide), self.guide.plan(), centred=(0, 2))
        uncovered = self.guide.covered_without_question()
        if uncovered:
            self._say(self.word["uncovered"].format(names=uncovered), "Guide Soft")
        if self.guide.kit.opening:
            self._words_to_say(self.word["opening"], self.guide.kit.opening)
        self._say(self.word["how"], "Heading 2")
        for line in self.word.lists["how"]:
            self._say(line, "List Number")

    def _law(self) -> None:
        self._heading(self.word["law"])
        self._say(self.word["law_how"], "Normal")
        rows = ((law["topic"], law["instead"]) for law in self.word.topics)
        heads = (self.word["topic"], self.word["instead"])
        self._table(heads, (self.width / 2, self.width / 2), rows)
        self._say(self.word["where"], "Heading 2")
        for law in self.guide.laws():
            paragraph = self.document.add_paragraph(style="Guide Cell")
            parts.add_run(paragraph, f"{law['name']}: ", bold=True)
            parts.add_run(paragraph, law["says"])
        self._say(self.word["treat"], "Heading 2")
        for line in self.word.lists["treat"]:
            self._say(line, "List Bullet")
        self._say(self.word["no_advice"], "Guide Note")

    def _words_to_say(self, name: str, page: Page) -> float:
        """Words to be read aloud, under their name; gives their height."""
        self._say(f"{name} · {self._minutes(page.minutes)}", "Heading 2")
        for line in page.say.splitlines():
            self._say(line, "Guide Say")
        return 9 + sum(_tall(line, self.width, 10.5) + 1.5 for line in page.say.splitlines())

    def _question(self, sheet: GuideSheet) -> None:
        position = self.word["question_of"].format(
            number=sheet.number, count=len(self.guide.sheets)
        )
        self._heading(f"{position} · {self._minutes(sheet.minutes)}")
        kind = self.word.kinds[sheet.question.kind]
        self._say(f"{sheet.competency} · {kind}", "Guide Soft")
        self._say(sheet.question.ask, "Guide Question")
        brief = self._interviewer_brief(sheet.question.role_play)
        used = 14 + _tall(sheet.question.ask, self.width, 12.5) + brief + self._points(sheet)
        if sheet.question.probes:
            used += self._probes(sheet)
        if sheet.question.kind == "past_behaviour":
            used += self._story()
        self._say(self.word["notes"], "Heading 3")
        self._add_lines(self.height - used - self._tall_anchors(sheet), FEWEST_LINES)
        self._anchors(sheet)

    def _interviewer_brief(self, play: RolePlay | None) -> float:
        """Whom the interviewer plays and what that person knows; gives its height."""
        if play is None:
            return 0
        minutes = self.word["play_minutes"].format(minutes=f"{play.minutes:g}")
        self._say(f"{minutes} {self.word['give_handout']}", "Guide Soft")
        self._say(f"{self.word['you_play']} {play.interviewer_plays}", "Heading 3")
        lines = play.interviewer_brief.splitlines()
        for line in lines:
            self._say(line, "Normal")
        return 14 + sum(_tall(line, self.width) for line in lines)

    def _handout_page(self, play: RolePlay) -> None:
        """A page to be given away: nothing that the interviewer alone knows stands on it."""
        self._heading(self.word["handout"])
        for line in play.candidate_brief.splitlines():
            self._say(line, "Guide Say")
        self._add_lines(self.height / 2)

    def _points(self, sheet: GuideSheet) -> float:
        """What to listen for and what to ask about, side by side; gives its height."""
        columns = [
            (self.word[name], getattr(sheet.question, name)) for name in ("listen_for", "watch_for")
        ]
        columns = [(name, items) for name, items in columns if items]
        if not columns:
            return 0
        width = self.width / len(columns)
        table = parts.add_table(self.document, [width] * len(columns), 1, lines=False)
        tallest = 0.0
        for cell, (name, items) in zip(table.rows[0].cells, columns, strict=True):
            parts.cell(cell, name, "Heading 3")
            for item in items:
                parts.add_run(cell.add_paragraph(style="List Bullet"), item)
            tall = sum(_tall(item, width - 10, 8.5) + 0.4 for item in items)
            tallest = max(tallest, tall + 7)
        return tallest

    def _probes(self, sheet: GuideSheet) -> float:
        """The probes with boxes for what they brought; gives its height."""
        wide = self.width - 9 - 4 * _TICK
        table = parts.add_table(
            self.document, (9, wide, *[_TICK] * 4), 1 + len(sheet.question.probes), lines=True
        )
        parts.repeat_head(table)
        heads = ["", self.word["probes"], self.word["asked"]]
        heads += [f"{sign}\n{self.word[name]}" for sign, name in OUTCOMES]
        for index, (cell, text) in enumerate(zip(table.rows[0].cells, heads, strict=True)):
            style = "Guide Tick" if index > 1 else "Heading 3"
            parts.cell(cell, text, style, "center" if index > 1 else "")
        used = 11.0
        for row, probe, elicits in zip(
            list(table.rows)[1:], sheet.question.probes, sheet.elicits, strict=True
        ):
            number_cell, ask, *ticks = row.cells
            parts.cell(number_cell, f"?{row._index}")
            parts.add_run(parts.cell(ask, probe.ask), f"  ({elicits})", soft=True)
            for tick in ticks:
                parts.cell(tick, _BOX, align="center")
            used += _tall(f"{probe.ask} ({elicits})", wide - 4, 9) + 1
        return used

    def _story(self) -> float:
        names = self.word.elements.values()
        line = "   ".join(f"{_BOX} {name}".replace(" ", "\u00a0") for name in names)
        paragraph = self.document.add_paragraph(style="Guide Cell")
        parts.add_run(paragraph, f"{self.word['story']}   ", bold=True)
        parts.add_run(paragraph, line)
        paragraph.paragraph_format.space_before = Mm(2)
        return _tall(f"{self.word['story']} {line}", self.width) + 3

    def _anchors(self, sheet: GuideSheet) -> None:
        self._say(self.word["anchors"], "Heading 3").paragraph_format.keep_with_next = True
        table = parts.add_table(
            self.document, (8, 8, self.width - 16), len(sheet.anchors) + 1, lines=True
        )
        *rows, last_row = table.rows
        for row, (rating, name, text) in zip(rows, sheet.anchors, strict=True):
            box, digit, anchor = row.cells
            parts.cell(box, _BOX)
            parts.cell(digit, str(rating))
            paragraph = parts.cell(anchor, "")
            if name:
                parts.add_run(paragraph, f"{name}: ", bold=True)
            parts.add_run(paragraph, text)
            for cell in (box, digit, anchor):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        box, digit, without = last_row.cells
        parts.cell(box, _BOX)
        parts.cell(digit, "–")
        labels = [f"{self.word['not_assessed']}   {self.word['skipped']}"]
        parts.blanks(parts.cell(without, ""), labels, self.width - 30)

    def _tall_anchors(self, sheet: GuideSheet) -> float:
        rows = (f"{name}: {text}" if name else text for _, name, text in sheet.anchors)
        return 11 + sum(_tall(row, self.width - 20, 9) + 1 for row in rows)

    def _verdict(self) -> None:
        self._heading(self.word["recommendation"])
        used = 98 + 5.2 * len(self.guide.sheets)
        if self.guide.kit.closing:
            used += (
                self._words_to_say(self.word["closing"], self.guide.kit.closing)
                + 6
                + 4 * parts.RULE
            )
            self._say(self.word["from_candidate"], "Heading 3")
            self._add_lines(0)
        self._say(self.word["before"], "Guide Note")
        self._say(self.word["all_ratings"], "Heading 2")
        points = [*map(str, self.guide.bank.ratings), "–"]
        boxes = [_BOX] * len(points)
        widths = (10, self.width - 10 - 10 * len(points), *[10] * len(points))
        rows = ([str(s.number), s.competency, *boxes] for s in self.guide.sheets)
        heads = ["", self.word["competency"], *points]
        self._table(heads, widths, rows, centred=range(2, len(heads)))
        self._say(self.word["after"], "Guide Soft")
        self._say(self.word["recommendation"], "Heading 2")
        self._say(
            "      ".join(f"{_BOX} {self.word[name]}" for name in RECOMMENDATIONS), "Guide Say"
        )
        self._say(self.word["summary"], "Heading 3")
        self._add_lines(self.height - used)
        self._say(self.word["reason"], "Heading 3")
        parts.add_ruled_lines(self.document, 3, self.width)
        self._blanks([self.word["signed"]])

    def _heading(self, text: str) -> None:
        """Begins a page."""
        self._say(text, "Heading 1").paragraph_format.page_break_before = True

    def _say(self, text: str, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        parts.add_run(paragraph, text)
        return paragraph

    def _blanks(self, labels: Sequence[str]) -> None:
        parts.blanks(self.document.add_paragraph(style="Guide Blank"), labels, self.width)

    def _add_lines(self, height: float, fewest: int = 4) -> None:
        parts.add_ruled_lines(self.document, max(fewest, int(height / parts.RULE)), self.width)

    def _table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[str]],
        centred: Iterable[int] = (),
    ) -> None:
        all_rows = list(rows)
        table = parts.add_table(self.document, widths, len(all_rows) + 1, lines=True)
        parts.repeat_head(table)
        middle = set(centred)
        for row_index, (row, texts) in enumerate(zip(table.rows, [heads, *all_rows], strict=True)):
            for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                style = "Guide Cell" if row_index else "Heading 3"
                parts.cell(cell, text, style, "center" if index in middle else "")

    def _minutes(self, minutes: float) -> str:
        return self.word["about_minutes"].format(minutes=f"{minutes:g}")

    def _foot(self, paragraph: Paragraph) -> None:
        paragraph.style = "Guide Soft"
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        parts.add_run(paragraph, f"{self.guide.title}\t")
        for piece in _pieces(self.word["page_of"]):
            if piece == "{page}":
                parts.page_field(paragraph, "PAGE")
            elif piece == "{pages}":
                parts.page_field(paragraph, "NUMPAGES")
            else:
                parts.add_run(paragraph, piece)


def _pieces(pattern: str) -> Iterator[str]:
    lead, _, remainder = pattern.partition("{page}")
    between, _, tail = remainder.partition("{pages}")
    yield from (lead, "{page}", between, "{pages}", tail)


def _tall(text: str, width: float, size: float = 9.5) -> float:
    """About how high the text stands in a column, generously."""
    letter = size * 0.3528 * 0.49
    lines = max(1, ceil(len(text) * letter / width))
    return lines * _LINE * size / 9.5
