"""Ids for what is new in a bank, made from its own words."""

import re
import unicodedata
from collections.abc import Collection

LONGEST_ID = 60  # characters
# How most questions begin, in the languages that we ship: an id of these would say nothing.
_COMMON = re.compile(
    "about|with|what|when|which|your|that|this|have|from|were|would|could|there|tell|time|where|"
    "erzahlen|sagen|haben|ihnen|einer|einem|einen|ihre|ihrer|welche|wann|wenn|dass|damals"
)
_SHORTEST = 4  # letters of a word that says something


def numbered_id(base: str, used: Collection[str]) -> str:
    """``base``, with a number behind it where that is taken."""
    counter, name = 1, base
    while name in used:
        counter += 1
        tail = f"-{counter}"
        name = base[: LONGEST_ID - len(tail)].rstrip("-") + tail
    return name


def unused_id(title: str, used: Collection[str]) -> str:
    """An id from the first words that say something; ``new`` where there are none."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", plain)
    telling = [part for part in parts if len(part) >= _SHORTEST and not _COMMON.fullmatch(part)]
    return numbered_id("-".join((telling or parts)[:4])[:40].strip("-") or "new", used)
