"""The counts of weak phrases: each is found where it is, and our own banks have next to none."""

import subprocess
import sys
from typing import Any

import pytest
import yaml

import bank_counts
from support import ROOT, shipped, shipped_ids

WEAK = """
competencies:
  - id: ownership
    anchors: {1: Names no step taken, 2: Asked once, 3: Had the rule changed}
questions:
  - id: lent
    competency: ownership
    ask: Tell me about a promise. What did you do?
    probes:
      - {id: asked, ask: "When was it, and who was there?", elicits: [time]}
      - {id: recalled, ask: "Who would remember it?", elicits: [confirmation]}
  - id: supposed
    competency: ownership
    kind: situational
    ask: Imagine a customer calls. What do you do first?
    anchors: {1: Waits for another call, 2: Calls back, 3: Calls back in time}
    probes:
      - {id: before, ask: "When did you last have such a call?", elicits: [time]}
kits:
  - {id: short, questions: [{question: lent}], panel: [{seat: Manager, focus: [ownership]}]}
"""


def counts(text: str) -> dict[str, int]:
    bank: dict[str, Any] = yaml.safe_load(text)
    return bank_counts.count(bank)


def test_each_weakness_is_counted_once() -> None:
    assert counts(WEAK) == {
        "questions": 2,
        "probes": 3,
        "ladders": 2,
        "bigger mandate": 1,
        "level 1 untold": 1,
        "borrowed": 1,
        "two in a probe": 1,
        "what did you do": 1,
        "same memory": 1,
        "left the situation": 1,
        "without a kit": 1,
        "panels": 1,
    }


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_the_banks_we_ship_keep_to_what_their_trainers_are_told(bank_id: str) -> None:
    figures = counts(shipped(bank_id).text)
    assert figures["level 1 untold"] == figures["borrowed"] == figures["without a kit"] == 0
    assert figures["two in a probe"] == figures["left the situation"] == 0
    assert figures["what did you do"] <= figures["questions"] / 5
    assert figures["same memory"] <= 2
    assert figures["panels"] >= 3


def test_it_prints_a_row_for_each_bank() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "bank_counts.py")]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    rows = [line.split()[0] for line in printed.splitlines() if "-" in line]
    assert rows == shipped_ids()
