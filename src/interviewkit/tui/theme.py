"""The dark and the light theme; every colour in the screens is one of their variables.

``muted`` is ours: Textual's own muted text is a blend with its background, which text
inside tables and lists cannot know.
"""

from textual.theme import Theme

DARK = Theme(
    name="interviewkit-dark",
    primary="#5fa8d3",
    secondary="#8fb8a8",
    accent="#e0b060",
    success="#7fbf8f",
    warning="#e8a254",
    error="#e07a6e",
    foreground="#dfe3e6",
    background="#14191d",
    surface="#1c2328",
    panel="#263038",
    dark=True,
    variables={"muted": "#8d979e"},
)
LIGHT = Theme(
    name="interviewkit-light",
    primary="#1f6f9f",
    secondary="#3f7563",
    accent="#94600a",
    success="#2c7a44",
    warning="#a85a00",
    error="#b3362a",
    foreground="#20262b",
    background="#fbfaf7",
    surface="#f0eee8",
    panel="#e4e1d9",
    dark=False,
    variables={"muted": "#666d72"},
)
