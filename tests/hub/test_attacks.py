"""What a member may try with their password and a client of their own; docs/hub.md lists it.

Each connection here is raw: what the program would not do is done by SQL.
"""

from collections.abc import Iterator, Mapping

import psycopg
import pytest
from psycopg import errors

from interviewkit.hub.connection import connect_as_member
from interviewkit.interview.people import id_of_name
from round_on_hub import (
    Connection,
    HubDatabase,
    Organisation,
    candidate_line,
    person_line,
    plan_line,
    role_line,
    scorecard_document,
    send,
    settings_line,
    visible,
)

SECRET = "a-word-that-occurs-nowhere-else"


@pytest.fixture(scope="module")
def panel(database: HubDatabase) -> Organisation:
    """Dana owns the role; Tom has submitted, Mallory is still to interview Ada."""
    organisation = database.organisation()
    for name in ("Dana", "Tom", "Mallory", "Outis"):
        organisation.join(name)
    people = [person_line(name) for name in ("Dana", "Tom", "Mallory")]
    organisation.send("Dana", role_line(), candidate_line(), *people, settings_line("Dana"))
    organisation.send("Dana", plan_line("Tom"), plan_line("Mallory"))
    organisation.send("Tom", scorecard_document("Tom", summary=SECRET))
    return organisation


@pytest.fixture
def mallory(panel: Organisation) -> Iterator[Connection]:
    with panel.connected("Mallory") as connection:
        yield connection


def refused(connection: Connection, code: str, statement: str, *values: object) -> None:
    with pytest.raises(psycopg.Error) as raised, connection.transaction():
        connection.execute(statement.encode(), values or None)
    assert raised.value.sqlstate == code
    # From PostgreSQL 16 on, the server says which of its own roles may do such a thing.
    detail = raised.value.diag.message_detail or ""
    assert detail == "" or detail.startswith("Only roles with ")
    assert SECRET not in str(raised.value)


FORGED: dict[str, tuple[Mapping[str, object], str]] = {
    "another's name": (scorecard_document("Tom", key="x1"), "IK002"),
    "another's id under one's own name": (
        scorecard_document("Mallory", key="x2", interviewer_id="p-Tom"),
        "IK002",
    ),
    "the id that is made of another's name": (
        scorecard_document("Mallory", key="x3", interviewer_id=id_of_name("Tom")),
        "IK002",
    ),
    "a candidate whom the role does not have": (
        scorecard_document("Mallory", "zed", key="x4"),
        "IK012",
    ),
    "a role without a seat": (scorecard_document("Mallory", role="r9", key="x5"), "IK003"),
    "an amendment of another's scorecard": (
        {
            "type": "amendment",
            "id": "x6",
            "scorecard": "s-r1-ada-Tom",
            "interviewer": "Mallory",
            "at": "2026-03-02T10:00:00Z",
        },
        "IK013",
    ),
    "a decision as an interviewer": (
        {
            "type": "decision",
            "id": "x7",
            "role": "r1",
            "candidate": "ada",
            "by": "Mallory",
            "at": "2026-03-02T10:00:00Z",
        },
        "IK005",
    ),
    "no id": ({**scorecard_document("Mallory"), "id": ""}, "IK007"),
    "no time": ({**scorecard_document("Mallory", key="x8"), "submitted_at": "soon"}, "IK007"),
    "settings of another's role": (settings_line("Mallory", "all", 2), "IK005"),
    "a plan of one's own": (plan_line("Mallory", "zed"), "IK005"),
    "one's own plan, cancelled": (
        plan_line("Mallory", state="cancelled", changed_at="2026-03-03T09:00:00Z"),
        "IK005",
    ),
    "another title for the role": ({**role_line(), "title": "Mine"}, "IK005"),
    "a line that belongs to another role": (plan_line("Mallory", role="r9"), "IK007"),
    "a kind that is not shared": ({"type": "log_head", "id": "x"}, "IK007"),
}


@pytest.mark.parametrize("what", FORGED)
def test_forged_documents_are_refused(mallory: Connection, what: str) -> None:
    document, code = FORGED[what]
    with pytest.raises(psycopg.Error) as raised:
        send(mallory, document)
    assert raised.value.sqlstate == code


