"""A bank that has been read, as one line of JSON that is a bank again at once.

Reading a bank's text means YAML, positions of every value, and pydantic: a third of the time to
the live screen. The text stays what counts; this is made from it and may be thrown away.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from interviewkit.banks.elements import Element
from interviewkit.banks.model import (
    Acceptance,
    Bank,
    Competency,
    Kit,
    KitQuestion,
    Page,
    Probe,
    Question,
    RolePlay,
    Seat,
)

FORM = 2  # another number for another way of writing it: an older program then reads the text
Made = TypeVar("Made")


def made_ready(bank: Bank) -> str:
    """The bank as JSON, for :func:`bank_from`."""
    return json.dumps({"form": FORM, **asdict(bank)}, ensure_ascii=False, separators=(",", ":"))


def bank_from(ready: str) -> Bank | None:
    """The same bank; None when ``ready`` is of another form, and the text has to be read."""
    try:
        data = json.loads(ready)
        if data.pop("form", None) != FORM:
            return None
        return _bank(data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _bank(data: dict[str, Any]) -> Bank:
    lists = data["words"]
    if lists is not None:
        lists = {Element(name): tuple(listed) for name, listed in lists.items()}
    return Bank(
        **_tuples(data, "authors", "jurisdictions")
        | {
            "scale": _points(data["scale"]),
            "words": lists,
            "competencies": _all(data["competencies"], _competency),
            "questions": _all(data["questions"], _question),
            "kits": _all(data["kits"], _kit),
            "accepted": _all(data["accepted"], lambda one: Acceptance(**one)),
        }
    )


def _competency(data: dict[str, Any]) -> Competency:
    return Competency(**data | {"anchors": _points(data["anchors"])})


def _question(data: dict[str, Any]) -> Question:
    return Question(
        **_tuples(data, "listen_for", "watch_for")
        | {
            "anchors": _points(data["anchors"]),
            "probes": _all(data["probes"], _probe),
            "role_play": data["role_play"] and RolePlay(**data["role_play"]),
        }
    )


def _probe(data: dict[str, Any]) -> Probe:
    return Probe(**data | {"elicits": tuple(map(Element, data["elicits"]))})


def _kit(data: dict[str, Any]) -> Kit:
    return Kit(
        **data
        | {
            "opening": data["opening"] and Page(**data["opening"]),
            "closing": data["closing"] and Page(**data["closing"]),
            "questions": _all(data["questions"], lambda one: KitQuestion(**one)),
            "panel": _all(data["panel"], lambda one: Seat(**_tuples(one, "focus"))),
        }
    )


def _all(listed: list[dict[str, Any]], make: Callable[[dict[str, Any]], Made]) -> tuple[Made, ...]:
    return tuple(map(make, listed))


def _tuples(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return data | {name: tuple(data[name]) for name in names}


def _points(texts: Mapping[str, str] | None) -> dict[int, str] | None:
    """JSON has only text for names; a point of a scale is a number."""
    return None if texts is None else {int(point): text for point, text in texts.items()}
