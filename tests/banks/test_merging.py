"""Two changes of one bank: joined where they touch different entries, else named."""

from typing import Any

import pytest

from interviewkit.banks.text.three_way_merge import merge_values


def question(name: str, ask: str, *probes: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "ask": ask, "probes": list(probes)}


def bank(*questions: dict[str, Any], title: str = "A bank") -> dict[str, Any]:
    return {"title": title, "questions": list(questions)}


PROBE = {"id": "when", "ask": "When?"}
A, B, C = question("a", "A?", PROBE), question("b", "B?"), question("c", "C?")
BASE = bank(A, B)
LATER = {**PROBE, "ask": "When was that?"}
MERGES = {
    "another entry": (bank(A, B, title="Mine"), bank(A, question("b", "Theirs?"))),
    "a probe of a question that was reworded": (
        bank(question("a", "Mine?", PROBE), B),
        bank(question("a", "A?", LATER), B),
    ),
    "new ones on both sides": (bank(A, C, B), bank(question("d", "D?"), A, B)),
    "one gone, another new": (bank(B), bank(A, B, C)),
    "an order and a text": (bank(B, A), bank(A, question("b", "Theirs?"))),
    "the same twice": (bank(A, C), bank(A, C)),
}
MERGED = {
    "another entry": bank(A, question("b", "Theirs?"), title="Mine"),
    "a probe of a question that was reworded": bank(question("a", "Mine?", LATER), B),
    "new ones on both sides": bank(question("d", "D?"), A, C, B),
    "one gone, another new": bank(B, C),
    "an order and a text": bank(question("b", "Theirs?"), A),
    "the same twice": bank(A, C),
}


@pytest.mark.parametrize("case", MERGES)
def test_changes_of_different_entries_are_joined(case: str) -> None:
    mine, theirs = MERGES[case]
    assert merge_values(BASE, mine, theirs) == (MERGED[case], ())


CONFLICTS = {
    "one text in two ways": (
        bank(question("a", "Mine?", PROBE), B),
        bank(question("a", "Theirs?", PROBE), B),
        ("questions", "a"),
    ),
    "a probe in two ways": (
        bank(question("a", "A?", LATER), B),
        bank(question("a", "A?", {**PROBE, "ask": "Which day?"}), B),
        ("questions", "a", "probes", "when"),
    ),
    "one gone that the other reworded": (
        bank(B),
        bank(question("a", "Theirs?", PROBE), B),
        ("questions", "a"),
    ),
    "the head": (bank(A, B, title="Mine"), bank(A, B, title="Theirs"), ("title",)),
    "two orders": (bank(B, A, C), bank(B, C, A), ("questions",)),
    "an id twice": (bank(A, A), bank(A, B, C), ("questions",)),
}


@pytest.mark.parametrize(("mine", "theirs", "address"), CONFLICTS.values(), ids=CONFLICTS)
def test_an_entry_that_both_changed_is_named(
    mine: dict[str, Any], theirs: dict[str, Any], address: tuple[str, ...]
) -> None:
    base = bank(A, B, C) if address == ("questions",) and len(mine["questions"]) == 3 else BASE
    assert merge_values(base, mine, theirs)[1] == (address,)
