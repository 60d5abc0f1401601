"""Transcripts beside interviews: added, read and removed by anyone who may read the interview.

The one door to them. A transcript is an attachment: it is not sealed and not searched, it leaves by
no export but the candidate's own pack, and no number or suggestion is made of it.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from interviewkit.errors import BlockedError, InterviewKitError, NotFoundError
from interviewkit.interview.clock import today
from interviewkit.interview.documents import Visit
from interviewkit.interview.people import Person
from interviewkit.interview.records import Answer, Candidate, Interview, Role, Standing
from interviewkit.interview.transcript import (
    FARTHEST,
    Cue,
    Speaker,
    Transcript,
    checked_consent,
    guess_speakers,
    refuse_long_transcript,
)
from interviewkit.interview.transcript_alignment import Stays, stays_of_notes, stays_of_visits
from interviewkit.storage import rows, transcript_rows
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.visits import visits


class InterviewReader(Protocol):
    """What says which interviews a person may read."""

    person: Person

    def interview(self, interview_id: str) -> Interview:
        """One interview; BlockedError when this person may not read it."""

    def standings(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[Standing]:
        """Interviews; those that this person may not read are withheld."""


class ListedTranscript(NamedTuple):
    """A transcript in a list, with its interview."""

    interview: Interview
    transcript: Transcript


class Transcripts:
    """The transcripts of the interviews that one person may read."""

    def __init__(self, database: Database, reader: InterviewReader) -> None:
        self._database = database
        self._connection = database.connection
        self._reader = reader

    # Reading

    def transcript(self, interview_id: str) -> Transcript | None:
        """That of an interview, None where there is none; BlockedError as for the interview."""
        self._reader.interview(interview_id)
        with self._database.errors_explained():
            return transcript_rows.select_transcript(self._connection, interview_id)

    def entries(
        self, role: Role | None = None, candidate: Candidate | None = None
    ) -> list[ListedTranscript]:
        """Those that this person may read, by the start of their interviews."""
        with self._database.errors_explained():
            ids = transcript_rows.transcribed_interviews(self._connection)
        listed = []
        for standing in self._reader.standings(role, candidate):
            if standing.interview.id in ids and not standing.is_withheld:
                transcript = self.transcript(standing.interview.id)
                if transcript is not None:
                    listed.append(ListedTranscript(standing.interview, transcript))
        return sorted(listed, key=lambda item: (item.interview.started_at, item.interview.id))

    def answers(self, interview_id: str) -> list[Answer]:
        """The answers of the interview, to stand beside its transcript."""
        self._reader.interview(interview_id)
        with self._database.errors_explained():
            return rows.checked_answers(self._connection, interview_id)

    def stays(self, interview_id: str) -> Stays:
        """When the interview stood at which question: by its log, else by its notes."""
        interview = self._reader.interview(interview_id)
        with self._database.errors_explained():
            logged = _visits(self._connection, interview, self._database.now())
        if logged:
            return stays_of_visits(logged, interview.started_at)
        return stays_of_notes(self.answers(interview_id), interview.started_at)

    def count_at_decision(self, role: Role, candidate: Candidate) -> int:
        """How many transcripts a decision to hire or not to hire deletes, those that this person
        may not read included. 0 where the settings or a legal hold keep them longer.
        """
        if transcript_rows.transcript_days() != 0:
            return 0
        with self._database.errors_explained():
            return transcript_rows.count_with_decision(self._connection, role.id, candidate.id)

    # Changing

    def add(
        self,
        interview_id: str,
        file_name: str,
        cues: Sequence[Cue],
        *,
        consent_by: str,
        consent_day: str,
    ) -> Transcript:
        """Keep a transcript; BlockedError without consent, where one is kept already, and after
        the decision with which it would have to go.
        """
        interview = self._reader.interview(interview_id)
        consent = checked_consent(consent_by, consent_day, today(self._database.clock))
        refuse_long_transcript(cues)
        transcript = Transcript(
            *(interview_id, file_name, tuple(cues), consent),
            *(self._reader.person.name, self._database.now()),
            guess_speakers(cues, interview.candidate.name, interview.interviewer),
        )
        with self._database.transaction():
            if transcript_rows.select_transcript(self._connection, interview_id):
                raise BlockedError(
                    f"The interview of {interview.candidate.name} by {interview.interviewer} has a "
                    "transcript already.",
                    "Remove that first.",
                )
            transcript_rows.insert_transcript(self._connection, transcript, self._database.account)
            self._refuse_decided(interview)
        return transcript

    def _refuse_decided(self, interview: Interview) -> None:
        """Inside the transaction that adds: what would be due at once is not taken in."""
        decided = {item.interview for item in transcript_rows.decided_transcripts(self._connection)}
        if interview.id in decided and transcript_rows.transcript_days() == 0:
            raise BlockedError(
                f"{interview.candidate.name} is decided on, and transcripts are deleted at the "
                "decision.",
                "The setting transcript_days keeps them longer. Nothing was added.",
            )

    def remove(self, interview_id: str) -> None:
        """Delete a transcript for good; NotFoundError where there is none, BlockedError under a
        legal hold.
        """
        interview = self._reader.interview(interview_id)
        with self._database.transaction():
            hold = self._connection.execute(
                "SELECT hold FROM role_setting WHERE role_id = ? AND hold <> ''",
                (interview.role.id,),
            ).fetchone()
            if hold:
                raise BlockedError(
                    f"{interview.role.title} is under a legal hold: {hold[0]}.",
                    "Nothing was removed. `interviewkit role set` ends a hold with --no-hold.",
                )
            if not transcript_rows.delete_transcript(
                *(self._connection, interview_id, "hand"),
                *(self._database.now(), self._database.account),
            ):
                raise no_transcript(interview)
        with self._database.errors_explained():
            transcript_rows.fold_journal(self._connection)

    def set_offset(self, interview_id: str, offset: float | None) -> Transcript:
        """Set by hand how many seconds after the interview the recording starts; None leaves it to
        the words of the questions again.
        """
        if offset is not None and not -FARTHEST <= offset <= FARTHEST:
            raise InterviewKitError(
                f"{offset:g} seconds is more than a day.", "Give the seconds between the two."
            )
        before = self._stored_transcript(interview_id)
        self._set(
            interview_id, "hand_offset", offset, transcript_rows.OFFSET, before.offset, offset
        )
        return before._replace(offset=offset)

    def set_speaker(self, interview_id: str, name: str, voice: Speaker) -> Transcript:
        """Say once whose voice a name in the transcript is."""
        before = self._stored_transcript(interview_id)
        speakers: Mapping[str, Speaker] = {**before.speakers, name: voice}
        text = json.dumps(speakers, ensure_ascii=False)
        self._set(interview_id, "speakers", text, transcript_rows.SPEAKERS, None, voice.value)
        return before._replace(speakers=speakers)

    def _stored_transcript(self, interview_id: str) -> Transcript:
        transcript = self.transcript(interview_id)
        if transcript is None:
            raise no_transcript(self._reader.interview(interview_id))
        return transcript

    def _set(
        self, interview_id: str, column: str, value: object, field: str, old: object, new: object
    ) -> None:
        with self._database.transaction():
            transcript_rows.set_transcript_value(self._connection, interview_id, column, value)
            transcript_rows.log_transcript(
                *(self._connection, interview_id, field),
                *(self._database.now(), self._database.account),
                old=old,
                new=new,
            )


def no_transcript(interview: Interview) -> NotFoundError:
    """What to say of an interview without a transcript."""
    return NotFoundError(
        f"The interview of {interview.candidate.name} by {interview.interviewer} has no "
        "transcript.",
        "`interviewkit transcript list` lists those there are.",
    )


def _visits(connection: sqlite3.Connection, interview: Interview, now: str) -> list[Visit]:
    """Of a scorecard those that were sealed with it, which came along if it was imported."""
    if interview.submitted_at is None:
        return visits(connection, interview.id, now)
    row = connection.execute(
        "SELECT body FROM sealed_document WHERE kind = 'scorecard' AND id = ?", (interview.id,)
    ).fetchone()
    sealed = json.loads(row[0]).get("visits", ()) if row else ()
    return [Visit(visit["question"], visit["from"], visit["to"]) for visit in sealed]
