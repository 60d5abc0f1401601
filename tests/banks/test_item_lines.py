"""What is read and written by the lines that changed is what the whole text would give."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewkit.banks import document
from interviewkit.banks.document import Draft
from interviewkit.banks.finding_locations import Addresses
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.lint.single_questions import SingleQuestions
from interviewkit.banks.loader import read_as
from interviewkit.banks.text.item_lines import patch_item, reread_items
from interviewkit.banks.text.paths import Address, set_value
from interviewkit.banks.text.yaml_nodes import PositionedData, read_positions
from interviewkit.errors import BankError, Finding, InterviewKitError
from interviewkit.workflows.bank_editor import locate_findings
from support import ROOT

HERE = Path("bank.yaml")
SMALL = (ROOT / "tests" / "banks" / "small.yaml").read_text(encoding="utf-8")
REMARKED = (ROOT / "tests" / "banks" / "remarked.yaml").read_text(encoding="utf-8")
# A list last in the file, items in brackets, and texts that end in lines of nothing.
ENDS = """\
format: 1
kits:
- {id: short, name: Short, minutes: 15, questions: [{question: broken, minutes: 6}]}
id: ends
title: Ends
about: |+
  Kept

competencies:
- id: recovery
  name: Recovery
  about: |+
    To its end.


- id: ownership
  name: Ownership
  about: >
    Folded,
    with R&D

    and a gap.
questions:
    - ask: "Quoted
        over lines."
      id: broken
    -
      id: second
      ask: Plain
        over lines.
    - id: third
      ask: |2
          indented
