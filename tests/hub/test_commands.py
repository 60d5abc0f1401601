"""The commands of a hub, as its administrator and its members type them."""

import base64
import json
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from hostile import ACTS, acting
from interviewkit.cli.main import cli
from interviewkit.errors import InterviewKitError, StorageError
from interviewkit.hub import connection, membership
from interviewkit.hub.invitation import HubInvitation, invitation_text, read_invitation
from postgres_server import Server
from round_on_hub import make_database

DANA, TOM, ROLE, ADA = "Dana Holt", "Tom Berg", "Account executive", "Ada Okafor"
INVITATION = HubInvitation("h", 5432, "d", "ik_1", "secret", "Northwind", DANA)


class Desk:
    """Somebody at their machine; the administrator has no records."""

    def __init__(self, folder: Path, name: str = "", dsn: str = "") -> None:
        self.dsn = dsn
        self.path = folder / f"{name or 'nobody'}.db"
        self._env: dict[str, str | None] = {"INTERVIEWKIT_DB": str(self.path)}
        self._env["INTERVIEWKIT_HUB_ADMIN"] = dsn or None
        if name:
            self._env["INTERVIEWKIT_INTERVIEWER"] = name

    def run(self, *args: str, text: str = "", code: int = 0) -> Result:
        result = CliRunner(env=self._env).invoke(cli, args, input=text)
        assert result.exit_code == code, result.stderr
        return result

    def hub(self, *args: str, text: str = "", code: int = 0) -> Result:
        return self.run("hub", *args, text=text, code=code)


@pytest.fixture
def admin(postgres: Server, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, dsn=make_database(postgres).dsn)
    assert "of Northwind is set up" in desk.hub("create", "--organisation", "Northwind").stderr
    return desk


@pytest.fixture
def dana(admin: Desk, tmp_path: Path) -> Desk:
    invitation = admin.hub("member", "add", DANA).stdout
    desk = Desk(tmp_path, DANA)
    desk.run("people", "me", DANA)
    joined = desk.hub("join", "-", text=invitation)
    assert "in the hub of Northwind as Dana Holt, interviewer" in joined.stderr
    return desk


def test_setting_up_again_says_that_it_is_up_to_date(admin: Desk) -> None:
    assert "The hub of Northwind is up to date" in admin.hub("create").stderr
    assert "The hub has no members yet" in admin.hub("member", "list").stderr
    assert "Nothing has happened yet" in admin.hub("audit").stderr
    assert "No erased text is waiting" in admin.hub("clean").stderr


def test_an_invitation_is_used_once_and_its_password_kept_privately(
    admin: Desk, dana: Desk, tmp_path: Path
) -> None:
    file = Path(f"{dana.path}.hub.json")
    assert file.stat().st_mode & 0o777 == 0o600
    listed = admin.hub("member", "list").stdout
    assert "joined" in listed
    rows = json.loads(admin.hub("member", "list", "--json").stdout)
    assert [(row["name"], row["part"], row["is_active"]) for row in rows] == [
        (DANA, "interviewer", True)
    ]
    again = admin.hub("member", "add", TOM, "--also", "T. Berg").stdout
    text = tmp_path / "invitation.txt"
    text.write_text(f"{again[:40]}\n{again[40:]}")
    tom = Desk(tmp_path, TOM)
    assert "already belong to the hub of Northwind" in dana.hub("join", again, code=1).stderr
    stranger = Desk(tmp_path, "Nora Lind")
    stranger.run("people", "me", "Nora Lind")
    assert "is for Tom Berg, and here you are Nora" in stranger.hub("join", again, code=1).stderr
    tom.hub("join", str(text))
    late = Desk(tmp_path / "late", TOM)
    late.path.parent.mkdir()
    assert "does not accept your login" in late.hub("join", again, code=1).stderr
    assert not Path(f"{late.path}.hub.json").exists()


