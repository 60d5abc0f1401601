"""What F1 says of the workshop."""

HELP = """
# The workshop

On the left is the bank: competencies with their questions and probes, then the kits. On the right
is the whole item under the cursor, and under each line its findings, with the line in the
file. ✗ is an error, ▲ a warning, › advice. **✓** and **·** say which elements of a story the probes
elicit, and which none does.

**Enter** edits the item under the cursor, **a** adds one of its kind after it, **d** duplicates it,
**Delete** deletes it, Ctrl with the arrows moves it. **u** undoes the last change. Every change is
kept at once, even if the program is killed, but the bank's file changes only with **Ctrl+S**, and
then only where you changed something.

Banks that come with interviewkit stay as they are: the first change asks how to make it your own.
**/** searches all banks. **t** tries the question under the cursor on the live screen, and records
nothing. **Tab** goes to the right side, so that you can scroll it.
"""
