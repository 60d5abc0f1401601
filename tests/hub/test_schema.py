"""The runner: each file one time, all or none."""

import threading

import pytest
from psycopg import errors

from interviewkit.errors import BlockedError, StorageError
from interviewkit.hub.schema_runner import SchemaFile, run_schema, schema_files
from postgres_server import Server
from round_on_hub import HubDatabase, make_database

ROLES = {"hub_owner": "postgres", "hub_members": "postgres"}


def test_setting_up_twice_changes_nothing(database: HubDatabase) -> None:
    with database.administration() as administration:
        setup = administration.set_up("Northwind")
        assert [name.partition("_")[0] for name in setup.files] == ["001", "002", "003"]
        assert setup.missing_guards == ()
        assert administration.set_up("Northwind") == ("Northwind", (), ())
        assert administration.set_up("") == ("Northwind", (), ())


def test_a_hub_without_an_organisation_is_refused(postgres: Server) -> None:
    with (
        make_database(postgres).administration() as administration,
        pytest.raises(BlockedError, match="The organisation has no name"),
    ):
        administration.set_up(" ")


def test_six_at_once_set_it_up_one_time(postgres: Server) -> None:
    fresh = make_database(postgres)
    with fresh.superuser() as connection:
        connection.execute("CREATE SCHEMA hub")
    results: list[list[str]] = []

    def run() -> None:
        with fresh.superuser() as connection, connection.transaction():
            results.append(run_schema(connection, ROLES))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, results)) == [0, 0, 0, 0, 0, len(schema_files())]


def test_a_file_that_fails_leaves_nothing(database: HubDatabase) -> None:
    database.organisation()
    faulty = SchemaFile(4, "004_faulty.sql", "CREATE TABLE hub.x (y int); SELECT 1 / 0;")
    with database.superuser() as connection:
        with pytest.raises(errors.DivisionByZero), connection.transaction():
            run_schema(connection, ROLES, [*schema_files(), faulty])
        rows = connection.execute("SELECT to_regclass('hub.x'), max(number) FROM hub.schema_file")
        assert rows.fetchall() == [(None, 3)]


def test_a_changed_file_and_a_newer_hub_are_refused(database: HubDatabase) -> None:
    database.organisation()
    tables, *remainder = schema_files()
    changed = tables._replace(sql=f"{tables.sql}-- changed")
    with database.superuser() as connection:
        with pytest.raises(StorageError, match=r"001_tables\.sql is not the file") as raised:
            run_schema(connection, ROLES, [changed, *remainder])
        assert "Nothing was changed" in raised.value.hint
        with pytest.raises(StorageError, match="of schema 3; this interviewkit knows schemas up"):
            run_schema(connection, ROLES, [tables])
