"""Who sees whose scorecards, decided in one place for screens, commands, exports and search.

Two rules, the stricter wins. Whoever has an interview with a candidate under way sees nobody
else's scorecards for that candidate, owner or not, until one of their own is in. In a role with an
owner, all others see what the role's setting allows. One's own scorecards are always one's own to
see. This guards against reading too early, not against whoever can read the file.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.people import normalize_name

if TYPE_CHECKING:
    from interviewkit.comparison.cards import Card


class Sight(NamedTuple):
    """What one person may not see: ``busy`` are ids of candidates they are interviewing
    themselves, ``hidden`` ids of scorecards of others, those of the busy included.
    """

    busy: frozenset[str]
    hidden: frozenset[str]


# :viewer is the name as `normalize_name` gives it, :spelled every spelling of it in the records,
# as JSON.
# A scorecard already submitted for the same role is a judgement of one's own, whatever round
# comes next.
_MINE = """
WITH mine AS MATERIALIZED (
    SELECT candidate_id, role_id, submitted_at IS NOT NULL AS done FROM interview
    WHERE interviewer IN (SELECT value FROM json_each(:spelled))
),
busy AS MATERIALIZED (
    SELECT DISTINCT candidate_id FROM mine WHERE NOT done AND NOT EXISTS (
        SELECT 1 FROM mine AS own WHERE own.done
        AND own.candidate_id = mine.candidate_id AND own.role_id = mine.role_id)
),
-- Roles whose owner is somebody else; without an owner a role is everybody's.
kept AS MATERIALIZED (
    SELECT role_id, visibility FROM role_setting
    WHERE owner <> '' AND normalize_name(owner) <> :viewer
)
"""
_BUSY = f"{_MINE} SELECT candidate_id FROM busy"  # noqa: S608 - constants
_HIDDEN = f"""{_MINE}
SELECT i.id FROM interview AS i LEFT JOIN kept ON kept.role_id = i.role_id
WHERE i.submitted_at IS NOT NULL
AND i.interviewer NOT IN (SELECT value FROM json_each(:spelled))
AND (i.candidate_id IN (SELECT candidate_id FROM busy)
    OR kept.visibility = 'own'
    OR (kept.visibility = 'after_own' AND NOT EXISTS (
        SELECT 1 FROM mine WHERE mine.done
        AND mine.candidate_id = i.candidate_id AND mine.role_id = i.role_id)))
"""  # noqa: S608 - constants


def sight(connection: sqlite3.Connection, viewer: str) -> Sight:
    """What ``viewer`` may not see now; names are the same whatever their capitals and spaces."""
    wanted = normalize_name(viewer)
    names = connection.execute("SELECT DISTINCT interviewer FROM interview").fetchall()
    spelled = json.dumps([name for (name,) in names if normalize_name(name) == wanted])
    args = {"viewer": wanted, "spelled": spelled}
    return Sight(
        frozenset(row[0] for row in connection.execute(_BUSY, args)),
        frozenset(row[0] for row in connection.execute(_HIDDEN, args)),
    )


class PartlySeen(NamedTuple):
    """A role's scorecards as one person may see them.

    ``cards`` of the candidates in ``withheld`` are whole, to be counted and not shown; of all
    others those that may not be seen are left out, which ``warnings`` say.
    """

    cards: "list[Card]"
    withheld: set[str]
    warnings: tuple[str, ...]


def partly_seen(every: "Sequence[Card]", seen: Sight) -> PartlySeen:
    """A candidate of whom nothing may be seen is withheld; of others, some scorecards may be."""
    shown = {card.candidate.id for card in every if card.id not in seen.hidden} - seen.busy
    missing: dict[str, set[str]] = {}
    cards = []
    for card in every:
        if card.id in seen.hidden and card.candidate.id in shown:
            missing.setdefault(card.candidate.name, set()).add(card.id)
        else:
            cards.append(card)
    warnings = (
        f"{name}: {len(ids)} of others not shown; the role's owner sees them."
        for name, ids in missing.items()
    )
    return PartlySeen(cards, {card.candidate.id for card in every} - shown, tuple(warnings))


def candidates_limited(found: Iterable[tuple[str, str, bool]], seen: Sight) -> set[str]:
    """Of (interview, candidate, whether it is one's own under way): the candidates of whom there
    is anything one may not see, those one is interviewing among them.
    """
    every = list(found)
    mine = {candidate for _, candidate, is_mine in every if is_mine} & seen.busy
    limited = {candidate for interview, candidate, _ in every if interview in seen.hidden}
    return mine | (limited - seen.busy)
