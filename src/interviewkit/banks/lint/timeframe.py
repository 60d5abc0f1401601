"""Rules on what a question asks for: one time that was, a habit, or what somebody would do.

Words for it differ without end ("How do you …", "What makes …", "Which … are"), but whoever asks
for one time speaks of the past or names an occasion. So a question that does neither is taken to
ask for a habit, unless it is one on the person's background:

    How do you calm an angry customer?              no past, no occasion: a habit
    How did you calm the customer?                  past
    A customer shouts at you. What do you do?       a statement, then the present: a supposition
"""

from collections.abc import Iterator

from interviewkit.banks.lint.language import Lists, Utterance
from interviewkit.banks.lint.rules import Told
from interviewkit.banks.model import Question
from interviewkit.banks.text.yaml_nodes import Loc


def lint_timeframe(
    loc: Loc, question: Question, utterance: Utterance, lists: Lists, *, only_plain: bool = False
) -> Iterator[Told]:
    """Past behaviour is asked as what happened, a situation as what one would do.

    ``only_plain`` leaves out what is concluded rather than read, for a text with graver faults.
    """
    supposed = _plain_supposition(utterance)
    if not supposed and not only_plain:
        supposed = _scene(utterance, lists)
    if question.kind == "past_behaviour":
        habit = "" if supposed or only_plain else _habit(utterance, lists)
        if supposed:
            message = f"“{supposed}” asks what they would do; ask for a time, or kind: situational"
            yield loc, "hypothetical", message
        elif habit:
            yield loc, "general", f"“{habit}” brings how it is usually done; ask for one time"
    elif question.kind == "situational" and "past" in utterance.found and not supposed:
        message = (
            f"“{utterance.found['past']}” asks for what has been; that is kind: past_behaviour"
        )
        yield loc, "kind-mismatch", message


def lint_probe_timeframe(
    loc: Loc, question: Question, utterance: Utterance, lists: Lists
) -> Iterator[Told]:
    """A probe of a story stays with that story; a habit counts when nothing ties it to one."""
    if question.kind != "past_behaviour":
        return
    matches = utterance.found
    is_tied = "in-story" in matches or lists.past.search(utterance.words)
    habit = matches.get("usual") or ("" if is_tied else matches.get("general"))
    if "suppose" in matches:
        message = f"“{matches['suppose']}” leaves the story; ask what they did"
        yield loc, "hypothetical", message
    elif habit:
        yield loc, "general", f"“{habit}” leaves the story for a habit; ask what they did then"


def _plain_supposition(utterance: Utterance) -> str:
    """The words that ask what somebody would do, or nothing."""
    matches = utterance.found
    if "suppose" in matches:
        return matches["suppose"]
    return "" if "not-hypothetical" in matches else matches.get("hypothetical", "")


def _scene(utterance: Utterance, lists: Lists) -> str:
    """The question in the present behind a scene that is only told, or nothing."""
    story = [sentence for sentence in utterance.sentences if not lists.is_asking(sentence)]
    asking = utterance.sentences[-1] if utterance.sentences else ""
    if story and not lists.creed.match(story[0]) and not lists.past.search(asking):
        present = lists.present.search(asking)
        return present.group().strip() if present else ""
    return ""


def _habit(utterance: Utterance, lists: Lists) -> str:
    """The words that ask for what somebody usually does or thinks, or nothing."""
    matches = utterance.found
    is_past = bool(lists.past.search(utterance.words))
    if "self-image" in matches and not is_past:
        return matches["self-image"]
    if "background" in matches or ("particular" in matches and is_past):
        return ""
    if "general" in matches:
        opening = utterance.words[: utterance.words.find(matches["general"])]
        is_follow_up = lists.past.search(opening) or matches.get("particular", "^^") in opening
        return "" if is_follow_up else matches["general"]
    if is_past or "particular" in matches:
        return ""
    if "general-request" in matches:
        return matches["general-request"]
    asking = next(filter(lists.is_asking, utterance.sentences), "")
    return " ".join(asking.split()[:3]) if lists.open.match(asking) else ""
