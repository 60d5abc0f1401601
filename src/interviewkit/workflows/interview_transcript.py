"""An interview's transcript laid beside its notes by question, and its lines kept as notes."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import AmbiguousNameError, BlockedError, InterviewKitError, NotFoundError
from interviewkit.interview.clock import as_clock, local_day_words
from interviewkit.interview.people import Person, is_same_person, normalize_name
from interviewkit.interview.records import CLOSING, OPENING, Answer, Interview
from interviewkit.interview.transcript import Cue, Speaker, Transcript
from interviewkit.interview.transcript_alignment import Alignment, Basis, Stays, align_transcript
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store
from interviewkit.storage.transcripts import Transcripts, no_transcript

FROM_TRANSCRIPT = "from the transcript"
TITLES = {OPENING: "Opening", CLOSING: "Closing", "": "Not placed"}


class TranscriptPage(NamedTuple):
    """A question or page: its words, its answer if it has one, and what was said there."""

    question: str
    ask: str
    answer: Answer | None
    cues: tuple[Cue, ...]


class AlignedTranscript(NamedTuple):
    """A transcript with its interview; ``pages`` in the order of the interview.

    ``stays`` and ``asks`` are what another offset is worked out from.
    """

    interview: Interview
    transcript: Transcript
    alignment: Alignment
    pages: tuple[TranscriptPage, ...]
    stays: Stays

    @property
    def offset_words(self) -> str:
        """Where the recording starts, and how that is known."""
        return offset_sentence(self.alignment, is_logged=self.stays.is_logged)

    def page(self, question: str) -> int:
        """The index of a question's page; 0 where there is none."""
        questions = [page.question for page in self.pages]
        return questions.index(question) if question in questions else 0


def offset_sentence(alignment: Alignment, *, is_logged: bool) -> str:
    """``The recording starts 00:12 before the interview, by the words of 6 questions.``"""
    count = alignment.matched
    questions = count_noun(count, "question")
    if alignment.basis is Basis.NO_TIMES:
        return f"The file has no times: lines follow the words of {questions}."
    distance = as_clock(abs(alignment.offset))
    side = "before" if alignment.offset < 0 else "after"
    start = f"The recording starts {distance} {side} the interview"
    if not round(alignment.offset):
        start = "The recording starts with the interview"
    how = {
        Basis.QUESTIONS: f"by the words of {questions}",
        Basis.HAND: "set by hand",
        Basis.START: "taken to be so, since too few questions were found in it",
    }[alignment.basis]
    log = "" if is_logged else " Without a log of questions, lines are placed roughly."
    return f"{start}, {how}.{log}"


def open_transcript(store: Store, viewer: Person, interview_id: str) -> AlignedTranscript:
    """The transcript of an interview beside its notes.

    BlockedError where the viewer may not read the interview, NotFoundError without a transcript.
    """
    reader = store.seen_by(viewer)
    interview = reader.interview(interview_id)
    transcripts = reader.transcripts()
    transcript = transcripts.transcript(interview_id)
    if transcript is None:
        raise no_transcript(interview)
    return _align_pages(store, transcripts, interview, transcript)


def _align_pages(
    store: Store, transcripts: Transcripts, interview: Interview, transcript: Transcript
) -> AlignedTranscript:
    answers = transcripts.answers(interview.id)
    bank = store.bank(interview.bank_sha256)
    asks = {
        answer.question: bank.question(answer.question).ask
        for answer in answers
        if answer.competency
    }
    stays = transcripts.stays(interview.id)
    alignment = align_transcript(transcript.cues, asks, stays, transcript.offset)
    pages = []
    by_question = {answer.question: answer for answer in answers}
    for question in dict.fromkeys(["", *by_question, *alignment.questions]):
        cues = tuple(
            cue
            for cue, placed in zip(transcript.cues, alignment.questions, strict=True)
            if placed == question
        )
        if question or cues:
            ask = asks.get(question) or TITLES.get(question, question)
            pages.append(TranscriptPage(question, ask, by_question.get(question), cues))
    return AlignedTranscript(interview, transcript, alignment, tuple(pages), stays)


