"""The writing side of one interview under way.

Every method is one transaction, on disk when it returns: that is what lets the live screen say
"saved". Each change of a judgement also adds to the log what stood there before, which is the
history of a rating or a note, and what :meth:`Notebook.undo` goes back along. Texts that change
with every pause in typing (the draft, the summary, the reason) and the seconds spent are not
logged: a hash in the interview's own row covers them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from interviewkit.banks.elements import Element
from interviewkit.errors import BlockedError, ChangedMeanwhileError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Amendment, Answer, Interview, Outcome, Recommendation
from interviewkit.interview.second_look import InterviewSnapshot, changes
from interviewkit.storage import audit_log, rows
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.notebook_values import (
    NOT_ASSESSED,
    TakenBack,
    Value,
    insert_asked,
    insert_note,
    join_step,
    last_step,
    moment_after_last,
    put_value,
    read_value,
)
from interviewkit.storage.scorecard_seal import (
    add_amendment,
    discarded_interview,
    refuse_amendment,
    refuse_sealed,
    seal_scorecard,
)


class Notebook:
    """What can be written in one interview until it is submitted.

    Raises BlockedError for any change to a sealed scorecard, StorageError when the disk will not
    take it; either way the record is as it was before the call.
    """

    def __init__(
        self,
        database: Database,
        interview_id: str,
        keep_head: Callable[[], None],
    ) -> None:
        self._database = database
        self._connection = database.connection
        self.interview_id = interview_id
        self._keep_head = keep_head
        self._opened_at: str | None = database.now()  # None once the log says so
        self._no_draft = rows.draft_sha256(interview_id, "", None)

    # Reading

    def interview(self) -> Interview:
        """The interview as it is on disk now."""
        with self._database.errors_explained():
            row = self._connection.execute(
                f"{rows.INTERVIEW} WHERE i.id = ?", (self.interview_id,)
            ).fetchone()
        if row is None:
            raise discarded_interview()
        return rows.interview_from_row(row)

    def answers(self) -> list[Answer]:
        """All answers in the order of the kit, pages included."""
        with self._database.errors_explained():
            return rows.checked_answers(self._connection, self.interview_id)

    def answer(self, question: str) -> Answer:
        """The answer to a question, or the notes of a page."""
        with self._database.errors_explained():
            return rows.checked_answers(self._connection, self.interview_id, question)[0]

    def card(self) -> str:
        """What the plan hands the interviewer for this interview; "" where there is no card."""
        from interviewkit.storage.plan import card_of_interview  # not for the first paint

        with self._database.errors_explained():
            return card_of_interview(self._connection, self.interview_id)

    # The note line

    def keep_draft(self, text: str, note: str | None = None) -> None:
        """The uncommitted line, and the note it edits if it edits one."""
        with self._database.errors_explained():
            sha256 = rows.draft_sha256(self.interview_id, text, note)
        with self._database.transaction():
            refuse_sealed(self._connection, self.interview_id)
            self._connection.execute(
                "UPDATE interview SET draft = ?, draft_note = ?, draft_sha256 = ? WHERE id = ?",
                (text, note, sha256, self.interview_id),
            )

    def add_note(self, question: str, text: str, probe: str | None = None) -> None:
        """A new note under ``probe`` (an asked probe's id) or under none."""
        self.add_notes(question, [text], probe)

    def add_notes(self, question: str, texts: Iterable[str], probe: str | None = None) -> None:
        """Several notes in this order, all of them or none; undo takes them back together."""
        with self._step():
            for text in texts:
                note_id = self._database.new_id()

                def insert(at: str, note_id: str = note_id) -> None:
                    insert_note(self._connection, self._names(question, note_id), probe, at)

                self._record_value(question, "note", note_id, text, insert=insert)

    def edit_note(self, question: str, note_id: str, text: str | None) -> None:
        """Another text for a note; None takes the note away. The log keeps what stood there."""
        self._change(question, "note", note_id, text)

    def mark_note(self, question: str, note_id: str, *, marked: bool) -> None:
        """Tie a note to the answer's rating, or untie it."""
        self._change(question, "mark", note_id, marked or None)

    # Probes and ratings

    def ask(self, question: str, probe: str, text: str, elicits: tuple[Element, ...]) -> None:
        """A probe was asked, in these words. Asked once more after it was taken back, it is new."""

        def insert(at: str) -> None:
            insert_asked(self._connection, self._names(question, probe), text, elicits, at)

        self._change(question, "asked", probe, text, insert=insert)

    def ask_own(self, question: str, text: str) -> str:
        """A follow-up was asked in the interviewer's own words; gives the id it got."""
        probe = self._database.new_id()

        def insert(at: str) -> None:
            names = self._names(question, probe)
            insert_asked(self._connection, names, text, (), at, is_own=True)

        self._change(question, "follow_up", probe, text, insert=insert)
        return probe

    def set_outcome(self, question: str, probe: str, outcome: Outcome | None) -> None:
        """Set the outcome of an asked probe, also long after it was asked; None is "not noted"."""
        self._change(question, "outcome", probe, outcome)

    def rate(self, question: str, rating: int | None) -> None:
        """The rating that counts from now on; None is "not assessed". Ends a skip."""
        with self._step():
            self._drop(question, "skip")
            self._record_value(question, "rating", "", NOT_ASSESSED if rating is None else rating)

    def skip(self, question: str, reason: str) -> None:
        """The question was not asked, for this reason; a rating it had counts no more."""
        with self._step():
            self._drop(question, "rating")
            self._record_value(question, "skip", "", reason)

    def _drop(self, question: str, kind: str) -> None:
        """Inside a transaction: empty a value that another one rules out, if it is there."""
        names = self._names(question)
        if read_value(self._connection, kind, names) is not None:
            self._record_value(question, kind, "", None)

    def tick(self, question: str, element: Element, present: bool | None) -> None:
        """Overrule what the notes show of an element; None leaves it to the notes again."""
        self._change(question, "tick", element, present)

    def undo(self) -> TakenBack | None:
        """Take back the last step not yet taken back, whole; None when there is none."""
        with self._database.transaction():
            step = last_step(self._connection, self.interview_id)
            for seq, change in step:
                self._record_value(
                    change.question, change.field, change.item, change.value, takes_back=seq
                )
        return step[0][1]._replace(changes=len(step)) if step else None

    # Where the interview stands

    def go_to(self, page: str) -> None:
        """Stand at this question or page from now on."""
        with self._database.transaction():
            refuse_sealed(self._connection, self.interview_id)
            page_before = self._connection.execute(
                "SELECT page FROM interview WHERE id = ?", (self.interview_id,)
            ).fetchone()[0]
            self._log_visit("page", page_before, page)
            self._connection.execute(
                "UPDATE interview SET page = ? WHERE id = ?", (page, self.interview_id)
            )

    def pause(self, *, paused: bool) -> None:
        """The clocks stand still, or go on."""
        with self._database.transaction():
            refuse_sealed(self._connection, self.interview_id)
            self._log_visit("paused", not paused, paused)

    def _log_visit(self, field: str, old: Value, new: Value) -> None:
        """Inside a transaction. The program may have been closed since the visit before."""
        at = self._database.now()
        if self._opened_at is not None:
            self._log("visit", "opened", at=self._opened_at)
            self._opened_at = None
        self._log("visit", field, old=old, new=new, at=at)

    def spend(self, question: str, seconds: float) -> None:
        """Set the time used on a question so far, in seconds."""
        self._write_state(
            "UPDATE answer SET seconds = :seconds "
            "WHERE interview_id = :interview AND question = :question",
            {"question": question, "seconds": seconds},
        )

    # Wrapping up

    def recommend(self, recommendation: Recommendation | None) -> None:
        """Set the overall recommendation."""
        self._change("", "recommendation", "", recommendation)

    def summarise(self, summary: str) -> None:
        """The summary in the interviewer's words, as far as it is written."""
        self._write_state(
            "UPDATE interview SET summary = :text WHERE id = :interview", {"text": summary}
        )

    def explain(self, reason: str) -> None:
        """Why the recommendation does not follow the ratings."""
        self._write_state(
            "UPDATE interview SET reason = :text WHERE id = :interview", {"text": reason}
        )

    def submit(self, reviewed: InterviewSnapshot | None = None) -> str:
        """Seal the scorecard for good; gives the seal. BlockedError without a recommendation.

        ChangedMeanwhileError when ``reviewed`` is given and is not what would be sealed.
        """
        interview = self.interview()
        if interview.recommendation is None:
            raise BlockedError(
                "The scorecard has no recommendation yet.", "Choose one, then submit."
            )
        with self._database.transaction():
            refuse_sealed(self._connection, self.interview_id)
            if reviewed is not None:
                self._refuse_if_changed(reviewed)
            # A clock that was set back must not date the end before the beginning.
            at = max(self._database.now(), interview.started_at)
            seal = seal_scorecard(self._connection, self.interview_id, at, self._database.account)
        self._keep_head()
        return seal

    # After submitting

    def amend(
        self, field: str, question: str, value: str | None, reason: str, by: Person, probe: str = ""
    ) -> None:
        """Add to a sealed scorecard (see Amendment); the original stays as it was sealed.

        BlockedError before it is submitted, without a reason, or by anybody but its interviewer;
        for an outcome also where ``probe`` was not asked.
        """
        interview = self.interview()
        refuse_amendment(interview, reason, by)
        with self._database.transaction():
            amendment = Amendment(
                *(
                    self._database.new_id(),
                    self.interview_id,
                    question,
                    field,
                    value,
                    reason.strip(),
                ),
                *(interview.interviewer, self._after_the_last("amendment"), probe),
            )
            add_amendment(self._connection, amendment, self._database.account)
        self._keep_head()

    # The one way in

    @contextmanager
    def _step(self) -> Iterator[None]:
        """A transaction whose changes are one step for undo."""
        with self._database.transaction():
            first_seq = audit_log.head(self._connection).length + 1
            yield
            join_step(self._connection, self.interview_id, first_seq)

    def _change(
        self,
        question: str,
        kind: str,
        item: str,
        value: Value,
        insert: Callable[[str], None] | None = None,
    ) -> None:
        with self._database.transaction():
            self._record_value(question, kind, item, value, insert=insert)

    def _record_value(
        self,
        question: str,
        kind: str,
        item: str,
        value: Value,
        *,
        insert: Callable[[str], None] | None = None,
        takes_back: int | None = None,
    ) -> None:
        """Inside a transaction: write the value, and in the log what it replaced."""
        refuse_sealed(self._connection, self.interview_id)
        # Probes stand in the order of their times, also when the clock was set back.
        is_probe = kind in ("asked", "follow_up")
        at = self._after_the_last("asked") if is_probe else self._database.now()
        if insert:
            insert(at)
        names = self._names(question, item)
        value_before = read_value(self._connection, kind, names)
        put_value(self._connection, kind, names, value)
        self._log(
            "answer",
            kind,
            question=question,
            item=item,
            old=value_before,
            new=value,
            at=at,
            takes_back=takes_back,
        )
        if kind == "note":
            self._connection.execute(
                "UPDATE interview SET touched_at = ?, draft = '', draft_note = NULL, "
                "draft_sha256 = ? WHERE id = ?",
                (at, self._no_draft, self.interview_id),
            )
        else:
            self._connection.execute(
                "UPDATE interview SET touched_at = ? WHERE id = ?", (at, self.interview_id)
            )

    def _names(self, question: str, item: str = "") -> dict[str, Value]:
        return {"interview": self.interview_id, "question": question, "item": item}

    def _log(
        self,
        subject: str,
        field: str,
        *,
        at: str,
        question: str = "",
        item: str = "",
        old: Value = None,
        new: Value = None,
        takes_back: int | None = None,
    ) -> None:
        audit_log.append(
            self._connection,
            subject=subject,
            subject_id=self.interview_id,
            interview_id=self.interview_id,
            field=field,
            question=question,
            item=item,
            old=old,
            new=new,
            at=at,
            takes_back=takes_back,
            account=self._database.account,
        )

    def _after_the_last(self, table: str) -> str:
        return moment_after_last(
            self._connection, table, self.interview_id, self._database.clock.now()
        )

    def _refuse_if_changed(self, snapshot: InterviewSnapshot) -> None:
        lines = changes(snapshot, InterviewSnapshot(self.interview(), tuple(self.answers())))
        if lines:
            raise ChangedMeanwhileError("Another window changed this interview.", "\n".join(lines))

    def _write_state(self, statement: str, values: dict[str, Value | float]) -> None:
        with self._database.transaction():
            refuse_sealed(self._connection, self.interview_id)
            self._connection.execute(statement, {"interview": self.interview_id, **values})
            self._connection.execute(
                "UPDATE interview SET state_sha256 = ? WHERE id = ?",
                (rows.state_sha256(self._connection, self.interview_id), self.interview_id),
            )
