import csv
import io
import json
import re
from typing import Any

import pytest

from interviewkit.comparison.results import Comparison
from interviewkit.export.json_csv import COLUMNS, as_csv, as_json
from interviewkit.export.sanitize import columns, csv_cell, mark_controls, truncate
from interviewkit.export.text_report import as_text
from interviewkit.interview.people import Person
from interviewkit.interview.records import Recommendation
from interviewkit.storage.store import Store
from interviewkit.visible_text import visible_line
from support import ROOT, begin, complete, strict

EVERY = (
    "unspoken-need",
    "honest-feedback",
    "broken-promise",
    "account-at-risk",
    "different-buyer",
    "two-versions",
    "colleague-helped",
    "hard-feedback",
)


@pytest.fixture
def comparison(store: Store) -> Comparison:
    complete(store, dict.fromkeys(EVERY, 5), "Ada Okafor", "Priya Raman")
    complete(store, dict.fromkeys(EVERY, 1), "Ada Okafor", "Tom", recommendation=Recommendation.NO)
    complete(store, {EVERY[0]: 5, EVERY[1]: None}, "=1+1", "Priya Raman")
    complete(store, {EVERY[0]: 1}, "Bo Lind", "Tom")
    begin(store, "Bo Lind", interviewer="Priya Raman")
    return store.seen_by(Person("", "Priya Raman")).comparison(store.role("Account executive"))


