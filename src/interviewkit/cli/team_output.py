"""What a round with a team or a hub did, and where they stand: for a person, and as JSON."""

from typing import TYPE_CHECKING

from interviewkit.cli.output import echo, echo_text, print_rows
from interviewkit.interview.clock import local_day
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interviewkit.storage.team.arrival_files import IncomingFile
    from interviewkit.workflows.hub_status import HubStatus
    from interviewkit.workflows.team_banks import TeamBank
    from interviewkit.workflows.team_panel import CandidatePanel
    from interviewkit.workflows.team_status import TeamStatus
    from interviewkit.workflows.team_sync import SyncReport
    from interviewkit.workflows.withheld_documents import WithheldDocuments

_NAMED = 10  # files listed before the rest is counted


def sync_report_data(report: "SyncReport") -> dict[str, object]:
    """What a round did, for a program; of a hub as of a folder."""
    return {
        "new": dict(report.taken),
        "sent": report.sent,
        "released": report.released,
        "waiting": report.waiting,
        "files": {
            state.value: [file.name for file in files] for state, files in report.files.items()
        },
        "late": list(report.late),
        "erased": report.erasures.erased,
        "erasures_blocked": report.erasures.blocked,
        "want_in": [card.name for card in report.cards],
        "is_member": report.is_member,
        "problem": report.problem,
    }


def say_sync_report(report: "SyncReport") -> None:
    """The same for a person, on stderr."""
    from interviewkit.cli.import_report import count_kinds

    if report.problem:
        echo_text(report.problem, err=True)
    taken = count_kinds({kind.replace("_", " "): count for kind, count in report.taken.items()})
    echo(f"New here: {taken or 'nothing'}. Sent: {count_noun(report.sent, 'document')}.", err=True)
    if report.waiting:
        echo(waiting_sentence(report.waiting), err=True)
    if report.released:
        echo(f"Released to others: {count_noun(report.released, 'document')}.", err=True)
    if not report.is_member:
        shows = shell_command("team", "status")
        echo(
            "You are not accepted yet: read your four words to an administrator. "
            f"To see them again: {shows}",
            err=True,
        )
    if report.is_list_older:
        echo("The folder holds an older list of members than you have; yours counts.", err=True)
    if report.erasures.erased:
        echo(f"Erased here: {count_noun(report.erasures.erased, 'candidate')}.", err=True)
    for sentence in report.erasures.blocked:
        echo(f"An erasure is not finished here yet: {sentence}", err=True)
    for card in report.cards if report.is_admin else ():
        accept = shell_command("team", "accept")
        echo(f"{card.name} wants to join. Run: {accept}", err=True)
    _say_files(report)


def waiting_sentence(count: int) -> str:
    """``1 document waits to be shared.``"""
    return f"{count_noun(count, 'document waits', 'documents wait')} to be shared."


def panel_data(panel: "CandidatePanel") -> dict[str, object]:
    """The panel of a candidate, for a program; of a hub as of a folder."""
    return {
        "role": panel.role.title,
        "candidate": panel.candidate.name,
        "seats": [seat._asdict() for seat in panel.seats],
    }


def _say_files(report: "SyncReport") -> None:
    from interviewkit.storage.team.arrival_files import ArrivalState

    say_unsettled_files([file for files in report.files.values() for file in files])
    for count, sentence in (
        (report.count(ArrivalState.LOCKED), "not encrypted to you; `team status` says why"),
        (report.count(ArrivalState.NOT_DOWNLOADED), "not downloaded yet"),
        (report.count(ArrivalState.NOT_WHOLE), "not complete yet; the next sync tries again"),
        (report.count(ArrivalState.UNKNOWN), "written by a later version"),
    ):
        if count:
            echo(f"{count_noun(count, 'file')}: {sentence}.", err=True)
    for name in report.late:
        echo(f"Incomplete for over a day: {name}", err=True)


def say_unsettled_files(files: "Sequence[IncomingFile]", *, err: bool = True) -> None:
    """What waits and what was refused, each with its sentence."""
    from interviewkit.storage.team.arrival_files import ArrivalState

    for state, word in ((ArrivalState.WAITING, "waits"), (ArrivalState.REFUSED, "refused")):
        of_state = [file for file in files if file.state is state]
        for file in of_state[:_NAMED]:
            echo(f"{word}: {file.kind or 'file'} {file.name}: {file.message}", err=err)
        if len(of_state) > _NAMED:
            echo(f"{word}: and {len(of_state) - _NAMED} more", err=err)


def team_status_data(status: "TeamStatus") -> dict[str, object]:
    """Where a folder's team stands, for a program."""
    return {
        "folder": status.folder,
        "you": status.name,
        "is_member": status.is_member,
        "is_admin": status.is_admin,
        "invitation": status.invitation,
        "words": status.words,
        "members": [
            {"name": member.name, "key": member.key, "admin": member.is_admin}
            for member in status.members
        ],
        "want_in": [
            {"name": card.name, "words": card.spoken_words(status.team)} for card in status.cards
        ],
        "waiting": len(status.outbox),
        "files": _file_counts(status),
        "panels": [panel_data(panel) for panel in status.panels],
        "erasures": [erasure._asdict() for erasure in status.erasures],
        "banks": _bank_data(status),
        "withheld": _withheld_data(status.withheld),
        "unsigned": status.uncounted,
        "problem": status.problem,
    }


