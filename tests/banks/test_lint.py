"""Each code fires on its fixture and its bad example, alone, and on nothing we ship."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewkit.banks.elements import Element
from interviewkit.banks.lint import READING, RULES
from interviewkit.banks.lint.language import lists
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.lint.topics import topics
from interviewkit.banks.loader import read_bank
from interviewkit.errors import BankError
from support import ROOT, shipped, shipped_ids

HERE = ROOT / "tests" / "banks" / "lint"
CLEAN = HERE / "clean.yaml"
PAGE = (ROOT / "docs" / "bank-lint.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^(Bad|Good):\n\n```yaml\n(.*?)```", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(PAGE))


def codes(path: Path) -> set[str]:
    return {finding.code for finding in lint(read_bank(path))}


def examples() -> Iterator[tuple[str, str, str]]:
    for code, section in SECTIONS.items():
        for kind, text in EXAMPLE.findall(section):
            yield code, kind, text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    (tmp_path / "clean.yaml").write_bytes(CLEAN.read_bytes())
    return tmp_path


def changed(folder: Path, text: str) -> Path:
    path = folder / "changed.yaml"
    path.write_text(f"format: 1\nid: changed\nextends: clean\n{text}", encoding="utf-8")
    return path


def asked(folder: Path, ask: str, language: str = "en") -> set[str]:
    text = f"language: {language}\nquestions:\n  - id: broken-promise\n    ask: {ask!r}\n"
    return codes(changed(folder, text))


def test_the_bank_that_examples_change_is_clean() -> None:
    assert codes(CLEAN) == set()


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_nothing_is_found_in_the_banks_we_ship(bank_id: str) -> None:
    assert lint(shipped(bank_id)) == []


def test_rules_sections_and_fixtures_name_the_same_codes() -> None:
    assert set(SECTIONS) == set(RULES)
    assert {path.stem for path in HERE.glob("*.yaml")} == {*RULES, "clean"}


@pytest.mark.parametrize("code", RULES)
def test_a_code_fires_alone_on_its_fixture_at_its_level(code: str) -> None:
    found = lint(read_bank(HERE / f"{code}.yaml"))
    assert {(one.code, one.level) for one in found} == {(code, RULES[code].level)}


@pytest.mark.parametrize("code", RULES)
def test_a_section_says_the_level_and_title_and_shows_both_examples(code: str) -> None:
    rule = RULES[code]
    assert f"**{rule.level.capitalize()}: {rule.title}.**" in SECTIONS[code]
    assert [kind for kind, _ in EXAMPLE.findall(SECTIONS[code])] == ["Bad", "Good"]


@pytest.mark.parametrize(("code", "kind", "text"), examples())
def test_a_bad_example_fires_and_a_good_one_does_not(
    code: str, kind: str, text: str, folder: Path
) -> None:
    assert codes(changed(folder, text)) == ({code} if kind == "Bad" else set())


def test_every_fault_of_reading_is_named_in_the_page_and_none_is_missing() -> None:
    assert set(re.findall(r"`([a-z0-9-]+)`", PAGE.split("## Faults of the file")[1])) == set(
        READING
    )
    source = "".join(
        (ROOT / "src/interviewkit/banks" / name).read_text(encoding="utf-8")
        for name in ("validation.py", "loader.py", "text/yaml_nodes.py", "inheritance/merge.py")
    )
    assert all(f'"{code}"' in source for code in READING)


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_language_knows_only_topics_with_a_reason(language: str) -> None:
    assert set(lists(language).instead) <= set(topics())


@pytest.mark.parametrize(
    "ask",
    [
        "How old was the account when you took it over?",
        "How much did you earn for the company with that deal?",
        "Where did the lead come from?",
        "What did the union at the plant say to your offer?",
        "Which languages do you speak well enough to sell in?",
        "What pay do you expect?",
    ],
)
def test_what_only_sounds_like_a_topic_is_left_alone(ask: str, folder: Path) -> None:
    assert "off-limits" not in asked(folder, ask)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ("Sind Sie verheiratet?", "off-limits"),
        ("Was haben Sie zuletzt verdient?", "off-limits"),
        ("Würden Sie nicht auch sagen, dass Kunden zuerst kommen, oder?", "closed"),
        ("Was würden Sie tun, wenn ein Kunde kündigt?", "hypothetical"),
        ("Warum haben Sie das nicht gemeldet?", "accusing"),
        ("Wie gehen Sie mit Absagen um?", "general"),
        ("Was sind Ihre Stärken und Schwächen?", "double-barrelled"),
    ],
)
def test_german_is_looked_at_with_german_words(ask: str, code: str, folder: Path) -> None:
    assert code in asked(folder, ask, "de")


def test_jurisdictions_decide_which_topics_count(folder: Path) -> None:
    text = "questions:\n  - id: broken-promise\n    ask: What is your current salary?\n"
    assert codes(changed(folder, f"jurisdictions: [uk]\n{text}")) == set()
    (found,) = lint(read_bank(changed(folder, f"jurisdictions: [eu]\n{text}")))
    assert "EU: employers may not ask for pay history (Directive 2023/970" in found.message
    assert "US:" not in found.message
    assert "Ask instead: what pay the person expects" in found.message


def test_a_finding_stands_at_the_line_of_the_words(folder: Path) -> None:
    path = changed(folder, "questions:\n  - id: broken-promise\n    ask: Are you honest?\n")
    assert {(one.line, one.column) for one in lint(read_bank(path))} == {(6, 10)}


def test_only_what_an_extending_file_says_itself_is_told(folder: Path) -> None:
    (folder / "clean.yaml").write_text(
        CLEAN.read_text(encoding="utf-8").replace("Tell me about a promise", "Did you break it"),
        encoding="utf-8",
    )
    assert codes(changed(folder, "title: Another\n")) == set()


def test_an_acceptance_elsewhere_does_not_hide_a_finding(folder: Path) -> None:
    text = (
        "questions:\n  - id: broken-promise\n    ask: How do you handle an unhappy customer?\n"
        "accepted:\n  - code: general\n    where: other-department\n    reason: On purpose.\n"
    )
    assert codes(changed(folder, text)) == {"general", "unused-acceptance"}


def test_an_unknown_code_is_told_with_the_nearest(folder: Path) -> None:
    text = "accepted:\n  - code: leadin\n    reason: On purpose.\n"
    (found,) = lint(read_bank(changed(folder, text)))
    assert found.message == "there is no code leadin; did you mean leading?"


@pytest.mark.parametrize(
    ("shown", "name"),
    [("when", "time"), ("who", "people"), ("number", "numbers"), ("could confirm", "confirmation")],
)
def test_an_element_by_an_everyday_name_is_told_as_files_call_it(
    shown: str, name: str, folder: Path
) -> None:
    probe = f"{{id: setting, elicits: [{shown}]}}"
    text = f"questions:\n  - id: broken-promise\n    probes:\n      - {probe}\n"
    with pytest.raises(BankError) as told:
        read_bank(changed(folder, text))
    assert f"cannot be '{shown}'; did you mean {name}?" in str(told.value)


def test_elements_that_no_probe_asks_for_are_named_as_in_the_file() -> None:
    (found,) = lint(read_bank(HERE / "element-not-elicited.yaml"))
    names = found.message.removeprefix("no probe asks for: ").replace(" and ", ", ").split(", ")
    assert set(names) <= {element.value for element in Element}
