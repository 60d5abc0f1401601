"""The manual page, in the man macros that groff and mandoc both read."""

import re
from collections.abc import Iterator, Sequence

from interviewkit import __version__
from reference.commands import Command
from reference.surroundings import ENVIRONMENT, EXITS, FILES

SYSTEMS = ("Linux", "macOS", "Windows")


def manual(commands: Sequence[Command], grammar: Sequence[tuple[str, str]]) -> str:
    """docs/interviewkit.1."""
    whole, *rest = commands
    summary, *more = whole.said.split("\n\n")
    lines = [
        '.\\" Made from the program by `make reference`; change it there.',
        f'.TH INTERVIEWKIT 1 "" "interviewkit {__version__}" "User Commands"',
        ".nh",  # a path or an option is not hyphenated, nor are its words pulled apart
        ".ad l",
        ".SH NAME",
        rf"interviewkit \- {_text(summary[0].lower() + summary[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        *_usage(whole),
        ".SH DESCRIPTION",
        *_paragraphs("\n\n".join([summary, *more])),
        ".SH OPTIONS",
        *_options(whole),
        ".SH COMMANDS",
        *(line for one in rest if not one.within for line in _command(one)),
        ".SH THE NOTE LINE",
        "In a live interview a line that starts with one of these is a command; any other line is "
        "a note.",
        *(line for typed, does in grammar for line in _item(_bold(typed), _text(does))),
        ".SH ENVIRONMENT",
        *(line for name, said in ENVIRONMENT.items() for line in _item(_bold(name), _text(said))),
        ".SH FILES",
        *(line for what, paths in FILES.items() for line in _file(what, paths)),
        ".SH EXIT STATUS",
        *(line for code, said in EXITS.items() for line in _item(_bold(str(code)), _text(said))),
    ]
    return "\n".join(lines) + "\n"


def _command(command: Command) -> Iterator[str]:
    yield f".SS {_text(command.title)}"
    yield from _usage(command)
    yield from _paragraphs(command.said)
    yield from _options(command)
    if command.examples:
        yield ".PP"
        yield "Example:"
        yield from _literally(command.examples[0])


def _usage(command: Command) -> Iterator[str]:
    yield ".PP"
    name = " ".join(["interviewkit", *command.path])
    yield f"{_bold(name)} {_text(command.usage.removeprefix(name).strip())}"


def _options(command: Command) -> Iterator[str]:
    for option in command.options:
        yield from _item(_bold(option.written), _text(option.said))


def _file(what: str, paths: Sequence[str]) -> Iterator[str]:
    yield from (".TP", _text(what))
    for system, path in zip(SYSTEMS, paths, strict=True):
        yield from (f"{system}: {_escaped(path)}", ".br")


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _item(head: str, said: str) -> tuple[str, str, str]:
    return (".TP", head, said)


def _literally(line: str) -> tuple[str, ...]:
    return (".PP", ".RS 4", ".nf", _escaped(line), ".fi", ".RE")


def _bold(text: str) -> str:
    return rf"\fB{_escaped(text.replace('`', ''))}\fR"


def _text(text: str) -> str:
    """A line of prose: what stands between backticks or double stars is bold."""
    strong = re.sub(r"`([^`]*)`|\*\*([^*]*)\*\*", r"\\fB\1\2\\fR", _escaped(text))
    return rf"\&{strong}" if strong.startswith(".") else strong


def _escaped(text: str) -> str:
    """No letter of it is taken for another one, or for a command of the typesetter."""
    signs = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "^": r"\(ha", "~": r"\(ti"}
    return "".join(signs.get(letter, letter) for letter in text)
