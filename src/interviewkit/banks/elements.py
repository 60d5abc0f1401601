"""The eleven elements of a story that a probe can elicit.

The words are a contract: bank files, stored records and the interchange format all use them.
Kept apart from the models so that the screens can name elements without loading pydantic.
"""

from enum import StrEnum


class Element(StrEnum):
    """One element of an answer: five tell the story, six could be checked by somebody else."""

    SITUATION = "situation"
    TASK = "task"
    OWN_ACTION = "own_action"
    RESULT = "result"
    LEARNING = "learning"
    TIME = "time"
    PEOPLE = "people"
    CUSTOMER = "customer"
    NUMBERS = "numbers"
    SETBACK = "setback"
    CONFIRMATION = "confirmation"


STORY = (
    Element.SITUATION,
    Element.TASK,
    Element.OWN_ACTION,
    Element.RESULT,
    Element.LEARNING,
)
CHECKABLE = (
    Element.TIME,
    Element.PEOPLE,
    Element.CUSTOMER,
    Element.NUMBERS,
    Element.SETBACK,
    Element.CONFIRMATION,
)

# As shown on screens and in documents: the words of bank files, so that what is read on a screen
# can be written into a bank.
LABELS = {element: element.value.replace("_", " ") for element in Element}

# What people write for an element, having read it elsewhere or said it aloud.
EVERYDAY_NAMES = {
    "when": Element.TIME,
    "who": Element.PEOPLE,
    "number": Element.NUMBERS,
    "could confirm": Element.CONFIRMATION,
}
