"""The dialog that takes an invitation, to a team's folder or to a hub."""

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.visible_text import visible_line


class InvitationForm(ModalScreen[str | None]):
    """Ends with the invitation, or None when cancelled.

    The field is never shown: an invitation to a hub holds a password. What it invites to stands
    below, before anything is done with it.
    """

    BINDINGS = [Binding("escape", "leave", "Cancel", id="one_line.leave")]

    def compose(self) -> ComposeResult:
        """The field; Enter takes it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = " Join a team "
            yield Label("The invitation you were sent (it is not shown)")
            yield _SecretInput(id="text", on_enter=self._keep)
            yield Static(id="invitation")
        yield Keys()

    def on_mount(self) -> None:
        """Say what an invitation looks like."""
        self._describe()

    @on(Input.Changed)
    def _describe(self) -> None:
        from interviewkit.workflows.invitations import invitation_sentence

        sentence = invitation_sentence(self.query_one("#text", Input).value)
        self.query_one("#invitation", Static).update(
            Content.styled(visible_line(sentence), "$muted")
        )

    def _keep(self) -> None:
        self.dismiss(self.query_one("#text", Input).value.strip())

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)


class _SecretInput(SequentialInput):
    """Shows a dot for each character, copies nothing, and takes an invitation of several lines."""

    def on_mount(self) -> None:
        """Hide what is typed."""
        self.password = True

    def action_copy(self) -> None:
        """Nothing leaves the field for the clipboard; Ctrl+C says how to quit."""
        self.app.action_help_quit()

    def action_cut(self) -> None:
        """Not to the clipboard either."""

    def _on_paste(self, event: events.Paste) -> None:
        """Mail breaks a long line: what is pasted is joined again."""
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        self.replace("".join(event.text.split()), start, end)
