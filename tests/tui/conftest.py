"""Tests of screens look when the application has come to rest, on a slow machine too."""

import pytest

from at_rest import at_rest


@pytest.fixture(autouse=True)
def _keys_are_handled_before_a_test_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", at_rest)
