"""What a shell offers at Tab: names out of the records, ids of banks and of their parts.

Each takes what click passes and gives what begins like the word under way. Nothing is created,
unlocked or told: a word that cannot be completed is simply left as it is. A name that could act
on the terminal is not offered.
"""

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from interviewkit.cli.context import records_path
from interviewkit.visible_text import is_plain


def candidates(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Names of candidates."""
    return _recorded(ctx, "candidate", word)


def roles(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Titles of roles."""
    return _recorded(ctx, "role", word)


def interviewers(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Names of those who have held interviews."""
    return _recorded(ctx, "interviewer", word)


def rounds(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Kits that interviews were held with."""
    return _recorded(ctx, "kit", word)


def bank_ids(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Ids of banks."""
    from interviewkit.banks.library import banks

    return _beginning(word, (found.id for found in banks()))


def bank_ids_or_files(
    ctx: click.Context, param: click.Parameter, word: str
) -> list[CompletionItem]:
    """Ids of banks, or files where the word is a path."""
    ids = [CompletionItem(name) for name in bank_ids(ctx, param, word)]
    return ids or [CompletionItem(word, type="file")]


def kits(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Kits of the bank that stands before."""
    return _part(ctx, "kits", word)


def questions(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """Questions of the bank that stands before."""
    return _part(ctx, "questions", word)


def _recorded(ctx: click.Context, kind: str, word: str) -> list[str]:
    from interviewkit.storage.completion import offered

    # The group itself has not run, so that --db is still among its parameters.
    records = ctx.find_root().params.get("db") or records_path(ctx)
    return _beginning(word, offered(records, kind))


def _part(ctx: click.Context, part: str, word: str) -> list[str]:
    from interviewkit.banks.completion import ids_in

    bank = ctx.params.get("bank_id")
    return _beginning(word, ids_in(bank, part)) if isinstance(bank, str) else []


def _beginning(word: str, names: Iterable[str]) -> list[str]:
    begins = word.casefold()
    return [name for name in names if name.casefold().startswith(begins) and is_plain(name)]
