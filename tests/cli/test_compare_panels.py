"""What a recruiter reads of five panels, from the scorecards as version 0.1.0 exported them.

0.1.0 said, in this order: ± 1.00 and all tied; Zed first, 4.7 ± 0.2, standing apart; three bands
and, with one answer more, one; nothing at all of severity.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from support import ROOT

ROUNDS = ROOT / "tests" / "comparison" / "rounds"


def text_of(name: str, tmp_path: Path) -> str:
    """The comparison as text, in one line."""
    records = str(tmp_path / f"{name}.db")
    runner = CliRunner(env={"COLUMNS": "200"})
    file = str(ROUNDS / f"panel_{name}.jsonl")
    taken = runner.invoke(cli, ["--db", records, "records", "import", file])
    assert taken.exit_code == 0, taken.stderr
    result = runner.invoke(cli, ["--db", records, "compare", "R"])
    assert result.exit_code == 0
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("name", "wanted", "unwanted"),
    [
        (
            "split",
            [
                "Ann – 4.0 – 100 % 2",
                "There is no ±, tie or place, because no two people rated the same thing.",
                "Caveats Each competency was rated by only one person, so it is not known how "
                "far another would have differed.",
            ],
            ["Could be first", "Krippendorff"],
        ),
        (
            "cov",
            [
                "Ann 1–3 3.4 0.2 100 % 3",
                "Bea 1–4 3.1",
                "Cal 1–5 2.7",
                "Dee 2–5 2.4",
                "Eve 3–5 2.3",
                "Zed – 4.7 0.4 25 % 3",
                "differences under about 0.5 points cannot be told apart.",
                "In the order as a whole it takes about 0.8 points.",
                "Could be first: Ann, Bea and Cal.",
                "First now: Ann.",
                "Zed was assessed on 1 of 4 competencies (25 % of the weight): too little "
                "for a place.",
            ],
            ["First now: Zed"],
        ),
        (
            "one_answer_less",
            ["Ann 1 4.0", "Bea 2–3 3.2", "Cal 2–3 2.8", "Could be first: Ann."],
            [],
        ),
        (
            "one_answer_more",
            ["Ann 1–2 3.8", "Bea 1–3 3.2", "Cal 2–3 2.8", "Could be first: Ann and Bea."],
            [],
        ),
        (
            "sev",
            [
                "Ann 1–5 3.9 0.4",
                "Fay 1–5 3.5 0.4",
                "Eve 3–6 1.4 0.4",
                "differences under about 0.8 points (1.4 where different people saw them",
                "How likely it is that Ann is truly above: Bea 8 in 10, Fay 7 in 10",
                "With interviewers' severity removed (shown, never applied): Fay 4.1 before Ann "
                "3.3.",
            ],
            [],
        ),
    ],
)
def test_the_panels_in_words(
    name: str, wanted: list[str], unwanted: list[str], tmp_path: Path
) -> None:
    text = text_of(name, tmp_path)
    assert [sentence for sentence in wanted if sentence not in text] == []
    assert [sentence for sentence in unwanted if sentence in text] == []
