"""What a follow-up in own words asks for: the nearest one that is known, or nothing."""

import pytest

from interviewkit.banks.elements import Element
from interviewkit.interview.evidence import elements_asked
from interviewkit.interview.follow_ups import FollowUpReading, follow_ups_of
from interviewkit.interview.records import Asked
from interviewkit.interview.word_lists import load_words
from support import shipped


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("who else saw it?", Element.PEOPLE),
        ("how much was the deal worth", Element.NUMBERS),
        ("when exactly did she call you", Element.TIME),
        ("did they sign in the end", Element.RESULT),
        ("what would you do differently", Element.LEARNING),
        ("was anything hard about it?", Element.SETBACK),
        ("what did the buyer say", Element.CUSTOMER),
        ("Can I call someone there to check that?", Element.CONFIRMATION),
    ],
)
def test_it_asks_for_what_the_nearest_known_one_asks_for(text: str, element: Element) -> None:
    assert element in follow_ups_of(shipped().bank).elements(text)


@pytest.mark.parametrize("text", ["hm ok why", "", "…?", "and in lavender?"])
def test_what_is_near_to_none_asks_for_nothing(text: str) -> None:
    assert follow_ups_of(shipped().bank).elements(text) == ()


def test_german_follow_ups_are_read_by_their_own_words() -> None:
    reading = follow_ups_of(shipped("kundenorientierter-vertrieb").bank)
    assert Element.PEOPLE in reading.elements("Wer war da noch dabei?")
    assert Element.TIME in reading.elements("wann genau war das")


def test_a_probe_of_the_bank_asks_for_what_the_bank_says() -> None:
    reading = follow_ups_of(shipped().bank)
    probes = [probe for question in shipped().bank.questions for probe in question.probes]
    assert all(set(reading.elements(probe.ask)) & set(probe.elicits) for probe in probes)


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_language_has_follow_ups_for_each_element(language: str) -> None:
    words = load_words(language)
    assert set(words.follow_ups) == set(Element)
    assert all(len(texts) >= 5 for texts in words.follow_ups.values())
    assert words.second_example.endswith((".", "?"))


def test_of_two_that_are_as_near_the_earlier_counts() -> None:
    reading = FollowUpReading(
        [("Who rang?", (Element.PEOPLE,)), ("Who rang!", (Element.TIME,)), ("Why now?", ())]
    )
    assert reading.elements("who rang") == (Element.PEOPLE,)
    assert reading.elements("why now") == ()


def test_what_the_bank_declares_is_never_read_from_the_words() -> None:
    probes = (
        Asked("a", "Who else was there?", (Element.TIME,), "t"),
        Asked("b", "and who?", (), "t", is_own=True),
    )
    asked = elements_asked(probes, lambda text: (Element.PEOPLE,))
    assert asked == {Element.TIME, Element.PEOPLE}
