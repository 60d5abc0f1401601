"""What python-docx leaves to anyone who uses it: styles, borders, fields, ruled lines.

Lengths are millimetres, sizes of letters points.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from interviewkit.export.sanitize import mark_controls

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT = "Arial"
RULE = 6.6  # height of a ruled line
_SOFT = RGBColor(0x55, 0x55, 0x55)
_LINE = "B5B5B5"
_MARGIN = 57  # twentieths of a point, about a millimetre, beside the text of a cell
# name: (built on, size, bold, soft, space before, space after); headings are Word's own.
_STYLES: dict[str, tuple[str, float, bool, bool, float, float]] = {
    "Normal": ("", 9.5, False, False, 0, 0),
    "Title": ("Normal", 18, True, False, 0, 4),
    "Heading 1": ("Normal", 13, True, False, 0, 4),
    "Heading 2": ("Normal", 12, True, False, 7, 3),
    "Heading 3": ("Normal", 8.5, True, True, 4, 1),
    "List Bullet": ("Normal", 8.5, False, False, 0, 1),
    "List Number": ("Normal", 9, False, False, 0, 2),
    "Guide Cell": ("Normal", 9, False, False, 1.2, 1.2),
    "Guide Tick": ("Normal", 7, True, True, 1, 1),
    "Guide Soft": ("Normal", 9, False, True, 0, 3),
    "Guide Question": ("Normal", 12.5, True, False, 2, 4),
    "Guide Say": ("Normal", 10.5, False, False, 1, 3),
    "Guide Blank": ("Normal", 9.5, False, False, 6, 0),
    "Guide Note": ("Normal", 9.5, True, False, 5, 3),
}


def prepare_styles(document: "Document", language: str) -> None:
    """Our few styles, and the language in which a word processor checks the spelling."""
    styles = document.styles
    for name, (base, size, bold, soft, space_before, space_after) in _STYLES.items():
        exists = name in [style.name for style in styles]
        style: ParagraphStyle = (
            styles[name] if exists else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        if base:
            style.base_style = styles[base]
        _dress(style, size, bold=bold, soft=soft)
        style.paragraph_format.space_before = Pt(space_before)
        style.paragraph_format.space_after = Pt(space_after)
        style.paragraph_format.line_spacing = 1.0
    fonts = styles["Normal"].element.get_or_add_rPr()
    spelling = OxmlElement("w:lang")
    spelling.set(qn("w:val"), language)
    fonts.append(spelling)


def _dress(style: "ParagraphStyle", size: float, *, bold: bool, soft: bool) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = _SOFT if soft else RGBColor(0x1A, 0x1A, 0x1A)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the named one
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    # Word underlines its title, and closes up the items of a list.
    for name in ("w:pBdr", "w:contextualSpacing"):
        for element in style.element.findall(f".//{qn(name)}"):
            element.getparent().remove(element)


def add_run(paragraph: "Paragraph", text: str, *, bold: bool = False, soft: bool = False) -> None:
    """Add a run; whatever the text holds, it stays text."""
    run = paragraph.add_run(mark_controls(text))
    run.bold = bold or None
    if soft:
        run.font.color.rgb, run.font.size = _SOFT, Pt(8)


def blanks(paragraph: "Paragraph", labels: Sequence[str], width: float) -> None:
    """Labels, each followed by a line to write on, over ``width``."""
    stops = paragraph.paragraph_format.tab_stops
    blank_width = width / len(labels)
    for index, label in enumerate(labels):
        add_run(paragraph, f"{'  ' if index else ''}{label} \t")
        stops.add_tab_stop(
            Mm(blank_width * (index + 1)), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES
        )


def add_table(document: "Document", widths: Sequence[float], rows: int, *, lines: bool) -> "Table":
    """A table of fixed widths; with ``lines`` one under each row, otherwise none at all."""
    result: Table = document.add_table(rows, len(widths))
    result.alignment, result.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    properties = result._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        is_drawn = lines and side in {"bottom", "insideH"}
        edge.set(qn("w:val"), "single" if is_drawn else "nil")
        edge.set(qn("w:sz"), "4")
        edge.set(qn("w:color"), _LINE)
        borders.append(edge)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    for index, width in enumerate(widths):
        result.columns[index].width = Mm(width)
    for row in result.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return result


def repeat_head(target: "Table") -> None:
    """Its first row again on each page that the table reaches."""
    target.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def add_ruled_lines(document: "Document", lines: int, width: float) -> None:
    """``lines`` lines to write on."""
    result = add_table(document, [width], lines, lines=True)
    for row in result.rows:
        row.height, row.height_rule = Mm(RULE), WD_ROW_HEIGHT_RULE.EXACTLY


def cell(
    target: "_Cell", text: str, style: str = "Guide Cell", align: Literal["", "center"] = ""
) -> "Paragraph":
    """Write into the cell's first paragraph."""
    paragraph: Paragraph = target.paragraphs[0]
    # By its id, as Word names it: with a name python-docx goes through all styles for each cell.
    paragraph._p.style = style.replace(" ", "")
    if align:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(paragraph, text)
    return paragraph


def page_field(paragraph: "Paragraph", code: Literal["PAGE", "NUMPAGES"]) -> None:
    """A number that the word processor fills in."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
