"""``interviewkit transcript``: transcripts of recorded interviews beside the notes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewkit.cli.completers import complete_candidate, complete_interviewer, complete_role
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import Styled, echo, print_json, print_rows
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.interview.records import Interview
    from interviewkit.interview.transcript import Cue, Transcript
    from interviewkit.workflows.interview_transcript import AlignedTranscript
Command = Callable[..., Any]


@click.group("transcript", cls=Group)
def transcript() -> None:
    """Keep transcripts of recorded interviews beside the notes."""


def _interview_options(command: Command) -> Command:
    """Which interview of a candidate is meant."""
    options = (
        click.argument("name", shell_complete=complete_candidate),
        click.option(
            "--role",
            default="",
            metavar="TITLE",
            shell_complete=complete_role,
            help="The interview for this role.",
        ),
        click.option(
            "--of",
            "held_by",
            default="",
            metavar="NAME",
            shell_complete=complete_interviewer,
            help="The interview that this person conducted.",
        ),
        interviewer_option("Do it as this person (default: you)."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@transcript.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@_interview_options
@click.option(
    "--consent-by",
    default="",
    metavar="NAME",
    help="Who agreed to the recording; nothing is kept without it.",
)
@click.option(
    "--consent-day", default="", metavar="DATE", help="When they agreed, such as 2026-03-02."
)
@click.pass_context
def add_to_interview(
    ctx: click.Context,
    file: Path,
    name: str,
    role: str,
    held_by: str,
    interviewer: str | None,
    consent_by: str,
    consent_day: str,
) -> None:
    """Add the transcript in FILE (.vtt, .srt or plain text) to the interview of NAME.

    NAME is the candidate, or the id of an interview. A transcript is not part of the scorecard: it
    is not sealed, searched, exported or counted. It is deleted with the decision on the candidate.
    """
    from interviewkit.workflows.interview_transcript import (
        add_transcript,
        choose_interview,
        open_transcript,
    )

    with open_store(ctx, only_existing=True) as store:
        person = viewer(store, interviewer)
        interview = choose_interview(store, person, name, role=role, held_by=held_by)
        added, faults = add_transcript(store, person, interview.id, file, consent_by, consent_day)
        offset_words = open_transcript(store, person, interview.id).offset_words
    for fault in faults:
        echo(f"{file}, {fault}.", err=True)
    echo(f"Added {count_noun(len(added.cues), 'line')} to {_title(interview)}.", err=True)
    echo(offset_words, err=True)
    unknown = [speaker for speaker in _speakers(added) if speaker not in added.speakers]
    if unknown:
        echo(f"Whose voice is {', '.join(unknown)}? Say so on the screen, with s.", err=True)


@transcript.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@interviewer_option()
@click.pass_context
def list_transcripts(ctx: click.Context, interviewer: str | None, *, as_json: bool) -> None:
    """List the transcripts of the interviews that you may see."""
    with open_store(ctx, only_existing=True) as store:
        listed = store.seen_by(viewer(store, interviewer)).transcripts().entries()
    if as_json:
        print_json([_head(item.interview, item.transcript) for item in listed])
    elif not listed:
        echo("There is no transcript that you may see.", err=True)
    else:
        print_rows(
            [
                (
                    item.interview.candidate.name,
                    item.interview.role.title,
                    item.interview.interviewer,
                    count_noun(len(item.transcript.cues), "line"),
                    f"{item.transcript.consent.given_by} agreed on {item.transcript.consent.day}",
                    item.interview.id,
                )
                for item in listed
            ]
        )


@transcript.command("show")
@_interview_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_context
def show_transcript(
    ctx: click.Context,
    name: str,
    role: str,
    held_by: str,
    interviewer: str | None,
    *,
    as_json: bool,
) -> None:
    """Show the transcript of the interview of NAME, each line under its question.

    NAME is the candidate, or the id of an interview.
    """
    from interviewkit.workflows.interview_transcript import choose_interview, open_transcript

    with open_store(ctx, only_existing=True) as store:
        person = viewer(store, interviewer)
        interview = choose_interview(
            store, person, name, role=role, held_by=held_by, with_transcript=True
        )
        aligned = open_transcript(store, person, interview.id)
    if as_json:
        print_json(_data(aligned))
    else:
        _print(aligned)


@transcript.command("remove")
@_interview_options
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would be deleted.")
@click.pass_context
def remove_transcript(
    ctx: click.Context,
    name: str,
    role: str,
    held_by: str,
    interviewer: str | None,
    *,
    yes: bool,
) -> None:
    """Delete the transcript of the interview of NAME, for good. The scorecard stays as it is."""
    from interviewkit.workflows.interview_transcript import choose_interview, open_transcript

    with open_store(ctx, only_existing=True) as store:
        person = viewer(store, interviewer)
        interview = choose_interview(
            store, person, name, role=role, held_by=held_by, with_transcript=True
        )
        count = len(open_transcript(store, person, interview.id).transcript.cues)
        if yes:
            store.seen_by(person).transcripts().remove(interview.id)
    if yes:
        echo(f"Deleted the transcript of {_title(interview)}.", err=True)
        echo("Backups made before still hold it.", err=True)
        return
    echo(f"{_title(interview)}: {count_noun(count, 'line')}.", err=True)
    command = shell_command("transcript", "remove", "--yes", names=[interview.id])
    echo(f"Nothing was deleted. To do it: {command}", err=True)


def _title(interview: "Interview") -> str:
    from interviewkit.interview.clock import local_day_words

    day = local_day_words(interview.started_at)
    return f"{interview.candidate.name} · {interview.role.title} · {interview.interviewer}, {day}"


def _speakers(added: "Transcript") -> list[str]:
    from interviewkit.interview.transcript import speaker_names

    return speaker_names(added.cues)


def _print(aligned: "AlignedTranscript") -> None:
    from interviewkit.interview.clock import as_clock
    from interviewkit.workflows.interview_transcript import voice_of

    consent = aligned.transcript.consent
    echo(Styled(_title(aligned.interview), bold=True))
    echo(f"{consent.given_by} agreed to the recording on {consent.day}. {aligned.offset_words}")
    for page in aligned.pages:
        if not page.cues:
            continue
        echo()
        echo(Styled(page.ask, bold=True))
        for cue in page.cues:
            time = "" if cue.start is None else f"{as_clock(cue.start)} "
            name = voice_of(aligned.transcript, cue)
            echo(f"  {time}", f"{name}: " if name else "", cue.text)


def _data(aligned: "AlignedTranscript") -> dict[str, object]:
    return {
        **_head(aligned.interview, aligned.transcript),
        "offset": aligned.alignment.offset,
        "offset_by": aligned.alignment.basis.value,
        "questions_found": aligned.alignment.matched,
        "speakers": dict(aligned.transcript.speakers),
        "lines": [
            {**_line(cue), "question": question or None}
            for cue, question in zip(
                aligned.transcript.cues, aligned.alignment.questions, strict=True
            )
        ],
    }


def _head(interview: "Interview", kept: "Transcript") -> dict[str, object]:
    return {
        "interview": interview.id,
        "candidate": interview.candidate._asdict(),
        "role": {"id": interview.role.id, "title": interview.role.title},
        "interviewer": interview.interviewer,
        "file": kept.file_name,
        "consent": {"by": kept.consent.given_by, "day": kept.consent.day},
        "added_by": kept.added_by,
        "added_at": kept.added_at,
        "line_count": len(kept.cues),
    }


def _line(cue: "Cue") -> dict[str, object]:
    return {"start": cue.start, "end": cue.end, "speaker": cue.speaker, "text": cue.text}
