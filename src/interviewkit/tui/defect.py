"""What is shown when the program itself is at fault: where, and nothing of what was typed."""

import traceback


def report(error: BaseException) -> str:
    """The places an error went through and its kind, without values and without its message.

    Both can quote a note about a candidate, and a report like this is sent around.
    """
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = "".join(traceback.format_list(traceback.extract_tb(seen.__traceback__)))
        parts.insert(0, f"{frames}{type(seen).__name__}")
        seen = seen.__cause__
    return "\n".join(
        [
            "interviewkit has a defect and had to stop. What was saved is safe.",
            "",
            *parts,
            "",
            "Its message is left out, because it could quote what somebody typed.",
        ]
    )
