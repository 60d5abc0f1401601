"""What a member with the folder and a key of their own may try: each attack is refused.

Mallory is a member. Whatever is written here stands in the folder with a right signature of hers,
or of nobody who belongs to the team.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from interviewkit.interview.sealed_document import canonical, with_seal
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.team import folder as folders
from interviewkit.team.envelope import (
    open_envelope,
    read_envelope,
    signature_of,
    write_encrypted,
    write_open,
)
from interviewkit.team.identity import Identity, new_identity
from interviewkit.team.members import Member, MemberCard, card_body, members_body
from interviewkit.workflows.team_documents import document_line, documents_to_share
from interviewkit.workflows.team_folder import open_team
from interviewkit.workflows.team_sync import team_person
from support import HeldClock
from team_round import ROLE, Home, Round, begin_round, share_role, visible

DANA, PRIYA, MALLORY = "Dana Holt", "Priya Raman", "Mallory Quill"
Q = "unspoken-need"
Line = dict[str, object]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, empty_records: Path) -> Round:
    """Everybody planned; Priya and Mallory have submitted; Dana has not looked since."""
    folder = tmp_path_factory.mktemp("team")
    team = begin_round([DANA, PRIYA, MALLORY], folder, empty_records, HeldClock())
    share_role(team.homes[DANA], {"Ada Okafor": [PRIYA, MALLORY]})
    team.sync_all(2)
    team.homes[MALLORY].submit("Ada Okafor", {Q: 3})
    team.homes[MALLORY].sync()
    return team


@pytest.fixture
def team(finished: Round, tmp_path: Path) -> Round:
    """The same in a folder of its own."""
    import shutil

    source = finished.folder.parent
    shutil.copytree(source, tmp_path / "team")
    homes = {
        name: Home(name, tmp_path / "team" / home.path.name, finished.clock)
        for name, home in finished.homes.items()
    }
    moved = Round(tmp_path / "team" / finished.folder.name, finished.clock, homes)
    for home in homes.values():
        with home.records() as store:
            store._connection.execute("UPDATE team SET folder = ?", (str(moved.folder),))
    return moved


def lines_of(home: Home) -> dict[str, list[Line]]:
    """The documents that somebody answers for, by kind."""
    lines: dict[str, list[Line]] = {}
    with home.records() as store:
        for document in documents_to_share(store, team_person(store)):
            line = json.loads(document_line(store, document))
            lines.setdefault(document.kind, []).append(line)
    return lines


def put(team: Round, line: Mapping[str, object], by: Identity | None = None) -> str:
    """A document in the folder, signed by Mallory or another key, for everybody."""
    body = canonical(line).decode()
    if "sha256" in line:
        body = f'{body[:-1]},"sha256":"{line["sha256"]}"}}'
    recipients = {}
    for home in team.homes.values():
        with home.records() as store:
            session = open_team(store)
            recipients[session.identity.key] = session.identity.recipient
            if home.name == MALLORY and by is None:
                by = session.identity
            team_id = session.team.id
    assert by is not None
    data = write_encrypted(by.key, signature_of(team_id, by, body), body, recipients)
    return folders.add_file(team.folder, folders.DOCUMENTS, data)


def outcome(team: Round, name: str) -> tuple[ArrivalState, str]:
    """What Dana's records make of a file."""
    team.homes[DANA].sync()
    with team.homes[DANA].records() as store:
        file = store.sharing().incoming.files(open_team(store).source)[name]
    return file.state, file.message


def scorecard(team: Round, **changes: object) -> Line:
    line = lines_of(team.homes[MALLORY])["scorecard"][0]
    return with_seal({**line, "id": "forged", **changes})


def id_of(team: Round, name: str) -> str:
    with team.homes[name].records() as store:
        return team_person(store).id


