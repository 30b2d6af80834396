"""Where the work on many parts is done: in this process, or in several on this machine."""

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

_AHEAD = 2  # parts a worker may be ahead of what was taken: bounds what waits in memory

Work = Callable[[Any, Any], Any]


class EngineError(RuntimeError):
    """The work could not be brought to its end; says what to do."""


class Engine(Protocol):
    """Does work(shared, part) for every part and gives the results in the order of the parts."""

    def spread(self, work: Work, parts: Iterable[Any], *, shared: Any) -> Iterator[Any]: ...


class Here:
    """One part after the other in this process."""

    def spread(self, work: Work, parts: Iterable[Any], *, shared: Any) -> Iterator[Any]:
        return (work(shared, part) for part in parts)


class Processes:
    """Several processes; `shared` is sent to each of them once."""

    def __init__(self, n_processes: int) -> None:
        self._n_processes = n_processes

    def spread(self, work: Work, parts: Iterable[Any], *, shared: Any) -> Iterator[Any]:
        """Raises EngineError where a process was ended from outside."""
        pool = ProcessPoolExecutor(
            self._n_processes,
            mp_context=multiprocessing.get_context("spawn"),  # a fork may copy locks that are held
            initializer=_keep,
            initargs=(work, shared),
        )
        waiting = iter(parts)
        try:
            with pool:
                ahead = self._n_processes * _AHEAD
                doing = deque(pool.submit(_do, p) for p in itertools.islice(waiting, ahead))
                while doing:
                    result = doing.popleft().result()
                    doing.extend(pool.submit(_do, p) for p in itertools.islice(waiting, 1))
                    yield result
        except BrokenProcessPool as error:
            what = "a process of the refresh was ended from outside, perhaps for want of memory"
            raise EngineError(f"{what}; nothing was published, run it again") from error


def engine_for(n_bytes: int) -> Engine:
    """Processes, where there is text enough to make up for the seconds that they take to start."""
    n_processes = min(len(os.sched_getaffinity(0)), n_bytes // ENOUGH_FOR_A_PROCESS)
    return Processes(n_processes) if n_processes > 1 else Here()


# A process starts in about 3 s and analyses about 0.5 MB a second.
ENOUGH_FOR_A_PROCESS = 3_000_000

_kept: tuple[Work, Any]


def _keep(work: Work, shared: Any) -> None:
    global _kept
    _kept = work, shared


def _do(part: Any) -> Any:
    work, shared = _kept
    return work(shared, part)
