"""What the wrap-up says where the summary is empty, and its help."""

SUMMARY_HINT = "Tab leads here: two or three sentences for somebody who was not there"
HELP = """
# Wrap-up

The list holds what is open: answers without a rating, probes whose outcome was not noted, notes on
a topic that is not to be asked about. Below it stand the question, your notes and the anchors.

| key | does |
|---|---|
| `1` … `4` | chooses your recommendation |
| `/1` … `/5`, `/0` | rates the answer under the cursor; `/0` is not assessed |
| `+` `=` `!` | what its probe brought |
| **Enter** | goes back to the question |
| `a` | lists all answers, or what is open only |
| **F2** | shows what was said there, if you add the transcript of a recording |
| **Tab** | to the summary, where other letters go, too |

An answer without a rating counts as not assessed, never as zero. The ratings do not decide the
recommendation; where the two differ, say why in a sentence. Write the summary in your own words,
then **submit**. If another window has changed anything since this page was drawn, you see what
changed before sealing. A submitted scorecard is sealed: it stays as it is, and from then on you see
what the others wrote.
"""
