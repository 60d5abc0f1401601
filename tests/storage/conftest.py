"""The tests of what is written and read run on plain and on encrypted records alike."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewkit.storage.file.reencrypt import reencrypt
from interviewkit.storage.store import Store
from support import HeldClock

KEY = f"x'{'ab' * 32}{'cd' * 16}'"  # as if worked out from a passphrase, which takes its time
BOTH = ("test_store", "test_notebook", "test_amending", "test_importer")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "store" in metafunc.fixturenames and module in BOTH:
        metafunc.parametrize("store", ["plain", "encrypted"], indirect=True)


@pytest.fixture(scope="session")
def empty_encrypted(empty_records: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same records, encrypted."""
    pytest.importorskip("sqlcipher3", reason="the extra is not installed")
    path = Path(shutil.copy(empty_records, tmp_path_factory.mktemp("encrypted")))
    reencrypt(path, None, KEY)
    return path


@pytest.fixture
def store(
    request: pytest.FixtureRequest, empty_records: Path, tmp_path: Path, clock: HeldClock
) -> Iterator[Store]:
    empty, unlock = empty_records, None
    if getattr(request, "param", "plain") == "encrypted":
        empty = request.getfixturevalue("empty_encrypted")
        unlock = lambda _: KEY  # noqa: E731
    with Store(Path(shutil.copy(empty, tmp_path)), clock, unlock=unlock) as opened:
        yield opened