def test_a_wide_terminal_gets_the_names_of_the_competencies(comparison: Comparison) -> None:
    text = as_text(comparison, 220)
    assert text.splitlines()[:5] == [
        "Account executive · 2 candidates · 3 scorecards",
        "",
        "Candidate   Place  Overall    ±  Coverage  Interviewers  Customer voice  Needs before "
        "selling  Service recovery  Keeping and growing  Customer insight  One team, one message  "
        "Leading others  Learning",
        "Ada Okafor      –      3.0  0.8     100 %             2         3.0 (2)  "
        "             3.0 (2)           3.0 (2)              3.0 (2) "
        "          3.0 (2)                3.0 (2)  "
        "       3.0 (2)   3.0 (2)",
        "=1+1            –      5.0  0.9      13 %             1               –  "
        "             5.0 (1)                 –                    – "
        "                –                      –  "
        "             –         –",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_no_line_is_wider_than_the_terminal(comparison: Comparison, width: int) -> None:
    text = as_text(comparison, width)
    assert max(columns(line) for line in text.splitlines()) <= width
    assert text.count("3.0 (2)") == 8


def test_a_narrow_terminal_gets_letters_and_a_legend(comparison: Comparison) -> None:
    text = as_text(comparison, 80)
    assert "Candidate   Place  All    ±  Cover  By        A        B" in text
    assert "All = overall, By = interviewers. A Customer voice, B Needs before selling" in text


def test_the_text_says_recommendations_withheld_spread_and_warnings(comparison: Comparison) -> None:
    text = as_text(comparison, 120)
    assert "  Ada Okafor: yes 1 · no 1\n" in text
    assert (
        "Withheld until you have submitted your own scorecard\n  Bo Lind: 1 scorecard in\n" in text
    )
    assert "  Ada Okafor: 1 to 5 on “Take me back to a sale" in text
    assert "(Priya Raman 5, Tom 1)" in text
    assert "Caveats\n  Candidates were seen by different numbers of interviewers." in text


def test_nothing_in_a_name_acts_on_the_terminal(store: Store) -> None:
    complete(store, {EVERY[0]: 5}, "Ada\x1b[31m\n\u202eoN", "Priya\x07")
    text = as_text(store.seen_by(Person("", "x")).comparison(store.role("Account executive")), 80)
    assert "Ada␛[31m <U+202E>oN" in text
    assert not any(char < " " for char in text.replace("\n", ""))


def test_must_haves_stand_in_text_and_data(store: Store) -> None:
    file = strict("customer-needs: 3")
    complete(store, {EVERY[0]: 2}, "Ada", "Priya", file=file)
    comparison = store.seen_by(Person("", "x")).comparison(store.role("Account executive"))
    assert "Must-haves\n  Needs before selling, at least 3: not met by Ada (2.0)." in as_text(
        comparison, 120
    )
    data = json.loads("".join(as_json(comparison)))
    assert [item["must_have"] for item in data["competencies"]].count(3.0) == 1
    assert data["candidates"][0]["unmet"] == ["customer-needs"]
    (least, *_) = [row for row in csv.DictReader(io.StringIO(as_csv(comparison))) if row["mean"]]
    assert least["must_have"] == "3.0"


def test_data_is_whole_and_not_rounded(comparison: Comparison) -> None:
    data = json.loads("".join(as_json(comparison)))
    assert list(data) == [
        "role",
        "scale",
        "competencies",
        "candidates",
        "noise",
        "bands",
        "agreement",
        "severity",
        "first",
        "alternatives",
        "adjusted",
        "weight_ranges",
        "least_difference",
        "reliability",
        "components",
        "withheld",
        "talk_about",
        "warnings",
    ]
    candidates = data["candidates"]
    assert isinstance(candidates, list)
    assert candidates[1]["name"] == "=1+1"
    assert candidates[1]["coverage"] == 0.125
    assert candidates[0]["recommendations"] == {
        "definitely_not": 0,
        "no": 1,
        "yes": 1,
        "definitely_yes": 0,
    }
    assert candidates[0]["scores"]["customer-needs"] == {
        "mean": 3.0,
        "n": 2,
        "standard_error": comparison.cell_error(2),
        "ratings": 2,
        "probed": 0,
        "new_detail": 0,
        "not_noted": 0,
        "not_probed": 2,
        "by_interviewer": {"Priya Raman": 5.0, "Tom": 1.0},
    }
    assert data["withheld"] == [{"name": "Bo Lind", "scorecards": 1}]


def test_each_candidate_has_a_line_in_the_text_of_json(comparison: Comparison) -> None:
    text = "".join(as_json(comparison))
    assert text.count("\n    {") >= len(comparison.candidates)


def test_too_few_to_tell_is_said_and_why(comparison: Comparison) -> None:
    text = " ".join(as_text(comparison, 100).split())
    assert "=1+1 was assessed on 1 of 8 competencies (13 % of the weight): too little" in text
    assert "with other interviewers: too few to tell (n=2)." in text
    assert "Priya Raman rated 4.00 points higher than co-raters on the same answers" in text
    assert "First now: Ada Okafor." in text


def test_csv_has_a_row_for_each_candidate_and_competency(comparison: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(comparison))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 2 * 8
    assert {row["candidate"] for row in rows} == {"'=1+1", "Ada Okafor"}
    blank = next(r for r in rows if r["candidate"] == "'=1+1" and r["competency"] == "learning")
    assert (blank["mean"], blank["n"], blank["overall"], blank["coverage"]) == (
        "",
        "0",
        "5.0",
        "0.125",
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert csv_cell(text) == f"'{text}".replace("\r", "␍")


def test_no_line_of_a_text_becomes_a_formula() -> None:
    assert csv_cell("a\n=1+1\r\n@b\n") == "a\n'=1+1\n'@b\n"
    assert csv_cell("\n-1") == "\n'-1"


def test_other_texts_stay_as_they_are_in_csv() -> None:
    assert csv_cell("O'Neill = x") == "O'Neill = x"


def test_control_characters_and_what_is_no_text_are_marked() -> None:
    assert mark_controls("a\x00b\x1bc\x7fd\te\r\nf\rg\ud800h\ufffei") == (
        "a␀b␛c␡d\te\nf\ng<U+D800>h<U+FFFE>i"
    )
    assert visible_line("a\tb\x85c") == "a␉b<U+0085>c"


def test_wide_and_combining_characters_count_as_they_show() -> None:
    assert columns("渡辺e\u0301") == 5
    assert truncate("渡辺 健一", 6) == "渡辺 …"
    assert truncate("Ada", 3) == "Ada"


def test_the_documentation_names_every_column_and_field(comparison: Comparison) -> None:
    text = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    _, fields, columns_, _ = re.split(r"^## `--.*$", text, flags=re.MULTILINE)
    assert tuple(re.findall(r"^\| `(\w+)` \|", columns_, re.MULTILINE)) == COLUMNS
    data: Any = json.loads("".join(as_json(comparison)))
    named = set(re.findall(r"`(\w+)`", fields))
    candidate = data["candidates"][0]
    cell = candidate["scores"]["learning"]
    spread = data["talk_about"][0]
    more = [data["noise"], data["agreement"], data["agreement"]["single"]]
    more += [data["severity"][0], data["alternatives"][0]]
    every = [*more, data, data["competencies"][0], data["withheld"][0], candidate, cell, spread]
    assert {name for item in every for name in item} <= named
