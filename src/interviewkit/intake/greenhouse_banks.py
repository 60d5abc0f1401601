"""Banks made from Greenhouse: from a scorecard's attributes, and from an interview kit.

A scorecard's attributes become questions of a bank that is made of them, so that an old scorecard
reads here as it was filled in there: attribute type → competency, name → question.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from interviewkit.banks.fresh import first_text

RATINGS = ("definitely_not", "no", "mixed", "yes", "strong_yes")  # Greenhouse's own, 1 to 5
_NAMES = ("Definitely not", "No", "Mixed", "Yes", "Strong yes")
_MINUTES = 5.0
_LONGEST_ID = 60
OVERALL = ("Overall", "Overall impression")  # type and name where a scorecard has no attribute


def gh_id(text: str, prefix: str = "gh") -> str:
    """``gh-`` and the words of a text; of words in another script its hash, in eight digits."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")
    if not slug or len(slug) > _LONGEST_ID - len(prefix) - 1:
        import hashlib

        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        cut = slug[: _LONGEST_ID - len(prefix) - 10].strip("-")
        slug = f"{cut}-{digest}" if cut else digest
    return f"{prefix}-{slug}"


def scorecard_bank(interview: str, attributes: Iterable[tuple[str, str]]) -> str:
    """The text of the bank for scorecards of one interview; attributes are (type, name)."""
    pairs = list(dict.fromkeys(attributes)) or [OVERALL]
    pairs = list({gh_id(name): (kind, name) for kind, name in reversed(pairs)}.values())[::-1]
    kinds = list({gh_id(kind): kind for kind, _ in pairs}.values())
    minutes = min(_MINUTES, 240 / len(pairs))
    data: dict[str, Any] = {
        "format": 1,
        "id": gh_id(interview),
        "title": f"Greenhouse: {interview}",
        "about": "Made of the attributes of scorecards from Greenhouse, to read and compare them.",
        "language": "en",
        "version": "1",
        "scale": dict(enumerate(_NAMES, 1)),
        "competencies": [
            {
                "id": gh_id(kind),
                "name": kind,
                "about": f"Attributes of the type {kind} in Greenhouse.",
                "anchors": {n: f"{name} in Greenhouse" for n, name in enumerate(_NAMES, 1)},
            }
            for kind in kinds
        ],
        "questions": [
            {"id": gh_id(name), "competency": gh_id(kind), "kind": "background", "ask": name}
            for kind, name in pairs
        ],
        "kits": [
            {
                "id": gh_id(interview),
                "name": interview,
                "minutes": round(minutes * len(pairs), 2),
                "questions": [
                    {"question": gh_id(name), "minutes": round(minutes, 2)} for _, name in pairs
                ],
            }
        ],
    }
    return first_text(data)
