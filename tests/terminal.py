"""A real terminal: the program in a pseudo-terminal of its own, its screen read with pyte."""

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import pyte

if sys.platform != "win32":  # its tests bear the marker posix; their files are read there, too
    import fcntl
    import pty
    import termios

PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-gi-ln-zA-Z](?<![hl])|\x1b\[[0-9;?>]*[$ ][@-~]")
CUT = re.compile(rb"\x1b(\[[0-9;<=>?$ ]*)?\Z")  # a sequence begun
PATIENCE = 60.0  # seconds until a test that waits in vain fails; no test passes by waiting


# Anyone who is named is not asked who they are, as a first start would.
_NAMED = {"INTERVIEWKIT_INTERVIEWER": "Priya Raman"}


class Terminal:
    """A program, ours unless named, in a terminal of ``columns`` by ``rows``."""

    def __init__(
        self,
        args: Sequence[str],
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        rows: int = 24,
        program: Sequence[str] = (sys.executable, "-m", "interviewkit"),
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.drawn = bytearray()  # all that came, with what pyte leaves out
        self._kept = b""  # the beginning of a sequence whose end has not come yet
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [*program, *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**_NAMED, **os.environ, "TERM": "xterm-256color", **(env or {})},
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        os.close(self._master)

    @property
    def text(self) -> str:
        """The screen as it is drawn so far."""
        return "\n".join(self._screen.display)

    @property
    def modes(self) -> list[object]:
        """How the terminal treats what is typed and drawn: echo, lines, signals."""
        return termios.tcgetattr(self._master)

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as the user of a window drags it."""
        self._screen.resize(rows, columns)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def send(self, text: str) -> None:
        """Type, Enter as ``\\r``."""
        os.write(self._master, text.encode())

    def until(self, *wanted: str, times: int = 1) -> None:
        """Read what is drawn until each of ``wanted`` is on the screen so many times at once."""
        end = time.monotonic() + PATIENCE
        while not self._shows(wanted, times):
            if not self._read(end):
                raise AssertionError(f"{wanted} never came; the screen was:\n{self.text}")

    def ended(self) -> int:
        """Read on until the program ends by itself; its exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(end):
            pass
        if self.process.poll() is None and time.monotonic() > end:
            raise AssertionError(f"the program never ended; the screen was:\n{self.text}")
        return self.process.wait(PATIENCE)

    def hang_up(self) -> None:
        """The terminal is gone, as when its window is closed."""
        os.close(self._master)
        self._master = os.open(os.devnull, os.O_RDWR)

    def kill(self) -> None:
        """SIGKILL: nothing of the program runs after this."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def _shows(self, wanted: Sequence[str], times: int) -> bool:
        text = self.text
        return all(text.count(part) >= times for part in wanted)

    def _read(self, end: float) -> bool:
        """Take all that is drawn; False when nothing will be any more, or not before ``end``."""
        has_ended = self.process.poll() is not None  # asked first: what it left is read below
        if time.monotonic() > end:
            return False
        if not self._has_more(0.1):
            return not has_ended
        data = b""
        with suppress(OSError):  # the other end was closed: the program has ended
            while self._has_more(0) and (more := os.read(self._master, 65536)):
                data += more
        self.drawn += data
        self._show(data)
        return bool(data)

    def _has_more(self, seconds: float) -> bool:
        return bool(select.select([self._master], [], [], seconds)[0])

    def _show(self, data: bytes) -> None:
        """Without the private sequences that pyte would print: they do not change the picture."""
        data = self._kept + data
        cut = CUT.search(data)
        end = cut.start() if cut else len(data)
        self._stream.feed(PRIVATE.sub(b"", data[:end]))
        self._kept = data[end:]
