"""Names that a file can have. Windows opens a device, or another file, under some of them."""

import os
import re
import sys
from pathlib import Path, PureWindowsPath

from interviewkit.errors import InterviewKitError

WINDOWS = os.name == "nt"
_LONGEST_NAME = 255
_LONGEST_PATH = 259  # characters, unless the user has switched long paths on
_DEVICE = (
    r"(?i:(con|prn|aux|nul|com[0-9\xb9\xb2\xb3]|lpt[0-9\xb9\xb2\xb3]|conin\$|conout\$) *(\..*)?)"
)
_FORBIDDEN = r'[<>:"|?*\x00-\x1f]'
_RENAME = "Give it another name. Nothing was written."


def refuse_file_name(path: Path) -> None:
    """InterviewKitError for a name that no file can have on this system."""
    fault = name_fault(PureWindowsPath(path)) if WINDOWS else ""
    if fault:
        raise InterviewKitError(f"{path}: {fault}.", _RENAME)


def name_fault(path: PureWindowsPath) -> str:
    """Why Windows can keep no file of this name; "" when it can."""
    if path.drive.startswith(("\\\\?\\", "\\\\.\\")):
        return ""  # a name that is passed to the system as it stands
    for name in path.parts[bool(path.anchor) :]:
        if name in {".", ".."}:
            continue
        if len(name) > _LONGEST_NAME:
            return f"a file name on Windows has at most {_LONGEST_NAME} characters"
        if re.fullmatch(_DEVICE, name):
            return f"Windows keeps the name {name} for a device"
        forbidden = re.search(_FORBIDDEN, name)
        if forbidden:
            return f"a file name on Windows cannot have {forbidden[0]} in it"
        if name[-1] in ". ":
            return (
                f"Windows drops the {'blank' if name[-1] == ' ' else 'dot'} at the end of {name!r}"
            )
    return ""


def path_length_fault(path: Path, *, windows: bool = WINDOWS) -> str:
    """Why a path is too long to be opened; "" when its length is no reason."""
    if not windows or _takes_long_paths():
        return ""
    length = len(os.path.abspath(path))  # noqa: PTH100 - as long as the system sees it, links unread
    if length > _LONGEST_PATH:
        return (
            f"its path has {length} characters, and Windows opens at most {_LONGEST_PATH} unless "
            "long paths are switched on"
        )
    return ""


def _takes_long_paths() -> bool:
    """Whether this Windows has long paths switched on; older ones cannot."""
    if sys.platform != "win32":
        return False
    import ctypes

    enabled = getattr(ctypes.windll.ntdll, "RtlAreLongPathsEnabled", None)
    return enabled is not None and bool(enabled() & 0xFF)
