"""What home says to somebody new, and its help."""

WELCOME = """
[b]Welcome to interviewkit.[/b]

It guides you through a structured interview: the same questions for everyone, anchors to rate \
each answer by, and always a follow-up worth asking. What you type is saved as you type \
it, on this machine only.

To begin you need a candidate's name and a role; the questions come with it.

To try it first, press [b]t[/]: an invented candidate answers, and nothing is recorded.

[$muted]To see a finished round: q, then[/]  interviewkit demo  [$muted]or[/]  make demo
[$muted]To join the team of somebody who invited you:[/] [b]m[/][$muted], then[/] [b]j[/]
"""
HELP = """
# Home

**Enter** on an interview under way resumes it where it was, on one planned for you starts it with
its kit, on a role compares its candidates, on a candidate opens the scorecards.

**n** starts another interview. **t** rehearses with a scripted candidate, recording nothing. **c**
compares the candidates of the role under the cursor. **s** opens a candidate's scorecards, where
you can amend your own. **d** opens the debrief of the candidate under the cursor; on a role it says
whose scorecards are in and whose are missing. **/** searches notes, questions and summaries. **r**
sets who owns the role under the cursor, what its interviewers see, and how long its records stay.
**b** opens the question banks, to read and change them and to try a question; **u** shows what a
bank's questions and probes have done over all interviews. **f** shows how you interview, from your
own scorecards, to you alone. **k** opens written answers to rate, and what a panel gave them. **l**
lists what is planned. **p** lists people, roles and candidates, to rename and merge them; **m**
shows the team that you share roles with; **w** says who you are, which stands at the top.
**Delete** discards an interview of yours that is not submitted, after saying what is written in it.
**q** quits.

While you are interviewing a candidate yourself, you see nobody else's scorecards for them.
"""
