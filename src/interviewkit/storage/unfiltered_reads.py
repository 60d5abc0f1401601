"""Everything in the records, anyone who looks: for storage alone, which filters it (see reader).

No module outside storage uses what stands here; a test holds that.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewkit.errors import unknown_name
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Candidate,
    Decision,
    Interview,
    Role,
    Standing,
)
from interviewkit.storage import audit_log, decisions, rows
from interviewkit.storage.file.transaction import Database

if TYPE_CHECKING:
    from interviewkit.interview.answer_history import InterviewChange
    from interviewkit.interview.candidate_pack import Entry
    from interviewkit.interview.transcript import Transcript

_PROGRESS = """
SELECT i.id, i.touched_at, count(a.question),
       coalesce(sum(a.assessed IS NOT NULL OR a.skipped IS NOT NULL), 0)
FROM interview AS i
LEFT JOIN answer AS a ON a.interview_id = i.id AND a.competency IS NOT NULL
"""


class UnfilteredReads:
    """Interviews, answers, decisions and changes as they stand in the tables."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection

    def interview(self, interview_id: str) -> Interview:
        """One interview; NotFoundError when its id is unknown."""
        interviews = self._database.rows(f"{rows.INTERVIEW} WHERE i.id = ?", interview_id)
        if not interviews:
            raise unknown_name("interview", interview_id, [])
        return rows.interview_from_row(interviews[0])

    def answers(self, interview_id: str) -> list[Answer]:
        """The answers of an interview in the order of the kit, pages included."""
        with self._database.errors_explained():
            return rows.checked_answers(self._connection, interview_id)

    def history(self, interview_id: str) -> "list[InterviewChange]":
        """Every change in an interview in the order they were made."""
        with self._database.errors_explained():
            return audit_log.history(self._connection, interview_id)

    def changes(self, interview_id: str) -> "tuple[list[Entry], list[Amendment]]":
        """Every change of what was written or judged, the oldest first; what was amended in no
        answer.
        """
        from interviewkit.interview.candidate_pack import CHANGED, Entry

        changes = self._database.rows(
            "SELECT question, what, before, after, at FROM audit_log WHERE interview_id = ? "
            "AND subject = 'answer' AND what IN (SELECT value FROM json_each(?)) ORDER BY seq",
            interview_id,
            json.dumps(CHANGED),
        )
        amended = self._database.rows(
            f"SELECT {rows.AMENDMENT} FROM amendment "  # noqa: S608 - constants
            "WHERE interview_id = ? AND what = 'recommendation' ORDER BY at, id",
            interview_id,
        )
        return [Entry(*row) for row in changes], [Amendment(*row) for row in amended]

    def transcript(self, interview_id: str) -> "Transcript | None":
        """The transcript of an interview; None where there is none."""
        from interviewkit.storage.transcript_rows import select_transcript

        with self._database.errors_explained():
            return select_transcript(self._connection, interview_id)

    def standings(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[Standing]:
        """Interviews with how far they are, those under way first, the last touched first."""
        which, args = _which(role, candidate)
        interviews = self._database.rows(
            f"{rows.INTERVIEW} WHERE TRUE{which} "
            "ORDER BY i.submitted_at IS NOT NULL, i.touched_at DESC, i.id DESC",
            *args,
        )
        progress = {
            key: (questions, done, touched_at)
            for key, touched_at, questions, done in self._database.rows(
                f"{_PROGRESS} WHERE TRUE{which} GROUP BY i.id", *args
            )
        }
        # Another window may discard an interview between the two reads.
        return [
            Standing(rows.interview_from_row(row), *progress[row[0]])
            for row in interviews
            if row[0] in progress
        ]

    def scorecards(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[tuple[Interview, list[Answer]]]:
        """Every submitted interview with its answers, in the order of submission.

        Of one role and of one candidate, where they are given.
        """
        return self.with_answers(self.submitted_interviews(role, candidate))

    def with_answers(self, interviews: Sequence[Interview]) -> list[tuple[Interview, list[Answer]]]:
        """These interviews, each with its answers, which are read for all of them at once."""
        ids = [interview.id for interview in interviews]
        with self._database.errors_explained():
            answers = rows.checked_answers_by_interview(self._connection, ids)
        return [(interview, answers.get(interview.id, [])) for interview in interviews]

    def submitted_interviews(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[Interview]:
        """The same without the answers."""
        which, args = _which(role, candidate)
        interviews = self._database.rows(
            f"{rows.INTERVIEW} WHERE i.submitted_at IS NOT NULL{which} "
            "ORDER BY i.submitted_at, i.id",
            *args,
        )
        return [rows.interview_from_row(row) for row in interviews]

    def decisions(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[Decision]:
        """Every decision in the order they were made: all, of a role, of one candidate."""
        with self._database.errors_explained():
            return decisions.read_decisions(
                self._connection, role.id if role else None, candidate.id if candidate else None
            )


def _which(role: Role | None, candidate: Candidate | None) -> tuple[str, list[str]]:
    keys = {"i.role_id": role and role.id, "i.candidate_id": candidate and candidate.id}
    filters = {column: key for column, key in keys.items() if key is not None}
    return "".join(f" AND {column} = ?" for column in filters), list(filters.values())
