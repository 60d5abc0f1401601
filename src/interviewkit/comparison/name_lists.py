"""Lists of names as a sentence says them."""

from collections.abc import Sequence

MOST_NAMED = 5  # names in a row; beyond that they are counted


def name_list(listed: Sequence[str], most: int = MOST_NAMED) -> str:
    """``Ada, Bo and Cy``; beyond ``most`` the rest are counted."""
    if len(listed) > most:
        return f"{', '.join(listed[: most - 1])} and {len(listed) - most + 1} more"
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"
