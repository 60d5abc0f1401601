"""What tells the file of the records from others, and how long one waits for it."""

from collections.abc import Callable
from pathlib import Path

VERSION = 17  # of the tables; 4 to 7 and 9 to 15 were never released
APPLICATION = 0x696B6974  # "ikit" in the file's header: tells our file from another program's
PAGE = 4096  # bytes; an encrypted file is a whole number of pages
BUSY_MS = 5000  # while opening, when another program may be migrating
Unlock = Callable[[Path], str]  # the path of an encrypted file → its key (see cipher)
