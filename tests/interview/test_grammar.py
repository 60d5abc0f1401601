"""The note line: what is a command, what is a note, what is in doubt, and nothing ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.interview.grammar import (
    WORDS,
    Ask,
    AskOwn,
    Command,
    Do,
    Doubt,
    GoTo,
    Mark,
    NoteOutcome,
    Rate,
    ReturnTo,
    Setting,
    Skip,
    Write,
    at_once,
    read_line,
)
from interviewkit.interview.records import Outcome

# Eight probes and the re-ask, probe 3 asked already, question 1 of 8.
HERE = Setting(numbers=frozenset(range(9)), asked=frozenset({3}), questions=8)
FRESH = Setting(numbers=frozenset(range(9)), questions=8)
MANY = Setting(numbers=frozenset(range(13)), questions=12)
PAGE = Setting(questions=8, is_question=False)


def is_same(found: Command | None, wanted: Command) -> bool:
    """Also of the same kind: named tuples of two kinds are equal where what they hold is."""
    return type(found) is type(wanted) and found == wanted


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("?2", Ask(2)),
        ("? 2", Ask(2)),
        ("?2 ", Ask(2)),
        ("?0", Ask(0)),
        ("?08", Ask(8)),
        ("?3", ReturnTo(3)),
        ("?? and then what?", AskOwn("and then what?")),
        ("??why so late ", AskOwn("why so late")),
        ("??  twice", AskOwn("twice")),
        ("*", Mark()),
        ("* ", Mark()),
        ("+", NoteOutcome(Outcome.NEW_DETAIL)),
        ("=", NoteOutcome(Outcome.NOTHING_NEW)),
        ("!", NoteOutcome(Outcome.NO_ANSWER)),
        ("+ ", NoteOutcome(Outcome.NEW_DETAIL)),
        ("/1", Rate(1)),
        ("/2", Rate(2)),
        ("/3", Rate(3)),
        ("/4 ", Rate(4)),
        ("/5", Rate(5)),
        ("/0", Rate(None)),
        ("/n", Do("next")),
        ("/b", Do("back")),
        ("/e", Do("edit")),
        ("/end", Do("end")),
        ("/undo", Do("undo")),
        ("/n ", Do("next")),
        ("/q 3", GoTo(3)),
        ("/q3", GoTo(3)),
        ("/q 8", GoTo(8)),
        ("/skip", Skip("")),
        ("/skip ran out of time", Skip("ran out of time")),
        ("/skip  time ", Skip("time")),
    ],
)
def test_a_line_that_starts_with_a_sign_is_a_command(line: str, command: Command) -> None:
    assert is_same(read_line(line, HERE), command)


@pytest.mark.parametrize(
    "line",
    [
        "shipment to Hartmann nine days late",
        "5/6 sites",
        "and why?2",
        "?why so late",
        "?2 weeks late",
        "???",
        "??? and then",
        "* a point of a list",
        "**",
        "?1234",
        "+15 % on renewal",
        "= about the same",
        "!!",
        "+ and more",
        "/4 weeks late",
        "/12",
        "/45",
        "//",
        "/-",
        "/q",
        "- a dash",
        "2",
        "n",
    ],
)
def test_a_line_that_only_looks_like_a_command_is_a_note_or_asks(line: str) -> None:
    command = read_line(line, HERE)
    assert is_same(command, Write(line)) or (line == "/q" and isinstance(command, Doubt))


@pytest.mark.parametrize(
    ("line", "setting", "words"),
    [
        ("?", HERE, "A number after ?"),
        ("??", HERE, "Type your follow-up after ??, in your own words."),
        ("??2", HERE, "Your follow-up is only a number; ?2 asks probe 2."),
        ("?? and then?", PAGE, "no question here to follow up"),
        ("*", PAGE, "no rating here that a note could support"),
        ("*", FRESH._replace(has_notes=False), "no note here yet to mark"),
        ("?9", HERE, "No probe 9; probes run from 1 to 8."),
        ("?2", PAGE, "no question to probe here"),
        ("+", FRESH, "No probe has been asked here yet, so + has no effect."),
        ("!", PAGE, "No probe has been asked"),
        ("/6", HERE, "Ratings go from 1 to 5; /0 is not assessed."),
        ("/4", PAGE, "no answer to rate here"),
        ("/q 0", HERE, "No question 0; questions run from 1 to 8."),
        ("/q 9", HERE, "No question 9; questions run from 1 to 8."),
        ("/", HERE, "Type a word or a number after /."),
        ("/unknown", HERE, "No command /unknown."),
        ("/unknown with more", HERE, "No command /unknown."),
        ("/q three", HERE, "/q takes the number of a question, such as /q 3."),
        ("/N", HERE, "No command /N."),
        ("/n now", HERE, "/n takes no argument."),
        ("/end of the quarter", HERE, "/end takes no argument."),
        ("/skip", PAGE, "no question to skip here"),
    ],
)
def test_a_line_in_doubt_says_why(line: str, setting: Setting, words: str) -> None:
    command = read_line(line, setting)
    assert isinstance(command, Doubt)
    assert words in command.sentence
    assert command.sentence.endswith(".")


@pytest.mark.parametrize("sign", [" ", "\\"])
@pytest.mark.parametrize("line", ["?2", "+", "/4", "/end", "\\", " two blanks", "plain"])
def test_a_leading_space_or_backslash_makes_any_line_a_note(sign: str, line: str) -> None:
    assert is_same(read_line(sign + line, HERE), Write(line))


@pytest.mark.parametrize("line", ["", " ", "   ", "\t", "\n"])
def test_a_blank_line_means_nothing(line: str) -> None:
    assert read_line(line, HERE) is None


def test_a_scale_may_be_longer_or_shorter_than_five() -> None:
    assert is_same(read_line("/7", Setting(HERE.numbers, HERE.asked, 8, top=7)), Rate(7))
    assert isinstance(read_line("/5", Setting(HERE.numbers, HERE.asked, 8, top=4)), Doubt)


class TestAtOnce:
    @pytest.mark.parametrize(
        ("before", "line", "setting", "command"),
        [
            ("?", "?2", HERE, Ask(2)),
            ("?", "?3", HERE, ReturnTo(3)),
            ("?", "?0", HERE, Ask(0)),
            ("/", "/4", HERE, Rate(4)),
            ("/", "/0", HERE, Rate(None)),
            ("?", "?2", MANY, Ask(2)),
        ],
    )
    def test_a_digit_behind_a_sign_acts_without_enter(
        self, before: str, line: str, setting: Setting, command: Command
    ) -> None:
        assert is_same(at_once(before, line, setting), command)

    @pytest.mark.parametrize(
        ("before", "line", "setting"),
        [
            ("?", "?1", MANY),  # could become ?12
            ("?", "?9", HERE),
            ("/", "/6", HERE),
            ("/", "/4", PAGE),
            ("", "/4", HERE),  # pasted
            ("/4", "/4", HERE),  # nothing was typed
            ("/42", "/4", HERE),  # rubbed out
            ("2", "22", HERE),
            ("/", "/n", HERE),
            ("/", "/²", HERE),
            ("?", "?٢", HERE),
            ("+", "+1", HERE),
            ("/", "/12", HERE),
            ("", "+", HERE),
        ],
    )
    def test_where_there_is_any_doubt_it_waits(
        self, before: str, line: str, setting: Setting
    ) -> None:
        assert at_once(before, line, setting) is None


SETTINGS = st.builds(
    Setting,
    numbers=st.frozensets(st.integers(0, 20), max_size=10),
    asked=st.frozensets(st.integers(0, 20), max_size=5),
    questions=st.integers(0, 20),
    top=st.integers(4, 7),
)
SIGNED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["?", "/", "+", "=", "!", " ", "\\", "/q", "/skip", *("/" + w for w in WORDS)]),
    st.text(" 0123456789", max_size=3),
    st.text(max_size=8),
)


@given(st.text() | SIGNED, SETTINGS)
def test_nothing_typed_is_ever_dropped(line: str, setting: Setting) -> None:
    command = read_line(line, setting)
    assert (command is None) == (not line.strip())
    if isinstance(command, Write):
        is_escaped = line[0] in " \\" and line[1:].strip()
        assert command.text == (line[1:] if is_escaped else line)
        assert command.text.strip()
    if isinstance(command, Skip):
        assert command.reason in line
    if isinstance(command, Ask):
        assert command.number in setting.numbers - setting.asked
    if isinstance(command, Rate):
        assert command.rating is None or 1 <= command.rating <= setting.top
    if isinstance(command, GoTo):
        assert 1 <= command.number <= setting.questions


@given(st.text(min_size=1).filter(lambda line: line.strip() and line[0] not in "?/ \\"), SETTINGS)
def test_a_line_that_starts_with_no_sign_is_a_note_word_for_word(
    line: str, setting: Setting
) -> None:
    if line.strip() in ("+", "=", "!"):
        assert isinstance(read_line(line, setting), NoteOutcome | Doubt)
    else:
        assert is_same(read_line(line, setting), Write(line))


@given(st.text(max_size=3), st.text(max_size=3), SETTINGS)
def test_only_a_probe_or_a_rating_ever_acts_at_once(
    before: str, line: str, setting: Setting
) -> None:
    command = at_once(before, line, setting)
    assert command is None or isinstance(command, Ask | Rate)
