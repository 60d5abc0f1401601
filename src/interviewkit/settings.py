"""The settings: declared once in ``FIELDS``, read from a TOML file and from the environment.

An option of a command goes before a variable, a variable before the file, the file before what
comes with the program. Knows neither screens nor records, so that every room may ask.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from interviewkit.errors import InterviewKitError

BACKUPS = 7
SPEECH = 150  # words a minute: people tell of their work at 130 to 170
# Ours, then Textual's: known here, so that a command can say of a name that it is none.
THEMES = (
    *("dark", "light", "interviewkit-dark", "interviewkit-light"),
    *("textual-dark", "textual-light", "ansi-dark", "ansi-light", "atom-one-dark"),
    *("atom-one-light", "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato"),
    *("catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine"),
    *("rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "tokyo-night"),
)


class Field(NamedTuple):
    """One setting. ``kind`` is "text", "theme", "count", "path" or "keys"; keys have no
    ``variable``.
    """

    name: str
    kind: str
    default: str | int | None
    variable: str
    example: str
    description: str


FIELDS = (
    Field(
        "theme",
        "theme",
        "dark",
        "INTERVIEWKIT_THEME",
        'theme = "light"',
        "The theme: dark, light, or the name of a Textual theme.",
    ),
    Field(
        "backups",
        "count",
        BACKUPS,
        "INTERVIEWKIT_BACKUPS",
        "backups = 7",
        "How many daily backups to keep beside the records; 0 for none.",
    ),
    Field(
        "transcript_days",
        "count",
        0,
        "INTERVIEWKIT_TRANSCRIPT_DAYS",
        "transcript_days = 14",
        "How many days after the decision on a candidate a transcript is kept; 0: deleted with it.",
    ),
    Field(
        "interviewer",
        "text",
        None,
        "INTERVIEWKIT_INTERVIEWER",
        'interviewer = "Priya Raman"',
        "Your name, instead of what you said at the first start (`interviewkit people me`).",
    ),
    Field(
        "records",
        "path",
        None,
        "INTERVIEWKIT_DB",
        'records = "~/interviews/records.db"',
        "The file of your records; by default one in your data folder.",
    ),
    Field(
        "banks",
        "path",
        None,
        "INTERVIEWKIT_BANKS",
        'banks = "~/interviews/banks"',
        "The folder of your own question banks; by default one in your data folder.",
    ),
    Field(
        "practice",
        "path",
        None,
        "INTERVIEWKIT_PRACTICE",
        'practice = "~/interviews/practice"',
        "The folder of your own practice files; by default one in your data folder.",
    ),
    Field(
        "speech",
        "count",
        SPEECH,
        "INTERVIEWKIT_SPEECH",
        "speech = 150",
        "How many words a minute a rehearsal's candidate speaks; 0 shows each answer at once.",
    ),
    Field(
        "keys",
        "keys",
        None,
        "",
        '[keys]\n"interview.next" = "f12"',
        "Your own keys: the name of an action, and its key, or several keys separated by commas.",
    ),
)
_WRONG = {
    "text": "must be text, not empty",
    "theme": "must be text, not empty",
    "path": "must be a path, not empty",
    "count": "must be a whole number, 0 or more",
    "keys": "must be a table of names and keys",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. ``sources`` gives for each setting: default, file or a variable."""

    theme: str = "dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    backups: int = BACKUPS
    transcript_days: int = 0
    interviewer: str | None = None
    records: str | None = None
    banks: str | None = None
    practice: str | None = None
    speech: int = SPEECH
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)


class LoadedSettings(NamedTuple):
    """``settings`` are all that can be used; ``doubtful`` names those that are set, but not so."""

    settings: Settings
    faults: tuple[str, ...]
    doubtful: frozenset[str]

    def error(self) -> InterviewKitError:
        """One error that lists every fault."""
        count = "one fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        return InterviewKitError(
            f"The settings have {count}:\n" + "\n".join(self.faults), "Fix them."
        )


def settings_path() -> Path:
    """Where the file is looked for: ``INTERVIEWKIT_SETTINGS``, or the user's config directory."""
    named = os.environ.get("INTERVIEWKIT_SETTINGS")
    if named:
        return expand_home(named)
    from platformdirs import user_config_path

    return user_config_path("interviewkit", appauthor=False) / "settings.toml"


def expand_home(named: str) -> Path:
    """The path with ``~`` filled in; an unknown ``~name`` stays as it is."""
    return Path(os.path.expanduser(named))  # noqa: PTH111 - raises nothing for an unknown ~name


def typed_path(text: str) -> Path:
    """A path as it is typed in a field, or dropped there by a terminal, which may quote it."""
    return expand_home(text.strip().strip("'\""))


def valid_setting(name: str) -> object:
    """The value of one setting. InterviewKitError if it is set in a way that cannot be used.

    What else is wrong with the file is no reason to stop: an interview may be waiting.
    """
    loaded = load_settings(settings_path())
    if name in loaded.doubtful:
        raise loaded.error()
    return getattr(loaded.settings, name)


def named_path(name: str) -> Path | None:
    """The path set under this name. Where a variable has it, the file is not read."""
    variable = next(setting.variable for setting in FIELDS if setting.name == name)
    named = os.environ.get(variable) or valid_setting(name)
    return expand_home(str(named)) if named else None


