"""Lines and tables to questions: what each line is, from its level, its label and its words.

    ## Customer focus (10 min)          heading        → competency, with its minutes
    1. Tell me about a promise …        asks           → question, its number taken off
       - Who else was involved?         level below it → probe
       Look for: own part; a date       label          → listen for
    Red flags: blames the customer      label          → watch for

A label on a line of its own holds for what follows it; after several questions in a row it holds
for all of them. What fits nowhere is kept as unplaced, with the reason.
"""

import re

from interviewkit.banks.model import FEWEST, MOST
from interviewkit.intake import question_table
from interviewkit.intake.line_meaning import (
    Label,
    Labelled,
    asks,
    closing_label,
    plain_words,
    read_label,
    scale_point,
    strip_minutes,
)
from interviewkit.intake.list_source import Line, LineKind, Source, Table
from interviewkit.intake.question_list import ListedQuestion, QuestionList, Unplaced
from interviewkit.intake.text_pieces import split_probes, split_remarks

_OUTSIDE = -1  # level of a question that is a heading, or of a label that is no item
_LONGEST_NAME, _LONGEST_REMARK = 80, 400
_BOLD = 5  # level of a line in bold, which is a heading only by its looks
_REMARKS = (Label.LISTEN_FOR, Label.WATCH_FOR, Label.PROBES)


def read_questions(source: Source) -> QuestionList:
    """All questions of a source, with repeats taken off."""
    reader = _Reader()
    for at, block in enumerate(source):
        if isinstance(block, Table):
            question_table.read_table(reader.result, block, reader.section)
            reader.leave_question()
        else:
            follower = source[at + 1] if at + 1 < len(source) else None
            reader.read(block, follower if isinstance(follower, Line) else None)
    _drop_broken_scale(reader.result)
    return _without_repeats(reader.result)


def _drop_broken_scale(result: QuestionList) -> None:
    """A scale that does not run from 1 up without a gap is none; its points are named."""
    points = sorted(result.scale)
    if points and not (FEWEST <= len(points) <= MOST and points == list(range(1, points[-1] + 1))):
        for point, name in result.scale.items():
            text, reason = f"{point} {name}", "a scale has three to seven points, from 1 up"
            result.unplaced.append(Unplaced("rating scale", text, reason))
        result.scale = {}


