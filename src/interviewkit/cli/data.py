"""``interviewkit data``: where the records are, whether they are whole, and copies of them."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.context import open_store, records_path
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo, is_confirmed, print_json, say_leftovers
from interviewkit.cli.records_key import ask_for_key
from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import SystemClock, local, stamp
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.interview.documents import LogHead
    from interviewkit.storage.file.backup import Backup
    from interviewkit.storage.file.restore import Newer
    from interviewkit.storage.integrity.check import Checked

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("data", cls=Group)
def data() -> None:
    """Locate, check, back up, restore and encrypt the records."""


@data.command("path")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.pass_context
def print_data_path(ctx: click.Context, *, as_json: bool) -> None:
    """Print the path of the database, whether or not it exists yet."""
    records = records_path(ctx)
    if as_json:
        print_json({"path": str(records), "exists": records.exists()})
    else:
        echo(records)


@data.command("check")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.option(
    "--against", type=FILE, help="Compare the log with its head in FILE, an export or a backup."
)
@click.pass_context
def check_data(ctx: click.Context, as_json: bool, against: Path | None) -> None:
    """Look for damage, broken seals, a changed log, and files that others can read.

    Prints one line for each fault and exits with 1 if it finds any. Fixes and changes nothing.
    """
    from interviewkit.storage.file.location_check import doubt, open_to_others
    from interviewkit.storage.integrity.check import check_records as look

    records = _existing(ctx)
    checked = look(records, ask_for_key, _kept_head(against) if against else None)
    unprotected = open_to_others(records, encrypted=checked.encrypted)
    notes = [*checked.notes, *filter(None, [doubt(records), unprotected])]
    if as_json:
        print_json(_as_json(checked, notes))
    else:
        for fault in checked.faults:
            echo(str(fault))
        for note in notes:
            echo(note, err=True)
        echo(_summary(checked), err=True)
    if checked.faults:
        ctx.exit(1)


def _kept_head(file: Path) -> "tuple[str, LogHead]":
    """The head of the log in an export or a backup, with the file's name for messages."""
    from interviewkit.exchange.jsonl import head_in
    from interviewkit.storage.integrity.log_verification import head_of

    try:
        with file.open("rb") as stream:
            if stream.read(1) == b"{":
                stream.seek(0)
                return str(file), head_in(str(file), stream)
    except OSError as error:
        raise InterviewKitError(
            f"{file} cannot be read: {error.strerror or error}.", "Name an export or a backup."
        ) from error
    copy = head_of(file, ask_for_key)
    if copy is None:
        raise InterviewKitError(
            f"{file} does not hold the head of a log.",
            "Name an export or a backup that this version of interviewkit wrote.",
        )
    return str(file), copy[1]


@data.command("backup")
@click.argument("file", type=FILE)
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    """Write a whole copy of the records to FILE, also while an interview is running."""
    from interviewkit.storage import outer_head
    from interviewkit.storage.file.backup import write_copy
    from interviewkit.storage.file.connection import connect

    records = _existing(ctx)
    connection = connect(records, ask_for_key)
    try:
        write_copy(connection, records, file)
        outer_head.write_outer_head(connection, records, SystemClock().now())
    finally:
        connection.close()
    back = shell_command("data", "restore", names=[str(file)])
    echo(f"Wrote {file}, {_size(file)}. Put it back with: {back}", err=True)
    _say_cut_off(records, file.parent)


@data.command("restore")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask, even if the records are newer.")
@click.pass_context
def restore_backup(ctx: click.Context, file: Path, yes: bool) -> None:
    """Replace the records with the backup FILE; the records are kept under another name.

    Asks first if the records hold anything that the backup does not.
    """
    from interviewkit.storage.file.restore import newer
    from interviewkit.storage.file.restore import restore as put_back

    records = records_path(ctx)
    ahead = newer(records, file, ask_for_key)
    if ahead and not yes:
        _ask(records, file, ahead)
    aside = put_back(records, file, SystemClock().now(), ask_for_key)
    echo(f"Restored {records} from {file}.", err=True)
    if aside:
        echo(f"The previous file is kept as {aside}.", err=True)
    _say_cut_off(records)


@data.command("encrypt")
@click.option("--keyring", is_flag=True, help="Store the passphrase in the system's keyring.")
@click.pass_context
def encrypt(ctx: click.Context, keyring: bool) -> None:
    """Encrypt the records and their backups; asks for a passphrase."""
    records = _existing(ctx)
    if _is_encrypted(records):
        raise InterviewKitError(
            f"{records} is encrypted already.", "To change its passphrase: data rekey."
        )
    _convert(records, keyring=keyring)
    echo(
        f"Encrypted {records} and its backups. Without the passphrase nobody can read them; there "
        "is no other way in. Copies you made elsewhere are not encrypted.",
        err=True,
    )
    _say_cut_off(records)


