"""What each field of a bank file is for, in one sentence: for editors, and for the handbook.

By part and field, as the models name them. A test holds that every field has its sentence.
"""

FIELDS: dict[str, dict[str, str]] = {
    "Bank": {
        "format": "The version of this format: 1.",
        "id": "The bank's name in commands and records; do not change it later.",
        "extends": "The id of the bank that this one builds on.",
        "drop": "What to drop from the bank that this one extends.",
        "title": "The bank's title on screens and in documents.",
        "about": "Who the bank is for, and what it asks about.",
        "language": "The language it is written in: two letters, such as en or de.",
        "version": "Any text; change it when the anchors or the words read to candidates change.",
        "authors": "Who wrote it.",
        "licence": "The licence under which others may use it.",
        "scale": "The points of the rating scale from 1 up, three to seven, each with its name.",
        "jurisdictions": "The countries or states where the bank is used; decides what must not "
        "be asked.",
        "words": "The bank's own words that show an element in notes, in addition to its "
        "language's.",
        "competencies": "What is rated.",
        "questions": "The questions, in the order of lists.",
        "kits": "Ordered choices of questions, one for each kind of interview.",
        "accepted": "Findings of `bank check` that the author has looked at and accepts.",
    },
    "Competency": {
        "id": "Its name in questions, weights and records.",
        "name": "Its name on screens and in workbooks.",
        "about": "What somebody with this competency does.",
        "anchors": "For each rating the observable behaviour that earns it.",
    },
    "Question": {
        "id": "Its name in kits and records.",
        "competency": "The id of the competency that the answer is rated on.",
        "kind": "past_behaviour, situational, background or role_play.",
        "ask": "The question, read aloud word for word.",
        "listen_for": "What a full answer would contain; for the interviewer only.",
        "watch_for": "What to ask about if it comes up; never a mark against the candidate.",
        "anchors": "Anchors for this question only, instead of its competency's.",
        "probes": "Its follow-ups. A probe's position here is its number in the interview.",
        "role_play": "What both sides know; required for a question of kind role_play.",
    },
    "RolePlay": {
        "candidate_brief": "What the candidate reads before the role play begins.",
        "interviewer_plays": "Who the interviewer plays, in one line.",
        "interviewer_brief": "What that person knows, says at once, and says only when asked.",
        "minutes": "The minutes of the role play itself, without reading and discussing it.",
    },
    "Probe": {
        "id": "Its name in records, within its question.",
        "ask": "The follow-up, read aloud word for word.",
        "elicits": "The elements of a story that a full reply would give.",
    },
    "Kit": {
        "id": "Its name in commands and records.",
        "name": "Its name on screens and in documents.",
        "minutes": "The length of the whole interview, including opening and closing.",
        "opening": "What is said before the first question.",
        "closing": "What is said after the last question.",
        "questions": "The questions, in the order they are asked.",
        "weights": "How much a competency counts in the overall score; 1 if not given.",
        "must_have": "The lowest acceptable mean on a competency; shown if not met, in no total.",
        "panel": "Which interviewer covers which competency, if several share the kit.",
    },
    "KitQuestion": {
        "question": "The id of a question.",
        "minutes": "The minutes planned for it, including probes.",
    },
    "Page": {
        "minutes": "The minutes planned for it.",
        "say": "The words, read aloud word for word.",
    },
    "Seat": {
        "seat": "A seat on the panel, such as Hiring manager; not a person's name.",
        "focus": "The ids of the competencies that this interviewer covers.",
    },
    "Acceptance": {
        "code": "The code of the finding.",
        "where": "The id of a question, competency or kit, or question/probe; by default "
        "everywhere.",
        "reason": "Why it is accepted.",
    },
    "Drop": {
        "competencies": "Ids of competencies; their questions are dropped, too.",
        "questions": "Ids of questions; they are dropped from the base's kits, too.",
        "probes": "Probes, as question/probe.",
        "kits": "Ids of kits.",
    },
}
