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
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.widgets.key_line import Keys

HELP = """
# Who is in

For each candidate of the role: whose scorecard is in (✓), who has an interview under way (…), and
who is planned and has not started (·). It shows no ratings. **c** copies a reminder to send to
those who are missing, and shows it.

A candidate is *complete* only when every planned interviewer has submitted. If nothing is planned
(`l` at home plans), the list cannot say who is still to come.
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
        plan = [entry for entry in store.planning().entries() if entry.role.id == role.id]
        self._panels = panels(reader.standings(role), plan)
        self._limited = reader.limited_candidates()

    def compose(self) -> ComposeResult:
        """One list to read."""
        title = f"Who is in · {self._role.title}"
        yield Static(Content(title), id="heading", classes="title")
        with VerticalScroll(id="panels"):
            lines = [self._panel(panel) for panel in self._panels]
            yield Static(Content("\n").join([Content.styled(self._summary(), "$muted"), *lines]))
        yield Keys()

    def _summary(self) -> str:
        planned = [panel for panel in self._panels if panel.is_complete is not None]
        done = sum(panel.is_complete is True for panel in planned)
        parts = []
        if planned:
            parts.append(f"{done} of {count_noun(len(planned), 'planned candidate')} complete")
        if len(planned) < len(self._panels):
            parts.append(f"{len(self._panels) - len(planned)} without a plan")
        waiting = sum(panel.is_waiting for panel in self._panels)
        return " · ".join([*parts, f"{waiting} missing" if waiting else "nobody missing"])

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_copy(self) -> None:
        """The reminder, to the clipboard and to be seen."""
        text = reminder(self._role, self._panels)
        if not text:
            self.notify(
                "Every interview that was started or planned has been submitted; nobody is missing."
            )
            return
        self.app.copy_to_clipboard(text)
        self.app.push_screen(TextDialog("Reminder, copied to the clipboard", Content(text)))

    def _panel(self, panel: Panel) -> Content:
        name = Content.styled(panel.candidate.name, "bold")
        lines = [Content.assemble(name, " · complete") if panel.is_complete else name]
        if panel.candidate.id in self._limited and panel.submitted:
            count = len(panel.submitted)
            summary = f"{count_noun(count, 'scorecard')} in, withheld from you"
            lines.append(Content.styled(f"  ✓ {summary}", "$muted"))
        else:
            lines += [_line("✓", standing, "submitted", True) for standing in panel.submitted]
        lines += [_line("…", standing, "under way", False) for standing in panel.under_way]
        lines += [
            Content.styled(f"  · {person.name} · planned, not started", "$text-warning")
            for person in panel.not_begun
        ]
        return Content("\n").join([*lines, Content("")])


def _line(sign: str, standing: Standing, state: str, done: bool) -> Content:
    day = local_day_words(standing.interview.submitted_at or standing.touched_at)
    so_far = "" if done else f", {standing.done} of {standing.questions} questions, last worked on"
    text = f"  {sign} {standing.interview.interviewer} · {state}{so_far} {day}"
    return Content.styled(text, "" if done else "$text-warning")
