"""What is kept of an interview. Frozen: a change goes to the store and is read back from it.

Named tuples, neither pydantic models nor dataclasses: they are built from our own tables, whose
constraints hold them, the live screen builds them on every commit and a comparison by the hundred
thousand; and a frozen dataclass takes Python 3.11 eight times as long to make as a class, before
anything is painted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.people import normalize_name
from interviewkit.interview.record_kinds import tell_kinds_apart

OPENING = "@opening"
CLOSING = "@closing"
# Pages are no questions: no bank can name one so, since its ids hold no @.


class Outcome(StrEnum):
    """What an asked probe brought."""

    NEW_DETAIL = "new_detail"
    NOTHING_NEW = "nothing_new"
    NO_ANSWER = "no_answer"


class Recommendation(StrEnum):
    """The interviewer's overall word, from definitely not to definitely yes."""

    DEFINITELY_NOT = "definitely_not"
    NO = "no"
    YES = "yes"
    DEFINITELY_YES = "definitely_yes"

    @property
    def words(self) -> str:
        """As shown to a person."""
        return self.value.replace("_", " ")


class Course(StrEnum):
    """What a panel decided to do after its debrief."""

    HIRE = "hire"
    DO_NOT_HIRE = "do_not_hire"
    ANOTHER_ROUND = "another_round"
    HOLD = "hold"

    @property
    def words(self) -> str:
        """As shown to a person."""
        return self.value.replace("_", " ")


OUTCOME_SIGNS = {Outcome.NEW_DETAIL: "+", Outcome.NOTHING_NEW: "=", Outcome.NO_ANSWER: "!"}
OUTCOME_WORDS = {
    Outcome.NEW_DETAIL: "new detail",
    Outcome.NOTHING_NEW: "nothing new",
    Outcome.NO_ANSWER: "no answer",
}


class Role(NamedTuple):
    """A position that is being filled."""

    id: str
    title: str


class Candidate(NamedTuple):
    """A person who is interviewed. ``reference`` tells candidates of one name apart."""

    id: str
    name: str
    reference: str = ""


