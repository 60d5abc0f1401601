"""What one person reads about how they interview, as a dialog: from home and from a comparison."""

from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.widgets.sentence_blocks import blocks_content
from interviewkit.workflows.own_feedback import own_feedback
from interviewkit.workflows.role_comparison import RoleComparison


def feedback_dialog(store: Store, person: Person) -> TextDialog:
    """Over all roles; BlockedError before the person has submitted a scorecard."""
    own = own_feedback(store, person)
    if not own.feedback.scorecards:
        raise BlockedError(
            f"{person.name} has submitted no scorecard yet.",
            "After the first one, look here again.",
        )
    return TextDialog(f"How you interview · {own.title}", blocks_content(own.blocks()))


def own_ratings_dialog(store: Store, comparing: RoleComparison) -> TextDialog:
    """The use of the scale in what is compared, then how one asks, for the same role.

    BlockedError where none of the scorecards compared is the viewer's.
    """
    own = own_feedback(store, comparing.viewer, comparing.role, comparing.choice)
    if not own.profile.scorecards:
        raise BlockedError(
            f"{comparing.viewer.name} has submitted no scorecard here.", "Choose others with f."
        )
    blocks = own.blocks(scale_first=True)
    return TextDialog(f"Your ratings · {comparing.role.title}", blocks_content(blocks))
