"""The fillable kit: one HTML file in which an interview is noted, rated and sealed offline.

Its script and style are readable files beside this one. They go into the page in order, without
indentation and comments, so that the page stays small enough to be mailed. The policy of the page
names their hashes: nothing else runs in it, and it asks for nothing from anywhere. Texts of banks
and people stand in one block of JSON and reach the page as text.
"""

import json
import re
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Page, Probe, RolePlay
from interviewkit.export.guide.content import OUTCOMES, RECOMMENDATIONS, Guide, GuideSheet
from interviewkit.interview.kit_signature import KitKey

LARGEST = 60_000  # bytes that a kit may have; every kit that we ship is smaller
_SCRIPTS = ("document.js", "draft.js", "note_line.js", "screen.js")
# A literal of a script, or a sign that needs no space around it.
_SCRIPT_SIGN = re.compile(
    r'"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|/(?:\\.|[^/*\\\s])(?:\\.|[^/\\])*/'
    r"|(?:\s*;)?\s*(?P<end>})|\s*(?P<sign>=>|[=!]==|&&|\|\||\?\?|[-+=?:,;{(<>|])\s*|\s+(?=\))"
)
_STYLE_SIGN = re.compile(r'"[^"]*"|;?\s*(?P<end>})\s*|\s*(?P<sign>[:;,{>])\s*')
_GUIDE_WORDS = ("listen_for", "watch_for", *RECOMMENDATIONS)


class FillableKit(NamedTuple):
    """What one file holds. ``document`` are the fields of the scorecard that are fixed already.

    ``reask`` and ``second_example`` are what can be asked of anything that happened, before and
    after the bank's probes. ``id`` tells files apart, ``card`` is what the interviewer is to know
    before, "" where nothing is.
    """

    id: str
    guide: Guide
    document: Mapping[str, object]
    reask: Probe
    second_example: Probe
    card: str = ""
    key: KitKey | None = None


def fillable_html(kit: FillableKit) -> str:
    """The whole file."""
    style = _squeeze(_read("page.css"), _STYLE_SIGN)
    script = "".join(_squeeze(_read(name), _SCRIPT_SIGN) for name in _SCRIPTS)
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    # The encoding has to stand in front of them, in the first kilobyte.
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>\n'
    )
    data = f'<script type="application/json" id="kit">{_json(_data(kit))}</script>\n'
    page = _read("page.html").replace("</head>", f"{head}</head>", 1)
    words = escape(_texts(kit.guide)["no_script"])
    page = page.replace("<noscript>", f"<noscript>{words}", 1)
    return page.replace("</body>", f"{data}<script>{script}</script>\n</body>", 1)


def _read(name: str) -> str:
    return (files("interviewkit.export.guide.fillable") / name).read_text(encoding="utf-8")


def _squeeze(text: str, spaced: re.Pattern[str]) -> str:
    """A script or style without comments and without the white space that only people need.

    What is in quotes, in backticks or between slashes stays as it is.
    """
    text = re.sub(r"^ */\*.*?\*/\n", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r" +// .*$|^// .*$", "", text, flags=re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return spaced.sub(_without_space, "\n".join(line for line in lines if line)).strip()


def _without_space(match: re.Match[str]) -> str:
    return match["sign"] or match["end"] or match[0].strip()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _json(data: object) -> str:
    """JSON that ends no element and opens no comment, whatever texts it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _data(kit: FillableKit) -> dict[str, object]:
    guide = kit.guide
    return {
        "id": kit.id,
        "document": kit.document,
        "language": guide.bank.language,
        "direction": guide.direction,
        "name": guide.kit.name,
        "minutes": guide.kit.minutes,
        "top": guide.bank.ratings[-1],
        "scale": guide.bank.scale,
        "card": kit.card,
        "pages": [
            *_spoken("@opening", guide.kit.opening),
            *(_question(sheet) for sheet in guide.sheets),
            *_spoken("@closing", guide.kit.closing),
        ],
        "key": kit.key
        and {"private": b64encode(kit.key.private).decode(), "public": kit.key.public},
        "elements": [list(Element), [guide.element(element) for element in Element]],
        "reask": _probe(kit.reask),
        "second_example": _probe(kit.second_example),
        "texts": {name: text for name, text in _texts(guide).items() if name != "no_script"},
    }


def _spoken(page_id: str, page: Page | None) -> list[dict[str, object]]:
    return [{"id": page_id, "minutes": page.minutes, "say": page.say}] if page else []


def _question(sheet: GuideSheet) -> dict[str, object]:
    """What there is of a question; a field that says nothing is left out."""
    question = sheet.question
    fields = {
        "id": question.id,
        "minutes": sheet.minutes,
        "competency": question.competency,
        "title": sheet.competency,
        "ask": question.ask,
        "listen_for": question.listen_for,
        "watch_for": question.watch_for,
        "anchors": {rating: text for rating, _, text in sheet.anchors},
        "happened": question.kind == "past_behaviour",
        "probes": [_probe(probe) for probe in question.probes],
        "play": question.role_play and _role_play(question.role_play),
    }
    return {name: value for name, value in fields.items() if value}


def _probe(probe: Probe) -> list[object]:
    """Id, words, and what it elicits as places in the list of elements."""
    return [probe.id, probe.ask, [list(Element).index(element) for element in probe.elicits]]


def _role_play(play: RolePlay) -> dict[str, str]:
    return {
        "handout": play.candidate_brief,
        "name": play.interviewer_plays,
        "brief": play.interviewer_brief,
    }


def _texts(guide: Guide) -> dict[str, str]:
    """The words of the page, in the language of the guide's."""
    folder = files("interviewkit.export.guide") / "kit_texts"
    text = (folder / f"{guide.words.language}.toml").read_text(encoding="utf-8")
    names = (*_GUIDE_WORDS, *(name for _, name in OUTCOMES))
    return {**tomllib.loads(text), **{name: guide.words[name] for name in names}}
