"""People, merges, settings, plans and erasures of other machines, taken into the records."""

import sqlite3
from collections.abc import Sequence

from interviewkit.interview.people import Alias, RecordKind
from interviewkit.interview.plan import PlanState
from interviewkit.interview.shared_records import (
    Gone,
    OfferedPlan,
    OfferedRecord,
    OfferedSettings,
    SharedRecord,
)
from interviewkit.storage import audit_log, merges
from interviewkit.storage.import_joins import ImportJoins
from interviewkit.storage.plan import log_plan_change, log_plan_entry
from interviewkit.storage.privacy.retention import NAMES, settings_text

_UNSET = ("", "after_own", "", None, "", "", 0)  # as RoleSettings are when nothing was set
ORDER = (Gone, OfferedRecord, Alias, OfferedSettings, OfferedPlan)


class SharedImport:
    """What an import brings besides scorecards, inside its transaction."""

    def __init__(
        self, connection: sqlite3.Connection, joins: ImportJoins, at: str, account: str
    ) -> None:
        self._connection = connection
        self._joins = joins
        self._at = at
        self._account = account

    def take(self, location: str, offer: SharedRecord) -> bool:
        """Take one line in; gives whether it changed anything. RefusedImportError says why not."""
        if isinstance(offer, OfferedRecord):
            return self._joins.join(location, offer)
        if isinstance(offer, Alias):
            return self._alias(location, offer)
        if isinstance(offer, Gone):
            return self._mark_gone(offer)
        if isinstance(offer, OfferedSettings):
            return self._settings(location, offer)
        return self._plan(location, offer)

    def _mark_gone(self, offer: Gone) -> bool:
        """Noted, so that no later import brings the record in; erasing is for a person to do."""
        row = self._connection.execute(
            "INSERT INTO gone (kind, id_sha256, at, why) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            offer,
        )
        return row.rowcount > 0

    def _alias(self, location: str, offer: Alias) -> bool:
        """The later of two states counts; what was undone stays undone until it is done again."""
        self._joins.refuse_open()
        for record_id in (offer.alias_id, offer.target_id):
            if self._joins.is_gone(offer.kind, record_id):
                return False
            self._joins.reference(location, offer.kind, record_id)
        aliases = {
            (alias.alias_id, alias.target_id): alias
            for alias in merges.aliases(self._connection, offer.kind)
        }
        old = aliases.get((offer.alias_id, offer.target_id))
        if old is not None and max(old.at, old.undone_at) >= max(offer.at, offer.undone_at):
            return False
        if offer.undone_at:
            if old is None or old.undone_at:
                return False
            merges.undo(self._connection, offer, self._account)
            return True
        other_aliases = [alias for alias in aliases.values() if alias.alias_id == offer.alias_id]
        if any(not alias.undone_at for alias in other_aliases) or self._is_circle(offer):
            return False  # merged otherwise here, which stands
        merges.merge(self._connection, offer, self._account)
        return True

    def _is_circle(self, offer: Alias) -> bool:
        ends = merges.targets(self._connection, offer.kind)
        return ends.get(offer.target_id) == offer.alias_id

    def _settings(self, location: str, offer: OfferedSettings) -> bool:
        role_id = self._joins.reference(location, RecordKind.ROLE, offer.role)
        settings = offer.settings
        owner_id = None
        if settings.owner:
            owner_id = self._joins.person_called(settings.owner, offer.owner_id)
        row = self._connection.execute(
            "SELECT version, owner, visibility, place, months, decided, hold, shared "
            "FROM role_setting WHERE role_id = ?",
            (role_id,),
        ).fetchone()
        values = (
            settings.owner,
            settings.visibility.value,
            settings.place,
            settings.months,
            settings.decided,
            settings.hold,
            int(settings.shared),
        )
        # Of two settings of one version every machine takes the same: the later in the alphabet.
        if row and (row[0], settings_text(row[1:])) >= (offer.version, settings_text(values)):
            return False
        self._connection.execute(
            "INSERT OR REPLACE INTO role_setting (role_id, owner, visibility, place, months, "
            "decided, hold, shared, owner_id, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (role_id, *values, owner_id, offer.version),
        )
        self._log_settings(role_id, row[1:] if row else _UNSET, values)
        return True

    def _log_settings(
        self, role_id: str, earlier: Sequence[object], values: Sequence[object]
    ) -> None:
        for name, old, new in zip(NAMES, earlier, values, strict=True):
            if old != new:
                audit_log.append(
                    self._connection,
                    subject="role",
                    subject_id=role_id,
                    field=name,
                    old=old,
                    new=new,
                    at=self._at,
                    account=self._account,
                )

    def _plan(self, location: str, offer: OfferedPlan) -> bool:
        if self._joins.is_gone(RecordKind.CANDIDATE, offer.candidate):
            return False
        role = self._joins.reference(location, RecordKind.ROLE, offer.role)
        candidate = self._joins.reference(location, RecordKind.CANDIDATE, offer.candidate)
        interviewer = self._joins.reference(location, RecordKind.PERSON, offer.interviewer)
        row = self._connection.execute(
            "SELECT changed_at, state, card, kit_key, bank_sha256 FROM plan WHERE id = ?",
            (offer.id,),
        ).fetchone()
        changed_at, state, *texts = row or ("", None, "", "", "")
        offered_texts = [offer.card, offer.kit_key, offer.bank_sha256]
        if row is None:
            self._connection.execute(
                "INSERT INTO plan (id, role_id, candidate_id, interviewer_id, bank, kit, state, "
                "at, changed_at, card, kit_key, bank_sha256) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(offer.id, role, candidate, interviewer, offer.bank, offer.kit, offer.state),
                    *(offer.at, offer.changed_at, *offered_texts),
                ),
            )
        elif offer.changed_at > changed_at and ([offer.state, *offered_texts] != [state, *texts]):
            self._connection.execute(
                "UPDATE plan SET state = ?, card = ?, kit_key = ?, bank_sha256 = ?, changed_at = ? "
                "WHERE id = ?",
                (offer.state, *offered_texts, offer.changed_at, offer.id),
            )
        else:
            return False
        at, account = self._at, self._account
        if offer.state != state:
            log_plan_entry(
                self._connection, offer.id, state and PlanState(state), offer.state, at, account
            )
        for field, old, new in zip(
            ("card", "kit_key", "bank_sha256"), texts, offered_texts, strict=True
        ):
            if new != old:
                log_plan_change(self._connection, offer.id, field, old, new, at, account)
        return True
