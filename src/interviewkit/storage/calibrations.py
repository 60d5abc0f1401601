"""Sets of written answers and what people gave them, as one person may see and change them.

One's own ratings are one's own. The trainer who made a set sees who gave what, once it is handed
in; everybody else sees the panel as a summary without names, and only after handing in.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.errors import BlockedError, unknown_name
from interviewkit.interview.calibration import (
    BlindRatings,
    CalibrationSet,
    ExpertKey,
)
from interviewkit.interview.calibration_documents import key_from_document
from interviewkit.interview.people import Person, RecordKind, normalize_name
from interviewkit.plurals import count_noun
from interviewkit.storage import calibration_rows
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.named_record_rows import as_person, select_records
from interviewkit.storage.people import Registry

if TYPE_CHECKING:
    from interviewkit.comparison.calibration import CalibrationStatistics
    from interviewkit.comparison.calibration_summary import PanelSummary

HandOut = Callable[[CalibrationSet], None]


class SetStanding(NamedTuple):
    """A set with one's own ratings of its open round, None before they were begun.

    ``handed_in`` counts people who handed in the open round, which only the trainer is shown.
    """

    calibration_set: CalibrationSet
    is_trainer: bool
    own: BlindRatings | None
    handed_in: int | None

    @property
    def words(self) -> str:
        """``3 of 12 rated``, ``handed in``; for the trainer how many have handed in."""
        if self.own is not None and self.own.submitted_at:
            progress = "handed in"
        elif self.own is not None:
            progress = f"{len(self.own.ratings)} of {len(self.calibration_set.answers)} rated"
        else:
            progress = f"{len(self.calibration_set.answers)} answers to rate"
        if not self.is_trainer:
            return progress
        people = f"{self.handed_in} handed in"
        return people if self.own is None else f"{people} · you: {progress}"


class Calibrations:
    """The sets of written answers as ``person`` may see them, and this person's own ratings."""

    def __init__(self, database: Database, person: Person) -> None:
        self._database = database
        self._connection = database.connection
        self._person = person

    # Reading

    def sets(self) -> list[CalibrationSet]:
        """Every set in the records, the newest first."""
        with self._database.errors_explained():
            return calibration_rows.select_sets(self._connection, self._people())

    def standings(self) -> list[SetStanding]:
        """Every set with how far this person is, the newest first."""
        result = []
        for calibration_set in self.sets():
            is_trainer = self._is_own(calibration_set.trainer)
            own = self._own(calibration_set.id, calibration_set.round)
            count = None
            if is_trainer:
                handed_in = self._ratings_of(calibration_set.id, calibration_set.round)
                count = len({blind.person.id for blind in handed_in if blind.submitted_at})
            result.append(SetStanding(calibration_set, is_trainer, own, count))
        return result

    def calibration_set(self, text: str) -> CalibrationSet:
        """The set with this id or title; of several of one title the newest.

        NotFoundError names the others.
        """
        sets = self.sets()
        for calibration_set in sets:
            if text.strip() == calibration_set.id:
                return calibration_set
        for calibration_set in sets:
            if normalize_name(text) == normalize_name(calibration_set.title):
                return calibration_set
        raise unknown_name("calibration", text, [item.title for item in sets])

    def own_ratings(self, calibration_set: CalibrationSet) -> list[BlindRatings]:
        """What this person gave the answers of a set, the first round first."""
        return [
            blind for blind in self._ratings_of(calibration_set.id) if self._is_own(blind.person)
        ]

    def is_trainer(self, calibration_set: CalibrationSet) -> bool:
        """Whether this person made the set."""
        return self._is_own(calibration_set.trainer)

    def key(self, calibration_set: CalibrationSet) -> ExpertKey:
        """The expert's ratings; empty for anyone but the trainer, and where they are not kept."""
        if not self.is_trainer(calibration_set):
            return {}
        return self._key(calibration_set)

    def statistics(self, calibration_set: CalibrationSet) -> "CalibrationStatistics":
        """Who gave what, round by round; BlockedError for anyone but the trainer."""
        from interviewkit.comparison.calibration import calibration_statistics

        self._refuse_others(calibration_set, "see who rated how")
        return calibration_statistics(
            calibration_set, self._key(calibration_set), self._ratings_of(calibration_set.id)
        )

    def summary(self, calibration_set: CalibrationSet) -> "PanelSummary":
        """The panel without names, for everybody who rated the set.

        BlockedError for a person who has not handed in the open round yet: others' ratings would
        be no blind ones after that.
        """
        from interviewkit.comparison.calibration import calibration_statistics
        from interviewkit.comparison.calibration_summary import panel_summary

        own = self._own(calibration_set.id, calibration_set.round)
        if not self.is_trainer(calibration_set) and (own is None or not own.submitted_at):
            raise BlockedError(
                f"The panel's summary of {calibration_set.title} is withheld from you.",
                "Rate the answers and hand in first: what others gave would guide your own.",
            )
        statistics = calibration_statistics(
            calibration_set, self._key(calibration_set), self._ratings_of(calibration_set.id)
        )
        return panel_summary(statistics)

    # Changing

    def add_set(
        self, calibration_set: CalibrationSet, key: ExpertKey, hand_out: HandOut | None = None
    ) -> CalibrationSet:
        """Keep a set that this person made, with the expert's ratings.

        ``hand_out`` is called with it; where that raises, nothing is kept.
        """
        with self._database.transaction():
            trainer = Registry(self._database).ensure(
                RecordKind.PERSON, self._person.id or self._person.name
            )
            calibration_set = calibration_set._replace(trainer=as_person(trainer))
            calibration_rows.insert_set(
                self._connection,
                calibration_set,
                trainer.id,
                key,
                self._database.now(),
                self._database.account,
            )
            if hand_out is not None:
                hand_out(calibration_set)
        return calibration_set

    def begin(self, calibration_set: CalibrationSet) -> BlindRatings:
        """One's own ratings of the open round: those begun before, or new ones.

        BlockedError where they are handed in already.
        """
        own = self._own(calibration_set.id, calibration_set.round)
        if own is not None and own.submitted_at:
            raise _handed_in_error()
        if own is not None:
            return own
        with self._database.transaction():
            person = Registry(self._database).ensure(
                RecordKind.PERSON, self._person.id or self._person.name
            )
            blind = BlindRatings(
                self._database.new_id(),
                calibration_set.id,
                calibration_set.round,
                as_person(person),
                self._database.now(),
                "",
                {},
            )
            calibration_rows.insert_ratings(self._connection, blind, person.id)
        self._person = as_person(person)
        return blind

    def rate(self, blind: BlindRatings, answer: str, rating: int) -> BlindRatings:
        """Give an answer a rating, or another one. BlockedError once they are handed in."""
        with self._database.transaction():
            self._refuse_handed_in(blind)
            self._connection.execute(
                "INSERT INTO calibration_rating VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET rating = excluded.rating",
                (blind.id, answer, rating),
            )
        return blind._replace(ratings={**blind.ratings, answer: rating})

    def hand_in(self, blind: BlindRatings, calibration_set: CalibrationSet) -> BlindRatings:
        """End the rating of a round; from now on it never changes.

        BlockedError where an answer has no rating yet, or it was handed in before.
        """
        left_out = [item for item in calibration_set.answers if item.id not in blind.ratings]
        if left_out:
            raise BlockedError(
                f"{count_noun(len(left_out), 'answer')} of {calibration_set.title} "
                f"{'has' if len(left_out) == 1 else 'have'} no rating yet.",
                "Rate every answer, then hand in.",
            )
        with self._database.transaction():
            self._refuse_handed_in(blind)
            at = self._database.now()
            self._connection.execute(
                "UPDATE calibration SET submitted_at = ? WHERE id = ?", (at, blind.id)
            )
            self._log(blind.id, "handed_in", blind.round, at)
        return blind._replace(submitted_at=at)

    def open_round(
        self, calibration_set: CalibrationSet, hand_out: HandOut | None = None
    ) -> CalibrationSet:
        """Let everybody rate the same answers again, after a training; for the trainer alone.

        ``hand_out`` is called with the set; where that raises, the round is not opened.
        """
        self._refuse_others(calibration_set, "open another round")
        later = calibration_set._replace(round=calibration_set.round + 1)
        with self._database.transaction():
            calibration_rows.set_round(
                self._connection,
                later.id,
                later.round,
                self._database.now(),
                self._database.account,
            )
            if hand_out is not None:
                hand_out(later)
        return later

    def remove(self, calibration_set: CalibrationSet) -> int:
        """Take a set out for good: one's own ratings, for its trainer everybody's.

        Gives how many people's rounds went. Where nobody else's ratings are left, the set goes too.
        """
        is_trainer = self.is_trainer(calibration_set)
        with self._database.transaction():
            removed = [
                blind
                for blind in self._ratings_of(calibration_set.id)
                if is_trainer or self._is_own(blind.person)
            ]
            for blind in removed:
                calibration_rows.delete_ratings(self._connection, blind.id)
            if is_trainer or not self._ratings_of(calibration_set.id):
                calibration_rows.delete_set(self._connection, calibration_set.id)
            at = self._database.now()
            self._log(calibration_set.id, "removed", len(removed), at)
        return len(removed)

    # Inside

    def _log(self, subject_id: str, event: str, detail: int, at: str) -> None:
        calibration_rows.log_event(
            self._connection, subject_id, event, detail, at, self._database.account
        )

    def _refuse_handed_in(self, blind: BlindRatings) -> None:
        row = self._connection.execute(
            "SELECT submitted_at FROM calibration WHERE id = ?", (blind.id,)
        ).fetchone()
        if row is None or row[0]:
            raise _handed_in_error()

    def _refuse_others(self, calibration_set: CalibrationSet, deed: str) -> None:
        if not self.is_trainer(calibration_set):
            raise BlockedError(
                f"{calibration_set.title} was made by {calibration_set.trainer.name}, and you are "
                f"{self._person.name}.",
                f"Only the trainer who made it may {deed}.",
            )

    def _is_own(self, person: Person) -> bool:
        if self._person.id:
            return person.id == self._person.id
        return normalize_name(person.name) in self._person.normalized_names

    def _key(self, calibration_set: CalibrationSet) -> ExpertKey:
        ((key,),) = self._database.rows(
            "SELECT answer_key FROM calibration_set WHERE id = ?", calibration_set.id
        )
        return key_from_document(json.loads(key))

    def _own(self, set_id: str, round_no: int) -> BlindRatings | None:
        """Of two that a merge of people brought together, the first."""
        own = [blind for blind in self._ratings_of(set_id, round_no) if self._is_own(blind.person)]
        return own[0] if own else None

    def _ratings_of(self, set_id: str, round_no: int | None = None) -> list[BlindRatings]:
        with self._database.errors_explained():
            blind = calibration_rows.select_ratings(self._connection, set_id, self._people())
        return [item for item in blind if round_no in (None, item.round)]

    def _people(self) -> dict[str, Person]:
        with self._database.errors_explained():
            records = select_records(self._connection, RecordKind.PERSON)
        return {record.id: as_person(record) for record in records}


def _handed_in_error() -> BlockedError:
    return BlockedError(
        "These ratings are handed in, and stay as they are.",
        "Your trainer can open another round.",
    )
