"""The settings file: theme, backups, other keys. Read without Textual: a fault is a sentence.

```toml
theme = "light"            # dark, light, or the name of a Textual theme
backups = 7                # how many daily backups are kept beside the records; 0 makes none

[keys]
"interview.next" = "f8"    # a key, or several with commas between them
```
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interviewkit.errors import InterviewKitError, unknown

BACKUPS = 7
_FIELDS = ("theme", "backups", "keys")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has set. ``keys`` maps ids of bindings to keys, ``backups`` is how many."""

    theme: str = "dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    backups: int = BACKUPS


def settings_path() -> Path:
    """Where the file is looked for: ``INTERVIEWKIT_SETTINGS``, or the user's config directory."""
    named = os.environ.get("INTERVIEWKIT_SETTINGS")
    if named:
        return Path(os.path.expanduser(named))  # noqa: PTH111 - leaves an unknown ~name as it is
    from platformdirs import user_config_path

    return user_config_path("interviewkit", appauthor=False) / "settings.toml"


def read_settings(path: Path) -> Settings:
    """The settings in ``path``; without a file, the defaults. InterviewKitError names a fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise InterviewKitError(f"{path} cannot be read: {error}.", "Mend or remove it.") from error
    import tomllib  # only for who has set something

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InterviewKitError(
            f"{path}: not valid TOML: {error}.", "Mend or remove it."
        ) from error
    for name in data:
        if name not in _FIELDS:
            raise unknown("setting", name, _FIELDS, str(path))
    theme, keys = data.get("theme", "dark"), data.get("keys", {})
    if not isinstance(theme, str):
        raise InterviewKitError(f"{path}: theme must be a name.", 'Such as theme = "light".')
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise InterviewKitError(
            f"{path}: keys must be a table of names and keys.", 'Such as "interview.next" = "f8".'
        )
    backups = data.get("backups", BACKUPS)
    if not isinstance(backups, int) or isinstance(backups, bool) or backups < 0:
        raise InterviewKitError(
            f"{path}: backups must be a whole number, 0 or more.", "Such as backups = 7."
        )
    return Settings(theme, keys, backups)
