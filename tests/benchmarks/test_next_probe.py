"""What is asked next, measured on stories that nobody tunes on, and the weights it rests on."""

import pytest

import evidence_train
import next_probe
from interviewkit.interview.note_weights import FILE, TARGETS, load_weights, parse_weights

FLOORS = {"valid": 0.90, "reason": 0.88, "claims": 0.93, "named": 0.70}


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_held_out_stories_keep_their_floors(language: str) -> None:
    stories = next_probe.read_stories(next_probe.HERE / "evidence" / "stories-held-out.tsv")
    measured = [next_probe.moments(story) for story in stories if story.language == language]
    figures = next_probe.shares(measured)
    assert {name: figures[name] >= floor for name, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    )


@pytest.mark.parametrize("name", next_probe.SETS)
def test_the_re_ask_comes_to_canned_stories_and_hardly_ever_to_lived_ones(name: str) -> None:
    stories = next_probe.read_stories(next_probe.HERE / "evidence" / name)
    counts = next_probe.reask_counts(stories, within=4)
    reached, canned = counts["canned"]
    assert reached == canned >= 9
    by_mistake, lived = counts["lived"]
    assert by_mistake <= 1 < lived


def test_the_weights_were_learned_from_the_lines_as_they_are() -> None:
    assert load_weights().data == evidence_train.data_hash()


def test_nothing_is_learned_from_what_measures() -> None:
    assert not {"labelled.tsv", "stories-held-out.tsv"} & set(evidence_train.SETS)


def test_the_file_of_weights_stays_small_and_holds_nothing_but_small_whole_numbers() -> None:
    assert FILE.stat().st_size < 64 * 1024
    for row in load_weights().rows.values():
        for pair in row.split():
            target, weight = pair.split(":")
            assert target in TARGETS
            assert -128 < int(weight) < 128


def test_weights_are_written_as_they_are_read() -> None:
    text = evidence_train.weights_text({target: {"=time": 0.5} for target in TARGETS})
    weights = parse_weights(text)
    assert weights.scale == evidence_train.SCALE
    assert list(weights.rows) == ["=time"]
    assert weights.rows["=time"].split()[0] == "situation:8"
