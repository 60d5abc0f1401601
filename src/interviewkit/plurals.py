"""How many there are of something, in words."""


def count_noun(count: int, noun: str) -> str:
    """``1 scorecard``, ``2 scorecards``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
