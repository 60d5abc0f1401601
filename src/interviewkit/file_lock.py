"""A lock that one window holds on a name, and that the system takes away when the window ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """An empty file at ``path`` that is there, and locked, as long as somebody holds the lock.

    The file that is to be protected is never held open itself: Windows replaces no open file. A
    kill leaves the file without its lock, so it is free for the next window that asks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Hold the lock. BlockingIOError when another window does.

        Without effect where there are no such locks, as on some network file systems, or where no
        file can be made: there two windows do not see each other.
        """
        while self._descriptor is None:
            try:
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return
            try:
                _lock(descriptor)
                if _is_at(descriptor, self.path):
                    self._descriptor = descriptor
                    return
            except BlockingIOError:
                os.close(descriptor)
                raise
            except OSError:
                os.close(descriptor)
                return
            os.close(descriptor)  # its last holder has just removed it: there is another one now

    def release(self) -> None:
        """Let others have it; nothing happens where it is not held."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if sys.platform == "win32":  # no open file can be removed
            os.close(descriptor)
            self._remove()
        else:
            self._remove()  # while nobody else can hold it
            os.close(descriptor)

    def _remove(self) -> None:
        with suppress(OSError):  # held by the next window already
            self.path.unlink()


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
