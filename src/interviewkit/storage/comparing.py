"""A store's side for the recruiter: ratings to compare, what one person may see, decisions."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewkit.comparison.means import person
from interviewkit.errors import BlockedError
from interviewkit.interview.clock import Clock, IdMaker, stamp
from interviewkit.interview.records import Candidate, Course, Decision, Role
from interviewkit.storage import decisions
from interviewkit.storage.transaction import faults, transaction
from interviewkit.storage.visibility import Sight, candidates_limited, partly_seen, sight

if TYPE_CHECKING:
    from interviewkit.comparison.questions import Used
    from interviewkit.comparison.ratings import Ratings
    from interviewkit.comparison.results import Comparison


class Comparing:
    """What comparisons and debriefs use of :class:`interviewkit.storage.store.Store`."""

    path: Path
    clock: Clock
    new_id: IdMaker
    _connection: sqlite3.Connection

    def ratings(
        self,
        role: Role,
        viewer: str,
        *,
        as_of: datetime | None = None,
        anonymous: bool = False,
    ) -> "Ratings":
        """The ratings of a role that ``viewer`` may see, for :mod:`comparison.comparing`.

        ``as_of`` goes back to what counted at that moment: scorecards and amendments that came
        later are not there. Whom the viewer may not see yet is a matter of now all the same.
        ``anonymous`` puts letters in place of the candidates' names and ids.
        """
        from interviewkit.comparison.ratings import anonymous as masked
        from interviewkit.comparison.ratings import visible
        from interviewkit.storage import ratings

        moment = None if as_of is None else stamp(as_of)
        with faults(self.path):
            cards = ratings.cards(self._connection, ratings.ROLE, role.id, moment)
            kits = ratings.kits(self._connection, cards)
        seen = self.sight(viewer)
        letters: Mapping[str, str] = {}
        if anonymous:
            cards, letters = masked(cards)
            seen = seen._replace(busy=frozenset(letters[k] for k in seen.busy & letters.keys()))
        part = partly_seen(cards, seen)
        found = visible(role, part.cards, kits, part.withheld)
        return replace(found, letters=letters, not_shown=part.warnings)

    def comparison(self, role: Role, viewer: str) -> "Comparison":
        """The candidates for a role, as ``viewer`` may see them.

        A candidate of whom only some scorecards may be seen stands there with those, and a
        warning says how many are not shown.
        """
        from interviewkit.comparison.compare import compare

        return compare(self.ratings(role, viewer))

    def bank_used(self, bank: str, viewer: str) -> "Used":
        """All submitted interviews with a bank, for question statistics.

        Candidates of whom there is anything that ``viewer`` may not see are left out.
        """
        from interviewkit.storage.statistics import used

        unseen = self.unseen(None, viewer)
        with faults(self.path):
            return used(self._connection, bank, unseen)

    def sight(self, viewer: str) -> Sight:
        """What ``viewer`` may not see."""
        with faults(self.path):
            return sight(self._connection, viewer)

    def unseen(self, role: Role | None, viewer: str) -> set[str]:
        """Ids of candidates of whom there is anything that ``viewer`` may not see.

        Among them those whom the viewer is interviewing, even when nobody else has submitted yet.
        None asks for any role; with a role, only what holds by that role counts.
        """
        found = self._all(
            "SELECT id, candidate_id, submitted_at IS NULL AND person(interviewer) = ? "
            "FROM interview WHERE ? OR role_id = ?",
            person(viewer),
            role is None,
            role.id if role else None,
        )
        return candidates_limited(found, self.sight(viewer))

    # For the debrief

    def decide(
        self,
        role: Role,
        candidate: Candidate,
        course: Course,
        reason: str,
        next_steps: str,
        by: str,
    ) -> Decision:
        """Keep what the panel decided; decisions made before stay beside it.

        BlockedError without a reason or a name, and for who may not see the candidate's scorecards
        yet: whoever still owes a judgement of their own cannot have been in the debrief.
        """
        if not reason.strip():
            raise BlockedError("A decision needs a reason.", "Write a sentence that says why.")
        if not by.strip():
            raise BlockedError("A decision needs the name of whoever writes it.", "Give a name.")
        if candidate.id in self.sight(by).busy:
            raise BlockedError(
                f"{by.strip()} has an interview with {candidate.name} under way.",
                "Submit your own scorecard first, then debrief.",
            )
        made = Decision(
            id=self.new_id(),
            role=role.id,
            candidate=candidate.id,
            course=course,
            reason=reason.strip(),
            next_steps=next_steps.strip(),
            by=by.strip(),
            at=stamp(self.clock.now()),
        )
        with faults(self.path), transaction(self._connection):
            decisions.keep(self._connection, made)
        return made

    def decisions(self, role: Role, candidate: Candidate | None = None) -> list[Decision]:
        """Every decision in the order they were made, of a role or of one candidate for it.

        Whoever shows them leaves out candidates withheld from the viewer (see :meth:`unseen`).
        """
        with faults(self.path):
            return decisions.kept(self._connection, role.id, candidate.id if candidate else None)

    # Inside

    def _all(self, statement: str, *args: object) -> list[tuple[Any, ...]]:
        with faults(self.path):
            return self._connection.execute(statement, args).fetchall()
