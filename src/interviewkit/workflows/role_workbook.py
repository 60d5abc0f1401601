"""A role's workbook from an open store: what the command and the screens both write.

Knows neither widgets nor the command line; stands here because it joins the store and the
export, which do not know each other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interviewkit.comparison.cards import Card
from interviewkit.comparison.ratings import Choice, Ratings, apply_choice, spellings
from interviewkit.interview.clock import stamp
from interviewkit.interview.people import Person
from interviewkit.interview.records import Answer, Candidate, Interview, Role
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store

if TYPE_CHECKING:
    from interviewkit.export.anonymize import Mask
    from interviewkit.storage.reader import Reader

Scorecard = tuple[Interview, list[Answer]]
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the role is to be compared, and whether names go; holds for every sheet.

    With ``force`` a workbook that exists is written over.
    """

    choice: Choice = field(default_factory=Choice)
    weights: Mapping[str, float] | None = None
    as_of: datetime | None = None
    anonymous: bool = False
    force: bool = False

    def settings(self, ratings: Ratings) -> Iterator[tuple[str, str]]:
        """What differs from the usual, in words."""
        if self.as_of is not None:
            yield "As of", f"{self.as_of.astimezone():%Y-%m-%d %H:%M}"
        if self.choice.kits:
            names = [name for kit, name in ratings.rounds.items() if kit in self.choice.kits]
            yield "Rounds", f"only {', '.join(names)}"
        if self.choice.interviewers:
            yield "Interviewers", f"only {', '.join(sorted(self.choice.interviewers))}"
        if self.choice.comparable:
            yield "Answers", "only questions that every candidate was asked"
        if self.weights:
            yield "Weights", "changed for this export; see the sheet Weights"
        if self.anonymous:
            yield "Names", "removed, in notes too; other hints at a person were not"


def write_role(
    store: Store,
    role: Role,
    viewer: Person,
    path: Path,
    options: Wanted | None = None,
    step: Step = lambda _done, _all: None,
) -> str:
    """Write what ``viewer`` may see of a role to ``path``; gives what is in it, in words.

    ``step`` is told (candidates written, of how many) and may raise to stop. Raises
    InterviewKitError when the file cannot be written or exists. Either way nothing is left behind.
    """
    from interviewkit.comparison.compare import compare_candidates
    from interviewkit.export.private_file import refuse_existing, replace_private_file
    from interviewkit.export.workbook.build import write_workbook
    from interviewkit.export.workbook.decision_sheet import by_candidate
    from interviewkit.export.workbook.plan import Contents

    options = options or Wanted()
    if not options.force:
        refuse_existing(path, store.path)
    reader = store.seen_by(viewer)
    ratings = reader.ratings(role, as_of=options.as_of, anonymous=options.anonymous)
    people = _people(ratings) if options.anonymous else {}
    ratings = _hide_interviewers(ratings, people)
    used = apply_choice(ratings, options.choice)
    comparison = compare_candidates(ratings, options.choice, options.weights)
    count = len(comparison.candidates)
    contents = Contents(
        comparison,
        cards=_Cards(reader, store.candidates(role), role, used, options.as_of, people),
        banks={kit.bank_sha256: kit.bank for kit in used.kits},
        moment=store.clock.now(),
        settings=tuple(options.settings(ratings)),
        decisions={} if options.anonymous else by_candidate(reader.decisions(role)),
        can_decide=not options.anonymous,
        step=lambda done: step(done, count),
    )
    with replace_private_file(path, store.path) as file:
        write_workbook(file, contents, used)
    return f"{count_noun(count, 'candidate')}, {count_noun(comparison.scorecards, 'scorecard')}"


def _people(ratings: Ratings) -> dict[str, str]:
    """Interviewers by name → what stands in the name's place."""
    spelled = spellings(ratings.cards)
    numbers = {key: f"Interviewer {n}" for n, key in enumerate(sorted(spelled), start=1)}
    from interviewkit.interview.people import normalize_name

    return {card.interviewer: numbers[normalize_name(card.interviewer)] for card in ratings.cards}


def _hide_interviewers(ratings: Ratings, people: Mapping[str, str]) -> Ratings:
    if not people:
        return ratings
    cards = [card._replace(interviewer=people[card.interviewer]) for card in ratings.cards]
    return replace(ratings, cards=tuple(cards))


class _Cards:
    """A candidate's scorecards behind the ratings, with the same answers, read when asked for."""

    def __init__(
        self,
        reader: "Reader",
        candidates: Sequence[Candidate],
        role: Role,
        ratings: Ratings,
        as_of: datetime | None,
        people: Mapping[str, str],
    ) -> None:
        self._scorecards = reader.scorecards_by_candidate(role)
        self._counted = {card.id: card for card in ratings.cards}
        self._moment = None if as_of is None else stamp(as_of)
        self._letters, self._people = ratings.letters, people
        self._ids = {letter: key for key, letter in ratings.letters.items()}
        self._candidates = {candidate.id: candidate for candidate in candidates}
        self._hide = self._mask()

    def __call__(self, candidate: str) -> Sequence[Scorecard]:
        """By the candidate's id, or the letter in its place."""
        person = self._candidates[self._ids.get(candidate, candidate)]
        scorecards = self._scorecards(person)
        return [self._one(*card) for card in scorecards if card[0].id in self._counted]

    def _one(self, interview: Interview, answers: list[Answer]) -> Scorecard:
        card = self._counted[interview.id]
        questions = {question for question, _ in card.questions}
        chosen = [
            answer
            for answer in answers
            if answer.competency is None or answer.question in questions
        ]
        if self._moment is not None:
            interview, chosen = _as_of(interview, chosen, card, self._moment)
        if self._hide is None:
            return interview, chosen
        from interviewkit.export.anonymize import masked_card

        letter = self._letters[interview.candidate.id]
        interview, chosen = masked_card(interview, chosen, letter, self._hide)
        return interview._replace(interviewer=self._people[interview.interviewer]), chosen

    def _mask(self) -> "Mask | None":
        if not self._letters:
            return None
        from interviewkit.export.anonymize import mask

        letters = {self._candidates[key].name: letter for key, letter in self._letters.items()}
        return mask({**self._people, **letters})


def _as_of(
    interview: Interview, answers: list[Answer], card: Card, moment: str
) -> tuple[Interview, list[Answer]]:
    """A scorecard without the amendments that came after."""
    earlier = [
        answer._replace(
            amendments=tuple(amendment for amendment in answer.amendments if amendment.at <= moment)
        )
        for answer in answers
    ]
    if card.recommendation == interview.counts:
        return interview, earlier
    if card.recommendation == interview.recommendation:
        return interview._replace(amended=None, amended_why=""), earlier
    return interview._replace(amended=card.recommendation, amended_why="amended again"), earlier