class _Reader:
    """Where in a list one is: the section, the question, and the label that holds."""

    def __init__(self) -> None:
        self.result = QuestionList()
        self.section = ""
        self._question: ListedQuestion | None = None
        self._level = _OUTSIDE
        self._number = ""
        self._label: Label | None = None
        self._label_level = _OUTSIDE
        self._run: list[ListedQuestion] = []  # questions since the last label or heading
        self._targets: list[ListedQuestion] = []  # those that the label holds for
        self._starts: dict[int, int] = {}  # level of a heading → questions above it

    def read(self, line: Line, follower: Line | None) -> None:
        """One line; ``follower`` is the next line."""
        if line.kind is LineKind.ITEM:
            self.result.counts.numberings += line.marker not in ("", "-")
            self.result.counts.bullets += line.marker == "-"
        if not re.search(r"\w", plain_words(line.text)):
            self._leave_out(line, "holds no words")
            return
        lead = read_label(line.text)
        if line.kind is LineKind.HEADING and lead is None and not asks(line.text):
            label = closing_label(line.text)
            lead = Labelled(label, "") if label else None
        if lead is not None and not (lead.label is Label.QUESTION and asks(line.text)):
            self._read_label(line, lead)
        elif lead is not None:
            self._start(line, lead.content or line.text)
        elif line.kind is LineKind.HEADING:
            self._read_heading(line)
        elif self._read_scale(line):
            return
        elif line.kind is LineKind.ITEM:
            self._read_item(line, follower)
        else:
            self._read_text(line, follower)

    def leave_question(self) -> None:
        """What follows belongs to no question any more."""
        self._question, self._label = None, None
        self._run, self._targets = [], []

    def _read_heading(self, line: Line) -> None:
        self._label = None
        self._starts = {level: at for level, at in self._starts.items() if level < line.level}
        self._starts[line.level] = len(self.result.questions)
        if asks(line.text):
            self._start(line, line.text)
            return
        self.leave_question()
        minutes, name = strip_minutes(line.text)
        if line.level == 1 and not self.result.title and not self.result.questions:
            self.result.title = name
        self._enter(name, minutes, line)

    def _enter(self, name: str, minutes: float | None, line: Line) -> None:
        """A section begins; its name is a competency as soon as it has a question."""
        if len(name) > _LONGEST_NAME or not re.search(r"\w", name):
            self._leave_out(line, "too long for the name of a competency")
            return
        self.leave_question()
        self.section = name
        if minutes:
            self.result.section_minutes[name] = minutes

    def _read_label(self, line: Line, lead: Labelled) -> None:
        label, content = lead
        if label is Label.COMPETENCY:
            if content:
                minutes, name = strip_minutes(content)
                self._enter(name, minutes, line)
        elif label is Label.MINUTES:
            minutes, _ = strip_minutes(content if not content.isdigit() else f"{content} min")
            if minutes and self._question:
                self._question.minutes = minutes
            elif minutes and self.section:
                self.result.section_minutes[self.section] = minutes
            elif content:
                self._leave_out(line, "minutes that belong to no question")
        elif label is Label.QUESTION and content:
            self._start(line, content)
        else:
            self._apply_label(line, label, content)

    def _apply_label(self, line: Line, label: Label, content: str) -> None:
        """A label with what it says at once, or for what follows."""
        is_below = line.kind is LineKind.ITEM and line.level > self._level
        whole_run = not content and not is_below and len(self._run) > 1
        self._targets = self._run if whole_run else [self._question] if self._question else []
        if line.kind is LineKind.HEADING and line.level < _BOLD:
            outer_starts = [start for level, start in self._starts.items() if level < line.level]
            self._targets = self.result.questions[outer_starts[-1] if outer_starts else 0 :]
        self._label = label
        self._label_level = line.level if line.kind is LineKind.ITEM else _OUTSIDE
        if label in _REMARKS:
            self._run = []
            if content and self._targets:
                self._add(content)
            elif content:
                self._leave_out(line, "belongs to no question")
        elif label is Label.SCALE:
            self._question = None

    def _read_scale(self, line: Line) -> bool:
        """Whether the line is a point of the scale that a label announced."""
        text = f"{line.marker} {line.text}" if line.marker.strip(".):(").isdigit() else line.text
        point = scale_point(text)
        if self._label is not Label.SCALE or point is None or point[0] in self.result.scale:
            return False
        self.result.scale[point[0]] = point[1]
        return True

    def _read_item(self, line: Line, follower: Line | None) -> None:
        if self._is_labelled_item(line):
            if self._targets:
                self._add(line.text)
            else:
                self._leave_out(line, "belongs to no question")
        elif self._question and line.level > self._level:
            self._add_unlabelled(line)
        elif asks(line.text) or self._label is Label.QUESTION:
            self._start(line, line.text)
        elif follower and follower.kind is LineKind.ITEM and follower.level > line.level:
            minutes, name = strip_minutes(line.text)
            self._enter(name.rstrip(":"), minutes, line)
        else:
            self._leave_out(line, "asks nothing and belongs to no question")

    def _is_labelled_item(self, line: Line) -> bool:
        """Whether the label before still holds for an item, or the next question begins."""
        if self._label not in _REMARKS:
            return False
        if line.level > max(self._label_level, self._level) or not asks(line.text):
            return line.level > self._label_level
        carries_on = _value(line.marker) is not None and _value(line.marker) == (
            (_value(self._number) or 0) + 1
        )
        if carries_on and self._question:
            return False
        is_peer = line.level <= self._level and bool(line.marker.strip("-")) == bool(self._number)
        return line.level > self._label_level and (self._label is Label.PROBES or not is_peer)

    def _read_text(self, line: Line, follower: Line | None) -> None:
        is_under_heading = self._question is not None and self._level == _OUTSIDE
        if self._label in _REMARKS and self._targets and not asks(line.text):
            self._add(line.text)
        elif self._is_name(line, follower):
            minutes, name = strip_minutes(line.text)
            self._enter(name.rstrip(": "), minutes, line)
        elif is_under_heading and self._number == "#":
            self._add_unlabelled(line)
        elif asks(line.text) and len(line.text) <= _LONGEST_REMARK:
            self._start(line, line.text)
        else:
            self._leave_out(line, "no label says what it is")

    def _is_name(self, line: Line, follower: Line | None) -> bool:
        """Whether a plain line names the section of what follows."""
        text = line.text
        if asks(text) or len(text) > _LONGEST_NAME or text.endswith((".", "!", ",", ";")):
            return False
        if follower is None or len(text.split()) > 8:
            return False
        return text.endswith(":") or asks(follower.text) or read_label(follower.text) is not None

    def _start(self, line: Line, text: str) -> None:
        minutes, ask = strip_minutes(text)
        ask = ask or text
        question = ListedQuestion(line.location, ask, self.section, minutes=minutes)
        self.result.questions.append(question)
        if self._label is not Label.QUESTION:
            self._label = None
        self._question = question
        self._level = line.level if line.kind is LineKind.ITEM else _OUTSIDE
        self._number = "#" if line.kind is LineKind.HEADING else line.marker.strip("-")
        self._run.append(question)
        self._targets = [question]

    def _add(self, text: str) -> None:
        for question in self._targets:
            if self._label is Label.PROBES:
                question.probes += split_probes(text)
            elif self._label is Label.WATCH_FOR:
                question.watch_for += split_remarks(text)
            else:
                question.listen_for += split_remarks(text)

    def _add_unlabelled(self, line: Line) -> None:
        """A level below a question: what asks is a probe, what does not says what to listen for."""
        assert self._question is not None  # noqa: S101 - called only below a question
        if len(line.text) > _LONGEST_REMARK:
            self._leave_out(line, "longer than a remark, and no label says what it is")
        elif asks(line.text):
            self._question.probes += split_probes(line.text)
        else:
            self._question.listen_for.append(line.text)
            self.result.counts.unlabelled += 1

    def _leave_out(self, line: Line, reason: str) -> None:
        self.result.unplaced.append(Unplaced(line.location, line.text, reason))


def _value(numeral: str) -> int | None:
    digits = re.search(r"(\d+)\D*$", numeral)
    return int(digits[1]) if digits else None


def _without_repeats(result: QuestionList) -> QuestionList:
    """Each question once; what only a repeat has is added to the earlier one."""
    by_words: dict[str, ListedQuestion] = {}
    for question in result.questions:
        wording = " ".join(re.findall(r"\w+", question.ask.casefold())) or question.ask
        earliest = by_words.setdefault(wording, question)
        if earliest is question:
            continue
        result.counts.repeats += 1
        earliest.minutes = earliest.minutes or question.minutes
        earliest.anchors = earliest.anchors or question.anchors
        for name in ("listen_for", "watch_for", "probes"):
            getattr(earliest, name).extend(getattr(question, name))
    result.questions = list(by_words.values())
    for question in result.questions:
        for name in ("listen_for", "watch_for", "probes"):
            setattr(question, name, list(dict.fromkeys(getattr(question, name))))
    return result
