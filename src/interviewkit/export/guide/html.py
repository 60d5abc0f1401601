"""The interview guide as one HTML file made for print: no script, no picture, nothing to load.

Every text of the bank passes through :func:`_text`, so that none of it can become markup.
"""

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from interviewkit.banks.model import Page, RolePlay
from interviewkit.export.guide.content import OUTCOMES, RECOMMENDATIONS, Guide, GuideSheet, Paper
from interviewkit.export.sanitize import mark_controls

_BOX = '<span class="box"></span>'
_RULES = 38  # lines of a ruled area; what does not fit the page is cut off at a line's height
# Of each paper the height inside its margins and the size of the words: see guide.css.
_SIZES: dict[Paper, str] = {
    "a4": "--room: 271mm; --size: 9.5pt;",
    "letter": "--room: 254mm; --size: 9pt; --rule: 6.2mm;",
}


def guide_html(guide: Guide, paper: Paper) -> str:
    """The whole file; its pages follow each other as in :class:`Guide`."""
    css = (files("interviewkit.export.guide") / "guide.css").read_text(encoding="utf-8")
    size = f"@page {{ size: {paper}; }}\n:root {{ {_SIZES[paper]} }}\n"
    texts, lines = guide.words, "\n".join(_pages(guide))
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{guide.bank.language}" dir="{guide.direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(texts['guide'])} · {_text(guide.title)}</title>\n"
        f"<style>\n{size}{css}{_foot(guide)}</style>\n</head>\n<body>\n{lines}\n</body>\n</html>\n"
    )


def _pages(guide: Guide) -> Iterator[str]:
    yield _sheet(_front(guide))
    yield _sheet(_law(guide), "law")
    for sheet in guide.sheets:
        yield _sheet(_question(guide, sheet))
    yield _sheet([*_closing(guide), *_verdict(guide)])
    for sheet in guide.sheets:
        if sheet.question.role_play:
            yield _sheet(_handout_page(guide, sheet.question.role_play), "handout")


def _front(guide: Guide) -> Iterator[str]:
    texts = guide.words
    yield _tag("p", _text(f"{texts['guide']} · {guide.source}"), "soft")
    yield _tag("h1", _text(guide.title))
    yield _tag("p", _text(guide.bank.about), "soft")
    names = ("candidate", "role", "interviewer", "date", "began", "ended")
    yield _tag("div", "".join(_blank(texts[name]) for name in names), "blanks")
    yield _blank(texts["others"])
    yield _tag("h2", _text(texts["plan"]))
    yield _tag("p", _text(texts["seats" if guide.kit.panel else "by_hand"]), "soft")
    heads = (
        *((texts["minute"], "number"), (texts["step"], "")),
        *((texts["minutes"], "number"), (texts["rated_by"], "")),
    )
    rows = [
        (_cell(at, "number"), _cell(step), _cell(minutes, "number"), _cell(seats))
        for at, step, minutes, seats in guide.plan()
    ]
    yield _table(heads, rows, "plan")
    uncovered = guide.covered_without_question()
    if uncovered:
        yield _tag("p", _text(texts["uncovered"].format(names=uncovered)), "soft")
    if guide.kit.opening:
        yield from _words_to_say(guide, texts["opening"], guide.kit.opening)
    yield _tag("h2", _text(texts["how"]))
    yield _list("ol", texts.lists["how"], "how")


def _law(guide: Guide) -> Iterator[str]:
    texts = guide.words
    yield _tag("h2", _text(texts["law"]))
    yield _tag("p", _text(texts["law_how"]))
    heads = ((texts["topic"], ""), (texts["instead"], ""))
    yield _table(heads, [(_cell(law["topic"]), _cell(law["instead"])) for law in texts.topics])
    yield _tag("h2", _text(texts["where"]))
    laws = (f"<dt>{_text(law['name'])}</dt><dd>{_text(law['says'])}</dd>" for law in guide.laws())
    yield _tag("dl", "".join(laws), "laws")
    yield _tag("h2", _text(texts["treat"]))
    yield _list("ul", texts.lists["treat"])
    yield _tag("p", _text(texts["no_advice"]), "note")


