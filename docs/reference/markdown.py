"""The command reference and the key map as pages of the documentation."""

from collections.abc import Iterator, Mapping, Sequence

from reference.commands import Command
from reference.keys import PLACES, Key
from reference.surroundings import ENVIRONMENT, EXITS, FILES

MADE = "<!-- Made from the program by `make reference`; change it there. -->"


def commands_page(commands: Sequence[Command]) -> str:
    """docs/commands.md: what each command takes and says, then what holds for all of them."""
    whole, *rest = commands
    parts = [
        f"# Commands\n\n{MADE}",
        whole.said,
        f"```text\n{whole.usage}\n```",
        _table(("option", "what it does"), _options(whole)),
        "`--db` and `--verbose` may come anywhere in the line. `-h` or `--help` after any "
        "command prints what this page says of it. Data go to stdout, all else to stderr, so a "
        "command can be piped into another. "
        "`man interviewkit` shows the same, where man looks into `share/man` beside the `bin` that "
        "holds the command.",
        "## All commands",
        _table(
            ("command", "what it does"),
            [(f"[`{one.title}`](#{_anchor(one)})", one.summary) for one in rest if not one.within],
        ),
        *(part for one in rest for part in _command(one)),
        "## Environment",
        _table(
            ("variable", "what it does"),
            [(f"`{name}`", said) for name, said in ENVIRONMENT.items()],
        ),
        "## Files",
        _table(
            ("what", "Linux", "macOS", "Windows"),
            [(what, *(f"`{path}`" for path in paths)) for what, paths in FILES.items()],
        ),
        "## Exit codes",
        _table(("code", "meaning"), [(str(code), said) for code, said in EXITS.items()]),
    ]
    return "\n\n".join(parts) + "\n"


def keys_page(keys: Mapping[str, Sequence[Key]], grammar: Sequence[tuple[str, str]]) -> str:
    """docs/keys.md: the note line, then the keys of each screen with the names settings use."""
    parts = [
        f"# Keys\n\n{MADE}",
        "F1 shows the keys of the screen you are on, as your settings have made them. This page "
        "lists all of them as they come. The name in the last column is what a settings file "
        "calls a key to give it another:",
        '```toml\n[keys]\n"interview.next" = "f12"\n```',
        "What can be done by a key can be done with the mouse, too.",
        "## The note line",
        "In a live interview what you type is a note, and **Enter** keeps it. A line that starts "
        "with one of these is a command:",
        _table(("typed", "does"), grammar),
        "`?2` and `/4` act at once where the digit leaves no doubt; the others wait for **Enter**. "
        "A leading space or `\\` makes any line a note. A line that only looks like a command, "
        "such as `?why so late`, is kept as a note, or you are asked; it is never lost.",
    ]
    for place, (heading, way) in PLACES.items():
        parts += [f"## {heading}", *filter(None, [way]), _keys(keys[place])]
    return "\n\n".join(parts) + "\n"


def _command(command: Command) -> Iterator[str]:
    yield f"{'#' * (len(command.path) + 1)} {command.title}"
    if command.within:
        yield command.said
        return
    yield f"```text\n{command.usage}\n```"
    yield command.said
    if command.options:
        yield _table(("option", "what it does"), _options(command))
    if command.examples:
        lines = "\n".join(f"$ {line}" for line in command.examples)
        yield f"```console\n{lines}\n```"


def _options(command: Command) -> list[tuple[str, str]]:
    return [(f"`{option.written}`", option.said) for option in command.options]


def _keys(keys: Sequence[Key]) -> str:
    rows = [(" ".join(f"`{one}`" for one in key.keys), key.does, f"`{key.id}`") for key in keys]
    return _table(("key", "does", "name in settings"), rows)


def _anchor(command: Command) -> str:
    return command.title.replace(" ", "-")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [
        head,
        ["---"] * len(head),
        *([cell.replace("|", r"\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
