"""The documentation as a site. The pages are plain Markdown, good to read without it, too.

docs/index.md is the one place that says which page stands in which section: its lists of links
are the site's navigation.
"""

import re

from sphinx.application import Sphinx

from interviewkit import __version__
from interviewkit.tui.theme import DARK, LIGHT

project = "interviewkit"
version = release = __version__
root_doc = "docs/index"
extensions = ["myst_parser"]
# From the root of the checkout, so that a link from any page to any other is the path of its file.
include_patterns = ["docs/*.md", "*.md"]
exclude_patterns = [".*", "build", "dist", "src", "tests", "benchmarks", "question_banks"]
nitpicky = True
myst_heading_anchors = 4  # made as forges make them
smartquotes_action = "qe"  # no dashes out of the hyphens of an option

html_theme = "furo"
html_title = "interviewkit"
html_copy_source = False
html_use_index = False
html_show_copyright = False
html_static_path = ["site/site.css"]
html_css_files = ["site.css"]
html_extra_path = ["site/index.html"]  # leads from the top of the site to its first page


def _colours(theme: object) -> dict[str, str]:
    """The application's own, so that a picture and the page around it belong together."""
    names = {
        "color-brand-primary": "primary",
        "color-brand-content": "primary",
        "color-brand-visited": "primary",
        "color-background-primary": "background",
        "color-background-secondary": "surface",
        "color-background-border": "panel",
        "color-foreground-primary": "foreground",
        "color-code-background": "surface",
        "color-inline-code-background": "surface",
    }
    return {name: getattr(theme, field) for name, field in names.items()}


html_theme_options = {
    "light_css_variables": _colours(LIGHT),
    "dark_css_variables": _colours(DARK),
}


def navigation(text: str) -> str:
    """What of a page's sections of links becomes the navigation: a hidden tree for each."""
    trees = []
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        pages = re.findall(r"^- \[([^]]+)\]\(([^)]+)\.md\)", section, re.MULTILINE)
        if pages:
            title = section.partition("\n")[0]
            entries = (f"{name} <{page}>" for name, page in pages)
            lines = ["```{toctree}", ":hidden:", f":caption: {title}", "", *entries, "```"]
            trees.append("\n".join(lines))
    return "\n\n".join(trees)


def _add_navigation(_: Sphinx, name: str, source: list[str]) -> None:
    if name == root_doc:
        source[0] += f"\n{navigation(source[0])}\n"


def setup(app: Sphinx) -> dict[str, bool]:
    """Nothing is kept between pages, so they may be read side by side."""
    app.connect("source-read", _add_navigation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
