"""How many there are of something, in words."""


def count_noun(count: int, noun: str, plural: str = "") -> str:
    """``1 scorecard``, ``2 scorecards``; ``plural`` where it is more than an s behind the noun."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
