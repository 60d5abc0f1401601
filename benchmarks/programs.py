"""The programs that are measured: ours on records of a known size, and the floors beside it."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from interviewkit.storage.store import Store  # noqa: E402
from support import begin, shipped  # noqa: E402

OURS = [sys.executable, "-m", "interviewkit"]
INTERVIEW = [
    *("interview", "--bank", "customer-focused-sales", "--role", "Account executive"),
    *("--candidate", "Ada Okafor", "--interviewer", "Priya Raman", "--kit", "first-45"),
]
BARE = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder="bare and ready", compact=True)
Bare().run()
"""
CLICK = """
import click
@click.group()
@click.version_option("1")
def cli(): pass
@cli.command()
def one(): "One."
cli()
"""


def bare(folder: Path) -> list[str]:
    """A Textual application with nothing but an Input."""
    return _written(folder / "bare.py", BARE)


def bare_click(folder: Path) -> list[str]:
    """A click group with one command."""
    return _written(folder / "bare_click.py", CLICK)


def records(folder: Path, notes: int) -> Path:
    """An interview at its third question, with so many notes on it."""
    path = folder / f"notes-{notes}.db"
    if not path.exists():
        with Store(path) as store:
            notebook = store.notebook(begin(store).id)
            notebook.go_to("broken-promise")
            texts = [f"note {number}: {number}k, rang Sandra" for number in range(notes)]
            notebook.add_notes("broken-promise", texts)
            store.bank(shipped().sha256)
    return path


def home(path: Path) -> list[str]:
    """The home screen on these records."""
    return [*OURS, "--db", str(path)]


def live(path: Path) -> list[str]:
    """The interview of these records, resumed."""
    return [*OURS, "--db", str(path), *INTERVIEW]


def _written(path: Path, code: str) -> list[str]:
    path.write_text(code, encoding="utf-8")
    return [sys.executable, str(path)]
