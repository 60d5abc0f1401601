"""All that these records share by, as one thing: the folder of a team, a hub, or both."""

from typing import TYPE_CHECKING, NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.hub.membership import is_in_hub
from interviewkit.storage.store import Store

if TYPE_CHECKING:
    from interviewkit.workflows.hub_status import HubStatus
    from interviewkit.workflows.team_status import TeamStatus


class TeamView(NamedTuple):
    """What the team screen shows. ``problems`` say why a place that is joined cannot be shown."""

    folder: "TeamStatus | None" = None
    hub: "HubStatus | None" = None
    problems: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether the records share with anybody."""
        return bool(self.folder or self.hub or self.problems)


def team_view(store: Store, *, asks_hub: bool = True) -> TeamView:
    """Where the records stand with their folder and their hub; no fault of either is an error.

    Without ``asks_hub`` what stands here alone is shown of a hub, at once.
    """
    view = TeamView()
    if store.belongs_to_team():
        from interviewkit.workflows.team_status import team_status

        try:
            view = view._replace(folder=team_status(store))
        except InterviewKitError as error:
            view = view._replace(problems=(str(error),))
    if is_in_hub(store.path):
        try:
            view = view._replace(hub=_hub_status(store, asks_hub=asks_hub))
        except InterviewKitError as error:
            view = view._replace(problems=(*view.problems, str(error)))
    return view


def _hub_status(store: Store, *, asks_hub: bool) -> "HubStatus":
    """With the sentence in it where the login was closed or the password is lost."""
    from interviewkit.workflows.hub_status import hub_status

    try:
        return hub_status(store, asks_hub=asks_hub)
    except InterviewKitError as error:
        return hub_status(store, asks_hub=False)._replace(problem=str(error))
