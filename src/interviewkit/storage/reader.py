"""What one person may read: the only door to what others wrote, rated and decided.

Every method leaves out, blanks or refuses what :mod:`interviewkit.interview.access` keeps from that
person at the moment of the call. That an interview or a scorecard is there is no secret: names,
times and progress are told; what stands in it is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.errors import BlockedError, unknown_name
from interviewkit.interview.clock import stamp
from interviewkit.interview.people import Person, is_same_person, normalize_name
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Candidate,
    Decision,
    Interview,
    Role,
    Standing,
    distinct_names,
)
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.privacy import visibility
from interviewkit.storage.unfiltered_reads import UnfilteredReads

if TYPE_CHECKING:
    from interviewkit.comparison.cards import Card
    from interviewkit.comparison.question_statistics import Used
    from interviewkit.comparison.ratings import Ratings
    from interviewkit.comparison.results import Comparison
    from interviewkit.interview.answer_history import AnswerChange
    from interviewkit.interview.candidate_pack import Entry
    from interviewkit.interview.transcript import Transcript
    from interviewkit.storage.calibrations import Calibrations
    from interviewkit.storage.exchange_export import Exchange
    from interviewkit.storage.scorecard_export import ScorecardExport
    from interviewkit.storage.search import PassageSearch
    from interviewkit.storage.transcripts import Transcripts


class WholeInterview(NamedTuple):
    """An interview with all that hangs on it: ``amended`` are amendments of no answer."""

    interview: Interview
    answers: list[Answer]
    history: "list[Entry]"
    amended: list[Amendment]
    transcript: "Transcript | None"


class Reader:
    """The records as ``person`` may read them. Another window may change them between two calls."""

    def __init__(
        self,
        database: Database,
        person: Person,
        exchange: "Callable[[], Exchange]",
    ) -> None:
        self._database = database
        self._connection = database.connection
        self._exchange = exchange
        self.person = person
        self._records = UnfilteredReads(database)

    # Interviews and scorecards

    def interview(self, interview_id: str) -> Interview:
        """One interview; BlockedError when this person may not read it."""
        interview = self._records.interview(interview_id)
        if interview.submitted_at is None:
            self._refuse_anothers(interview)
            return interview
        from interviewkit.interview.access import may_see  # not for the live screen

        with self._database.errors_explained():
            case = visibility.access_case(self._connection, self.person, interview_id)
        if not may_see(case):
            raise _withheld_error(interview.candidate)
        return interview

    def answer_history(self, interview_id: str, question: str) -> "list[AnswerChange]":
        """Every change of one answer, the oldest first; BlockedError as for the interview."""
        from interviewkit.interview.answer_history import answer_changes

        interview = self.interview(interview_id)
        answers = {answer.question: answer for answer in self._records.answers(interview_id)}
        if question not in answers:
            raise unknown_name("question", question, answers)
        log = self._records.history(interview_id)
        return answer_changes(log, answers[question].amendments, question, interview.interviewer)

    def _refuse_anothers(self, interview: Interview) -> None:
        with self._database.errors_explained():
            openers = self._connection.execute(
                "SELECT name FROM interview_opener WHERE interview_id = ?", (interview.id,)
            ).fetchall()
        names = [interview.interviewer, *(name for (name,) in openers)]
        if not any(is_same_person(self.person, name) for name in names):
            raise BlockedError(
                f"This is the interview of {interview.interviewer}, and you are "
                f"{self.person.name}.",
                "If that is your name, set it as interviewer in the settings, or as "
                "INTERVIEWKIT_INTERVIEWER, and start interviewkit again.",
            )

    def standings(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[Standing]:
        """Interviews with how far they are, those under way first, the last touched first.

        Of those that this person may not read nothing is told that was written or judged:
        ``is_withheld`` says so.
        """
        closed = self._closed_interviews()
        return [
            _blank(standing) if standing.interview.id in closed else standing
            for standing in self._records.standings(role, candidate)
        ]

    def scorecards(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[tuple[Interview, list[Answer]]]:
        """Submitted interviews with their answers, in the order of submission."""
        return self._scorecards_but(self._sight().hidden, role, candidate)

    def own_scorecards(self, role: Role | None = None) -> list[tuple[Interview, list[Answer]]]:
        """The scorecards that this person submitted, for one role or all, in that order."""
        with self._database.errors_explained():
            own = visibility.signed_by(self._connection, self.person)
        cards = self._records.submitted_interviews(role)
        return self._records.with_answers([card for card in cards if card.id in own])

    def scorecards_by_candidate(
        self, role: Role
    ) -> Callable[[Candidate], list[tuple[Interview, list[Answer]]]]:
        """What gives a candidate's scorecards for a role, by what this person may read now.

        For a workbook of thousands of candidates, who are not asked about one by one.
        """
        hidden = self._sight().hidden
        return lambda candidate: self._scorecards_but(hidden, role, candidate)

    def _scorecards_but(
        self, hidden: frozenset[str], role: Role | None, candidate: Candidate | None
    ) -> list[tuple[Interview, list[Answer]]]:
        cards = self._records.submitted_interviews(role, candidate)
        return self._records.with_answers([card for card in cards if card.id not in hidden])

    def panel_scorecards(
        self, role: Role, candidate: Candidate
    ) -> list[tuple[Interview, list[Answer]]]:
        """The scorecards to talk a candidate over by; BlockedError while they are withheld.

        In a role whose setting shows this person only some of them, only those.
        """
        cards = self.scorecards(role, candidate)
        is_busy = candidate.id in self._sight().busy
        if is_busy or (not cards and self._records.submitted_interviews(role, candidate)):
            raise _withheld_error(candidate)
        return cards

    def whole_of(self, candidate: Candidate) -> tuple[list[WholeInterview], list[Decision]]:
        """All that is kept of a candidate, the interview begun first first: for their own pack.

        BlockedError when this person may not see all of it: a pack that leaves something out would
        not be what the candidate is owed.
        """
        standings = self._records.standings(None, candidate)
        interviews = [standing.interview for standing in standings]
        for interview in interviews:
            self._refuse_to_hand_over(interview)
        decisions = self.decisions(candidate=candidate)
        if len(decisions) < len(self._records.decisions(None, candidate)):
            raise BlockedError(
                f"You are interviewing {candidate.name} yourself, and the pack holds what a panel "
                "decided.",
                "Submit your own scorecard first, or let somebody else make the pack.",
            )
        interviews.sort(key=lambda interview: (interview.started_at, interview.id))
        return [
            WholeInterview(
                *(interview, answers, *self._records.changes(interview.id)),
                self._records.transcript(interview.id),
            )
            for interview, answers in self._records.with_answers(interviews)
        ], decisions

    def _refuse_to_hand_over(self, interview: Interview) -> None:
        from interviewkit.interview.access import may_hand_over

        with self._database.errors_explained():
            case = visibility.access_case(self._connection, self.person, interview.id)
            owner = self._connection.execute(
                "SELECT owner FROM role_setting WHERE role_id = ?", (interview.role.id,)
            ).fetchone()
        if may_hand_over(case):
            return
        name, title = interview.candidate.name, interview.role.title
        if case.is_interviewing:
            raise BlockedError(
                f"You are interviewing {name} yourself, and the pack holds what others wrote.",
                "Submit your own scorecard first, or let somebody else make the pack.",
            )
        raise BlockedError(
            f"The pack of {name} holds what only the owner of {title} may see.",
            f"Let {owner[0]} make it.",
        )

    # Comparing and deciding

    def ratings(
        self, role: Role, *, as_of: datetime | None = None, anonymous: bool = False
    ) -> "Ratings":
        """The ratings of a role, for :mod:`comparison.compare_candidates`.

        ``as_of`` goes back to what counted at that moment: scorecards and amendments that came
        later are not there. Whom this person may not see yet is a matter of now all the same.
        ``anonymous`` puts letters in place of the candidates' names and ids.
        """
        from interviewkit.comparison.ratings import anonymous as masked
        from interviewkit.comparison.ratings import visible_ratings
        from interviewkit.storage import scorecard_query
        from interviewkit.storage.scorecard_origins import origin_warnings, unsigned_warnings
        from interviewkit.storage.team.authorship_rows import uncounted_scorecards

        moment = None if as_of is None else stamp(as_of)
        with self._database.errors_explained():
            cards = scorecard_query.cards(self._connection, scorecard_query.ROLE, role.id, moment)
            unsigned = uncounted_scorecards(self._connection) & {card.id for card in cards}
            cards = [card for card in cards if card.id not in unsigned]
            kits = scorecard_query.kits_behind(self._connection, cards)
        sight = self._sight()
        with self._database.errors_explained():
            origins = origin_warnings(self._connection, {card.id for card in cards} - sight.hidden)
        letters: Mapping[str, str] = {}
        if anonymous:
            cards, letters = masked(cards)
            sight = sight._replace(busy=frozenset(letters[k] for k in sight.busy & letters.keys()))
        else:
            cards = self._with_distinct_names(cards)
        partly = visibility.partly_seen(cards, sight)
        ratings = visible_ratings(role, partly.cards, kits, partly.withheld)
        not_shown = (*partly.warnings, *origins, *unsigned_warnings(len(unsigned)))
        return replace(ratings, letters=letters, not_shown=not_shown)

    def _with_distinct_names(self, cards: "list[Card]") -> "list[Card]":
        """The cards, with the reference behind the name of candidates who share one."""
        candidates = {card.candidate.id: card.candidate for card in cards}
        names = {normalize_name(candidate.name) for candidate in candidates.values()}
        if len(names) == len(candidates):
            return cards
        with self._database.errors_explained():
            rows = self._connection.execute("SELECT id, name, reference FROM candidate")
            labels = distinct_names(
                Candidate(*row) for row in rows.fetchall() if row[0] in candidates
            )
        return [
            card._replace(candidate=card.candidate._replace(name=labels[card.candidate.id]))
            for card in cards
        ]

    def comparison(self, role: Role) -> "Comparison":
        """The candidates for a role.

        A candidate of whom only some scorecards may be seen stands there with those, and a
        warning says how many are not shown.
        """
        from interviewkit.comparison.compare import compare_candidates

        return compare_candidates(self.ratings(role))

    def bank_used(self, bank: str) -> "Used":
        """All submitted interviews with a bank, for question statistics.

        Candidates of whom there is anything that this person may not see are left out.
        """
        from interviewkit.storage.question_usage import question_usage
        from interviewkit.storage.team.authorship_rows import uncounted_scorecards

        limited = self.limited_candidates()
        with self._database.errors_explained():
            unsigned = uncounted_scorecards(self._connection)
            return question_usage(self._connection, bank, limited, unsigned)

    def limited_candidates(self) -> set[str]:
        """Ids of candidates of whom there is anything that this person may not see."""
        with self._database.errors_explained():
            return visibility.limited_candidates(self._connection, self._sight())

    def decisions(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[Decision]:
        """What panels decided, in that order, with the reasons, which quote others' ratings.

        On a candidate of whom this person may not see everything only what they wrote themselves,
        and nothing while they are interviewing that candidate.
        """
        decisions = self._records.decisions(role, candidate)
        if not decisions:
            return []
        limited, busy = self.limited_candidates(), self._sight().busy
        return [
            decision
            for decision in decisions
            if decision.candidate not in limited
            or (decision.candidate not in busy and is_same_person(self.person, decision.by))
        ]

    def calibrations(self) -> "Calibrations":
        """The sets of written answers, and this person's own ratings of them."""
        from interviewkit.storage.calibrations import Calibrations

        return Calibrations(self._database, self.person)

    # Finding and handing on

    def passages(self) -> "PassageSearch":
        """What finds words in what this person may read now; ask again once that has changed."""
        from interviewkit.storage.search import PassageSearch

        return PassageSearch(self._database, self._closed_interviews())

    def transcripts(self) -> "Transcripts":
        """The transcripts of the interviews that this person may read: the only door to them."""
        from interviewkit.storage.transcripts import Transcripts

        return Transcripts(self._database, self)

    def export(self) -> "ScorecardExport":
        """The scorecards, amendments and decisions that this person may take along."""
        from interviewkit.storage.scorecard_export import ScorecardExport

        return ScorecardExport(self._exchange(), self._sight(), self.decisions())

    # Inside

    def _sight(self) -> visibility.Sight:
        with self._database.errors_explained():
            return visibility.sight(self._connection, self.person)

    def _closed_interviews(self) -> frozenset[str]:
        with self._database.errors_explained():
            elsewhere = visibility.under_way_elsewhere(self._connection, self.person)
        return elsewhere | self._sight().hidden


def _withheld_error(candidate: Candidate) -> BlockedError:
    return BlockedError(
        f"{candidate.name} is withheld from you.",
        "Submit your own scorecard first; then you see what the role's settings allow.",
    )


def _blank(standing: Standing) -> Standing:
    """A copy without notes, ratings and judgements."""
    interview = standing.interview._replace(
        draft="",
        draft_note=None,
        recommendation=None,
        summary="",
        reason="",
        amended=None,
        amended_why="",
    )
    return standing._replace(interview=interview, is_withheld=True)