def test_a_plan_by_another_is_not_taken_over_from_a_role_of_ones_own(mallory: Connection) -> None:
    """Making a role is leading it; that reaches no candidate and no entry of another role."""
    with mallory.transaction(force_rollback=True):
        send(mallory, role_line("mine"), "mine")
        send(mallory, candidate_line(), "mine")
        entry = {
            **plan_line("Mallory", role="mine", state="cancelled"),
            "id": "plan-r1-ada-Mallory",
        }
        alias = {"type": "alias", "kind": "candidate", "alias": "ada", "target": "zed"}
        alias |= {"at": "2026-03-02T10:00:00Z", "by": "Mallory"}
        of_role = {**alias, "kind": "role", "alias": "r1", "target": "mine"}
        of_person = {**alias, "kind": "person"}
        person = {"type": "person", "id": id_of_name("Outis"), "name": "Mallory"}
        for document, code in (
            (entry, "IK007"),
            (alias, "IK005"),
            (of_role, "IK005"),
            (of_person, "IK007"),
        ):
            with pytest.raises(psycopg.Error) as raised, mallory.transaction():
                send(mallory, document, "mine")
            assert raised.value.sqlstate == code
        send(mallory, person, "mine")
        with pytest.raises(psycopg.Error) as raised, mallory.transaction():
            send(mallory, scorecard_document("Mallory", interviewer_id=id_of_name("Outis")))
        assert raised.value.sqlstate == "IK002"


def test_somebody_elses_id_is_not_overwritten(mallory: Connection, panel: Organisation) -> None:
    refused_id = scorecard_document("Mallory", key="s-r1-ada-Tom")
    with pytest.raises(errors.UniqueViolation):
        send(mallory, refused_id)
    with panel.connected("Tom") as tom:
        rows = tom.execute("SELECT convert_from(body, 'UTF8') FROM hub.sealed_document").fetchall()
        assert SECRET in str(rows)


def test_columns_that_the_hub_fills_in_cannot_be_given(mallory: Connection) -> None:
    for column in ("org", "author", "role", "candidate", "received_at", "is_ahead", "kind", "id"):
        refused(
            mallory,
            "42501",
            f"INSERT INTO hub.sealed_document (body, {column}) VALUES ('\\x00', NULL)",
        )
    with pytest.raises(errors.GeneratedAlways):
        mallory.execute("INSERT INTO hub.sealed_document (body, seal) VALUES ('', '')")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hub.sealed_document SET body = ''",
        "DELETE FROM hub.sealed_document",
        "TRUNCATE hub.sealed_document",
        "DELETE FROM hub.record_line",
        "DELETE FROM hub.blind",
        "UPDATE hub.seat SET reads_all = true",
        "INSERT INTO hub.sight SELECT org, login, 'r1', 'ada' FROM hub.identity",
        "INSERT INTO hub.erasure_under_way SELECT org, 'ada' FROM hub.identity",
        "UPDATE hub.identity SET sees_all = true",
        "DELETE FROM hub.audit",
        "INSERT INTO hub.gone (org, kind, id_sha256) SELECT org, 'role', '' FROM hub.identity",
        "ALTER TABLE hub.sealed_document DISABLE TRIGGER ALL",
        "ALTER TABLE hub.sealed_document DISABLE ROW LEVEL SECURITY",
        "DROP POLICY not_blind ON hub.sealed_document",
        "CREATE FUNCTION hub.f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE TABLE public.t (x int)",
        "CREATE TEMP TABLE t (x int)",
        "CREATE FUNCTION pg_temp.f(text) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RAISE; END'",
        "CREATE ROLE friend",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, '')",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY hub.identity TO PROGRAM 'cat'",
        "COPY (SELECT 1) TO '/tmp/x'",
        "SELECT hub.parse('')",
        "SELECT hub.refresh_role('', '')",
        "SELECT hub.log('', '', '', '')",
        "SELECT hub.claim('', '', '')",
        "SELECT owner FROM hub.role",
        "SELECT * FROM hub.member_name",
        "SELECT * FROM hub.plan",
        "SELECT * FROM hub.person",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
    ],
)
def test_what_the_server_does_not_allow(mallory: Connection, statement: str) -> None:
    refused(mallory, "42501", statement)


def test_a_copy_into_a_table_is_refused(mallory: Connection) -> None:
    with (
        pytest.raises(errors.FeatureNotSupported),
        mallory.cursor().copy("COPY hub.sealed_document (body) FROM STDIN") as copy,
    ):
        copy.write_row([b"{}"])


def test_nobody_becomes_somebody_else(mallory: Connection, panel: Organisation) -> None:
    tom = panel.logins["Tom"].address.login
    mallory.execute(
        "SELECT set_config('hub.member', 'Tom', false), set_config('role', 'none', false)"
    )
    assert visible(mallory) == set()
    for role in ("postgres", tom):
        refused(mallory, "42501", f"SET ROLE {role}")
        refused(mallory, "42501", f"SET SESSION AUTHORIZATION {role}")
    owner = mallory.execute(
        "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'hub'"
    ).fetchall()[0][0]
    refused(mallory, "42501", f"SET ROLE {owner}")
    mallory.execute("SET row_security = off")
    refused(mallory, "42501", "SELECT * FROM hub.sealed_document")


