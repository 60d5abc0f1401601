"""A bank in its form for quick use is the bank that was read."""

import json

import pytest

from interviewkit.banks.json_cache import bank_from, made_ready
from interviewkit.banks.loader import parse_bank
from support import ROOT, shipped, shipped_ids

# A bank with everything that a bank may have, most of it in no bank we ship.
RICH = """
format: 1
id: rich
title: Rich
about: Everything that may be said.
language: de
version: "1"
authors: [Kai, Ines]
licence: MIT
scale: {1: schwach, 2: mittel, 3: stark}
jurisdictions: [eu, uk]
words: {customer: [Kundin], own_action: [angerufen, bin hin]}
competencies:
  - {id: c, name: C, about: About., anchors: {1: a, 2: b, 3: c}}
questions:
  - id: q
    competency: c
    kind: situational
    ask: Was tun Sie?
    listen_for: [Zahlen]
    watch_for: [Ausreden]
    anchors: {1: x, 2: y, 3: z}
    probes: [{id: p, ask: Wer noch?, elicits: [people, confirmation]}]
kits:
  - id: k
    name: K
    minutes: 10.5
    opening: {minutes: 1, say: Hallo.}
    closing: {minutes: 1.5, say: Danke.}
    questions: [{question: q, minutes: 8}]
    weights: {c: 2.5}
    must_have: {c: 2}
    panel: [{seat: Peer, focus: [c]}]
accepted: [{code: few-probes, where: q, reason: Enough.}]
"""
TEXTS = {name: shipped(name).text for name in shipped_ids()} | {"rich": RICH}


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_the_bank_that_was_read(name: str) -> None:
    bank = parse_bank(TEXTS[name], name)
    again = bank_from(made_ready(bank))
    assert again == bank
    assert again is not None
    assert repr(again) == repr(bank)  # tuples where there were tuples, elements where elements


@pytest.mark.parametrize(
    "ready",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"form":1}',
        json.dumps({"form": 1, "format": 1, "id": "x"}),
        made_ready(shipped().bank).replace('"form":2', '"form":3', 1),
        made_ready(shipped().bank).replace('"people"', '"persons"', 1),
    ],
)
def test_what_is_of_another_form_is_no_bank(ready: str) -> None:
    assert bank_from(ready) is None


def test_every_shipped_bank_is_tried() -> None:
    assert len(TEXTS) == len(list((ROOT / "question_banks").glob("*.yaml"))) + 1
