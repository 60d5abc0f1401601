"""Where banks are found, and in which order."""

from pathlib import Path

import pytest

from interviewkit.banks.library import banks, find_bank, shipped_folder, users_folder
from interviewkit.banks.loader import read_bank
from interviewkit.errors import BankError, NotFoundError
from support import ROOT, shipped_ids

SHIPPED = "customer-focused-sales"
SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder, empty."""
    folder = tmp_path / "my banks"
    folder.mkdir()
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(folder))
    return folder


def test_in_a_checkout_the_shipped_banks_are_found_beside_src() -> None:
    assert shipped_folder() == ROOT / "question_banks"
    assert find_bank(SHIPPED).path == ROOT / "question_banks" / f"{SHIPPED}.yaml"
    assert find_bank(SHIPPED).shipped


def test_without_a_word_the_users_banks_are_in_the_users_data() -> None:
    assert users_folder().name == "question_banks"
    assert users_folder().is_relative_to(Path.home())


def test_a_folder_that_does_not_exist_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", "/nowhere/at/all")
    assert [found.id for found in banks()] == shipped_ids()


def test_the_users_own_banks_come_first(own: Path) -> None:
    (own / "b.yaml").write_text(SMALL, encoding="utf-8")
    assert [(found.id, found.shipped) for found in banks()][:2] == [
        ("small", False),
        (shipped_ids()[0], True),
    ]


def test_a_bank_of_the_users_stands_in_front_of_a_shipped_one_with_its_id(own: Path) -> None:
    (own / "mine.yaml").write_text(SMALL.replace("id: small", f"id: {SHIPPED}"), encoding="utf-8")
    mine, *others = banks()
    assert mine.path.name == "mine.yaml"
    assert SHIPPED not in [found.id for found in others]
    assert not find_bank(SHIPPED).shipped


@pytest.mark.parametrize("written", ["id: small", 'id: "small"', "id:   'small'  # mine"])
def test_a_bank_is_known_by_the_id_inside_not_by_its_files_name(own: Path, written: str) -> None:
    text = SMALL.replace("id: small", written)
    (own / "quite-another.yml").write_text(text, encoding="utf-8")
    assert find_bank("small").path.name == "quite-another.yml"


def test_a_bank_that_cannot_be_used_is_listed_and_hides_nothing(own: Path) -> None:
    (own / "broken.yaml").write_bytes(b"\xff\xfe: [")
    assert [found.id for found in banks()] == ["broken", *shipped_ids()]
    with pytest.raises(BankError):
        read_bank(find_bank("broken").path)


def test_a_folder_named_like_a_bank_is_passed_over(own: Path) -> None:
    (own / "folder.yaml").mkdir()
    assert [found.id for found in banks()] == shipped_ids()


def test_an_unknown_bank_is_told_with_the_nearest_there_is(own: Path) -> None:
    (own / "small.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(NotFoundError) as caught:
        find_bank("customer-focussed-sale")
    assert caught.value.message == "There is no bank called 'customer-focussed-sale'."
    assert (
        caught.value.hint == f"Did you mean {SHIPPED}? There is: small, {', '.join(shipped_ids())}."
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("title: A small bank", "A small bank"),
        ("title: 'It''s: small'", "It's: small"),
        ('title: "A \\"small\\" # bank"  # mine', 'A "small" # bank'),
        ("title:   A small bank   # mine", "A small bank"),
        ("title: >-\n  A small\n  bank", "A small bank"),
        ("title: [bold]x[/b] $accent", "[bold]x[/b] $accent"),
        ("ttle: A small bank", "small"),
        ("title:", "small"),
    ],
)
def test_a_bank_is_listed_with_its_title_before_it_is_read(
    own: Path, written: str, title: str
) -> None:
    text = SMALL.replace("title: A small bank", written)
    (own / "own.yaml").write_text(text, encoding="utf-8")
    assert banks()[0].title == title


def test_a_bank_that_extends_another_bears_its_title(own: Path) -> None:
    own_text = f"format: 1\nid: {SHIPPED}\nextends: {SHIPPED}\n"
    (own / "own.yaml").write_text(own_text, encoding="utf-8")
    (own / "other.yaml").write_text("format: 1\nid: x\nextends: y\n", encoding="utf-8")
    titles = {found.id: found.title for found in banks()}
    assert titles[SHIPPED] == "Customer-focused sales"
    assert titles["x"] == "x"


def test_every_shipped_bank_is_listed_with_the_title_it_has(own: Path) -> None:
    assert all(found.title == read_bank(found.path).bank.title for found in banks())
