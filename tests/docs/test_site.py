"""The documentation as a site: whole, every link leads somewhere, nothing comes from elsewhere."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support import ROOT

pytest.importorskip("sphinx", reason="Sphinx, of the group docs, is not installed")

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]


def build(source: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """As ``make docs`` does it."""
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-c"]
    return subprocess.run(
        [sys.executable, *command, str(source / "docs"), str(source), str(to)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("site")
    run = build(ROOT, to)
    assert run.returncode == 0, run.stderr
    return to


class Loaded(HTMLParser):
    """What a browser fetches by itself to show a page, its pictures, and the links of its menu."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.menu: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.pictures.append(given)
        if tag == "a" and given.get("class") == "reference internal":
            self.menu.append(str(given["href"]))
        if tag != "a":
            found = (given.get(name) for name in ("src", "href", "srcset", "data", "poster"))
            self.fetched += filter(None, found)


def test_every_page_is_in_the_menu_of_the_first(site: Path) -> None:
    first = site / "docs" / "index.html"
    menu = {(first.parent / link).resolve() for link in Loaded(first).menu if "#" not in link}
    pages = {(site / page.relative_to(ROOT)).with_suffix(".html").resolve() for page in PAGES}
    assert pages - menu == {first.resolve()}, "name the page in a list of docs/index.md"


def test_the_top_of_the_site_leads_to_its_first_page(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    for target in re.findall(r'(?:url=|href=")([\w/.]+)"', text):
        assert (site / target).exists()
    assert text.count("docs/index.html") == 2


def test_a_page_fetches_nothing_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for address in Loaded(page).fetched:
            assert not urlsplit(address).netloc, f"{page.name}: {address}"
    for style in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        text = style.read_text(encoding="utf-8")
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", text):
            assert urlsplit(address).scheme in ("", "data"), f"{style.name}: {address}"


def test_an_option_keeps_its_hyphens(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not re.search(r"[–—](yes|json|db|help)\b", page.read_text(encoding="utf-8")), page


def test_every_picture_is_there_and_described(site: Path) -> None:
    shown = [(page, picture) for page in site.rglob("*.html") for picture in Loaded(page).pictures]
    assert len(shown) >= len(list((ROOT / "docs" / "images").glob("*.svg")))
    for page, picture in shown:
        assert picture["alt"]
        assert (page.parent / str(picture["src"])).exists()


@pytest.mark.parametrize(
    "link", ["[a](none.md)", "[a](other.md#none)", "[a](#none)", "![a](none.svg)"]
)
def test_a_link_that_leads_nowhere_stops_the_build(link: str, tmp_path: Path) -> None:
    docs = tmp_path / "source" / "docs"
    docs.mkdir(parents=True)
    shutil.copy(ROOT / "docs" / "conf.py", docs)
    shutil.copytree(ROOT / "docs" / "site", docs / "site")
    (docs / "index.md").write_text("# First\n\n## Part\n\n- [Other](other.md)\n")
    (docs / "other.md").write_text(f"# Other\n\n## There\n\n[b](#there) {link}\n")
    run = build(docs.parent, tmp_path / "built")
    assert run.returncode == 1
    assert "other.md:5: WARNING" in run.stderr
    assert run.stderr.count("WARNING") == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_a_link_to_elsewhere_is_whole(page: Path) -> None:
    for address in re.findall(r"\bhttps?:[^\s)>\"`]*", page.read_text(encoding="utf-8")):
        parts = urlsplit(address)
        assert parts.scheme == "https", address
        assert re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.netloc), address
