"""Simulated interviews with their transcript: what was said when, and which question it was about.

The clocks differ by minutes. The interviewer goes to a question some seconds before or after asking
it, words are lost as recognition loses them, and a question is sometimes asked in other words.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from interviewkit.interview.clock import stamp
from interviewkit.interview.documents import Visit
from interviewkit.interview.records import CLOSING, OPENING, Answer, Note
from interviewkit.interview.transcript import Cue
from support import START, shipped

# Not only what is said of sales: a question's own words occur in answers, too.
TALK = """
well um so you know I mean okay right sure I think actually basically
the customer called on monday and we had a delivery that was late so I drove out to the plant and
spoke with the manager about what happened with our pallets she was upset because nobody had told
her the truck stood in another town we agreed on a plan for the week I wrote down each step and my
boss signed it the account stayed with us and grew by a fifth the year after that I learned to ask
earlier what they need and to say when something goes wrong tell people before they find out
promise what you can keep question every number and look at the contract first
"""
REMARKS = (
    "Okay, thank you.",
    "And what happened then?",
    "Can you say a few more words on that?",
    "What was your own part in it?",
    "Who else was involved?",
)


@dataclass(frozen=True)
class SimulatedInterview:
    """``truth`` has the question of each cue; ``offset`` is recording start minus interview start,
    in seconds."""

    cues: list[Cue]
    truth: list[str]
    visits: list[Visit]
    answers: list[Answer]
    asks: dict[str, str]
    offset: float


def simulate(seed: int, *, lost: float = 0.15, reworded: float = 0.15) -> SimulatedInterview:
    """The questions of a kit, ``reworded`` of them in other words, with words ``lost``."""
    random = Random(seed)
    bank = shipped().bank
    kit = random.choice([kit for kit in bank.kits if len(kit.questions) > 4])
    questions = [entry.question for entry in kit.questions]
    asks = {question: bank.question(question).ask for question in questions}
    talk = _Talk(random, lost)
    offset = random.uniform(-600, 120)
    pages = [OPENING]
    begins = [0.0]
    notes: dict[str, list[float]] = {}
    talk.converse(OPENING, random.uniform(30, 120))
    for question in questions:
        asked_at = talk.now
        pages.append(question)
        begins.append(max(begins[-1] + 1, asked_at - max(-12.0, random.gauss(2, 3))))
        words = asks[question]
        if random.random() < reworded:
            words = " ".join(random.sample(words.split(), max(3, len(words.split()) // 3)))
        talk.say("Ina Viewer", words, question)
        length = random.uniform(90, 420)
        talk.converse(question, length)
        count = random.randint(1, 8)
        notes[question] = sorted(random.uniform(asked_at + 10, talk.now + 4) for _ in range(count))
    pages.append(CLOSING)
    begins.append(talk.now - random.uniform(-2, 3))
    talk.converse(CLOSING, random.uniform(30, 120))
    ends = [*begins[1:], talk.now + 60]
    visits = [
        Visit(page, _stamp(begin), _stamp(end))
        for page, begin, end in zip(pages, begins, ends, strict=True)
    ]
    answers = [
        Answer(
            question,
            "competency",
            notes=tuple(
                Note(f"{question}/{index}", _stamp(at), "a note") for index, at in enumerate(times)
            ),
        )
        for question, times in notes.items()
    ]
    cues = [
        cue._replace(start=(cue.start or 0) - offset, end=(cue.end or 0) - offset)
        for cue in talk.cues
    ]
    started = [at for at, cue in enumerate(cues) if (cue.start or 0) >= 0]  # recorded at all
    return SimulatedInterview(
        [cues[at] for at in started],
        [talk.truth[at] for at in started],
        visits,
        answers,
        asks,
        offset,
    )


class _Talk:
    """What is said, one cue after the other, in seconds after the start of the interview."""

    def __init__(self, random: Random, lost: float) -> None:
        self.cues: list[Cue] = []
        self.truth: list[str] = []
        self.now = 0.0
        self._random = random
        self._lost = lost

    def say(self, speaker: str, text: str, question: str) -> None:
        words = [word for word in text.split() if self._random.random() > self._lost]
        for at in range(0, len(words), 14):
            piece = words[at : at + 14]
            end = self.now + len(piece) / 2.6 + 0.5
            self.cues.append(Cue(" ".join(piece), speaker, self.now, end))
            self.truth.append(question)
            self.now = end + self._random.uniform(0, 1.5)

    def converse(self, question: str, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            if self._random.random() < 0.2:
                self.say("Ina Viewer", self._random.choice(REMARKS), question)
            pool = self._random.choices(TALK.split(), k=self._random.randint(3, 40))
            self.say("Jane Roe", " ".join(pool), question)


def _stamp(seconds: float) -> str:
    return stamp(START + timedelta(seconds=seconds))
