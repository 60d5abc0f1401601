"""The libraries of the extra ``interviewkit[team]``, loaded when they are needed."""

from importlib import import_module
from types import ModuleType

from interviewkit.errors import InterviewKitError


def load_library(name: str) -> ModuleType:
    """A module of the extra; InterviewKitError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise InterviewKitError(
            "Sharing with a team needs libraries that are not installed.",
            "Install the extra: python -m pip install 'interviewkit[team]'.",
        ) from error
