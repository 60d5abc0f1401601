"""A hub whose administrator is no superuser, as on a managed server: CREATEROLE and CREATEDB."""

from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import errors

from interviewkit.cli.main import cli
from interviewkit.hub.administration import HubAdministration
from postgres_server import missing_server, server
from round_on_hub import (
    HubDatabase,
    Organisation,
    scorecard_document,
    visible,
)


@pytest.fixture(scope="module")
def managed() -> Iterator[HubDatabase]:
    """A database that belongs to its administrator, as one from a provider does."""
    if reason := missing_server():
        pytest.skip(reason)
    with server() as running:
        with psycopg.connect(running.dsn(), autocommit=True) as connection:
            connection.execute("CREATE ROLE provider_admin LOGIN CREATEROLE CREATEDB PASSWORD 'x'")
        dsn = f"{running.dsn(user='provider_admin')} password=x"
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("CREATE DATABASE managed TEMPLATE template0")
        yield HubDatabase(f"{running.dsn('managed', 'provider_admin')} password=x")


@pytest.fixture
def panel(managed: HubDatabase) -> Organisation:
    organisation = managed.organisation()
    organisation.open_panel()
    return organisation


def test_the_hub_is_set_up_and_says_what_stays_open(managed: HubDatabase) -> None:
    result = CliRunner().invoke(cli, ["hub", "create", managed.dsn, "--organisation", "Northwind"])
    assert result.exit_code == 0
    assert "A superuser has to close large objects to members" in result.stderr
    with managed.administration() as administration:
        assert administration.set_up("Northwind") == ("Northwind", (), ("large objects",))


def test_members_are_let_in_and_the_rule_holds(panel: Organisation) -> None:
    panel.send("Tom", scorecard_document("Tom"))
    with panel.connected("Dana") as dana, panel.connected("Priya") as priya:
        assert visible(dana) == {"s-r1-ada-Tom"}
        assert visible(priya) == set()
        for statement in ("CREATE TEMP TABLE t (x int)", "DELETE FROM hub.blind"):
            with pytest.raises(errors.InsufficientPrivilege):
                priya.execute(statement.encode())


def test_a_members_part_changes_and_a_closed_login_ends_its_sessions(panel: Organisation) -> None:
    panel.send("Tom", scorecard_document("Tom"))
    panel.join("Nora")
    panel.join("Nora", "recruiter")
    with panel.connected("Nora") as nora:
        assert visible(nora) == {"s-r1-ada-Tom"}
        with panel.database.administration() as administration:
            administration.close_member("Nora", panel.name)
        with pytest.raises(psycopg.OperationalError):
            nora.execute("SELECT 1")
    with psycopg.connect(panel.database.dsn) as connection:
        rows = connection.execute(
            "SELECT count(*) FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.roleid "
            "WHERE r.rolname = %s AND m.member = 'provider_admin'::regrole AND NOT m.admin_option",
            (panel.logins["Nora"].address.login,),
        ).fetchall()
    assert rows == [(0,)]  # the administrator does not stay one with the member


def test_erased_text_is_cleaned(panel: Organisation) -> None:
    with psycopg.connect(panel.database.dsn, autocommit=True) as connection:
        before = connection.execute("SELECT pg_relation_filepath('hub.sealed_document')").fetchone()
        connection.execute("INSERT INTO hub.rewrite_queue (org) SELECT org FROM hub.organisation")
        with HubAdministration(panel.database.dsn) as administration:
            assert administration.rewrite_tables() >= 1
        after = connection.execute("SELECT pg_relation_filepath('hub.sealed_document')").fetchone()
    assert before != after  # the table was written again, which a lesser right would have skipped
