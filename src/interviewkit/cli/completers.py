"""What a shell offers at Tab: names out of the records, ids of banks and of their parts.

Each takes what click passes and gives what begins like the word under way. Nothing is created,
unlocked or told: a word that cannot be completed is simply left as it is. A name that could act
on the terminal is not offered.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from interviewkit.cli.context import records_path
from interviewkit.visible_text import is_plain

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_candidate(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of candidates."""
    return _recorded_names(ctx, "candidate", incomplete)


def complete_role(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Titles of roles."""
    return _recorded_names(ctx, "role", incomplete)


def complete_interviewer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of those who have held interviews."""
    return _recorded_names(ctx, "interviewer", incomplete)


def complete_calibration(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Titles of sets of written answers."""
    return _recorded_names(ctx, "calibration", incomplete)


def complete_round(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Kits that interviews were held with."""
    return _recorded_names(ctx, "kit", incomplete)


def complete_bank_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of banks."""
    from interviewkit.banks.library import banks

    return _beginning(incomplete, (location.id for location in banks()))


def complete_bank_id_or_file(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Ids of banks, or files where the word is a path."""
    return _or_files(incomplete, complete_bank_id(ctx, param, incomplete))


def complete_kit(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Kits of the bank that stands before."""
    return _part(ctx, "kits", incomplete)


def complete_practice(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> "list[CompletionItem]":
    """Ids of practice files, or files where the word is a path."""
    from interviewkit.practice.library import practice_locations

    ids = _beginning(incomplete, (location.id for location in practice_locations()))
    return _or_files(incomplete, ids)


def complete_question(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Questions of the bank that stands before."""
    return _part(ctx, "questions", incomplete)


def _or_files(incomplete: str, ids: list[str]) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem  # only at Tab

    return [CompletionItem(name) for name in ids] or [CompletionItem(incomplete, type="file")]


def _recorded_names(ctx: click.Context, kind: str, incomplete: str) -> list[str]:
    from interviewkit.storage.shell_completion_names import completion_names

    return _beginning(incomplete, completion_names(records_path(ctx), kind))


def _part(ctx: click.Context, section: str, incomplete: str) -> list[str]:
    from interviewkit.banks.shell_completion_ids import ids_in

    bank = ctx.params.get("bank_id")
    return _beginning(incomplete, ids_in(bank, section)) if isinstance(bank, str) else []


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    begins = incomplete.casefold()
    return [name for name in names if name.casefold().startswith(begins) and is_plain(name)]