def say_team_status(status: "TeamStatus") -> None:
    """The same for a person."""
    from interviewkit.workflows.team_panel import panel_line

    echo(f"{status.folder} · you are {status.name}{', an administrator' * status.is_admin}")
    if status.problem:
        echo(status.problem, err=True)
    if status.words:
        echo(f"You wait to be accepted. Read these words to an administrator: {status.words}")
    if status.invitation:
        echo(f"Invitation: {status.invitation}")
    print_rows(
        [
            (member.name, "administrator" if member.is_admin else "member", member.key[:8])
            for member in status.members
        ]
    )
    admins = sum(member.is_admin for member in status.members)
    if status.is_admin and admins < 2:
        echo("You are the only administrator: make a second one.", err=True)
    for card in status.cards:
        echo(f"{card.name} wants to join: {card.spoken_words(status.team)}")
    for panel in status.panels:
        echo(f"{panel.candidate.name} · {panel.role.title}: {panel_line(panel)}")
    _say_open_ends(status)


def _say_open_ends(status: "TeamStatus") -> None:
    if status.outbox:
        latest = next((entry.message for entry in status.outbox if entry.message), "")
        echo(f"{waiting_sentence(len(status.outbox))}{' ' + latest if latest else ''}")
    _say_arrivals(status, "in the folder")
    for erasure in status.erasures:
        done = ", ".join(erasure.erased) or "nobody"
        _say_erasure(erasure.at, done, erasure.held, erasure.open, erasure.silent)


def _say_arrivals(status: "TeamStatus | HubStatus", where: str) -> None:
    """What came and is not in the records, what is withheld and why, and what asks for an act."""
    from interviewkit.storage.team.arrival_files import ArrivalState

    noun = "document" if where == "in the hub" else "file"
    for state, sentence in (
        (ArrivalState.NOT_DOWNLOADED, "not downloaded yet"),
        (ArrivalState.NOT_WHOLE, "not complete yet"),
        (ArrivalState.WAITING, "waiting for something they refer to, or for your answer"),
        (ArrivalState.REFUSED, "refused"),
        (ArrivalState.UNKNOWN, "written by a later version"),
    ):
        if count := status.count(state):
            echo(f"{count_noun(count, noun)} {where}: {sentence}.")
    say_unsettled_files(status.files, err=False)
    for sentence in status.withheld.sentences:
        echo(f"{sentence}.")
    if status.uncounted:
        command = shell_command("records", "accept")
        echo(
            f"{count_noun(status.uncounted, 'scorecard')} without a member's signature: shown, "
            f"and counted once the role's owner accepts them: {command}"
        )
    for bank in status.banks:
        echo(bank_line(bank))


def _say_erasure(
    at: str, done: str, held: "Sequence[str]", not_done: "Sequence[str]", silent: "Sequence[str]"
) -> None:
    lists = (("held", held), ("not done yet", not_done), ("no word from", silent))
    ends = "".join(f"; {label}: {', '.join(names)}" for label, names in lists if names)
    echo(f"Erasure of {local_day(at)}: done by {done}{ends}")


def hub_status_data(status: "HubStatus") -> dict[str, object]:
    """Where a hub stands, for a program."""
    return {
        **status._asdict(),
        "files": _file_counts(status),
        "panels": [panel_data(panel) for panel in status.panels],
        "banks": _bank_data(status),
        "withheld": _withheld_data(status.withheld),
        "members": [member._asdict() for member in status.members],
        "roles": [role._asdict() for role in status.roles],
        "erasures": [erasure._asdict() for erasure in status.erasures],
    }


def say_hub_status(status: "HubStatus") -> None:
    """The same for a person."""
    from interviewkit.workflows.team_panel import panel_line

    echo(f"{status.organisation} · you are {status.name}, {status.part} · {status.server}")
    if status.problem:
        echo(status.problem, err=True)
    elif not status.may_write:
        echo(
            "The hub accepts documents only from a newer interviewkit; you can still read.",
            err=True,
        )
    if len(status.members) > 1:
        print_rows([(member.name, member.part) for member in status.members])
    for role in status.roles:
        echo(f"{role.title}: {count_noun(role.documents, 'document')} that you see")
    for panel in status.panels:
        echo(f"{panel.candidate.name} · {panel.role.title}: {panel_line(panel)}")
    if status.waiting:
        echo(waiting_sentence(status.waiting))
        say_reasons(status.reasons)
    _say_arrivals(status, "in the hub")
    for erasure in status.erasures:
        done = ", ".join(erasure.done) or "nobody you see"
        _say_erasure(erasure.at, done, erasure.held, (), erasure.silent)


def say_reasons(reasons: "Mapping[str, int]") -> None:
    """Why documents wait, each reason with how many it holds back."""
    for reason, count in reasons.items():
        echo(f"{count_noun(count, 'document')}: {reason}", err=True)


def _file_counts(status: "TeamStatus | HubStatus") -> dict[str, int]:
    states = sorted({file.state for file in status.files})
    return {state.value: status.count(state) for state in states}


def _bank_data(status: "TeamStatus | HubStatus") -> list[dict[str, object]]:
    return [
        {"id": bank.id, "sha256": bank.sha256, "in_library": bank.in_library is not None}
        for bank in status.banks
    ]


def _withheld_data(withheld: "WithheldDocuments") -> dict[str, object]:
    return {
        **withheld._asdict(),
        "until_own": [seat._asdict() for seat in withheld.until_own],
        "own_only": list(withheld.own_only),
    }


def bank_line(bank: "TeamBank") -> str:
    """What is so of a bank, and the command that shows and takes it."""
    return f"{bank.sentence}. See and take it: {shell_command('team', 'bank', names=[bank.id])}"
