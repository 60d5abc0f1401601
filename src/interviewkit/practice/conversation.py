"""What a scripted candidate says when: the only place that decides what comes out.

    asked                       heard before      is said
    the question                                  the opening, once
    ?3 for numbers and result                     both replies that the script has for them
    ?5 for result               result            "As I said: …"
    ?? more about Leila                           the reply that names her
    ?? for nothing it knows                       ``otherwise``, and later that there is no more
    nothing, for some seconds                     ``silence``, once

Pure: no clock, no screen. What was heard stays heard, whatever is undone in the notes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.practice.model import Script, ScriptedAnswer
from interviewkit.practice.spoken_phrases import SpokenPhrases, spoken_phrases

_NAME = re.compile(r"\b[^\W\d_a-z]\w{2,}")


class Prompt(StrEnum):
    """What made the candidate speak."""

    QUESTION = "question"
    PROBE = "probe"
    OWN_WORDS = "own words"
    SILENCE = "silence"


class Turn(NamedTuple):
    """What the candidate said at one go.

    ``probe`` is the id under which the interview keeps the probe or follow-up, and ``asked`` its
    wording; both are empty for the question itself and for silence. ``elements`` are those whose
    reply was heard for the first time; with none of them the turn brought nothing new.
    """

    text: str
    prompt: Prompt
    probe: str = ""
    asked: str = ""
    elements: tuple[Element, ...] = ()

    @property
    def is_reply(self) -> bool:
        """Whether a probe or a follow-up in own words was asked for it."""
        return self.prompt in (Prompt.PROBE, Prompt.OWN_WORDS)


class AnswerConversation:
    """The answer to one question as far as it has been heard."""

    def __init__(self, answer: ScriptedAnswer, phrases: SpokenPhrases) -> None:
        self.answer = answer
        self._phrases = phrases
        self._turns: list[Turn] = []
        self._was_evasive = False

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everything said so far, in its order."""
        return tuple(self._turns)

    @property
    def heard(self) -> frozenset[Element]:
        """The elements whose reply has been said."""
        return frozenset(element for turn in self._turns for element in turn.elements)

    @property
    def has_waited(self) -> bool:
        """Whether the interviewer has let a silence stand."""
        return any(turn.prompt is Prompt.SILENCE for turn in self._turns)

    def turn_for(self, probe: str) -> Turn | None:
        """What was last said to a probe or follow-up; None when it was not asked."""
        return next((turn for turn in reversed(self._turns) if turn.probe == probe), None)

    def elements_naming(self, text: str) -> tuple[Element, ...]:
        """The reply that has a name in common with the text, such as "tell me more about Leila".

        A name is what has a capital inside the text; in German that is any noun. What has not been
        heard comes first.
        """
        names = set(_NAME.findall(text[1:]))
        naming = [
            element
            for element, reply in self.answer.replies.items()
            if names.intersection(_NAME.findall(reply.says))
        ]
        return tuple(sorted(naming, key=lambda element: element in self.heard)[:1])

    def open(self) -> Turn | None:
        """The question was read out: the opening, None when it was read before."""
        if self._turns:
            return None
        return self._say(Turn(self.answer.opening, Prompt.QUESTION))

    def ask(self, prompt: Prompt, probe: str, asked: str, elicits: Iterable[Element]) -> Turn:
        """A probe or follow-up for these elements was asked: what is said to it."""
        replies, heard = self.answer.replies, self.heard
        scripted = [element for element in dict.fromkeys(elicits) if element in replies]
        unheard = tuple(element for element in scripted if element not in heard)
        if unheard:
            text = " ".join(replies[element].says for element in unheard)
        elif scripted:
            earlier = " ".join(replies[element].says for element in scripted)
            text = f"{self._phrases.again}{earlier}"
        else:
            text = self._evade()
        return self._say(Turn(text, prompt, probe, asked, unheard))

    def wait(self) -> Turn | None:
        """The interviewer says nothing: what is added, None when there is no more to come."""
        if not self._turns or self.has_waited or self.answer.silence is None:
            return None
        return self._say(Turn(self.answer.silence, Prompt.SILENCE))

    def _evade(self) -> str:
        if self._was_evasive and self._phrases.nothing_more:
            return self._phrases.nothing_more
        self._was_evasive = True
        return self.answer.otherwise

    def _say(self, turn: Turn) -> Turn:
        self._turns.append(turn)
        return turn


class Conversation(Mapping[str, AnswerConversation]):
    """A whole script as far as it has been heard, by the ids of the questions."""

    def __init__(self, script: Script) -> None:
        phrases = spoken_phrases(script.language)
        self._answers = {
            answer.question: AnswerConversation(answer, phrases) for answer in script.answers
        }

    def __getitem__(self, question: str) -> AnswerConversation:
        return self._answers[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)
