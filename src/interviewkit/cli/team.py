"""``interviewkit team``: share roles with others through a folder that a cloud carries."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.context import open_store
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import (
    count_noun,
    echo,
    echo_text,
    is_confirmed,
    print_json,
    print_rows,
    shell_command,
)
from interviewkit.cli.shared_options import join_options
from interviewkit.interview.clock import local_day

if TYPE_CHECKING:
    from interviewkit.team.members import MemberCard
    from interviewkit.workflows.team_banks import TeamBank
    from interviewkit.workflows.team_panel import CandidatePanel
    from interviewkit.workflows.team_status import TeamStatus
    from interviewkit.workflows.team_sync import SyncReport

_NAMED = 10  # files listed before the rest is counted


@click.group("team", cls=Group)
def team() -> None:
    """Share roles with other interviewers through a synced folder, without a server."""


@team.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--history-stays",
    is_flag=True,
    help="Begin it in a git work tree, whose history keeps what is erased.",
)
@click.pass_context
def begin(ctx: click.Context, folder: Path, *, history_stays: bool) -> None:
    """Begin a team in FOLDER and print the invitation for its members."""
    from interviewkit.workflows.team_membership import begin_team

    with open_store(ctx) as store:
        invitation = begin_team(store, folder, history_stays=history_stays)
    echo(f"The team meets in {folder}. Share it, and send this line to its members:", err=True)
    echo(str(invitation))
    echo(
        "Make a second person an administrator, too: if your laptop is lost, nobody else can "
        "accept members. Accept them with --admin.",
        err=True,
    )


@team.command("join")
@click.argument("invitation")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def join(ctx: click.Context, invitation: str, folder: Path) -> None:
    """Ask to join the team in FOLDER with the INVITATION you were sent.

    You join under the name that `people me` shows.
    """
    from interviewkit.workflows.team_membership import join_team

    with open_store(ctx) as store:
        joined = join_team(store, invitation, folder)
    echo(f"You join as {joined.name}. Read these four words to an administrator:", err=True)
    echo(joined.words)
    where = "in the system's keyring" if joined.key_kept == "keyring" else f"in {joined.key_kept}"
    echo(f"Your key is kept {where}. Once you are accepted, run: interviewkit team sync", err=True)


@team.command("accept")
@click.argument("words", nargs=-1)
@click.option("--admin", "is_admin", is_flag=True, help="Make this person an administrator.")
@click.pass_context
def accept(ctx: click.Context, words: tuple[str, ...], *, is_admin: bool) -> None:
    """Accept the person who reads you these four WORDS; without WORDS, ask about everyone waiting.

    A name in place of WORDS asks about that person alone. With --admin and the name of a member,
    that member becomes an administrator.
    """
    from interviewkit.workflows.team_membership import accept_member, make_admin
    from interviewkit.workflows.team_status import team_status

    text = " ".join(words)
    with open_store(ctx, only_existing=True) as store:
        status = team_status(store)
        names = {member.name.casefold() for member in status.members}
        asked = [
            card for card in status.cards if not text or text.casefold() == card.name.casefold()
        ]
        if is_admin and text.casefold() in names:
            members = [make_admin(store, text)]
        elif text and not asked:
            members = [accept_member(store, text, is_admin=is_admin)]
        else:
            chosen = [card for card in asked if _is_accepted(card, status.team)]
            members = [accept_member(store, card.key, is_admin=is_admin) for card in chosen]
    for member in members:
        part = "an administrator" if member.is_admin else "a member"
        echo(f"{member.name} is {part} of the team.", err=True)
    if not members:
        echo("Nobody was accepted.", err=True)


def _is_accepted(card: "MemberCard", team_id: str) -> bool:
    echo(f"{card.name} wants to join: {card.spoken_words(team_id)}", err=True)
    return is_confirmed("Did they read you these words?")


@team.command("remove")
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """End the membership of NAME. What they hold already stays with them."""
    from interviewkit.workflows.team_membership import remove_member

    with open_store(ctx, only_existing=True) as store:
        member = remove_member(store, name)
    echo(
        f"{member.name} is no longer a member. Take the folder away from them as well: what is "
        "on their laptop stays there.",
        err=True,
    )


@team.command("leave")
@click.pass_context
def leave(ctx: click.Context) -> None:
    """Leave the team: nothing is sent or received any more; what you received stays."""
    from interviewkit.workflows.team_membership import leave_team

    with open_store(ctx, only_existing=True) as store:
        left = leave_team(store)
    echo(
        f"You left the team in {left.folder}. Ask an administrator to remove you: until then "
        "others still encrypt to your key.",
        err=True,
    )


@team.command("bank")
@click.argument("bank_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Copy it without asking.")
@click.pass_context
def take_bank(ctx: click.Context, bank_id: str, *, yes: bool) -> None:
    """Show how the team's bank ID differs from yours, and copy it into your library if you say yes.

    `team status` lists the banks that shared roles use and your library does not have.
    """
    from interviewkit.banks.loader import read_bank
    from interviewkit.cli.bank.diff import print_bank_changes
    from interviewkit.workflows.team_banks import copy_to_library, team_bank

    with open_store(ctx, only_existing=True) as store:
        offered = team_bank(store, bank_id)
        team_version = store.bank(offered.sha256)
        if offered.in_library:
            from interviewkit.banks.diff import diff_banks

            print_bank_changes(diff_banks(read_bank(offered.in_library.path).bank, team_version))
        else:
            questions = count_noun(len(team_version.questions), "question")
            echo(f"{offered.sentence}. It has {questions}.")
        if not yes and not is_confirmed("Copy the team's version into your library?"):
            echo("Your library is as it was.", err=True)
            return
        path, old_path = copy_to_library(store, offered)
    echo(f"Wrote {path}.", err=True)
    if old_path:
        echo(f"Your version is kept in {old_path}.", err=True)


@team.command("sync")
@join_options
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object on stdout.")
@click.pass_context
def sync(
    ctx: click.Context, same: tuple[tuple[str, str], ...], *, apart: bool, as_json: bool
) -> None:
    """Send what waits, take in what is new, and carry out erasures."""
    from interviewkit.workflows.team_banks import team_banks
    from interviewkit.workflows.team_sync import sync_folder

    with open_store(ctx, only_existing=True) as store:
        report = sync_folder(store, dict(same), apart=apart)
        offered = team_banks(store)
    if as_json:
        print_json(sync_report_data(report))
        return
    say_sync_report(report)
    for bank in offered:
        echo(_bank_line(bank), err=True)


def _bank_line(bank: "TeamBank") -> str:
    return f"{bank.sentence}. See and take it: {shell_command('team', 'bank', names=[bank.id])}"


@team.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_context
def show_status(ctx: click.Context, *, as_json: bool) -> None:
    """Show members, who waits, each candidate's panel, and what is still on its way."""
    from interviewkit.workflows.team_status import team_status

    with open_store(ctx, only_existing=True) as store:
        status = team_status(store)
    if as_json:
        print_json(_status(status))
    else:
        _say_status(status)


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
        echo("You are not accepted yet: read your four words to an administrator.", err=True)
    if report.is_list_older:
        echo("The folder holds an older list of members than you have; yours counts.", err=True)
    if report.erasures.erased:
        echo(f"Erased here: {count_noun(report.erasures.erased, 'candidate')}.", err=True)
    for sentence in report.erasures.blocked:
        echo(f"An erasure is not finished here yet: {sentence}", err=True)
    for card in report.cards:
        echo(f"{card.name} wants to join. Run: interviewkit team accept", err=True)
    _say_files(report)


