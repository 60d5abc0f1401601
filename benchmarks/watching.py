"""A program in a terminal of its own, timed from outside: when bytes come, not when they are read.

Every chunk of output gets its time as it is read and is looked at afterwards, so that what it
costs to interpret a screen is in nobody's figure.
"""

import os
import random
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from measuring import ENVIRONMENT, memory_of

if sys.platform != "win32":  # nothing is measured there, yet the tests read these files
    import fcntl
    import pty
    import termios

SIGNS = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|\x1bP[^\x1b]*\x1b\\|\x1b[ -/]*[0-OQ-Z\\^-~]"
)
PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-gi-ln-zA-Z](?<![hl])|\x1b\[[0-9;?>]*[$ ][@-~]")
PATIENCE = 60.0  # seconds
GAP = (0.045, 0.12)  # seconds between keys, by chance: no step with anybody's frames
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LINE = 33  # letters typed before the line is cleared
LONGEST = 64  # bytes of a sign; what goes on for longer is none


class Watched:
    """A program started in a terminal of 80 by 24 and killed at the end."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """``patience``: seconds to wait for words before it counts as a failure."""
        self._patience = patience
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.started = time.perf_counter()
        self._program = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**ENVIRONMENT, "TERM": "xterm-256color", **(env or {})},
            start_new_session=True,
        )
        os.close(slave)
        self.chunks: list[tuple[float, bytes]] = []
        self._stripped = Stripped()

    @property
    def pid(self) -> int:
        """The process that was started."""
        return self._program.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()
        os.close(self._master)

    def send(self, keys: str) -> float:
        """Type; the moment at which it was done."""
        os.write(self._master, keys.encode())
        return time.perf_counter()

    def listen(self, seconds: float) -> bool:
        """Read what comes within so long; whether anything came."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise AssertionError(f"the program ended; it said:\n{self._stripped.text}")
        self.chunks.append((time.perf_counter(), data))
        self._stripped.add(data)
        return True

    def until(self, wanted: str) -> float:
        """Milliseconds from the start until ``wanted`` has been painted."""
        return (self._until(wanted) - self.started) * 1000

    def answer(self, key: str, wanted: str) -> float:
        """Milliseconds from a key until ``wanted`` has been painted, where it may stand already."""
        self.chunks.clear()
        self._stripped = Stripped()
        moment = self.send(key)
        return (self._until(wanted) - moment) * 1000

    def quiet(self, seconds: float) -> None:
        """Read until nothing has come for so long, or until it is plain that something always will:
        a clock on the screen ticks every second.
        """
        end = time.perf_counter() + 4 * seconds
        while time.perf_counter() < end and self.listen(seconds):
            pass

    def rest(self, seconds: float) -> float:
        """Read for so long, whatever comes; how long it was."""
        start = time.perf_counter()
        while (left := start + seconds - time.perf_counter()) > 0:
            self.listen(left)
        return time.perf_counter() - start

    def processor(self) -> float:
        """Seconds of processor time used so far, its children left out. Linux only."""
        about = Path(f"/proc/{self._program.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(about[11]) + int(about[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """MiB that are this program's own or its share of what it shares. Linux only."""
        return memory_of(self._program.pid, "smaps_rollup", "Pss")

    def _until(self, wanted: str) -> float:
        end = time.perf_counter() + self._patience
        while wanted not in self._stripped.text:
            if not self.listen(0.2) and time.perf_counter() > end:
                raise AssertionError(f"{wanted!r} never came:\n{self._stripped.text}")
        return self.chunks[-1][0]


class Stripped:
    """The words in what a program wrote. Each byte is looked at once: to read all of it again with
    every chunk would hold up the time of the next.
    """

    def __init__(self) -> None:
        self.text = ""
        self._open = b""

    def add(self, data: bytes) -> None:
        """More of it; a sign cut in two waits for its end."""
        data = self._open + data
        cut = data.rfind(b"\x1b")
        whole = cut < 0 or len(data) - cut > LONGEST or SIGNS.match(data, cut)
        self._open = b"" if whole else data[cut:]
        self.text += SIGNS.sub(b"", data if whole else data[:cut]).decode("utf-8", "ignore")


def key_times(watched: Watched, keys: int, seed: int, clear: str = "\x15") -> list[float]:
    """Milliseconds from each key until the screen shows it after the three typed before it.

    Four letters that stand on no other place of the screen say which key was painted; the first
    three of a line are typed and not counted. A line is looked at before the next one is typed.
    """
    chance, seen, times = random.Random(seed), set[str](), list[float]()
    watched.quiet(0.3)
    painting = Painting(watched)
    while len(times) < keys:
        watched.send(clear)
        watched.quiet(0.25)
        line = _typed(watched, min(LINE, keys - len(times) + 3), chance, seen)
        times += [painting.milliseconds(*key) for key in line]
    return times


def _typed(
    watched: Watched, keys: int, chance: random.Random, seen: set[str]
) -> list[tuple[float, str]]:
    """When each key of a line was sent, and the letters that say it is painted, new in ``seen``."""
    typed, sent = "", list[tuple[float, str]]()
    for _ in range(keys):
        letters = [one for one in LETTERS if one not in typed[-3:] and typed[-3:] + one not in seen]
        typed += chance.choice(letters)
        moment = watched.send(typed[-1])
        if len(typed) > 3:
            seen.add(typed[-4:])
            sent.append((moment, typed[-4:]))
        watched.rest(chance.uniform(*GAP))
    return sent


class Painting:
    """The screen as a program draws it, chunk by chunk, after the keys were typed."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0  # chunks
        self._moment = 0.0

    def milliseconds(self, moment: float, wanted: str) -> float:
        """From ``moment`` until ``wanted`` was painted; what is still to come is waited for."""
        end = time.perf_counter() + PATIENCE
        while self._moment < moment or not any(wanted in line for line in self._screen.display):
            while self._drawn == len(self._watched.chunks):
                self._watched.listen(0.2)
                if time.perf_counter() > end:
                    raise AssertionError(f"{wanted!r} was never painted")
            self._moment, data = self._watched.chunks[self._drawn]
            self._stream.feed(PRIVATE.sub(b"", data))
            self._drawn += 1
        return (self._moment - moment) * 1000
