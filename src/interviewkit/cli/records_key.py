"""The key of encrypted records, for whatever opens them from the command line."""

from pathlib import Path


def ask_for_key(path: Path) -> str:
    """The key of encrypted records: asked for only when they are, and before the screens start."""
    from interviewkit.cli.passphrase import unlock  # click, which the screens do without

    return unlock(path)
