"""The rule of :mod:`interviewkit.interview.access` as SQL, over all scorecards at once.

Three rules, the strictest wins. Anyone who has an interview with a candidate under way sees nobody
else's scorecards for that candidate, owner or not, until one of their own is in. In a role with an
owner, all others see what the role's setting allows. Of a role that a team shares, people who take
no part in it, by an interview or by the plan, see nothing, and recruiters all. One's own scorecards
are always one's own to see. This guards against reading too early, not against anyone who can read
the file.

An interview under way belongs to its interviewer and to those who opened it by another name, so a
name that was typed opens no second door.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.people import Person, normalize_name

if TYPE_CHECKING:
    from interviewkit.comparison.cards import Card
    from interviewkit.interview.access import Case


class Sight(NamedTuple):
    """What one person may not see: ``busy`` are ids of candidates they are interviewing
    themselves, ``hidden`` ids of scorecards of others, those of the busy included.
    """

    busy: frozenset[str]
    hidden: frozenset[str]


# :names are the viewer's names as `normalize_name` gives them, :spelled every spelling of them in
# the records, both as JSON.
# A scorecard already submitted for the same role is a judgement of one's own, whatever round
# comes next. A planned interview blinds as one under way does. :person is the viewer's id, or "".
_MINE = """
WITH signed AS MATERIALIZED (
    SELECT id, candidate_id, role_id, submitted_at IS NOT NULL AS done FROM interview
    WHERE CASE WHEN :person = '' THEN interviewer IN (SELECT value FROM json_each(:spelled))
        ELSE interviewer_id = :person END
),
mine AS MATERIALIZED (
    SELECT id, candidate_id, role_id, done FROM signed
    UNION
    SELECT i.id, i.candidate_id, i.role_id, i.submitted_at IS NOT NULL
    FROM interview_opener AS o JOIN interview AS i ON i.id = o.interview_id
    WHERE o.name IN (SELECT value FROM json_each(:spelled))
),
engaged AS MATERIALIZED (
    SELECT candidate_id, role_id FROM mine WHERE NOT done
    UNION
    SELECT candidate_id, role_id FROM plan WHERE state = 'open' AND interviewer_id IN (
        SELECT id FROM person WHERE CASE WHEN :person = ''
            THEN normalize_name(name) IN (SELECT value FROM json_each(:names))
            ELSE id = :person END)
),
busy AS MATERIALIZED (
    SELECT DISTINCT candidate_id FROM engaged WHERE NOT EXISTS (
        SELECT 1 FROM mine WHERE mine.done
        AND mine.candidate_id = engaged.candidate_id AND mine.role_id = engaged.role_id)
),
-- Roles in which the viewer takes part.
joined AS MATERIALIZED (
    SELECT role_id FROM signed UNION SELECT role_id FROM engaged
),
-- Whether the viewer is a recruiter, who reads a shared role as its owner does.
recruiting AS MATERIALIZED (
    SELECT 1 FROM hub_member JOIN person ON person.id = person_id
    WHERE is_recruiter = 1 AND CASE WHEN :person = ''
        THEN normalize_name(name) IN (SELECT value FROM json_each(:names))
        ELSE id = :person END
),
-- Roles whose owner is somebody else; without an owner a role is everybody's.
kept AS MATERIALIZED (
    SELECT role_id, visibility,
           shared = 1 AND role_id NOT IN (SELECT role_id FROM joined) AS closed FROM role_setting
    WHERE owner <> '' AND normalize_name(owner) NOT IN (SELECT value FROM json_each(:names))
    AND NOT (shared = 1 AND EXISTS (SELECT 1 FROM recruiting))
)
"""
_BUSY = f"{_MINE} SELECT candidate_id FROM busy"  # noqa: S608 - constants
_HIDDEN = f"""{_MINE}
SELECT i.id FROM interview AS i LEFT JOIN kept ON kept.role_id = i.role_id
WHERE i.submitted_at IS NOT NULL
AND i.id NOT IN (SELECT id FROM signed)
AND (i.candidate_id IN (SELECT candidate_id FROM busy)
    OR kept.closed = 1
    OR kept.visibility = 'own'
    OR (kept.visibility = 'after_own' AND NOT EXISTS (
        SELECT 1 FROM signed WHERE signed.done
        AND signed.candidate_id = i.candidate_id AND signed.role_id = i.role_id)))