def test_a_round_by_commands(admin: Desk, dana: Desk, tmp_path: Path) -> None:
    dana.run("plan", "add", "--role", ROLE, "--candidate", ADA, "--interviewer", DANA)
    dana.run("role", "set", ROLE, "--owner", DANA, "--team")
    report = json.loads(dana.hub("sync", "--json").stdout)
    assert (report["waiting"], report["problem"], report["reasons"]) == (0, "", {})
    assert report["sent"] == 5
    assert "Sent: 0 documents" in dana.hub("sync").stderr
    status = dana.hub("status").stdout
    assert "Northwind · you are Dana Holt, interviewer" in status
    assert f"{ROLE}: 5 documents that you see" in status
    assert f"{ADA} · {ROLE}" in status
    assert json.loads(dana.hub("status", "--json").stdout)["organisation"] == "Northwind"
    assert "sent plan" in dana.hub("audit").stdout
    entries = json.loads(admin.hub("audit", "--json").stdout)
    assert {"invited", "joined", "sent role"} <= {entry["action"] for entry in entries}

    assert "Nothing was erased" in dana.hub("erase", ADA).stderr
    assert "Erased here: 1 candidate" in dana.hub("erase", ADA, "--yes").stderr
    assert "done by Dana Holt" in dana.hub("status").stdout
    cleaned = admin.hub("clean").stderr
    assert "Cleaned after 1 erasure" in cleaned
    assert "base backups" in cleaned

    assert "can no longer log in" in admin.hub("member", "off", DANA).stderr
    assert "closed" in admin.hub("member", "list").stdout
    assert "does not accept your login" in dana.hub("sync", code=1).stderr
    assert "no longer belong to the hub" in dana.hub("leave").stderr
    assert "belong to no hub" in dana.hub("sync", code=1).stderr


def test_what_the_hub_refuses_is_named_and_waits(admin: Desk, dana: Desk, tmp_path: Path) -> None:
    """Tom shares a role whose owner is no member, so that only this line waits."""
    dana.run("plan", "add", "--role", ROLE, "--candidate", ADA, "--interviewer", DANA)
    dana.run("role", "set", ROLE, "--owner", DANA, "--team")
    dana.hub("sync")
    admin.hub("member", "add", TOM)
    with psycopg.connect(admin.dsn, autocommit=True) as raw:
        raw.execute("DELETE FROM hub.member_name")
    dana.run("role", "set", ROLE, "--months", "3")
    with psycopg.connect(admin.dsn, autocommit=True) as raw:
        raw.execute("DELETE FROM hub.person")
    said = dana.hub("sync").stderr
    assert "1 document waits to be shared" in said
    assert "1 document: The role's new owner is not a member" in said
    assert "The role's new owner is not a member" in dana.hub("status").stderr


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("member", "off", "Nobody"), "There is no member called 'Nobody'"),
        (("member", "add", "dana  HOLT", "--organisation", "x"), "no organisation called 'x'"),
    ],
)
def test_wrong_names_are_told_apart(
    admin: Desk, dana: Desk, args: tuple[str, ...], sentence: str
) -> None:
    assert sentence in admin.hub(*args, code=1).stderr


def test_nothing_of_a_name_acts_on_the_terminal(admin: Desk, tmp_path: Path) -> None:
    name = f"Dana {ACTS}"
    invitation = admin.hub("member", "add", name).stdout
    desk = Desk(tmp_path)
    desk.run("people", "me", name)
    printed = [desk.hub("join", "-", text=invitation)]
    desk.run("plan", "add", "--role", ROLE, "--candidate", f"Ada {ACTS}", "--interviewer", name)
    desk.run("role", "set", ROLE, "--owner", name, "--team")
    printed += [desk.hub(command) for command in ("sync", "status", "audit")]
    printed += [admin.hub("member", "list"), admin.hub("audit"), admin.hub("member", "off", name)]
    for result in printed:
        assert acting(result.stdout + result.stderr) == []


def test_an_address_has_to_be_named(tmp_path: Path) -> None:
    """Without one, libpq would go to whatever database it finds on this machine."""
    desk = Desk(tmp_path)
    for args in (("create",), ("clean",), ("member", "list"), ("member", "off", "x")):
        desk.hub(*args, code=2)


