"""How a hub is reached: the only module that opens a connection, and safe unless it is local.

Over a network the server has to prove its name (``verify-full``) and that it knows the password
(SCRAM, bound to the channel). A socket of this machine has no network to guard against.
"""

import os
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple

from interviewkit.errors import InterviewKitError, StorageError
from interviewkit.shell_line import extra_install_line

if TYPE_CHECKING:
    from psycopg import Connection

Parameters = dict[str, str | int]
_TIMEOUTS: Parameters = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "tcp_user_timeout": 15_000,
    "application_name": "interviewkit",
}
_OVER_NETWORK: Parameters = {
    "sslmode": "verify-full",
    "sslrootcert": "system",
    "channel_binding": "require",
    "require_auth": "scram-sha-256",
}
# What a sync asks role by role is planned for a connection, not for each role.
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
PREPARED_AFTER = 1  # runs: preparing asks the server one more time, in vain if there is no second
_OLDEST_LIBRARY = 160_000  # libpq 16 knows require_auth and sslrootcert=system
_OLDEST_SERVER = 150_000


class HubAddress(NamedTuple):
    """Where a hub is and who logs in. ``authority`` is a file of certificates, or "" for those
    that the system trusts.
    """

    host: str
    port: int
    database: str
    login: str
    authority: str = ""


def connect_as_member(address: HubAddress, password: str) -> "Connection[tuple[Any, ...]]":
    """A connection as a member; StorageError says why there is none."""
    parameters: Parameters = {
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "user": address.login,
        "password": password,
        "options": PLANNED_ONCE,
    }
    if address.authority:
        parameters["sslrootcert"] = address.authority
    connection = _connect(_guarded(parameters, {"require_auth": "scram-sha-256"}))
    connection.prepare_threshold = PREPARED_AFTER
    return connection


def connect_as_administrator(dsn: str) -> "Connection[tuple[Any, ...]]":
    """A connection by a DSN, or by what libpq finds in the environment where it is empty.

    InterviewKitError for a DSN that cannot be read or that turns a guard off.
    """
    _require_library()
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parameters: Parameters = {
            name: value for name, value in conninfo_to_dict(dsn).items() if value is not None
        }
    except ProgrammingError:
        raise InterviewKitError(
            "The address of the hub cannot be read.",
            "Write it like postgresql://admin@db.example.com/hub; the password belongs in "
            "~/.pgpass or PGPASSWORD.",
        ) from None
    return _connect(_guarded(parameters, {}))


def _guarded(parameters: Parameters, on_this_machine: Parameters) -> Parameters:
    """With the guards that the place asks for; what is weaker than that is refused."""
    if _stays_on_this_machine(parameters):
        return {**_TIMEOUTS, **on_this_machine, **parameters}
    if parameters.get("sslmode", "verify-full") != "verify-full":
        raise InterviewKitError(
            "A hub on a network is reached only with sslmode=verify-full.",
            "Leave sslmode out, and give the server a certificate; docs/hub.md says how.",
        )
    return {**_TIMEOUTS, **_OVER_NETWORK, **parameters}


def _stays_on_this_machine(parameters: Parameters) -> bool:
    """Whether libpq would reach no other machine: it tries each host of a list, and takes from the
    environment or a service what is not given.
    """
    service = parameters.get("service") or os.environ.get("PGSERVICE")
    if service and not parameters.get("host"):
        return False
    hosts = str(parameters.get("host") or os.environ.get("PGHOST", ""))
    addresses = str(parameters.get("hostaddr") or os.environ.get("PGHOSTADDR", ""))
    return all(is_local(host.strip()) for host in f"{hosts},{addresses}".split(","))


def is_local(host: str) -> bool:
    """Whether a host is this machine: a folder of sockets, or a loopback address."""
    if host in ("", "localhost") or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _connect(parameters: Parameters) -> "Connection[tuple[Any, ...]]":
    _require_library()
    import psycopg

    from interviewkit.hub.refusals import hub_errors_explained

    with hub_errors_explained():
        connection = psycopg.connect(autocommit=True, prepare_threshold=None, **parameters)  # type: ignore[arg-type]
    if connection.info.server_version < _OLDEST_SERVER:
        connection.close()
        raise StorageError(
            f"The hub runs PostgreSQL {connection.info.server_version // 10_000}.",
            "It has to be PostgreSQL 15 or newer.",
        )
    return connection


def _require_library() -> None:
    try:
        import psycopg
    except ImportError as error:
        raise StorageError(
            "This interviewkit was installed without the libraries that a hub needs.",
            f"Install the extra: {extra_install_line('hub')}",
        ) from error
    if psycopg.pq.version() < _OLDEST_LIBRARY:
        raise StorageError(
            "The PostgreSQL library of this machine is too old to check a hub's certificate.",
            'Install a newer one: pip install "psycopg[binary]"',
        )
