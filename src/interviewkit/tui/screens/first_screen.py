"""The screen that an application begins with."""

from textual import events
from textual.screen import Screen


class FirstScreen(Screen[None]):
    """A screen that may be the first. Where ``comes_first``, its styles are worked out once.

    Textual works them out as each widget is mounted, and all of them again when the screen comes to
    the front, in case they have changed meanwhile: for the first screen that is the same moment.
    """

    comes_first = False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if self.comes_first:
            event.refresh_styles = False
            self.comes_first = False