def _words_to_say(guide: Guide, name: str, page: Page) -> Iterator[str]:
    """Words to be read aloud, under their name."""
    yield _tag("h2", _text(f"{name} · {_minutes(guide, page.minutes)}"))
    yield _tag("div", _paragraphs(page.say), "say")


def _closing(guide: Guide) -> Iterator[str]:
    yield from _head(guide, guide.words["recommendation"])
    if guide.kit.closing:
        yield from _words_to_say(guide, guide.words["closing"], guide.kit.closing)
        yield _tag("h3", _text(guide.words["from_candidate"]))
        yield _ruled_lines("ruled few")


def _question(guide: Guide, sheet: GuideSheet) -> Iterator[str]:
    texts, question = guide.words, sheet.question
    position = texts["question_of"].format(number=sheet.number, count=len(guide.sheets))
    yield from _head(guide, f"{position} · {_minutes(guide, sheet.minutes)}")
    kind = texts.kinds[question.kind]
    yield _tag("p", f"{_text(sheet.competency)} · {_text(kind)}", "soft")
    yield _tag("p", _text(question.ask), "ask")
    if question.role_play:
        yield from _interviewer_brief(guide, question.role_play)
    points = [(texts[name], getattr(question, name)) for name in ("listen_for", "watch_for")]
    columns = [
        _tag("div", _tag("h3", _text(name)) + _list("ul", items)) for name, items in points if items
    ]
    if columns:
        yield _tag("div", "".join(columns), "two")
    if question.probes:
        yield _probes(guide, sheet)
    if question.kind == "past_behaviour":
        boxes = (f"<span>{_BOX} {_text(name)}</span>" for name in texts.elements.values())
        yield _tag("div", f"<b>{_text(texts['story'])}</b> {' '.join(boxes)}", "elements")
    yield _tag("h3", _text(texts["notes"]))
    yield _ruled_lines()
    yield _anchors(guide, sheet)


def _interviewer_brief(guide: Guide, play: RolePlay) -> Iterator[str]:
    texts = guide.words
    minutes = texts["play_minutes"].format(minutes=f"{play.minutes:g}")
    yield _tag("p", _text(f"{minutes} {texts['give_handout']}"), "soft")
    yield _tag("h3", _text(f"{texts['you_play']} {play.interviewer_plays}"))
    yield _tag("div", _paragraphs(play.interviewer_brief))


def _handout_page(guide: Guide, play: RolePlay) -> Iterator[str]:
    """A page to be given away: nothing that the interviewer alone knows stands on it."""
    yield _tag("h2", _text(guide.words["handout"]))
    yield _tag("div", _paragraphs(play.candidate_brief), "say")
    yield _ruled_lines()


def _paragraphs(text: str) -> str:
    return "".join(_tag("p", _text(line)) for line in text.splitlines())


def _probes(guide: Guide, sheet: GuideSheet) -> str:
    texts = guide.words
    signs = "".join(
        f'<th scope="col" class="tick"><span class="sign">{sign}</span>{_text(texts[name])}</th>'
        for sign, name in OUTCOMES
    )
    head = (
        f'<th scope="col" colspan="2">{_text(texts["probes"])}</th>'
        f'<th scope="col" class="tick">{_text(texts["asked"])}</th>{signs}'
    )
    boxes = f'<td class="tick">{_BOX}</td>' * (1 + len(OUTCOMES))
    rows = (
        f"<tr><td>?{position}</td><td>{_text(probe.ask)}"
        f' <span class="soft">({_text(elicits)})</span></td>{boxes}</tr>'
        for position, (probe, elicits) in enumerate(
            zip(sheet.question.probes, sheet.elicits, strict=True), 1
        )
    )
    body = "".join(rows)
    return f'<table class="probes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _anchors(guide: Guide, sheet: GuideSheet) -> str:
    rows = [
        f"<tr><td>{_BOX}</td><td>{rating}</td><td>{_with_bold_name(name)}{_text(text)}</td></tr>"
        for rating, name, text in sheet.anchors
    ]
    without = f"{_text(guide.words['not_assessed'])}{_blank(guide.words['skipped'])}"
    rows.append(f"<tr><td>{_BOX}</td><td>–</td><td>{without}</td></tr>")
    table = f'<table class="anchors"><tbody>{"".join(rows)}</tbody></table>'
    return _tag("div", _tag("h3", _text(guide.words["anchors"])) + table, "rating")