@data.command("decrypt")
@click.pass_context
def decrypt(ctx: click.Context) -> None:
    """Decrypt the records and their backups."""
    from interviewkit.cli.passphrase import drop_from_keyring
    from interviewkit.storage.file.reencrypt import reencrypt

    records = _encrypted_records(ctx)
    _say_unread(reencrypt(records, ask_for_key, None))
    drop_from_keyring(records)
    echo(f"Decrypted {records} and its backups.", err=True)
    _say_cut_off(records)


@data.command("rekey")
@click.option("--keyring", is_flag=True, help="Store the passphrase in the system's keyring.")
@click.pass_context
def rekey(ctx: click.Context, keyring: bool) -> None:
    """Change the passphrase of the encrypted records and their backups."""
    records = _encrypted_records(ctx)
    ask_for_key(records)  # the old passphrase is asked for before the new one
    _convert(records, keyring=keyring)
    echo(f"{records} and its backups now have the new passphrase.", err=True)
    _say_cut_off(records)


def _convert(records: Path, *, keyring: bool) -> None:
    from interviewkit.cli.passphrase import ask_new, drop_from_keyring, keep_in_keyring, remember
    from interviewkit.storage.file.encryption import new_key
    from interviewkit.storage.file.reencrypt import reencrypt

    passphrase = ask_new()
    key = new_key(passphrase)
    if keyring:  # first: better a keyring with a passphrase too many than records without theirs
        keep_in_keyring(records, passphrase)
    else:
        drop_from_keyring(records)
    _say_unread(reencrypt(records, ask_for_key, key))
    remember(records, key)


def _say_unread(files: list[Path]) -> None:
    for file in files:
        echo(f"{file} could not be read and was left as it is; delete it if you can.", err=True)


def _say_cut_off(records: Path, *folders: Path) -> None:
    from interviewkit.scratch_files import sweep
    from interviewkit.storage.file.backup import folders_of

    say_leftovers(sweep(*folders_of(records), *folders))


def _existing(ctx: click.Context) -> Path:
    """The path of records that are there and can be opened; StorageError says why not."""
    records = records_path(ctx)
    if not records.exists() or not records.stat().st_size:
        open_store(ctx, only_existing=True).close()  # says what is wrong with what is there
    return records


def _encrypted_records(ctx: click.Context) -> Path:
    records = _existing(ctx)
    if not _is_encrypted(records):
        raise InterviewKitError(f"{records} is not encrypted.", "To encrypt it: data encrypt.")
    return records


def _is_encrypted(records: Path) -> bool:
    from interviewkit.storage.file.encryption import is_encrypted

    return is_encrypted(records)


def _ask(records: Path, file: Path, ahead: "Newer") -> None:
    """Goes on only if somebody says so."""
    if ahead.unread:
        warning = f"The records cannot be compared with the backup: {ahead.unread}."
    else:
        entries = count_noun(ahead.entries, "entry", "entries")
        warning = f"{records} holds {entries} that {file} does not" + (
            f", the last of {_day_and_time(local(ahead.newest))}." if ahead.newest else "."
        )
    echo(warning, err=True)
    if not sys.stdin.isatty():
        raise InterviewKitError(
            "Nothing was restored.",
            "To restore the backup anyway, add --yes; the records are kept under another name.",
        )
    if not is_confirmed("Restore anyway? The records are kept under another name"):
        raise InterviewKitError("Nothing was restored.")


def _summary(checked: "Checked") -> str:
    count = len(checked.faults)
    verdict = "No fault" if not count else count_noun(count, "fault")
    return (
        f"{verdict} in {checked.path}{', encrypted' if checked.encrypted else ''}: "
        f"{count_noun(checked.scorecards, 'scorecard')}, {checked.under_way} under way, "
        f"{count_noun(checked.changes, 'change')} in the log. {_last(checked.backups)}"
    )


def _last(backups: "tuple[Backup, ...]") -> str:
    from interviewkit.storage.file.backup import REPLACED

    newest = next((copy for copy in backups if copy.kind != REPLACED), None)
    if newest is None:
        return "No backup has been made yet."
    return f"Last backup: {_day_and_time(newest.made_at.astimezone())}, {newest.path}"


def _day_and_time(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y %H:%M}"


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1024:,.0f} KiB"


def _as_json(checked: "Checked", notes: list[str]) -> dict[str, object]:
    return {
        "path": str(checked.path),
        "clean": not checked.faults,
        "faults": [
            {"code": fault.code, "where": fault.where, "message": fault.message}
            for fault in checked.faults
        ],
        "notes": notes,
        "encrypted": checked.encrypted,
        "scorecards": checked.scorecards,
        "under_way": checked.under_way,
        "changes": checked.changes,
        "backups": [
            {"path": str(copy.path), "kind": copy.kind, "made_at": stamp(copy.made_at)}
            for copy in checked.backups
        ],
    }


from interviewkit.cli import retention  # noqa: E402 - after the group it adds to

retention.add_to(data)
