"""Who is in and who is missing for a role, and a reminder to copy."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import Person
from interviewkit.interview.records import Role, Standing
from interviewkit.interview.reminders import Panel, panels, reminder
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.widgets.key_line import Keys

HELP = """
# Who is in

For each candidate of the role: whose scorecard is in (✓), and who has an interview under way (…).
It shows no ratings. **c** copies a reminder to send to those who are missing,
and shows it. It does not know about people who have not started their interview.
"""


class PanelScreen(Screen[None]):
    """One role, as one person may see it: of withheld candidates only how many are in."""

    CSS_PATH = "comparison.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Back", id="panel.back"),
        Binding("c", "copy", "Copy a reminder", id="panel.copy"),
    ]

    def __init__(self, store: Store, role: Role, viewer: Person) -> None:
        super().__init__()
        self._role = role
        reader = store.seen_by(viewer)
        self._panels = panels(reader.standings(role))
        self._limited = reader.limited_candidates()

    def compose(self) -> ComposeResult:
        """One list to read."""
        waiting = [panel for panel in self._panels if panel.under_way]
        done = len(self._panels) - len(waiting)
        title = f"Who is in · {self._role.title} · {done} complete, {len(waiting)} missing"
        yield Static(Content(title), id="heading", classes="title")
        with VerticalScroll(id="panels"):
            yield Static(Content("\n").join(self._panel(panel) for panel in self._panels))
        yield Keys()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_copy(self) -> None:
        """The reminder, to the clipboard and to be seen."""
        text = reminder(self._role, self._panels)
        if not text:
            self.notify("Every interview that was started has been submitted; nobody is missing.")
            return
        self.app.copy_to_clipboard(text)
        self.app.push_screen(TextDialog("Reminder, copied to the clipboard", Content(text)))

    def _panel(self, panel: Panel) -> Content:
        lines = [Content.styled(panel.candidate.name, "bold")]
        if panel.candidate.id in self._limited and panel.submitted:
            count = len(panel.submitted)
            said = f"{count} scorecard{'' if count == 1 else 's'} in, withheld from you"
            lines.append(Content.styled(f"  ✓ {said}", "$muted"))
        else:
            lines += [_line("✓", one, "submitted", True) for one in panel.submitted]
        lines += [_line("…", one, "under way", False) for one in panel.under_way]
        return Content("\n").join([*lines, Content("")])


def _line(sign: str, one: Standing, said: str, done: bool) -> Content:
    day = local_day_words(one.interview.submitted_at or one.touched_at)
    so_far = "" if done else f", {one.done} of {one.questions} questions, last worked on"
    words = f"  {sign} {one.interview.interviewer} · {said}{so_far} {day}"
    return Content.styled(words, "" if done else "$text-warning")
