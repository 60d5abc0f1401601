"""What a comparison says of scorecards that were not written here, or that nobody signed."""

import sqlite3
from collections import Counter
from collections.abc import Set as AbstractSet

from interviewkit.interview.kit_signature import KIT_ORIGIN, SignatureState
from interviewkit.plurals import count_noun
from interviewkit.storage.kit_signatures import kit_states
from interviewkit.storage.sealed_documents import origin_parts


def origin_warnings(connection: sqlite3.Connection, scorecards: AbstractSet[str]) -> list[str]:
    """A sentence for each other system that some of these scorecards come from.

    Of those filled in as a file only the ones whose signature is missing or was not checked.
    """
    rows = connection.execute(
        "SELECT id, origin FROM sealed_document WHERE kind = 'scorecard' "
        "AND origin NOT IN ('import', ?)",
        (KIT_ORIGIN,),
    )
    systems = Counter(origin_parts(origin)[0] for key, origin in rows if key in scorecards)
    states = kit_states(connection, scorecards).values()
    doubtful = (state for state in states if state is not SignatureState.SIGNED)
    systems.update(f"{KIT_ORIGIN}, {state}" for state in doubtful)
    return [
        f"{count_noun(count, 'scorecard comes', 'scorecards come')} from {system}."
        for system, count in sorted(systems.items())
    ]


def unsigned_warnings(count: int) -> list[str]:
    """That ``count`` scorecards do not count, since no member of the team signed them."""
    if not count:
        return []
    verb, pronoun = ("does", "it") if count == 1 else ("do", "them")
    return [
        f"{count_noun(count, 'scorecard')} {verb} not count: no member of the team signed "
        f"{pronoun}, and the role's owner has not accepted {pronoun} "
        "(`interviewkit records accept`)."
    ]
