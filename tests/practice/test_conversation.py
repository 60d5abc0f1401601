"""What a scripted candidate says when, on every path through an answer."""

import pytest

from interviewkit.banks.elements import Element
from interviewkit.practice.conversation import AnswerConversation, Prompt, Turn
from interviewkit.practice.model import ScriptedAnswer, ScriptedReply, StoryLevel
from interviewkit.practice.reader import open_practice
from interviewkit.practice.spoken_phrases import SpokenPhrases, spoken_phrases

PHRASES = SpokenPhrases(again="Again: ", nothing_more="No more.")
ANSWER = ScriptedAnswer(
    question="q",
    level=StoryLevel.LIVED_THIN,
    opening="The opening.",
    replies={
        Element.NUMBERS: ScriptedReply(says="Ninety.", exists=True),
        Element.RESULT: ScriptedReply(says="They stayed with Leila.", exists=True),
        Element.PEOPLE: ScriptedReply(says="Nobody I could name.", exists=False),
    },
    silence="One more thing.",
    otherwise="It is what it is.",
    rating=3,
    because="b",
    not_higher="h",
    not_lower="l",
)


@pytest.fixture
def conversation() -> AnswerConversation:
    conversation = AnswerConversation(ANSWER, PHRASES)
    conversation.open()
    return conversation


def ask(conversation: AnswerConversation, *elements: Element, probe: str = "p") -> Turn:
    return conversation.ask(Prompt.PROBE, probe, "Well?", elements)


def test_the_opening_comes_once() -> None:
    conversation = AnswerConversation(ANSWER, PHRASES)
    assert conversation.open() == Turn("The opening.", Prompt.QUESTION)
    assert conversation.open() is None
    assert len(conversation.turns) == 1


def test_a_probe_brings_the_reply_for_its_element(conversation: AnswerConversation) -> None:
    turn = ask(conversation, Element.NUMBERS)
    assert (turn.text, turn.elements) == ("Ninety.", (Element.NUMBERS,))
    assert conversation.heard == {Element.NUMBERS}


def test_two_elements_in_a_probe_bring_both_replies(conversation: AnswerConversation) -> None:
    turn = ask(conversation, Element.RESULT, Element.NUMBERS)
    assert turn.text == "They stayed with Leila. Ninety."
    assert turn.elements == (Element.RESULT, Element.NUMBERS)


def test_what_was_heard_of_two_is_not_said_again(conversation: AnswerConversation) -> None:
    ask(conversation, Element.NUMBERS)
    assert ask(conversation, Element.RESULT, Element.NUMBERS).text == "They stayed with Leila."


def test_one_of_two_elements_without_a_reply_is_passed_over(
    conversation: AnswerConversation,
) -> None:
    assert ask(conversation, Element.NUMBERS, Element.TIME).text == "Ninety."


def test_a_repeated_probe_brings_nothing_new(conversation: AnswerConversation) -> None:
    ask(conversation, Element.NUMBERS)
    turn = ask(conversation, Element.NUMBERS)
    assert (turn.text, turn.elements) == ("Again: Ninety.", ())


def test_what_does_not_exist_is_said_when_asked(conversation: AnswerConversation) -> None:
    turn = ask(conversation, Element.PEOPLE)
    assert (turn.text, turn.elements) == ("Nobody I could name.", (Element.PEOPLE,))


def test_anything_else_is_evaded_once_then_closed(conversation: AnswerConversation) -> None:
    assert ask(conversation, Element.TIME).text == "It is what it is."
    assert ask(conversation, Element.TASK).text == "No more."
    assert ask(conversation).text == "No more."


def test_a_language_without_phrases_repeats_the_bare_words() -> None:
    assert spoken_phrases("xx") == SpokenPhrases()
    conversation = AnswerConversation(ANSWER, spoken_phrases("xx"))
    conversation.open()
    ask(conversation, Element.NUMBERS)
    assert ask(conversation, Element.NUMBERS).text == "Ninety."
    assert {ask(conversation).text, ask(conversation).text} == {"It is what it is."}


def test_silence_brings_something_once(conversation: AnswerConversation) -> None:
    assert conversation.wait() == Turn("One more thing.", Prompt.SILENCE)
    assert conversation.has_waited
    assert conversation.wait() is None


def test_there_is_no_silence_before_the_question_was_read() -> None:
    assert AnswerConversation(ANSWER, PHRASES).wait() is None


def test_who_has_nothing_to_add_stays_silent() -> None:
    quiet = ScriptedAnswer(**{**vars(ANSWER), "silence": None})
    conversation = AnswerConversation(quiet, PHRASES)
    conversation.open()
    assert conversation.wait() is None
    assert not conversation.has_waited


def test_what_was_said_to_a_probe_is_found_again(conversation: AnswerConversation) -> None:
    first = ask(conversation, Element.NUMBERS, probe="a")
    ask(conversation, Element.RESULT, probe="b")
    assert conversation.turn_for("a") == first
    assert conversation.turn_for("c") is None


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("tell me more about Leila", (Element.RESULT,)),
        ("Leila?", ()),  # a first word has its capital from the sentence
        ("what about Nobody else", ()),
        ("and the leila", ()),
    ],
)
def test_a_name_leads_to_the_reply_that_has_it(
    conversation: AnswerConversation, text: str, elements: tuple[Element, ...]
) -> None:
    expected = elements if "Nobody" not in text else (Element.PEOPLE,)
    assert conversation.elements_naming(text) == expected


@pytest.mark.parametrize("level", list(StoryLevel))
def test_each_level_is_told_by_one_who_is_asked_everything(level: StoryLevel) -> None:
    """Whatever its level, nothing of an answer stays out of reach of its question's probes."""
    file = open_practice("ruth-adeyemi")
    answer = next(answer for answer in file.script.answers if answer.level is level)
    conversation = AnswerConversation(answer, PHRASES)
    conversation.open()
    for probe in file.bank.question(answer.question).probes:
        turn = conversation.ask(Prompt.PROBE, probe.id, probe.ask, probe.elicits)
        assert turn.text
    assert conversation.heard == set(answer.replies)
