"""Over a network the server has to prove who it is; here it listens on this machine alone."""

import datetime
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from interviewkit.errors import InterviewKitError
from interviewkit.hub.connection import _connect, _guarded
from postgres_server import CONFIGURATION, Server, missing_server, server

NAME = "hub.test"
AS_ADMIN = "host    all all 127.0.0.1/32 scram-sha-256\n"


class Network(NamedTuple):
    """A server with a certificate for ``NAME``, and the authority that signed it."""

    server: Server
    port: int
    authority: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificates(folder: Path) -> None:
    """An authority's certificate, and the server's signed by it, as files in ``folder``."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = datetime.datetime.now(datetime.UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    authority, host = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("Authority", NAME)
    )
    for subject, key, extension, file in (
        (authority, keys[0], x509.BasicConstraints(ca=True, path_length=None), "authority"),
        (host, keys[1], x509.SubjectAlternativeName([x509.DNSName(NAME)]), "server"),
    ):
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(authority)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(extension, critical=False)
            .sign(keys[0], hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        (folder / f"{file}.crt").write_bytes(pem)
    key_file = folder / "server.key"
    key_file.write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    key_file.chmod(0o600)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    if reason := missing_server():
        pytest.skip(reason)
    pytest.importorskip("cryptography")
    port = free_port()
    with server(f"{CONFIGURATION}port = {port}\n") as running:
        certificates(running.folder)
        running.own("server.key", "server.crt", "authority.crt")
        running.configure(
            "listen_addresses = '127.0.0.1'\nssl = on\n"
            f"ssl_cert_file = '{running.folder}/server.crt'\n"
            f"ssl_key_file = '{running.folder}/server.key'\n",
            AS_ADMIN,
        )
        running.stop("fast")
        running.start()
        with psycopg.connect(f"{running.dsn()} port={port}", autocommit=True) as connection:
            connection.execute("CREATE ROLE ik_0 LOGIN PASSWORD 'word'")
        authority = tmp_path_factory.mktemp("authority") / "authority.crt"
        authority.write_bytes((running.folder / "authority.crt").read_bytes())
        yield Network(running, port, authority)


def connect(network: Network, **changes: str | int) -> "psycopg.Connection[tuple[object, ...]]":
    """As a member's program does; the server's name is looked up here instead of by DNS."""
    parameters: dict[str, str | int] = {
        "host": NAME,
        "hostaddr": "127.0.0.1",
        "port": network.port,
        "dbname": "postgres",
        "user": "ik_0",
        "password": "word",
        "sslrootcert": str(network.authority),
    }
    return _connect(_guarded(parameters | changes, {}))


def test_a_server_that_proves_its_name_is_trusted(network: Network) -> None:
    with connect(network) as connection:
        rows = connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        assert rows.fetchall() == [(True,)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"host": "other.test"}, "certificate cannot be verified"),
        ({"sslrootcert": "system"}, "certificate cannot be verified"),
        ({"sslrootcert": "/nonexistent/authority.crt"}, "certificate cannot be verified"),
        ({"password": "wrong"}, "does not accept your login"),
    ],
)
def test_an_unproven_server_or_password_is_refused(
    network: Network, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InterviewKitError, match=sentence):
        connect(network, **changes)


def test_a_server_without_a_certificate_or_scram_gets_no_password(network: Network) -> None:
    network.server.configure("ssl = off\n", AS_ADMIN)
    network.server.stop("fast")
    network.server.start()
    with pytest.raises(InterviewKitError, match="does not offer a connection that can be trusted"):
        connect(network)
    network.server.configure("ssl = on\n", AS_ADMIN.replace("scram-sha-256", "password"))
    network.server.stop("fast")
    network.server.start()
    with pytest.raises(InterviewKitError, match="does not offer a connection that can be trusted"):
        connect(network)
