"""Every command as the program declares it, with an example from the pages around it."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from interviewkit.cli.main import cli

ROOT = Path(__file__).parents[2]
NAME = "interviewkit"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = 3  # as many as show a command's ways
WIDEST = 130  # an example longer than that explains something else than the command
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Option:
    """As ``--help`` shows it: ``written`` with its value, ``said`` with default or need."""

    written: str
    said: str


@dataclass(frozen=True, slots=True)
class Command:
    """``path`` is empty for the program itself. ``said`` has paragraphs between blank lines."""

    path: tuple[str, ...]
    usage: str
    said: str
    options: tuple[Option, ...]
    within: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def title(self) -> str:
        """As it is typed, without the program's name unless it is that."""
        return " ".join(self.path) or NAME

    @property
    def summary(self) -> str:
        """The first sentence of what it says of itself."""
        return re.split(r"(?<=[.])\s", " ".join(self.said.split()), maxsplit=1)[0]


def all_commands() -> list[Command]:
    """The program, then its commands in the order of its help, each group before what it holds."""
    return list(_walk(cli, (), None, _shown()))


def _walk(
    command: click.Command,
    path: tuple[str, ...],
    parent: click.Context | None,
    shown: list[str],
) -> Iterator[Command]:
    # With its own settings: click keeps a command's help option as the first context has it.
    context = click.Context(command, parent=parent, **command.context_settings)
    names = command.list_commands(context) if isinstance(command, click.Group) else []
    pieces = command.collect_usage_pieces(context)
    yield Command(
        path,
        " ".join([NAME, *path, *pieces]),
        _marked(inspect.cleandoc(command.help or "")),
        tuple(_options(command, context)),
        tuple(names),
        tuple(_examples(path, shown)),
    )
    if isinstance(command, click.Group):
        for name in names:
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from _walk(inner, (*path, name), context, shown)


def _options(command: click.Command, context: click.Context) -> Iterator[Option]:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield Option(record[0], _in_words(record[1]))


def _in_words(said: str) -> str:
    """What click adds in brackets, as one would say it."""
    said = _marked(said)
    said = re.sub(r"\s*\[(.*?)\]$", r" (\1)", said).strip()
    said = re.sub(r"(\d+)<=x<=(\d+)", r"\1 to \2", said)
    return re.sub(r"x>=(\d+)", r"\1 or more", said)


def _marked(said: str) -> str:
    """With options as code: two hyphens in prose would become a dash."""
    return re.sub(r"(?<![\w`-])--[a-z][a-z-]*", r"`\g<0>`", said)


def _shown() -> list[str]:
    """Every line that the pages show as typed, in their order, but for the page made from them."""
    return [
        line.removeprefix("$ ")
        for page in PAGES
        if page.name != "commands.md"
        for block in _BLOCK.findall(page.read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]


def _examples(path: tuple[str, ...], shown: list[str]) -> list[str]:
    if not path:
        return []
    typed = re.compile(rf"\b{NAME} {' '.join(map(re.escape, path))}(?![\w-])")
    found = [line for line in dict.fromkeys(shown) if typed.search(line) and len(line) <= WIDEST]
    # One that begins with the command shows it better than one where it follows another.
    return sorted(found, key=lambda line: not typed.match(line))[:EXAMPLES]
