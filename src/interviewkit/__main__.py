"""The entry point of the command and of ``python -m interviewkit``."""

import sys

TYPE_CHECKING = False  # typing's own constant would cost --version the import
if TYPE_CHECKING:
    from types import TracebackType


def main() -> None:
    """Run the command line. ``--version`` alone is answered before anything is imported."""
    if sys.argv[1:] == ["--version"]:
        from interviewkit import __version__

        sys.stdout.write(f"interviewkit {__version__}\n")
        return
    sys.excepthook = _defect
    if sys.platform == "win32":
        from interviewkit.output_encoding import fit_output

        fit_output()
    if sys.stdout is not None and sys.stdout.errors == "strict":
        # A terminal or a pipe in another encoding than UTF-8 has no ✓: a ? in its place.
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    from interviewkit.cli.main import cli

    cli(prog_name="interviewkit")


def _defect(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """Imported only when it has come to this."""
    from interviewkit.crash_report import hook

    hook(kind, error, trace)


if __name__ == "__main__":
    main()
