"""What others wrote is read through ``store.seen_by(person)``, and through nothing else."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from interviewkit.storage.reader import Reader
from interviewkit.storage.store import Store
from support import ROOT

SOURCE = ROOT / "src" / "interviewkit"
# What a store gives to everybody: names, plans, banks, settings, ways to write,
# the ids of interviews, and how much is written in one's own that is under way.
OF_THE_STORE = {
    "another",
    "belongs_to_team",
    "bank",
    "banks_used",
    "candidate",
    "candidates",
    "close",
    "contents",
    "current_user",
    "decide",
    "discard",
    "doubt_once",
    "erasing",
    "has_bank",
    "import_documents",
    "keep_head",
    "known_decision",
    "last_kit",
    "new_decision",
    "notebook",
    "open_as",
    "people",
    "person",
    "person_id",
    "planning",
    "registry",
    "retention",
    "role",
    "roles",
    "search_index",
    "seen_by",
    "sharing",
    "start",
    "submitted_alike",
    "under_way",
}
# A notebook is the writing side of an interview, and reads it: one's own, when it is opened.
OPEN_A_NOTEBOOK = {
    "tui/app.py",  # after Reader.interview has let the person in
    "tui/screens/scorecards.py",  # to amend one's own
    "workflows/demo_replay.py",
    "workflows/interview_transcript.py",  # after Reader.interview, too
    "workflows/rehearsal.py",
    "workflows/trial.py",
}


def outside_storage() -> Iterator[tuple[str, ast.Attribute]]:
    """(Module, attribute) of every attribute that is used on something else than ``self``."""
    for path in sorted(SOURCE.rglob("*.py")):
        module = path.relative_to(SOURCE).as_posix()
        if module.startswith("storage/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                yield module, node


def test_nobody_outside_storage_reaches_for_its_private_parts() -> None:
    private = {name for kind in (Store, Reader) for name in _private_names(kind)}
    assert {"_reads", "_connection", "_exchange"} <= private
    reached = [
        f"{module}:{node.lineno} .{node.attr}"
        for module, node in outside_storage()
        if node.attr in private and not _is_self(node.value)
    ]
    assert reached == []


def test_a_store_offers_no_other_way_to_read() -> None:
    public = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if name[0] != "_"}
    assert public == OF_THE_STORE


def test_a_notebook_is_opened_only_where_the_interview_is_ones_own() -> None:
    opened = {
        module
        for module, node in outside_storage()
        if node.attr == "notebook"
        and not _is_self(node.value)
        # `live.notebook` is the notebook of an interview that is open already.
        and not (isinstance(node.value, ast.Name | ast.Attribute) and _last(node.value) == "live")
    }
    assert opened == OPEN_A_NOTEBOOK


def test_every_read_of_a_reader_belongs_to_one_person() -> None:
    assert list(inspect.signature(Store.seen_by).parameters) == ["self", "person"]
    for name, method in inspect.getmembers(Reader, inspect.isfunction):
        if name[0] != "_":
            parameters = set(inspect.signature(method).parameters)
            assert not parameters & {"viewer", "person", "interviewer"}, name


def _private_names(kind: type) -> set[str]:
    tree = ast.parse(Path(inspect.getfile(kind)).read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _is_self(node.value) and node.attr[0] == "_"
    }


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _last(node: ast.Name | ast.Attribute) -> str:
    return (node.id if isinstance(node, ast.Name) else node.attr).lstrip("_")
