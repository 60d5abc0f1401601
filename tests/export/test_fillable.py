"""The fillable kit as a file: small, shut in, and no text in it becomes anything but text."""

import json
import re
import tomllib
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.export.guide.fillable import LARGEST
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.store import Store
from interviewkit.workflows.fillable_kit import write_fillable_kit
from support import ROOT, shipped, shipped_ids

FOLDER = ROOT / "src/interviewkit/export/guide"
SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
HOSTILE = "</script><script>alert('é')</script><!-- & <b>\u2028\u202e \"“{page}”\\ ]]>"


@pytest.fixture
def entry(store: Store) -> PlanEntry:
    return store.planning().add(
        candidate="Ada Okafor", role="Account executive", interviewer="Priya Raman"
    )


def page_of(store: Store, entry: PlanEntry, file: BankFile, kit: str, folder: Path) -> str:
    write_fillable_kit(store, entry, file, kit, folder / "kit.html")
    return (folder / "kit.html").read_text(encoding="utf-8")


class Elements(HTMLParser):
    """The tags of a page with their attributes, and the text inside each, by id or tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = dict(attrs).get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.inside[self._open] = self.inside.get(self._open, "") + data


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_every_kit_we_ship_is_small_enough_to_mail(
    store: Store, entry: PlanEntry, tmp_path: Path, bank_id: str
) -> None:
    for kit in shipped(bank_id).bank.kits:
        written = write_fillable_kit(store, entry, shipped(bank_id), kit.id, tmp_path / "k.html")
        assert written.size < LARGEST, kit.id
        assert not any("large" in sentence for sentence in written.warnings())


def test_the_policy_allows_its_own_script_and_style_and_nothing_else(
    store: Store, entry: PlanEntry, tmp_path: Path
) -> None:
    elements = Elements(page_of(store, entry, shipped(), "first-45", tmp_path))
    (policy,) = [
        str(attributes["content"])
        for tag, attributes in elements.tags
        if tag == "meta" and "http-equiv" in attributes
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    for name, key in (("script-src", "script"), ("style-src", "style")):
        digest = b64encode(sha256(elements.inside[key].encode()).digest()).decode()
        assert rules.pop(name) == f"'sha256-{digest}'"
    assert rules == {"base-uri": "'none'", "form-action": "'none'"}
    assert [tag for tag, _ in elements.tags if tag in ("link", "img", "iframe", "base")] == []
    for _, attributes in elements.tags:
        assert not {"src", "href", "style"} & attributes.keys()
        assert not any(name.startswith("on") for name in attributes)


def test_the_encoding_is_known_before_anything_else(
    store: Store, entry: PlanEntry, tmp_path: Path
) -> None:
    page = page_of(store, entry, shipped("kundenorientierter-vertrieb"), "first-45", tmp_path)
    assert '<meta charset="utf-8">' in page[:200]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of #rgb or #rrggbb."""
    digits = colour.removeprefix("#")
    digits = "".join(char * 2 for char in digits) if len(digits) == 3 else digits
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_stand_out_from_their_ground_in_both_colours() -> None:
    style = (FOLDER / "fillable/page.css").read_text("utf-8")
    light = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", style.split("@media")[0]))
    dark = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", style.split("@media")[1]))
    assert light.keys() == dark.keys()
    for colours in (light, dark):
        pairs = [
            (text, ground)
            for text in ("ink", "soft", "accent", "warn")
            for ground in ("ground", "sheet", "tint")
        ]
        for text, ground in [*pairs, ("sheet", "accent"), ("ground", "ink")]:
            lighter, darker = sorted(
                (luminance(colours[text]), luminance(colours[ground])), reverse=True
            )
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)


def test_hostile_texts_stand_in_the_data_and_nowhere_else(store: Store, tmp_path: Path) -> None:
    data = yaml.safe_load(SMALL)
    data["title"] = data["questions"][0]["ask"] = f"Tell {HOSTILE}"
    data["kits"][0]["name"] = HOSTILE
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    file = BankFile(parse_bank(text, "x"), text)
    entry = store.planning().add(
        candidate=f"Ada {HOSTILE[:60]}", role=f"R {HOSTILE[:60]}", interviewer=f"P {HOSTILE[:60]}"
    )
    entry = store.planning().set_card(entry, f"Ask {HOSTILE}")
    page = page_of(store, entry, file, file.bank.kits[0].id, tmp_path)
    elements = Elements(page)
    assert [tag for tag, _ in elements.tags].count("script") == 2
    assert "<b>" not in page
    kit = json.loads(elements.inside["kit"])
    assert kit["name"] == HOSTILE
    assert kit["card"] == f"Ask {HOSTILE}"
    assert kit["document"]["candidate_name"] == entry.candidate.name


def test_a_kit_of_long_questions_says_that_it_is_large(
    store: Store, entry: PlanEntry, tmp_path: Path
) -> None:
    text = shipped().text.replace("listen_for:", f"listen_for:\n      - {'x' * 1900}", 12)
    file = BankFile(parse_bank(text, "x"), text)
    written = write_fillable_kit(store, entry, file, "deep-60", tmp_path / "k.html")
    assert written.warnings() == [
        "It is large, since its questions are long; it works all the same."
    ]


def test_the_scripts_make_text_and_never_markup() -> None:
    script = "".join(path.read_text("utf-8") for path in (FOLDER / "fillable").glob("*.js"))
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("):
        assert way not in script
    assert "fetch" not in script
    assert "http" not in script


def test_both_languages_have_the_same_words_and_the_scripts_use_them() -> None:
    english, german = (
        tomllib.loads((FOLDER / f"kit_texts/{name}.toml").read_text("utf-8"))
        for name in ("en", "de")
    )
    assert english.keys() == german.keys()
    for name, text in english.items():
        fields = re.findall(r"\{\w+\}", text)
        assert sorted(fields) == sorted(re.findall(r"\{\w+\}", german[name])), name
    script = "".join(path.read_text("utf-8") for path in (FOLDER / "fillable").glob("*.js"))
    said = set(re.findall(r'say\("(\w+)"', script))
    guide = tomllib.loads((FOLDER / "texts/en.toml").read_text("utf-8"))["words"]
    assert said <= english.keys() | guide.keys()
    unused = {name for name in english if f'"{name}"' not in script}
    assert unused == {"no_script", "opening", "closing"}  # named by a page's id, or by the file
