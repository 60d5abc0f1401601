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
Nothing of what they rated is shown here. **c** copies a reminder to send to those who are missing,
and shows it. Anyone who was to interview and has not begun is not known here.
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
        title = f"Who is in · {self._role.title} · {done} complete, {len(waiting)} waited for"
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
            self.notify("Every interview that was begun is submitted; nobody is missing.")
            return
        self.app.copy_to_clipboard(text)
        self.app.push_screen(TextDialog("Reminder, copied to the clipboard", Content(text)))

    def _panel(self, panel: Panel) -> Content:
        lines = [Content.styled(panel.candidate.name, "bold")]
        if panel.candidate.id in self._limited and panel.submitted:
            count = len(panel.submitted)
            summary = f"{count} scorecard{'' if count == 1 else 's'} in, withheld from you"
            lines.append(Content.styled(f"  ✓ {summary}", "$muted"))
        else:
            lines += [_line("✓", standing, "submitted", True) for standing in panel.submitted]
        lines += [_line("…", standing, "under way", False) for standing in panel.under_way]
        return Content("\n").join([*lines, Content("")])


def _line(sign: str, standing: Standing, state: str, done: bool) -> Content:
    day = local_day_words(standing.interview.submitted_at or standing.touched_at)
    so_far = "" if done else f", {standing.done} of {standing.questions} questions, last worked on"
    text = f"  {sign} {standing.interview.interviewer} · {state}{so_far} {day}"
    return Content.styled(text, "" if done else "$text-warning")
