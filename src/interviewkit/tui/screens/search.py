"""The screen that searches notes, questions and summaries as you type."""

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
from interviewkit.interview.search_words import query_terms
from interviewkit.storage.search import EVERY, NOT_SEARCHED, Hit
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.visible_text import visible_line

HELP = """
# Search

Type words. As you type, the list shows the newest notes, follow-ups, questions and summaries that
contain all of them. The last word may be incomplete; "words in quotes" stay together. Capitals and
accents do not count: *strasse* finds *Straße*. In Chinese, Japanese, Korean and Thai every part of
a word finds it.

**↓** goes to the list. There **Enter** opens the scorecard at that passage, or resumes your own
interview, and **/** goes back to the search field. **Enter** in the search field searches older
records, too.

Scorecards that you may not see, or not yet, are not searched.
"""
AFTER = 0.06  # seconds after a key: the letter is painted first, and fast typing searches once
FEWEST = 2  # letters; one alone is in nearly every note
SHOWN = 50
LOOKED_AT = 5_000  # passages that can be searched between two keys


class SearchInput(SequentialInput):
    """The search field; a plain field would use the down arrow for scrolling."""

    BINDINGS = [Binding("down", "screen.results", "To the list", id="search.results")]


class SearchScreen(Screen[None]):
    """Lists passages that match; ``open_hit`` opens one. The caller closes the store."""

    CSS_PATH = "records.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Home", id="search.home"),
        Binding("slash", "words", "Back to the field", id="search.words"),
    ]

    def __init__(self, store: Store, viewer: Person, open_hit: Callable[[Hit], object]) -> None:
        super().__init__()
        self._store = store
        self._viewer = viewer
        self._open_hit = open_hit
        self._waiting: Timer | None = None
        self._hits: tuple[Hit, ...] = ()
        self._indexing_text = ""
        self._passages = store.seen_by(viewer).passages()

    def compose(self) -> ComposeResult:
        """The search field, the number of hits, and the hits."""
        yield Static("Search notes, questions and summaries", id="heading", classes="title")
        yield SearchInput(id="words", placeholder="words", on_enter=self._search_all)
        yield Static(id="said")
        yield OptionList(id="hits", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Index new passages in a thread: after an import there may be many."""
        self.query_one("#words").focus()
        index = self._store.search_index()
        if index.behind() and self._store.is_read_only:
            self._indexing_text = NOT_SEARCHED
        elif index.behind():
            self._catch_up()
        self._say("")

    def on_screen_resume(self) -> None:
        """Read again what the viewer may see: a scorecard may have been submitted since."""
        self._passages = self._store.seen_by(self._viewer).passages()

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _catch_up(self) -> None:
        try:
            with self._store.another() as store:
                for remaining in store.search_index().catch_up():
                    if not self.is_attached:
                        return
                    self.app.call_from_thread(self._tell, remaining)
        except InterviewKitError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", timeout=12)

    def _tell(self, remaining: int) -> None:
        self._indexing_text = f"indexing, {remaining:,} passages to go" if remaining else ""
        self._find()

    @on(Input.Changed, "#words")
    def _search_soon(self) -> None:
        if self._waiting is None:
            self._waiting = self.set_timer(AFTER, self._find)

    def _find(self, most: int = LOOKED_AT) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        query = self.query_one("#words", Input).value
        is_whole, old_hits = True, self._hits
        self._hits = ()
        if _is_enough(query):
            try:
                result = self._passages.find(query, SHOWN, most)
            except InterviewKitError as error:
                self.notify(str(error), severity="error", timeout=12)
                return
            self._hits, is_whole = result.hits, result.is_whole
        width = max(20, self.size.width - 8)
        options = [Option(_row(hit, query, width), id=str(i)) for i, hit in enumerate(self._hits)]
        self._show(options, old_hits)
        self._say(query, is_whole=is_whole)

    def _show(self, options: list[Option], old_hits: tuple[Hit, ...]) -> None:
        """Keep the cursor on its hit; newly indexed passages come above it."""
        hit_list = self.query_one("#hits", OptionList)
        highlighted_hit = None if hit_list.highlighted is None else old_hits[hit_list.highlighted]
        hit_list.set_options(options)
        if highlighted_hit in self._hits:
            hit_list.highlighted = self._hits.index(highlighted_hit)
        elif hit_list.has_focus and self._hits:
            hit_list.highlighted = 0

    def _say(self, query: str, *, is_whole: bool = True) -> None:
        if not _is_enough(query):
            sentence = "Type two letters or more."
        elif not is_whole:
            count = len(self._hits)
            sentence = (
                "Add a word to narrow it."
                if count == SHOWN
                else "Press Enter to look further back."
            )
            sentence = f"The newest {count}. {sentence}"
        elif self._hits:
            sentence = f"{len(self._hits)} found"
        else:
            sentence = "No passage that you may see matches."
        progress = f" · {self._indexing_text}" if self._indexing_text else ""
        self.query_one("#said", Static).update(Content(sentence + progress))

    def on_resize(self) -> None:
        """Excerpts are as wide as the screen."""
        if self._hits:
            self._find()

    def _search_all(self) -> None:
        """Search everything, however long it takes, then go to the list."""
        self._find(EVERY)
        self.action_results()

    def action_results(self) -> None:
        """Go to the first row of the list."""
        if self._waiting is not None:
            self._find()
        hits = self.query_one("#hits", OptionList)
        if self._hits:
            hits.highlighted = hits.highlighted or 0
            hits.focus()

    def action_words(self) -> None:
        """Go back to the search field."""
        self.query_one("#words").focus()

    @on(OptionList.OptionSelected, "#hits")
    def _open_selected(self, event: OptionList.OptionSelected) -> None:
        self._open_hit(self._hits[int(event.option.id or 0)])


def _is_enough(query: str) -> bool:
    """Two letters, or one of a script in which a letter can be a word."""
    terms = query_terms(query)
    return len(query.strip()) >= FEWEST or any(term[0].is_letter for term in terms)


def _row(hit: Hit, query: str, width: int) -> Content:
    """Where the passage is from, and below it the line with the matches marked."""
    question = hit.question.removeprefix("@") or "summary"
    location = {
        "question": f"asked: {question}",
        "follow_up": f"follow-up: {question}",
        "amendment": f"{question}, amended",
    }.get(hit.kind, question)
    head = f" · {local_day_words(hit.at)} · {hit.role} · {hit.interviewer} · {location}"
    text, matches = excerpt(visible_line(hit.text), query, width)
    parts: list[str | tuple[str, str]] = [(hit.candidate, "bold"), (head, "$muted"), "\n  "]
    end_of_match = 0
    for start, end in matches:
        parts += [text[end_of_match:start], (text[start:end], "bold $text-accent underline")]
        end_of_match = end
    return Content.assemble(*parts, text[end_of_match:])
