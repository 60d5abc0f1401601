"""Sets of written answers and ratings of them, taken in from other machines."""

import sqlite3

from interviewkit.errors import RefusedImportError
from interviewkit.interview.calibration import BlindRatings, CalibrationSet
from interviewkit.interview.calibration_documents import set_document
from interviewkit.interview.documents import NOTHING
from interviewkit.interview.people import Person, RecordKind
from interviewkit.storage import calibration_rows
from interviewkit.storage.import_joins import ImportJoins


class CalibrationImport:
    """What an import brings of calibration, inside its transaction."""

    def __init__(
        self, connection: sqlite3.Connection, joins: ImportJoins, at: str, account: str
    ) -> None:
        self._connection = connection
        self._joins = joins
        self._at = at
        self._account = account

    def take_set(self, location: str, offer: CalibrationSet) -> bool:
        """Take a set in, or a later round of one; gives whether it changed anything.

        RefusedImportError where its id is known with another content.
        """
        known = self._set(offer.id)
        if known is None:
            trainer = self._joins.person_called(offer.trainer.name, offer.trainer.id)
            calibration_rows.insert_set(
                self._connection, offer, trainer, {}, self._at, self._account
            )
            return True
        if _content(known) != _content(offer):
            raise RefusedImportError(
                f"{location}: the calibration {offer.id} is known with another content.",
                f"{NOTHING} A set never changes but for its round; give this one an id of its own.",
            )
        if offer.round <= known.round:
            return False
        calibration_rows.set_round(self._connection, offer.id, offer.round, self._at, self._account)
        return True

    def take_ratings(self, location: str, offer: BlindRatings) -> bool:
        """Take in what one person handed in; gives whether it is new.

        RefusedImportError where the set is unknown, an answer has no rating or one off the scale,
        or the id is known with another content.
        """
        calibration_set = self._set(offer.set_id)
        if calibration_set is None:
            raise RefusedImportError(
                f"{location}: the calibration {offer.set_id} is neither in the files nor in the "
                "records.",
                f"{NOTHING} Import it where the set was made, or add its line, with type "
                "'calibration_set'.",
            )
        _refuse_misfits(location, offer, calibration_set)
        person = self._joins.reference(location, RecordKind.PERSON, offer.person.id)
        known = [
            blind
            for blind in calibration_rows.select_ratings(self._connection, offer.set_id, None)
            if blind.id == offer.id
        ]
        if not known:
            calibration_rows.insert_ratings(self._connection, offer, person)
            return True
        if (known[0].round, known[0].ratings) != (offer.round, offer.ratings):
            raise RefusedImportError(
                f"{location}: the ratings {offer.id} are known with another content.",
                f"{NOTHING} What was handed in never changes; give these an id of their own.",
            )
        return False

    def _set(self, set_id: str) -> CalibrationSet | None:
        sets = calibration_rows.select_sets(self._connection, None)
        return next((item for item in sets if item.id == set_id), None)


def _content(calibration_set: CalibrationSet) -> object:
    """All that never changes: people may be merged here, and a round may be open."""
    return set_document(calibration_set._replace(round=1, trainer=Person("", "")))


def _refuse_misfits(location: str, offer: BlindRatings, calibration_set: CalibrationSet) -> None:
    answers = {answer.id for answer in calibration_set.answers}
    if offer.ratings.keys() != answers:
        odd = min(offer.ratings.keys() ^ answers)
        fault = f"has no answer {odd!r}" if odd in offer.ratings else f"has no rating for {odd!r}"
        subject = f"the calibration {offer.set_id}" if odd in offer.ratings else "this line"
        raise RefusedImportError(
            f"{location}: {subject} {fault}.",
            f"{NOTHING} Give each answer of the set a rating, and no other.",
        )
    off = [rating for rating in offer.ratings.values() if rating not in calibration_set.scale]
    if off:
        ends = f"{calibration_set.scale[0]} to {calibration_set.scale[-1]}"
        raise RefusedImportError(
            f"{location}: {off[0]} is not on the scale of this set, {ends}.",
            f"{NOTHING} Fix the rating.",
        )
