"""Edits change what was asked for and no other byte; what cannot be written so is refused."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.banks import document
from interviewkit.banks.document import Draft
from interviewkit.banks.finding_locations import Addresses
from interviewkit.banks.loader import read_as, values_of
from interviewkit.banks.model import Bank
from interviewkit.banks.pydantic_adapters import BANK
from interviewkit.banks.text.paths import Address
from interviewkit.banks.text.yaml_nodes import PositionedData, read_positions
from interviewkit.errors import ChangedOnDiskError, InterviewKitError, NotFoundError
from support import ROOT, has_mode, shipped, shipped_ids

HERE = Path("bank.yaml")
SMALL = (ROOT / "tests" / "banks" / "small.yaml").read_text(encoding="utf-8")
# Comments in every place that a trainer might put one.
REMARKED = (ROOT / "tests" / "banks" / "remarked.yaml").read_text(encoding="utf-8")


def draft(text: str = REMARKED) -> Draft:
    return Draft.of(text, HERE)


def values(text: str) -> Any:
    return values_of(text, HERE)


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?<![^\s])#.*", text))


def edited(old: str, *edits: tuple[str, str]) -> str:
    """``old`` with each first text, which is to stand there once, replaced by the second."""
    for before, after in edits:
        assert old.count(before) == 1, before
        old = old.replace(before, after)
    return old


def test_the_remarked_bank_is_one() -> None:
    assert draft().findings == ()


# What is set where, and how the file differs then.
SETTING: dict[str, tuple[Address, object, str, str]] = {
    "a text": (("title",), "Short", '"Quoted, with care"', "Short"),
    "a text beside a comment": (("id",), "mine", "id: remarked  # its id", "id: mine  # its id"),
    "a folded text beside a comment": (
        ("about",),
        "One.",
        "about: >-  # folded\n  Two lines that are\n  read as one.\n",
        "about: One.  # folded\n",
    ),
    "a text that grows long": (
        ("questions", "broken", "probes", "who-knew", "ask"),
        "Who else knew of it, when did they hear of it, and what did each of them do about it then?"
        " And you?",
        "'Who else knew of it?'",
        ">-\n"
        "          Who else knew of it, when did they hear of it, and what did each of them do "
        "about it then? And you?",
    ),
    "a text of two lines": (("title",), "a\nb", '"Quoted, with care"', "|-\n  a\n  b"),
    "a text that looks like a number": (("version",), "2.0", "'1.0'", '"2.0"'),
    "a text that others would read as false": (("title",), "no", '"Quoted, with care"', '"no"'),
    "a text with a colon": (("title",), "so: this", '"Quoted, with care"', '"so: this"'),
    "a text with quotes and a hash": (
        ("title",),
        'a "b" #c',
        '"Quoted, with care"',
        "'a \"b\" #c'",
    ),
    "an anchor in brackets": (
        ("competencies", "ownership", "anchors", 2),
        "new",
        "2: two, 3",
        "2: new, 3",
    ),
    "an anchor in brackets, with a comma": (
        ("competencies", "ownership", "anchors", 2),
        "a, b",
        "2: two, 3",
        '2: "a, b", 3',
    ),
    "an anchor beside a comment": (
        ("competencies", "recovery", "anchors", 2),
        "better",
        "2: two  # beside two",
        "2: better  # beside two",
    ),
    "elicits in brackets": (
        ("questions", "broken", "probes", "who-knew", "elicits"),
        ["people"],
        "[people, confirmation]  # both",
        "[people]  # both",
    ),
    "elicits in lines": (
        ("questions", "broken", "probes", "first-step", "elicits"),
        ["own_action", "result", "time"],
        "          - own_action\n",
        "          - own_action\n          - result\n",
    ),
    "a point to listen for, reworded": (
        ("questions", "broken", "listen_for", 1),
        "another",
        "- second point",
        "- another",
    ),
    "the points in another order": (
        ("questions", "broken", "listen_for"),
        ["second point", "first point"],
        "      - first point\n      # above the second\n      - second point\n",
        "      # above the second\n      - second point\n      - first point\n",
    ),
    "a field that was not there": (
        ("questions", "other", "kind"),
        "situational",
        "    competency: ownership\n    ask: Tell",
        "    competency: ownership\n    kind: situational\n    ask: Tell",
    ),
    "a list that was not there": (
        ("questions", "other", "watch_for"),
        ["blame"],
        "    ask: Tell me about another time.\n",
        "    ask: Tell me about another time.\n    watch_for:\n      - blame\n",
    ),
    "a weight": (
        ("kits", "short", "weights", "ownership"),
        1.5,
        "    recovery: 2  # twice\n",
        "    recovery: 2  # twice\n    ownership: 1.5\n",
    ),
    "weights taken away": (
        ("kits", "short", "weights"),
        None,
        "  # above weights\n  weights:\n    recovery: 2  # twice\n",
        "",
    ),
    "an anchor that there was, taken away": (
        ("competencies", "recovery", "anchors", 2),
        None,
        "      # above two\n      2: two  # beside two\n",
        "",
    ),
    "a page": (
        ("kits", "short", "opening"),
        {"say": "Welcome.", "minutes": 2},
        "  minutes: 15\n",
        "  minutes: 15\n  opening:\n    minutes: 2\n    say: Welcome.\n",
    ),
    "another id": (("questions", "other", "id"), "renamed", "- id: other\n", "- id: renamed\n"),
    "minutes in brackets": (
        ("kits", "short", "questions", "broken", "minutes"),
        7.5,
        "minutes: 6}",
        "minutes: 7.5}",
    ),
}


@pytest.mark.parametrize(("address", "value", "old", "new"), SETTING.values(), ids=SETTING)
def test_setting_changes_this_and_nothing_else(
    address: Address, value: object, old: str, new: str
) -> None:
    there = draft()
    there.set(address, value)
    assert there.text == edited(REMARKED, (old, new))
    assert there.undo()
    assert (there.text, there.is_changed, there.undo()) == (REMARKED, False, False)


OTHER = """\
  # above other
  - id: other
    competency: ownership
    ask: Tell me about another time.
