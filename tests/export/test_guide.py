"""The printed guide, opened again: all of the kit is there, and nothing in it can act."""

import io
import tomllib
from html.parser import HTMLParser

import docx
import pytest
import yaml

from interviewkit.banks.elements import Element
from interviewkit.banks.loader import parse_bank
from interviewkit.banks.model import Bank, Jurisdiction, Kind
from interviewkit.banks.pydantic_adapters import BANK
from interviewkit.export.guide.content import RECOMMENDATIONS, Paper, load_texts, make_guide
from interviewkit.export.guide.docx import as_docx
from interviewkit.export.guide.html import guide_html
from support import ROOT, shipped, shipped_ids

WORDS = ROOT / "src/interviewkit/export/guide/texts"
SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
HOSTILE = "</style><script>alert('é')</script> & <b>\x1b[31m \"“{page}”\\ ]]>"


class Opened(HTMLParser):
    """The words of a page, its tags, and how many sections it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.pieces: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._styling = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._styling = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._styling = False

    def handle_data(self, data: str) -> None:
        if not self._styling:
            self.pieces.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.pieces).split())


def words_of(document: bytes) -> str:
    """Every word of a Word document, tables included, in the order of the file."""
    body = docx.Document(io.BytesIO(document)).element.body
    return " ".join(" ".join(node.text or "" for node in body.iter() if _is_text(node)).split())


def _is_text(node: object) -> bool:
    return str(getattr(node, "tag", "")).endswith("}t")


def changed(**fields: object) -> Bank:
    data = yaml.safe_load(SMALL)
    data.update(fields)
    return parse_bank(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "x")


def both(bank: Bank, kit: str = "short") -> list[str]:
    made = make_guide(bank, kit)
    return [Opened(guide_html(made, "a4")).words, words_of(as_docx(made, "a4"))]


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_all_that_an_interviewer_needs_is_there_in_the_kits_order(bank_id: str) -> None:
    bank = shipped(bank_id).bank
    kit = bank.kits[-1]
    assert kit.opening
    assert kit.closing
    for words in both(bank, kit.id):
        at = words.index(" ".join(kit.opening.say.split()))
        for entry in kit.questions:
            question = bank.question(entry.question)
            at = words.index(" ".join(question.ask.split()), at)
            for probe in question.probes:
                assert " ".join(probe.ask.split()) in words
            for anchor in bank.anchors(question).values():
                assert anchor in words[at:]
            for point in (*question.listen_for, *question.watch_for):
                assert point in words
        assert words.index(" ".join(kit.closing.say.split())) > at


@pytest.mark.parametrize("bank_id", ["customer-focused-sales", "kundenorientierter-vertrieb"])
def test_the_fixed_words_are_in_the_banks_language(bank_id: str) -> None:
    bank = shipped(bank_id).bank
    word = load_texts(bank.language)
    assert word.language == bank.language
    for words in both(bank, "first-45"):
        for name in ("how", "law", "treat", "no_advice", "recommendation", "summary", "rated_by"):
            assert word[name] in words
        for name in RECOMMENDATIONS:
            assert word[name] in words
        for topic in word.topics:
            assert topic["topic"] in words


def test_weights_stay_out_of_it() -> None:
    heavy = changed(kits=[{**yaml.safe_load(SMALL)["kits"][0], "weights": {"recovery": 77.5}}])
    assert [words.count("77") for words in both(heavy)] == [0, 0]


def test_a_question_keeps_its_own_anchors_and_the_scale_its_names() -> None:
    data = yaml.safe_load(SMALL)
    data["questions"][0]["anchors"] = {n: f"seen only here {n}" for n in range(1, 8)}
    for competency in data["competencies"]:
        competency["anchors"] = {n: f"of {competency['id']} {n}" for n in range(1, 8)}
    scale = {n: f"point {n}" for n in range(1, 8)}
    bank = changed(scale=scale, questions=data["questions"], competencies=data["competencies"])
    for words in both(bank):
        assert "seen only here 7" in words
        assert "point 7: seen only here 7" in words
        assert "of recovery" not in words  # all its questions have anchors of their own
        assert "of ownership 7" in words


def test_the_plan_names_who_rates_each_question_and_what_is_covered_without_one() -> None:
    data = yaml.safe_load(SMALL)
    kit = {
        **data["kits"][0],
        "questions": data["kits"][0]["questions"][:1],
        "panel": [
            {"seat": "Hiring manager", "focus": ["recovery", "ownership"]},
            {"seat": "Peer", "focus": ["recovery"]},
        ],
    }
    made = make_guide(changed(kits=[kit]), "short")
    assert list(made.plan()) == [("0", "Question 1 · Recovery", "6", "Hiring manager, Peer")]
    for words in (Opened(guide_html(made, "a4")).words, words_of(as_docx(made, "a4"))):
        assert "Question 1 · Recovery 6 Hiring manager, Peer" in words
        uncovered = "Covered by an interviewer, but without a question in this guide: Ownership ("
        assert f"{uncovered}Hiring manager)." in words


def test_without_a_panel_there_is_room_to_write_the_names_in() -> None:
    made = make_guide(parse_bank(SMALL, "x"), "short")
    assert [seats for *_, seats in made.plan()] == ["", ""]
    assert made.words["by_hand"] in Opened(guide_html(made, "a4")).words
    assert made.covered_without_question() == ""


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_each_question_has_fourteen_lines_to_write_on_and_a_line_for_why_not(paper: Paper) -> None:
    made = make_guide(shipped().bank, "first-45")
    document = docx.Document(io.BytesIO(as_docx(made, paper)))
    ruled = [len(t.rows) for t in document.tables if len(t.columns) == 1]
    assert len([rows for rows in ruled if rows >= 14]) >= len(made.sheets)
    assert words_of(as_docx(made, paper)).count(made.words["skipped"]) == len(made.sheets)
    css = guide_html(made, paper)
    assert "min-height: calc(14 * var(--rule))" in css
    assert Opened(css).words.count(made.words["skipped"]) == len(made.sheets)


def test_the_plan_counts_the_minutes() -> None:
    made = make_guide(shipped().bank, "first-45")
    *_, (begins, last, minutes, _) = made.plan()
    assert (float(begins) + float(minutes), last) == (45, "Closing")


@pytest.mark.parametrize(
    ("jurisdictions", "laws", "paper"),
    [
        ([], ["us", "ca", "uk", "eu"], "a4"),
        (["eu"], ["eu"], "a4"),
        (["us", "ca"], ["us", "ca"], "letter"),
        (["us", "uk"], ["us", "uk"], "a4"),
    ],
)
def test_the_law_is_that_of_the_banks_jurisdictions(
    jurisdictions: list[Jurisdiction], laws: list[str], paper: str
) -> None:
    made = make_guide(changed(jurisdictions=jurisdictions), "short")
    assert [law["id"] for law in made.laws()] == laws
    assert made.paper == paper
    for law in load_texts("en").laws:
        there = [law["says"] in words for words in both(made.bank)]
        assert there == [law["id"] in laws] * 2


def test_hostile_words_stay_words() -> None:
    data = yaml.safe_load(SMALL)
    data["questions"][0] |= {"ask": HOSTILE, "listen_for": [HOSTILE], "watch_for": [HOSTILE]}
    data["questions"][0]["probes"][0]["ask"] = HOSTILE
    data["competencies"][1]["name"] = HOSTILE
    data["competencies"][1]["anchors"][3] = HOSTILE
    data["kits"][0] |= {"name": HOSTILE, "opening": {"minutes": 1, "say": f"{HOSTILE}\n\nTwo."}}
    data["kits"][0]["panel"] = [{"seat": HOSTILE, "focus": ["recovery"]}]
    bank = BANK.validate_python({**data, "title": HOSTILE, "about": HOSTILE, "authors": [HOSTILE]})
    made = make_guide(bank, "short")
    harmless = Opened(guide_html(make_guide(parse_bank(SMALL, "x"), "short"), "a4"))
    opened = Opened(guide_html(made, "a4"))
    assert "script" not in opened.tags
    assert opened.tags.count("style") == harmless.tags.count("style") == 1
    assert {name for name, _ in opened.attributes} <= {
        *(name for name, _ in harmless.attributes),
        "colspan",
    }
    shown = HOSTILE.replace("\x1b", "␛")
    assert shown in opened.words
    assert shown in words_of(as_docx(made, "a4"))


def test_a_page_holds_all_it_needs_itself() -> None:
    text = guide_html(make_guide(shipped().bank, "first-45"), "letter")
    opened = Opened(text)
    assert not {"script", "link", "img", "iframe", "object"} & set(opened.tags)
    assert not {"src", "href", "style"} & {name for name, _ in opened.attributes}
    assert "url(" not in text
    assert "@import" not in text
    assert "size: letter" in text
    assert opened.tags.count("section") == 2 + 8 + 1


def test_a_language_written_from_the_right_is_laid_out_so() -> None:
    assert '<html lang="ar" dir="rtl">' in guide_html(
        make_guide(changed(language="ar"), "short"), "a4"
    )


class TestDocument:
    def opened(self, paper: str = "a4") -> "docx.document.Document":
        made = make_guide(shipped("kundenorientierter-vertrieb").bank, "first-45")
        return docx.Document(io.BytesIO(as_docx(made, "letter" if paper == "letter" else "a4")))

    def test_its_headings_are_headings_and_its_tables_tables(self) -> None:
        document = self.opened()
        heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
        assert heads[0] == "Was nicht ins Interview gehört"
        assert [head for head in heads if head.startswith("Frage ")][-1] == "Frage 8 von 8 · 4 Min."
        asked = [t for t in document.tables if len(t.columns) == 6 and len(t.rows) == 9]
        assert [table.cell(0, 1).text for table in asked] == ["Nachfragen"] * 8
        assert asked[0].cell(1, 2).text == "☐"

    def test_its_pages_are_numbered_and_name_the_candidate(self) -> None:
        section = self.opened().sections[0]
        xml = section.footer._element.xml
        assert "PAGE" in xml
        assert "NUMPAGES" in xml
        assert section.header.paragraphs[0].text.startswith("Bewerbung von")

    @pytest.mark.parametrize(("paper", "tall"), [("a4", 297), ("letter", 279.4)])
    def test_it_has_the_paper_asked_for(self, paper: str, tall: float) -> None:
        height = self.opened(paper).sections[0].page_height
        assert height is not None
        assert round(height.mm, 1) == tall

    def test_its_language_is_that_of_the_bank(self) -> None:
        document = self.opened()
        assert document.core_properties.language == "de"
        assert 'w:lang w:val="de"' in document.styles["Normal"].element.xml


def test_every_language_has_every_word() -> None:
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in WORDS.glob("*.toml")}
    assert set(files) == {"en", "de"}
    for data in files.values():
        for part in ("words", "kinds", "elements"):
            assert list(data[part]) == list(files["en"][part])
        assert {name: len(lines) for name, lines in data["lists"].items()} == {
            name: len(lines) for name, lines in files["en"]["lists"].items()
        }
        assert len(data["topics"]) == len(files["en"]["topics"])
        assert [law["id"] for law in data["laws"]] == list(Jurisdiction.__args__)  # type: ignore[attr-defined]
        assert list(data["kinds"]) == list(Kind.__args__)  # type: ignore[attr-defined]
        assert list(data["elements"]) == [element.value for element in Element]


def test_a_language_without_words_gets_english() -> None:
    assert load_texts("fi").language == "en"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_role_play_has_the_brief_on_its_page_and_a_sheet_to_give_away(paper: Paper) -> None:
    bank = shipped("account-executive-new-business").bank
    made = make_guide(bank, "work-sample-25")
    play = bank.question("discovery-call").role_play
    assert play is not None
    text = guide_html(made, paper)
    *_, handout = text.split("<section")
    assert play.candidate_brief in Opened(handout).words
    assert "Sam" not in handout  # what only the interviewer knows
    for words in (Opened(text).words, words_of(as_docx(made, paper))):
        assert f"You play: {play.interviewer_plays}" in words
        assert play.interviewer_brief in words
        assert words.index(play.candidate_brief) > words.index(made.words["summary"])
        assert "The role play takes 12 minutes." in words
