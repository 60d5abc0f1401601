"""Paths and files that are not what they look like: a sentence each, and nothing waits for ever."""

import os
import re
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.banks.workbook.file_check import MOST_UNPACKED
from interviewkit.cli.main import cli
from interviewkit.settings import load_settings
from interviewkit.storage.store import Store
from program import program
from support import begin, complete
from terminal import Terminal

LONG = "a" * 300


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, args)))


ADDRESSES = ["file:x.db", "file:x.db?mode=memory", ":memory:"]


@pytest.mark.posix("names with a colon")
@pytest.mark.parametrize("name", ADDRESSES)
def test_what_looks_like_an_address_is_the_name_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store(Path(name)) as store:
        complete(store, {"unspoken-need": 4})
    assert [one.name for one in tmp_path.glob("*") if one.is_file()] == [name]
    assert run("--db", name, "candidate", "list").stdout.startswith("Ada Okafor")
    assert run("--db", name, "data", "backup", "file:copy.db").exit_code == 0
    assert run("--db", "other.db", "data", "restore", "file:copy.db").exit_code == 0
    assert run("--db", "other.db", "candidate", "list").stdout.startswith("Ada Okafor")


@pytest.mark.windows
@pytest.mark.parametrize("name", ADDRESSES)
def test_what_looks_like_an_address_is_no_name_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, demo: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    for command in (
        ("--db", name, "candidate", "list"),
        ("--db", demo, "data", "backup", name),
        ("--db", "other.db", "data", "restore", name),
        ("--db", demo, "records", "export", name),
    ):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "Traceback" not in result.stderr
        assert name in result.stderr.splitlines()[0]
    assert sorted(tmp_path.iterdir()) == before


def too_long(path: str) -> str:
    """What is said first of records at ``path``."""
    if os.name == "posix":
        return f"{path} is too long for the name of a file."
    if LONG in path:
        return f"{Path(path)}: a file name on Windows has at most 255 characters."
    long = len(os.path.abspath(f"{path}-journal"))  # noqa: PTH100 - as the system sees it
    return (
        f"{path}: its path has {long} characters, and Windows opens at most 259 unless long paths "
        "are switched on."
    )


@pytest.mark.parametrize(
    "command",
    [
        ("data", "check"),
        ("data", "path"),
        ("candidate", "list"),
        ("records", "export", "-"),
        ("compare", "Account executive"),
    ],
)
@pytest.mark.parametrize("path", [LONG, f"{LONG}/records.db", "b" * 250])
def test_a_name_too_long_for_a_file_is_told(path: str, command: tuple[str, ...]) -> None:
    result = run("--db", path, *command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        too_long(path),
        "Nothing was made. Name another file with --db PATH or INTERVIEWKIT_DB.",
    ]


# Windows finds nothing there when it reads.
READS_LONG = r"cannot be read: (File name too long|No such file or directory|File not found)\."
WRITES_LONG = "(File name too long|a file name on Windows has at most 255 characters)"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("bank", "check", LONG), READS_LONG),
        (("bank", "show", f"./{LONG}"), READS_LONG),
        (("bank", "to-xlsx", "customer-focused-sales", LONG), WRITES_LONG),
        (("records", "import", LONG), READS_LONG),
    ],
)
def test_other_paths_that_are_too_long_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], words: str
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_DB", str(tmp_path / "records.db"))
    result = run(*command)
    assert result.exit_code == 1
    assert re.search(words, result.stderr)


def test_folders_and_settings_that_are_too_long_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path / LONG))
    listed = run("bank", "list")
    assert (listed.exit_code, "customer-focused-sales" in listed.stdout) == (0, True)
    monkeypatch.setenv("INTERVIEWKIT_PRACTICE", str(tmp_path / LONG))
    listed = run("practice", "list")
    assert (listed.exit_code, "ruth-adeyemi" in listed.stdout) == (0, True)
    monkeypatch.setenv("INTERVIEWKIT_SETTINGS", str(tmp_path / LONG))
    shown = run("settings", "show")
    if os.name == "posix":
        assert shown.exit_code == 1
        assert "File name too long" in shown.stderr
    else:
        assert shown.exit_code == 0
        assert f"{LONG} (not there" in shown.stderr


@pytest.mark.posix("pseudo-terminals")
def test_a_title_too_long_for_a_file_is_looked_up_among_the_sets(tmp_path: Path) -> None:
    args = ["--db", str(tmp_path / "records.db"), "calibration", "rate", LONG]
    with Terminal(args, columns=400) as terminal:
        assert terminal.ended() == 1
        assert f"There is no calibration called '{LONG}'." in terminal.text