def distinct_names(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Id → name as it is shown: with the reference, else the id, where several share it."""
    everybody = list(candidates)
    names = Counter(normalize_name(candidate.name) for candidate in everybody)
    return {
        candidate.id: candidate.name
        if names[normalize_name(candidate.name)] == 1
        else f"{candidate.name} · {candidate.reference or candidate.id}"
        for candidate in everybody
    }


class Note(NamedTuple):
    """One time-stamped line. ``probe`` is the id of the probe it hangs under, if any.

    ``is_marked``: its interviewer ties it to the answer's rating.
    """

    id: str
    at: str
    text: str
    probe: str | None = None
    is_marked: bool = False


class Asked(NamedTuple):
    """A probe that was asked, in the words it had; ``outcome`` is None until it is noted.

    ``is_own``: a follow-up in the interviewer's own words. It stands in no bank, so ``probe`` is an
    id of its own, and it elicits nothing that anybody declared.
    """

    probe: str
    text: str
    elicits: tuple[Element, ...]
    at: str
    outcome: Outcome | None = None
    is_own: bool = False


class Amendment(NamedTuple):
    """What an interviewer added to a sealed scorecard, and why; the original stays.

    ``what`` is "rating" (``value`` a digit, or None for not assessed), "note" (a text), "outcome"
    (one of Outcome, or None for not noted, of what was asked under the id ``probe``) or
    "recommendation" (one of Recommendation; ``question`` is then empty). ``scorecard`` is the id of
    the interview; ``probe`` is empty but for an outcome.
    """

    id: str
    scorecard: str
    question: str
    what: str
    value: str | None
    reason: str
    interviewer: str
    at: str
    probe: str = ""

    @property
    def value_words(self) -> str:
        """``value`` as shown to a person."""
        if self.what == "outcome":
            return OUTCOME_WORDS[Outcome(self.value)] if self.value else "not noted"
        if self.what == "recommendation" and self.value:
            return Recommendation(self.value).words
        return "not assessed" if self.value is None else self.value


class Decision(NamedTuple):
    """What the panel decided on a candidate for a role, why, and what comes next.

    ``by`` is who wrote it down. A decision is never changed: a later one adds to it, and the last
    one stands. Scorecards know nothing of it. ``role`` and ``candidate`` are ids.
    """

    id: str
    role: str
    candidate: str
    course: Course
    reason: str
    next_steps: str
    by: str
    at: str


class ProbeCounts(NamedTuple):
    """How many probes were asked, brought new detail, and have no outcome noted yet."""

    asked: int
    new_detail: int
    not_noted: int

    @property
    def words(self) -> str:
        """``probed 2, 1 new detail, 1 not noted``; ``not probed`` where nothing was asked.

        An outcome that nobody noted is not zero: new detail is counted only where some was noted.
        """
        if not self.asked:
            return "not probed"
        counts = [f"probed {self.asked}"]
        if self.asked > self.not_noted:
            counts.append(f"{self.new_detail} new detail")
        if self.not_noted:
            counts.append(f"{self.not_noted} not noted")
        return ", ".join(counts)


class Answer(NamedTuple):
    """A question's answer. ``rating`` is None for "not assessed" and for "not rated yet".

    ``assessed`` tells the two apart: it is None as long as nothing was decided. ``seconds`` is
    the time spent, pauses left out. ``probes`` are the bank's and the interviewer's own, in the
    order they were asked, with their outcomes as they were noted.
    """

    question: str
    competency: str | None
    seconds: float = 0.0
    rating: int | None = None
    assessed: bool | None = None
    skipped: str | None = None
    notes: tuple[Note, ...] = ()
    probes: tuple[Asked, ...] = ()
    ticks: Mapping[Element, bool] = MappingProxyType({})
    amendments: tuple[Amendment, ...] = ()

    @property
    def is_open(self) -> bool:
        """Neither rated, nor set to not assessed, nor skipped."""
        return self.assessed is None and self.skipped is None

    @property
    def counts(self) -> int | None:
        """The rating that counts: the one amended last, else the one given."""
        amended = [amendment.value for amendment in self.amendments if amendment.what == "rating"]
        if not amended:
            return self.rating
        return None if amended[-1] is None else int(amended[-1])

    @property
    def asked(self) -> tuple[Asked, ...]:
        """``probes`` with the outcome that counts: the one amended last, else the one noted."""
        amended = {
            amendment.probe: Outcome(amendment.value) if amendment.value else None
            for amendment in self.amendments
            if amendment.what == "outcome"
        }
        if not amended:
            return self.probes
        return tuple(
            probe._replace(outcome=amended.get(probe.probe, probe.outcome)) for probe in self.probes
        )

    @property
    def open_outcomes(self) -> tuple[Asked, ...]:
        """What was asked and has no outcome noted yet."""
        return tuple(probe for probe in self.asked if probe.outcome is None)

    @property
    def probe_counts(self) -> ProbeCounts:
        """How many probes were asked, the interviewer's own included, and what they brought."""
        outcomes = [probe.outcome for probe in self.asked]
        return ProbeCounts(len(outcomes), outcomes.count(Outcome.NEW_DETAIL), outcomes.count(None))

    @property
    def notes_marked_first(self) -> tuple[Note, ...]:
        """The notes tied to the rating, then all others, each in the order they were written."""
        return tuple(sorted(self.notes, key=lambda note: not note.is_marked))

    @property
    def line(self) -> str:
        """The rating and what stands beside it everywhere: ``4 · probed 3, 2 new detail``."""
        text = rating_line(self.counts, self.probe_counts)
        if self.counts == self.rating:
            return text
        return f"{text} · amended, was {'–' if self.rating is None else self.rating}"


def rating_line(rating: int | None, probes: ProbeCounts) -> str:
    """``4 · probed 3, 2 new detail``, ``5 · not probed``; a rating of None is a dash, not zero."""
    return f"{'–' if rating is None else rating} · {probes.words}"


class Interview(NamedTuple):
    """One interviewer, one candidate, one kit as it stood that day.

    ``page`` is where the interview stands: a question's id, OPENING or CLOSING. ``draft`` is the
    uncommitted note line; ``draft_note`` the note being edited in it, if any. ``reason`` says why
    a recommendation does not follow the ratings; ``amended`` is what it was amended to, and why. A
    submitted interview is a scorecard: ``seal`` is the SHA-256 of its canonical form. ``origin``
    names another system that it comes from, "" for interviews held or imported here.
    """

    id: str
    role: Role
    candidate: Candidate
    interviewer: str
    bank: str
    bank_sha256: str
    kit: str
    started_at: str
    page: str
    draft: str = ""
    draft_note: str | None = None
    submitted_at: str | None = None
    recommendation: Recommendation | None = None
    summary: str = ""
    reason: str = ""
    seal: str | None = None
    amended: Recommendation | None = None
    amended_why: str = ""
    origin: str = ""

    @property
    def counts(self) -> Recommendation | None:
        """The recommendation that counts: the one amended last, else the one given."""
        return self.amended or self.recommendation


class Standing(NamedTuple):
    """An interview in a list: who, how far, and when it was last touched.

    ``is_withheld``: anyone who reads the list may not read the interview, which is blank here.
    """

    interview: Interview
    questions: int
    done: int
    touched_at: str
    is_withheld: bool = False


tell_kinds_apart(globals())
