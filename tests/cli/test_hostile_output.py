"""Nothing that came from others acts on the terminal, whatever command prints it, and however."""

import ast
import json
import re
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from hostile import (
    ACTS,
    ADA,
    BO,
    IN_YAML,
    KIT,
    PRIYA,
    ROLE,
    TOM,
    acting,
    hostile_bank,
    write_hostile,
)
from interviewkit.cli.main import cli
from interviewkit.practice.template import practice_template
from interviewkit.storage.file.database import default_path
from interviewkit.storage.store import Store
from program import COMMAND, LEAVES
from support import ROOT, shipped
from terminal import Terminal

BANK = "customer-focused-sales"
# What prints of what others wrote: a command, and what it is asked.
LISTINGS = [
    "bank list",
    f"bank show {BANK}",
    "bank check",
    "bank from-greenhouse stages.json gh.yaml",
    "bank from-list list.txt listed.yaml",
    f"bank diff {BANK} shipped.yaml",
    f"bank stats {BANK} --interviewer PRIYA",
    f"bank try {BANK} broken-promise",
    "candidate list",
    "candidate merge ADA BO --interviewer PRIYA",
    "candidate reference ADA ACTS --interviewer PRIYA",
    "candidate rename ADA OTHER --interviewer PRIYA",
    "candidate unmerge ADA --interviewer PRIYA",
    "candidate show ADA --interviewer PRIYA",
    "candidate erase ADA --interviewer PRIYA",
    "candidate erase ADA --yes --leave-mentions --interviewer PRIYA",
    "candidate export ADA pack --interviewer PRIYA",
    "calibration new ruth-adeyemi -o set.jsonl --interviewer PRIYA",
    "calibration list --interviewer TOM",
    "calibration export hostile-set back.jsonl --interviewer PRIYA",
    "calibration show hostile-set --interviewer TOM",
    "calibration show hostile-set --interviewer PRIYA",
    "calibration show hostile-set --person PRIYA --interviewer TOM",
    "calibration round hostile-set -o set.jsonl --interviewer TOM",
    "calibration round hostile-set -o set.jsonl --interviewer PRIYA",
    "calibration remove hostile-set --yes --interviewer TOM",
    "compare ROLE --interviewer PRIYA",
    "compare ROLE --csv --interviewer PRIYA",
    "compare ROLE --mine --interviewer TOM",
    "compare ROLE --xlsx book.xlsx --interviewer PRIYA",
    "data backup copy.db",
    "data check",
    "data path",
    "data purge",
    "data restore copy.db --yes",
    "data retention",
    "fairness counts.csv",
    "feedback --interviewer PRIYA",
    "feedback --role ROLE --interviewer PRIYA",
    f"guide {BANK} {KIT} -o guide.html",
    f"guide {BANK} {KIT} --fillable --plan PLANNED -o kit.html",
    "practice list",
    "practice show hostile.yaml",
    "practice check hostile.yaml",
    f"practice new sam.yaml --bank {BANK} --kit {KIT} --candidate ACTS",
    "people email PRIYA ACTS",
    "people list",
    "people me",
    "people me PRIYA",
    "people merge PRIYA TOM",
    "people rename PRIYA OTHER",
    "people unmerge PRIYA",
    "plan add --candidate ADA --role ROLE --interviewer PRIYA",
    "plan cancel PLANNED",
    "plan card PLANNED",
    "plan import plan.csv --role ROLE",
    "plan list",
    "records export - --interviewer PRIYA",
    "records export - --for-ats --interviewer PRIYA",
    "records from-greenhouse scorecard.json --apart",
    "records import lines.jsonl",
    "records accept",
    "role list",
    "role merge ROLE SECOND --interviewer PRIYA",
    "role reference ROLE ACTS --interviewer PRIYA",
    "role rename ROLE OTHER --interviewer PRIYA",
    "role unmerge ROLE --interviewer PRIYA",
    "role set ROLE --place us --interviewer PRIYA",
    "role show ROLE",
    "search promise --interviewer PRIYA",
    "settings show",
    "hub audit",
    "hub audit --admin ACTS",
    "hub clean --admin ACTS",
    "hub create ACTS",
    "hub erase ADA",
    "hub follow ACTS",
    "hub join ACTS",
    "hub leave",
    "hub member add ACTS --admin host=/nonexistent",
    "hub member list --admin host=/nonexistent",
    "hub member off ACTS --admin host=/nonexistent",
    "hub status",
    "hub sync",
    "team accept ACTS",
    "team bank ACTS",
    "team join ACTS shared",
    "team leave",
    "team new shared",
    "team remove ACTS",
    "team status",
    "team sync",
    "transcript add call.vtt ADA --of PRIYA --interviewer PRIYA --consent-by ACTS "
    "--consent-day 2020-01-01",
    "transcript list --interviewer PRIYA",
    "transcript remove ADA --interviewer PRIYA",
    "transcript show ADA --interviewer PRIYA",
]
ADD_TRANSCRIPT = next(line for line in LISTINGS if line.startswith("transcript add"))
# What has to come before a line, for it to print more than that it cannot be.
BEFORE = {
    "candidate unmerge ADA --interviewer PRIYA": "candidate merge ADA BO --interviewer PRIYA",
    "data restore copy.db --yes": "data backup copy.db",
    "people me": "people me PRIYA",
    "team new shared": "people me Dana",
    **{
        f"team {line}": "team new shared"
        for line in ("accept ACTS", "bank ACTS", "leave", "remove ACTS")
    },
    **{f"team {line}": "team new shared" for line in ("status", "sync")},
    "people unmerge PRIYA": "people merge PRIYA TOM",
    "role merge ROLE SECOND --interviewer PRIYA": (
        "plan add --candidate ADA --role SECOND --interviewer TOM --new role"
    ),
    **{line: ADD_TRANSCRIPT for line in LISTINGS if re.match("transcript [lrs]", line)},
    "role unmerge ROLE --interviewer PRIYA": "role merge ROLE SECOND --interviewer PRIYA",
}
WITH_JSON = [
    *(
        line
        for line in LISTINGS
        if line.split()[0] in ("bank", "fairness", "search") and " from-" not in line
    ),
    "calibration list --interviewer TOM",
    "feedback --interviewer PRIYA",
    "candidate list",
    "candidate show ADA --interviewer PRIYA",
    "candidate erase ADA --interviewer PRIYA",
    "compare ROLE --interviewer PRIYA",
    "people list",
    "plan list",
    "role list",
    "role show ROLE",
    "data check",
    "data purge",
    "data retention",
]
# Lines at fault that quote what stands in them.
LINES = [
    {"type": ACTS},
    {"type": "candidate", "id": "c1", "name": ACTS},
    {"type": "role", "id": ACTS, "title": "AE"},
    {"type": "role", "id": "r1", "title": "AE", ACTS: 1},
    {"type": "decision", "id": ACTS, "role": ACTS, "candidate": ACTS, "course": ACTS},
    {"type": "scorecard", "sha256": ACTS, "answers": [{"question": ACTS}], "kit": 1},
]


