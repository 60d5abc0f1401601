"""A candidate's pack as a page to read and print: one file, no links, nothing that acts."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from interviewkit.export.sanitize import marked
from interviewkit.interview.clock import local

_STYLE = """
body { font: 11pt/1.45 Georgia, serif; color: #1f2933; max-width: 46em; margin: 2em auto;
       padding: 0 1em; }
h1, h2, h3, th, .quiet { font-family: Arial, Helvetica, sans-serif; }
h1 { font-size: 18pt; } h2 { font-size: 14pt; border-top: 1px solid #9aa5b1; padding-top: .8em; }
h3 { font-size: 11pt; margin-bottom: .2em; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .2em 1em .2em 0; }
.quiet { color: #52606d; font-size: 9.5pt; } ul { margin-top: .3em; } li { white-space: pre-wrap; }
@media print { h2 { break-before: page; } h2.first { break-before: auto; } }
"""
_OUTCOMES = {"new_detail": "new detail", "nothing_new": "nothing new", "no_answer": "no answer"}


def as_html(pack: Mapping[str, Any]) -> str:
    """The pack as ``candidate_pack.pack`` makes it, every text of it as text."""
    name = str(pack["candidate"]["name"])
    interviews = list(pack["interviews"])
    body = [
        f"<h1>{_text(name)}</h1>",
        f'<p class="quiet">Everything kept about this person, written {_moment(pack["made_at"])}. '
        f"{_text(str(pack['kept']).capitalize())}.</p>",
        _retention(pack["retention"]),
        *(_interview(one, is_first=place == 0) for place, one in enumerate(interviews)),
    ]
    body += _decisions(pack["decisions"])
    if not interviews:
        body.append("<p>No interview is kept.</p>")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _retention(roles: Iterable[Mapping[str, Any]]) -> str:
    lines = [
        f"<tr><td>{_text(one['role'])}</td><td>{_text(one['last_recorded'])}</td>"
        f"<td>{_text(one['until'] or 'not set')}"
        f"{', legal hold' if one['legal_hold'] else ''}</td></tr>"
        for one in roles
    ]
    head = "<tr><th>Role</th><th>Last recorded</th><th>Kept until</th></tr>"
    return f"<table>{head}{''.join(lines)}</table>" if lines else ""


def _decisions(every: Sequence[Mapping[str, Any]]) -> list[str]:
    if not every:
        return []
    lines = [
        f"<li>{_text(one['role'])}: {_text(_words(one['decision']))}, written down by "
        f"{_text(one['by'])} {_moment(one['at'])}. Reason: {_text(one['reason'])}"
        + (f" Next steps: {_text(one['next_steps'])}" if one["next_steps"] else "")
        + "</li>"
        for one in every
    ]
    return ["<h2>Decisions</h2>", f"<ul>{''.join(lines)}</ul>"]


def _interview(one: Mapping[str, Any], *, is_first: bool) -> str:
    said = [
        f"<h2{' class=first' if is_first else ''}>{_text(one['role'])}, interviewed by "
        f"{_text(one['interviewer'])}</h2>",
        f'<p class="quiet">Begun {_moment(one["started_at"])}, '
        + (f"submitted {_moment(one['submitted_at'])}" if one["submitted_at"] else "under way")
        + "</p>",
    ]
    facts = [
        ("Recommendation", _words(one["recommendation"])),
        ("Amended to", _words(one["amended_recommendation"])),
        ("Summary", one["summary"]),
        ("Why, where ratings and recommendation differ", one["reason"]),
        ("Not yet entered", one["draft"]),
    ]
    said += [f"<p><b>{head}:</b> {_text(text)}</p>" for head, text in facts if text]
    said += [_amended(amendment) for amendment in one["amendments"]]
    said += [_answer(answer) for answer in one["answers"] if _is_told(answer)]
    if one["history"]:
        said.append(_history(one["history"]))
    return "\n".join(said)


def _is_told(answer: Mapping[str, Any]) -> bool:
    """A page on which nothing was noted tells nothing."""
    return bool(answer["competency"] or answer["notes"])


def _answer(answer: Mapping[str, Any]) -> str:
    title = answer["asked"] or str(answer["question"]).removeprefix("@").capitalize()
    said = [f"<h3>{_text(title)}</h3>"]
    if answer["competency"]:
        said.append(f'<p class="quiet">{_text(_rating(answer))}</p>')
    told = [
        (note["at"], f"{_text(note['text'])} <span class=quiet>{_moment(note['at'])}</span>")
        for note in answer["notes"]
    ]
    told += [
        (
            asked["at"],
            f"<i>Asked: {_text(asked['text'])}</i>"
            + (f" ({_OUTCOMES[asked['outcome']]})" if asked["outcome"] else ""),
        )
        for asked in answer["probes"]
    ]
    lines = [line for _, line in sorted(told, key=lambda one: str(one[0]))]
    lines += [
        f"{_text(element)}: marked by hand as {'told' if there else 'not told'}"
        for element, there in answer["ticks"].items()
    ]
    if lines:
        said.append("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
    said += [_amended(amendment) for amendment in answer["amendments"]]
    return "\n".join(said)


def _rating(answer: Mapping[str, Any]) -> str:
    if answer["skipped"] is not None:
        return f"{answer['competency']} · not asked: {answer['skipped']}"
    given, counts = answer["rating"], answer["rating_that_counts"]
    said = "not assessed" if counts is None else f"rated {counts} of {answer['highest_rating']}"
    was = "" if given == counts else f" (amended, was {given or 'not assessed'})"
    return f"{answer['competency']} · {said}{was}"


def _amended(amendment: Mapping[str, Any]) -> str:
    value = "not assessed" if amendment["value"] is None else _words(amendment["value"])
    return (
        f"<p>Amended {_moment(amendment['at'])} by {_text(amendment['interviewer'])}: "
        f"{_text(amendment['what'])} {_text(value)}. Reason: {_text(amendment['reason'])}</p>"
    )


def _history(changes: Iterable[Mapping[str, Any]]) -> str:
    lines = "".join(
        f"<tr><td>{_moment(one['at'])}</td><td>{_text(one['question'].removeprefix('@'))}</td>"
        f"<td>{_text(one['what'])}</td><td>{_text(one['before'])}</td><td>{_text(one['after'])}</td>"
        "</tr>"
        for one in changes
    )
    head = "<tr><th>When</th><th>Where</th><th>What</th><th>Before</th><th>After</th></tr>"
    return f"<h3>Every change</h3><table>{head}{lines}</table>"


def _words(value: str | None) -> str:
    return (value or "").replace("_", " ")


def _moment(kept: str) -> str:
    """Where this was written, with the zone: who reads it may be in another."""
    return _text(local(kept).isoformat(" ", "minutes"))


def _text(text: object) -> str:
    return escape(marked(str(text)))
