"""Files of a team: what is not all there, what was changed, and what is not for one's key."""

import json
import random

import pytest

from interviewkit.team.encryption import LockedError
from interviewkit.team.envelope import (
    Envelope,
    EnvelopeError,
    NotWholeError,
    open_envelope,
    read_envelope,
    signature_of,
    write_encrypted,
    write_open,
)
from interviewkit.team.identity import (
    Identity,
    fingerprint_of,
    four_words,
    is_key,
    is_signed,
    new_identity,
    word_list,
)

TEAM = "abcdefghijklmnop"
BODY = '{"name":"Ada Ọkafor","type":"candidate"}'


@pytest.fixture(scope="module")
def priya() -> Identity:
    return new_identity()


@pytest.fixture(scope="module")
def tom() -> Identity:
    return new_identity()


def encrypted_to(writer: Identity, *readers: Identity, body: str = BODY) -> bytes:
    recipients = {reader.key: reader.recipient for reader in readers}
    return write_encrypted(writer.key, signature_of(TEAM, writer, body), body, recipients)


def test_what_is_signed_reads_as_it_was_written(priya: Identity, tom: Identity) -> None:
    envelope = read_envelope(write_open(TEAM, priya, BODY))
    assert envelope.key == priya.key
    assert open_envelope(TEAM, envelope, tom) == BODY


def test_only_receivers_open_what_is_encrypted(priya: Identity, tom: Identity) -> None:
    data = encrypted_to(priya, tom)
    assert b"Ada Okafor" not in data
    envelope = read_envelope(data)
    assert envelope.receivers == (tom.key,)
    assert open_envelope(TEAM, envelope, tom) == BODY
    with pytest.raises(LockedError, match="not encrypted to your key"):
        open_envelope(TEAM, envelope, priya)


def test_a_release_by_somebody_else_is_still_its_writers(priya: Identity, tom: Identity) -> None:
    original = read_envelope(encrypted_to(priya, tom))
    body = open_envelope(TEAM, original, tom)
    late = new_identity()
    data = write_encrypted(original.key, original.signature, body, {late.key: late.recipient})
    released = read_envelope(data)
    assert open_envelope(TEAM, released, late) == BODY
    assert released.key == priya.key


@pytest.mark.parametrize("seed", range(20))
def test_a_cut_file_is_not_whole(priya: Identity, seed: int) -> None:
    data = write_open(TEAM, priya, BODY)
    cut = random.Random(seed).randrange(len(data))
    with pytest.raises(NotWholeError, match="not complete yet"):
        read_envelope(data[:cut])


@pytest.mark.parametrize("data", [b"", b"\n", bytes(500), bytes(500) + b"\n", b"<<<<<<< HEAD\n"])
def test_empty_and_zero_filled_files_are_not_whole(data: bytes) -> None:
    with pytest.raises(NotWholeError):
        read_envelope(data)


@pytest.mark.parametrize("seed", range(20))
def test_a_flipped_bit_is_noticed(priya: Identity, seed: int) -> None:
    data = bytearray(write_open(TEAM, priya, BODY))
    chance = random.Random(seed)
    data[chance.randrange(len(data) - 1)] ^= 1 << chance.randrange(8)
    with pytest.raises((NotWholeError, EnvelopeError)):
        open_envelope(TEAM, read_envelope(bytes(data)), priya)


def forged(content: dict[str, object]) -> bytes:
    """A file with a right end, whatever is in it."""
    import hashlib

    head = json.dumps(content, separators=(",", ":"), ensure_ascii=False)[:-1].encode()
    return head + b',"end":"' + hashlib.sha256(head).hexdigest().encode() + b'"}\n'


def test_another_key_on_a_signed_body_is_refused(priya: Identity, tom: Identity) -> None:
    envelope = read_envelope(write_open(TEAM, priya, BODY))
    for forgery in (
        envelope._replace(key=tom.key),
        envelope._replace(body=BODY.replace("Ada", "Eve")),
        envelope._replace(signature=signature_of("another-team-abc", priya, BODY)),
        envelope._replace(signature="no base64"),
        envelope._replace(signature=""),
    ):
        with pytest.raises(EnvelopeError, match="signature does not fit"):
            open_envelope(TEAM, forgery, tom)


def test_a_document_of_another_team_is_refused(priya: Identity) -> None:
    envelope = read_envelope(write_open("another-team-abc", priya, BODY))
    with pytest.raises(EnvelopeError, match="signed for another team"):
        open_envelope(TEAM, envelope, priya)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"v": 2}, "version 2; this interviewkit knows version 1"),
        ({"v": 1}, "fields are not what they should be"),
        ({"v": 1, "key": "x", "sig": "s", "body": "b"}, "fields are not what"),
        ({"v": 1, "key": 3, "sig": "s", "body": "b"}, "fields are not what"),
        ({"v": 1, "key": "a" * 52, "sig": "s", "body": "b", "age": "YQ=="}, "fields are not"),
        ({"v": 1, "key": "a" * 52, "sig": "s", "age": "!", "to": []}, "not base64"),
        ({"v": 1, "key": "a" * 52, "sig": "s", "age": "YQ==", "to": "all"}, "fields are not"),
        ({"v": 1, "key": "a" * 52, "sig": "s", "age": "YQ==", "to": [1]}, "fields are not"),
    ],
)
def test_what_is_no_envelope_is_refused(content: dict[str, object], sentence: str) -> None:
    with pytest.raises(EnvelopeError, match=sentence):
        read_envelope(forged(content))


def test_what_is_encrypted_has_to_be_text(priya: Identity) -> None:
    import base64

    from interviewkit.team.encryption import encrypt_to

    age = base64.b64encode(encrypt_to(b"\xff\xfe", [priya.recipient])).decode()
    with pytest.raises(EnvelopeError, match="not text"):
        open_envelope(TEAM, Envelope(priya.key, "", "", age, (priya.key,)), priya)


def test_keys_and_words() -> None:
    identity = new_identity()
    assert is_key(identity.key)
    assert not is_key(identity.key.upper())
    assert not is_key(identity.key[:-1])
    assert not is_key("ö" * 52)
    assert len(fingerprint_of(identity.key)) == 26
    assert is_signed(identity.key, b"text", identity.sign(b"text"))
    assert len(word_list()) == len(set(word_list())) == 2048
    assert four_words("a", "b") == four_words("a", "b") != four_words("a", "c")
    assert len(four_words("a").split()) == 4
