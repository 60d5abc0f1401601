"""How long what is kept may be: wide for what people type, narrow for a file that is no record.

The interchange format refuses what is longer, and so does an interview that begins: what this
program keeps it can also write and take in again.
"""

from interviewkit.errors import InterviewKitError

MEBIBYTE = 1024 * 1024
LONGEST_ID = 200  # characters, as all lengths of texts here
LONGEST_NAME = 300
LONGEST_TEXT = 1_000_000
LONGEST_CARD = 4_000  # what can be read in the minutes before an interview
LONGEST_TRANSCRIPT = 2_000_000  # characters in all; an hour has about 60,000
MOST_CUES = 20_000
LONGEST_BANK = 20_000_000
LONGEST_LINE = 64 * MEBIBYTE  # bytes
LARGEST_FILE = 512 * MEBIBYTE  # bytes; taking a file in needs about five times as much memory


def refuse_long_names(**names: str) -> None:
    """InterviewKitError when one of these names, by what they name, is too long to be kept."""
    for kind, name in names.items():
        if len(name.strip()) > LONGEST_NAME:
            raise InterviewKitError(
                f"The name of the {kind} has {len(name.strip()):,} characters; at most "
                f"{LONGEST_NAME} are kept.",
                "Shorten it, and put the rest in a note.",
            )
