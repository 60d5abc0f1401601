"""The styles of dialogs, which home is painted without: they come with the first dialog."""

from pathlib import Path

from textual.css.stylesheet import Stylesheet

_STYLES = Path(__file__).with_name("screens") / "dialogs.tcss"


def add_dialog_styles(stylesheet: Stylesheet) -> bool:
    """Whether they were not there yet. They stand behind the application's own styles and before
    those of every screen, so that each screen's win.
    """
    source = stylesheet.source
    if (str(_STYLES), "") in source:
        return False
    stylesheet.read(_STYLES)
    general, *others = source
    order = (general, others.pop(), *others)
    stylesheet.source = {key: source[key] for key in order}
    stylesheet.reparse()
    return True
