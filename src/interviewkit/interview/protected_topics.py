"""The topics not to ask about, as a note can touch them, and the one sentence that says so.

Which words touch a topic is listed in ``languages/*.toml``; the reading of a note finds them.
"""

from collections.abc import Sequence

NAMES = {
    "age": "age",
    "family": "family",
    "health": "health",
    "religion": "religion",
    "origin": "origin",
    "gender": "sex or gender",
    "criminal-record": "criminal record",
    "pay-history": "former pay",
    "union-politics": "unions or politics",
    "military-discharge": "military discharge",
    "finances": "personal finances",
}


def topic_names(topics: Sequence[str]) -> str:
    """Topics in words: "family", "family and health", "age, family and health"."""
    *leading, final = [NAMES[topic] for topic in topics]
    return f"{', '.join(leading)} and {final}" if leading else final


def topic_sentence(topics: Sequence[str]) -> str:
    """What is said once such a note is kept."""
    names = topic_names(topics)
    verb = "are" if len(topics) > 1 or names.endswith("s") else "is"
    names = f"{names[0].upper()}{names[1:]}"
    return f"{names} {verb} on the list of topics not to ask about; /undo removes the note."
