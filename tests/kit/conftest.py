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


@pytest.fixture(scope="session", params=PROGRAMS)
def shared_browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """One browser for many tests: each has a kit of its own, and so a storage of its own."""
    missing = missing_programs(request.param)
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with running(request.param, tmp_path_factory.mktemp(request.param)) as browser:
        yield browser


@pytest.fixture
def browser(shared_browser: Browser) -> Iterator[Browser]:
    shared_browser.size(1280, 800)
    yield shared_browser
    problems = list(shared_browser.problems)
    shared_browser.forget()
    assert problems == []