def add_transcript(
    store: Store, viewer: Person, interview_id: str, path: Path, consent_by: str, consent_day: str
) -> tuple[Transcript, tuple[str, ...]]:
    """Keep the transcript in a file beside an interview; gives it, and what in the file was at
    fault. Errors as Transcripts.add, and InterviewKitError for a file that cannot be read.
    """
    from interviewkit.intake.transcript_file import read_transcript

    file = read_transcript(path)
    transcripts = store.seen_by(viewer).transcripts()
    transcript = transcripts.add(
        interview_id, path.name, file.cues, consent_by=consent_by, consent_day=consent_day
    )
    return transcript, file.faults


def keep_line(
    store: Store, viewer: Person, page: TranscriptPage, interview: Interview, cue: Cue, reason: str
) -> str:
    """Write a line down as a note of the interviewer's own: in a sealed scorecard as an amendment.

    Gives which of the two it became. BlockedError for anybody else's interview, and for the opening
    and closing of a sealed one.
    """
    interview = store.seen_by(viewer).interview(interview.id)  # another window may have sealed it
    refuse_line(viewer, page, interview)
    notebook = store.notebook(interview.id)
    if interview.submitted_at is not None:
        notebook.amend("note", page.question, cue.text, reason or FROM_TRANSCRIPT, viewer)
        return "amendment"
    notebook.add_note(page.question, cue.text)
    return "note"


def refuse_line(viewer: Person, page: TranscriptPage, interview: Interview) -> None:
    """BlockedError where a line of this page cannot become a note of the viewer's."""
    if page.answer is None:
        raise BlockedError("This line belongs to no question.", "Move the lines with + and −.")
    is_sealed = interview.submitted_at is not None
    if is_sealed and not is_same_person(viewer, interview.interviewer):
        raise BlockedError(
            f"This is the scorecard of {interview.interviewer}.", "Only its interviewer adds to it."
        )
    if is_sealed and page.answer.competency is None:
        raise BlockedError(
            "Notes of the opening and the closing stay as they are.", "Choose a line elsewhere."
        )


def voice_of(transcript: Transcript, cue: Cue) -> str:
    """Who speaks, as it is shown: the voice where it is mapped, else the name in the file."""
    voice = transcript.speakers.get(cue.speaker)
    if voice is None or voice is Speaker.SOMEBODY:
        return cue.speaker
    return voice.value


def choose_interview(
    store: Store,
    viewer: Person,
    candidate: str,
    *,
    role: str = "",
    held_by: str = "",
    with_transcript: bool = False,
) -> Interview:
    """The one interview of a candidate that a command means; an interview's own id is enough.

    AmbiguousNameError lists those it could be, NotFoundError says that there is none.
    """
    reader = store.seen_by(viewer)
    try:
        return reader.interview(candidate)
    except NotFoundError:
        person = store.candidate(candidate)
    wanted_role = store.role(role) if role else None
    standings = [
        standing
        for standing in reader.standings(wanted_role, person)
        if not held_by or normalize_name(standing.interview.interviewer) == normalize_name(held_by)
    ]
    interviews = [standing.interview for standing in standings if not standing.is_withheld]
    if not interviews and standings:
        return reader.interview(standings[0].interview.id)  # says why it is withheld
    if with_transcript and len(interviews) > 1:
        transcripts = reader.transcripts()
        transcribed = [item for item in interviews if transcripts.transcript(item.id)]
        interviews = transcribed or interviews
    if not interviews:
        raise NotFoundError(
            f"There is no interview of {person.name} that fits.",
            "`interviewkit candidate show` lists those there are.",
        )
    if len(interviews) > 1:
        raise _ambiguity_error(person.name, interviews)
    return interviews[0]


def _ambiguity_error(name: str, interviews: Sequence[Interview]) -> InterviewKitError:
    lines = [
        f"  {interview.id}: {local_day_words(interview.started_at)}, {interview.role.title}, "
        f"{interview.interviewer}, {interview.kit}"
        for interview in interviews
    ]
    return AmbiguousNameError(
        f"{name} has {len(interviews)} interviews:\n" + "\n".join(lines),
        "Give --role or --of, or the id shown in front instead of the name.",
    )
