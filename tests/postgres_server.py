"""A PostgreSQL of the tests' own: on a socket in a temporary folder, as an ordinary user."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONFIGURATION = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 64MB
autovacuum = off
max_parallel_workers_per_gather = 0
log_min_error_statement = fatal
"""
ADMITTED = "local all postgres trust\nlocal all all scram-sha-256\n"


def binaries() -> Path | None:
    """The folder of PostgreSQL 15 or newer; None where there is none that can be used here."""
    if os.name != "posix":
        return None
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
            version = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, check=True
            )
            if int(version.stdout.split()[2].split(".")[0]) >= 15:
                return folder
    return None


def missing_server() -> str:
    """Why no server can be started here; "" where it can."""
    if os.name != "posix":
        return "the tests' PostgreSQL is reached by a socket in a folder, which POSIX systems have"
    return "" if binaries() else "PostgreSQL 15 or newer is not installed"


class Server:
    """A running server; ``folder`` holds its socket."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self.folder = folder
        self._data = folder / "data"

    def dsn(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"host={self.folder} dbname={database} user={user}"

    def run(self, program: str, *args: str) -> None:
        subprocess.run(
            [str(self._programs / program), *args],
            check=True,
            capture_output=True,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC"},
            user="nobody" if os.geteuid() == 0 else None,  # PostgreSQL refuses to run as root
            group="nogroup" if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
        )

    def make(self, configuration: str = CONFIGURATION) -> None:
        self.run(
            *("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync"),
        )
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{configuration}unix_socket_directories = '{self.folder}'\n")
        (self._data / "pg_hba.conf").write_text(ADMITTED, encoding="utf-8")

    def configure(self, configuration: str, admitted: str = "") -> None:
        """In force after the next start; ``admitted`` are more lines of pg_hba.conf."""
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(configuration)
        (self._data / "pg_hba.conf").write_text(ADMITTED + admitted, encoding="utf-8")

    def own(self, *names: str) -> None:
        """Let files of the folder belong to whom the server runs as."""
        if os.geteuid() == 0:
            for name in names:
                shutil.chown(self.folder / name, "nobody", "nogroup")

    def start(self) -> None:
        self.run("pg_ctl", "-D", str(self._data), "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """As a power cut: the server ends at once, and recovers at its next start."""
        self.stop("immediate")

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def server(configuration: str = CONFIGURATION) -> Iterator[Server]:
    """One that runs until the block ends, and leaves nothing behind."""
    programs = binaries()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="ik-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        running = Server(programs, folder)
        running.make(configuration)
        running.start()
        try:
            yield running
        finally:
            running.stop()
