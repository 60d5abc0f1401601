"""Every fault of a bank file is told with its line, its column and a stable code, all at once."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.banks import loader
from interviewkit.banks.loader import parse_bank, read_bank
from interviewkit.banks.model import Bank
from interviewkit.errors import BankError, Finding, InterviewKitError
from support import ROOT

HERE = ROOT / "tests" / "banks"
SMALL = (HERE / "small.yaml").read_text(encoding="utf-8")


def faults(text: str) -> tuple[Finding, ...]:
    with pytest.raises(BankError) as caught:
        parse_bank(text, "bank.yaml")
    return caught.value.findings


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, f"{old!r} is to name one place of small.yaml"
    return SMALL.replace(old, new)


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def test_the_small_bank_is_clean() -> None:
    bank = read_bank(HERE / "small.yaml").bank
    assert [question.id for question in bank.questions] == ["broken-promise", "other-department"]


def test_a_bank_keeps_its_very_text_and_the_hash_of_it() -> None:
    file = read_bank(HERE / "small.yaml")
    assert file.text == SMALL
    assert len(file.sha256) == 64
    assert file.sha256 != read_bank(ROOT / "question_banks/customer-focused-sales.yaml").sha256


# One fault each: what is put in place of what, the code, where it is shown, what is said.
SINGLE = {
    "a misspelt field": (
        "        ask: Who else",
        "        aks: Who else",
        "unknown-field",
        "aks:",
        "aks is not a field here; did you mean ask?",
    ),
    "a field no model has": (
        "    minutes: 15",
        "    minutes: 15\n    zzz: 1",
        "unknown-field",
        "zzz",
        "zzz is not a field here",
    ),
    "a field left out": (
        "  - id: recovery\n    name: Recovery\n",
        "  - id: recovery\n",
        "missing-field",
        "id: recovery\n    about",
        "competencies.name is missing",
    ),
    "a misspelt element": (
        "[own_action]",
        "[own_actoin]",
        "unknown-value",
        "own_actoin",
        "cannot be 'own_actoin'; did you mean own_action?; it is one of 'situation', 'task'",
    ),
    "a kind there is not": (
        "past_behaviour",
        "past",
        "unknown-value",
        "past\n",
        "'past_behaviour', 'situational', 'background' or 'role_play'",
    ),
    "a rating there is not": (
        "      5: five\n",
        "      5: five\n      6: six\n",
        "unknown-value",
        "6: six",
        "cannot be 6; it is one of 1, 2, 3, 4 or 5",
    ),
    "a format of another time": ("format: 1", "format: 2", "unknown-value", "2\nid", "always 1"),
    "an id with capitals and spaces": (
        "id: first-step",
        "id: First Step",
        "bad-id",
        "First Step",
        "'First Step' is not an id: lower-case letters, digits, single hyphens",
    ),
    "a language in full": (
        "language: en",
        "language: english",
        "bad-value",
        "english",
        "two letters, such as en or de",
    ),
    "a number for a title": (
        "title: A small bank",
        "title: 14",
        "wrong-type",
        "14",
        "put it in quotes",
    ),
    "a fraction for a version": (
        'version: "1.0"',
        "version: 1.0",
        "wrong-type",
        "1.0",
        "put it in quotes",
    ),
    "true for a title": (
        "title: A small bank",
        "title: true",
        "wrong-type",
        "true",
        "put it in quotes",
    ),
    "a number for an anchor": (
        "      3: three\n",
        "      3: 33\n",
        "wrong-type",
        "33",
        "put it in quotes",
    ),
    "one word where a list belongs": (
        "[own_action]",
        "own_action",
        "wrong-type",
        "own_action",
        "questions.probes.elicits",
    ),
    "text where a probe belongs": (
        "    probes:\n",
        "    probes:\n      - hello\n",
        "wrong-type",
        "hello",
        "questions.probes",
    ),
    "an empty title": (
        "title: A small bank",
        "title: ''",
        "bad-value",
        "''",
        "title",
    ),
    "an empty list": ("[own_action]", "[]", "bad-value", "[]", "needs at least one item"),
    "no minutes at all": ("minutes: 15", "minutes: 0", "bad-value", "0\n    questions", "minutes"),
    "minutes without an end": (
        "minutes: 15",
        "minutes: 1e999",
        "bad-value",
        "1e999",
        "finite",
    ),
    "a weight below zero": ("recovery: 2", "recovery: -1", "bad-value", "-1", "weights.recovery"),
    "a must-have beyond the scale": (
        "    weights:\n",
        "    must_have: {recovery: 6}\n    weights:\n",
        "bad-value",
        "6",
        "recovery must have 6, but the scale ends at 5",
    ),
    "a must-have of nothing": (
        "    weights:\n",
        "    must_have: {recovry: 3}\n    weights:\n",
        "unknown-id",
        "3",
        "there is no competency recovry; did you mean recovery?",
    ),
    "minutes in YAML 1.1's base sixty": (
        "minutes: 15",
        "minutes: 1:30",
        "bad-value",
        "1:30",
        "it should be a number, not '1:30'",
    ),
    "a competency there is not": (
        "competency: recovery",
        "competency: recovrey",
        "unknown-id",
        "recovrey",
        "there is no competency recovrey; did you mean recovery?",
    ),
    "a question there is not": (
        "question: other-department",
        "question: other-departments",
        "unknown-id",
        "other-departments",
        "there is no question other-departments; did you mean other-department?",
    ),
    "a weight for nothing": (
        "recovery: 2",
        "recovrey: 2",
        "unknown-id",
        "2\n",
        "did you mean recovery?",
    ),
    "a probe's id twice": (
        "id: who-knew",
        "id: first-step",
        "duplicate-id",
        "first-step\n        ask: Who",
        "first-step is already in this list",
    ),
    "a question's id twice": (
        "id: other-department\n",
        "id: broken-promise\n",
        "duplicate-id",
        "broken-promise\n    competency: ownership",
        "broken-promise is already in this list",
    ),
    "a question asked twice in a kit": (
        "question: other-department",
        "question: broken-promise",
        "duplicate-id",
        "broken-promise\n        minutes: 5",
        "is already in this list",
    ),
    "a key twice": (
        "title: A small bank",
        "title: A small bank\ntitle: Another",
        "duplicate-key",
        "title: Another",
        "title is already given on line 3",
    ),
    "an anchor left out": (
        "      3: three\n",
        "",
        "anchors-missing",
        "1: one\n      2: two\n      4",
        "no anchor for 3; each rating needs one",
    ),
    "several anchors left out": (
        "{1: one, 2: two, 3: three, 4: four, 5: five}",
        "{2: two}",
        "anchors-missing",
        "{2: two}",
        "no anchor for 1, 3, 4, 5;",
    ),
    "a list for a name": (
        "title: A small bank",
        "title: A small bank\n? [a, b]\n: c",
        "wrong-type",
        "[a, b]",
        "a name must be one word",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "code", "mark", "words"), SINGLE.values(), ids=SINGLE.keys()
)
def test_a_fault_is_told_where_it_stands(
    old: str, new: str, code: str, mark: str, words: str
) -> None:
    text = changed(old, new)
    own = [problem for problem in faults(text) if problem.code == code]
    assert len(own) == 1
    found = text.index(new) if new else 0
    at = found + text[found:].index(mark)
    before = text[:at]
    expected = (before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)
    assert (own[0].line, own[0].column) == expected
    assert words in own[0].message


@pytest.mark.parametrize("name", ["a misspelt element", "no minutes at all", "a key twice"])
def test_one_fault_is_told_once(name: str) -> None:
    old, new, code, *_ = SINGLE[name]
    assert [problem.code for problem in faults(changed(old, new))] == [code]


def test_twelve_faults_in_one_file_are_told_in_one_run_each_at_its_line() -> None:
    with pytest.raises(BankError) as caught:
        read_bank(HERE / "twelve-faults.yaml")
    told = [(problem.line, problem.code) for problem in caught.value.findings]
    assert told == [
        (1, "unknown-value"),
        (2, "bad-id"),
        (3, "wrong-type"),
        (5, "bad-value"),
        (7, "unknown-field"),
        (11, "duplicate-key"),
        (13, "anchors-missing"),
        (16, "unknown-id"),
        (17, "unknown-value"),
        (23, "duplicate-id"),
        (25, "unknown-value"),
        (29, "bad-value"),
    ]
    assert caught.value.message.endswith("12 problems, so the bank is not used.")
    first = caught.value.hint.splitlines()[0]
    assert first.startswith(f"{HERE / 'twelve-faults.yaml'}:1:9 unknown-value ")


def test_a_reference_is_not_blamed_when_the_id_it_names_has_been_left_out() -> None:
    text = changed("  - id: ownership\n    name:", "  - name:")
    assert [problem.code for problem in faults(text)] == ["missing-field"]


@pytest.mark.parametrize(
    "value", ["no", "Yes", "off", "1:30", "014", "0x1F", "1e5", "1_000", "2026-03-02", "=", "<<"]
)
def test_the_surprises_of_yaml_1_1_stay_the_text_they_look_like(value: str) -> None:
    assert parse_bank(changed("title: A small bank", f"title: {value}"), "x").title == value


def test_an_anchor_in_quotes_is_told_to_be_no_rating() -> None:
    (problem,) = faults(changed("      3: three\n", '      "3": three\n'))
    assert problem.code == "unknown-value"
    assert problem.line == 14


def test_an_alias_is_refused_at_the_line_where_it_is_used() -> None:
    text = changed("ask: Tell me about a promise", "ask: &same Tell me about a promise")
    text = text.replace(
        "ask: Tell me about a time when another department had to help.", "ask: *same"
    )
    (problem,) = faults(text)
    assert (problem.code, problem.line, problem.column) == ("alias", 35, 10)
    assert "write the value out here" in problem.message


def test_an_alias_of_itself_ends() -> None:
    assert "alias" in {problem.code for problem in faults("about: &a\n  b: *a\n")}


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(20)
    )
    began = time.process_time()
    assert "alias" in {problem.code for problem in faults(bomb)}
    assert time.process_time() - began < 2  # nine to the twentieth would never end


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("\ttitle: x\n", 1, 1), ("title: x\nkits:\n\tid: y\n", 3, 1)],
    ids=["at the start", "as indentation"],
)
def test_a_tab_is_named_as_the_culprit(text: str, line: int, column: int) -> None:
    (problem,) = faults(text)
    assert (problem.code, problem.line, problem.column) == ("yaml", line, column)
    assert "tab" in problem.message


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs"])
def test_an_unfinished_merge_is_named_at_its_line(mark: str) -> None:
    (problem,) = faults(changed("about: Two", f"{mark}\nabout: Two"))
    assert (problem.code, problem.line, problem.column) == ("merge-conflict", 4, 1)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("title: A small: bank\n", 1, 15),
        ("title: x\nabout: [a\n", 2, 8),
        ("title: *nobody\n", 1, 8),
        ("a: b\n---\nc: d\n", 2, 1),
    ],
    ids=["a colon too many", "an open bracket", "an alias of nothing", "two documents"],
)
def test_what_is_not_yaml_is_told_where_to_mend_it(text: str, line: int, column: int) -> None:
    (problem,) = faults(text)
    assert (problem.code, problem.line, problem.column) == ("yaml", line, column)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: A small: bank\n", 1, "the text contains a colon and a space: put it in quotes"),
        ('title: "x\nabout: y\n', 1, "the quotes that open here are never closed"),
        ("title: x\nkits: [a, b\nid: y\n", 2, "the bracket that opens here is not closed"),
        ("title: x\nabout:y\nid: z\n", 2, "a field name needs a colon and a space after it"),
        ("kits:\n  - id: a\n   name: b\n", 3, "this line is indented too far or too little"),
        ("kits:\n    - id: a\n   - id: b\n", 3, "this line is indented too far or too little"),
        ('title: "A" bank\n', 1, "there is text after closing quotes"),
        ("title: @home\n", 1, "a text cannot start with this character"),
        ('title: "C:\\q"\n', 1, "a backslash within double quotes"),
    ],
)
def test_a_slip_in_yaml_is_told_in_a_trainers_words(text: str, line: int, words: str) -> None:
    (problem,) = faults(text)
    assert (problem.code, problem.line) == ("yaml", line)
    assert words in problem.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format: 1", "format: 9", "format cannot be 9; it is always 1"),
        ("minutes: 15", "minutes: soon", "it should be a number, not 'soon'"),
        ("[own_action]", "own_action", "it should be a list ([a, b], or"),
        ("title: A small bank", "title:", "title has no value; it should be a text"),
        ("title: A small bank", "title: true", "title: it should be a text, not true; put it in q"),
        ("title: A small bank", "title: {a: b}", "it should be a text, not names with values"),
        ("    probes:\n", "    probes:\n      - hello\n", "(name: value), not 'hello'"),
    ],
)
def test_a_value_of_another_kind_is_told_in_a_trainers_words(
    old: str, new: str, words: str
) -> None:
    assert any(words in problem.message for problem in faults(changed(old, new)))


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n"])
def test_an_empty_file_is_called_empty(text: str) -> None:
    assert [problem.code for problem in faults(text)] == ["empty"]


@pytest.mark.parametrize("text", ["hello\n", "[]\n", "42\n", "null\n"])
def test_a_file_that_is_no_bank_at_all_is_told_so(text: str) -> None:
    (problem,) = faults(text)
    assert (problem.code, problem.line, problem.column) == ("wrong-type", 1, 1)


def test_a_control_character_is_refused() -> None:
    assert [problem.code for problem in faults("title: a\x00b\n")] == ["yaml"]


def test_half_a_surrogate_pair_is_refused() -> None:
    (problem,) = faults("title: x\nabout: \ud800\n")
    assert (problem.code, problem.line) == ("not-utf8", 2)


@pytest.mark.parametrize("depth", [60, 900, 5_000, 300_000])
@pytest.mark.parametrize("opens", ["[", "{a: ", "- ", "? "])
def test_a_file_nested_without_end_is_refused_and_nothing_overflows(opens: str, depth: int) -> None:
    closes = {"[": "]", "{a: ": "}"}.get(opens, "")
    assert faults(opens * depth + "x" + closes * depth)


def test_a_value_nested_too_deeply_is_told_at_its_line() -> None:
    text = changed("title: A small bank", f"title: {nested(80)}")
    assert ("yaml", 3) in {(problem.code, problem.line) for problem in faults(text)}


def test_many_brackets_that_are_not_nested_are_no_fault() -> None:
    text = changed("Tell me about a promise", "Tell me " + "[" * 1900)
    many = text + "# " + "[" * 6000 + "\n"
    assert parse_bank(many, "x").question("broken-promise").ask.count("[") == 1900


class TestFiles:
    def test_bytes_that_are_not_utf_8_are_told_at_their_line_and_column(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "latin.yaml"
        path.write_bytes("format: 1\ntitle: Gespräche\n".encode("latin-1"))
        with pytest.raises(BankError) as caught:
            read_bank(path)
        (problem,) = caught.value.findings
        assert (problem.code, problem.line, problem.column) == ("not-utf8", 2, 13)

    def test_a_byte_order_mark_is_no_fault(self, tmp_path: Path) -> None:
        path = tmp_path / "mark.yaml"
        path.write_text(SMALL, encoding="utf-8-sig")
        assert read_bank(path).bank.id == "small"

    def test_windows_line_ends_are_no_fault(self, tmp_path: Path) -> None:
        path = tmp_path / "windows.yaml"
        path.write_bytes(SMALL.replace("\n", "\r\n").encode())
        assert read_bank(path).bank == read_bank(HERE / "small.yaml").bank

    def test_a_file_too_large_is_refused_unread(self, tmp_path: Path) -> None:
        path = tmp_path / "large.yaml"
        path.write_text(SMALL + "#" * loader.LARGEST, encoding="utf-8")
        with pytest.raises(BankError) as caught:
            read_bank(path)
        assert [problem.code for problem in caught.value.findings] == ["too-large"]

    @pytest.mark.parametrize("name", ["missing.yaml", "."])
    def test_a_file_that_cannot_be_opened_is_told_so(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(InterviewKitError, match="cannot be read"):
            read_bank(tmp_path / name)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(WORDS)
def test_no_text_whatever_raises_anything_but_a_bank_error(text: str) -> None:
    with pytest.raises(BankError):
        parse_bank(text, "x")


@given(st.text("[]{}:,-?&*!|>'\"%@`#\n\t ab1.~=<", max_size=60))
def test_no_heap_of_signs_raises_anything_but_a_bank_error(text: str) -> None:
    with pytest.raises(BankError):
        parse_bank(text, "x")


@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 40),
    st.sampled_from(["", ":", "\n", "  ", "- ", "*a", "&a ", "{", "]", "'", "no", "\t", "1", "é"]),
)
def test_a_mangled_bank_is_a_bank_or_a_bank_error_with_places_in_the_file(
    start: int, width: int, put: str
) -> None:
    text = SMALL[:start] + put + SMALL[start + width :]
    try:
        assert isinstance(parse_bank(text, "x"), Bank)
    except BankError as error:
        lines = text.count("\n") + 1
        assert error.findings
        assert all(1 <= problem.line <= lines + 1 for problem in error.findings)


TREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab-1é", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["format", "id", "title", "competencies", "questions", "kits", "language"]


@given(st.sampled_from(FIELDS), TREE, st.sampled_from(["", "anchors", "probes", "weights"]))
def test_a_field_of_any_other_shape_raises_nothing_but_a_bank_error(
    field: str, value: object, inside: str
) -> None:
    data = yaml.safe_load(SMALL)
    if inside and isinstance(data[field], list):
        data[field][0][inside] = value
    else:
        data[field] = value
    try:
        parse_bank(yaml.safe_dump(data, allow_unicode=True), "x")
    except BankError as error:
        assert error.findings
