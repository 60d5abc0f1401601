"""People, roles and candidates as records: looked up by id, reference or name, made and renamed.

Names are not unique. Whatever takes a name resolves it here, so that two records of one name are
never confused: the caller gets one record or an error that lists whom the name could mean.
"""

from interviewkit.errors import BlockedError, unknown_name
from interviewkit.interview.people import (
    Alias,
    NamedRecord,
    Person,
    RecordKind,
    normalize_name,
)
from interviewkit.storage import merges, named_record_rows
from interviewkit.storage.file.transaction import Database


class Registry:
    """The door to people, roles and candidates as records."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.connection
        self._account = database.account

    # Looking

    def records(self, kind: RecordKind) -> list[NamedRecord]:
        """Every record of a kind by name; those merged into others are among their spellings."""
        with self._database.errors_explained():
            return named_record_rows.select_records(self._connection, kind)

    def people(self) -> list[Person]:
        """Everybody who interviews, owns a role or decides, by name."""
        return [named_record_rows.as_person(record) for record in self.records(RecordKind.PERSON)]

    def person(self, text: str) -> Person:
        """The person with this id, e-mail or name; one without an id where no record has the name.

        AmbiguousNameError lists whom the name could mean.
        """
        record = self.lookup(RecordKind.PERSON, text)
        return named_record_rows.as_person(record) if record else Person("", text.strip())

    def resolve(self, kind: RecordKind, text: str) -> NamedRecord:
        """The one record with this id, reference or name.

        NotFoundError names the others; AmbiguousNameError lists whom the name could mean.
        """
        record = self.lookup(kind, text)
        if record is None:
            names = [record.name for record in self.records(kind)]
            raise unknown_name(kind.value, text, list(dict.fromkeys(names)))
        return record

    def lookup(self, kind: RecordKind, text: str) -> NamedRecord | None:
        """As :meth:`resolve`; None where no record bears the name."""
        with self._database.errors_explained():
            return named_record_rows.lookup(self._connection, kind, text)

    def records_called(self, kind: RecordKind, text: str) -> list[NamedRecord]:
        """Everybody whom a text could mean: one by an id, else those of the name or reference."""
        with self._database.errors_explained():
            return named_record_rows.match_records(self._connection, kind, text)

    def describe(self, record: NamedRecord) -> str:
        """What tells a record from others of its name, in a few words."""
        with self._database.errors_explained():
            return named_record_rows.describe(self._connection, record)

    def aliases(self, kind: RecordKind) -> list[Alias]:
        """Every merge of a kind, those that were undone included, the oldest first."""
        with self._database.errors_explained():
            return merges.aliases(self._connection, kind)

    # Changing

    def rename(self, record: NamedRecord, name: str, by: str) -> NamedRecord:
        """Give a record another name; the old one stays among its spellings.

        BlockedError for an empty name, and for a role that somebody else owns.
        """
        name = " ".join(name.split())
        if not name:
            raise BlockedError("A name cannot be empty.", "Type the new name.")
        with self._database.transaction():
            self._refuse_if_owned(record, by)
            at = self._database.now()
            named_record_rows.rename(self._connection, record, name, at, self._account)
        return self.resolve(record.kind, record.id)

    def set_reference(self, record: NamedRecord, reference: str, by: str) -> NamedRecord:
        """Set a reference, of a person the e-mail; an empty one takes it away.

        BlockedError where another record of the kind has it, and for a role that somebody else
        owns.
        """
        reference = " ".join(reference.split())
        with self._database.transaction():
            self._refuse_if_owned(record, by)
            named_record_rows.refuse_taken_reference(self._connection, record, reference)
            at = self._database.now()
            named_record_rows.set_reference(self._connection, record, reference, at, self._account)
        return self.resolve(record.kind, record.id)

    def merge(self, record: NamedRecord, target: NamedRecord, by: str) -> None:
        """Let ``target`` stand for ``record`` from now on, whose rows move to it.

        No sealed document changes. BlockedError where both are the same, where the same interview
        is under way with both, and for a role that somebody else owns.
        """
        if record.id == target.id:
            raise BlockedError(
                f"{record.name} and {target.name} are the same {record.kind} already.",
                "Nothing was changed.",
            )
        with self._database.transaction():
            self._refuse_if_owned(record, by)
            self._refuse_if_owned(target, by)
            at = self._database.now()
            merges.merge(
                self._connection,
                Alias(record.kind, record.id, target.id, at, by),
                self._account,
            )

    def unmerge(self, kind: RecordKind, text: str, by: str) -> NamedRecord:
        """Undo the merge of the record with this id or name; its rows move back to it.

        NotFoundError names what was merged. BlockedError for a role that somebody else owns.
        """
        with self._database.errors_explained():
            alias = merges.alias_called(
                self._connection, kind, text, named_record_rows.COLUMNS[kind][0]
            )
        self._refuse_if_owned(self.resolve(kind, alias.target_id), by)
        with self._database.transaction():
            at = self._database.now()
            merges.undo(self._connection, alias._replace(undone_at=at), self._account)
        return self.resolve(kind, alias.alias_id)

    # Who sits at the keyboard

    def identity(self) -> Person | None:
        """Who this computer's account said they are; None before anybody was asked."""
        with self._database.errors_explained():
            row = self._connection.execute(
                "SELECT person_id FROM identity WHERE account = ?", (self._account,)
            ).fetchone()
            record = (
                named_record_rows.record_by_id(self._connection, RecordKind.PERSON, row[0])
                if row
                else None
            )
        return named_record_rows.as_person(record) if record else None

    def identify(self, text: str, email: str = "", *, is_new: bool = False) -> Person:
        """Say who this computer's account is, by name, id or e-mail; a new name makes a person.

        An ``email`` becomes that of the person where they have none yet. ``is_new``: somebody else
        of the name is known, who it is not.

        AmbiguousNameError where the name could mean several, BlockedError where it is empty.
        """
        if not text.strip():
            raise BlockedError("A name cannot be empty.", "Type your name.")
        with self._database.transaction():
            record = self._person_record(text, email.strip(), is_new=is_new)
            self._connection.execute(
                "INSERT INTO identity (account, person_id) VALUES (?, ?) "
                "ON CONFLICT DO UPDATE SET person_id = excluded.person_id",
                (self._account, record.id),
            )
        return named_record_rows.as_person(record)

    def _person_record(self, text: str, email: str, *, is_new: bool) -> NamedRecord:
        kind = RecordKind.PERSON
        if is_new:
            return self.ensure(kind, text, email, is_new=True)
        bearer = named_record_rows.lookup(self._connection, kind, email) if email else None
        record = bearer or self.ensure(kind, text)
        if email and not record.reference:
            at = self._database.now()
            named_record_rows.set_reference(self._connection, record, email, at, self._account)
            record = record._replace(reference=email)
        return record

    # Inside a transaction

    def ensure(
        self, kind: RecordKind, text: str, reference: str = "", *, is_new: bool = False
    ) -> NamedRecord:
        """The record called ``text``, made where there is none; inside a transaction.

        A ``reference`` finds the record that bears it, and makes a new one where none does.
        ``is_new``: one is made although others have the name.
        """
        record = None if is_new else self._record_of(kind, text, reference)
        if record is not None:
            return record
        record = NamedRecord(
            kind, self._database.new_id(), " ".join(text.split()), " ".join(reference.split())
        )
        named_record_rows.refuse_taken_reference(self._connection, record, record.reference)
        named_record_rows.insert(self._connection, record, self._database.now(), self._account)
        return record

    def _record_of(self, kind: RecordKind, text: str, reference: str) -> NamedRecord | None:
        if not reference.strip():
            return named_record_rows.lookup(self._connection, kind, text)
        normalized = normalize_name(reference)
        for record in named_record_rows.select_records(self._connection, kind):
            if normalize_name(record.reference) != normalized:
                continue
            if text != record.id and not named_record_rows.is_called(record, text):
                raise BlockedError(
                    f"{reference.strip()} is the reference of {record.name}, not of {text}.",
                    f"Correct one of the two, or rename the {kind} first.",
                )
            return record
        return None

    def _refuse_if_owned(self, record: NamedRecord, by: str) -> None:
        if record.kind is not RecordKind.ROLE:
            return
        if named_record_rows.owns(self._connection, record.id, by):
            return
        (owner,) = self._connection.execute(
            "SELECT owner FROM role_setting WHERE role_id = ?", (record.id,)
        ).fetchone()
        raise BlockedError(
            f"{record.name} is the role of {owner}, and you are {by}.",
            "Only a role's owner renames or merges it; nothing was changed.",
        )


def current_user(registry: Registry) -> Person:
    """Who sits at the keyboard: by the settings, by what they said, else by their account."""
    from interviewkit.settings import valid_setting
    from interviewkit.storage.account import login_name

    name = str(valid_setting("interviewer") or "").strip()
    if name:
        return registry.person(name)
    return registry.identity() or registry.person(login_name())
