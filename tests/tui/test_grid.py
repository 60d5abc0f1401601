"""The table drawn by lines: any number of rows, whole columns only, one line for any text."""

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from interviewkit.tui.widgets.comparison_table import competency_head, level
from interviewkit.tui.widgets.grid import Cell, Grid, Head, fit_to_width

HEADS = [Head(("Candidate",), 12), *[Head((f"C{at}",), 10) for at in range(12)]]


class Host(App[None]):
    asked: set[int]

    def compose(self) -> ComposeResult:
        yield Grid(id="table")

    def on_mount(self) -> None:
        self.asked = set()
        self.query_one(Grid).show(HEADS, 10_000, self.row)
        self.query_one(Grid).focus()

    def row(self, row: int) -> list[Cell]:
        self.asked.add(row)
        values: list[Cell] = [((f"v{row}.{at}", ""),) for at in range(12)]
        return [((f"name {row}", ""),), *values]


def lines(app: Host) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_only_rows_in_sight_are_asked_for() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "pagedown", "ctrl+end")
        await pilot.pause()
        assert len(app.asked) < 120
        assert "name 9999" in lines(app)[-2] + lines(app)[-1]
        await pilot.press("ctrl+home")
        await pilot.pause()
        assert "name 0" in lines(app)[3]


async def test_columns_are_shown_whole_or_not_at_all() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(13):
            await pilot.press("right")
            await pilot.pause()
            shown = lines(app)[3].split()
            assert shown[:2] == ["name", "0"]
            assert all(word.startswith("v0.") for word in shown[2:])
            assert f"v0.{app.query_one(Grid).column - 1}" in shown
        assert "‹" in lines(app)[0]
        assert "›" not in lines(app)[0]
        await pilot.press("home")
        await pilot.press("right")
        await pilot.pause()
        assert "v0.0" in lines(app)[3]
        assert "›" in lines(app)[0]


async def test_a_click_goes_to_the_cell_that_is_seen_there() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        row = lines(app)[5]
        await pilot.click(Grid, offset=(row.index("v2.9") + 1, 5))
        grid = app.query_one(Grid)
        assert (grid.row, grid.column) == (2, 10)


@pytest.mark.parametrize("width", range(12))
@pytest.mark.parametrize(
    "text", ["a\x1b[31mb\x07c", "東京東京東京", "e\u0301x", "مرحبا", "\u202eabc", ""]
)
def test_any_text_takes_exactly_its_cells(text: str, width: int) -> None:
    shown = fit_to_width(text, width)
    assert cell_len(shown) == width
    assert not {"\x1b", "\x07", "\n", "\u202e"} & set(shown)


def test_level_is_told_by_a_bar_and_a_sign() -> None:
    def plain(value: float | None) -> str:
        return "".join(text for text, _ in level(value, (1, 2, 3, 4, 5)))

    assert [plain(value) for value in (1, 2.5, 3, 3.5, 5)] == [
        "▁1.0▼",
        "▄2.5▼",
        "▅3.0 ",
        "▅3.5▲",
        "█5.0▲",
    ]
    assert plain(None) == "–"


def test_a_long_name_keeps_to_three_lines() -> None:
    head = competency_head("Keeping and growing what one has with every customer ×2")
    assert len(head.lines) == 3
    assert head.lines[-1].endswith("×2")
