"""The screen of the team: who belongs to it, who waits, and what is on its way.

A folder and a hub are shown and used alike. Everything that touches either runs in a thread with
records of its own, so one that does not answer stops neither keys nor screens.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.shell_line import shell_command
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.screens.team_rows import READING, team_rows
from interviewkit.tui.team_rounds import TeamRounds
from interviewkit.tui.widgets.key_line import Keys

if TYPE_CHECKING:
    from interviewkit.workflows.team_news import SharingPlace, TeamNews
    from interviewkit.workflows.team_status import TeamStatus
    from interviewkit.workflows.team_view import TeamView

HELP = """
# Team

Share roles with other interviewers through a folder that a cloud or a network drive carries, or
through a hub of your organisation. The role's form says which roles are shared; nothing else leaves
this machine.

**j** joins with the invitation you were sent, to a folder or to a hub; **n** begins a team in a new
folder. **s** sends what waits and takes in what is new; the screens do so every minute by
themselves, and less often while the folder or the hub cannot be reached. **b** shows how the
team's version of the bank under the cursor differs from yours, and takes it. **x** leaves.

In a folder, **a** accepts the person under the cursor, once they have read you their four words;
**m** makes a member an administrator, **Delete** removes one, **i** copies the invitation. A hub's
administrator does the same by commands: `interviewkit hub create`, `hub member add NAME`,
`hub member off NAME`. `interviewkit hub erase NAME` erases somebody everywhere.
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
        Binding("b", "bank", "Take bank", id="team.bank"),
        Binding("m", "admin", "Administrator", id="team.admin"),
        Binding("delete", "remove", "Remove", id="team.remove"),
        Binding("i", "invitation", "Copy invitation", id="team.invitation"),
        Binding("x", "leave", "Leave team", id="team.leave"),
        Binding("escape,q", "home", "Home", id="team.home"),
    ]

    def __init__(self, store: Store, rounds: TeamRounds) -> None:
        super().__init__()
        self._store = store
        self._rounds = rounds
        self._view: TeamView | None = None
        self._turn = 0
        self._is_sync_asked = False

    @property
    def _status(self) -> "TeamStatus | None":
        return self._view.folder if self._view else None

    @property
    def _is_hub_alone(self) -> bool:
        return self._view is not None and self._view.hub is not None and self._view.folder is None

    def compose(self) -> ComposeResult:
        """The list of members, those who wait, panels, and what is on its way."""
        yield Static("Team", id="heading", classes="title")
        yield OptionList(Option(READING, disabled=True), id="team", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Read the state; a folder or a hub may take its time."""
        self.query_one("#team").focus()
        self._do(lambda _: "")

    def show_team(self, news: "TeamNews | None") -> None:
        """A round has ended: show what it brought, and say so where it was asked for."""
        self._do(lambda _: "")
        if not self._is_sync_asked:
            return
        self._is_sync_asked = False
        if news is None:
            self.notify("These records share with nobody yet.", timeout=4)
        elif not any(of.problem for of in news.rounds.values()):  # else the list says why
            self.notify(news.sentence or "Everything is shared.", timeout=8)

    def _do(self, action: Action, *, begins_round: bool = False) -> None:
        self._turn += 1
        self._do_in_thread(action, self._turn, begins_round=begins_round)

    @work(thread=True, exit_on_error=False)
    def _do_in_thread(self, action: Action, turn: int, *, begins_round: bool) -> None:
        """Run an action with records of its own, then show the state and what it says.

        What stands here is shown at once, what the hub says when it has said it.
        """
        from interviewkit.workflows.team_view import team_view

        sentence, is_error = "", False
        with self._store.another() as own_store:
            try:
                sentence = action(own_store)
            except InterviewKitError as error:
                sentence, is_error, begins_round = str(error), True, False
            view = team_view(own_store, asks_hub=False)
            self.app.call_from_thread(self._say, sentence, begins_round, is_error=is_error)
            self.app.call_from_thread(self._show, view, turn)
            if view.hub:
                self.app.call_from_thread(self._show, team_view(own_store), turn)

    def _say(self, sentence: str, begins_round: bool, *, is_error: bool) -> None:
        if begins_round:
            self._rounds.begin()
        if is_error:
            self.notify(sentence, severity="error", timeout=12)
        elif sentence:
            self.notify(sentence, timeout=8)

    def _show(self, view: "TeamView", turn: int) -> None:
        """Unless a later turn has begun, which will know more."""
        if turn != self._turn or not self.is_attached:
            return
        if view.hub and not view.hub.members:
            view = self._with_known_hub(view)
        self._view = view
        news = self._rounds.news
        rows = self.query_one("#team", OptionList)
        option_id = (option.id if (option := rows.highlighted_option) else None) or ""
        options = team_rows(view, news.rounds if news else {}, self._retries())
        rows.set_options(options)
        ids = [option.id for option in options]
        if option_id in ids:  # a key acts on the row that was chosen, wherever it stands now
            rows.highlighted = ids.index(option_id)
        else:
            rows.action_first()

    def _with_known_hub(self, view: "TeamView") -> "TeamView":
        """Where the hub has not answered, what it said the last time: rows do not come and go."""
        known = self._view.hub if self._view else None
        if view.hub is None or known is None or known.login != view.hub.login:
            return view
        hub = view.hub._replace(
            members=known.members,
            roles=known.roles,
            erasures=known.erasures,
            problem=view.hub.problem or known.problem,
        )
        return view._replace(hub=hub)

    def _retries(self) -> "dict[SharingPlace, datetime]":
        news, now = self._rounds.news, self._store.clock.now()
        return {
            place: now + timedelta(seconds=self._rounds.seconds_to_retry(place))
            for place, of in (news.rounds.items() if news else ())
            if of.problem
        }

    def _row(self) -> tuple[str, str]:
        """Kind and key of the row under the cursor."""
        option = self.query_one("#team", OptionList).highlighted_option
        kind, _, key = ((option and option.id) or "").partition(":")
        return kind, key

    def _name_command(self, act: str, *command: str, name: str = "NAME") -> None:
        """What only the hub's administrator can do, and with which command."""
        command_line = shell_command("hub", "member", *command, names=[name])
        self.notify(f"The hub's administrator {act}: {command_line}", timeout=12)

    def action_sync(self) -> None:
        """A round at once, with all there is to share by."""
        if self._view is not None and not self._view.is_shared:
            self.notify("These records share with nobody yet.", timeout=4)
            return
        self._is_sync_asked = True
        self._rounds.begin()

    @work
    async def action_accept(self) -> None:
        """Accept the person under the cursor, once their words were compared."""
        if self._is_hub_alone:
            self._name_command("adds members", "add")
            return
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
        if kind == "hubmember" or self._is_hub_alone:
            self._name_command("makes recruiters", "add", "--part", "recruiter", name=key or "NAME")
        elif kind == "member":

            def promote(store: Store) -> str:
                from interviewkit.workflows.team_membership import make_admin

                return f"{make_admin(store, key).name} is an administrator."

            self._do(promote)

    @work
    async def action_remove(self) -> None:
        """Remove the member under the cursor, after asking."""
        kind, key = self._row()
        if kind == "hubmember" or self._is_hub_alone:
            self._name_command("closes a login", "off", name=key or "NAME")
            return
        if kind != "member" or self._status is None:
            self.notify("Move to a member first.", timeout=4)
            return
        names = [member.name for member in self._status.members if member.key == key]
        question = (
            f"{', '.join(names)} keeps what is there already; nothing new goes to them or is "
            "accepted from them."
        )
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
        label = (
            "A new folder inside the one that is synced. (interviewkit hub create begins a hub.)"
        )
        text = await self.app.push_screen_wait(OneLine("Begin a team", label, ""))
        if text:

            def begin(store: Store) -> str:
                from interviewkit.workflows.team_membership import begin_team

                begin_team(store, Path(text))
                return "The team is ready. Press i to copy the invitation for its members."

            self._do(begin, begins_round=True)

    @work
    async def action_join(self) -> None:
        """Join a team's folder or a hub with an invitation."""
        from interviewkit.tui.screens.invitation_form import InvitationForm
        from interviewkit.workflows.invitations import is_hub_invitation

        invitation = await self.app.push_screen_wait(InvitationForm())
        if not invitation:
            return
        if is_hub_invitation(invitation):

            def join_by_login(store: Store) -> str:
                from interviewkit.workflows.hub_membership import join_hub

                joined = join_hub(store, invitation)
                return f"You are in the hub of {joined.organisation} as {joined.name}."

            self._do(join_by_login, begins_round=True)
            return
        folder = await self.app.push_screen_wait(
            OneLine("Join a team", "The folder that was shared with you", "")
        )
        if folder:

            def join(store: Store) -> str:
                from interviewkit.workflows.team_membership import join_team

                words = join_team(store, invitation, Path(folder)).words
                return f"Read these four words to an administrator: {words}"

            self._do(join, begins_round=True)

    def action_invitation(self) -> None:
        """Copy the invitation."""
        if self._is_hub_alone:
            self._name_command("invites members", "add")
            return
        if self._status is None or not self._status.invitation:
            self.notify("Only an administrator can invite people.", timeout=4)
            return
        self.app.copy_to_clipboard(self._status.invitation)
        self.notify(f"Copied: {self._status.invitation}", timeout=12)

    @on(OptionList.OptionSelected, "#team")
    def _open(self) -> None:
        if self._row()[0] == "bank":
            self.action_bank()

    @work
    async def action_bank(self) -> None:
        """Show how the team's version of a bank differs from one's own; take it after asking."""
        from interviewkit.tui.screens.team_bank_question import TeamBankQuestion
        from interviewkit.workflows.team_banks import bank_change_lines, copy_to_library, team_bank

        kind, key = self._row()
        if kind != "bank":
            self.notify("Move to a bank of the team's first.", timeout=4)
            return
        try:
            bank = team_bank(self._store, key)
            lines = bank_change_lines(self._store, bank)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        if await self.app.push_screen_wait(TeamBankQuestion(f"Bank {bank.title}", lines)):

            def take(store: Store) -> str:
                path, old_path = copy_to_library(store, bank)
                return f"Wrote {path}." + (f" Yours is kept in {old_path}." if old_path else "")

            self._do(take)

    @work
    async def action_leave(self) -> None:
        """Leave the folder or the hub, after asking."""
        if self._view is None or not self._view.is_shared:
            return
        is_hub = self._is_hub_alone or self._row()[0] in ("hub", "hubmember")
        if self._view.folder and self._view.hub and self._row()[0] not in ("hub", "folder"):
            self.notify("Move to the title of the folder or the hub first.", timeout=4)
            return
        question = "What came in stays here. To come back you join again, with a new " + (
            "invitation." if is_hub else "key."
        )
        title = "Leave the hub?" if is_hub else "Leave the team?"
        if await self.app.push_screen_wait(Confirm(title, question, "Leave", "Stay", careful=True)):
            self._do(_leave_hub if is_hub else _leave_folder)

    def action_home(self) -> None:
        """Go back."""
        self.dismiss()


def _leave_folder(store: Store) -> str:
    from interviewkit.workflows.team_membership import leave_team

    leave_team(store)
    return "You left the team."


def _leave_hub(store: Store) -> str:
    from interviewkit.workflows.hub_membership import end_hub_membership

    joined = end_hub_membership(store)
    command = shell_command("hub", "member", "off", names=[joined.name])
    return (
        f"These records no longer belong to the hub of {joined.organisation}. "
        f"Its administrator closes your login: {command}"
    )
