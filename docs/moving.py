"""Draw the moving picture of the README: a minute of a live interview, typed on the real screen.

Usage: python docs/moving.py [FOLDER]

Each line of the screen is kept once for as long as it stays as it is, so that the picture is a few
times the size of a still one and not as many times as it has moments. Who has asked their system
for less motion sees the last moment.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from interviewkit.cli.demo import write_demo
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from screenshots import live, stripped

LINE = 24.4  # units of the picture from one line of the screen to the next
SETTLED = 0.4  # seconds after which the screen has nothing more to say to a key
SCRIPT = (  # what is typed, and the seconds that its last moment stands
    ("ady booked three rooms there", 1.0),
    ("\n", 1.2),
    ("+", 0.6),
    ("\n", 2.0),
    ("?1", 1.6),
    ("I rang the crew leader that monday, packed breakfast from 4:45", 1.0),
    ("\n", 2.0),
    ("+", 0.4),
    ("\n", 2.4),
    ("/4", 4.0),
)
NAMED = {"\n": "enter", " ": "space", "+": "plus", "?": "question_mark", "/": "slash"}


@dataclass(frozen=True)
class Moment:
    """The screen as SVG, and how many seconds it stands."""

    picture: str
    seconds: float


class TypedClock:
    """Goes on by as much as the script says, so that the picture is the same each time."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return datetime(2026, 3, 13, 15, 19, tzinfo=UTC) + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        return self.passed


async def moments(pilot: Pilot[None], clock: TypedClock) -> AsyncIterator[Moment]:
    """Type the script; a moment for every two letters and one for what follows each part."""
    app = pilot.app
    yield Moment(app.export_screenshot(title="interviewkit"), 1.5)
    for typed, rest in SCRIPT:
        for place, letter in enumerate(typed):
            await pilot.press(NAMED.get(letter, letter))
            clock.passed += 0.5
            if place % 2 and place + 1 < len(typed):
                await pilot.pause()
                yield Moment(app.export_screenshot(title="interviewkit"), 0.12)
        await pilot.pause(SETTLED)
        yield Moment(app.export_screenshot(title="interviewkit"), rest)


def lines(picture: str) -> dict[int, str]:
    """Line of the screen → the drawing of it, with the look of each text written out."""
    looks = dict(re.findall(r"\.terminal-\d+-(r\d+) \{ ([^}]*) \}", picture))
    body = picture[picture.rindex("<g transform") : picture.rindex("</g>")]
    result: dict[int, str] = {}
    for element in re.findall(r"<rect [^>]*/>|<text [^>]*>[^<]*</text>", body):
        top = float(re.search(r' y="([\d.]+)"', element)[1])  # type: ignore[index]
        drawn = re.sub(r' clip-path="[^"]*"', "", element)
        drawn = re.sub(
            r'class="terminal-\d+-(r\d+)"', lambda found: f'style="{looks[found[1]]}"', drawn
        )
        number = int((top - 1.5 if element.startswith("<rect") else top - 20) / LINE + 0.5)
        result[number] = result.get(number, "") + drawn
    return result


def spans(shown: list[Moment]) -> tuple[dict[tuple[float, float], list[str]], float]:
    """(From, to) in seconds → what is drawn for that long; and the length of it all."""
    result: dict[tuple[float, float], list[str]] = {}
    since: dict[int, tuple[str, float]] = {}
    at = 0.0
    for moment in shown:
        for number, drawn in lines(moment.picture).items():
            before, start = since.get(number, ("", at))
            if drawn != before:
                if before:
                    result.setdefault((start, at), []).append(before)
                since[number] = (drawn, at)
        at += moment.seconds
    for drawn, start in since.values():
        result.setdefault((start, at), []).append(drawn)
    return result, at


def moving(shown: list[Moment]) -> str:
    """All moments as one SVG that begins again when it has ended."""
    last = stripped(shown[-1].picture)
    parts, length = spans(shown)
    rules, groups = [], []
    for number, ((start, end), drawn) in enumerate(sorted(parts.items())):
        first, then = (f"{100 * moment / length:.2f}%" for moment in (start, end))
        to_the_end = end == length
        if start == 0 and to_the_end:
            groups.append("".join(drawn))
            continue
        hide = "" if to_the_end else f"{then}{{visibility:hidden}}"
        before = "" if start == 0 else "0%{visibility:hidden}"
        rules.append(
            f".m{number}{{visibility:{'visible' if to_the_end else 'hidden'};"
            f"animation:m{number} {length:.2f}s step-end infinite}}"
            f"@keyframes m{number}{{{before}{first}{{visibility:visible}}{hide}}}"
        )
        groups.append(f'<g class="m{number}">{"".join(drawn)}</g>')
    rules.append("@media (prefers-reduced-motion: reduce){[class^=m]{animation:none}}")
    begin, end = last.rindex("<g transform"), last.rindex("</g>")
    opening = last[begin : last.index(">", begin) + 1]
    letters = re.search(r'<g class="[^"]*-matrix">', last)
    assert letters, "the drawing names the look of its letters"
    drawing = f"{last[:begin]}{opening}{letters[0]}{''.join(groups)}</g>{last[end:]}"
    return drawing.replace("</style>", "\n".join([*rules, "</style>"]), 1)


async def draw(folder: Path) -> None:
    """Write ``interview.svg`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = TypedClock()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "demo.db"
        user_name = write_demo(path)
        with Store(path, clock) as store:
            app = InterviewKitApp(store, user_name)
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                await live(pilot)
                await pilot.pause(SETTLED)
                shown = [moment async for moment in moments(pilot, clock)]
    (folder / "interview.svg").write_text(moving(shown), encoding="utf-8")
    print(f"drew {folder / 'interview.svg'}")


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images"))
