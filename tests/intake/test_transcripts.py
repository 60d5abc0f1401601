"""Transcripts as Zoom, Teams and others write them: every word comes in, every fault is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.errors import InterviewKitError
from interviewkit.intake.transcript_file import (
    TranscriptFile,
    looks_like_transcript,
    read_transcript,
    transcript_of_text,
)
from interviewkit.interview.transcript import Cue

MEETING = Path(__file__).with_name("meeting.vtt")


def spoken(text: str) -> list[tuple[str, str, float | None, float | None]]:
    file = transcript_of_text(text)
    assert file.faults == ()
    return [(cue.speaker, cue.text, cue.start, cue.end) for cue in file.cues]


def faults_of(text: str) -> TranscriptFile:
    file = transcript_of_text(text)
    assert file.faults
    return file


def test_a_meeting_as_zoom_writes_it() -> None:
    file = read_transcript(MEETING)
    assert [(cue.speaker, cue.line) for cue in file.cues] == [
        ("Nora Lind (they)", 4),
        ("", 8),
        ("Ines Mora", 12),
        ("Nora Lind (they)", 16),
        ("Ines Mora", 20),
    ]
    assert file.cues[2].text == "It was the week when the cold store in Aalen failed"
    assert (file.cues[2].start, file.cues[2].end) == (5.87, 11.45)
    assert file.faults == ("line 24: times without words",)


@pytest.mark.parametrize("head", ["WEBVTT\n\n", "WEBVTT - made by us\nKind: captions\n\n", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_heads_marks_and_line_ends(head: str, end: str, mark: bytes, tmp_path: Path) -> None:
    text = f"{head}0:0:0.570 --> 0:0:3.900\n<v Ina Viewer>Good\nmorning</v>\n"
    path = tmp_path / "teams.vtt"
    path.write_bytes(mark + text.replace("\n", end).encode())
    file = read_transcript(path)
    assert [cue[:4] for cue in file.cues] == [("Good morning", "Ina Viewer", 0.57, 3.9)]
    assert file.faults == ()


def test_voices_of_teams() -> None:
    text = (
        "WEBVTT\n\nNOTE a remark of the program\nover two lines\n\nSTYLE\n::cue { color: red }\n\n"
        "5e1b/77-0\n00:00:01.000 --> 00:00:02.000 align:start position:0%\n"
        "<v Ina &amp; Viewer>a &lt; b, <i>said</i> <00:00:01.500><c.loud>R&amp;D</c></v>\n\n"
        "5e1b/77-1\n01:01.000 --> 01:02.5\n<v.loud Ina>Yes.</v>\n<v Jane Roe>No, wait</v>\n"
    )
    assert spoken(text) == [
        ("Ina & Viewer", "a < b, said R&D", 1.0, 2.0),
        ("Ina", "Yes.", 61.0, 62.5),
        ("Jane Roe", "No, wait", 61.0, 62.5),
    ]


def test_subrip_with_commas_ids_of_any_kind_and_no_end() -> None:
    text = "a1\n00:01:02,904 --> 00:01:07,5\n{\\an8}Über <b>alles</b>\n\n2\n1:00:00 --> 1:00:01\nx"
    assert spoken(text) == [("", "Über alles", 62.904, 67.5), ("", "x", 3600.0, 3601.0)]


def test_cues_without_an_empty_line_between_them() -> None:
    text = "WEBVTT\n1\n00:01.000 --> 00:02.000\none\n2\n00:03.000 --> 00:04.000\ntwo\n"
    text += "00:05.000 --> 00:06.000\nthree\n\n7\n\n00:07.000 --> 00:08.000\nfour\n"
    assert [cue[1] for cue in spoken(text)] == ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    ("text", "fault", "cues"),
    [
        (
            "00:01.000 --> 00:02.000\none\n\n00:03.000 --> 00:0x.000\ntwo\n",
            "line 4: times that cannot be read: 00:03.000 --> 00:0x.000",
            [("one", 1.0), ("00:03.000 --> 00:0x.000 two", None)],
        ),
        (
            "00:01.000 --> 00:02.000\none\n\nmore of one\n",
            "line 4: words without times",
            [("one", 1.0), ("more of one", None)],
        ),
        (
            "00:04.000 --> 00:02.000\none\n",
            "line 1: the end is before the start",
            [("one", 4.0)],
        ),
        ("00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nx", "line 1: times without words",
         [("x", 3.0)]),
    ],
)  # fmt: skip
def test_a_cue_at_fault_is_named_by_its_line_and_its_words_are_kept(
    text: str, fault: str, cues: list[tuple[str, float | None]]
) -> None:
    file = faults_of(text)
    assert file.faults == (fault,)
    assert [(cue.text, cue.start) for cue in file.cues] == cues


WORDS = st.text(st.characters(categories=["L"]), min_size=1).map(lambda text: f"w{text}")


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=8), st.data())
def test_no_word_is_ever_dropped(cues: list[list[str]], data: st.DataObject) -> None:
    """Whatever is wrong with the times and the empty lines."""
    times = st.sampled_from(
        ["00:01.000 --> 00:02.000", "00:09,000 --> 00:02,0", "0:1 --> x", "--> 00:01.000", ""]
    )
    gap = st.sampled_from(["\n", "\n\n"])
    text = "WEBVTT\n\n"
    for words in cues:
        text += f"{data.draw(times)}\n{' '.join(words)}{data.draw(gap)}"
    everything = " ".join(cue.text for cue in transcript_of_text(text).cues)
    assert all(word in everything for words in cues for word in words)


def test_plain_text_is_lines_without_times() -> None:
    text = "Ina Viewer: Why do you sell?\n\nJane Roe: Since I like people\nand numbers\n"
    assert [cue[:4] for cue in transcript_of_text(text).cues] == [
        ("Why do you sell?", "Ina Viewer", None, None),
        ("Since I like people", "Jane Roe", None, None),
        ("and numbers", "", None, None),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Question: who was there?",
        "we met at 10:30 that day",
        "The thing is: we lost it",
        "see https://example.org/x",
        "He said so. Anna Berg: no",
        "a : b",
    ],
)
def test_what_is_no_name_stays_in_the_words(line: str) -> None:
    (cue,) = transcript_of_text(line).cues
    assert (cue.speaker, cue.text) == ("", line)


def test_names_of_one_word_speak_twice_and_names_of_other_scripts_count() -> None:
    text = "Ina: yes\nIna: no\nLudwig van den Berg: ja\n李 明: 是的\n"
    speakers = [cue.speaker for cue in transcript_of_text(text).cues]
    assert speakers == ["Ina", "Ina", "Ludwig van den Berg", "李 明"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK", "a file of the kind .docx, which is not read"),
        ("a.vtt", b"PK\x03\x04", "is no text, whatever its name says"),
        ("a.txt", b"a\0\0\0b", "is no text, whatever its name says"),
        ("a.vtt", b"WEBVTT\n\n", "holds nothing that anybody says"),
        ("a.txt", b" \n", "holds nothing that anybody says"),
        ("a.txt", b"x\n" * 20_001, "has 20,001 lines and 20,001 characters"),
        ("a.txt", b"x" * 2_000_001, "has 1 lines and 2,000,001 characters"),
        ("a.txt", b"x" * 20_000_001, "has 20 MB, and at most 20 are read"),
    ],
)
def test_what_is_no_transcript_is_refused(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InterviewKitError) as refused:
        read_transcript(path)
    assert words in refused.value.message
    assert refused.value.hint


def test_utf_16_and_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    for encoding in ("utf-16", "cp1252"):
        path.write_bytes("00:01,0 --> 00:02,0\nGrüße\n".encode(encoding))
        assert read_transcript(path).cues == (Cue("Grüße", "", 1.0, 2.0, 1),)


def test_pasted_lines_are_told_from_notes() -> None:
    assert looks_like_transcript(MEETING.read_text("utf-8").splitlines())
    assert not looks_like_transcript(["rang the plant", "Ina: no", "at 10:30 --> Kassel", "x"])
    assert not looks_like_transcript(["00:01.000 --> 00:02.000", "one"])


@pytest.mark.parametrize("piece", ["<v ", " ", "00:01.000 ", "{\\", "-"])
def test_a_line_of_one_piece_again_and_again_takes_no_time(piece: str) -> None:
    """Read back from every place to the end, each of these would take hours."""
    head = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
    file = transcript_of_text(f"{head}Hello\n{piece * 300_000}\n")
    assert file.cues[0].text.startswith("Hello")
