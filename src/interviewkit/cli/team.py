"""``interviewkit team``: share roles with others through a folder that a cloud carries."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.context import open_store
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import (
    echo,
    is_confirmed,
    print_json,
)
from interviewkit.cli.shared_options import join_options
from interviewkit.cli.team_output import (
    bank_line,
    say_sync_report,
    say_team_status,
    sync_report_data,
    team_status_data,
)
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.team.members import MemberCard


@click.group("team", cls=Group)
def team() -> None:
    """Share roles with other interviewers through a synced folder, without a server.

    To begin: say who you are with `people me NAME`, run `team new FOLDER` and send the others the
    invitation that it prints. They run `people me NAME`, `team join INVITATION FOLDER`, and read
    you four words; you run `team accept`.

    To share a role: `role set TITLE --owner NAME --team`, then `team sync`. Plan who interviews
    whom with `plan add --interviewer NAME`: at home, each sees what is planned for them. What they
    submit arrives with `team sync`, or while a screen is open, and counts in `compare`.
    """


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
    join_line = shell_command("team", "join", names=[str(invitation)])
    echo(
        f"Each of them runs: {join_line} and the folder, and reads you four words. "
        f"Then you run: {shell_command('team', 'accept')}",
        err=True,
    )
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
        return
    sync_line = shell_command("team", "sync")
    echo(f"To send what they may read, run: {sync_line} and let them run it after you.", err=True)


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
        echo(bank_line(bank), err=True)


@team.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_context
def show_status(ctx: click.Context, *, as_json: bool) -> None:
    """Show members, who waits, each candidate's panel, and what is still on its way."""
    from interviewkit.workflows.team_status import team_status

    with open_store(ctx, only_existing=True) as store:
        status = team_status(store)
    if as_json:
        print_json(team_status_data(status))
    else:
        say_team_status(status)
