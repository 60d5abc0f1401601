"""What a member's program does with a hub, over a real connection."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from interviewkit.errors import InterviewKitError, StorageError
from interviewkit.hub import client as client_module
from interviewkit.hub import connection as connection_module
from interviewkit.hub.client import CLIENT_QUERIES, HubConnection, HubDocument, digest_of, open_hub
from interviewkit.hub.connection import HubAddress, connect_as_administrator, is_local
from interviewkit.hub.refusals import REFUSALS, HubAwayError, RefusedByHubError, hub_error
from interviewkit.interview.sealed_document import canonical
from round_on_hub import (
    SEALED,
    HubDatabase,
    Organisation,
    candidate_line,
    plan_line,
    scorecard_document,
    settings_line,
)

ADA = hashlib.sha256(b"ada").hexdigest()


def document(content: dict[str, object], role: str = "r1") -> HubDocument:
    kind = str(content["type"])
    body = (
        canonical(content)
        if kind in SEALED
        else json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    )
    return HubDocument(role, kind, body, str(content.get("id", "")))


@contextmanager
def hub_of(organisation: Organisation, name: str) -> Iterator[HubConnection]:
    login = organisation.logins[name]
    with open_hub(login.address, login.password) as (hub, identity):
        assert identity.name == name
        yield hub


@pytest.fixture
def panel(database: HubDatabase) -> Organisation:
    organisation = database.organisation()
    organisation.join("Rita", "recruiter")
    organisation.open_panel()
    return organisation


def test_documents_come_back_byte_for_byte(panel: Organisation) -> None:
    scorecard = document(scorecard_document("Tom", summary="ÅŁ 日本 😀 1e2 \\u0041"))
    with hub_of(panel, "Tom") as hub:
        assert [reply.refusal for reply in hub.send([scorecard])] == [None]
        (of_r1, of_r2) = hub.seals(["r1", "r2"])
        seals = of_r1[1]
        assert (of_r1[0], of_r2) == ("r1", ("r2", set()))
        assert hashlib.sha256(scorecard.body).digest() in seals
        assert hub.digests(["r1", "r2"]) == {"r1": digest_of(list(seals)), "r2": digest_of([])}
        bodies = {found.body for found in hub.documents("r1", list(seals))}
        assert scorecard.body in bodies
        assert len(bodies) == len(seals) == 9


def test_a_refused_document_takes_no_other_along(panel: Organisation) -> None:
    bad = document(scorecard_document("Dana", key="not-toms"))
    unreadable = HubDocument("r1", "scorecard", b'{"type": "scorecard" oops}', "x")
    nul = HubDocument("r1", "scorecard", b'{"type":"scorecard","id":"a\\u0000b"}', "x")
    good = document(scorecard_document("Tom"))
    with hub_of(panel, "Tom") as hub:
        replies = list(hub.send([bad, good, unreadable, nul, good]))
    codes = [reply.refusal.code if reply.refusal else "" for reply in replies]
    assert codes == ["IK002", "", "IK007", "IK007", ""]


def test_the_same_id_with_another_content_is_a_refusal_not_silence(panel: Organisation) -> None:
    with hub_of(panel, "Tom") as hub:
        list(hub.send([document(scorecard_document("Tom"))]))
        (reply,) = hub.send([document(scorecard_document("Tom", summary="later"))])
    assert reply.refusal is not None
    assert reply.refusal.code == "IK011"
    with hub_of(panel, "Priya") as hub:
        (reply,) = hub.send([document(scorecard_document("Priya", key="s-r1-ada-Tom"))])
    assert reply.refusal is not None
    assert reply.refusal.code == "IK011"


def test_what_becomes_visible_by_ones_own_submission_shows_in_the_digest(
    panel: Organisation,
) -> None:
    """Nothing was written that a cursor could find: the digest differs all the same."""
    with hub_of(panel, "Tom") as tom, hub_of(panel, "Priya") as priya:
        list(tom.send([document(scorecard_document("Tom"))]))
        before = priya.digests(["r1"])["r1"]
        ((_, seals),) = priya.seals(["r1"])
        list(priya.send([document(scorecard_document("Priya"))]))
        after = priya.digests(["r1"])["r1"]
        assert after.documents == before.documents + 2
        ((_, later),) = priya.seals(["r1"])
        texts = [found.body for found in priya.documents("r1", sorted(later - seals))]
        assert any(b"what Tom thinks of ada" in text for text in texts)


def test_a_time_ahead_of_the_hubs_is_kept_and_marked(panel: Organisation) -> None:
    ahead = document(scorecard_document("Tom", submitted_at="2999-01-01T00:00:00Z"))
    with hub_of(panel, "Tom") as hub:
        assert [reply.refusal for reply in hub.send([ahead])] == [None]
        (kept,) = hub.documents("r1", [hashlib.sha256(ahead.body).digest()])
        assert kept.is_ahead


def test_an_erasure_leaves_a_tombstone_and_lets_nothing_back_in(panel: Organisation) -> None:
    scorecard = document(scorecard_document("Tom"))
    with hub_of(panel, "Tom") as tom, hub_of(panel, "Dana") as dana:
        list(tom.send([scorecard]))
        with pytest.raises(RefusedByHubError, match="Only the role's owner or a recruiter"):
            tom.erase(ADA, "request")
        assert dana.erase(ADA, "request") == 4
        assert dana.erase(ADA, "request") == 0
        (tombstone,) = tom.tombstones()
        assert tombstone.id_sha256 == ADA
        assert (tombstone.kind, tombstone.why) == ("candidate", "request")
        for line in (scorecard, document(candidate_line()), document(plan_line("Tom"))):
            (reply,) = dana.send([line]) if not line.is_sealed else tom.send([line])
            assert reply.refusal is not None
            assert reply.refusal.code == "IK004"
        tom.acknowledge(tombstone.id_sha256)
        tom.acknowledge(tombstone.id_sha256, "hold")
        with pytest.raises(RefusedByHubError):
            tom.acknowledge("0" * 64)
    with hub_of(panel, "Rita") as rita:
        assert rita.acknowledgements() == [(tombstone.id_sha256, "Tom", "hold")]
        assert ("Dana", "erased") in {(name, action) for _, name, action, _ in rita.audit()}
        assert not any(subject == "ada" for *_, subject in rita.audit())


def test_a_recruiter_keeps_somebody_out_of_whom_nothing_is_there_yet(panel: Organisation) -> None:
    zed = hashlib.sha256(b"zed").hexdigest()
    with hub_of(panel, "Rita") as rita, hub_of(panel, "Dana") as dana:
        with pytest.raises(RefusedByHubError, match="Only the role's owner or a recruiter"):
            dana.erase(zed, "request")
        with pytest.raises(RefusedByHubError, match="cannot read it"):
            rita.erase("zed", "request")
        assert rita.erase(zed, "request") == 0
        (reply,) = dana.send([document(candidate_line("zed"))])
        assert reply.refusal is not None
        assert reply.refusal.code == "IK004"


def test_a_hold_stops_an_erasure(panel: Organisation) -> None:
    panel.send("Dana", settings_line("Dana", version=2, hold="a claim"))
    with hub_of(panel, "Rita") as rita:
        with pytest.raises(RefusedByHubError, match="under a legal hold"):
            rita.erase(ADA, "request")
        assert rita.tombstones() == []


def test_erased_text_is_gone_from_the_tables_once_they_were_written_again(
    panel: Organisation,
) -> None:
    word = "an-erased-word-of-ada"
    with hub_of(panel, "Tom") as tom, hub_of(panel, "Dana") as dana:
        list(tom.send([document(scorecard_document("Tom", summary=word))]))
        dana.erase(ADA, "mistake")
    with panel.database.administration() as administration:
        assert administration.rewrite_tables() >= 1
        assert administration.rewrite_tables() == 0
    with panel.database.superuser() as connection:
        path, heap = connection.execute(
            "SELECT pg_relation_filepath('hub.sealed_document'), "
            "pg_read_binary_file(pg_relation_filepath('hub.sealed_document'))"
        ).fetchall()[0]
        assert path
        assert word.encode() not in heap


def test_a_former_password_opens_nothing(panel: Organisation) -> None:
    login = panel.invite("Nora")
    with HubConnection(login.address, login.password) as hub:
        hub.accept_invitation("another-password")
        assert hub.identify().part == "interviewer"
    with pytest.raises(StorageError, match="does not accept your login"):
        HubConnection(login.address, login.password)
    with open_hub(login.address, "another-password") as (_, identity):
        assert identity == (panel.name, identity.login, "Nora", "interviewer", 3, True)


@pytest.mark.parametrize("name", CLIENT_QUERIES)
@pytest.mark.parametrize("member", ["Dana", "Priya", "Rita"])
def test_no_query_reads_the_whole_table(panel: Organisation, name: str, member: str) -> None:
    """Every query names its roles: with many documents PostgreSQL goes by an index."""
    with panel.database.superuser() as connection, connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        for table, kind in (("sealed_document", "scorecard"), ("record_line", "person")):
            more = ", is_ahead" if table == "sealed_document" else ""
            connection.execute(
                f"INSERT INTO hub.{table} (org, kind, id, role, candidate, candidate_hash, "
                f"author, body, received_at{more}) SELECT org, '{kind}', 'x' || n, "
                f"'r' || n %% 500, 'c' || n %% 900, '', 'm', convert_to('x' || n, 'UTF8'), now()"
                f"{', false' if more else ''} FROM hub.identity, generate_series(1, 4000) AS n "
                "WHERE login = %s".encode(),
                (panel.logins[member].address.login,),
            )
        connection.execute("ANALYZE hub.sealed_document")
        connection.execute("ANALYZE hub.record_line")
        login = panel.logins[member].address.login
        org, _ = connection.execute(
            "SELECT org, login FROM hub.identity WHERE login = %s", (login,)
        ).fetchall()[0]
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {login}".encode())
        values = {
            "org": org,
            "login": login,
            "role": "r1",
            "roles": ["r1", "r2"],
            "seals": [b"x"],
            "kind": "scorecard",
            "id": "x1",
        }
        plan = connection.execute(f"EXPLAIN {CLIENT_QUERIES[name]}".encode(), values).fetchall()
        text = "\n".join(str(row[0]) for row in plan)
        assert "Index" in text
        assert "Seq Scan on sealed_document" not in text, text
        assert "Seq Scan on record_line" not in text, text


def test_every_query_for_documents_is_among_those_explained() -> None:
    from pathlib import Path

    source = Path(client_module.__file__).read_text(encoding="utf-8")
    queries = source.count("FROM hub.sealed_document") + source.count("FROM hub.record_line")
    explained = " ".join(CLIENT_QUERIES.values())
    assert queries == explained.count("FROM hub.sealed_document") + explained.count(
        "FROM hub.record_line"
    )
    assert all("role = " in query for query in CLIENT_QUERIES.values())


def test_values_are_bound_by_the_server() -> None:
    """A value that the client writes into the statement would end in the server's log."""
    from pathlib import Path

    folder = Path(connection_module.__file__).parent
    assert not any("ClientCursor" in path.read_text("utf-8") for path in folder.glob("*.py"))


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("/tmp/x", True),
        ("", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("db.example.com", False),
        ("10.0.0.4", False),
    ],
)
def test_what_counts_as_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_a_network_is_guarded_and_no_guard_is_turned_off() -> None:
    guarded = connection_module._guarded({"host": "db.example.com"}, {})
    assert guarded["sslmode"] == "verify-full"
    assert guarded["channel_binding"] == "require"
    assert guarded["require_auth"] == "scram-sha-256"
    assert guarded["connect_timeout"] == 5
    with pytest.raises(InterviewKitError, match="only with sslmode=verify-full"):
        connect_as_administrator("host=db.example.com sslmode=require")
    with pytest.raises(InterviewKitError, match="address of the hub cannot be read"):
        connect_as_administrator("host=db.example.com nonsense=1")


