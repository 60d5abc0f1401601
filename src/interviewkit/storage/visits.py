"""How long one stood at each question or page, from the log of an interview."""

import json
import sqlite3

from interviewkit.interview.documents import Visit


def visits(connection: sqlite3.Connection, interview_id: str, end: str) -> list[Visit]:
    """Every visit until ``end`` in its order; pauses stand between them.

    Where the program was ended from outside, a visit ends with the last thing that was written.
    """
    begun = connection.execute(
        "SELECT started_at FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()[0]
    walk = _Walk(begun)
    for field, old, new, at in connection.execute(
        "SELECT what, before, after, at FROM audit_log "
        "WHERE interview_id = ? AND subject IN ('visit', 'answer', 'interview') ORDER BY seq",
        (interview_id,),
    ):
        walk.step(field, json.loads(old), json.loads(new), at)
    walk.leave(end)
    return walk.visits


class _Walk:
    """The way through the pages, row by row of the log."""

    def __init__(self, begun: str) -> None:
        self.visits: list[Visit] = []
        self._page: str | None = None
        self._since: str | None = begun
        self._written = [begun]  # when anything was written since the last visit ended

    def step(self, field: str, old: object, new: object, at: str) -> None:
        if field == "page":
            self._page = self._page or (str(old) if old else None)
            self.leave(at)
            self._page, self._since = str(new), at
        elif field == "paused":
            self.leave(at)
            self._since = None if new else at
        elif field == "opened":
            self.leave(max((moment for moment in self._written if moment < at), default=at))
            self._since = at
        self._written.append(at)

    def leave(self, at: str) -> None:
        """End the visit under way, if there is one that took any time."""
        if self._page and self._since and self._since < at:
            self.visits.append(Visit(self._page, self._since, at))
        self._since, self._written = None, self._written[-1:]
