"""Lines under the right question: measured on simulated interviews, and the odd cases."""

from statistics import mean

from interviewkit.interview.clock import stamp
from interviewkit.interview.question_matches import find_questions
from interviewkit.interview.transcript import Cue
from interviewkit.interview.transcript_alignment import (
    Alignment,
    Basis,
    Stay,
    Stays,
    align_transcript,
    stays_of_notes,
    stays_of_visits,
)
from simulated_transcripts import SimulatedInterview, simulate
from support import START

INTERVIEWS = [simulate(seed) for seed in range(40)]
ASKS = {
    "promise": "Tell me about a promise to a customer that your company did not keep.",
    "quota": "Describe the quarter in which you missed your number by the most.",
    "rival": "When did a rival take an account that you had thought safe?",
}


def aligned(interview: SimulatedInterview, *, logged: bool = True) -> Alignment:
    if logged:
        stays = stays_of_visits(interview.visits, stamp(START))
    else:
        stays = stays_of_notes(interview.answers, stamp(START))
    return align_transcript(interview.cues, interview.asks, stays)


def right(alignment: Alignment, interview: SimulatedInterview) -> float:
    pairs = zip(alignment.questions, interview.truth, strict=True)
    return mean(placed == true for placed, true in pairs)


def test_with_a_log_of_questions_97_of_100_lines_are_right_and_the_clocks_within_10_seconds() -> (
    None
):
    alignments = [aligned(interview) for interview in INTERVIEWS]
    shares = [right(a, i) for a, i in zip(alignments, INTERVIEWS, strict=True)]
    off = [abs(a.offset - i.offset) for a, i in zip(alignments, INTERVIEWS, strict=True)]
    print(f"right {mean(shares):.1%}, worst {min(shares):.1%}; clocks off by {max(off):.1f} s")
    assert mean(shares) >= 0.97
    assert min(shares) >= 0.9
    assert max(off) <= 10
    assert {alignment.basis for alignment in alignments} == {Basis.QUESTIONS}


def test_without_a_log_most_lines_are_right() -> None:
    shares = [right(aligned(item, logged=False), item) for item in INTERVIEWS]
    print(f"right {mean(shares):.1%}, worst {min(shares):.1%}")
    assert mean(shares) >= 0.85


def test_an_offset_set_by_hand_counts() -> None:
    interview = INTERVIEWS[0]
    stays = stays_of_visits(interview.visits, stamp(START))
    by_hand = align_transcript(interview.cues, interview.asks, stays, interview.offset)
    assert (by_hand.basis, by_hand.offset) == (Basis.HAND, interview.offset)
    assert right(by_hand, interview) >= 0.95
    far = align_transcript(interview.cues, interview.asks, stays, interview.offset + 3000)
    assert right(far, interview) < 0.5


def test_a_question_is_found_where_most_of_its_words_are_close_together() -> None:
    cues = [
        Cue("so um tell me about", "", 0.0, 2.0),
        Cue("a promise to a customer which your company didn't keep", "", 2.0, 8.0),
        Cue("the company made a promise and the customer was told about it", "", 60.0, 66.0),
        Cue("we did keep the number", "", 70.0, 72.0),
    ]
    matches = find_questions(cues, ASKS)
    assert set(matches) == {"promise"}
    best = matches["promise"][0]
    assert (best.cue, best.share > 0.6) == (0, True)
    assert best.time is not None
    assert 0 <= best.time < 2
    assert find_questions(cues, {"short": "Why so?"}) == {}


def test_a_question_in_a_script_without_blanks_is_found() -> None:
    cues = [Cue("好的", "", 0.0, 1.0), Cue("请讲一个你没有遵守承诺的例子", "", 1.0, 5.0)]
    asks = {"promise": "请讲一个你没有遵守对客户承诺的例子"}
    assert find_questions(cues, asks)["promise"][0].cue == 1


def test_without_times_the_words_of_the_questions_part_the_lines_in_their_order() -> None:
    lines = ["hello", ASKS["promise"], "a", ASKS["rival"], "b", ASKS["quota"], "c", "d"]
    stays = Stays((), True)
    alignment = align_transcript([Cue(line) for line in lines], ASKS, stays)
    assert alignment.basis is Basis.NO_TIMES
    assert alignment.questions == (
        "",
        "promise",
        "promise",
        *(["rival"] * 2),
        *(["quota"] * 3),
    ) or (alignment.questions == ("", *(["promise"] * 4), *(["quota"] * 3)))
    assert align_transcript([Cue("a"), Cue("b")], ASKS, stays).questions == ("", "")


def test_too_few_questions_found_leave_the_recording_with_the_interview() -> None:
    stays = Stays((Stay("@opening", 0.0), Stay("promise", 30.0), Stay("quota", 60.0)), True)
    cues = [Cue("a", "", 10.0, 11.0), Cue("b", "", 40.0, 41.0), Cue("c"), Cue("d", "", 70.0, None)]
    alignment = align_transcript(cues, ASKS, stays)
    assert (alignment.basis, alignment.offset, alignment.matched) == (Basis.START, 0.0, 0)
    assert alignment.questions == ("@opening", "promise", "promise", "quota")


def test_nothing_is_known_of_an_interview_without_log_and_notes() -> None:
    alignment = align_transcript([Cue("a", "", 1.0, 2.0)], ASKS, stays_of_notes([], stamp(START)))
    assert alignment.questions == ("",)


def test_a_second_visit_takes_its_lines_to_the_same_question() -> None:
    stays = Stays((Stay("promise", 0.0), Stay("quota", 60.0), Stay("promise", 120.0)), True)
    cues = [Cue("a", "", float(at), at + 1.0) for at in (10, 70, 130)]
    assert align_transcript(cues, ASKS, stays).questions == ("promise", "quota", "promise")
