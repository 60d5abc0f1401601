import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.interview.limits import LARGEST_FILE, LONGEST_LINE
from interviewkit.storage.store import Store
from support import begin, complete, has_mode


@pytest.fixture(autouse=True)
def _a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Recruiter")


def run(db: Path, *args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), "records", *args], input=stdin)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_export_says_what_it_wrote_and_what_it_left_out(store: Store, out: Path) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Tom")
    complete(store, {"unspoken-need": 4}, "Bo Lind", "Tom")
    complete(store, {"unspoken-need": 4}, "Bo Lind", "Lucía")
    begin(store, "Bo Lind", interviewer="Priya")
    result = run(store.path, "export", str(out), "--interviewer", "Priya")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"Wrote {out}: 1 bank, 1 role, 1 candidate, 1 scorecard.\n"
        "Left out: 1 interview under way.\n"
        "Left out: 2 scorecards, withheld until you have submitted your own for those candidates.\n"
    )
    assert "Bo Lind" not in out.read_text(encoding="utf-8")
    assert has_mode(out, 0o600)
    every = run(store.path, "export", "-")
    assert every.stdout.count('"type":"scorecard"') == 3
    assert every.stderr.startswith("Wrote stdout: 1 bank, 1 role, 2 candidates, 3 scorecards.\n")


def test_who_is_looking_is_whoever_sits_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(store, {"unspoken-need": 4}, "Ada", "Tom")
    begin(store, "Ada", interviewer="Priya")
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "priya")
    result = run(store.path, "export", "-")
    assert result.stdout == ""
    assert result.stderr.startswith("Wrote stdout: no scorecards.\n")


def test_there_and_back_is_the_same_file(store: Store, out: Path, tmp_path: Path) -> None:
    complete(store, {"unspoken-need": 4}, "Ada 🦊", "Tom")
    run(store.path, "export", str(out))
    other = tmp_path / "other.db"
    result = run(other, "import", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    *lines, last = result.stderr.splitlines()
    assert len(lines) == 5
    assert last == (
        "Imported: 5 new (1 bank, 1 person, 1 role, 1 candidate, 1 scorecard), 0 known."
    )
    *content, head = out.read_bytes().splitlines()
    *returned, other_head = run(other, "export", "-").stdout_bytes.splitlines()
    assert returned == content
    assert json.loads(head).keys() == json.loads(other_head).keys() == {"type", "count", "link"}
    again = run(other, "import", str(out), "-", stdin=out.read_bytes())
    assert again.exit_code == 0
    assert again.stderr.endswith("Imported: 0 new, 10 known.\n")


def test_of_several_files_all_come_in_or_none(store: Store, out: Path, tmp_path: Path) -> None:
    complete(store, {"unspoken-need": 4})
    run(store.path, "export", str(out))
    (tmp_path / "bad.jsonl").write_bytes(b"\n{}\n")
    other = tmp_path / "other.db"
    result = run(other, "import", str(out), str(tmp_path / "bad.jsonl"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{tmp_path / 'bad.jsonl'}, line 2: type is missing; it is one of bank, role, candidate, "
        "scorecard, amendment, decision, log_head, signature, calibration_set, "
        "calibration, person, role_settings, plan, gone, alias.\n"
        "Nothing was imported. `interviewkit records schema` describes a line.\n"
    )
    with Store(other) as opened:
        assert (opened.roles(), opened.banks_used()) == ([], [])
    split = out.read_bytes().splitlines(keepends=True)
    (tmp_path / "first.jsonl").write_bytes(split[-1])
    (tmp_path / "second.jsonl").write_bytes(b"".join(split[:-1]))
    files = [str(tmp_path / name) for name in ("first.jsonl", "second.jsonl")]
    assert run(other, "import", *files).exit_code == 0


def test_a_bad_line_of_stdin_is_named(store: Store) -> None:
    result = run(store.path, "import", "-", stdin=b'{"type": 1}\n')
    assert result.exit_code == 1
    assert result.stderr.startswith("stdin, line 1: type is 1; it is one of bank,")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none", "(No such file or directory|File not found|The system cannot find .*)"),
        ("", "(Is a directory|Permission denied)"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(
    store: Store, tmp_path: Path, name: str, said: str
) -> None:
    path = str(tmp_path / name)
    result = run(store.path, "import", path)
    assert result.exit_code == 1
    refusal, hint = result.stderr.splitlines()
    assert re.fullmatch(f"{re.escape(path)} cannot be read: {said}\\.", refusal)
    assert hint == "Check the path and its permissions. Nothing was imported."


@pytest.mark.posix("a file that fails while it is read")
def test_a_reader_that_fails_half_way_is_said(store: Store) -> None:
    path = "/proc/self/mem"
    if not Path(path).exists():
        pytest.skip("there is no /proc here")
    result = run(store.path, "import", path)
    assert result.exit_code == 1
    assert f"{path} cannot be read: Input/output error." in result.stderr


def test_an_export_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    result = run(store.path, "export", str(tmp_path))
    assert result.exit_code == 1
    assert f"{tmp_path} is a folder, not a file." in result.stderr
    result = run(store.path, "export", str(store.path))
    assert result.exit_code == 1
    assert "holds the records themselves" in result.stderr


def test_an_export_stops_at_a_scorecard_that_was_changed(store: Store, out: Path) -> None:
    complete(store, {"unspoken-need": 2})
    store._connection.execute("DROP TRIGGER interview_is_not_changed_when_sealed")
    store._connection.execute("UPDATE interview SET summary = 'better'")
    out.write_bytes(b"old")
    result = run(store.path, "export", str(out))
    assert result.exit_code == 1
    assert "is not what was sealed" in result.stderr
    assert out.read_bytes() == b"old"


def test_the_schema_is_a_json_schema(store: Store) -> None:
    result = run(store.path, "schema")
    printed = json.loads(result.stdout)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["compare", "Account executive"], {"openpyxl", "textual", "sqlite_utils"}),
        (["records", "export", "-"], {"openpyxl", "textual", "sqlite_utils"}),
        (["records", "schema"], {"openpyxl", "textual", "sqlite_utils"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    store: Store, arguments: list[str], heavy: set[str]
) -> None:
    complete(store, {"unspoken-need": 2})
    code = (
        "import sys\nfrom interviewkit.cli.main import cli\n"
        f"cli({['--db', str(store.path), *arguments]!r}, standalone_mode=False)\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy & set(done.stderr.split()) == set()


def grown(path: Path, size: int) -> Path:
    """A file of so many bytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_file_that_is_too_large_is_refused_before_any_is_read(
    store: Store, out: Path, tmp_path: Path
) -> None:
    complete(store, {"unspoken-need": 4})
    run(store.path, "export", str(out))
    large = grown(tmp_path / "large.jsonl", LARGEST_FILE + 1)
    result = run(tmp_path / "other.db", "import", str(out), str(large))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"{large} has more than 512 MiB, the limit.",
        "Nothing was imported. Split it into smaller files, each with the lines it needs.",
    ]


def test_a_line_that_does_not_end_is_refused(tmp_path: Path) -> None:
    endless = grown(tmp_path / "endless.jsonl", LONGEST_LINE + 1)
    result = run(tmp_path / "other.db", "import", str(endless))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"{endless}, line 1: this line has more than 64 MiB.",
        "Nothing was imported. JSON Lines has one object a line, each ended by a line break.",
    ]
