"""The settings file: theme and keys, and a sentence for whatever is wrong in it."""

import os
import re
from pathlib import Path

import pytest
from textual.binding import Binding

from driving import app_on, type_at_once
from interviewkit.errors import InterviewKitError
from interviewkit.settings import THEMES, Settings, read_settings, settings_path
from interviewkit.storage.store import Store
from interviewkit.tui import app as application
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.key_descriptions import DOES
from support import begin


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings("dark", {})


def test_the_file_is_looked_for_where_the_user_keeps_settings(tmp_path: Path) -> None:
    folder = "data" if os.name == "nt" else "config"  # Windows has one for both
    assert settings_path() == tmp_path / "home" / folder / "interviewkit" / "settings.toml"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("theme = ", "not valid TOML"),
        ("theme = 3", "theme must be text"),
        ("colour = 'red'", "There is no setting called 'colour'"),
        ("keys = 'f8'", "keys must be a table"),
        ("[keys]\nhelp = 1", "keys must be a table"),
        ("theme = '\xff", "not valid TOML"),
    ],
)
def test_a_fault_names_the_file_and_what_is_wrong(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InterviewKitError) as fault:
        read_settings(path)
    assert sentence in fault.value.message
    assert str(path) in fault.value.message
    if "TOML" not in sentence:  # its own reader names line and column in words
        assert f"{path}:1: " in fault.value.message


def with_settings(
    store: Store, settings: Settings, interview: str | None = None
) -> InterviewKitApp:
    return InterviewKitApp(
        store,
        "Priya Raman",
        interview,
        settings,
    )


async def test_theme_and_keys_are_used(store: Store) -> None:
    interview = begin(store)
    settings = Settings("light", {"interview.next": "f12"})
    app = with_settings(store, settings, interview.id)
    async with app.run_test() as pilot:
        assert app.theme == "interviewkit-light"
        await type_at_once(pilot, "", "f12")
        assert store._reads.interview(interview.id).page == "unspoken-need"


async def test_the_settings_know_every_theme_there_is(store: Store) -> None:
    app = with_settings(store, Settings())
    assert sorted(THEMES) == sorted(["dark", "light", *app.available_themes])


async def test_an_unknown_key_is_said_with_the_nearest(store: Store) -> None:
    app = with_settings(store, Settings("dark", {"interview.nxt": "f12"}))
    async with app.run_test():
        said = [note.message for note in app._notifications]
    assert any("Did you mean interview.next?" in text for text in said)


def test_every_binding_has_an_id_that_the_settings_know() -> None:
    import importlib
    import inspect
    import pkgutil

    import interviewkit.tui.screens as screens
    import interviewkit.tui.widgets as widgets

    found: set[str] = set()
    modules = [application]
    for package in (screens, widgets):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            modules += [importlib.import_module(info.name)]
    for module in modules:
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ != module.__name__ or kind.__name__ == "NoteLine":
                continue
            for binding in vars(kind).get("BINDINGS", ()):
                assert isinstance(binding, Binding), kind
                assert binding.id, f"{kind.__name__}: {binding.key} has no id"
                assert binding.description, f"{kind.__name__}: {binding.key} has no description"
                found.add(binding.id)
    assert found == set(DOES)


async def test_no_color_draws_without_colour(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(store, begin(store).id)
    async with app.run_test() as pilot:
        await type_at_once(pilot, "\n180k\n/4")
        picture = app.export_screenshot()
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", picture):
        # The picture's frame has colours of its own: three buttons and its default text.
        if red + green + blue not in {"ff5f57", "febc2e", "28c840", "c5c8c6"}:
            assert red == green == blue, f"#{red}{green}{blue}"
