"""Keys and words of the live screen: its help, and what stays out of an interview."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [  # of those shown, the last ones go first where there is no room
    Binding("pagedown", "move(1)", "Next", id="interview.next"),
    Binding("f10", "wrap_up", "Wrap up", id="interview.wrap_up"),
    Binding("ctrl+o", "hour", "Questions", id="interview.hour", tooltip="All questions, with time"),
    Binding("ctrl+l", "listen", "Listen", id="interview.listen"),
    Binding("f5", "pause", "Pause", id="interview.pause", tooltip="Pause the clocks"),
    Binding("f4", "story", "Tick", id="interview.story", tooltip="Tick elements by hand"),
    Binding("f9", "leave", "Home", id="interview.leave"),
    Binding("f3", "not_to_ask", "Not to ask", id="interview.not_to_ask"),
    Binding("ctrl+g", "card", "Card", id="interview.card", tooltip="Points or a brief for you"),
    Binding("f2", "probes", "All probes", id="interview.probes", show=False),
    Binding(
        "ctrl+t",
        "tick_gap",
        "It is there",
        id="interview.tick_gap",
        tooltip="Tick what the first suggestion calls missing",
        show=False,
    ),
    Binding("f6", "type('+')", "New detail", id="probe.new_detail", show=False),
    Binding("f7", "type('=')", "Nothing new", id="probe.nothing", show=False),
    Binding("f8", "type('!')", "No answer", id="probe.no_answer", show=False),
    Binding("pageup", "move(-1)", "Back", id="interview.back", show=False),
    Binding("up", "pick(-1)", "Earlier note", id="notes.earlier", show=False),
    Binding("down", "pick(1)", "Later note", id="notes.later", show=False),
    Binding("escape", "cancel", "Leave the note", id="notes.leave", show=False),
]

HELP = """
# A live interview

Type what you hear; **Enter** keeps it as a note. Everything else starts the line with a sign:

| typed | does |
|---|---|
| `?` | shows all probes; `?2` asks probe 2 |
| `?? words` | a follow-up in your own words |
| `+` `=` `!` | what it brought: new detail, nothing new, no answer (or **F6 F7 F8**) |
| `/1` … `/5` | rates the answer; `/0` is not assessed |
| `/n` `/b` `/q 3` | next, back, question 3 (or **PgDn**, **PgUp**) |
| `/skip why` | leaves the question out, with the reason |
| `*` | marks the last note as evidence for the rating |
| `/e` | edits the last note; **↑** picks an earlier note or probe |
| `/undo` | takes back the last thing done |
| `/end` | goes to the wrap-up |

A space or `\\` first makes any line a note. **Escape** clears a command. To note later what a
probe brought, type its number again, or pick it with **↑** or a click; then `+` `=` `!`.

**Ask next** lists probes for what was not found in your notes, with the reason. You choose. Two
or three probes a question are enough, in the words shown. If a reason is wrong, **Ctrl+T** or
a click on it ticks what it names. In **Story so far** ✓ means that the notes name such a thing,
~ that they may, – that it was asked for and not found; **F4** ticks by hand, and
**Tab** there goes from gap to gap of the suggestions.

**Ctrl+O** shows all questions with their state and minutes, **Ctrl+L** what to listen for,
**Ctrl+G** the card with points to ask about, where the plan has one. **Ctrl+P** finds questions and
probes by their words. Everything is saved as you type. **F9** leaves; the interview resumes where
it was.
"""

NOT_TO_ASK = """
Ask nothing, in no probe and not in passing, about:

- age, year of birth, date of graduation
- family: marriage, children, plans for children, care for relatives, pregnancy
- health, disability, medication, sick days, past accidents or claims
- origin: birthplace, citizenship, ancestry, mother tongue
- religion, holidays kept, dress for faith
- sex, gender identity, sexual orientation
- politics, union membership, clubs
- arrest record; in many places also convictions, before an offer
- current or former pay: banned in many places, and never needed here
- service in the forces beyond what it taught for this job; money troubles; housing

You may ask whether somebody can do what the job takes: travel, hours, licence, a language the work
needs, the right to work. Ask everybody, in the same words.

If a candidate brings up such a thing, do not pursue it, do not note it, go on with the question.

This is not legal advice; your country's law and your company's rules take precedence.
"""
