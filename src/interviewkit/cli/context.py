"""What several commands begin with: the records, and the name of the person at the keyboard."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.records_key import ask_for_key
from interviewkit.errors import StorageError
from interviewkit.settings import valid_setting

if TYPE_CHECKING:
    from interviewkit.interview.people import Person
    from interviewkit.storage.store import Store


def open_store(ctx: click.Context, *, only_existing: bool = False) -> "Store":
    """The records that ``--db``, INTERVIEWKIT_DB or the user's data directory name.

    ``only_existing``: for commands that only read. A mistyped path is then told, not created.
    """
    from interviewkit.storage.store import Store  # not for anyone who only asks for help

    path = records_path(ctx)
    log = path.with_name(f"{path.name}-wal")  # left alone, it is a fault of its own
    if only_existing and not os.path.lexists(path) and not log.exists():
        raise StorageError(
            f"There is no database at {path}.",
            "Check --db and INTERVIEWKIT_DB, or start an interview: that creates the database.",
        )
    return Store(path, unlock=ask_for_key)


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


def default_user_name() -> str:
    """The name to use where the records name no user: the setting, else the login name."""
    from interviewkit.storage.account import login_name

    return str(valid_setting("interviewer") or "").strip() or login_name()


def viewer(store: "Store", named: str | None) -> "Person":
    """Who is looking: the person named with ``--interviewer``, else the user of the account.

    AmbiguousNameError where the name could mean several.
    """
    from interviewkit.interview.access import reader_of

    if named is None:
        return store.current_user()
    from interviewkit.hub.membership import is_in_hub

    is_shared = store.belongs_to_team() or is_in_hub(store.path)
    return reader_of(store.current_user(), store.person(named), is_shared=is_shared)
