"""The screen of the team: who belongs to it, who waits, and what is on its way.

Everything that touches the folder runs in a thread with records of its own, so a folder that does
not answer stops neither keys nor screens.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.visible_text import visible_line

if TYPE_CHECKING:
    from interviewkit.workflows.team_status import TeamStatus

HELP = """
# Team

Share roles with other interviewers through a folder that a cloud or a network drive carries. The
role's form says which roles are shared; nothing else leaves this machine.

**n** begins a team in a new folder; **j** joins one with the invitation you were sent. **s** sends
what waits and takes in what is new; the screens do so every minute by themselves. **a** accepts the
person under the cursor, once they have read you their four words. **m** makes a member an
administrator, **Delete** removes one, **x** leaves the team. **i** copies the invitation.
"""
Action = Callable[[Store], str]


class TeamScreen(Screen[None]):
    """Shows the team's state, read in a thread whenever something was done."""

    HELP = HELP
    BINDINGS = [
        Binding("s", "sync", "Sync", id="team.sync"),
        Binding("a", "accept", "Accept", id="team.accept"),
        Binding("n", "new", "New team", id="team.new"),
        Binding("j", "join", "Join", id="team.join"),
        Binding("m", "admin", "Administrator", id="team.admin"),
        Binding("delete", "remove", "Remove", id="team.remove"),
        Binding("i", "invitation", "Copy invitation", id="team.invitation"),
        Binding("x", "leave", "Leave team", id="team.leave"),
        Binding("escape,q", "home", "Home", id="team.home"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._status: TeamStatus | None = None

    def compose(self) -> ComposeResult:
        """The list of members, those who wait, panels, and what is on its way."""
        yield Static("Team", id="heading", classes="title")
        yield OptionList(id="team", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Read the state; the folder may take its time."""
        self.query_one("#team").focus()
        self._do(lambda _: "")

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _do(self, action: Action) -> None:
        """Run an action with records of its own, then show the state and what it says."""
        from interviewkit.workflows.team_status import team_status

        status, sentence, is_error = None, "", False
        with self._store.another() as own_store:
            try:
                sentence = action(own_store)
            except InterviewKitError as error:
                sentence, is_error = str(error), True
            try:
                if own_store.sharing().membership.current() is not None:
                    status = team_status(own_store)
            except InterviewKitError as error:
                sentence, is_error = str(error), True
        self.app.call_from_thread(self._show, status, sentence, is_error)

    def _show(self, status: "TeamStatus | None", sentence: str, is_error: bool) -> None:
        self._status = status
        heading = "Team"
        if status is not None:
            part = ", an administrator" if status.is_admin else ""
            heading = f"Team · {status.folder} · you are {status.name}{part}"
        self.query_one("#heading", Static).update(Content(visible_line(heading)))
        rows = self.query_one("#team", OptionList)
        index = rows.highlighted
        rows.set_options(status_rows(status))
        rows.highlighted = min(index or 0, max(0, rows.option_count - 1))
        if sentence:
            if is_error:
                self.notify(sentence, severity="error", timeout=12)
            else:
                self.notify(sentence, timeout=8)

    def _row(self) -> tuple[str, str]:
        """Kind and key of the row under the cursor."""
        option = self.query_one("#team", OptionList).highlighted_option
        kind, _, key = ((option and option.id) or "").partition(":")
        return kind, key

    def action_sync(self) -> None:
        """One round with the folder."""

        def sync(store: Store) -> str:
            from interviewkit.workflows.team_news import news_sentence
            from interviewkit.workflows.team_sync import sync_folder

            report = sync_folder(store, erases=False)
            return report.problem or news_sentence(report) or "Everything is shared."

        self._do(sync)

    @work
    async def action_accept(self) -> None:
        """Accept the person under the cursor, once their words were compared."""
        kind, key = self._row()
        card = next((c for c in self._status.cards if c.key == key), None) if self._status else None
        if kind != "card" or card is None or self._status is None:
            self.notify("Move to somebody who wants to join first.", timeout=4)
            return
        words = card.spoken_words(self._status.team)
        question = f"{card.name} wants to join. Did they read you these words?\n\n  {words}"
        if await self.app.push_screen_wait(
            Confirm("Accept?", question, "Accept", "Not yet", careful=True)
        ):

            def accept(store: Store) -> str:
                from interviewkit.workflows.team_membership import accept_member

                return f"{accept_member(store, key).name} is a member."

            self._do(accept)

    @work
    async def action_admin(self) -> None:
        """Make the member under the cursor an administrator."""
        kind, key = self._row()
        if kind == "member":

            def promote(store: Store) -> str:
                from interviewkit.workflows.team_membership import make_admin

                return f"{make_admin(store, key).name} is an administrator."

            self._do(promote)

    @work
    async def action_remove(self) -> None:
        """Remove the member under the cursor, after asking."""
        kind, key = self._row()
        if kind != "member":
            self.notify("Move to a member first.", timeout=4)
            return
        question = "They keep what they have; nothing new goes to them or is accepted from them."
        if await self.app.push_screen_wait(
            Confirm("Remove this member?", question, "Remove", "Keep", careful=True)
        ):

            def remove(store: Store) -> str:
                from interviewkit.workflows.team_membership import remove_member

                return f"{remove_member(store, key).name} is no longer a member."

            self._do(remove)

    @work
    async def action_new(self) -> None:
        """Begin a team in a new folder."""
        text = await self.app.push_screen_wait(
            OneLine("Begin a team", "A new folder inside the one that is synced", "")
        )
        if text:

            def begin(store: Store) -> str:
                from interviewkit.workflows.team_membership import begin_team

                begin_team(store, Path(text))
                return "The team is ready. Press i to copy the invitation for its members."

            self._do(begin)

    @work
    async def action_join(self) -> None:
        """Join a team with an invitation."""
        invitation = await self.app.push_screen_wait(
            OneLine("Join a team", "The invitation that begins with ik-team:", "")
        )
        if not invitation:
            return
        folder = await self.app.push_screen_wait(
            OneLine("Join a team", "The folder that was shared with you", "")
        )
        if folder:

            def join(store: Store) -> str:
                from interviewkit.workflows.team_membership import join_team

                words = join_team(store, invitation, Path(folder)).words
                return f"Read these four words to an administrator: {words}"

            self._do(join)

    def action_invitation(self) -> None:
        """Copy the invitation."""
        if self._status is None or not self._status.invitation:
            self.notify("Only an administrator can invite people.", timeout=4)
            return
        self.app.copy_to_clipboard(self._status.invitation)
        self.notify(f"Copied: {self._status.invitation}", timeout=12)

    @work
    async def action_leave(self) -> None:
        """Leave the team, after asking."""
        if self._status is None:
            return
        question = "What came in stays here. To come back you join again, with a new key."
        if await self.app.push_screen_wait(
            Confirm("Leave the team?", question, "Leave", "Stay", careful=True)
        ):

            def leave(store: Store) -> str:
                from interviewkit.workflows.team_membership import leave_team

                leave_team(store)
                return "You left the team."

            self._do(leave)

    def action_home(self) -> None:
        """Go back."""
        self.dismiss()


def status_rows(status: "TeamStatus | None") -> list[Option]:
    """What the list shows; members and those who wait can be chosen."""
    if status is None:
        return [_plain("These records belong to no team. n begins one, j joins one.")]
    rows = []
    if status.problem:
        rows.append(_plain(status.problem, "$text-error"))
    if status.words:
        rows.append(_plain(f"You wait to be accepted. Read aloud: {status.words}", "$text-warning"))
    for card in status.cards:
        text = Content.assemble(
            (f"{visible_line(card.name):<26} ", "bold"),
            ("wants to join: ", "$text-warning"),
            card.spoken_words(status.team),
        )
        rows.append(Option(text, id=f"card:{card.key}"))
    for member in status.members:
        part = "administrator" if member.is_admin else "member"
        text = Content.assemble(f"{visible_line(member.name):<26} ", (part, "$muted"))
        rows.append(Option(text, id=f"member:{member.key}"))
    if status.is_admin and sum(member.is_admin for member in status.members) < 2:
        rows.append(_plain("You are the only administrator: make a second one (m).", "$muted"))
    return [*rows, *_news_rows(status)]


def _news_rows(status: "TeamStatus") -> list[Option]:
    from interviewkit.storage.team.arrival_files import ArrivalState
    from interviewkit.workflows.team_panel import panel_line

    rows = [_plain("")] if status.panels else []
    rows += [
        _plain(f"{panel.candidate.name} · {panel.role.title}: {panel_line(panel)}")
        for panel in status.panels
    ]
    counts = [
        (len(status.outbox), "to be shared"),
        (status.count(ArrivalState.NOT_DOWNLOADED), "not downloaded yet"),
        (status.count(ArrivalState.NOT_WHOLE), "not complete yet"),
        (status.count(ArrivalState.LOCKED), "not for you, or waiting for a release"),
        (status.count(ArrivalState.WAITING), "came in and wait"),
        (status.count(ArrivalState.REFUSED), "refused"),
        (status.uncounted, "scorecards without a signature"),
    ]
    sentence = " · ".join(f"{count} {words}" for count, words in counts if count)
    if sentence:
        rows += [_plain(""), _plain(sentence, "$text-warning")]
    for file in status.files:
        if file.message and file.state in (ArrivalState.WAITING, ArrivalState.REFUSED):
            rows.append(_plain(f"  {file.state}: {file.kind}: {file.message}", "$muted"))
    for bank in status.banks:
        rows.append(_plain(f"{bank.sentence}: interviewkit team bank {bank.id}", "$text-warning"))
    for erasure in status.erasures:
        silent = f"; no word from {', '.join(erasure.silent)}" if erasure.silent else ""
        rows.append(_plain(f"Erasure: done by {', '.join(erasure.erased) or 'nobody'}{silent}"))
    return rows


def _plain(text: str, style: str = "") -> Option:
    return Option(Content.styled(visible_line(text), style), disabled=True)
