"""The settings of roles, the periods of places, and every candidate's clock."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from interviewkit.errors import BlockedError, InterviewKitError, unknown_name
from interviewkit.interview.clock import local_day, utc_day
from interviewkit.interview.people import NamedRecord, RecordKind, normalize_name
from interviewkit.interview.records import Candidate, Role
from interviewkit.interview.retention import PRESETS, Place, RetentionClock, RoleClock
from interviewkit.interview.role_settings import RoleChange, RoleSettings, Visibility
from interviewkit.interview.transcript import DecidedTranscript
from interviewkit.storage import audit_log, named_record_rows, transcript_rows
from interviewkit.storage.file.transaction import Database

NAMES = RoleSettings._fields
_LAST = """
SELECT c.id, c.name, c.reference, r.id AS role_id, r.title,
       max(i.touched_at, coalesce(i.submitted_at, ''), coalesce(
           (SELECT max(at) FROM amendment WHERE interview_id = i.id), '')) AS last
FROM candidate AS c
LEFT JOIN interview AS i ON i.candidate_id = c.id
LEFT JOIN role AS r ON r.id = i.role_id
"""
_NOT_MERGED = "c.id NOT IN (SELECT alias_id FROM alias WHERE kind = 'candidate' AND undone_at = '')"


class Retention:
    """The door to what says how long records stay, and who sees them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection

    # Roles

    def settings(self, role: Role) -> RoleSettings:
        """What is set for a role; all empty when nothing was."""
        with self._database.errors_explained():
            row = self._connection.execute(
                f"SELECT {', '.join(NAMES)} FROM role_setting WHERE role_id = ?",  # noqa: S608
                (role.id,),
            ).fetchone()
        return _settings(row) if row else RoleSettings()

    def history(self, role: Role) -> list[RoleChange]:
        """Every change of a role's settings, the oldest first."""
        with self._database.errors_explained():
            return [
                RoleChange(*row)
                for row in self._connection.execute(
                    "SELECT what, before, after, by, at FROM role_change WHERE role_id = ? "
                    "ORDER BY seq",
                    (role.id,),
                )
            ]

    def change(self, role: Role, settings: RoleSettings, by: str) -> RoleSettings:
        """Set all of a role's settings; what is changed goes into its history.

        The owner is given by name, id or e-mail; AmbiguousNameError lists whom it could mean.
        BlockedError when the role has an owner and it is not ``by``, or when others' view is
        limited with nobody left who sees everything.
        """
        settings = self._valid_settings(settings)
        with self._database.transaction():
            old = self.settings(role)
            owner = None
            if settings.owner:
                owner = named_record_rows.lookup(
                    self._connection, RecordKind.PERSON, settings.owner
                )
            if owner and normalize_name(settings.owner) in named_record_rows.identifiers(owner):
                settings = settings._replace(owner=owner.name)
            changes = [
                (name, _text(getattr(old, name)), _text(getattr(settings, name)))
                for name in NAMES
                if getattr(old, name) != getattr(settings, name)
            ]
            if not changes:
                return settings
            if not named_record_rows.owns(self._connection, role.id, by):
                raise BlockedError(
                    f"{role.title} is the role of {old.owner}, and you are {by}.",
                    "Only a role's owner changes its settings; nothing was changed.",
                )
            at = self._database.now()
            self._keep(role, settings, owner, at)
            self._connection.executemany(
                "INSERT INTO role_change (role_id, what, before, after, by, at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [(role.id, *change, by, at) for change in changes],
            )
            for name, *_ in changes:
                self._log("role", role.id, name, getattr(old, name), getattr(settings, name), at)
        return settings

    def _keep(self, role: Role, settings: RoleSettings, owner: NamedRecord | None, at: str) -> None:
        """Inside a transaction: the settings under the next version, with their owner's person."""
        owner_id = owner.id if owner else None
        if settings.owner and owner is None:
            owner_id = named_record_rows.insert_person_called(
                self._connection, settings.owner, at, self._database.account
            )
        (version,) = self._connection.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM role_setting WHERE role_id = ?", (role.id,)
        ).fetchone()
        columns = ("role_id", *NAMES, "owner_id", "version")
        values = (role.id, *(getattr(settings, name) for name in NAMES), owner_id, version)
        self._connection.execute(
            f"INSERT OR REPLACE INTO role_setting ({', '.join(columns)}) "  # noqa: S608
            f"VALUES ({', '.join('?' * len(columns))})",
            values,
        )

    def _valid_settings(self, settings: RoleSettings) -> RoleSettings:
        if not settings.owner and settings.visibility is not Visibility.AFTER_OWN:
            raise BlockedError(
                "Who sees what can be set only when the role has an owner.",
                "Name the owner first: with owner and setting together, nobody is left out.",
            )
        if settings.shared and not settings.owner:
            raise BlockedError(
                "A role that the team shares needs an owner.",
                "Name the owner with it: everyone goes by the owner's settings and plan.",
            )
        if settings.decided:
            day(settings.decided)
        if settings.place:
            self.place(settings.place)
        if settings.months is not None and not 1 <= settings.months <= 1200:
            raise InterviewKitError(
                f"{settings.months} months is not a valid period.", "Give a number from 1 to 1200."
            )
        return settings

    # Places

    def places(self) -> list[Place]:
        """Every place that has a period: ours, with the months that were set, then one's own."""
        with self._database.errors_explained():
            changed = dict(self._connection.execute("SELECT name, months FROM place ORDER BY name"))
        places = [
            replace(preset, months=changed.pop(preset.name), is_preset=False)
            if preset.name in changed
            else preset
            for preset in PRESETS
        ]
        return [
            *places,
            *(Place(name, months, "set here", False) for name, months in changed.items()),
        ]

    def place(self, name: str) -> Place:
        """The place of this name; NotFoundError names the others."""
        for jurisdiction in self.places():
            if normalize_name(jurisdiction.name) == normalize_name(name):
                return jurisdiction
        raise unknown_name("place", name, [jurisdiction.name for jurisdiction in self.places()])

    def set_place(self, name: str, months: int | None) -> Place | None:
        """How many months a place keeps records; None takes the setting away again.

        Gives the place as it is now, None when it is gone. BlockedError when a role uses it.
        """
        names = {
            normalize_name(jurisdiction.name): jurisdiction.name for jurisdiction in self.places()
        }
        name = names.get(normalize_name(name), name.strip())
        is_preset = any(jurisdiction.name == name for jurisdiction in PRESETS)
        with self._database.transaction():
            used = self._connection.execute(
                "SELECT role.title FROM role_setting JOIN role ON role.id = role_id "
                "WHERE normalize_name(place) = ?",
                (normalize_name(name),),
            ).fetchone()
            if months is None and used and not is_preset:
                raise BlockedError(
                    f"{used[0]} keeps its records by {name}.",
                    "Give that role another place first; nothing was changed.",
                )
            self._connection.execute("DELETE FROM place WHERE name = ?", (name,))
            self._log("place", name, "months", None, months, self._database.now())
            if months is not None:
                self._connection.execute("INSERT INTO place VALUES (?, ?)", (name, months))
        return self.place(name) if months is not None or is_preset else None

    def _log(
        self, subject: str, subject_id: str, field: str, old: object, new: object, at: str
    ) -> None:
        audit_log.append(
            self._connection,
            subject=subject,
            subject_id=subject_id,
            field=field,
            old=old,
            new=new,
            at=at,
            account=self._database.account,
        )

    # Transcripts

    def transcripts_due(self, today: date) -> list[DecidedTranscript]:
        """Those whose days after the decision are over; none while the setting is at fault."""
        days = transcript_rows.transcript_days()
        if days is None:
            return []
        with self._database.errors_explained():
            decided = transcript_rows.decided_transcripts(self._connection)
        return [item for item in decided if (today - local_day(item.decided_at)).days >= days]

    def delete_transcripts(self, due: Sequence[DecidedTranscript]) -> None:
        """Delete these transcripts, all of them or none."""
        with self._database.transaction():
            for item in due:
                transcript_rows.delete_transcript(
                    *(self._connection, item.interview, "retention"),
                    *(self._database.now(), self._database.account),
                )
        with self._database.errors_explained():
            transcript_rows.fold_journal(self._connection)

    # Clocks

    def clocks(
        self, candidate: Candidate | None = None, *, in_utc: bool = False
    ) -> list[RetentionClock]:
        """The clocks of all candidates, or of one, by name.

        Their days are those of this machine's time zone, with ``in_utc`` those of UTC.
        """
        condition, args = f"WHERE {_NOT_MERGED}", []
        if candidate is not None:
            condition, args = "WHERE c.id = ?", [candidate.id]
        with self._database.errors_explained():
            rows = self._connection.execute(
                "SELECT id, name, reference, role_id, title, max(last) "  # noqa: S608 - constants
                f"FROM ({_LAST} {condition}) GROUP BY id, role_id ORDER BY name, id, title",
                args,
            ).fetchall()
        return self._group_by_candidate(rows, utc_day if in_utc else local_day)

    def _group_by_candidate(
        self, rows: list[tuple[str, str, str, str, str, str]], day_of: Callable[[str], date]
    ) -> list[RetentionClock]:
        months = {
            normalize_name(jurisdiction.name): jurisdiction.months for jurisdiction in self.places()
        }
        settings: dict[str, RoleSettings] = {}
        candidates: dict[str, tuple[Candidate, list[RoleClock]]] = {}
        for key, name, reference, role_id, title, latest in rows:
            _, roles = candidates.setdefault(key, (Candidate(key, name, reference), []))
            if role_id is None:
                continue  # a candidate whose interviews were discarded
            role = Role(role_id, title)
            if role_id not in settings:
                settings[role_id] = self.settings(role)
            of = settings[role_id]
            roles.append(
                RoleClock(
                    role,
                    day_of(latest),
                    of.months or months.get(normalize_name(of.place)),
                    day(of.decided) if of.decided else None,
                    of.hold,
                )
            )
        return [RetentionClock(candidate, tuple(roles)) for candidate, roles in candidates.values()]


def day(text: str) -> date:
    """A day as people write it here, ``2026-03-02``; InterviewKitError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InterviewKitError(
            f"{text!r} is not a date.", "Write year, month and day, such as 2026-03-02."
        ) from error


def settings_text(values: Sequence[object]) -> str:
    """The settings of a role as one text, in the order of the columns: for the log, to compare."""
    return json.dumps([_text(value) for value in values], ensure_ascii=False)


def _settings(row: tuple[str | int | None, ...]) -> RoleSettings:
    values = dict(zip(NAMES, row, strict=True))
    months = values["months"]
    return RoleSettings(
        owner=str(values["owner"]),
        visibility=Visibility(str(values["visibility"])),
        place=str(values["place"]),
        months=None if months is None else int(months),
        decided=str(values["decided"]),
        hold=str(values["hold"]),
        shared=bool(values["shared"]),
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)