"""  # noqa: S608 - constants
_SIGNED = f"{_MINE} SELECT id FROM signed WHERE done"  # noqa: S608 - constants
_UNDER_WAY = f"""{_MINE}
SELECT id FROM interview WHERE submitted_at IS NULL AND id NOT IN (SELECT id FROM mine)
"""  # noqa: S608 - constants
_CASE = f"""{_MINE}
SELECT coalesce(role_setting.owner, '') = ''
           OR (role_setting.shared = 1 AND EXISTS (SELECT 1 FROM recruiting) AND
               normalize_name(coalesce(role_setting.owner, ''))
                   NOT IN (SELECT value FROM json_each(:names))),
       kept.role_id IS NULL,
       coalesce(role_setting.visibility, 'after_own'),
       i.id IN (SELECT id FROM signed)
           OR (i.submitted_at IS NULL AND i.id IN (SELECT id FROM mine)),
       i.submitted_at IS NOT NULL,
       i.candidate_id IN (SELECT candidate_id FROM busy),
       EXISTS (SELECT 1 FROM signed WHERE done
               AND candidate_id = i.candidate_id AND role_id = i.role_id),
       coalesce(role_setting.shared, 0),
       i.role_id IN (SELECT role_id FROM joined)
FROM interview AS i LEFT JOIN role_setting ON role_setting.role_id = i.role_id
LEFT JOIN kept ON kept.role_id = i.role_id WHERE i.id = :interview
"""  # noqa: S608 - constants
_NAMES = "SELECT interviewer FROM interview UNION SELECT name FROM interview_opener"


def sight(connection: sqlite3.Connection, viewer: Person) -> Sight:
    """What ``viewer`` may not see now; names are the same whatever their capitals and spaces."""
    args = _names(connection, viewer)
    return Sight(_ids(connection, _BUSY, args), _ids(connection, _HIDDEN, args))


def signed_by(connection: sqlite3.Connection, viewer: Person) -> frozenset[str]:
    """Ids of the scorecards that the viewer submitted; a namesake's are not among them."""
    return _ids(connection, _SIGNED, _names(connection, viewer))


def under_way_elsewhere(connection: sqlite3.Connection, viewer: Person) -> frozenset[str]:
    """Ids of interviews under way that are not the viewer's: nobody reads in them."""
    return _ids(connection, _UNDER_WAY, _names(connection, viewer))


def access_case(connection: sqlite3.Connection, viewer: Person, interview_id: str) -> "Case":
    """How ``viewer`` stands to one interview that is in the records."""
    from interviewkit.interview.access import Case, RoleStanding
    from interviewkit.interview.role_settings import Visibility

    args = {**_names(connection, viewer), "interview": interview_id}
    row = connection.execute(_CASE, args).fetchone()
    is_everybodys, is_open, visibility, *facts, is_interviewer = row
    seat = RoleStanding.INTERVIEWER if is_interviewer else RoleStanding.OUTSIDER
    if is_open:
        seat = RoleStanding.RECRUITER if is_everybodys else RoleStanding.OWNER
    return Case(seat, Visibility(visibility), *map(bool, facts))


def _ids(connection: sqlite3.Connection, statement: str, args: dict[str, str]) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute(statement, args))


def _names(connection: sqlite3.Connection, viewer: Person) -> dict[str, str]:
    names = viewer.normalized_names
    spelled = [name for (name,) in connection.execute(_NAMES) if normalize_name(name) in names]
    return {
        "person": viewer.id,
        "names": json.dumps(sorted(names)),
        "spelled": json.dumps(spelled),
    }


class PartlySeen(NamedTuple):
    """A role's scorecards as one person may see them.

    ``cards`` of the candidates in ``withheld`` are whole, to be counted and not shown; of all
    others those that may not be seen are left out, which ``warnings`` say.
    """

    cards: "list[Card]"
    withheld: set[str]
    warnings: tuple[str, ...]


def partly_seen(scorecards: "Sequence[Card]", sight: Sight) -> PartlySeen:
    """A candidate of whom nothing may be seen is withheld; of others, some scorecards may be."""
    visible = {card.candidate.id for card in scorecards if card.id not in sight.hidden} - sight.busy
    missing: dict[str, set[str]] = {}
    cards = []
    for card in scorecards:
        if card.id in sight.hidden and card.candidate.id in visible:
            missing.setdefault(card.candidate.name, set()).add(card.id)
        else:
            cards.append(card)
    warnings = (
        f"{name}: {len(ids)} of others not shown; the role's owner sees them."
        for name, ids in missing.items()
    )
    return PartlySeen(cards, {card.candidate.id for card in scorecards} - visible, tuple(warnings))


def limited_candidates(connection: sqlite3.Connection, sight: Sight) -> set[str]:
    """Ids of candidates of whom there is anything that may not be seen.

    Among them those whom the viewer is interviewing, even when nobody else has submitted yet.
    """
    scorecards = connection.execute(
        "SELECT id, candidate_id FROM interview WHERE submitted_at IS NOT NULL"
    )
    return {candidate for key, candidate in scorecards if key in sight.hidden} | sight.busy
