"""What F1 says of the workshop."""

HELP = """
# The workshop

On the left the bank: competencies with their questions and probes, then the kits. On the right
what the cursor is on, whole, and under each line what is found about it, with its line in the
file. ✗ is an error, ▲ a warning, › advice. **✓** and **·** say which elements of a story the probes
elicit, and which none does.

**Enter** edits what is under the cursor, **a** adds one like it behind it, **d** copies it,
**Delete** takes it away, Ctrl with the arrows moves it. **u** takes back the last change. All of
it is kept at once, also when the program is killed; the bank's file has it only after **Ctrl+S**,
and then only what you changed is different there.

Banks that come with interviewkit stay as they are: the first change asks how to make it your own.
**/** looks for words in all banks. **t** tries the question under the cursor on the live screen,
with nothing recorded. **Tab** goes to the right side, to scroll it.
"""
