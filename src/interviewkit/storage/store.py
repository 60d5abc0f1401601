"""The records: who is interviewed for what, every interview, and what comparisons read.

One store belongs to one thread and one open file. Writing inside an interview is the
:class:`Notebook`'s.
"""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from interviewkit.comparison.means import Rated, person
from interviewkit.errors import BlockedError, unknown
from interviewkit.interview.clock import Clock, IdMaker, Ids, SystemClock, stamp
from interviewkit.interview.records import (
    Answer,
    Candidate,
    Interview,
    Recommendation,
    Role,
    Standing,
)
from interviewkit.storage import rows
from interviewkit.storage.database import faults, open_database, transaction
from interviewkit.storage.notebook import Notebook

if TYPE_CHECKING:
    from interviewkit.comparison.comparing import Comparison
    from interviewkit.comparison.kits import KitUsed
    from interviewkit.storage.importing import Exchange


class Store:
    """The open records. Close it, or use it as a context manager."""

    def __init__(
        self, path: Path, clock: Clock | None = None, new_id: IdMaker | None = None
    ) -> None:
        self.path = path
        self.clock = clock or SystemClock()
        self.new_id = new_id or Ids(self.clock)
        self._connection = open_database(path)
        # NOCASE knows the letters of ASCII only, and people are called Åsa and Łukasz.
        self._connection.create_function("person", 1, person, deterministic=True)

    def close(self) -> None:
        """Close the file; SQLite then folds its journal into it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Roles and candidates

    def roles(self) -> list[Role]:
        """All roles, by title."""
        found = self._all("SELECT id, title FROM role ORDER BY title")
        return [Role(*row) for row in found]

    def role(self, title: str) -> Role:
        """The role with this title, however it is capitalised; NotFoundError names the others."""
        found = self._all("SELECT id, title FROM role WHERE person(title) = ?", person(title))
        if not found:
            raise unknown("role", title, [role.title for role in self.roles()])
        return Role(*found[0])

    def candidates(self, role: Role | None = None) -> list[Candidate]:
        """Candidates by name: all of them, or those interviewed for one role."""
        if role is None:
            found = self._all("SELECT id, name FROM candidate ORDER BY name")
        else:
            found = self._all(
                "SELECT DISTINCT c.id, c.name FROM candidate AS c "
                "JOIN interview AS i ON i.candidate_id = c.id WHERE i.role_id = ? ORDER BY c.name",
                role.id,
            )
        return [Candidate(*row) for row in found]

    # Interviews

    def start(
        self,
        *,
        candidate: str,
        role: str,
        interviewer: str,
        bank: str,
        bank_text: tuple[str, str],
        kit: str,
        pages: Iterable[tuple[str, str | None]],
    ) -> Interview:
        """Begin an interview, or give the one under way for the same people, role and kit.

        ``bank_text`` is (sha256, text); ``pages`` are (question or page, competency or None) in
        the order they will be asked. Role and candidate are made when their names are new.
        """
        with faults(self.path), transaction(self._connection):
            found = self.under_way(
                candidate=candidate, role=role, interviewer=interviewer, bank=bank, kit=kit
            )
            if found:
                return found
            role_id = self._named("role", "title", role)
            candidate_id = self._named("candidate", "name", candidate)
            self.keep_bank(*bank_text, bank)
            interview_id, at, pages = self.new_id(), stamp(self.clock.now()), list(pages)
            self._connection.execute(
                "INSERT INTO interview (id, role_id, candidate_id, interviewer, bank_id, "
                "bank_sha256, kit, started_at, touched_at, page) VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    interview_id,
                    role_id,
                    candidate_id,
                    interviewer.strip(),
                    bank,
                    bank_text[0],
                    kit,
                    at,
                    at,
                    pages[0][0],
                ),
            )
            self._connection.executemany(
                "INSERT INTO answer (interview_id, question, position, competency) "
                "VALUES (?, ?, ?, ?)",
                [(interview_id, page, i, competency) for i, (page, competency) in enumerate(pages)],
            )
        return self.interview(interview_id)

    def under_way(
        self, *, candidate: str, role: str, interviewer: str, bank: str, kit: str
    ) -> Interview | None:
        """The interview that these people have not submitted yet, if there is one."""
        found = self._all(
            f"{rows.INTERVIEW} WHERE i.submitted_at IS NULL AND person(role.title) = ? "
            "AND person(candidate.name) = ? AND person(i.interviewer) = ? "
            "AND i.bank_id = ? AND i.kit = ?",
            person(role),
            person(candidate),
            person(interviewer),
            bank,
            kit,
        )
        return rows.interview(found[0]) if found else None

    def discard(self, interview_id: str) -> None:
        """Take away an interview begun by mistake; BlockedError once anything was written in it."""
        with faults(self.path), transaction(self._connection):
            written = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM trail WHERE interview_id = ?1) "
                "OR EXISTS (SELECT 1 FROM interview WHERE id = ?1 "
                "AND (submitted_at IS NOT NULL OR draft <> '' OR summary <> ''))",
                (interview_id,),
            ).fetchone()[0]
            if written:
                raise BlockedError(
                    "Something has been written in this interview, so it stays.",
                    "Only an interview in which nothing was written can be discarded.",
                )
            self._connection.execute("DELETE FROM answer WHERE interview_id = ?", (interview_id,))
            self._connection.execute("DELETE FROM interview WHERE id = ?", (interview_id,))

    def interview(self, interview_id: str) -> Interview:
        """One interview; NotFoundError when its id is unknown."""
        found = self._all(f"{rows.INTERVIEW} WHERE i.id = ?", interview_id)
        if not found:
            raise unknown("interview", interview_id, [])
        return rows.interview(found[0])

    def answers(self, interview_id: str) -> list[Answer]:
        """The answers of an interview in the order of the kit, pages included."""
        with faults(self.path):
            return rows.answers(self._connection, interview_id)

    def notebook(self, interview_id: str) -> Notebook:
        """The writing side of an interview."""
        return Notebook(self._connection, self.path, interview_id, self.clock, self.new_id)

    def exchange(self) -> "Exchange":
        """Scorecards in and out as sealed documents."""
        from interviewkit.storage.importing import Exchange

        return Exchange(self._connection, self.path, self.clock)

    def standings(self, role: Role | None = None) -> list[Standing]:
        """Interviews with how far they are, those under way first, the last touched first."""
        where, args = ("", []) if role is None else ("WHERE i.role_id = ?", [role.id])
        counts = (
            "SELECT count(*), sum(assessed IS NOT NULL OR skipped IS NOT NULL) FROM answer "
            "WHERE interview_id = ? AND competency IS NOT NULL"
        )
        result = []
        for row in self._all(
            f"{rows.INTERVIEW} {where} "
            "ORDER BY i.submitted_at IS NOT NULL, i.touched_at DESC, i.id DESC",
            *args,
        ):
            questions, done = self._all(counts, row[0])[0]
            touched = self._all("SELECT touched_at FROM interview WHERE id = ?", row[0])[0][0]
            result.append(Standing(rows.interview(row), questions, done or 0, touched))
        return result

    def scorecards(self, role: Role | None = None) -> list[tuple[Interview, list[Answer]]]:
        """Every submitted interview with its answers, in the order of submission."""
        where, args = ("", []) if role is None else ("AND i.role_id = ?", [role.id])
        found = self._all(
            f"{rows.INTERVIEW} WHERE i.submitted_at IS NOT NULL {where} "
            "ORDER BY i.submitted_at, i.id",
            *args,
        )
        interviews = [rows.interview(row) for row in found]
        return [(interview, self.answers(interview.id)) for interview in interviews]

    # Banks

    def last_bank(self) -> str | None:
        """The id of the bank that the interview begun last uses; None before the first."""
        found = self._all("SELECT bank_id FROM interview ORDER BY started_at DESC, id DESC LIMIT 1")
        return str(found[0][0]) if found else None

    def keep_bank(self, sha256: str, text: str, bank: str) -> None:
        """Keep the text an interview uses, under its hash. Known already is not an error."""
        self._connection.execute(
            "INSERT INTO bank (sha256, id, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (sha256, bank, text),
        )

    def bank_text(self, sha256: str) -> str:
        """The text of a bank as an interview used it."""
        found = self._all("SELECT text FROM bank WHERE sha256 = ?", sha256)
        if not found:
            raise unknown("bank text", sha256, [])
        return str(found[0][0])

    def banks_used(self) -> list[tuple[str, str, str]]:
        """(sha256, id, text) of every bank text that an interview used."""
        return [
            (row[0], row[1], row[2])
            for row in self._all("SELECT sha256, id, text FROM bank ORDER BY id, sha256")
        ]

    # For the recruiter

    def rated(self, role: Role) -> list[Rated]:
        """Every answer of every scorecard for a role, one row an answer, in a stable order.

        Ratings and recommendations are those that count: amended where they were amended.
        """
        found = self._all(
            """
            SELECT i.candidate_id, c.name, i.id, i.interviewer, i.bank_sha256, i.kit,
                   a.question, a.competency,
                   CASE WHEN m.id IS NULL THEN a.rating ELSE CAST(m.value AS INTEGER) END,
                   a.skipped,
                   (SELECT count(*) FROM asked AS p WHERE p.interview_id = i.id
                    AND p.question = a.question AND p.taken_back = 0),
                   (SELECT count(*) FROM asked AS p WHERE p.interview_id = i.id
                    AND p.question = a.question AND p.taken_back = 0
                    AND p.outcome = 'new_detail'),
                   coalesce(
                       (SELECT r.value FROM amendment AS r WHERE r.interview_id = i.id
                        AND r.what = 'recommendation' ORDER BY r.at DESC, r.id DESC LIMIT 1),
                       i.recommendation)
            FROM interview AS i
            JOIN candidate AS c ON c.id = i.candidate_id
            JOIN answer AS a ON a.interview_id = i.id AND a.competency IS NOT NULL
            LEFT JOIN amendment AS m ON m.id = (
                SELECT id FROM amendment WHERE interview_id = i.id
                AND question = a.question AND what = 'rating' ORDER BY at DESC, id DESC LIMIT 1)
            WHERE i.role_id = ? AND i.submitted_at IS NOT NULL
            ORDER BY c.name, i.submitted_at, i.id, a.position
            """,
            role.id,
        )
        return [Rated(*(*row, word and Recommendation(word))) for *row, word in found]

    def kits_used(self, role: Role) -> "list[KitUsed]":
        """The kits behind a role's scorecards, the first submitted first."""
        from interviewkit.banks.reading import parse_bank
        from interviewkit.comparison.kits import KitUsed

        used: dict[tuple[str, str], list[str]] = {}
        for sha256, kit, interview_id in self._all(
            "SELECT bank_sha256, kit, id FROM interview "
            "WHERE role_id = ? AND submitted_at IS NOT NULL ORDER BY submitted_at, id",
            role.id,
        ):
            used.setdefault((sha256, kit), []).append(interview_id)
        banks = {sha256: parse_bank(self.bank_text(sha256), sha256) for sha256, _ in used}
        return [KitUsed(banks[sha], sha, kit, tuple(ids)) for (sha, kit), ids in used.items()]

    def comparison(self, role: Role, viewer: str) -> "Comparison":
        """The candidates for a role, as ``viewer`` may see them."""
        from interviewkit.comparison.comparing import compare

        return compare(role, self.rated(role), self.kits_used(role), self.unseen(None, viewer))

    def unseen(self, role: Role | None, viewer: str) -> set[str]:
        """Ids of candidates whose scorecards ``viewer`` may not see yet; None asks for any role.

        Whoever has an interview under way forms a judgement of their own first; a scorecard
        already submitted for the same role is one, whatever round comes next.
        """
        found = self._all(
            "SELECT DISTINCT candidate_id FROM interview "
            "WHERE submitted_at IS NULL AND person(interviewer) = ?1 "
            "AND (?2 IS NULL OR role_id = ?2) AND NOT EXISTS ("
            "SELECT 1 FROM interview AS mine WHERE mine.submitted_at IS NOT NULL "
            "AND mine.candidate_id = interview.candidate_id AND mine.role_id = interview.role_id "
            "AND person(mine.interviewer) = ?1)",
            person(viewer),
            role.id if role else None,
        )
        return {row[0] for row in found}

    # Inside

    def _named(self, table: str, column: str, name: str) -> str:
        name = name.strip()
        found = self._connection.execute(
            f"SELECT id FROM {table} WHERE person({column}) = ?",  # noqa: S608 - constants
            (person(name),),
        ).fetchone()
        if found:
            return str(found[0])
        new = self.new_id()
        self._connection.execute(
            f"INSERT INTO {table} (id, {column}, created_at) VALUES (?, ?, ?)",  # noqa: S608
            (new, name, stamp(self.clock.now())),
        )
        return new

    def _all(self, statement: str, *args: object) -> list[tuple[Any, ...]]:
        with faults(self.path):
            return self._connection.execute(statement, args).fetchall()
