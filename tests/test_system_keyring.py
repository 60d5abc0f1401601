"""Secrets under a keyring that keeps them, one that loses them, and one that refuses."""

import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from interviewkit.system_keyring import find_secret, forget_secret, keep_secret
from memory_keyring import MemoryKeyring

PLACE = ("interviewkit tests", "dana")


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    yield
    MemoryKeyring.secrets.clear()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]


def test_a_secret_is_kept_until_it_is_forgotten() -> None:
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]
    assert keep_secret(*PLACE, "a word")
    assert find_secret(*PLACE) == "a word"
    forget_secret(*PLACE)
    assert find_secret(*PLACE) == ""
    forget_secret(*PLACE)


@pytest.mark.parametrize("backend", [null.Keyring, fail.Keyring])
def test_a_keyring_that_keeps_nothing_is_as_good_as_none(backend: type[KeyringBackend]) -> None:
    """The null backend, which switches keyrings off, accepts a secret and drops it."""
    keyring.set_keyring(backend())
    assert not keep_secret(*PLACE, "a word")
    assert find_secret(*PLACE) == ""
    forget_secret(*PLACE)


def test_without_the_library_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not keep_secret(*PLACE, "a word")
    assert find_secret(*PLACE) == ""
    forget_secret(*PLACE)
