"""Parts of a bank are frozen, made with keywords, and equal when all they hold is."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from interviewkit.banks.model import Drop, Extension, Kit, KitQuestion, Page, Probe
from support import shipped

PROBE = Probe(id="when", ask="When was that?", elicits=())


def test_what_is_left_out_has_its_default_and_nothing_is_shared() -> None:
    questions = (KitQuestion(question="promise", minutes=5),)
    kit = Kit(id="first", name="First", minutes=30, questions=questions)
    assert (kit.opening, kit.weights, kit.panel) == (None, {}, ())
    again = Kit(id="first", name="First", minutes=30, questions=questions)
    assert again.weights is not kit.weights
    assert again == kit
    assert Extension(format=1, id="mine", extends="theirs").drop == Drop()


def test_a_value_too_few_or_too_many_is_refused() -> None:
    with pytest.raises(TypeError, match="elicits is missing"):
        Probe(id="when", ask="When?")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Page has no words"):
        Page(minutes=3, say="Welcome.", words="Hello.")  # type: ignore[call-arg]


def test_a_part_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError, match="'ask'"):
        PROBE.ask = "Why?"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="'ask'"):
        del PROBE.ask
    assert PROBE.ask == "When was that?"


def test_equal_parts_are_one_member_of_a_set_and_other_kinds_are_not_equal() -> None:
    assert {PROBE, Probe(id="when", ask="When was that?", elicits=())} == {PROBE}
    assert replace(PROBE, ask="Who was there?") != PROBE
    assert Page(minutes=3, say="a") != KitQuestion(minutes=3, question="a")
    assert repr(PROBE) == "Probe(id='when', ask='When was that?', elicits=())"


def test_a_whole_bank_is_equal_to_its_copies() -> None:
    bank = shipped().bank
    bank.question(bank.questions[0].id)  # what is looked up once is kept, and is no field
    assert copy.deepcopy(bank) == bank == pickle.loads(pickle.dumps(bank))
    assert (
        replace(bank, **{field.name: getattr(bank, field.name) for field in fields(bank)}) == bank
    )
