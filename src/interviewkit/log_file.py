"""The file that ``--verbose`` writes. Imported only for it: ``logging`` is felt at the start."""

import logging
import os
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(process)d %(message)s"
BEFORE = 2  # full files that are kept beside the one that is written


class _Private(RotatingFileHandler):
    """Readable by its owner alone, and silent when the disk takes no more."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Words about it would fall into the middle of a screen."""


def writing_to(path: Path, most: int) -> Callable[[str], None]:
    """What writes a line to ``path``, which begins again at ``most`` bytes. OSError when it cannot.

    The lines before stay in ``path`` with ``.1`` and ``.2`` behind it.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = _Private(path, maxBytes=most, backupCount=BEFORE)
    handler.setFormatter(logging.Formatter(FORMAT))
    log = logging.Logger("interviewkit")  # of its own: what libraries log may quote anything
    log.addHandler(handler)
    return log.info
