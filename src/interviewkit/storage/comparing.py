"""What a store reads for the recruiter: ratings to compare, and what one person may see of them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewkit.comparison.means import person
from interviewkit.interview.clock import stamp
from interviewkit.interview.records import Role
from interviewkit.storage.database import faults
from interviewkit.storage.visibility import Sight, candidates_limited, partly_seen, sight

if TYPE_CHECKING:
    from interviewkit.comparison.comparing import Comparison
    from interviewkit.comparison.questions import Used
    from interviewkit.comparison.ratings import Ratings


class Comparing:
    """The reading side of :class:`interviewkit.storage.store.Store` that comparisons use."""

    path: Path
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
            seen = replace(seen, busy=frozenset(letters[k] for k in seen.busy & letters.keys()))
        part = partly_seen(cards, seen)
        found = visible(role, part.cards, kits, part.withheld)
        return replace(found, letters=letters, not_shown=part.warnings)

    def comparison(self, role: Role, viewer: str) -> "Comparison":
        """The candidates for a role, as ``viewer`` may see them.

        A candidate of whom only some scorecards may be seen stands there with those, and a
        warning says how many are not shown.
        """
        from interviewkit.comparison.comparing import compare

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
            "SELECT id, candidate_id, submitted_at IS NULL AND person(interviewer) = ?1 "
            "FROM interview WHERE ?2 IS NULL OR role_id = ?2",
            person(viewer),
            role.id if role else None,
        )
        return candidates_limited(found, self.sight(viewer))

    def _all(self, statement: str, *args: object) -> list[tuple[Any, ...]]:
        with faults(self.path):
            return self._connection.execute(statement, args).fetchall()
