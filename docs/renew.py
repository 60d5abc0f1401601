"""Write the pages again that are made from the program: python docs/renew.py."""

from pathlib import Path

from reference.commands import all_commands
from reference.keys import all_keys, note_line
from reference.man import manual
from reference.markdown import commands_page, keys_page

DOCS = Path(__file__).parent


def made() -> dict[Path, str]:
    """Each file that is made from the program, and what has to stand in it."""
    commands, grammar = all_commands(), note_line()
    return {
        DOCS / "commands.md": commands_page(commands),
        DOCS / "keys.md": keys_page(all_keys(), grammar),
        DOCS / "interviewkit.1": manual(commands, grammar),
    }


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8", newline="\n")
