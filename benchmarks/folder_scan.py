"""A look at a team's folder in which nothing is new, against listing it and asking of each file.

The files were taken in before, as the records say, so none of them is opened. Their content does
not matter then, nor does a folder that a cloud keeps on another machine: what is listed is here.
The floor walks the same folder with ``os.scandir`` and asks for the size and time of each file.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.team import folder as folders
from interviewkit.workflows.team_folder import TeamSession, look_at_folder, open_team
from interviewkit.workflows.team_membership import begin_team
from measuring import Extent, Row, growth, processor


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figures are those of the largest. The target is a fifth of a second."""
    sizes = extent.of((20, 40), (100, 300, 1_000), (1_000, 3_000, 10_000))
    medians = []
    with patch.dict(os.environ, {"XDG_DATA_HOME": str(folder), "LOCALAPPDATA": str(folder)}):
        for size in sizes:
            ours, floor = _measure(folder / f"team-{size}", size, extent.of(1, 5, 15))
            row = Row(f"a look at a folder of {size:,} documents", ours)
            medians.append(row.ratio)
    yield Row(row.what, ours, target=200.0)
    yield Row("  against listing it alone", ours, floor)
    yield growth("folder, documents", sizes, medians)


def _measure(shared: Path, size: int, times: int) -> tuple[list[float], list[float]]:
    """(Milliseconds of the processor of a look, of listing the same files)."""
    ours, floor = [], []
    with Store(shared.with_suffix(".db")) as store:
        store.registry().identify("Priya Raman")
        begin_team(store, shared)
        session = open_team(store)
        _fill(session, size)
        for _ in range(times):
            ours.append(processor(_look, session))
            floor.append(processor(_list, shared))
    return ours, floor


def _fill(session: TeamSession, size: int) -> None:
    """Documents that are in the records already."""
    names = []
    for number in range(size):
        key = hashlib.sha256(b"%d" % number).hexdigest()
        names.append(f"{folders.DOCUMENTS}/{key[:2]}/{key}.{folders.ENDINGS[folders.DOCUMENTS]}")
        path = session.folder / names[-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    session.store.sharing().incoming.keep(
        session.source,
        [
            IncomingFile(
                *(name, name[-68:-4], "scorecard", "candidate", ArrivalState.TAKEN),
                receivers=" ".join([session.identity.key] * 5),
                stamp=folders.stamp_of(session.folder, name),
            )
            for name in names
        ],
    )


def _look(session: TeamSession) -> None:
    contents = look_at_folder(session)
    assert not contents.opened
    assert not contents.notes


def _list(below: Path) -> int:
    count = 0
    with os.scandir(below) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += _list(Path(entry.path))
            else:
                entry.stat(follow_symlinks=False)
                count += 1
    return count
