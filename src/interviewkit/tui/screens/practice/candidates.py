"""Who there is to rehearse with."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.banks.library import banks
from interviewkit.errors import InterviewKitError
from interviewkit.practice.library import PracticeLocation, practice_locations
from interviewkit.practice.reader import PracticeFile, read_practice
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.visible_text import visible_line

LANGUAGES = {"en": "English", "de": "German"}
ABOUT = (
    "These candidates are invented and answer by script: you ask, take notes and rate as in a real "
    "interview. Afterwards you see what there was to hear, and an expert's ratings beside yours. "
    "Nothing is recorded. Enter begins with the one under the cursor."
)
HELP = """
# Practice

**Enter** begins a rehearsal with the candidate under the cursor, on the live screen. Nothing is
recorded. Files of your own, made with `interviewkit practice new`, stand at the top.
"""


class PracticeScreen(Screen[None]):
    """Ends with None; ``rehearse`` opens the rehearsal above it."""

    HELP = HELP
    CSS_PATH = "practice.tcss"
    BINDINGS = [
        Binding("escape,q", "leave", "Home", id="practice.leave"),
    ]

    def __init__(self, rehearse: Callable[[PracticeFile], None]) -> None:
        super().__init__()
        self._rehearse = rehearse
        self._locations = {location.id: location for location in practice_locations()}

    def compose(self) -> ComposeResult:
        """What it is about, and the candidates."""
        titles = {location.id: location.title for location in banks()}
        yield Static("Practice", classes="title")
        yield Static(ABOUT, id="about")
        options = [Option(_row(location, titles), location.id) for location in self._sorted()]
        yield OptionList(*options, id="candidates", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """The cursor on the first."""
        candidates = self.query_one("#candidates", OptionList)
        candidates.focus()
        if candidates.option_count:
            candidates.highlighted = 0

    def _sorted(self) -> list[PracticeLocation]:
        """One's own first, then those in the language of the screens."""
        return sorted(
            self._locations.values(),
            key=lambda item: (item.shipped, item.language != "en", item.candidate),
        )

    @on(OptionList.OptionSelected, "#candidates")
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self._begin(event.option.id)

    def _begin(self, practice_id: str) -> None:
        try:
            file = read_practice(self._locations[practice_id].path)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
        else:
            self._rehearse(file)

    def action_leave(self) -> None:
        """Back to the screen below."""
        self.dismiss()


def _row(location: PracticeLocation, titles: dict[str, str]) -> Content:
    title = titles.get(location.bank, location.bank)
    language = LANGUAGES.get(location.language, location.language)
    own = "" if location.shipped else "your own · "
    return Content.assemble(
        (f"{visible_line(location.candidate or location.id):<22} ", "bold"),
        (f"{own}{language} · ", "$muted"),
        visible_line(title),
        (f" · {visible_line(location.kit)}", "$muted"),
    )
