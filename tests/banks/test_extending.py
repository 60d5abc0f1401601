"""A bank that builds on another: replaced, added, dropped, at every level, and told by its file."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from interviewkit.banks.loader import BankFile, parse_bank, read_bank
from interviewkit.errors import BankError, Finding
from support import ROOT, shipped

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
HEAD = "format: 1\nid: ours\nextends: small\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(folder))
    return folder


def read(own: Path, text: str, name: str = "ours.yaml") -> BankFile:
    (own / name).write_text(text, encoding="utf-8")
    return read_bank(own / name)


def faults(own: Path, text: str) -> tuple[Finding, ...]:
    with pytest.raises(BankError) as caught:
        read(own, text)
    return caught.value.findings


def test_what_is_not_named_stays_as_it_is(own: Path) -> None:
    file, base = read(own, HEAD), parse_bank(SMALL, "x")
    assert file.extends
    assert file.bank == replace(base, id="ours")


def test_a_field_is_replaced_at_every_level(own: Path) -> None:
    bank = read(
        own,
        f"{HEAD}title: Ours\n"
        "competencies: [{id: ownership, name: Owning}]\n"
        "questions: [{id: broken-promise, probes: [{id: who-knew, ask: Who knew?}]}]\n"
        "kits: [{id: short, minutes: 20, weights: {ownership: 3}}]\n",
    ).bank
    assert (bank.title, bank.competency("ownership").name) == ("Ours", "Owning")
    assert bank.competency("ownership").anchors[3] == "three"
    probes = bank.question("broken-promise").probes
    assert [(p.id, p.ask) for p in probes][1] == ("who-knew", "Who knew?")
    assert len(probes[1].elicits) == 2
    kit = bank.kit("short")
    assert (kit.minutes, kit.weights, len(kit.questions)) == (20, {"ownership": 3}, 2)


def test_what_is_new_comes_behind(own: Path) -> None:
    new = "[{id: a, competency: ownership, ask: A?}, {id: broken-promise, probes: "
    bank = read(own, f"{HEAD}questions: {new}[{{id: p, ask: P?, elicits: [time]}}]}}]\n").bank
    assert [q.id for q in bank.questions] == ["broken-promise", "other-department", "a"]
    assert [p.id for p in bank.questions[0].probes] == ["first-step", "who-knew", "p"]


def test_a_dropped_question_leaves_the_kits_and_a_probe_its_question(own: Path) -> None:
    drop = "drop: {questions: [other-department], probes: [broken-promise/who-knew]}\n"
    bank = read(own, HEAD + drop).bank
    assert [entry.question for entry in bank.kit("short").questions] == ["broken-promise"]
    assert [probe.id for probe in bank.question("broken-promise").probes] == ["first-step"]


def test_a_dropped_competency_takes_its_questions_and_weights(own: Path) -> None:
    bank = read(own, f"{HEAD}drop: {{competencies: [recovery]}}\n").bank
    assert [question.id for question in bank.questions] == ["other-department"]
    assert [entry.question for entry in bank.kits[0].questions] == ["other-department"]
    assert bank.kits[0].weights == {}


def test_a_chain_is_one_bank(own: Path) -> None:
    read(own, f"{HEAD}title: Second\n")
    third = "format: 1\nid: third\nextends: ours\nabout: Third.\n"
    bank = read(own, third, "third.yaml").bank
    assert (bank.id, bank.title, bank.about) == ("third", "Second", "Third.")


def test_the_kept_text_is_whole_and_reads_back_equal(own: Path) -> None:
    file = read(own, f"{HEAD}title: 'no'\nversion: '014'\n")
    assert "extends" not in yaml.safe_load(file.text)
    assert parse_bank(file.text, "x") == file.bank


def test_a_bank_under_a_shipped_id_builds_on_the_shipped_one(own: Path) -> None:
    text = "format: 1\nid: sales-leadership\nextends: sales-leadership\ntitle: Ours\n"
    bank = read(own, text, "mine.yaml").bank
    assert (bank.title, bank.questions) == ("Ours", shipped("sales-leadership").bank.questions)


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        (HEAD.replace("small", "smal"), "unknown-id", 3, "Did you mean small?"),
        (f"{HEAD}drop: {{questions: [other]}}\n", "unknown-id", 4, "no other among its questions"),
        (f"{HEAD}drop: {{probes: [a/b]}}\n", "unknown-id", 4, "no probe a/b"),
        (f"{HEAD}colour: red\n", "unknown-field", 4, "colour is not a field here"),
        (f"{HEAD}questions: [{{id: a, ask: A?}}]\n", "missing-field", 4, "competency is missing"),
    ],
    ids=["base", "dropped question", "dropped probe", "field", "half a question"],
)
def test_a_fault_is_told_at_its_line(
    own: Path, text: str, code: str, line: int, words: str
) -> None:
    (found,) = faults(own, text)
    assert (found.code, found.line) == (code, line)
    assert words in found.message


def test_a_circle_is_told(own: Path) -> None:
    circle = SMALL.replace("id: small\n", "id: small\nextends: ours\n", 1)
    (own / "small.yaml").write_text(circle, encoding="utf-8")
    assert {found.code for found in faults(own, HEAD)} <= {"circular", "base-unusable"}


def test_a_base_with_faults_is_told_to_be_checked_first(own: Path) -> None:
    (own / "small.yaml").write_text(SMALL.replace("minutes: 15", "minutes: 0"), encoding="utf-8")
    (found,) = faults(own, HEAD)
    assert (found.code, found.line) == ("base-unusable", 3)
    assert "small.yaml" in found.message


def test_a_fault_in_what_is_inherited_names_the_bases_file_and_line(own: Path) -> None:
    scale = f"{HEAD}scale: {{1: low, 2: middle, 3: high}}\n"
    found = [one for one in faults(own, scale) if "ownership" not in one.path]
    assert {one.path for one in found} == {str(own / "small.yaml")}
    assert {one.code for one in found} == {"unknown-value"}
    assert SMALL.splitlines()[found[0].line - 1] == "      4: four"


def test_a_part_is_no_bank_for_the_records() -> None:
    with pytest.raises(BankError) as caught:
        parse_bank(HEAD, "x")
    assert [one.code for one in caught.value.findings] == ["not-whole"]


@pytest.mark.parametrize("points", [3, 4, 6, 7])
def test_a_scale_has_three_to_seven_points(points: int) -> None:
    data = yaml.safe_load(SMALL)
    data["scale"] = {n: f"point {n}" for n in range(1, points + 1)}
    for competency in data["competencies"]:
        competency["anchors"] = {n: f"seen {n}" for n in range(1, points + 1)}
    assert parse_bank(yaml.safe_dump(data), "x").ratings == tuple(range(1, points + 1))


@pytest.mark.parametrize("scale", ["{1: a, 2: b}", "{1: a, 2: b, 4: c}", "{0: a, 1: b, 2: c}"])
def test_another_scale_is_refused(scale: str) -> None:
    with pytest.raises(BankError) as caught:
        parse_bank(SMALL + f"scale: {scale}\n", "x")
    assert "bad-scale" in {one.code for one in caught.value.findings}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("accepted: [{code: too-long, where: nobody, reason: Ours.}]\n", "unknown-id"),
        ("jurisdictions: [usa]\n", "unknown-value"),
        ("    panel: [{seat: Peer, focus: [ownershp]}]\n", "unknown-id"),
    ],
)
def test_names_that_lead_nowhere_are_told(more: str, code: str) -> None:
    with pytest.raises(BankError) as caught:
        parse_bank(SMALL + more, "x")
    assert [one.code for one in caught.value.findings] == [code]
