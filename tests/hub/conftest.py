"""Fixtures: a real server for the whole run, a database for each module."""

from collections.abc import Iterator

import pytest

from postgres_server import Server, missing_server, server
from round_on_hub import HubDatabase, make_database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if reason := missing_server():
        pytest.skip(reason)
    with server() as running:
        yield running


@pytest.fixture(scope="module")
def database(postgres: Server) -> HubDatabase:
    return make_database(postgres)