"""
TEXTS = [REMARKED, SMALL, ENDS, SMALL.replace("\n", "\r\n"), REMARKED.rstrip("\n")]
PIECES = [
    "",
    "a",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "-",
    "- ",
    "  - id: new\n    ask: New?\n",
    "- id: new\n  name: New\n",
    ": ",
    "#",
    " # note",
    "  # note\n",
    '"',
    "'",
    "[",
    "}",
    "&a ",
    "*a",
    "|",
    ">-\n",
    "---\n",
    "...\n",
    "%TAG\n",
    "!tag ",
    "? ",
    "kits:\n",
    "\t",
    "\r",
    "\r\n",
    "\x85",
    "\u2028",
    "<<<<<<< mine\n",
    "é😀",
]


def whole(text: str) -> PositionedData | None:
    try:
        return read_positions(text, str(HERE))
    except BankError:
        return None


def assert_same(read: PositionedData, expected: PositionedData) -> None:
    assert repr(read.data) == repr(expected.data)  # with the order of fields, and 1 is not true
    assert read.walk.root == expected.walk.root
    assert (read.walk.path, read.walk.aliases, read.walk.findings) == (
        expected.walk.path,
        expected.walk.aliases,
        expected.walk.findings,
    )


@settings(max_examples=600, deadline=None)
@example(text=REMARKED, at=0.69140625, length=60, pieces="- ? |")
@given(
    text=st.sampled_from(TEXTS),
    at=st.floats(0, 1),
    length=st.integers(0, 60) | st.integers(0, 3),
    pieces=st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
)
def test_any_change_of_a_text_reads_as_the_whole_does(
    text: str, at: float, length: int, pieces: str
) -> None:
    start = int(at * len(text))
    changed = text[:start] + pieces + text[start + length :]
    before = whole(text)
    assert before is not None
    read = reread_items(before, text, changed)
    if read is not None:
        expected = whole(changed)
        assert expected is not None
        assert_same(read, expected)


def addresses(data: object, at: Address = ()) -> Iterator[Address]:
    """The addresses of all values below, by number in lists."""
    items: object = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for step, value in items:  # type: ignore[attr-defined]
        yield (*at, step)
        yield from addresses(value, (*at, step))


@contextmanager
def by_the_whole() -> Iterator[None]:
    """Drafts read and write the whole text."""
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731 - in place of two functions
    with (
        patch.object(document, "patch_item", nothing),
        patch.object(document, "reread_items", nothing),
    ):
        yield


def edit(draft: Draft, kind: str, address: Address, value: object) -> str:
    """The text behind a change; in words why it is refused."""
    try:
        if kind == "set":
            draft.set(address, value)
        elif kind == "remove":
            draft.remove(address)
        elif kind == "move":
            draft.move(address, address[-1] - 1 if isinstance(address[-1], int) else None)
        elif kind == "duplicate":
            draft.duplicate(address, "a-copy")
        elif kind == "add":
            draft.add(address, {"id": "added", "ask": value}, None)
        else:
            draft.undo()
    except InterviewKitError as error:
        return str(error)
    return draft.text


def read_findings(text: str) -> tuple[tuple[Address, Finding], ...]:
    """What is found in a text that was never read before, with its addresses."""
    draft = Draft.of(text, HERE)
    assert draft.file is not None
    return locate_findings(draft, draft.file, lint(draft.file)).findings


KINDS = ("set", "set", "set", "set", "remove", "move", "duplicate", "add", "undo")
FAULTY = [
    "Don't you agree that honesty matters?",
    "Do you have children?",
    "How do you usually leverage synergies?",
    "TO WRITE: the anchor",
    "Tell me <b>more</b>.",
    "Tell me about another time.",
    "What did you do? What did they say? And why?",
    "Is it?",
    "no\u200bbreak",
]
VALUES = (
    st.sampled_from(PIECES).filter(bool)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=150)
    | st.sampled_from([None, 3, 1.5, True, "broken", "who-knew", "a: b", "x " * 80, "R&D *all"])
    | st.sampled_from(FAULTY)
    | st.just(["people", "time"])
    | st.just({"id": "given", "ask": "What then?"})
)


@settings(max_examples=150, deadline=None)
@given(
    text=st.sampled_from(TEXTS[:3]),
    edits=st.lists(
        st.tuples(st.sampled_from(KINDS), st.floats(0, 1, exclude_max=True), VALUES),
        min_size=1,
        max_size=6,
    ),
)
def test_any_edits_give_the_text_and_the_bank_that_the_whole_gives(
    text: str, edits: list[tuple[str, float, object]]
) -> None:
    draft = Draft.of(text, HERE)
    reference, checked = Draft.of(text, HERE), SingleQuestions()
    for kind, at, value in edits:
        choices = list(addresses(draft.positions.data))
        address = choices[int(at * len(choices))]
        outcome = edit(draft, kind, address, value)
        with by_the_whole():
            expected = edit(reference, kind, address, value)
        assert outcome == expected
        assert draft.text == reference.text
        assert_same(draft.positions, read_positions(draft.text, str(HERE)))
        try:
            file = read_as(draft.text, HERE)
        except BankError as error:
            assert (draft.file, draft.findings) == (None, error.findings)
            continue
        assert draft.file == file
        findings = lint(draft.file, checked)
        assert findings == lint(file)
        assert locate_findings(draft, file, findings).findings == read_findings(draft.text)


def test_a_change_of_a_question_takes_only_its_lines() -> None:
    before = read_positions(REMARKED, str(HERE))
    new = set_value(before.data, ("questions", "other", "ask"), "What else?")
    text = patch_item(REMARKED, before, new)
    assert text is not None
    assert text == REMARKED.replace("Tell me about another time.", "What else?")
    read = reread_items(before, REMARKED, text)
    assert read is not None
    assert_same(read, read_positions(text, str(HERE)))
    assert read.data["kits"] is before.data["kits"]
    assert read.data["questions"][0] is before.data["questions"][0]
    places = Addresses(read)
    assert places.line(("kits", "short")) == text.count("\n", 0, text.index("- id: short")) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("another time", "another\u2028time"),
        ("Tell me about another time.", "&a Tell me"),
        ("another time.\nkits", "another time.\n...\nkits"),
        ("another time", 'another "time: "'),
        ("title: ", "title: My "),
    ],
)
def test_what_lines_alone_do_not_tell_is_left_to_the_whole(old: str, new: str) -> None:
    before = read_positions(REMARKED, str(HERE))
    changed = REMARKED.replace(old, new)
    assert reread_items(before, REMARKED, changed) is None
