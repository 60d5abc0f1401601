"""Topics that must not come up, and points that interviewers must not look for.

No legal advice: the laws named here are those that a trainer should know of, with the reason in
a few words; states, provinces and countries can ask for more.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from interviewkit.banks.lint.language import TOPIC, Lists, Utterance
from interviewkit.banks.lint.rules import Told
from interviewkit.banks.model import Bank, Question
from interviewkit.banks.text.yaml_nodes import Loc

JURISDICTIONS = {"us": "US", "ca": "Canada", "uk": "UK", "eu": "EU"}


@cache
def topics() -> Mapping[str, Mapping[str, str]]:
    """Topic → what it is about, and jurisdiction → why it must not be asked there."""
    data = resources.files(__package__).joinpath("off_limits.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def off_limits(loc: Loc, utterance: Utterance, bank: Bank, lists: Lists) -> Iterator[Told]:
    """The topics in a text that must not be asked about where the bank is used."""
    for name, phrase in utterance.found.items():
        if not name.startswith(TOPIC):
            continue
        topic = name.removeprefix(TOPIC)
        entry = topics()[topic]
        places = [
            jurisdiction
            for jurisdiction in bank.jurisdictions or JURISDICTIONS
            if jurisdiction in entry
        ]
        if places:
            reasons = "; ".join(
                f"{JURISDICTIONS[jurisdiction]}: {entry[jurisdiction]}" for jurisdiction in places
            )
            message = f"“{phrase}” asks about {entry['what']}. Ask instead: {lists.instead[topic]}."
            yield loc, "off-limits", f"{message} {reasons}"


def lint_listen_notes(loc: Loc, question: Question, bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on the points that interviewers note."""
    for name in ("listen_for", "watch_for"):
        for position, point in enumerate(getattr(question, name)):
            utterance = lists.analyze(point)
            if utterance.found:
                yield from off_limits((*loc, name, position), utterance, bank, lists)
                yield from lie_signs((*loc, name, position), utterance)


def lie_signs(loc: Loc, utterance: Utterance) -> Iterator[Told]:
    """Looking for lies in manner and wording."""
    if "lie-signs" in utterance.found:
        sign = utterance.found["lie-signs"]
        message = f"“{sign}” says nothing about truth; note what is missing from the story"
        yield loc, "lie-signs", message
