"""The tests of what is written and read run on plain and on encrypted records alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewkit.storage.converting import convert
from interviewkit.storage.store import Store
from support import HeldClock

KEY = f"x'{'ab' * 32}{'cd' * 16}'"  # as if worked out from a passphrase, which takes its time
BOTH = ("test_store", "test_notebook", "test_amending", "test_importing")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "store" in metafunc.fixturenames and module in BOTH:
        metafunc.parametrize("store", ["plain", "encrypted"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: HeldClock) -> Iterator[Store]:
    path = tmp_path / "records.db"
    unlock = None
    if getattr(request, "param", "plain") == "encrypted":
        pytest.importorskip("sqlcipher3", reason="the extra is not installed")
        Store(path, clock).close()
        convert(path, None, KEY)
        unlock = lambda _: KEY  # noqa: E731
    with Store(path, clock, unlock=unlock) as opened:
        yield opened
