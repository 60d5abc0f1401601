"""Words looked for while they are typed, over everything one may see."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import Person
from interviewkit.interview.search_excerpt import excerpt
from interviewkit.storage.search import EVERY, NOT_SEARCHED, Hit
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.visible_text import visible_line

HELP = """
# Search

Type words; the newest notes, questions and summaries that hold all of them stand below while you
type. The last word may be begun only; "words in quotes" stay together.

**↓** goes into the list; there **Enter** opens the scorecard at that place, or resumes your own
interview, and **/** goes back to the words. **Enter** among the words looks through everything,
also what lies far back.

Scorecards that you may not see, or not yet, are not searched.
"""
AFTER = 0.06  # seconds after a key: the letter is painted first, and fast typing searches once
FEWEST = 2  # letters; one alone is in nearly every note
SHOWN = 50
LOOKED_AT = 5_000  # passages: what can be looked through between two keys, anyone who may see them


class SearchInput(SequentialInput):
    """Where one types; a text field would take the arrow for scrolling."""

    BINDINGS = [Binding("down", "screen.results", "Into the list", id="search.results")]


class SearchScreen(Screen[None]):
    """``open_hit`` opens what was found; the records stay the caller's."""

    CSS_PATH = "records.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Home", id="search.home"),
        Binding("slash", "words", "Back to the words", id="search.words"),
    ]

    def __init__(self, store: Store, viewer: Person, open_hit: Callable[[Hit], object]) -> None:
        super().__init__()
        self._store = store
        self._viewer = viewer
        self._open_hit = open_hit
        self._waiting: Timer | None = None
        self._hits: tuple[Hit, ...] = ()
        self._reading_in = ""
        self._passages = store.seen_by(viewer).passages()

    def compose(self) -> ComposeResult:
        """The words, how many there are, and what was found."""
        yield Static("Search notes, questions and summaries", id="heading", classes="title")
        yield SearchInput(id="words", placeholder="words", on_enter=self._entered)
        yield Static(id="said")
        yield OptionList(id="hits", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Read in what is new, in a thread: after an import it may be much."""
        self.query_one("#words").focus()
        index = self._store.search_index()
        if index.behind() and self._store.is_read_only:
            self._reading_in = NOT_SEARCHED
        elif index.behind():
            self._catch_up()
        self._say("")

    def on_screen_resume(self) -> None:
        """Something may have been submitted since, and with it others come into sight."""
        self._passages = self._store.seen_by(self._viewer).passages()

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _catch_up(self) -> None:
        try:
            with self._store.another() as store:
                for left in store.search_index().catch_up():
                    if not self.is_attached:
                        return
                    self.app.call_from_thread(self._tell, left)
        except InterviewKitError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", timeout=12)

    def _tell(self, left: int) -> None:
        self._reading_in = f"reading in, {left:,} passages to go" if left else ""
        self._find()

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        if self._waiting is None:
            self._waiting = self.set_timer(AFTER, self._find)

    def _find(self, most: int = LOOKED_AT) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        words = self.query_one("#words", Input).value
        is_whole, before = True, self._hits
        self._hits = ()
        if len(words.strip()) >= FEWEST:
            try:
                found = self._passages.find(words, SHOWN, most)
            except InterviewKitError as error:
                self.notify(str(error), severity="error", timeout=12)
                return
            self._hits, is_whole = found.hits, found.is_whole
        width = max(20, self.size.width - 8)
        options = [Option(_row(hit, words, width), id=str(i)) for i, hit in enumerate(self._hits)]
        self._show(options, before)
        self._say(words, is_whole=is_whole)

    def _show(self, options: list[Option], before: tuple[Hit, ...]) -> None:
        """The mark stays on its hit: what is read in meanwhile comes above it."""
        shown = self.query_one("#hits", OptionList)
        marked = None if shown.highlighted is None else before[shown.highlighted]
        shown.set_options(options)
        if marked in self._hits:
            shown.highlighted = self._hits.index(marked)
        elif shown.has_focus and self._hits:
            shown.highlighted = 0

    def _say(self, words: str, *, is_whole: bool = True) -> None:
        if len(words.strip()) < FEWEST:
            said = "Type two letters or more."
        elif not is_whole:
            count = len(self._hits)
            said = "Another word narrows it." if count == SHOWN else "Enter looks further back."
            said = f"The newest {count}. {said}"
        elif self._hits:
            said = f"{len(self._hits)} found"
        else:
            said = "Nothing found in what you may see."
        more = f" · {self._reading_in}" if self._reading_in else ""
        self.query_one("#said", Static).update(Content(said + more))

    def on_resize(self) -> None:
        """Excerpts are as wide as the screen."""
        if self._hits:
            self._find()

    def _entered(self) -> None:
        """Look through everything, however long it takes, then into the list."""
        self._find(EVERY)
        self.action_results()

    def action_results(self) -> None:
        """Into the list, to its first row."""
        if self._waiting is not None:
            self._find()
        hits = self.query_one("#hits", OptionList)
        if self._hits:
            hits.highlighted = hits.highlighted or 0
            hits.focus()

    def action_words(self) -> None:
        """Back to where one types."""
        self.query_one("#words").focus()

    @on(OptionList.OptionSelected, "#hits")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._open_hit(self._hits[int(event.option.id or 0)])


def _row(hit: Hit, words: str, width: int) -> Content:
    """Where it stands, and below it the line with the words found in it."""
    place = hit.question.removeprefix("@") or "summary"
    said = {"question": f"asked: {place}", "amendment": f"{place}, amended"}.get(hit.kind, place)
    head = f" · {local_day_words(hit.at)} · {hit.role} · {hit.interviewer} · {said}"
    text, found = excerpt(visible_line(hit.text), words, width)
    parts: list[str | tuple[str, str]] = [(hit.candidate, "bold"), (head, "$muted"), "\n  "]
    at = 0
    for start, end in found:
        parts += [text[at:start], (text[start:end], "bold $text-accent underline")]
        at = end
    return Content.assemble(*parts, text[at:])
