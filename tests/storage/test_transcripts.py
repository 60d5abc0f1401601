"""Transcripts beside interviews: by consent only, as visible as the interview, gone in time."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interviewkit.errors import BlockedError, InterviewKitError, NotFoundError
from interviewkit.interview.documents import SealedDecision
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import Person, RecordKind
from interviewkit.interview.records import Course, Interview
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.interview.sealed_document import decision_document
from interviewkit.interview.transcript import Consent, Cue, Speaker
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from interviewkit.storage.transcripts import Transcripts
from interviewkit.workflows.candidate_export import pack_candidate
from support import PRIYA, ROOT, HeldClock, begin, complete

Q = "unspoken-need"
SAID = "the heron stood in Aalen"
CUES = [
    Cue("Good morning", "Priya Raman", 1.0, 2.0, 4),
    Cue(SAID, "Ada Okafor (she)", 3.0, 5.5, 8),
    Cue("Hello", "iPad", 6.0, 7.0, 12),
    Cue("and it rained", "", None, None, 16),
]
TOM, DANA = Person("", "Tom Becker"), Person("", "Dana Fox")


def shelf(store: Store, person: Person = PRIYA) -> Transcripts:
    return store.seen_by(person).transcripts()


def add(store: Store, interview: Interview, person: Person = PRIYA) -> None:
    shelf(store, person).add(
        interview.id, "call.vtt", CUES, consent_by="Ada Okafor", consent_day="2026-03-01"
    )


@pytest.fixture
def interview(store: Store) -> Interview:
    return complete(store, {Q: 4})


def decide(store: Store, course: Course = Course.HIRE, candidate: str = "Ada Okafor") -> None:
    role = store.role("Account executive")
    store.decide(role, store.candidate(candidate), course, "all agreed", "", "Dana Fox")


def is_there(store: Store, interview: Interview) -> bool:
    return shelf(store).transcript(interview.id) is not None


def test_it_is_kept_as_it_came_with_who_agreed_and_whose_voice_is_known(
    store: Store, interview: Interview
) -> None:
    add(store, interview)
    transcript = shelf(store).transcript(interview.id)
    assert transcript is not None
    assert transcript.cues == tuple(CUES)
    assert transcript.consent == Consent("Ada Okafor", "2026-03-01")
    assert (transcript.added_by, transcript.file_name) == ("Priya Raman", "call.vtt")
    assert transcript.speakers == {
        "Priya Raman": Speaker.INTERVIEWER,
        "Ada Okafor (she)": Speaker.CANDIDATE,
    }
    assert transcript.has_times
    assert [item.interview.id for item in shelf(store).entries()] == [interview.id]
    assert [item.interview.id for item in shelf(store).entries(interview.role)] == [interview.id]
    assert shelf(store).entries(candidate=begin(store, "Bo Lind").candidate) == []
    assert check_records(store.path).faults == ()


@pytest.mark.parametrize(
    ("by", "day", "words"),
    [
        ("", "2026-03-01", "only with consent: who agreed to the recording, and when"),
        ("Ada", "", "only with consent"),
        (" ", " ", "only with consent"),
        ("Ada", "yesterday", "'yesterday' is no day on which somebody agreed"),
        ("Ada", "2026-03-03", "2026-03-03 is still to come"),
        ("A" * 301, "2026-03-01", "has 301 characters; at most 300"),
    ],
)
def test_without_consent_nothing_is_kept(
    by: str, day: str, words: str, store: Store, interview: Interview
) -> None:
    with pytest.raises(InterviewKitError) as refused:
        shelf(store).add(interview.id, "a.vtt", CUES, consent_by=by, consent_day=day)
    assert words in refused.value.message
    assert refused.value.hint
    assert not is_there(store, interview)


def test_no_row_without_consent_comes_in_past_the_program(
    store: Store, interview: Interview
) -> None:
    statement = "INSERT INTO transcript VALUES (?, 'f', '[]', ?, ?, 'x', 'y', '{}', NULL)"
    for by, day in ((" ", "2026-03-01"), ("Ada", "soon")):
        with pytest.raises(InterviewKitError), store._database.transaction():
            store._connection.execute(statement, (interview.id, by, day))


def test_one_at_a_time_until_it_is_removed(store: Store, interview: Interview) -> None:
    add(store, interview)
    with pytest.raises(BlockedError, match="has a transcript already"):
        add(store, interview)
    shelf(store).remove(interview.id)
    with pytest.raises(NotFoundError, match="has no transcript"):
        shelf(store).remove(interview.id)
    with pytest.raises(NotFoundError, match="has no transcript"):
        shelf(store).set_offset(interview.id, 3.0)
    add(store, interview)


def test_it_is_as_visible_as_its_interview(store: Store, interview: Interview) -> None:
    add(store, interview)
    begin(store, interviewer="Tom Becker")  # who owes a judgement of his own
    door = shelf(store, TOM)
    assert door.entries() == []
    for call in (
        door.transcript,
        door.answers,
        door.stays,
        door.remove,
        lambda key: door.set_offset(key, 1.0),
        lambda key: door.set_speaker(key, "iPad", Speaker.SOMEBODY),
        lambda key: door.add(key, "b", CUES, consent_by="Ada", consent_day="2026-03-01"),
    ):
        with pytest.raises(BlockedError, match="is withheld from you"):
            call(interview.id)
    under_way = begin(store, "Bo Lind")
    with pytest.raises(BlockedError, match="This is the interview of Priya Raman"):
        add(store, under_way, TOM)
    add(store, under_way)
    assert is_there(store, under_way)


def test_offset_and_voices_are_kept_and_logged(store: Store, interview: Interview) -> None:
    add(store, interview)
    shelf(store).set_offset(interview.id, -12.5)
    shelf(store).set_speaker(interview.id, "iPad", Speaker.SOMEBODY)
    transcript = shelf(store).transcript(interview.id)
    assert transcript is not None
    assert (transcript.offset, transcript.speakers["iPad"]) == (-12.5, Speaker.SOMEBODY)
    assert shelf(store).set_offset(interview.id, None).offset is None
    with pytest.raises(InterviewKitError, match="is more than a day"):
        shelf(store).set_offset(interview.id, 1e6)
    logged = store._database.rows(
        "SELECT what, before, after FROM audit_log WHERE subject = 'transcript' ORDER BY seq"
    )
    assert logged[1:] == [
        ("offset", "null", "-12.5"),
        ("speakers", "null", '"somebody"'),
        ("offset", "-12.5", "null"),
    ]
    assert json.loads(logged[0][2]) == {"lines": 4, "consent": ["Ada Okafor", "2026-03-01"]}
    assert check_records(store.path).faults == ()


class TestRetention:
    def test_it_goes_with_the_decision_and_not_a_byte_stays(
        self, store: Store, interview: Interview
    ) -> None:
        add(store, interview)
        assert SAID.encode() in whole(store.path)
        decide(store)
        assert not is_there(store, interview)
        assert SAID.encode() not in whole(store.path)
        with pytest.raises(BlockedError, match="Ada Okafor is decided on"):
            add(store, interview)
        assert check_records(store.path).faults == ()

    def test_a_decision_that_comes_in_takes_it_along_to_the_last_byte(
        self, store: Store, interview: Interview
    ) -> None:
        add(store, interview)
        decision = store.new_decision(
            *(interview.role.id, interview.candidate.id, Course.HIRE, "all agreed", "", "Dana Fox")
        )
        offer = SealedDecision(decision, decision_document(decision, ""))
        store.import_documents([("file, line 1", offer)])
        assert not is_there(store, interview)
        assert SAID.encode() not in whole(store.path)

    def test_removed_by_hand_not_a_byte_stays(self, store: Store, interview: Interview) -> None:
        add(store, interview)
        shelf(store).remove(interview.id)
        assert SAID.encode() not in whole(store.path)

    @pytest.mark.parametrize("course", [Course.HOLD, Course.ANOTHER_ROUND])
    def test_it_stays_while_the_panel_goes_on(
        self, course: Course, store: Store, interview: Interview
    ) -> None:
        add(store, interview)
        decide(store, course)
        assert is_there(store, interview)

    def test_that_of_another_candidate_or_role_stays(
        self, store: Store, interview: Interview
    ) -> None:
        others = [complete(store, {Q: 3}, "Bo Lind"), complete(store, {Q: 3}, role="Other")]
        for item in (interview, *others):
            add(store, item)
        decide(store)
        assert [is_there(store, item) for item in (interview, *others)] == [False, True, True]

    def test_the_setting_keeps_it_longer_and_purging_takes_it_then(
        self, store: Store, interview: Interview, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INTERVIEWKIT_TRANSCRIPT_DAYS", "14")
        add(store, interview)
        decide(store, Course.DO_NOT_HIRE)
        assert is_there(store, interview)
        door = store.retention()
        day = clock.now().date()
        assert door.transcripts_due(day.replace(day=15)) == []
        due = door.transcripts_due(day.replace(day=16))
        assert [(item.candidate, item.interviewer) for item in due] == [
            ("Ada Okafor", "Priya Raman")
        ]
        decide(store, Course.ANOTHER_ROUND)  # and goes on: it is due no more
        assert door.transcripts_due(day.replace(day=16)) == []
        door.delete_transcripts(due)
        assert not is_there(store, interview)

    def test_a_role_decided_is_a_decision_for_purging(
        self, store: Store, interview: Interview, clock: HeldClock
    ) -> None:
        add(store, interview)
        door = store.retention()
        door.change(interview.role, RoleSettings(decided="2026-03-01"), "Dana Fox")
        assert len(door.transcripts_due(clock.now().date())) == 1

    def test_settings_at_fault_delete_nothing(
        self, store: Store, interview: Interview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INTERVIEWKIT_TRANSCRIPT_DAYS", "two weeks")
        add(store, interview)
        decide(store)
        assert is_there(store, interview)
        assert store.retention().transcripts_due(datetime(2030, 1, 1, tzinfo=UTC).date()) == []

    def test_a_legal_hold_keeps_it(self, store: Store, interview: Interview) -> None:
        add(store, interview)
        door = store.retention()
        door.change(interview.role, RoleSettings(hold="A charge"), "Dana Fox")
        with pytest.raises(BlockedError, match="under a legal hold: A charge"):
            shelf(store).remove(interview.id)
        decide(store)
        assert is_there(store, interview)
        door.change(interview.role, RoleSettings(), "Dana Fox")
        assert len(door.transcripts_due(datetime(2026, 3, 2, tzinfo=UTC).date())) == 1

    def test_a_decision_says_beforehand_how_many_it_deletes(
        self, store: Store, interview: Interview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def count(person: Person = PRIYA) -> int:
            return shelf(store, person).count_at_decision(interview.role, interview.candidate)

        assert count() == 0
        for item in (interview, complete(store, {Q: 3}, "Bo Lind")):
            add(store, item)
        assert count() == 1
        begin(store, interviewer="Tom Becker")  # who may not read it
        assert shelf(store, TOM).entries(candidate=interview.candidate) == []
        assert count(TOM) == 1
        store.retention().change(interview.role, RoleSettings(hold="A charge"), "Dana Fox")
        assert count() == 0
        store.retention().change(interview.role, RoleSettings(), "Dana Fox")
        monkeypatch.setenv("INTERVIEWKIT_TRANSCRIPT_DAYS", "14")
        assert count() == 0

    def test_erasing_the_candidate_takes_it_along(self, store: Store, interview: Interview) -> None:
        add(store, interview)
        plan = store.erasing().plan(interview.candidate, PRIYA)
        assert plan.rows["transcript"] == 1
        store.erasing().erase([interview.candidate], Why.REQUEST)
        assert SAID.encode() not in whole(store.path)
        assert store._database.rows("SELECT * FROM transcript") == []

    def test_a_name_in_anothers_transcript_is_a_mention(
        self, store: Store, interview: Interview
    ) -> None:
        other = complete(store, {Q: 3}, "Bo Lind")
        cues = [Cue("I worked with Ada Okafor there")]
        shelf(store).add(other.id, "b.txt", cues, consent_by="Bo Lind", consent_day="2026-03-01")
        (mention,) = [
            item
            for item in store.erasing().plan(interview.candidate, PRIYA).mentions
            if "transcript" in item.where
        ]
        assert (mention.where, mention.text) == (
            "transcript on Bo Lind by Priya Raman",
            "I worked with Ada Okafor there",
        )

    def test_discarding_an_interview_says_that_it_has_one(self, store: Store) -> None:
        under_way = begin(store, "Bo Lind")
        add(store, under_way)
        assert store.contents(under_way.id, "Priya Raman").words == "1 transcript"
        store.discard(under_way.id, "Priya Raman")
        assert store._database.rows("SELECT * FROM transcript") == []


def test_a_merge_takes_it_along_with_its_interview(store: Store, interview: Interview) -> None:
    add(store, interview)
    other = complete(store, {Q: 3}, "Ada O")
    registry = store.registry()
    record, target = (
        registry.resolve(RecordKind.CANDIDATE, name) for name in ("Ada Okafor", "Ada O")
    )
    registry.merge(record, target, "Dana Fox")
    (item,) = shelf(store).entries()
    assert item.interview.candidate.id == other.candidate.id


def test_only_the_owner_sees_one_where_the_role_says_so(store: Store, interview: Interview) -> None:
    add(store, interview)
    store.retention().change(interview.role, RoleSettings("Dana Fox", Visibility.OWN), "Dana Fox")
    assert len(shelf(store, DANA).entries()) == 1
    assert shelf(store, TOM).entries() == []


def test_no_number_no_export_and_no_search_knows_of_it(store: Store, interview: Interview) -> None:
    def read() -> list[object]:
        reader = store.seen_by(PRIYA)
        leaving = reader.export()
        list(store.search_index().catch_up())
        return [
            reader.comparison(interview.role),
            reader.bank_used(interview.bank),
            reader.scorecards(),
            [leaving.document(card) for card in leaving.scorecards],
            [reader.passages().find(word).hits for word in SAID.split()],
        ]

    before = read()
    add(store, interview)
    assert read() == before


def test_a_pack_without_people_does_not_say_what_its_file_is_called(
    store: Store, interview: Interview
) -> None:
    shelf(store).add(
        *(interview.id, "adaokafor_call.vtt", CUES),
        consent_by="Ada Okafor",
        consent_day="2026-03-01",
    )
    whole_pack = pack_candidate(store, "Ada Okafor", PRIYA, None)
    for text in (whole_pack.json, whole_pack.html):
        assert "adaokafor_call.vtt" in text
    anonymous = pack_candidate(store, "Ada Okafor", PRIYA, [])
    for text in (anonymous.json, anonymous.html):
        assert SAID in text
        assert not re.search("okafor|priya|ipad", text, re.IGNORECASE)


def test_only_what_shows_keeps_or_erases_a_transcript_imports_it() -> None:
    source = ROOT / "src" / "interviewkit"
    importers = {
        path.relative_to(source).parts[0]
        for path in source.rglob("*.py")
        if re.search(r"import.*transcript|from interviewkit\S*transcript", path.read_text("utf-8"))
    }
    # Neither comparison nor exchange nor team, hub or practice; of export only the pack's own data.
    assert importers <= {"cli", "intake", "interview", "storage", "tui", "workflows"}
    inside = source / "interview"
    readers = [
        path.name
        for path in inside.glob("*.py")
        if "interview.transcript" in path.read_text("utf-8")
    ]
    assert sorted(readers) == [
        "candidate_pack.py",
        "question_matches.py",
        "transcript_alignment.py",
    ]


def whole(path: Path) -> bytes:
    """The file with its journal."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
