"""A kit on disk and a browser that opens it; tests skip, and say so, where no browser is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsers import PROGRAMS, Browser, missing_programs, running
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.store import Store
from interviewkit.workflows.fillable_kit import write_fillable_kit
from support import shipped


@pytest.fixture
def entry(store: Store) -> PlanEntry:
    return store.planning().add(
        candidate="Ada Okafor",
        role="Account executive",
        interviewer="Priya Raman",
        bank="customer-focused-sales",
        kit="first-45",
        reference="REQ-7",
        card="Ask about the move to Lyon.",
    )


@pytest.fixture
def kit(store: Store, entry: PlanEntry, tmp_path: Path) -> Path:
    """The kit of ``entry`` as a file."""
    path = tmp_path / "kit.html"
    write_fillable_kit(store, entry, shipped(), entry.kit, path)
    return path


@pytest.fixture(params=PROGRAMS)
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Browser]:
    missing = missing_programs(request.param)
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")
    with running(request.param, tmp_path / "browser") as browser:
        browser.size(1280, 800)
        yield browser
        assert browser.problems == []
