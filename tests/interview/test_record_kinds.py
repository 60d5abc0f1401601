"""Records are equal only to records of their own kind."""

from importlib import import_module
from itertools import combinations
from operator import eq, ne

import pytest

from interviewkit.interview.grammar import Doubt, Skip, Write
from interviewkit.interview.records import Candidate, Role

MODULES = (
    *("access", "documents", "grammar", "people", "plan", "records", "second_look"),
    *("shared_records", "suggestions"),
)


def kinds() -> list[type]:
    result = []
    for name in MODULES:
        module = import_module(f"interviewkit.interview.{name}")
        result += [
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, tuple)
            and kind.__module__ == module.__name__
        ]
    return result


def alike(kind: type) -> object:
    """A record whose every field is the same number: kinds of one length then hold the same."""
    return kind(*[1] * len(kind._fields))  # type: ignore[attr-defined]


def test_no_two_kinds_are_equal_though_they_hold_the_same() -> None:
    equal = [
        (one.__name__, other.__name__)
        for one, other in combinations(kinds(), 2)
        if eq(alike(one), alike(other)) or not ne(alike(one), alike(other))
    ]
    assert len(kinds()) > 30
    assert equal == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_record_is_equal_to_its_like_in_value_and_in_hash(kind: type) -> None:
    assert eq(alike(kind), alike(kind))
    assert not ne(alike(kind), alike(kind))
    assert len({alike(kind), alike(kind)}) == 1


def test_a_set_keeps_what_only_looks_alike() -> None:
    assert len({Write("3"), Doubt("3"), Skip("3")}) == 3


def test_a_bare_tuple_of_the_same_values_stays_equal() -> None:
    assert Role("1", "Account executive") == ("1", "Account executive")
    assert Candidate("1", "Ada") == ("1", "Ada", "")