"""


def test_removing_takes_the_comments_directly_above_along_and_leaves_banners() -> None:
    there = draft()
    there.remove(("questions", "other"))
    assert there.text == edited(REMARKED, (f"\n{OTHER}", ""))
    there = draft()
    there.remove(("competencies", "ownership"))
    assert "above ownership" not in there.text
    assert "below ownership, deeper" not in there.text
    assert "competencies:\n\n  # ----- Others -----\n\n  # above recovery\n" in there.text


def test_moving_takes_the_lines_along_and_leaves_banners() -> None:
    there = draft()
    there.move(("questions", "other"))
    wanted = edited(
        REMARKED, (f"\n{OTHER}", ""), ("  - id: broken\n", f"{OTHER}\n  - id: broken\n")
    )
    assert there.text == wanted
    there.move(("questions", "other"), after="broken")
    assert values(there.text) == values(REMARKED)


def test_the_one_that_is_moved_is_the_one_whose_lines_move() -> None:
    there = draft()
    there.move(("questions", "broken"), after="other")
    place = there.text.index
    assert place("----- Recovery") < place("----- Ownership") < place("id: other")
    assert place("id: other") < place("id: broken")
    there = draft()
    there.move(("questions", "other"))
    place = there.text.index
    assert place("----- Recovery") < place("id: other") < place("id: broken")
    assert place("id: broken") < place("----- Ownership")


def test_a_copy_comes_right_behind_with_its_comments() -> None:
    there = draft()
    there.duplicate(("questions", "other"), "another")
    assert there.text == edited(
        REMARKED, (OTHER, f"{OTHER}\n{OTHER.replace('id: other', 'id: another')}")
    )


def test_a_new_question_comes_below_the_banner_of_its_competency() -> None:
    there = draft()
    question = {"ask": "Why?", "competency": "ownership", "id": "new"}
    there.add(("questions",), question, after="broken")
    new = "  - id: new\n    competency: ownership\n    ask: Why?\n\n"
    assert there.text == edited(REMARKED, (OTHER, new + OTHER))


def test_a_new_probe_is_written_as_those_we_ship() -> None:
    there = draft()
    probe = {"elicits": ["time", "people"], "ask": "When?", "id": "when"}
    there.add(("questions", "other", "probes"), probe)
    new = "    probes:\n      - id: when\n        ask: When?\n        elicits: [time, people]\n"
    assert there.text == edited(REMARKED, (OTHER, OTHER + new))


def test_the_last_item_of_an_optional_list_takes_the_list_along() -> None:
    there = draft(SMALL)
    for probe in ("first-step", "who-knew"):
        there.remove(("questions", "broken-promise", "probes", probe))
    assert "probes" not in there.text
    assert there.findings == ()


def test_each_text_is_walked_once_however_often_it_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts: list[str] = []

    def counted(text: str, path: str) -> PositionedData:
        texts.append(text)
        return read_positions(text, path)

    monkeypatch.setattr(document, "read_positions", counted)
    there = draft(SMALL)
    wanted = [SMALL]
    for title in ("One", "Two"):
        there.set(("title",), title)
        assert there.file == read_as(there.text, HERE)
        assert there.findings == ()
        assert Addresses(there.positions).line(("title",))
        wanted.append(there.text)
    assert texts == wanted


def test_a_part_of_a_bank_reads_the_same_after_it_was_looked_at() -> None:
    text = f"format: 1\nid: {shipped_ids()[0]}\nextends: {shipped_ids()[0]}\ntitle: Mine\n"
    there = draft(text)
    there.set(("title",), "Ours")
    before = there.positions.data
    assert there.file == read_as(there.text, HERE)
    there.set(("about",), "What we ask here.")
    assert before["extends"] == there.positions.data["extends"]
    assert there.file == read_as(there.text, HERE)


def test_what_is_wrong_with_a_draft_can_be_seen_and_mended() -> None:
    there = draft(SMALL)
    there.set(("questions", "other-department", "competency"), "owner")
    assert [(one.code, one.line) for one in there.findings] == [("unknown-id", 34)]
    assert there.file is None
    there.set(("questions", "other-department", "competency"), "ownership")
    assert there.file is not None
    assert there.text == SMALL


REFUSED: dict[str, tuple[str, Address, str]] = {
    "a question there is not": (
        SMALL,
        ("questions", "broken-promis", "ask"),
        "Did you mean broken-promise?",
    ),
    "a field of nothing": (
        SMALL,
        ("kits", "short", "opening", "say"),
        "kits › short › opening › say does not exist",
    ),
    "a place outside": (SMALL, ("questions", 7, "ask"), "no item called '7'"),
    "nothing": (SMALL, (), "the top of the bank does not exist"),
    "a text that is no YAML": (SMALL + "\t- x", ("title",), "1 problem"),
    "an alias": (
        SMALL.replace("about: Two", "about: &a Two").replace("Takes a matter to its end.", "*a"),
        ("title",),
        "refers to another part by *name",
    ),
    "what hides a text": (
        SMALL.replace("title: A small bank", "? title\n: A small bank"),
        ("title",),
        "nothing was changed",
    ),
}


@pytest.mark.parametrize(("text", "address", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    text: str, address: Address, said: str
) -> None:
    there = draft(text)
    with pytest.raises(InterviewKitError) as caught:
        there.set(address, "x")
    assert said in str(caught.value)
    assert (there.text, there.is_changed) == (text, False)


def test_an_id_stands_once_in_a_list() -> None:
    there = draft(SMALL)
    with pytest.raises(InterviewKitError, match="short is already in this list"):
        there.duplicate(("kits", "short"), "short")
    with pytest.raises(InterviewKitError, match="no id that would tell it from a copy"):
        there.duplicate(("kits", "short", "questions", "broken-promise"), "x")
    with pytest.raises(NotFoundError, match="title is not a list"):
        there.remove(("title", "x"))


# --- files ---


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_opening_and_saving_changes_no_byte(bank_id: str, tmp_path: Path) -> None:
    raw = (ROOT / "question_banks" / f"{bank_id}.yaml").read_bytes()
    path = tmp_path / "bank.yaml"
    path.write_bytes(raw)
    there = Draft.open(path)
    there.set(("title",), "Another")
    there.set(("title",), shipped(bank_id).bank.title)
    there.save()
    assert path.read_bytes() == raw


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_byte_order_mark_and_rights_are_kept(bom: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_bytes(bom + REMARKED.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    there = Draft.open(path)
    there.set(("about",), "word " * 40 + "end")
    there.duplicate(("questions", "other"), "another")
    there.add(("kits",), {**values(SMALL)["kits"][0], "id": "own"}, after="short")
    assert there.is_changed
    there.save()
    raw = path.read_bytes()
    assert raw.startswith(bom + b"# yaml")
    assert raw.count(b"\n") == raw.count(b"\r\n") > REMARKED.count("\n")
    assert has_mode(path, 0o640)
    assert not there.is_changed
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["bank.yaml"]


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(SMALL, encoding="utf-8")
    there = Draft.open(path)
    there.set(("title",), "Mine")
    path.write_text(SMALL + "# theirs\n", encoding="utf-8")
    with pytest.raises(ChangedOnDiskError, match="changed by another program") as caught:
        there.save()
    assert "Reload it" in caught.value.hint
    assert path.read_text(encoding="utf-8").endswith("# theirs\n")
    assert there.is_changed
    there.reload()
    assert (there.is_changed, there.undo()) == (False, False)
    there.set(("title",), "Mine")
    there.save()
    assert "title: Mine\n" in path.read_text(encoding="utf-8")
    path.unlink()
    with pytest.raises(ChangedOnDiskError):
        there.save()


def test_a_new_text_is_saved_where_nothing_was(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    Draft.of(SMALL, path).save()
    assert path.read_text(encoding="utf-8") == SMALL
    with pytest.raises(ChangedOnDiskError):
        Draft.of(SMALL, path).save()
    with pytest.raises(InterviewKitError, match="cannot be written: No such file"):
        Draft.of(SMALL, tmp_path / "none" / "bank.yaml").save()
    with pytest.raises(
        InterviewKitError, match=r"cannot be written: (Is a directory|Permission denied)"
    ):
        Draft.of(SMALL, tmp_path).save()


# --- any edits ---

WORDS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text("ab: #-\n\t\"'\\,[]{}&*!|>%@`?~=0123456789.é🦊\x07\x85\u2028\ufeff", min_size=1),
    st.text("abc defg, hij.", min_size=100, max_size=300),
    st.sampled_from(["no", "1:30", "014", "null", "~", "", "1e3", "2024-01-01", "---", "<<", "a:"]),
).filter(lambda text: not re.search("[\ud800-\udfff]", text))


@pytest.mark.parametrize("indent", ["block", "brackets"])
@given(text=WORDS)
def test_any_text_is_read_back_as_it_was(indent: str, text: str) -> None:
    there = draft()
    place = {"block": ("title",), "brackets": ("competencies", "ownership", "anchors", 2)}
    there.set(place[indent], text)
    data = values(there.text)
    assert text in (data["title"], data["competencies"][0]["anchors"].get(2))
    # A text may itself look like the beginning of a comment, so a comment is looked for by its end.
    lines = [line.rstrip() for line in there.text.splitlines()]
    assert all(any(line.endswith(comment) for line in lines) for comment in comments(REMARKED))


def lists(data: Any) -> list[Address]:
    """The addresses of the lists of mappings that are still what they should be."""
    found: list[Address] = [("competencies",), ("questions",), ("kits",)]
    found += [("questions", index, "probes") for index in range(len(data["questions"]))]
    found += [("kits", index, "questions") for index in range(len(data["kits"]))]
    return [address for address in found if is_list_of_mappings(data, address)]


def is_list_of_mappings(data: Any, address: Address) -> bool:
    holder = at(data, address[:-1])
    items = holder.get(address[-1]) if isinstance(holder, dict) else None
    return isinstance(items, list) and all(isinstance(one, dict) for one in items) and bool(items)


def at(data: Any, address: Address) -> Any:
    for part in address:
        data = data[part]
    return data


Change = tuple[str, int, int, int, str]


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    one = st.tuples(
        st.sampled_from(["set", "add", "remove", "move", "duplicate", "points"]),
        *[st.integers(0, 10**6)] * 3,
        WORDS,
    )
    return draw(st.lists(one, min_size=1, max_size=6))


def apply(there: Draft, change: Change) -> Any:
    """Make one change to the draft; gives back the values that are then to be there."""
    kind, a, b, c, words = change
    data = values(there.text)
    address = lists(data)[a % len(lists(data))]
    items = at(data, address)
    index = b % len(items)
    after = None if c % (len(items) + 1) == 0 else c % (len(items) + 1) - 1
    if kind == "set":
        name = sorted(items[index])[c % len(items[index])]
        there.set((*address, index, name), words)
        items[index][name] = words
    elif kind == "add":
        item = {"id": f"new-{c}", "ask": words, "competency": "ownership", "elicits": ["time"]}
        if any(one.get("id") == item["id"] for one in items):
            return data
        there.add(address, item, after)
        items.insert(0 if after is None else after + 1, item)
    elif kind == "remove" and len(items) > 1:
        there.remove((*address, index))
        del items[index]
    elif kind == "move":
        item = items.pop(index)
        after = None if not items or c % (len(items) + 1) == 0 else c % (len(items) + 1) - 1
        there.move((*address, index), after)
        items.insert(0 if after is None else after + 1, item)
    elif kind == "duplicate" and "id" in items[index]:
        if any(one.get("id") == f"copy-{c}" for one in items):
            return data
        there.duplicate((*address, index), f"copy-{c}")
        items.insert(index + 1, {**items[index], "id": f"copy-{c}"})
    elif kind == "points":
        points = [words, "a point"]
        there.set(("questions", b % len(data["questions"]), "listen_for"), points)
        data["questions"][b % len(data["questions"])]["listen_for"] = points
    return data


BANKS = {"small": SMALL, "remarked": REMARKED, "remarked, CRLF": REMARKED.replace("\n", "\r\n")}


@pytest.mark.parametrize("text", BANKS.values(), ids=BANKS)
@settings(max_examples=25, deadline=None)
@given(changes=changes())
def test_any_edits_give_the_values_expected_and_lose_no_comment(
    text: str, changes: list[Change]
) -> None:
    make_any_edits(text, changes)


@settings(max_examples=6, deadline=None)
@given(changes=changes(), bank_id=st.sampled_from(shipped_ids()))
def test_any_edits_of_a_bank_we_ship(bank_id: str, changes: list[Change]) -> None:
    make_any_edits(shipped(bank_id).source, changes)


def make_any_edits(text: str, changes: list[Change]) -> None:
    there = Draft.of(text, HERE)
    for change in changes:
        kind = change[0]
        before = there.text
        wanted = apply(there, change)
        assert values(there.text) == wanted
        old, new = before.splitlines(keepends=True), there.text.splitlines(keepends=True)
        if kind in ("add", "duplicate"):
            lost = Counter(old) - Counter(new)
            assert not +lost, "adding leaves every line as it was"
        if kind == "move":
            assert Counter(line for line in old if line.strip()) == Counter(
                line for line in new if line.strip()
            )
        if kind in ("add", "duplicate", "move"):
            assert not comments(before) - comments(there.text)
    while there.undo():
        pass
    assert there.text == text


@settings(max_examples=30, deadline=None)
@given(changes=changes())
def test_rewriting_to_any_values_gives_them(changes: list[Change]) -> None:
    there, target = Draft.of(REMARKED, HERE), Draft.of(REMARKED, HERE)
    for change in changes:
        apply(target, change)
    wanted = values(target.text)
    there.rewrite(wanted)
    assert values(there.text) == wanted


def test_rewriting_keeps_what_goes_without_saying_as_it_is_spelled() -> None:
    text = edited(SMALL, ("    probes:\n", "    watch_for: []\n    probes:\n"))
    there = draft(text)
    bank = there.file.bank if there.file else None
    assert isinstance(bank, Bank)
    there.rewrite(BANK.dump_python(bank, exclude_defaults=True) | {"language": "en"})
    assert there.text == text


# --- a bank that extends another ---

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
NEED: Address = ("questions", "unspoken-need")

OVERRIDES: dict[str, tuple[Address, object, str]] = {
    "a text that is overridden already": (
        (*NEED, "ask"),
        "And then?",
        edited(EXTENDING, ("What did they need?", "And then?")),
    ),
    "an inherited text": (
        ("questions", "shaped-offer", "ask"),
        "How so?",
        EXTENDING + "\n  - id: shaped-offer\n    ask: How so?\n",
    ),
    "an inherited probe's elicits": (
        (*NEED, "probes", "first-request", "elicits"),
        ["time"],
        EXTENDING + "    probes:\n      - id: first-request\n        elicits: [time]\n",
    ),
    "an inherited list": ((*NEED, "listen_for"), None, EXTENDING + "    listen_for: []\n"),
    "an inherited kit's minutes": (
        ("kits", "deep-60", "minutes"),
        50,
        EXTENDING + "\nkits:\n  - id: deep-60\n    minutes: 50\n",
    ),
}


@pytest.mark.parametrize(("address", "value", "wanted"), OVERRIDES.values(), ids=OVERRIDES)
def test_changing_what_is_inherited_writes_an_override(
    address: Address, value: object, wanted: str
) -> None:
    there = draft(EXTENDING)
    there.set(address, value)
    assert there.text == wanted
    assert there.findings == ()


def test_removing_what_is_inherited_writes_a_drop_entry() -> None:
    there = draft(EXTENDING)
    there.remove(("questions", "team-change"))
    there.remove((*NEED, "probes", "your-goal"))
    assert "drop:\n  questions: [team-change]\n  probes: [unspoken-need/your-goal]\n" in there.text
    there.remove(("competencies", "ownership"))
    assert "drop:\n  competencies: [ownership]\n  questions: [team-change]\n" in there.text
    assert there.findings == ()
    assert there.file is not None
    asked = {one.question for kit in there.file.bank.kits for one in kit.questions}
    assert "team-change" not in asked


def test_what_is_new_comes_behind_and_can_be_put_in_order() -> None:
    there = draft(EXTENDING)
    for name in ("one", "two"):
        question = {"id": name, "competency": "insight", "ask": "What?"}
        there.add(("questions",), question, after="unspoken-need")
    assert there.file is not None
    assert [one.id for one in there.file.bank.questions[-2:]] == ["two", "one"]
    there.move(("questions", "two"), after="one")
    assert [one.id for one in there.file.bank.questions[-2:]] == ["one", "two"]
    with pytest.raises(InterviewKitError, match="keeps its order from there"):
        there.move(("questions", "unspoken-need"))
    assert "# we ask it so\n  - id: unspoken-need" in there.text
    assert "title: Ours  # of all titles\n" in there.text


def test_a_kit_of_an_extending_bank_replaces_the_questions_of_the_base() -> None:
    there = draft(EXTENDING)
    there.remove(("kits", "first-45", "questions", "broken-promise"))
    assert there.file is not None
    asked = [one.question for one in there.file.bank.kit("first-45").questions]
    base = [one.question for one in shipped().bank.kit("first-45").questions]
    assert asked == [one for one in base if one != "broken-promise"]


def test_an_extending_draft_can_be_wrong_on_the_way() -> None:
    there = draft(EXTENDING)
    there.set((*NEED, "competency"), "nothing")
    assert [one.code for one in there.findings] == ["unknown-id"]
    there.set((*NEED, "competency"), "insight")
    assert there.findings == ()