def read_settings(path: Path) -> Settings:
    """The settings in ``path`` and the environment; without either, the defaults.

    InterviewKitError names every fault at once, those of the file with their lines.
    """
    loaded = load_settings(path)
    if loaded.faults:
        raise loaded.error()
    return loaded.settings


def _toml_of(text: str) -> dict[str, Any]:
    """Parse TOML; ValueError when the text is not valid."""
    if not text:
        return {}
    import tomllib  # only for who has set something

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is too deeply nested") from error


def load_settings(path: Path) -> LoadedSettings:
    """All that can be used of the file and the environment, and every fault of both."""
    try:
        text = _text(path)
        data = _toml_of(text)
    except InterviewKitError as error:
        text, data, faults, doubtful = "", {}, [error.message], set(_names())
    except ValueError as error:
        data, faults = {}, [f"{path}: not valid TOML: {error}."]
        doubtful = {name for name in _names() if any(_lines(text, name))}
    else:
        unknown = [name for name in data if name not in _names()]
        faults = [
            f"{path}:{_line(text, name)}: {_none_called('setting', name, _names())}"
            for name in unknown
        ]
        doubtful = {similar for name in unknown for similar in _similar_names(name)}
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for setting in FIELDS:
        for source, location, value in _values_offered(
            setting, data, f"{path}:{_line(text, setting.name)}"
        ):
            if _is_valid(setting, value):
                values[setting.name], sources[setting.name] = value, source
            else:
                faults.append(f"{location}: {_misfit(setting, value)}")
                doubtful.add(setting.name)
    return LoadedSettings(
        Settings(**values, sources=sources), tuple(faults), frozenset(doubtful - set(values))
    )


def _values_offered(
    setting: Field, data: Mapping[str, Any], line: str
) -> Iterator[tuple[str, str, Any]]:
    """(source, place, value), what counts more behind what counts less."""
    if setting.name in data:
        yield "file", line, data[setting.name]
    text = os.environ.get(setting.variable, "").strip() if setting.variable else ""
    if text:
        yield setting.variable, setting.variable, _from_variable(setting, text)


def sample() -> str:
    """A settings file in which every setting is explained and none is set."""
    parts = ["# Settings of interviewkit. Remove the # from a line to use it."]
    for setting in FIELDS:
        lines = "\n".join(f"# {line}" for line in setting.example.splitlines())
        parts.append(f"# {setting.description}\n{lines}")
    return "\n\n".join(parts) + "\n"


def settings_schema() -> dict[str, object]:
    """The JSON Schema of the file."""
    shapes: dict[str, dict[str, object]] = {
        "text": {"type": "string", "pattern": "\\S"},
        "theme": {"enum": list(THEMES)},
        "path": {"type": "string", "pattern": "\\S"},
        "count": {"type": "integer", "minimum": 0},
        "keys": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of interviewkit",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            setting.name: {**shapes[setting.kind], "description": setting.description}
            for setting in FIELDS
        },
    }


def table() -> str:
    """The table of settings in docs/settings.md."""
    rows = ["| setting | default | variable | what it is |", "|---|---|---|---|"]
    for setting in FIELDS:
        default = "" if setting.default is None else f"`{setting.default}`"
        variable = f"`{setting.variable}`" if setting.variable else ""
        rows.append(f"| `{setting.name}` | {default} | {variable} | {setting.description} |")
    return "\n".join(rows)


def _text(path: Path) -> str:
    try:
        if path.is_fifo():  # reading it would wait for ever
            raise InterviewKitError(f"{path} is a pipe, not a file.", "Name a file.")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InterviewKitError(f"{path} cannot be read: {error}.", "Fix or remove it.") from error


def _names() -> list[str]:
    return [setting.name for setting in FIELDS]


def _short(setting: Field) -> str:
    return setting.example.splitlines()[-1]


def _is_valid(setting: Field, value: object) -> bool:
    if setting.kind == "count":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if setting.kind == "keys":
        return isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
    if setting.kind == "theme":
        return value in THEMES
    return isinstance(value, str) and bool(value.strip())


def _misfit(setting: Field, value: object) -> str:
    if setting.kind == "theme" and isinstance(value, str) and value.strip():
        return _none_called("theme", value, THEMES)
    return f"{setting.name} {_WRONG[setting.kind]}, such as: {_short(setting)}"


def _from_variable(setting: Field, text: str) -> str | int:
    return int(text) if setting.kind == "count" and re.fullmatch("[0-9]+", text) else text


def _none_called(kind: str, name: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches  # only where something is misspelt

    similar = get_close_matches(name, names, n=1)
    hint = f"Did you mean {similar[0]}?" if similar else f"There is: {', '.join(names)}."
    return f"There is no {kind} called {name!r}. {hint}"


def _similar_names(name: str) -> list[str]:
    from difflib import get_close_matches  # as above

    return get_close_matches(name, _names(), n=1)


def _line(text: str, name: str) -> int:
    """The line on which a setting stands, from 1: TOML's own reader does not tell."""
    if name not in text:
        return 1  # all settings, for who has set nothing
    return next(_lines(text, name), 1)


def _lines(text: str, name: str) -> Iterator[int]:
    key = rf"[\"']?{re.escape(name)}[\"']?"
    starts = re.compile(rf"\s*(\[\s*{key}\s*[\].]|{key}\s*[=.])")
    return (
        line_number for line_number, line in enumerate(text.splitlines(), 1) if starts.match(line)
    )
