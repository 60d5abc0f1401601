"""Fixtures: a real store on a real file, with a held clock; no test touches the user's home."""

import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from interviewkit.storage.store import Store
from support import HeldClock

# A busy machine is slow, which says nothing of an example.
settings.register_profile("interviewkit", deadline=None)
settings.load_profile("interviewkit")

# No test writes into the keyring of the person who runs it; tests of keyrings bring their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from driving import Running


# What developers and build machines set to their own taste, and programs draw or speak by.
_TASTE = re.compile(
    r"_?INTERVIEWKIT_|TEXTUAL_(?!SNAPSHOT)|XDG_|(NO|FORCE)_COLOR$|CLICOLOR|COLORTERM$"
    r"|COLUMNS$|LINES$|PYTHONIOENCODING$|(WAYLAND_)?DISPLAY$|PAGER$|EDITOR$|VISUAL$|ESCDELAY$"
)


LONGEST_ID = 60  # characters of one value: Windows lets no environment variable exceed 32767


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case after the beginning of its text: pytest hands the whole name to the system."""
    if not isinstance(val, str | bytes):
        return None
    text = val.decode("latin-1") if isinstance(val, bytes) else val
    name = text[:LONGEST_ID].encode("unicode_escape").decode("ascii")
    return name[:LONGEST_ID] if len(text) > LONGEST_ID or len(name) > LONGEST_ID else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what only another system has."""
    needed = item.get_closest_marker("posix")
    if os.name != "posix" and needed:
        pytest.skip(f"only POSIX systems have: {', '.join(needed.args) or 'what it needs'}")
    if os.name != "nt" and item.get_closest_marker("windows"):
        pytest.skip("needs Windows")


def _live_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))  # Windows' name for it
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(home / "data"))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For what is made once for many tests, too."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in filter(_TASTE.match, list(os.environ)):
            monkeypatch.delenv(name)
        _live_in(tmp_path_factory.mktemp("session") / "home", monkeypatch)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("TZ", "UTC")
        if hasattr(time, "tzset"):  # Windows has none
            time.tzset()
        yield


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _live_in(tmp_path / "home", monkeypatch)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's hiring round, written once: a test works on a copy."""
    from interviewkit.cli.demo import write_demo

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path)
    return path


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records just made, closed again; making them takes ten times as long as to copy them."""
    path = tmp_path_factory.mktemp("empty") / "records.db"
    Store(path).close()
    return path


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def store(empty_records: Path, tmp_path: Path, clock: HeldClock) -> Iterator[Store]:
    with Store(Path(shutil.copy(empty_records, tmp_path)), clock) as opened:
        yield opened


@pytest.fixture
def running(store: Store) -> "Running":
    """Run the application: ``async with running(interview.id, size=(80, 24)) as pilot``."""
    from driving import app_on  # only tests of screens pay for Textual

    @asynccontextmanager
    async def run(
        interview_id: str | None = None, size: tuple[int, int] = (80, 24)
    ) -> "AsyncIterator[Pilot[None]]":
        async with app_on(store, interview_id).run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return run
