"""One at a time: a lock of the operating system on a file, let go when its holder ends or dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str], *, is_waiting: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if is_waiting else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str], *, is_waiting: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX if is_waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockedError(RuntimeError):
    """Somebody else holds the lock."""


@contextmanager
def locked(path: Path, *, is_waiting: bool = False) -> Iterator[None]:
    """Holds the lock; raises LockedError at once where another does, unless told to wait.

    The file stays: a lock on a file that was removed holds nobody off.
    """
    with path.open("a", encoding="utf-8") as file:
        try:
            _lock(file, is_waiting=is_waiting)
        except (BlockingIOError, PermissionError):  # what Unix says, what Windows says
            raise LockedError(f"{path}: held by another process") from None
        yield
