"""The entry point of the command and of ``python -m interviewkit``."""

import os
import sys

TYPE_CHECKING = False  # typing's own constant would cost --version the import
if TYPE_CHECKING:
    from collections.abc import Sequence
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
    if _opens_home(sys.argv[1:]):
        _open_home(sys.argv[2:])
    else:
        from interviewkit.cli.main import cli

        cli(prog_name="interviewkit")


def _opens_home(args: "Sequence[str]") -> bool:
    """Whether nothing is asked for but the application, perhaps on records of their own.

    At Tab a shell calls the program without arguments, too.
    """
    return (not args or (args[0] == "--db" and len(args) == 2)) and (
        "_INTERVIEWKIT_COMPLETE" not in os.environ
    )


def _open_home(records: "Sequence[str]") -> None:
    """Open the application as ``cli`` would, without loading click, which takes as long as all that
    home needs of the records. A failure is handed over to ``cli``, which says it.
    """
    from pathlib import Path

    from interviewkit.breadcrumbs import add_breadcrumb
    from interviewkit.cli.run_app import open_app

    add_breadcrumb("command the application")
    try:
        open_app(Path(records[0]) if records else None)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - raised again there
        from interviewkit.cli.main import cli

        cli([], prog_name="interviewkit", obj=error)


def _defect(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """Imported only when it has come to this."""
    from interviewkit.crash_report import hook

    hook(kind, error, trace)


if __name__ == "__main__":
    main()
