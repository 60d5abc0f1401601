"""``interviewkit demo``: a hiring round to look at, typed into a throw-away database.

The round is a file of typed lines, replayed through the same notebook a live interview uses, so
that the example cannot hold anything a real interview could not.
"""

import os
import tempfile
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import click

from interviewkit.cli.output import echo
from interviewkit.errors import InterviewKitError
from interviewkit.shell_line import shell_command


@click.command("demo")
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Only write the database to FILE, which must not exist yet.",
)
def demo(target: Path | None) -> None:
    """Open a throwaway database with one role, and six candidates with three interviewers each.

    One interview is left halfway, to be resumed. The first row of the list is a rehearsal with an
    invented candidate who answers. It does not touch your own records.
    """
    if target is not None:
        write_demo(target)
        command = shell_command("--db", str(target))
        echo(f"Wrote {target}. Open it with: {command}", err=True)
        return
    from interviewkit.cli.run_app import refuse_without_terminal, run_screens
    from interviewkit.storage.store import Store

    refuse_without_terminal()
    with tempfile.TemporaryDirectory(prefix="interviewkit-demo-") as folder:
        path = Path(folder) / "demo.db"
        echo("Preparing the example…", err=True)
        last_interview = write_demo(path)
        with Store(path, is_lasting=False) as store:
            run_screens(store, user=last_interview, offers_practice=True)


def write_demo(path: Path) -> str:
    """Write the example to a new file; gives the interviewer whose interview is half-way.

    Raises InterviewKitError when something is at ``path`` already: an example never mixes with
    real records.
    """
    import yaml

    from interviewkit.banks.library import shipped_folder
    from interviewkit.banks.loader import read_bank
    from interviewkit.storage.store import Store
    from interviewkit.workflows.demo_replay import Replayed, replay

    if os.path.lexists(path):  # a name too long for any file is not there; opening it says so
        raise InterviewKitError(f"{path} exists already.", "Name a file that does not exist yet.")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("interviewkit.cli") / "demo.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, and our own file
    file = read_bank(shipped_folder() / f"{data['bank']}.yaml")
    clock = Replayed(datetime.now().astimezone())
    with Store(path, clock, is_lasting=False) as store:
        for interview in sorted(data["interviews"], key=lambda entry: str(entry["at"])):
            clock.moment = datetime.fromisoformat(interview["at"])
            replay(store, clock, file, data, interview)
    return str(data["interviews"][-1]["interviewer"])
