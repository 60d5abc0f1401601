"""The records: who is interviewed for what, every interview, and what comparisons read.

One store belongs to one thread and one open file.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from interviewkit.errors import AmbiguousNameError
from interviewkit.interview.clock import Clock, IdMaker, Ids, SystemClock
from interviewkit.interview.limits import refuse_long_names
from interviewkit.interview.people import Person, RecordKind, normalize_name
from interviewkit.interview.records import Candidate, Course, Decision, Interview, Role
from interviewkit.interview.sealed_document import decision_document
from interviewkit.storage import bank_texts, decisions, outer_head, role_candidate_rows, rows
from interviewkit.storage.account import system_account
from interviewkit.storage.file.database import open_database, refuses_writing
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.transaction import Database, sqlite_errors_explained
from interviewkit.storage.interview_start import (
    InterviewKey,
    InterviewRequest,
    begin_interview,
    interviews_alike,
    keep_opener,
)
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.unfiltered_reads import UnfilteredReads

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank
    from interviewkit.interview.documents import Offer
    from interviewkit.storage.discard import InterviewContents
    from interviewkit.storage.exchange_export import Exchange
    from interviewkit.storage.import_joins import JoinAnswers
    from interviewkit.storage.import_report import Taken
    from interviewkit.storage.people import Registry
    from interviewkit.storage.plan import Planning
    from interviewkit.storage.privacy.erasure import Erasing
    from interviewkit.storage.privacy.retention import Retention
    from interviewkit.storage.reader import Reader
    from interviewkit.storage.search import SearchIndex
    from interviewkit.storage.team.team_records import Sharing


class Store:
    """The open records. Close it, or use it as a context manager."""

    def __init__(
        self,
        path: Path,
        clock: Clock | None = None,
        new_id: IdMaker | None = None,
        account: str | None = None,
        unlock: Unlock | None = None,
        *,
        is_lasting: bool = True,
    ) -> None:
        """``unlock`` gives the key of an encrypted file; see database.open_database.

        Of records that are not lasting, an example or a trial, no head is kept outside the file.
        """
        self.is_lasting = is_lasting
        self.path = path
        self.clock = clock or SystemClock()
        self.account = system_account() if account is None else account
        connection = open_database(path, unlock)
        self.unlock = unlock
        self._banks: dict[str, Bank] = {}
        with sqlite_errors_explained(path):
            self.new_id = new_id or Ids(self.clock, newest_id=rows.greatest_id(connection))
        self._connection = connection
        self._database = Database(connection, path, self.clock, self.new_id, self.account)
        self._reads = UnfilteredReads(self._database)
        # NOCASE knows the letters of ASCII only, and people are called Åsa and Łukasz.
        self._connection.create_function("normalize_name", 1, normalize_name, deterministic=True)

    @property
    def is_read_only(self) -> bool:
        """Whether the file or its folder may not be written, so that all this can do is read."""
        return refuses_writing(self._connection)

    def another(self) -> "Store":
        """The same records opened once more: a connection belongs to its thread."""
        return Store(
            self.path,
            self.clock,
            account=self.account,
            unlock=self.unlock,
            is_lasting=self.is_lasting,
        )

    def keep_head(self) -> None:
        """Keep the head of the log outside the file, where that can be done."""
        with suppress(*sqlite_errors()):  # damaged or locked: what was kept before still stands
            if self.is_lasting:
                outer_head.write_outer_head(self._connection, self.path, self.clock.now())

    def doubt_once(self) -> str:
        """Why the records' place is not safe, the first time it is asked for; else ""."""
        from interviewkit.storage.file.location_check import tell_once

        return tell_once(self._connection, self.path, self._database.now())

    def close(self) -> None:
        """Close the file; SQLite then folds its journal into it."""
        with suppress(*sqlite_errors()):  # closed already
            if self._connection.total_changes:
                self.keep_head()
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
        """All roles, by title; those merged into others are not among them."""
        with self._database.errors_explained():
            return role_candidate_rows.roles_by_title(self._connection)

    def role(self, text: str) -> Role:
        """The role with this id, reference or title, however it is capitalised.

        NotFoundError names the others; AmbiguousNameError lists which the title could mean.
        """
        record = self.registry().resolve(RecordKind.ROLE, text)
        return Role(record.id, record.name)

    def candidate(self, text: str) -> Candidate:
        """The candidate with this id, reference or name, however it is capitalised.

        NotFoundError names the others; AmbiguousNameError lists whom the name could mean.
        """
        record = self.registry().resolve(RecordKind.CANDIDATE, text)
        return Candidate(record.id, record.name, record.reference)

    def candidates(self, role: Role | None = None) -> list[Candidate]:
        """Candidates by name: all of them, or those interviewed for one role."""
        with self._database.errors_explained():
            return role_candidate_rows.candidates_by_name(self._connection, role)

    # People

    def person(self, text: str) -> Person:
        """The person with this id, e-mail or name; one without an id where nobody is called so.

        AmbiguousNameError lists whom the name could mean.
        """
        return self.registry().person(text)

    def people(self) -> list[Person]:
        """Everybody who interviews, owns a role or decides, by name."""
        return self.registry().people()

    def current_user(self) -> Person:
        """Who sits at the keyboard: by the settings, by what they said, else by their account."""
        from interviewkit.storage.people import current_user

        return current_user(self.registry())

    def registry(self) -> "Registry":
        """What looks up, renames and merges people, roles and candidates."""
        from interviewkit.storage.people import Registry

        return Registry(self._database)

    def planning(self) -> "Planning":
        """What is planned: who will interview whom."""
        from interviewkit.storage.plan import Planning

        return Planning(self._database)

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
        opener: Person | None = None,
        reference: str = "",
        new: Collection[RecordKind] = (),
    ) -> Interview:
        """Begin an interview, or give the one under way for the same people, role and kit.

        ``bank_text`` is (sha256, text); ``pages`` are (question or page, competency or None) in
        the order they will be asked. Role, candidate and interviewer are ids, references or names;
        those not known yet are made. ``reference`` is the candidate's: a new candidate is made
        where nobody has it. ``new`` are kinds of which another of the same name is made.
        ``opener`` sits at the keyboard, whatever name was typed as ``interviewer``.
        InterviewKitError for a name that is too long to be kept.
        """
        refuse_long_names(candidate=candidate, role=role, interviewer=interviewer)
        request = InterviewRequest(
            candidate, role, interviewer, bank, bank_text, kit, tuple(pages), reference, new
        )
        with self._database.transaction():
            interview_id = begin_interview(self._database, self.registry(), request)
            keep_opener(self._connection, self._reads.interview(interview_id), opener)
        return self._reads.interview(interview_id)

    def open_as(self, interview_id: str, opener: Person) -> None:
        """Keep who opens an interview under way; while it lasts it blinds that person, too."""
        with self._database.transaction():
            keep_opener(self._connection, self._reads.interview(interview_id), opener)

    def under_way(
        self, *, candidate: str, role: str, interviewer: str, bank: str, kit: str
    ) -> str | None:
        """The id of the interview that these people have not submitted yet, if there is one."""
        key = InterviewKey(candidate, role, interviewer, bank, kit)
        with self._database.errors_explained():
            interviews = interviews_alike(
                self._connection, self.registry(), key, is_submitted=False
            )
        return interviews[0].id if interviews else None

    def submitted_alike(
        self, *, candidate: str, role: str, interviewer: str, bank: str, kit: str
    ) -> str | None:
        """The id of the scorecard these people submitted last with this kit, if there is one."""
        key = InterviewKey(candidate, role, interviewer, bank, kit)
        with self._database.errors_explained():
            interviews = interviews_alike(self._connection, self.registry(), key, is_submitted=True)
        return interviews[-1].id if interviews else None

    def contents(self, interview_id: str, by: str) -> "InterviewContents":
        """What ``by`` would lose by discarding an interview; BlockedError where it has to stay."""
        from interviewkit.storage.discard import contents

        with self._database.errors_explained():
            return contents(self._connection, interview_id, by)

    def discard(self, interview_id: str, by: str) -> None:
        """Take out an interview that is not submitted; BlockedError where it has to stay."""
        from interviewkit.storage.discard import discard

        with self._database.errors_explained():
            discard(self._connection, interview_id, by, self._database.now(), self.account)

    def notebook(self, interview_id: str) -> Notebook:
        """The notebook that writes to an interview under way."""
        return Notebook(self._database, interview_id, self.keep_head)

    def seen_by(self, person: Person) -> "Reader":
        """What ``person`` may read of interviews, scorecards and decisions: the only door."""
        from interviewkit.storage.reader import Reader

        return Reader(self._database, person, self._exchange)

    def import_documents(
        self,
        offers: "Iterable[tuple[str, Offer]]",
        answers: "JoinAnswers | None" = None,
        *,
        accepts_second: bool = False,
    ) -> "Taken":
        """Add what is not known yet, all of it or nothing; see Importer.take_in."""
        from interviewkit.storage.importer import NO_ANSWERS, Importer

        importer = Importer(self._database)
        return importer.take_in(offers, answers or NO_ANSWERS, accepts_second=accepts_second)

    def retention(self) -> "Retention":
        """The settings of roles, and how long records are kept."""
        from interviewkit.storage.privacy.retention import Retention

        return Retention(self._database)

    def erasing(self) -> "Erasing":
        """What takes a person out of the records."""
        from interviewkit.storage.privacy.erasure import Erasing

        return Erasing(self._database, self.unlock)

    def belongs_to_team(self) -> bool:
        """Whether there is a team to go a round with; the rest of it need not be loaded."""
        return bool(self._database.rows("SELECT 1 FROM team WHERE left_at = ''"))

    def sharing(self) -> "Sharing":
        """What is kept of a team: membership, what goes out, what came in."""
        from interviewkit.storage.team.team_records import Sharing

        return Sharing(self._database)

    def search_index(self) -> "SearchIndex":
        """What keeps the index of all that was written; Reader.passages finds in it."""
        from interviewkit.storage.search import SearchIndex

        return SearchIndex(self._database)

    # Decisions

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
        yet: anyone who still owes a judgement of their own cannot have been in the debrief.
        """
        with self._database.errors_explained():
            decisions.refuse_decision(self._connection, candidate, reason, by)
        decision = self.new_decision(
            role.id, candidate.id, course, reason.strip(), next_steps.strip(), by.strip()
        )
        with self._database.transaction():
            document = decision_document(decision, self.person_id(decision.by))
            decisions.store_decision(self._connection, decision, document, self.account)
        from interviewkit.storage.transcript_rows import fold_journal

        with self._database.errors_explained():
            fold_journal(self._connection)
        return decision

    def person_id(self, name: str) -> str:
        """The id of the one person called so, else ""."""
        try:
            return self.person(name).id
        except AmbiguousNameError:
            return ""

    def new_decision(
        self, role: str, candidate: str, course: Course, reason: str, next_steps: str, by: str
    ) -> Decision:
        """A decision of now, not kept yet; ``role`` and ``candidate`` are ids."""
        at = self._database.now()
        return Decision(self.new_id(), role, candidate, course, reason, next_steps, by, at)

    def known_decision(self, decision: Decision) -> Decision | None:
        """The decision in the records that already says the same, whatever its id and time."""
        with self._database.errors_explained():
            return decisions.with_content(self._connection, decision)

    # Banks

    def last_kit(self, role_id: str = "") -> tuple[str, str] | None:
        """Bank and kit of the interview begun last: for this role, where it had one, else any.

        None before the first interview.
        """
        interviews = self._database.rows(
            "SELECT bank_id, kit FROM interview "
            "ORDER BY role_id = ? DESC, started_at DESC, id DESC LIMIT 1",
            role_id,
        )
        return (str(interviews[0][0]), str(interviews[0][1])) if interviews else None

    def bank(self, sha256: str) -> "Bank":
        """The bank itself; NotFoundError when no interview used a text with this hash."""
        if sha256 not in self._banks:
            with self._database.errors_explained():
                self._banks[sha256] = bank_texts.bank_of(self._connection, sha256)
        return self._banks[sha256]

    def has_bank(self, sha256: str) -> bool:
        """Whether an interview has used a text with this hash."""
        return bool(self._database.rows("SELECT 1 FROM bank WHERE sha256 = ?", sha256))

    def banks_used(self) -> list[tuple[str, str, str]]:
        """(sha256, id, text) of every bank text that an interview used."""
        return [
            (row[0], row[1], row[2])
            for row in self._database.rows("SELECT sha256, id, text FROM bank ORDER BY id, sha256")
        ]

    # Inside

    def _exchange(self) -> "Exchange":
        from interviewkit.storage.exchange_export import Exchange

        return Exchange(self._database, self.keep_head)