def test_a_member_becomes_a_recruiter_and_stays_one(admin: Desk, dana: Desk) -> None:
    for options in (("--part", "recruiter"), ()):
        invitation = admin.hub("member", "add", DANA, *options).stdout
        (row,) = json.loads(admin.hub("member", "list", "--json").stdout)
        assert row["part"] == "recruiter"
        dana.hub("leave")
        assert "as Dana Holt, recruiter" in dana.hub("join", "-", text=invitation).stderr
    actions = [entry["action"] for entry in json.loads(dana.hub("audit", "--json").stdout)]
    assert actions.count("made recruiter") == 1


def test_an_audit_shows_one_entry_at_least(admin: Desk) -> None:
    assert "is not in the range" in admin.hub("audit", "--limit", "-1", code=2).stderr


def test_two_members_do_not_share_a_name(admin: Desk, dana: Desk) -> None:
    said = admin.hub("member", "add", "D. Holt", "--also", "dana holt", code=1).stderr
    assert "Another member is called dana holt" in said


def test_of_two_organisations_one_is_named(admin: Desk, dana: Desk) -> None:
    admin.hub("create", "--organisation", "Contoso")
    assert "several organisations" in admin.hub("member", "list", code=1).stderr
    admin.hub("member", "list", "--organisation", "contoso")


def test_a_database_without_a_hub_says_so(postgres: Server, tmp_path: Path) -> None:
    with psycopg.connect(postgres.dsn(), autocommit=True) as raw:
        raw.execute("CREATE DATABASE bare TEMPLATE template0")
        raw.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    desk = Desk(tmp_path, dsn=postgres.dsn("bare"))
    assert "There is no hub in this database" in desk.hub("member", "list", code=1).stderr
    latin = Desk(tmp_path, dsn=postgres.dsn("latin"))
    assert "keeps its text as LATIN1" in latin.hub("create", code=1).stderr


def test_only_certificates_go_into_an_invitation(admin: Desk, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("-----BEGIN PRIVATE KEY-----")
    said = admin.hub("member", "add", TOM, "--authority", str(key), code=1).stderr
    assert "holds something other than certificates" in said
    key.write_text("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n")
    text = admin.hub("member", "add", TOM, "--authority", str(key), "--host", "db.test").stdout
    invitation = read_invitation(text)
    assert (invitation.host, invitation.name) == ("db.test", TOM)
    assert "BEGIN CERTIFICATE" in invitation.authority


@pytest.mark.parametrize(
    "text",
    [
        *("", "hello", "ikhub1-", "ikhub1-e30", invitation_text(INVITATION)[:-9], "ikhub1-W10"),
        "ikhub1-" + base64.b64encode(b"[" * 90_000).decode(),
    ],
    ids=len,
)
def test_a_text_that_is_no_invitation_is_refused(text: str) -> None:
    with pytest.raises(InterviewKitError, match="not an invitation to a hub"):
        read_invitation(text)


def test_an_invitation_survives_a_mail() -> None:
    text = invitation_text(INVITATION)
    wrapped = "\r\n".join(text[start : start + 20] for start in range(0, len(text), 20))
    assert read_invitation(f"  {wrapped}\n") == INVITATION


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"address": {"host": 1}}'])
def test_a_damaged_file_of_the_hub_is_a_sentence(tmp_path: Path, content: str) -> None:
    Path(f"{tmp_path / 'r.db'}.hub.json").write_text(content)
    with pytest.raises(StorageError, match="does not say which hub"):
        membership.read_membership(tmp_path / "r.db")


def test_with_a_lost_password_one_leaves_and_joins_again(admin: Desk, dana: Desk) -> None:
    file = Path(f"{dana.path}.hub.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | {"password": None}))
    lost = dana.hub("status", code=1).stderr
    assert "password of your login at the hub is lost" in lost
    assert "interviewkit hub leave" in lost
    dana.hub("leave")
    dana.hub("join", "-", text=admin.hub("member", "add", DANA).stdout)
    dana.hub("sync")


def test_without_the_extra_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StorageError, match="libraries that a hub needs") as raised:
        connection.connect_as_administrator("host=x")
    assert "interviewkit[hub]" in raised.value.hint


def test_an_old_library_cannot_check_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg.pq, "version", lambda: 150_000)
    with pytest.raises(StorageError, match="too old to check"):
        connection.connect_as_administrator("host=x")