@pytest.mark.parametrize(
    ("parameters", "environment", "is_guarded"),
    [
        ({"host": "/tmp/x"}, {}, False),
        ({}, {}, False),
        ({}, {"PGHOST": "/tmp/x"}, False),
        ({}, {"PGHOST": "db.example.com"}, True),
        ({"host": "/tmp/x,db.example.com"}, {}, True),
        ({"host": "localhost", "hostaddr": "10.0.0.4"}, {}, True),
        ({"host": "localhost"}, {"PGHOSTADDR": "10.0.0.4"}, True),
        ({"service": "hub"}, {}, True),
        ({}, {"PGSERVICE": "hub"}, True),
    ],
)
def test_no_roundabout_way_to_another_machine_is_unguarded(
    monkeypatch: pytest.MonkeyPatch,
    parameters: dict[str, str | int],
    environment: dict[str, str],
    is_guarded: bool,
) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    guarded = connection_module._guarded(parameters, {})
    assert (guarded.get("sslmode") == "verify-full") is is_guarded


def test_a_hub_that_is_away_says_so() -> None:
    address = HubAddress("/nonexistent-folder", 5432, "hub", "ik_0")
    with pytest.raises(HubAwayError, match="cannot be reached now") as raised:
        HubConnection(address, "x")
    assert "next sync" in raised.value.hint


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (psycopg.OperationalError("server certificate for x"), "certificate cannot be verified"),
        (psycopg.OperationalError("server does not support SSL"), "can be trusted"),
        (psycopg.errors.DiskFull("x"), "cannot be reached now"),
        (psycopg.errors.InsufficientPrivilege("x"), "does not allow that"),
        (psycopg.errors.UndefinedTable("secret"), r"SQLSTATE 42P01"),
    ],
)
def test_each_fault_is_a_sentence_of_ours(error: psycopg.Error, sentence: str) -> None:
    explained = hub_error(error)
    assert sentence in explained.message
    assert "secret" not in str(explained)
    assert explained.hint


