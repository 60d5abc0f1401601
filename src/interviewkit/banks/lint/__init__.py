"""The linter: what a trainer who knows interviewing would say about a usable bank.

Owns opinions, not faults: a bank that cannot be read never gets here. Each opinion has a stable
code (:data:`RULES`) and can be accepted in the bank itself, with a reason. Anything that depends
on a language is data in this folder; nothing here looks at candidates or their answers.
"""

from typing import TYPE_CHECKING

from interviewkit.banks.lint.rules import READING, RULES, Rule

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile
    from interviewkit.errors import Finding

__all__ = ["READING", "RULES", "Rule", "lint"]


def lint(file: "BankFile") -> "list[Finding]":
    """What could be better in a bank, in the order of the file; accepted findings are left out.

    Of a bank that extends another only what its own file says is told: the base has its own
    author.
    """
    from interviewkit.banks.lint.linter import find_improvements  # YAML, word lists and patterns

    return find_improvements(file)
