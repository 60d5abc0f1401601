"""A file or a pasted text with questions to the text of a bank, in one call."""

from pathlib import Path

from interviewkit.errors import InterviewKitError
from interviewkit.intake.bank_draft import BankDraft, draft_bank
from interviewkit.intake.list_files import read_source, text_source
from interviewkit.intake.list_reader import read_questions
from interviewkit.intake.list_source import Source
from interviewkit.intake.question_list import QuestionList
from interviewkit.plurals import count_noun


def list_in_file(path: Path) -> QuestionList:
    """The questions in a file; InterviewKitError when it cannot be read or holds none."""
    return _questions(read_source(path), str(path))


def list_in_text(text: str) -> QuestionList:
    """The questions in a pasted text; InterviewKitError when it holds none."""
    return _questions(text_source(text), "The text")


def make_bank(listed: QuestionList, bank_id: str, title: str = "", language: str = "") -> BankDraft:
    """The bank of a list; its title is the list's own unless ``title`` is given."""
    return draft_bank(listed, bank_id, title or listed.title or bank_id, language)


def summary_lines(listed: QuestionList, draft: BankDraft) -> list[str]:
    """What came in, what was taken off, and what is still to be written, in plain sentences."""
    counts = listed.counts
    placed = len(listed.questions)
    probes = sum(len(question.probes) for question in listed.questions)
    lines = [
        f"{count_noun(placed, 'question')} under "
        f"{count_noun(len(listed.competencies), 'heading')}, with {count_noun(probes, 'probe')}."
    ]
    notices = [
        count_noun(count, noun)
        for count, noun in (
            (counts.numberings, "number"),
            (counts.bullets, "bullet"),
            (counts.repeats, "repeated question"),
        )
        if count
    ]
    if notices:
        lines.append(f"Removed: {', '.join(notices)}.")
    if counts.unlabelled:
        lines.append(
            f"{count_noun(counts.unlabelled, 'line')} under a question, without a label, "
            "placed under what to listen for."
        )
    if draft.placeholders:
        lines.append(
            f"{count_noun(draft.placeholders, 'text')} still to write, each marked TO WRITE."
        )
    return lines


def _questions(source: Source, name: str) -> QuestionList:
    listed = read_questions(source)
    if not listed.questions:
        raise InterviewKitError(
            f"{name} holds no question.",
            "A question ends with a question mark, starts with words such as “Tell me about”, or "
            "is in a column called Question.",
        )
    return listed
