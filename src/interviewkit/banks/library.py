"""Where banks are found: the user's folder first, then those we ship.

A bank of the user's with the same id stands in front of a shipped one. Files are told apart by
the ``id:`` they carry, not by their names; a file that cannot be used is listed with its error
and hides nothing else.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from interviewkit.breadcrumbs import state_folder
from interviewkit.errors import unknown_name
from interviewkit.settings import named_path

_ID = re.compile(r"^id:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
_EXTENDS = re.compile(r"^extends:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
# On the line itself, or folded over the indented lines below it.
_TITLE = re.compile(r"^title:[ \t]*(?:[>|][-+]?[ \t]*\n((?:[ \t]+\S.*\n?)+)|(\S.*))", re.MULTILINE)


class BankLocation(NamedTuple):
    """A bank file with the id and the title it claims; nothing of it has been checked yet.

    A bank that extends another and gives no title of its own bears the other's; one that has none
    at all bears its id.
    """

    id: str
    path: Path
    shipped: bool
    title: str = ""


def users_folder() -> Path:
    """The folder for a user's own banks; ``INTERVIEWKIT_BANKS`` or the settings name another."""
    named = named_path("banks")
    if named:
        return named
    from platformdirs import user_data_path

    return user_data_path("interviewkit", appauthor=False) / "question_banks"


def drafts_folder() -> Path:
    """Where the workshop keeps what is changed and not saved; there only once something was."""
    return state_folder() / "drafts"


def shipped_folder(name: str = "question_banks") -> Path:
    """What we ship: inside the package in a wheel, beside ``src`` in an editable install."""
    package = Path(__file__).parents[1] / name
    checkout = Path(__file__).parents[3] / name
    return package if package.is_dir() else checkout


def banks() -> list[BankLocation]:
    """Every bank there is, the user's own first; of two with one id only the first."""
    by_id: dict[str, BankLocation] = {}
    for item in _everywhere():
        by_id.setdefault(item.id, item)
    return list(by_id.values())


def find_bank(bank_id: str, *, shipped_only: bool = False) -> BankLocation:
    """The bank with this id; NotFoundError names those there are."""
    located = list(_in_folder(shipped_folder(), shipped=True)) if shipped_only else banks()
    for item in located:
        if item.id == bank_id:
            return item
    error = unknown_name("bank", bank_id, [item.id for item in located])
    error.hint = _hint_for_file(bank_id) or error.hint
    raise error


def _hint_for_file(name: str) -> str:
    """What to do with the file of the working folder that ``name`` may mean; "" without one."""
    is_file_name = name.endswith((".yaml", ".yml"))
    file = name if is_file_name else f"{name}.yaml"
    if not os.path.isfile(file):  # noqa: PTH113 - false, not an error, for a name too long
        return ""
    where = f"{users_folder()}{os.sep}, where interviews find the banks that are yours"
    if is_file_name:
        return f"Copy the file to {where}, and name the bank by its id."
    return f"Is it {file} in this folder? Copy that to {where}, or name it with its .yaml."


def _everywhere() -> list[BankLocation]:
    looked = [
        (item, extends)
        for folder, shipped in ((users_folder(), False), (shipped_folder(), True))
        for item, extends in _looked_at(folder, shipped=shipped)
    ]
    # A bank may extend its own id: that is the one we ship, which comes later.
    titles = {item.id: item.title for item, _ in looked if item.title}
    return [
        item._replace(title=item.title or titles.get(extends, item.id)) for item, extends in looked
    ]


def _in_folder(folder: Path, *, shipped: bool) -> Iterator[BankLocation]:
    return (item for item, _ in _looked_at(folder, shipped=shipped))


def _looked_at(folder: Path, *, shipped: bool) -> Iterator[tuple[BankLocation, str]]:
    """What can be told without reading YAML: the file and the id it extends, empty for none."""
    for path, text in yaml_texts(folder):
        yield claimed_identity(text, path, shipped=shipped)


def yaml_texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """The YAML files of a folder with their texts; none where there is no such folder.

    The text of a pipe is empty. A file that cannot be read is left out.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - false, not an error, for a name too long
        return
    for path in sorted(folder.glob("*.y*ml")):
        try:
            is_pipe = path.is_fifo()  # reading one would wait for ever; opening it says what it is
            text = "" if is_pipe else path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # a folder or a file without rights; opening it by name will say so
        yield path, text


def claimed_identity(text: str, path: Path, *, shipped: bool = False) -> tuple[BankLocation, str]:
    """What a text says of itself, as if it stood in ``path``, and the id it extends, if any."""
    match, extends = _ID.search(text), _EXTENDS.search(text)
    location = BankLocation(match.group(1) if match else path.stem, path, shipped, _title(text))
    return location, extends.group(1) if extends else ""


def _title(text: str) -> str:
    match = _TITLE.search(text)
    if match is None:
        return ""
    if match.group(1):
        return " ".join(match.group(1).split())
    written = match.group(2).strip()
    quote = written[0]
    if quote in "\"'" and quote in written[1:]:
        inside = written[1 : written.rindex(quote)]
        return inside.replace("''", "'") if quote == "'" else inside.replace('\\"', '"')
    return written.partition(" #")[0].strip()