FORGERIES: dict[str, Callable[[Round], Line]] = {
    "a scorecard in another's name": lambda t: scorecard(
        t, interviewer=PRIYA, interviewer_id=id_of(t, PRIYA)
    ),
    "another's name alone": lambda t: scorecard(t, interviewer=PRIYA, interviewer_id=""),
    "another's id alone": lambda t: scorecard(t, interviewer_id=id_of(t, PRIYA)),
    "the name of nobody": lambda t: scorecard(t, interviewer="Zoe Zed", interviewer_id=""),
    "settings of another's role": lambda t: {
        **lines_of(t.homes[DANA])["role_settings"][0],
        "owner": MALLORY,
        "owner_id": id_of(t, MALLORY),
        "version": 99,
    },
    "another's role opened to all": lambda t: {
        **lines_of(t.homes[DANA])["role_settings"][0],
        "visibility": "all",
        "version": 99,
    },
    "a plan for another's role": lambda t: {
        **lines_of(t.homes[DANA])["plan"][0],
        "id": "forged",
        "interviewer": id_of(t, MALLORY),
    },
    "another's plan cancelled": lambda t: {
        **lines_of(t.homes[DANA])["plan"][0],
        "state": "cancelled",
        "changed_at": "2030-01-01T00:00:00.000Z",
    },
    "a role renamed": lambda t: {
        **lines_of(t.homes[DANA])["role"][0],
        "title": "Nothing",
        "renamed_at": "2030-01-01T00:00:00.000Z",
    },
    "a decision in another's name": lambda t: with_seal(
        {
            "type": "decision",
            "format": 2,
            "id": "forged",
            "role": scorecard(t)["role"],
            "candidate": scorecard(t)["candidate"],
            "course": "hire",
            "reason": "because",
            "next_steps": "",
            "by": DANA,
            "by_id": id_of(t, DANA),
            "at": "2026-03-02T11:00:00.000Z",
        }
    ),
    "an amendment of another's": lambda t: with_seal(
        {
            "type": "amendment",
            "format": 3,
            "id": "forged",
            "scorecard": lines_of(t.homes[MALLORY])["scorecard"][0]["id"],
            "question": "",
            "what": "recommendation",
            "value": "no",
            "reason": "because",
            "interviewer": PRIYA,
            "interviewer_id": id_of(t, PRIYA),
            "at": "2026-03-02T11:00:00.000Z",
            "probe": "",
        }
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_document_is_refused(team: Round, name: str) -> None:
    before = snapshot(team.homes[DANA])
    state, message = outcome(team, put(team, FORGERIES[name](team)))
    assert (state, "signed by Mallory Quill" in message) == (ArrivalState.REFUSED, True)
    assert snapshot(team.homes[DANA]) == before


def snapshot(home: Home) -> list[object]:
    """What others could want to change in the records."""
    home.sync()
    with home.records() as store:
        connection = store._connection
        return [
            connection.execute(statement).fetchall()
            for statement in (
                "SELECT id, interviewer, interviewer_id, recommendation FROM interview ORDER BY id",
                "SELECT * FROM amendment ORDER BY id",
                "SELECT * FROM decision ORDER BY id",
                "SELECT * FROM role_setting ORDER BY role_id",
                "SELECT * FROM plan ORDER BY id",
                "SELECT id, title FROM role ORDER BY id",
                "SELECT id, name FROM candidate ORDER BY id",
                "SELECT id, name FROM person ORDER BY id",
                "SELECT * FROM spelling ORDER BY record_id, name",
            )
        ]


def test_a_key_that_nobody_accepted_is_refused(team: Round) -> None:
    state, message = outcome(team, put(team, scorecard(team), by=new_identity()))
    assert (state, message) == (
        ArrivalState.REFUSED,
        "signed with a key that no list of members names",
    )


def test_a_person_known_here_gets_no_other_name(team: Round) -> None:
    before = snapshot(team.homes[DANA])
    line = {"type": "person", "id": id_of(team, PRIYA), "name": PRIYA, "spellings": [MALLORY]}
    outcome(team, put(team, line))
    line = {
        "type": "person",
        "id": id_of(team, MALLORY),
        "name": MALLORY,
        "spellings": [PRIYA],
        "renamed_at": "2030-01-01T00:00:00.000Z",
    }
    outcome(team, put(team, line))
    assert snapshot(team.homes[DANA]) == before


def test_a_candidate_known_here_is_renamed_only_by_the_owner(team: Round) -> None:
    before = snapshot(team.homes[DANA])
    line = {
        **lines_of(team.homes[DANA])["candidate"][0],
        "name": "Nobody",
        "spellings": ["Ada Okafor"],
        "renamed_at": "2030-01-01T00:00:00.000Z",
    }
    outcome(team, put(team, line))
    assert snapshot(team.homes[DANA]) == before


def test_an_id_of_ones_own_that_somebody_else_has_is_refused(team: Round) -> None:
    """Priya's scorecard is in; one of Mallory's with its id and other content is not."""
    sealed = team.homes[PRIYA].submit("Ada Okafor", {Q: 5})
    team.sync_all(1)
    team.homes[DANA].sync()
    before = snapshot(team.homes[DANA])
    state, message = outcome(team, put(team, with_seal({**scorecard(team), "id": sealed})))
    assert (state, "another content" in message) == (ArrivalState.REFUSED, True)
    assert snapshot(team.homes[DANA]) == before


DEEP = "[" * 100_000 + "]" * 100_000
HOSTILE_BODIES = {
    "nested deeply": f'{{"type":"scorecard","id":{DEEP}}}',
    "nested a little less": '{"id":' + "[" * 400 + "]" * 400 + ',"type":"scorecard"}',
    "half a character": '{"type":"candidate","id":"\\ud800","name":"A"}',
    "not a number": '{"type":"candidate","id":NaN}',
    "a huge number": '{"type":"role_settings","version":1' + "0" * 4000 + "}",
    "half a character in a word on an erasure": (
        '{"type":"erasure_notice","id_sha256":"\\ud800","state":"erased","at":"x"}'
    ),
    "half a character in a list": (
        '{"type":"members","team":"\\ud800","n":1,"previous":[],"members":[]}'
    ),
}


@pytest.mark.parametrize("is_member", [True, False], ids=["by a member", "by a stranger"])
@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=list(HOSTILE_BODIES))
def test_what_no_program_writes_stops_no_round(team: Round, body: str, *, is_member: bool) -> None:
    with team.homes[MALLORY].records() as store:
        session = open_team(store)
    identity = session.identity if is_member else new_identity()
    data = write_open(session.team.id, identity, body)
    name = folders.add_file(team.folder, folders.DOCUMENTS, data)
    assert outcome(team, name)[0] is ArrivalState.REFUSED
    assert not team.homes[DANA].sync().problem


def test_an_envelope_nested_deeply_stops_no_round(team: Round) -> None:
    head = f'{{"v":1,"key":{DEEP}'.encode()
    end = hashlib.sha256(head).hexdigest()
    data = head + f',"end":"{end}"}}\n'.encode()
    name = folders.add_file(team.folder, folders.DOCUMENTS, data)
    assert outcome(team, name)[0] is ArrivalState.REFUSED


@pytest.mark.parametrize(
    ("id_sha256", "at"),
    [("0" * 64, "yesterday"), ("0" * 64, "2026-99-01T00:00:00Z"), ("me", "2026-03-02T10:00:00Z")],
)
def test_a_word_on_an_erasure_that_cannot_be_shown_is_left(
    team: Round, id_sha256: str, at: str
) -> None:
    word = {"type": "erasure_notice", "id_sha256": id_sha256, "state": "erased", "at": at}
    with team.homes[MALLORY].records() as store:
        session = open_team(store)
    data = write_open(session.team.id, session.identity, canonical(word).decode())
    folders.add_file(team.folder, folders.GONE, data)
    team.homes[DANA].sync()
    with team.homes[DANA].records() as store:
        assert store.sharing().erasures.notices() == []


def test_a_card_to_which_nobody_could_encrypt_is_not_offered(team: Round) -> None:
    """Accepted, it would end everybody's sending."""
    stranger = new_identity()
    card = MemberCard(stranger.key, "age1nonsense", "Nia Null", "person-9", ())
    with team.homes[DANA].records() as store:
        team_id = open_team(store).team.id
    data = write_open(team_id, stranger, card_body(team_id, card))
    folders.add_file(team.folder, folders.PEOPLE, data)
    assert [card.name for card in team.homes[DANA].sync().cards] == []


def test_a_changed_document_does_not_fit_its_signature(team: Round) -> None:
    with team.homes[MALLORY].records() as store:
        session = open_team(store)
    body = canonical({**scorecard(team), "recommendation": "definitely_yes"}).decode()
    recipients = {}
    for home in team.homes.values():
        with home.records() as store:
            identity = open_team(store).identity
            recipients[identity.key] = identity.recipient
    signature = signature_of(session.team.id, session.identity, "something else")
    data = write_encrypted(session.identity.key, signature, body, recipients)
    name = folders.add_file(team.folder, folders.DOCUMENTS, data)
    state, message = outcome(team, name)
    assert (state, "signature does not fit" in message) == (ArrivalState.REFUSED, True)


def test_a_broken_seal_is_refused_though_it_is_signed(team: Round) -> None:
    line = {**scorecard(team), "recommendation": "definitely_yes"}
    state, message = outcome(team, put(team, line))
    assert (state, "does not match its seal" in message) == (ArrivalState.REFUSED, True)


def test_a_member_makes_nobody_an_administrator(team: Round) -> None:
    with team.homes[MALLORY].records() as store:
        session = open_team(store)
        members = session.members
        assert members is not None
        own = Member(session.identity.key, session.identity.recipient, MALLORY, "x", (), True)
        body = members_body(session.team.id, 99, [members.members_id], [own])
        data = write_open(session.team.id, session.identity, body)
    folders.add_file(team.folder, folders.MEMBERS, data)
    team.homes[DANA].sync()
    with team.homes[DANA].records() as store:
        after = open_team(store).members
    assert after == members


def test_a_tombstone_by_a_member_erases_nobody(team: Round) -> None:
    candidate = str(lines_of(team.homes[DANA])["candidate"][0]["id"])
    tombstone = {
        "type": "gone",
        "kind": "candidate",
        "id_sha256": hashlib.sha256(candidate.encode()).hexdigest(),
        "at": "2026-03-02T10:00:00.000Z",
        "why": "request",
    }
    with team.homes[MALLORY].records() as store:
        session = open_team(store)
        data = write_open(session.team.id, session.identity, canonical(tombstone).decode())
    folders.add_file(team.folder, folders.GONE, data)
    report = team.homes[DANA].sync()
    assert report.erasures.erased == 0
    with team.homes[DANA].records() as store:
        assert [candidate.name for candidate in store.candidates()] == ["Ada Okafor"]


def test_a_role_that_two_say_they_own_is_nobodys(
    finished: Round, tmp_path: Path, empty_records: Path
) -> None:
    """To a home that knows neither, a claim to own somebody's role settles nothing."""
    from interviewkit.interview.authorship import Signer
    from interviewkit.interview.people import RecordKind
    from interviewkit.interview.role_settings import RoleSettings
    from interviewkit.interview.shared_records import OfferedRecord, OfferedSettings
    from interviewkit.storage.store import Store
    from interviewkit.storage.team.intake import Arrival

    dana, mallory = Signer("k1", DANA, "p1"), Signer("k2", MALLORY, "p2")
    role = OfferedRecord(RecordKind.ROLE, "r1", ROLE)
    claims = [
        Arrival(f"{by.name} {n}", offer, by)
        for n, by in enumerate((dana, mallory))
        for offer in (
            role,
            OfferedSettings("r1", n + 1, RoleSettings(by.name, shared=True), by.person),
        )
    ]
    with Store(tmp_path / "records.db") as store:
        results = store.sharing().intake.take_in(claims)
        assert {result.state for result in results} == {ArrivalState.WAITING}
        assert store.roles() == []
        results = store.sharing().intake.take_in(claims[:2])
        assert {result.state for result in results} == {ArrivalState.TAKEN}


def test_mallory_sees_nothing_before_her_own_is_in(team: Round) -> None:
    """Courtesy: the key opens it, the program does not show it."""
    with team.homes[DANA].records() as store:
        store.planning().add(role=ROLE, candidate="Bo Lind", interviewer=PRIYA)
        store.planning().add(role=ROLE, candidate="Bo Lind", interviewer=MALLORY)
    team.sync_all(2)
    team.homes[PRIYA].submit("Bo Lind", {Q: 5})
    team.sync_all(2)
    assert ("Bo Lind", PRIYA) in visible(team.homes[DANA])
    assert ("Bo Lind", PRIYA) not in visible(team.homes[MALLORY])
    team.homes[MALLORY].submit("Bo Lind", {Q: 1})
    assert ("Bo Lind", PRIYA) in visible(team.homes[MALLORY])


def test_what_an_envelope_says_is_what_was_sent(team: Round) -> None:
    """The folder shows who wrote and who may read, and no word of any document."""
    for path in team.folder.rglob("*.ikd"):
        data = path.read_bytes()
        assert b"Ada Okafor" not in data
        assert b"Account executive" not in data
        with team.homes[DANA].records() as store:
            session = open_team(store)
            if session.identity.key in read_envelope(data).receivers:
                assert open_envelope(session.team.id, read_envelope(data), session.identity)
