"""An interview being held: what is on disk, the page it stands at, and its running clocks.

Between the live screen and the notebook; knows nothing of widgets. After every change the answer
is read back, so what the screen shows is what the disk holds.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Bank, Question
from interviewkit.interview import grammar, pace
from interviewkit.interview.clock import Clock
from interviewkit.interview.evidence import Evidence, elements_asked, evidence, protected_topics
from interviewkit.interview.records import CLOSING, OPENING, Answer, Note, Outcome
from interviewkit.interview.second_look import InterviewSnapshot
from interviewkit.interview.suggestions import PARTICULAR, REASK, SECOND_EXAMPLE, Offer, suggest
from interviewkit.interview.timetable import TimetableRow, timetable
from interviewkit.interview.word_lists import WordLists, load_words
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.notebook_values import TakenBack

TRIAL = "@trial"  # the kit of a question that is tried out; no bank file can name one so


class Numbered(NamedTuple):
    """A probe with the number that asks it, the same for as long as the question is open."""

    number: int
    probe: str
    text: str
    elicits: tuple[Element, ...]


class LiveInterview:
    """One interview under way. Methods that write raise what the notebook raises."""

    def __init__(self, notebook: Notebook, bank: Bank, clock: Clock) -> None:
        self.notebook = notebook
        self.bank = bank
        self.interview = notebook.interview()
        self.kit = bank.kit(self.interview.kit)
        self._answers = {answer.question: answer for answer in notebook.answers()}
        self.pages = list(self._answers)
        self.page = self.interview.page
        self.spent = {name: answer.seconds for name, answer in self._answers.items()}
        self.paused = False
        self._clock = clock
        self._looked = clock.seconds()
        probes = self.answer.probes
        self.hanging = probes[-1].probe if probes else None
        self._reminded: set[str] = set()

    # What there is

    @cached_property
    def card(self) -> str:
        """What the plan hands over for this interview, in plain lines; "" where nothing is."""
        return self.notebook.card()

    @cached_property
    def words(self) -> WordLists:
        """The lists that notes are read with; loaded when the first are read."""
        return load_words(self.bank.language).extended(self.bank.words or {})

    @property
    def answer(self) -> Answer:
        """The answer, or page, the interview stands at."""
        return self._answers[self.page]

    @property
    def is_trial(self) -> bool:
        """Whether a question is only tried out, with records that are thrown away."""
        return self.kit.id == TRIAL

    @property
    def answers(self) -> list[Answer]:
        """All of them in the order of the kit, pages included."""
        return list(self._answers.values())

    @property
    def questions(self) -> list[str]:
        """Ids of the questions in their order, without the pages."""
        return [page for page in self.pages if page not in (OPENING, CLOSING)]

    @property
    def question(self) -> Question | None:
        """The question the interview stands at, None on a page."""
        return None if self.page in (OPENING, CLOSING) else self.bank.question(self.page)

    @property
    def number(self) -> int:
        """The question's number from 1; 0 on a page."""
        return 0 if self.question is None else self.questions.index(self.page) + 1

    @property
    def probes(self) -> list[Numbered]:
        """What can be asked here: 0 is the neutral re-ask, then the author's probes from 1.

        The last is the request for a second example.
        """
        question = self.question
        if question is None:
            return []
        bank_probes = [
            Numbered(position, probe.id, probe.ask, probe.elicits)
            for position, probe in enumerate(question.probes, 1)
        ]
        if question.kind != "past_behaviour":
            return bank_probes
        end = len(question.probes) + 1
        example = Numbered(end, SECOND_EXAMPLE, self.words.second_example, REASK)
        return [Numbered(0, PARTICULAR, self.words.reask, REASK), *bank_probes, example]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each probe that can be asked here, by its id."""
        question = self.question
        if question is None:
            return {}
        positions = {probe.id: position for position, probe in enumerate(question.probes, 1)}
        if question.kind != "past_behaviour":
            return positions
        return {PARTICULAR: 0, **positions, SECOND_EXAMPLE: len(positions) + 1}

    def number_of(self, probe: str) -> int:
        """The number of a probe asked here; -1 for one in own words, which the bank has not."""
        return self.numbers.get(probe, -1)

    @property
    def setting(self) -> grammar.Setting:
        """What the note line is read against here."""
        numbers = self.numbers
        asked = frozenset(numbers.get(asked.probe, -1) for asked in self.answer.probes)
        is_question = self.question is not None
        return grammar.Setting(
            frozenset(numbers.values()),
            asked,
            len(self.questions),
            top=self.bank.ratings[-1],
            is_question=is_question,
            has_notes=bool(self.answer.notes),
        )

    def texts(self, draft: str = "") -> list[str]:
        """The notes of this answer and the note that the draft would become."""
        texts = [note.text for note in self.answer.notes]
        if draft and (draft.startswith(grammar.ESCAPES) or draft[0] not in "/?"):
            command = grammar.read_line(draft, self.setting)
            if isinstance(command, grammar.Write):
                texts.append(command.text)
        return texts

    def evidence(self, texts: Sequence[str], answer: Answer | None = None) -> Evidence:
        """The eleven elements as these notes, the ticks and the asked probes have them."""
        answer = answer or self.answer
        if self.is_role_play(answer.question):
            texts = ()  # what is played is not a story: nothing is read from the notes
        asked = elements_asked(answer.probes, self._follow_up_elements)
        return evidence(texts, answer.ticks, asked, self.words)

    def _follow_up_elements(self, text: str) -> tuple[Element, ...]:
        from interviewkit.interview.follow_ups import follow_ups_of  # most need none

        return follow_ups_of(self.bank).elements(text)

    def is_role_play(self, page: str) -> bool:
        """Whether the page is a role play: it has no story to read, and no suggestions."""
        return page not in (OPENING, CLOSING) and self.bank.question(page).kind == "role_play"

    @property
    def brief(self) -> str:
        """Whom the interviewer plays, and what that person knows; empty without a role play."""
        if self.question is None or self.question.role_play is None:
            return ""
        play = self.question.role_play
        return f"{play.interviewer_plays}\n{play.interviewer_brief}"

    def topics(self, text: str) -> tuple[str, ...]:
        """The topics not to ask about that a note touches."""
        return protected_topics(text, self.words)

    def offer(self, evidence: Evidence, texts: Sequence[str]) -> Offer | None:
        """What to ask next, None on a page."""
        if self.question is None:
            return None
        if self.brief:
            return Offer((), self.brief)
        probes = self.answer.probes
        asked = [probe.probe for probe in probes]
        unanswered = [probe.probe for probe in probes if probe.outcome is Outcome.NO_ANSWER]
        return suggest(self.question, evidence, texts, asked, self.words, unanswered)

    # Time

    def look_at_clock(self) -> None:
        """Add the time since the last look to the page at hand, unless paused."""
        seconds = self._clock.seconds()
        if not self.paused:
            self.spent[self.page] += seconds - self._looked
        self._looked = seconds

    def save_time(self) -> None:
        """Keep the time used on the page at hand."""
        self.look_at_clock()
        self.notebook.spend(self.page, self.spent[self.page])

    def pause(self, paused: bool) -> None:
        """Stop the clocks, or let them run."""
        self.save_time()
        if paused != self.paused:
            self.notebook.pause(paused=paused)
        self.paused = paused

    def pace(self) -> pace.Pace:
        """The time used and left."""
        return pace.pace(self.kit, self.answers, self.page, self.spent)

    def timetable(self) -> list[TimetableRow]:
        """Each page of the kit with its state and minutes."""
        return timetable(self.kit, self.answers, self.page, self.spent, self.pace())

    # Changes

    def change(self, command: grammar.Command | None) -> Callable[[], None] | None:
        """What a command writes in the answer at hand, ready to be called; None if nothing."""
        match command:
            case grammar.Write(text):
                return lambda: self.write(text)
            case grammar.Ask(number):
                return lambda: self.ask(number)
            case grammar.AskOwn(text):
                return lambda: self.ask_own(text)
            case grammar.ReturnTo(number):
                return lambda: self.return_to(number)
            case grammar.NoteOutcome(outcome):
                return lambda: self.set_outcome(outcome)
            case grammar.Mark():
                return lambda: self.mark()
            case grammar.Rate(rating):
                return lambda: self.rate(rating)
        return None

    def write(self, text: str) -> None:
        """A note, under the probe asked last."""
        self.notebook.add_note(self.page, text, self.hanging)
        self._read_again()

    def write_all(self, texts: Sequence[str]) -> None:
        """Several notes at once, all of them or none."""
        self.notebook.add_notes(self.page, texts, self.hanging)
        self._read_again()

    def edit(self, note: Note, text: str) -> None:
        """Another text for a note; an empty one takes it away."""
        self.notebook.edit_note(self.page, note.id, text or None)
        self._read_again()

    def ask(self, probe_number: int) -> None:
        """The probe with this number was asked; what is noted next hangs under it."""
        item = next(item for item in self.probes if item.number == probe_number)
        self.notebook.ask(self.page, item.probe, item.text, item.elicits)
        self.hanging = item.probe
        self._read_again()

    def ask_own(self, text: str) -> None:
        """A follow-up in own words was asked; what is noted next hangs under it."""
        self.hanging = self.notebook.ask_own(self.page, text)
        self._read_again()

    def return_to(self, probe_number: int) -> None:
        """Stand at a probe again that was asked: its outcome and notes come next. Nothing is kept.

        ValueError where the probe with this number was not asked.
        """
        names = {position: probe for probe, position in self.numbers.items()}
        self.return_to_probe(names.get(probe_number, ""))

    def return_to_probe(self, probe: str) -> None:
        """The same by the probe's id."""
        if probe not in [asked.probe for asked in self.answer.probes]:
            raise ValueError(f"{probe!r} was not asked here")
        self.hanging = probe

    def set_outcome(
        self, outcome: Outcome | None, probe: str | None = None, question: str | None = None
    ) -> None:
        """What a probe has brought; None is "not noted".

        Without ``probe`` it is the one asked last or returned to; without ``question`` the question
        at hand, which stays the page of the interview in any case.
        """
        page = question or self.page
        probe = probe or self.hanging or self._answers[page].probes[-1].probe
        self.notebook.set_outcome(page, probe, outcome)
        self._read_again(page)

    def outcome_reminder(self) -> str:
        """What is not noted of the probes asked here, in a sentence; "" where nothing is open.

        It is said once for each question: for when the question is left.
        """
        pending = self.answer.open_outcomes
        if not pending or self.page in self._reminded:
            return ""
        self._reminded.add(self.page)
        numbers = sorted(self.number_of(probe.probe) for probe in pending)
        asked = [f"?{position}" for position in numbers if position >= 0]
        own_count = len(pending) - len(asked)
        if own_count:
            asked.append("your follow-up" if own_count == 1 else "your follow-ups")
        listed = " and ".join(filter(None, [", ".join(asked[:-1]), asked[-1]]))
        return f"Question {self.number}: what {listed} brought is not noted."

    def mark(self, note: Note | None = None) -> None:
        """Tie a note to the rating, the last one unless another is given; or untie it again."""
        note = note or self.answer.notes[-1]
        self.notebook.mark_note(self.page, note.id, marked=not note.is_marked)
        self._read_again()

    def rate(self, rating: int | None, question: str | None = None) -> None:
        """The rating from now on; None is "not assessed".

        Without ``question`` it is of the one at hand, which stays the page of the interview.
        """
        self.notebook.rate(question or self.page, rating)
        self._read_again(question)

    def skip(self, reason: str) -> None:
        """Leave the question out, with the reason."""
        self.notebook.skip(self.page, reason)
        self._read_again()

    def tick(self, element: Element, present: bool | None) -> None:
        """Overrule what the notes show; None leaves it to them again."""
        self.notebook.tick(self.page, element, present)
        self._read_again()

    def undo(self) -> TakenBack | None:
        """Take back the last step, whole, and stand at the question it was made on."""
        undone = self.notebook.undo()
        if undone is None:
            return None
        if undone.question != self.page:
            self.go_to(undone.question)
        self._read_again()
        probes = self.answer.probes
        if undone.field in ("asked", "follow_up"):
            self.hanging = probes[-1].probe if probes else None
        return undone

    def go_to(self, page: str) -> None:
        """Stand at another page; what is noted there hangs under no probe until one is asked."""
        self.save_time()
        self.notebook.go_to(page)
        self.page = page
        self.hanging = None

    def go_by(self, steps: int) -> bool:
        """Some pages on or back; whether there was somewhere to go."""
        index = self.pages.index(self.page) + steps
        if not 0 <= index < len(self.pages):
            return False
        self.go_to(self.pages[index])
        return True

    def look_again(self) -> InterviewSnapshot:
        """Everything as it is on disk now, also what another window wrote there."""
        self._answers = {answer.question: answer for answer in self.notebook.answers()}
        return InterviewSnapshot(self.notebook.interview(), tuple(self.answers))

    def _read_again(self, page: str | None = None) -> None:
        page = page or self.page
        self._answers[page] = self.notebook.answer(page)