def waiting_sentence(count: int) -> str:
    """``1 document waits to be shared.``"""
    return f"{count_noun(count, 'document')} {'waits' if count == 1 else 'wait'} to be shared."


def panel_data(panel: "CandidatePanel") -> dict[str, object]:
    """The panel of a candidate, for a program; of a hub as of a folder."""
    return {
        "role": panel.role.title,
        "candidate": panel.candidate.name,
        "seats": [seat._asdict() for seat in panel.seats],
    }


def _say_files(report: "SyncReport") -> None:
    from interviewkit.storage.team.arrival_files import ArrivalState

    for state, sentence in (
        (ArrivalState.WAITING, "waits"),
        (ArrivalState.REFUSED, "refused"),
    ):
        files = report.files.get(state, ())
        for file in files[:_NAMED]:
            echo(f"{sentence}: {file.kind or 'file'} {file.name}: {file.message}", err=True)
        if len(files) > _NAMED:
            echo(f"{sentence}: and {len(files) - _NAMED} more", err=True)
    for count, sentence in (
        (report.count(ArrivalState.LOCKED), "not for you, or waiting for a release"),
        (report.count(ArrivalState.NOT_DOWNLOADED), "not downloaded yet"),
        (report.count(ArrivalState.NOT_WHOLE), "not complete yet; the next sync tries again"),
        (report.count(ArrivalState.UNKNOWN), "written by a later version"),
    ):
        if count:
            echo(f"{count_noun(count, 'file')}: {sentence}.", err=True)
    for name in report.late:
        echo(f"Incomplete for over a day: {name}", err=True)


def _status(status: "TeamStatus") -> dict[str, object]:
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
        "files": {
            state.value: status.count(state)
            for state in sorted({file.state for file in status.files})
        },
        "panels": [panel_data(panel) for panel in status.panels],
        "erasures": [erasure._asdict() for erasure in status.erasures],
        "banks": [
            {"id": bank.id, "sha256": bank.sha256, "in_library": bank.in_library is not None}
            for bank in status.banks
        ],
        "unsigned": status.uncounted,
        "problem": status.problem,
    }


def _say_status(status: "TeamStatus") -> None:
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
    from interviewkit.storage.team.arrival_files import ArrivalState

    if status.outbox:
        latest = next((entry.message for entry in status.outbox if entry.message), "")
        echo(f"{waiting_sentence(len(status.outbox))}{' ' + latest if latest else ''}")
    for count, sentence in (
        (status.count(ArrivalState.NOT_DOWNLOADED), "not downloaded yet"),
        (status.count(ArrivalState.NOT_WHOLE), "not complete yet"),
        (status.count(ArrivalState.LOCKED), "not for you, or waiting for a release"),
        (
            status.count(ArrivalState.WAITING),
            "waiting for something they refer to, or for your answer",
        ),
        (status.count(ArrivalState.REFUSED), "refused"),
    ):
        if count:
            echo(f"{count_noun(count, 'file')} in the folder: {sentence}.")
    if status.uncounted:
        command = shell_command("records", "accept")
        echo(
            f"{count_noun(status.uncounted, 'scorecard')} without a member's signature: shown, "
            f"and counted once the role's owner accepts them: {command}"
        )
    for bank in status.banks:
        echo(_bank_line(bank))
    for erasure in status.erasures:
        echo(
            f"Erasure of {local_day(erasure.at)}: done by {', '.join(erasure.erased) or 'nobody'}"
            + "".join(
                f"; {word}: {', '.join(names)}"
                for word, names in (
                    ("held", erasure.held),
                    ("not done yet", erasure.open),
                    ("no word from", erasure.silent),
                )
                if names
            )
        )