def test_what_is_hidden_is_not_read_by_a_way_around(mallory: Connection) -> None:
    def texts(statement: str) -> str:
        return str(mallory.execute(statement.encode()).fetchall())

    assert texts("SELECT count(*) FROM hub.sealed_document") == "[(0,)]"
    # Division by zero would tell of a row that is looked at before the policy has filtered it.
    assert texts("SELECT 1 FROM hub.sealed_document WHERE 1 / (length(body) * 0) = 1") == "[]"
    assert texts("SELECT * FROM pg_stats WHERE schemaname = 'hub'") == "[]"
    assert texts("SELECT relname FROM pg_stat_user_tables WHERE relname = 'x'") == "[]"
    with mallory.cursor().copy("COPY hub.sealed_document (id, body) TO STDOUT") as copy:
        assert b"".join(copy) == b""
    # An author is checked before a foreign key could tell whether an id exists: there is none.
    assert (
        texts(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' "
            "AND connamespace = 'hub'::regnamespace"
        )
        == "[]"
    )


def test_logins_name_nobody(mallory: Connection, panel: Organisation) -> None:
    names = [str(row[0]) for row in mallory.execute("SELECT rolname FROM pg_roles")]
    assert [
        name for name in names if not name.startswith(("pg_", "ik_")) and name != "postgres"
    ] == []
    assert (
        mallory.execute(
            "SELECT * FROM pg_shdescription JOIN pg_roles ON pg_roles.oid = objoid "
            "WHERE rolname LIKE 'ik%'"
        ).fetchall()
        == []
    )


def test_another_organisation_is_out_of_sight(database: HubDatabase, panel: Organisation) -> None:
    elsewhere = database.organisation()
    elsewhere.join("Rita", "recruiter")
    with elsewhere.connected("Rita") as connection:
        for table in ("sealed_document", "record_line", "gone", "audit", "blind"):
            rows = connection.execute(f"SELECT org FROM hub.{table}".encode()).fetchall()
            own = connection.execute("SELECT org FROM hub.identity").fetchall()
            assert set(rows) <= set(own)
        with pytest.raises(psycopg.Error) as raised:
            send(connection, scorecard_document("Rita"))
        assert raised.value.sqlstate == "IK003"


def test_an_outsider_sees_that_the_organisation_exists_and_no_more(panel: Organisation) -> None:
    with panel.connected("Outis") as connection:
        for table in ("sealed_document", "record_line", "acknowledgement", "blind", "seat"):
            assert connection.execute(f"TABLE hub.{table}".encode()).fetchall() == []
        assert connection.execute("SELECT id FROM hub.role").fetchall() == []
        assert connection.execute("SELECT name FROM hub.member").fetchall() == [("Outis",)]


def test_an_invitation_sees_nothing_until_it_is_accepted(panel: Organisation) -> None:
    panel.invite("Ines", "recruiter")
    with panel.connected("Ines") as connection:
        assert connection.execute("SELECT count(*) FROM hub.sealed_document").fetchone() == (0,)
        with pytest.raises(psycopg.Error) as raised:
            send(connection, role_line("ri"), "ri")
        assert raised.value.sqlstate == "IK001"
    with panel.database.superuser() as connection:
        connection.execute(
            "UPDATE hub.identity SET invited_until = now() - interval '1 hour' WHERE login = %s",
            (panel.logins["Ines"].address.login,),
        )
    with panel.connected("Ines") as connection:
        refused(connection, "IK010", "SELECT hub.accept_invitation()")


def test_a_closed_login_opens_nothing(panel: Organisation) -> None:
    login = panel.join("Leo")
    with panel.connected("Leo") as connection:
        with panel.database.administration() as administration:
            administration.close_member("Leo", panel.name)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with pytest.raises(Exception, match="does not accept your login"):
        connect_as_member(login.address, login.password)


def test_not_even_a_superuser_changes_a_document(panel: Organisation) -> None:
    with panel.database.superuser() as connection:
        for table in ("sealed_document", "record_line"):
            refused(connection, "IK008", f"UPDATE hub.{table} SET body = ''")
            refused(connection, "IK008", f"DELETE FROM hub.{table}")
        refused(connection, "IK008", "DELETE FROM hub.audit")
        refused(connection, "IK008", "UPDATE hub.audit SET action = ''")


def test_the_servers_log_quotes_no_document(panel: Organisation, mallory: Connection) -> None:
    from pathlib import Path

    broken: Mapping[str, object] = scorecard_document("Tom", key="log", summary="q-9-quoted")
    with pytest.raises(psycopg.Error):
        send(mallory, broken)
    with pytest.raises(psycopg.Error) as raised:
        mallory.execute(
            "INSERT INTO hub.sealed_document (body) VALUES (%s)", (b'{"x": "q-9-quoted" oops}',)
        )
    assert raised.value.sqlstate == "IK007"
    assert "q-9-quoted" not in str(raised.value)
    log = Path(panel.logins["Tom"].address.host, "log").read_text(encoding="utf-8")
    assert "refused by the hub" in log
    assert "q-9-quoted" not in log
