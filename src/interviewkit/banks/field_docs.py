"""What each field of a bank file is for, in one sentence: for editors, and for the handbook.

By part and field, as the models name them. A test holds that every field has its sentence.
"""

FIELDS: dict[str, dict[str, str]] = {
    "Bank": {
        "format": "The version of this format: 1.",
        "id": "The bank's name in commands and records; not to be changed later.",
        "extends": "The id of the bank that this one builds on.",
        "drop": "What to leave out of the bank that this one extends.",
        "title": "The bank's name as people read it.",
        "about": "Whom the bank is for, and what it asks about.",
        "language": "The language of its words: two letters, such as en or de.",
        "version": "Any text; raise it when words that candidates hear, or anchors, change.",
        "authors": "Who wrote it.",
        "licence": "On what terms others may use it.",
        "scale": "The points of the rating scale from 1 up, three to seven, each with its name.",
        "jurisdictions": "Where the bank is used, for what must not be asked there.",
        "words": "The bank's own words that show an element in notes, beside its language's.",
        "competencies": "What is rated.",
        "questions": "What is asked. Their order here is the order in lists.",
        "kits": "Ordered choices of questions, one for each kind of interview.",
        "accepted": "Findings of `bank check` that the author has looked at and keeps.",
    },
    "Competency": {
        "id": "Its name in questions, weights and records.",
        "name": "Its name on screens and in workbooks.",
        "about": "What somebody does who has it.",
        "anchors": "For each rating the behaviour that earns it: what somebody could have seen.",
    },
    "Question": {
        "id": "Its name in kits and records.",
        "competency": "The id of the competency that the answer is rated on.",
        "kind": "past_behaviour, situational, background or role_play.",
        "ask": "The question, read aloud as it stands.",
        "listen_for": "What a full answer would hold; for the interviewer's eyes.",
        "watch_for": "What to ask about when it turns up; never a mark against the candidate.",
        "anchors": "Anchors for this question alone, in place of its competency's.",
        "probes": "Its follow-ups. A probe's place here is its number in the interview.",
        "role_play": "What both sides know; for a question of kind role_play, which needs it.",
    },
    "RolePlay": {
        "candidate_brief": "What the candidate reads before the play begins.",
        "interviewer_plays": "Whom the interviewer plays, in one line.",
        "interviewer_brief": "What that person knows, says at once, and says only when asked.",
        "minutes": "The minutes of the play itself, without reading and talking it over.",
    },
    "Probe": {
        "id": "Its name in records, within its question.",
        "ask": "The follow-up, read aloud as it stands.",
        "elicits": "The elements of a story that a full reply to it would bring.",
    },
    "Kit": {
        "id": "Its name in commands and records.",
        "name": "Its name as people read it.",
        "minutes": "The length of the whole interview, opening and closing included.",
        "opening": "What is said before the first question.",
        "closing": "What is said after the last question.",
        "questions": "The questions, in the order in which they are asked.",
        "weights": "What a competency counts in the overall score; 1 when it is not named.",
        "panel": "Which interviewer covers which competency, where several share the kit.",
    },
    "KitQuestion": {
        "question": "The id of a question.",
        "minutes": "The minutes planned for it, probes included.",
    },
    "Page": {
        "minutes": "The minutes planned for it.",
        "say": "The words, read aloud as they stand.",
    },
    "Seat": {
        "seat": "A place on the panel, such as Hiring manager: no person's name.",
        "focus": "The ids of the competencies that this interviewer covers.",
    },
    "Acceptance": {
        "code": "The code of the finding.",
        "where": "The id of a question, competency or kit, or question/probe; else everywhere.",
        "reason": "Why it is kept.",
    },
    "Drop": {
        "competencies": "Ids of competencies; their questions go too.",
        "questions": "Ids of questions; their places in the base's kits go too.",
        "probes": "Probes, as question/probe.",
        "kits": "Ids of kits.",
    },
}