def run(*args: str) -> Result:
    """With colour, so that our own sequences are there to be told apart."""
    return CliRunner(env={"FORCE_COLOR": "1"}).invoke(cli, args, input=f"a note {ACTS}\n?9{ACTS}\n")


def printed(result: Result) -> str:
    return result.stdout + result.stderr


@pytest.fixture
def workplace(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_hostile(store)
    store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWKIT_DB", str(store.path))
    (tmp_path / "counts.csv").write_text(
        f"stage,group,considered,selected\ns{ACTS[:30]},a{ACTS[:30]},40,20\ns{ACTS[:30]},b,30,9\n"
    )
    bank = ROOT / "question_banks" / f"{BANK}.yaml"
    (tmp_path / "shipped.yaml").write_bytes(bank.read_bytes())
    template = practice_template("hostile", f"Ruth {ACTS}", shipped(BANK).bank, KIT)
    template = template.replace("TO WRITE:", json.dumps(ACTS)[1:-1])
    (tmp_path / "hostile.yaml").write_text(template, "utf-8")
    (tmp_path / "lines.jsonl").write_text("")
    scorecard = {
        "id": 1,
        "candidate_id": 2,
        "interview": ACTS,
        "interviewer": {"id": 3, "name": f"Ina {ACTS}"},
        "submitted_at": "2021-09-29T17:23:11.468Z",
        "overall_recommendation": "yes",
        "attributes": [{"name": f"A {ACTS}", "type": ACTS, "note": ACTS, "rating": "yes"}],
    }
    kit = {"content": ACTS, "questions": [{"id": 1, "question": f"Why {ACTS}?"}]}
    (tmp_path / "plan.csv").write_text(f"name,interviewer\nNew {ACTS},Tom {ACTS}\n", "utf-8")
    (tmp_path / "scorecard.json").write_text(json.dumps(scorecard), "utf-8")
    (tmp_path / "stages.json").write_text(json.dumps([{"name": ACTS, "interview_kit": kit}]))
    (tmp_path / "call.vtt").write_text(
        f"WEBVTT\n\n{ACTS}\n\n00:01.000 --> 00:02.000\n<v A {ACTS}>said {ACTS}</v>\n", "utf-8"
    )
    (tmp_path / "list.txt").write_text(f"Why {ACTS}?\n\nA remark, {ACTS}.\n", "utf-8")
    return tmp_path


def called(line: str) -> list[str]:
    names = {"ADA": ADA, "BO": BO, "ROLE": ROLE, "PRIYA": PRIYA, "TOM": TOM, "ACTS": ACTS}
    names |= {"SECOND": f"Second{ROLE}", "OTHER": f"Other{ACTS}"}
    if "PLANNED" in line:
        with Store(default_path()) as store:
            names["PLANNED"] = store.planning().entries()[0].id
    return [names.get(word, word) for word in line.split()]


def prepared(line: str) -> None:
    """Run what has to come before the line."""
    if line in BEFORE:
        prepared(BEFORE[line])
        assert run(*called(BEFORE[line])).exit_code == 0


@pytest.mark.parametrize("line", LISTINGS)
def test_no_listing_lets_a_name_act(line: str, workplace: Path) -> None:
    prepared(line)
    result = run(*called(line))
    assert not isinstance(result.exception, Exception) or result.exit_code in (0, 1), result.stderr
    assert printed(result)
    assert acting(printed(result)) == []


@pytest.mark.parametrize("line", WITH_JSON)
def test_json_is_json_and_holds_the_name_whole(line: str, workplace: Path) -> None:
    result = run(*called(line), "--json")
    assert acting(result.stdout) == []
    json.loads(result.stdout)
    if line == "candidate list":
        # A separator that parts words is a blank in a name, as every other is.
        assert " ".join(ADA.split()) in [one["name"] for one in json.loads(result.stdout)]


def test_a_name_is_shown_and_nothing_of_it_is_left_out(workplace: Path) -> None:
    shown = "Ada␛]52;c;SGVsbG8=␇␛]0;Owned␇␛[2J<U+009B>31m<U+202E>oN<U+200B> x"
    assert shown in run("candidate", "list").stdout


def test_every_command_that_prints_is_listed() -> None:
    listed = {" ".join(line.split()[:count]) for line in LISTINGS for count in (1, 2, 3)}
    with_terminal = {
        "interview",
        "practice start",
        "calibration rate",
        "data encrypt",
        "data decrypt",
        "data rekey",
    }
    ours_alone = {"bank schema", "settings schema", "records schema", "completion"}
    files = {"demo", "bank new", "bank to-xlsx", "bank from-xlsx", "settings new", "settings path"}
    assert set(LEAVES) - listed == with_terminal | ours_alone | files


@pytest.mark.parametrize("name", LEAVES)
def test_no_sentence_lets_what_it_quotes_act(name: str, workplace: Path) -> None:
    command = LEAVES[name]
    args = [ACTS for one in command.params if isinstance(one, click.Argument)]
    calls = [args, [*args, ACTS], [*args, f"--{ACTS}"], ["--db", f"{ACTS}/x.db", *args]]
    calls += [
        [*args, option.opts[0], ACTS]
        for option in command.params
        if isinstance(option, click.Option) and not option.is_flag
    ]
    for call in calls:
        result = run(*name.split(), *call)
        assert not isinstance(result.exception, Exception), (call, result.exception)
        assert acting(printed(result)) == [], call


@pytest.mark.parametrize("line", LINES, ids=[str(at) for at in range(len(LINES))])
@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_no_refused_line_acts(line: dict[str, object], ensure_ascii: bool, workplace: Path) -> None:
    text = json.dumps(line, ensure_ascii=ensure_ascii)
    (workplace / "lines.jsonl").write_text(f"{text}\n", encoding="utf-8")
    result = run("records", "import", "lines.jsonl")
    assert result.exit_code == 1
    assert acting(printed(result)) == []


@pytest.mark.parametrize(
    "text",
    [
        f'format: 1\nid: own\n"{IN_YAML}": 1\n',
        f'format: 1\nid: "{IN_YAML}"\ntitle: x\n',
        f'format: 1\nid: own\nextends: "{IN_YAML}"\n',
        f"format: 1\nid: own\nlanguage: {{'{ACTS[-4:]}': [\n",
    ],
)
@pytest.mark.parametrize("command", ["bank check", "bank show", "bank diff", "bank list"])
def test_no_finding_in_a_bank_acts(command: str, text: str, workplace: Path) -> None:
    from interviewkit.banks.library import users_folder

    path = users_folder() / f"own{ACTS[-3:]}.yaml"
    path.write_text(text, encoding="utf-8")
    args = {"bank list": [], "bank diff": [str(path), BANK]}.get(command, [str(path)])
    result = run(*command.split(), *args)
    assert result.exit_code == 1
    assert acting(printed(result)) == []


def test_no_fault_in_the_settings_acts(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workplace / "settings.toml"
    text = IN_YAML.replace(r"\e", r"\u001b").replace(r"\a", r"\u0007").replace(r"\x9B", r"\u009b")
    path.write_text(f'"{text}" = 1\ntheme = "{text}"\n', encoding="utf-8")
    monkeypatch.setenv("INTERVIEWKIT_SETTINGS", str(path))
    result = run("settings", "show")
    assert result.exit_code == 1
    assert acting(printed(result)) == []


@pytest.mark.posix("pseudo-terminals")
@pytest.mark.parametrize(
    "line", ["candidate list", "role show ROLE", "candidate show BO", "search promise"]
)
def test_in_a_real_terminal_no_byte_acts(line: str, workplace: Path) -> None:
    with Terminal([BO if word == "BO" else word for word in called(line)]) as terminal:
        terminal.ended()
        assert acting(terminal.drawn.decode()) == []


def test_a_program_that_reads_it_gets_the_same(workplace: Path) -> None:
    ran = subprocess.run([*COMMAND, "candidate", "list"], capture_output=True, check=True)
    assert acting(ran.stdout.decode()) == []
    assert b"\x1b" not in ran.stdout


def test_names_that_act_are_not_offered_at_tab(workplace: Path) -> None:
    result = CliRunner(
        env={
            "_INTERVIEWKIT_COMPLETE": "bash_complete",
            "COMP_WORDS": "interviewkit candidate show ",
            "COMP_CWORD": "3",
        }
    ).invoke(cli, [], prog_name="interviewkit")
    assert acting(result.output) == []


def test_names_ids_and_banks_that_act_are_refused_at_import(workplace: Path) -> None:
    file = hostile_bank()
    for line, said in (
        ({"type": "candidate", "id": "c1", "name": ADA}, "name: holds U+001B, U+0007, U+009B"),
        ({"type": "role", "id": "r\u202e1", "title": "AE"}, "id: holds U+202E"),
        ({"type": "role", "id": "r1", "title": "A\u200bE"}, "title: holds U+200B"),
        ({"type": "bank", "id": BANK, "sha256": file.sha256, "text": file.text}, "remove it"),
    ):
        (workplace / "lines.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        result = run("records", "import", "lines.jsonl")
        assert result.exit_code == 1
        assert said in result.stderr
        assert "Nothing was imported." in result.stderr


def test_everything_is_printed_by_one_module() -> None:
    """``click.style`` and plain ``print`` would let through what a name holds."""
    raw = {"echo", "secho", "prompt", "confirm", "style", "echo_via_pager"}
    found = []
    for path in sorted((ROOT / "src" / "interviewkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in {"print", *(f"click.{one}" for one in raw)}:
                    found.append(f"{path.name}: {ast.unparse(node)}")
    rest = [one for one in found if not re.match(r"(output|ansi)\.py: ", one)]
    assert rest == ["main.py: click.echo(err=True)"]
