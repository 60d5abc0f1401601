"""What is still open in an interview before it is submitted, answer by answer."""

from typing import NamedTuple

from interviewkit.interview.protected_topics import topic_names
from interviewkit.interview.records import Answer, Asked
from interviewkit.workflows.live_interview import LiveInterview


class AnswerGaps(NamedTuple):
    """What an answer lacks. ``position`` is its question's from 1, 0 for the opening and closing.

    ``topics`` are the topics not to ask about that its notes touch.
    """

    answer: Answer
    position: int
    is_unrated: bool
    outcomes: tuple[Asked, ...]
    topics: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do or to look at."""
        return self.is_unrated or bool(self.outcomes or self.topics)

    @property
    def words(self) -> str:
        """``no rating, 1 not noted``; empty where nothing is open."""
        parts = ["no rating"] if self.is_unrated else []
        if self.outcomes:
            parts.append(f"{len(self.outcomes)} not noted")
        if self.topics:
            parts.append(f"note on {topic_names(self.topics)}")
        return ", ".join(parts)


def answer_gaps(live: LiveInterview) -> list[AnswerGaps]:
    """Every answer in the order of the kit, the opening and closing included."""
    return [_gaps_of(live, answer) for answer in live.answers]


def _gaps_of(live: LiveInterview, answer: Answer) -> AnswerGaps:
    is_question = answer.competency is not None
    topics = dict.fromkeys(topic for note in answer.notes for topic in live.topics(note.text))
    return AnswerGaps(
        answer,
        live.questions.index(answer.question) + 1 if is_question else 0,
        is_question and answer.is_open,
        answer.open_outcomes if answer.skipped is None else (),
        tuple(topics),
    )