def _verdict(guide: Guide) -> Iterator[str]:
    texts = guide.words
    yield _tag("p", _text(texts["before"]), "note")
    yield _tag("h2", _text(texts["all_ratings"]))
    points = [*map(str, guide.bank.ratings), "–"]
    heads = [("", "number"), (texts["competency"], ""), *((point, "tick") for point in points)]
    boxes = tuple(f'<td class="tick">{_BOX}</td>' for _ in points)
    rows = [(_cell(str(s.number), "number"), _cell(s.competency), *boxes) for s in guide.sheets]
    yield _table(heads, rows, "ratings")
    yield _tag("p", _text(texts["after"]), "soft")
    yield _tag("h2", _text(texts["recommendation"]))
    choices = (f"<span>{_BOX} {_text(texts[name])}</span>" for name in RECOMMENDATIONS)
    yield _tag("div", "".join(choices), "choice")
    yield _tag("h3", _text(texts["summary"]))
    yield _ruled_lines("ruled summary")
    yield _tag("h3", _text(texts["reason"]))
    yield _ruled_lines("ruled few")
    yield _tag("div", _blank(texts["signed"]), "blanks")


def _head(guide: Guide, name: str) -> Iterator[str]:
    """What tells loose sheets apart."""
    blanks = (_blank(guide.words[field]) for field in ("candidate", "interviewer"))
    yield _tag("div", f"<h2>{_text(name)}</h2>{''.join(blanks)}", "head")


def _foot(guide: Guide) -> str:
    """Page numbers, where a browser prints what stands in a page's margin."""
    lead, between, tail = (
        _css_string(piece)
        for piece in guide.words["page_of"].replace("{pages}", "{page}").split("{page}")
    )
    pages = f"{lead} counter(page) {between} counter(pages) {tail}"
    style = 'font: 8pt "Segoe UI", Arial, "Liberation Sans", sans-serif; color: #555;'
    return (
        f"@page {{ @bottom-left {{ content: {_css_string(guide.title)}; {style} }}\n"
        f"  @bottom-right {{ content: {pages}; {style} }} }}\n"
    )


def _css_string(text: str) -> str:
    """Everything but letters, digits and spaces as its code: no text ends the string or style."""
    safe = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in " ".join(text.split(" ")))
    return f'"{"".join(safe)}"'


def _minutes(guide: Guide, minutes: float) -> str:
    return guide.words["about_minutes"].format(minutes=f"{minutes:g}")


def _with_bold_name(point: str) -> str:
    return f"<b>{_text(point)}:</b> " if point else ""


def _sheet(parts: Iterable[str], extra_class: str = "") -> str:
    inside = "\n".join(parts)
    return f'<section class="{f"sheet {extra_class}".strip()}">\n{inside}\n</section>'


def _table(heads: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]], name: str = "") -> str:
    head = "".join(
        f'<th scope="col"{_class(extra_class)}>{_text(text)}</th>' for text, extra_class in heads
    )
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f"<table{_class(name)}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str, name: str = "") -> str:
    return f"<td{_class(name)}>{_text(text)}</td>"


def _list(kind: str, items: Iterable[str], name: str = "") -> str:
    return _tag(kind, "".join(f"<li>{_text(item)}</li>" for item in items), name)


def _blank(label: str) -> str:
    return f'<div class="blank">{_text(label)}<span></span></div>'


def _ruled_lines(name: str = "ruled") -> str:
    return _tag("div", "<i></i>" * _RULES, name)


def _tag(kind: str, inside: str, name: str = "") -> str:
    return f"<{kind}{_class(name)}>{inside}</{kind}>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _text(text: str) -> str:
    """As text, whatever it holds."""
    return escape(mark_controls(text))