@pytest.mark.posix("pipes with a path")
def test_a_pipe_is_no_database(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "records.db")
    for command in (("data", "check"), ("candidate", "list")):
        result = run("--db", tmp_path / "records.db", *command)
        assert (result.exit_code, result.stderr) == (
            1,
            f"{tmp_path / 'records.db'} is a pipe or a device, not a file.\n"
            "Name another file with --db PATH or INTERVIEWKIT_DB.\n",
        )


@pytest.mark.posix("pipes with a path")
def test_a_pipe_among_the_banks_is_told_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    os.mkfifo(tmp_path / "mine.yaml")
    told = f"{tmp_path / 'mine.yaml'} is a pipe, not a file.\n"
    listed = run("bank", "list")
    assert listed.exit_code == 1
    assert "customer-focused-sales" in listed.stdout
    assert told in listed.stderr
    for command in (("check",), ("check", tmp_path / "mine.yaml"), ("show", "mine")):
        result = run("bank", *command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert told in result.stderr
    begun = program(
        *("--db", str(tmp_path / "records.db"), "interview", "--candidate", "Ada"),
        *("--role", "Sales", "--bank", "mine", "--kit", "first-45"),
    )
    assert (begun.returncode, told in begun.stderr) == (1, True)


@pytest.mark.posix("pipes with a path")
def test_a_bank_out_of_a_shells_pipe_is_read() -> None:
    receiver, sender = os.pipe()
    try:
        os.write(sender, b"id: mine\n")
        os.close(sender)
        result = run("bank", "check", f"/dev/fd/{receiver}")
    finally:
        os.close(receiver)
    assert f"/dev/fd/{receiver}:1:1" in result.stdout


@pytest.mark.posix("pipes with a path")
def test_pipes_for_settings_and_workbooks_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    monkeypatch.setenv("INTERVIEWKIT_SETTINGS", str(tmp_path / "pipe.xlsx"))
    assert load_settings(tmp_path / "pipe.xlsx").faults == (
        f"{tmp_path / 'pipe.xlsx'} is a pipe, not a file.",
    )
    monkeypatch.delenv("INTERVIEWKIT_SETTINGS")
    result = run("bank", "from-xlsx", tmp_path / "pipe.xlsx", tmp_path / "out.yaml")
    assert result.exit_code == 1
    assert "pipe.xlsx cannot be read: it is a pipe, not a file." in result.stderr


@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_settings_nested_too_deeply_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"theme = {'[' * depth}{']' * depth}\n", encoding="utf-8")
    monkeypatch.setenv("INTERVIEWKIT_SETTINGS", str(file))
    result = run("settings", "show")
    assert result.exit_code == 1
    assert f"{file}: not valid TOML: it is too deeply nested." in result.stderr


def bomb(path: Path) -> Path:
    """A workbook of some hundred kilobytes that unpacks to more than is ever read."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(MOST_UNPACKED // 2**20 + 1):
                sheet.write(b" " * 2**20)
    assert path.stat().st_size < MOST_UNPACKED / 500
    return path


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, store: Store) -> None:
    book = bomb(tmp_path / "book.xlsx")
    result = run("bank", "from-xlsx", book, tmp_path / "out.yaml")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        f"{book} cannot be read: it unpacks to 65 MiB; at most 64 are read."
    )
    assert not (tmp_path / "out.yaml").exists()
    begin(store)
    result = run("--db", store.path, "records", "import", book)
    assert result.exit_code == 1
    assert "it unpacks to 65 MiB; at most 64 are read." in result.stderr
    assert "Nothing was imported." in result.stderr


@pytest.mark.parametrize(
    ("writing", "pattern"),
    [
        (["bank", "new", "--yes", "--", "-mine.yaml"], "Check it with: (.+)"),
        (["data", "backup", "--", "-copy.db"], "Put it back with: (.+)"),
    ],
)
def test_a_hint_with_a_name_that_looks_like_an_option_can_be_run(
    writing: list[str], pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.chdir(tmp_path)
    begin(store)
    hint = re.search(pattern, run("--db", store.path, *writing).stderr)
    assert hint
    words = shlex.split(hint[1])
    assert words[-2] == "--"
    assert "No such option" not in run("--db", store.path, *words[1:]).output
