"""Names that Windows keeps for itself, asked on any system."""

from pathlib import Path, PureWindowsPath

import pytest

from interviewkit import file_names
from interviewkit.errors import InterviewKitError
from interviewkit.file_names import name_fault, path_length_fault, refuse_file_name

DEVICE = "for a device"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("con", DEVICE),
        (r"C:\banks\AUX.yaml", DEVICE),
        ("nul .tar.gz", DEVICE),
        ("com1.db", DEVICE),
        ("lpt\xb2", DEVICE),
        ("CONOUT$", DEVICE),
        ("a?.xlsx", "cannot have ? in it"),
        (r"C:\a\records.db:hidden", "cannot have : in it"),
        ("a\tb", "cannot have \t in it"),
        ("a" * 256, "at most 255 characters"),
        ("records.", "drops the dot at the end"),
        (r"folder \records.db", "drops the blank at the end"),
    ],
)
def test_no_file_can_have_this_name(path: str, fault: str) -> None:
    assert fault in name_fault(PureWindowsPath(path))


@pytest.mark.parametrize(
    "path",
    [
        "console.db",
        "com10.yaml",
        "Ünal & Söhne.xlsx",
        r"..\.\records.db",
        r"C:\Users\Jörg Weiß\interviews\a.db",
        "C:records.db",
        r"\\server\share\a.db",
        r"\\?\C:\con",
    ],
)
def test_a_file_can_have_this_name(path: str) -> None:
    assert name_fault(PureWindowsPath(path)) == ""


def test_a_long_path_is_said_only_where_it_is_a_reason() -> None:
    long = Path("a" * 200) / ("b" * 200)
    assert "at most 259 unless long paths are switched on" in path_length_fault(long, windows=True)
    assert path_length_fault(Path("a.db"), windows=True) == ""
    assert path_length_fault(long, windows=False) == ""


def test_a_name_is_refused_on_windows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_names, "WINDOWS", False)
    refuse_file_name(Path("con.yaml"))
    monkeypatch.setattr(file_names, "WINDOWS", True)
    with pytest.raises(InterviewKitError, match=r"keeps the name con\.yaml for a device") as caught:
        refuse_file_name(Path("con.yaml"))
    assert "another name" in caught.value.hint
