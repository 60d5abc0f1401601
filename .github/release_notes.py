"""Print what CHANGELOG.md says of a version: ``python .github/release_notes.py 0.2.0``.

Ends with 1 and a sentence when the version is not the package's, or has no dated section at the
top of the change log.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def notes(version: str, package: str, changes: str) -> str:
    """The text of the section of ``version``; ValueError says what does not fit."""
    found = re.search(r'^__version__ = "(.+)"$', package, re.MULTILINE)
    if found is None or found[1] != version:
        raise ValueError(f"The package is {found and found[1]}, not {version}.")
    sections: list[tuple[str, str]] = [
        (title, text.strip()) for title, text in SECTION.findall(changes)
    ]
    if sections and sections[0] == ("Unreleased", ""):
        del sections[0]
    if not sections or not re.fullmatch(
        rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d", sections[0][0]
    ):
        raise ValueError(f"CHANGELOG.md does not begin with '## {version} - YYYY-MM-DD'.")
    return sections[0][1]


def main() -> None:
    """Of the version in the only argument, out of this checkout."""
    package = (ROOT / "src" / "interviewkit" / "__init__.py").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        sys.stdout.write(notes(sys.argv[1], package, changes) + "\n")
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
