"""What the program does for its records by itself: one backup a day, and a word where needed.

Runs in a thread after the first screen is painted. Knows no widgets: it gives sentences.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.storage.store import Store

OLD = 7  # days after which a backup is called old
READ_ONLY = "{} is read-only: nothing you change here can be saved."
Upkeep = Callable[[Store], "Kept"]


class Kept(NamedTuple):
    """``last`` is when the newest backup was made; ``warnings`` are sentences for the user."""

    newest_at: datetime | None = None
    warnings: tuple[str, ...] = ()


def daily_upkeep(keep: int) -> Upkeep:
    """Upkeep that leaves the last ``keep`` daily backups; with 0 it makes none."""

    def upkeep(store: Store) -> Kept:
        from interviewkit.storage.file import backup

        warnings: list[str] = []
        moment = store.clock.now()
        try:
            with store.another() as own_store:
                if own_store.is_read_only:
                    return Kept(warnings=(READ_ONLY.format(store.path),))
                warnings.append(own_store.doubt_once())
            backup.make_daily_backup(store.path, store.unlock, moment, keep)
        except InterviewKitError as error:
            warnings.append(str(error))
        kinds = [
            backup_copy
            for backup_copy in backup.backups_of(store.path)
            if backup_copy.kind != backup.REPLACED
        ]
        newest = kinds[0].made_at if kinds else None
        if keep and newest and (moment - newest).days >= OLD and not any(warnings):
            warnings.append(
                f"The last backup is {(moment - newest).days} days old. "
                "Run interviewkit data backup FILE to make one now."
            )
        return Kept(newest, tuple(filter(None, warnings)))

    return upkeep
