"""The kinds of file that hold a list of questions, each turned into lines and tables."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import clean_line, decode_text, read_bytes
from interviewkit.intake.line_meaning import asks, plain_words, strip_bullet, strip_number
from interviewkit.intake.list_source import Line, LineKind, Row, Source, Table

TABULAR = {".csv", ".tsv", ".tab"}
OFFICE = {".xlsx", ".xlsm", ".docx"}
_ATX = re.compile(r"(#{1,6})\s+(\S.*)")
_RULE = re.compile(r"\s*([-*_=]\s*){3,}$")
_CELL_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_WHOLLY_BOLD = re.compile(r"(\*\*|__)([^*_].*?)\1:?\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_source(path: Path) -> Source:
    """The lines and tables of a file by its kind; InterviewKitError when it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in OFFICE:
        from interviewkit.intake import office_files

        read = office_files.read_document if suffix == ".docx" else office_files.read_workbook
        return read(path)
    if suffix in {".doc", ".xls", ".odt", ".ods", ".pdf", ".rtf", ".pages", ".numbers"}:
        raise InterviewKitError(
            f"{path} is a file of the kind {suffix}, which is not read.",
            "Save it as .docx, .xlsx, .csv or text, or copy its text and paste that.",
        )
    content = read_bytes(path)
    if content.startswith(b"PK\x03\x04") or b"\0\0\0" in content[:1000]:
        raise InterviewKitError(
            f"{path} is no text, whatever its name says.",
            "Lists are read from .csv, .xlsx, .md, .docx and text.",
        )
    text = decode_text(content)
    return tabular_source(text) if suffix in TABULAR else text_source(text)


def text_source(text: str) -> Source:
    """Pasted text, Markdown or plain; a text that is a table with tabs or semicolons is one."""
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()]
    for mark in "\t;":
        widths = {line.rstrip("\n").count(mark) for line in filled}
        if len(filled) > 1 and min(widths) >= 1 and not filled[0].startswith(("#", "|", "\t", " ")):
            return tabular_source(text)
    return list(_markdown_lines(_join_wrapped(_without_comments(text).splitlines())))


def _join_wrapped(lines: list[str]) -> list[str]:
    """The lines with each sentence that was wrapped put back on the line where it began."""
    joined = list(lines)
    start = None  # of the paragraph that a line could carry on
    for at, line in enumerate(lines):
        text = line.strip()
        if (
            start is not None
            and text[:1].islower()
            and not strip_number(text)[0]
            and "|" not in text
        ):
            joined[start] = f"{joined[start].rstrip()} {text}"
            joined[at] = ""
            continue
        start = at if text and "|" not in text and not text.startswith("#") else None
    return joined


def tabular_source(text: str) -> Source:
    """The one table of a CSV text: comma, semicolon or tab, with or without a line ``sep=``."""
    text = text.removeprefix("\ufeff")
    start, _, body = text.partition("\n")
    offset = 0
    if start.strip().casefold().startswith("sep="):
        delimiter = start.strip()[4:5] or "\t"
        text, offset = body, 1
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows = []
    begin = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(Row(f"line {begin + offset}", tuple(_cell(cell) for cell in cells)))
        begin = reader.line_num + 1
    return [Table(tuple(rows))]


def _delimiter(text: str) -> str:
    """The mark that parts most lines alike; commas inside sentences part them unevenly."""
    sample = text[:20_000]
    scores = {}
    for mark in "\t;,":
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if row]
        usual = max(set(widths), key=widths.count, default=1)
        scores[mark] = widths.count(usual) * (usual > 1) * (1 if mark == "," else 2)
    return max(scores, key=lambda mark: scores[mark]) if any(scores.values()) else ","


def _cell(text: str) -> str:
    return "\n".join(filter(None, (clean_line(line) for line in text.splitlines())))


def _without_comments(text: str) -> str:
    """Nothing begins a comment behind the last end of one, where each try would read on in vain."""
    end = text.rfind("-->") + len("-->")
    return _COMMENT.sub(_blank_lines, text[:end]) + text[end:]


def _blank_lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _markdown_lines(lines: list[str]) -> Iterator[Line | Table]:
    at = 0
    indents: list[int] = []
    is_code = False
    while at < len(lines):
        raw, location = lines[at].expandtabs(4), f"line {at + 1}"
        text = raw.strip()
        at += 1
        if text.startswith(("```", "~~~")):
            is_code = not is_code
            continue
        if not text or _RULE.fullmatch(text):
            continue
        if "|" in text and at < len(lines) and "|" in lines[at] and _CELL_RULE.match(lines[at]):
            end = at + 1
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield Table(tuple(_pipe_rows(lines, at - 1, end)))
            at = end
            continue
        underline = lines[at].strip() if at < len(lines) else ""
        if re.fullmatch(r"=+|-{3,}", underline) and not strip_bullet(text)[0]:
            yield Line(location, LineKind.HEADING, _plain(text), 1 if underline[0] == "=" else 2)
            at += 1
            continue
        yield _line(location, raw, indents)


def _pipe_rows(lines: list[str], begin: int, end: int) -> Iterator[Row]:
    for at in range(begin, end):
        if at != begin + 1:
            cells = re.split(r"(?<!\\)\|", lines[at].strip().strip("|"))
            yield Row(f"line {at + 1}", tuple(_break_cell(cell) for cell in cells))


def _break_cell(cell: str) -> str:
    return "\n".join(_plain(line) for line in re.split(r"<br\s*/?>", cell) if line.strip())


def _line(location: str, raw: str, indents: list[int]) -> Line:
    """One line; ``indents`` are those of the items above it, the outermost at the head."""
    text = raw.strip().lstrip(">").strip()
    heading = _ATX.match(text)
    if heading:
        indents.clear()
        title = heading[2].rstrip("#").rstrip() or "#"
        return Line(location, LineKind.HEADING, _plain(title), len(heading[1]))
    indent = len(raw) - len(raw.lstrip())
    has_bullet, text = strip_bullet(text)
    ordinal, stripped = strip_number(text)
    if has_bullet or ordinal:
        return Line(
            location, LineKind.ITEM, _plain(stripped), _level(indent, indents), ordinal or "-"
        )
    bold = _WHOLLY_BOLD.match(text)
    if bold and not asks(bold[2]):
        return Line(location, LineKind.HEADING, _plain(bold[2]).rstrip(":"), 5)
    if indent >= 2 and indents:
        return Line(location, LineKind.ITEM, _plain(text), _level(indent, indents))
    indents[:] = [indent]
    return Line(location, LineKind.TEXT, _plain(text))


def _level(indent: int, indents: list[int]) -> int:
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indent > indents[-1]:
        indents.append(indent)
    return len(indents) - 1


def _plain(text: str) -> str:
    """Without marks of Markdown; a line that is nothing else, such as a picture, stays as it is."""
    return clean_line(plain_words(text)) or clean_line(text)
