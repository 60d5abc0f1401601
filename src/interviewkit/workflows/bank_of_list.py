"""A bank of the user's own from a list of questions, for the screens."""

from typing import NamedTuple

from interviewkit.banks.library import BankLocation
from interviewkit.errors import InterviewKitError
from interviewkit.intake import list_import
from interviewkit.plurals import count_noun
from interviewkit.settings import typed_path
from interviewkit.workflows.bank_editor import save_new_bank


class ListedBank(NamedTuple):
    """The bank that was made, and what to say of it, a sentence a line."""

    location: BankLocation
    lines: list[str]


def begin_bank_of_list(file: str, text: str, title: str) -> ListedBank:
    """Write a bank of the questions in ``file``, or in the pasted ``text`` where no file is named.

    InterviewKitError where neither is given, or nothing in it is a question.
    """
    from interviewkit.banks.templates import id_from_title

    if file.strip():
        path = typed_path(file)
        listed, name = list_import.list_in_file(path), path.stem
    elif text.strip():
        listed, name = list_import.list_in_text(text), "From a list"
    else:
        raise InterviewKitError("There is no list yet.", "Name a file, or paste the questions.")
    title = " ".join(title.split()) or listed.title or name
    bank_id = id_from_title(title)
    draft = list_import.make_bank(listed, bank_id, title)
    lines = list_import.summary_lines(listed, draft)
    if draft.unplaced:
        misfits = count_noun(len(draft.unplaced), "line fits", "lines fit")
        lines.append(f"{misfits} no field; see the comments at the end of the file.")
    return ListedBank(save_new_bank(bank_id, title, draft.text), lines)
