"""A candidate's pack as a page to read and print: one file, no links, nothing that acts."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from interviewkit.export.sanitize import mark_controls
from interviewkit.interview.clock import as_clock, local

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
        *(_interview(interview, is_first=index == 0) for index, interview in enumerate(interviews)),
    ]
    body += _decisions(pack["decisions"])
    body += _cards(pack["cards"])
    if not interviews:
        body.append("<p>There are no interviews.</p>")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _retention(roles: Iterable[Mapping[str, Any]]) -> str:
    lines = [
        f"<tr><td>{_text(role['role'])}</td><td>{_text(role['last_recorded'])}</td>"
        f"<td>{_text(role['until'] or 'not set')}"
        f"{', legal hold' if role['legal_hold'] else ''}</td></tr>"
        for role in roles
    ]
    head = "<tr><th>Role</th><th>Last recorded</th><th>Kept until</th></tr>"
    return f"<table>{head}{''.join(lines)}</table>" if lines else ""


def _decisions(decisions: Sequence[Mapping[str, Any]]) -> list[str]:
    if not decisions:
        return []
    lines = [
        f"<li>{_text(decision['role'])}: {_text(_words(decision['decision']))}, recorded by "
        f"{_text(decision['by'])} {_moment(decision['at'])}. Reason: {_text(decision['reason'])}"
        + (f" Next steps: {_text(decision['next_steps'])}" if decision["next_steps"] else "")
        + "</li>"
        for decision in decisions
    ]
    return ["<h2>Decisions</h2>", f"<ul>{''.join(lines)}</ul>"]


def _cards(cards: Sequence[Mapping[str, Any]]) -> list[str]:
    """What interviewers were handed before they met the person."""
    if not cards:
        return []
    lines = [
        f"<li>For {_text(card['interviewer'])}, {_text(card['role'])}, {_moment(card['at'])}:\n"
        f"{_text(card['text'])}</li>"
        for card in cards
    ]
    return ["<h2>Handed to interviewers before</h2>", f"<ul>{''.join(lines)}</ul>"]


def _interview(interview: Mapping[str, Any], *, is_first: bool) -> str:
    html_parts = [
        f"<h2{' class=first' if is_first else ''}>{_text(interview['role'])}, interviewed by "
        f"{_text(interview['interviewer'])}</h2>",
        f'<p class="quiet">Started {_moment(interview["started_at"])}, '
        + (
            f"submitted {_moment(interview['submitted_at'])}"
            if interview["submitted_at"]
            else "under way"
        )
        + "</p>",
    ]
    facts = [
        ("Recommendation", _words(interview["recommendation"])),
        ("Amended to", _words(interview["amended_recommendation"])),
        ("Summary", interview["summary"]),
        ("Reason, if ratings and recommendation differ", interview["reason"]),
        ("Not yet entered", interview["draft"]),
    ]
    html_parts += [f"<p><b>{head}:</b> {_text(text)}</p>" for head, text in facts if text]
    html_parts += [_amendment_lines(amendment) for amendment in interview["amendments"]]
    html_parts += [_answer(answer) for answer in interview["answers"] if _is_told(answer)]
    if interview["history"]:
        html_parts.append(_history(interview["history"]))
    if interview["transcript"]:
        html_parts.append(_transcript(interview["transcript"]))
    return "\n".join(html_parts)


def _is_told(answer: Mapping[str, Any]) -> bool:
    """A page on which nothing was noted tells nothing."""
    return bool(answer["competency"] or answer["notes"])


def _answer(answer: Mapping[str, Any]) -> str:
    title = answer["asked"] or str(answer["question"]).removeprefix("@").capitalize()
    html_parts = [f"<h3>{_text(title)}</h3>"]
    if answer["competency"]:
        html_parts.append(f'<p class="quiet">{_text(_rating(answer))}</p>')
    dated_lines = [
        (
            note["at"],
            f"{_text(note['text'])} <span class=quiet>{_moment(note['at'])}"
            f"{', tied to the rating' if note['is_marked'] else ''}</span>",
        )
        for note in answer["notes"]
    ]
    dated_lines += [
        (
            asked["at"],
            f"<i>Asked{' in own words' if asked['is_own'] else ''}: {_text(asked['text'])}</i>"
            f" ({_OUTCOMES.get(asked['outcome'], 'outcome not noted')})",
        )
        for asked in answer["probes"]
    ]
    lines = [line for _, line in sorted(dated_lines, key=lambda entry: str(entry[0]))]
    lines += [
        f"{_text(element)}: marked by hand as {'there' if present else 'not there'}"
        for element, present in answer["ticks"].items()
    ]
    if lines:
        html_parts.append("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
    html_parts += [_amendment_lines(amendment) for amendment in answer["amendments"]]
    return "\n".join(html_parts)


def _rating(answer: Mapping[str, Any]) -> str:
    if answer["skipped"] is not None:
        return f"{answer['competency']} · not asked: {answer['skipped']}"
    original, counts = answer["rating"], answer["rating_that_counts"]
    text = "not assessed" if counts is None else f"rated {counts} of {answer['highest_rating']}"
    was = "" if original == counts else f" (amended, was {original or 'not assessed'})"
    return f"{answer['competency']} · {text}{was}"


def _amendment_lines(amendment: Mapping[str, Any]) -> str:
    unset = "not noted" if amendment["what"] == "outcome" else "not assessed"
    value = unset if amendment["value"] is None else _words(amendment["value"])
    return (
        f"<p>Amended {_moment(amendment['at'])} by {_text(amendment['interviewer'])}: "
        f"{_text(amendment['what'])} {_text(value)}. Reason: {_text(amendment['reason'])}</p>"
    )


def _history(changes: Iterable[Mapping[str, Any]]) -> str:
    lines = "".join(
        f"<tr><td>{_moment(change['at'])}</td><td>{_text(change['question'].removeprefix('@'))}</td>"
        f"<td>{_text(change['what'])}</td><td>{_text(change['before'])}</td><td>{_text(change['after'])}</td>"
        "</tr>"
        for change in changes
    )
    head = "<tr><th>When</th><th>Where</th><th>What</th><th>Before</th><th>After</th></tr>"
    return f"<h3>Every change</h3><table>{head}{lines}</table>"


def _transcript(transcript: Mapping[str, Any]) -> str:
    lines = "".join(
        f"<tr><td>{'' if line['start'] is None else as_clock(line['start'])}</td>"
        f"<td>{_text(line['speaker'])}</td><td>{_text(line['text'])}</td></tr>"
        for line in transcript["lines"]
    )
    # A pack without people says no name of a file.
    added = f"{_text(transcript['file'])}, added" if "file" in transcript else "Added"
    return (
        "<h3>Transcript of the recording</h3>"
        f'<p class="quiet">{added} {_moment(transcript["added_at"])} by '
        f"{_text(transcript['added_by'])}. {_text(transcript['consent_by'])} agreed to the "
        f"recording on {_text(transcript['consent_day'])}.</p><table>{lines}</table>"
    )


def _words(value: str | None) -> str:
    return (value or "").replace("_", " ")


def _moment(stamp_text: str) -> str:
    """Where this was written, with the zone: who reads it may be in another."""
    return _text(local(stamp_text).isoformat(" ", "minutes"))


def _text(text: object) -> str:
    return escape(mark_controls(str(text)))
