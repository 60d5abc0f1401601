"""The linter: what a trainer who knows interviewing would say about a usable bank.

Owns opinions, not faults: a bank that cannot be read never gets here. Each opinion has a stable
code (:data:`RULES`) and can be accepted in the bank itself, with a reason. Anything that depends
on a language is data in this folder; nothing here looks at candidates or their answers.
"""

from interviewkit.banks.lint.rules import READING, RULES, Rule

__all__ = ["READING", "RULES", "Rule"]