def test_every_refusal_of_the_schema_has_a_sentence() -> None:
    import re

    from interviewkit.hub.schema_runner import schema_files

    codes = {code for file in schema_files() for code in re.findall(r"'(IK\d{3})'", file.sql)}
    assert codes | {"IK011"} == set(REFUSALS)
    assert all(message and hint for message, hint in REFUSALS.values())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE hub.compatibility SET oldest_reader = 99", "needs an interviewkit that knows"),
        ("UPDATE hub.schema_file SET number = -3 WHERE number = 3", "this interviewkit needs 3"),
    ],
)
def test_a_hub_of_another_age_is_refused(panel: Organisation, change: str, sentence: str) -> None:
    with panel.database.superuser() as connection:
        connection.execute(change.encode())
        try:
            with pytest.raises(StorageError, match=sentence), hub_of(panel, "Tom"):
                pass
        finally:
            connection.execute("UPDATE hub.compatibility SET oldest_reader = 1")
            connection.execute("UPDATE hub.schema_file SET number = abs(number)")


def test_a_newer_hub_that_only_its_writers_need_is_read(panel: Organisation) -> None:
    with panel.database.superuser() as connection:
        connection.execute("UPDATE hub.compatibility SET oldest_writer = 99")
        login = panel.logins["Tom"]
        with open_hub(login.address, login.password) as (hub, identity):
            assert not identity.may_write
            ((_, seals),) = hub.seals(["r1"])
            assert seals
        connection.execute("UPDATE hub.compatibility SET oldest_writer = 1")
