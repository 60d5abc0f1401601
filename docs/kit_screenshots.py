"""Draw the pictures of the fillable kit in a real browser: python docs/kit_screenshots.py [FOLDER].

Needs Debian's chromium and chromium-driver. The page gets a fixed time, so that the pictures
are the same every time they are drawn.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browsers import Browser, running
from interviewkit.banks.library import find_bank
from interviewkit.banks.loader import read_bank
from interviewkit.storage.store import Store
from interviewkit.workflows.fillable_kit import write_fillable_kit
from kit_pages import begin, say

# 14:20 on a day in March, and every look at the clock a second later.
STOPPED_CLOCK = """() => {
  let at = 1773411600000;
  Date.now = () => (at += 1000);
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Date.now()])); }
  };
}"""
NOTES = (
    *("rang the plant manager the same hour, before sales did", "?2"),
    *("180k at risk, kept all of it", "*", "+", "??Who else knew?"),
    *("the shift lead; she could confirm it", "/4"),
)


class Picture(NamedTuple):
    """One picture: its name, how the system is coloured, the window and what is typed."""

    name: str
    scheme: str
    width: int
    height: int
    end: str = ""


PICTURES = (
    Picture("kit-light", "light", 1280, 800),
    Picture("kit-dark", "dark", 1280, 800),
    Picture("kit-phone", "light", 390, 844),
    Picture("kit-wrap-up", "light", 1280, 800, "/end"),
)


def fill_in(browser: Browser, kit: Path, picture: Picture) -> None:
    browser.run_first(STOPPED_CLOCK)
    browser.size(picture.width, picture.height, 1.5 if picture.width < 600 else 1)
    begin(browser, kit)
    say(browser, "on time, has met us at the fair", "/n", *NOTES)
    if picture.end:
        say(browser, "/n", "?1", "/q 4", "/skip no time left", picture.end)
    else:
        browser.type("so the next delivery")
    browser.until("storage === 'saved'")


def draw(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as place, Store(Path(place) / "kit.db") as store:
            entry = store.planning().add(
                candidate="Ada Okafor", role="Account executive", interviewer="Priya Raman"
            )
            file = read_bank(find_bank("customer-focused-sales").path)
            kit = Path(place) / "kit.html"
            write_fillable_kit(store, entry, file, "first-45", kit)
            with running("chromium", Path(place) / "browser", picture.scheme) as browser:
                fill_in(browser, kit, picture)
                (folder / f"{picture.name}.png").write_bytes(browser.picture())
        print(f"drew {folder / picture.name}.png")


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images")
