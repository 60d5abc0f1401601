"""What several commands begin with: the records, and the name of whoever sits at the keyboard."""

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.errors import StorageError
from interviewkit.settings import sound

if TYPE_CHECKING:
    from interviewkit.interview.people import Person
    from interviewkit.storage.store import Store


def open_store(ctx: click.Context, *, only_existing: bool = False) -> "Store":
    """The records that ``--db``, INTERVIEWKIT_DB or the user's data directory name.

    ``only_existing``: for commands that only read. A mistyped path is then told, not created.
    """
    from interviewkit.storage.store import Store  # not for whoever only asks for help

    path = records_path(ctx)
    log = path.with_name(f"{path.name}-wal")  # left alone, it is a fault of its own
    if only_existing and not os.path.lexists(path) and not log.exists():
        raise StorageError(
            f"There is no database at {path}.",
            "Check --db and INTERVIEWKIT_DB, or begin an interview: it makes the database.",
        )
    return Store(path, unlock=unlock)


def unlock(path: Path) -> str:
    """The key of encrypted records: asked for only when they are, and before the screens start."""
    from interviewkit.cli.passphrase import unlock as ask

    return ask(path)


def records_path(ctx: click.Context) -> Path:
    """Where those records are, whether or not they exist.

    StorageError when no records can be there, whatever the command is about to do.
    """
    from interviewkit.storage.file.database import default_path
    from interviewkit.storage.file.location_check import refuse_unusable

    named = ctx.find_root().obj
    records = named if isinstance(named, Path) else default_path()
    refuse_unusable(records)
    return records


def current_user() -> "Person":
    """The person whom the settings or the login name."""
    from interviewkit.interview.people import Person

    return Person("", whoever())


def viewer(named: str | None) -> "Person":
    """Who is looking: the person named with ``--interviewer``, else the current user."""
    from interviewkit.interview.access import reader_of
    from interviewkit.interview.people import Person

    return reader_of(current_user(), Person("", named) if named else None, is_shared=False)


def whoever() -> str:
    """The interviewer when none is named: the settings or their variable, full name, login."""
    return str(sound("interviewer") or "").strip() or _full_name() or _login()


def _full_name() -> str:
    try:
        import pwd
    except ImportError:  # Windows has no password database
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except KeyError:  # a container's user need not be in it
        return ""


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Interviewer"
