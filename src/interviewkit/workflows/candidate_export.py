"""A candidate's pack put together: the records, the page, and the names to look at."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interviewkit.export.candidate_pack_html import as_html
from interviewkit.interview.candidate_pack import Part, anonymise_pack, labels, pack
from interviewkit.interview.clock import stamp
from interviewkit.interview.name_detection import likely_names, name_parts, replace_names
from interviewkit.interview.people import Person
from interviewkit.interview.transcript import speaker_names
from interviewkit.interview.word_lists import load_words
from interviewkit.storage.store import Store
from interviewkit.workflows.candidate_data import gather_candidate_data


@dataclass(frozen=True, slots=True)
class Packed:
    """The pack in both forms; ``names`` of other people that seem to stand in it, how often."""

    json: str
    html: str
    names: dict[str, int]


def pack_candidate(store: Store, name: str, viewer: Person, hide: Sequence[str] | None) -> Packed:
    """The pack of the candidate of this name; anonymised when ``hide`` is a list of more names.

    BlockedError when the viewer may not see all of it.
    """
    candidate = store.candidate(name)
    parts, decisions = gather_candidate_data(store, candidate, viewer)
    (clock,) = store.retention().clocks(candidate)
    titles = {role.id: role.title for role in store.roles()}
    decided = [(titles[decision.role], decision) for decision in decisions]
    decided.sort(key=lambda titled: titled[0])
    plans = [
        entry
        for entry in store.planning().entries(cancelled=True)
        if entry.candidate.id == candidate.id
    ]
    document = pack(candidate, stamp(store.clock.now()), clock, parts, decided, plans)
    names = [item.name for item in store.candidates()]
    names += [standing.interview.interviewer for standing in store.seen_by(viewer).standings()]
    names += [item.by for _, item in decided]
    names += [entry.interviewer.name for entry in plans]
    names += _names_in_transcripts(parts)
    texts = [*_texts(parts), *(f"{item.reason}\n{item.next_steps}" for _, item in decided)]
    texts += [entry.card for entry in plans]
    if hide is not None:
        other_names = [item for item in names if item != candidate.name]
        replacements = labels(candidate, parts, [*other_names, *hide])
        document = anonymise_pack(document, replacements)
        texts = [replace_names(text, replacements) for text in texts]
        names = []
    language = next(iter({interview_part.language for interview_part in parts}), "en")
    likely = likely_names(texts, names, load_words(language))
    own_names = {candidate.name, *name_parts(candidate.name)}
    return Packed(
        json.dumps(document, ensure_ascii=False, indent=2) + "\n",
        as_html(document),
        {
            candidate_name: count
            for candidate_name, count in likely.items()
            if candidate_name not in own_names
        },
    )


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    """The free text of these interviews."""
    for interview_part in parts:
        yield from (
            interview_part.interview.summary,
            interview_part.interview.reason,
            interview_part.interview.draft,
        )
        yield from (amendment.reason for amendment in interview_part.amendments)
        if interview_part.transcript:
            yield from (cue.text for cue in interview_part.transcript.cues)
        for answer in interview_part.answers:
            yield from (note.text for note in answer.notes)
            yield from (probe.text for probe in answer.probes if probe.is_own)
            yield answer.skipped or ""
            for amendment in answer.amendments:
                yield from (amendment.reason, amendment.value or "")


def _names_in_transcripts(parts: Iterable[Part]) -> Iterator[str]:
    """Who speaks, agreed, or added a transcript."""
    for interview_part in parts:
        if transcript := interview_part.transcript:
            yield from (transcript.consent.given_by, transcript.added_by)
            yield from speaker_names(transcript.cues)
