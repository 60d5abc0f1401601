"""Places in a file and the parts of the bank that stand there."""

import pytest

from interviewkit.banks.finding_locations import Addresses, within
from interviewkit.banks.text.paths import Address
from interviewkit.banks.text.yaml_nodes import read_positions
from interviewkit.errors import BankError
from support import ROOT, shipped

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
PROBE = ("questions", "broken-promise", "probes", "who-knew")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("A small bank", ("title",)),
        ("id: broken-promise", ("questions", "broken-promise")),
        ("Tell me about a promise", ("questions", "broken-promise", "ask")),
        ("id: who-knew", PROBE),
        ("[people, confirmation]", (*PROBE, "elicits")),
        ("confirmation]", (*PROBE, "elicits", 1)),
        ("three\n", ("competencies", "ownership", "anchors", 3)),
        ("question: other-department", ("kits", "short", "questions", "other-department")),
        ("2\n", ("kits", "short", "weights", "recovery")),
    ],
)
def test_a_place_leads_to_the_part_that_begins_there(words: str, address: Address) -> None:
    at = SMALL.rindex(words)
    line, column = SMALL.count("\n", 0, at) + 1, at - SMALL.rfind("\n", 0, at)
    places = Addresses(read_positions(SMALL, "small.yaml"))
    assert places.at(line, column) == address
    assert places.line(address) == line


def test_between_two_parts_it_is_the_one_that_began_last() -> None:
    places = Addresses(read_positions(SMALL, "small.yaml"))
    line = places.line(("questions", "broken-promise", "ask"))
    assert line is not None
    assert places.at(line, 60) == ("questions", "broken-promise", "ask")
    assert places.at(1, 1) == ()
    assert places.line(("questions", "not-there")) is None


def test_items_without_a_usable_id_go_by_their_number() -> None:
    places = Addresses(
        read_positions("questions:\n  - ask: one\n  - id: [x]\n  - text\n", "broken.yaml")
    )
    assert places.at(2, 10) == ("questions", 0, "ask")
    assert places.at(3, 12) == ("questions", 1, "id", 0)
    assert places.at(4, 5) == ("questions", 2)


def test_what_is_no_yaml_has_no_places() -> None:
    with pytest.raises(BankError):
        Addresses(read_positions("a: [", "broken.yaml"))


def test_every_question_of_a_shipped_bank_has_its_line() -> None:
    file = shipped()
    places = Addresses(read_positions(file.source, str(file.path)))
    for index, question in enumerate(file.bank.questions):
        assert places.line(("questions", question.id)) == file.where(("questions", index))[1]


def test_within_counts_the_thing_itself() -> None:
    assert within(PROBE, PROBE)
    assert within((*PROBE, "ask"), ("questions",))
    assert not within(("questions",), PROBE)
