"""A text comes out as speech, a word at a time."""

import pytest

from interviewkit.practice.delivery import SILENCE_SECONDS, Delivery

TEXT = "One two  three\nfour five."


def test_the_first_word_is_there_at_once() -> None:
    delivery = Delivery(TEXT, 150, 150)
    assert (delivery.spoken.strip(), delivery.is_over) == ("One", False)


def test_a_hundred_and_fifty_words_take_a_minute() -> None:
    delivery = Delivery("word " * 150, 150, 150)
    delivery.pass_time(30)
    assert delivery.count == 76
    delivery.pass_time(30)
    assert delivery.is_over


def test_blanks_and_line_ends_do_not_count() -> None:
    delivery = Delivery(TEXT, 150, 150)
    delivery.pass_time(60)
    assert delivery.spoken == "One two three four five."


def test_the_rest_can_come_at_once() -> None:
    delivery = Delivery(TEXT, 150, 150)
    delivery.hurry()
    assert delivery.is_over


def test_without_a_pace_all_is_there_at_once() -> None:
    assert Delivery(TEXT, 0, 150).is_over


@pytest.mark.parametrize("pace", [0, 150])
def test_a_silence_begins_when_it_was_said_or_could_be_read(pace: int) -> None:
    delivery = Delivery("word " * 150, pace, 150)
    delivery.pass_time(60 + SILENCE_SECONDS - 0.5)
    assert not delivery.is_silence
    delivery.pass_time(1)
    assert delivery.is_silence


def test_a_key_breaks_the_silence() -> None:
    delivery = Delivery(TEXT, 0, 150)
    delivery.pass_time(2 + SILENCE_SECONDS - 1)
    delivery.break_silence()
    delivery.pass_time(2)
    assert not delivery.is_silence


def test_typing_while_one_listens_takes_no_time_away() -> None:
    delivery = Delivery("word " * 150, 150, 150)
    delivery.pass_time(30)
    delivery.break_silence()
    assert delivery.count == 76


def test_a_text_without_words_is_over() -> None:
    delivery = Delivery("", 150, 150)
    assert (delivery.spoken, delivery.is_over) == ("", True)
