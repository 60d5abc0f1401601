"""The libraries of the extra ``interviewkit[team]``, loaded when they are needed."""

from importlib import import_module
from types import ModuleType

from interviewkit.errors import InterviewKitError
from interviewkit.shell_line import extra_install_line


def load_library(name: str) -> ModuleType:
    """A module of the extra; InterviewKitError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise InterviewKitError(
            "Sharing with a team needs libraries that are not installed.",
            f"Install the extra: {extra_install_line('team')}",
        ) from error
