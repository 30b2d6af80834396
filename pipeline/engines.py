"""Where the work on many parts is done: in this process, in several, or on a Dask cluster."""

import gc
import itertools
import multiprocessing
import os
import sys
import threading
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol

_TO_CONNECT = 10  # seconds
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
        waiting = (pool.submit(_do, part) for part in parts)
        with _without_main():
            doing = deque(itertools.islice(waiting, self._n_processes * _AHEAD))
        try:
            while doing:
                result = doing.popleft().result()
                doing.extend(itertools.islice(waiting, 1))
                yield result
        except BrokenProcessPool as error:
            what = "a process of the refresh was ended from outside, perhaps for want of memory"
            raise EngineError(f"{what}; nothing was published, run it again") from error
        finally:
            pool.shutdown(cancel_futures=True)


class Dask:
    """The workers of a Dask cluster that runs already; all must have this version of Parley.

    A part whose worker is lost is done again by another one.
    """

    def __init__(self, scheduler: str) -> None:
        self._scheduler = scheduler

    def spread(self, work: Work, parts: Iterable[Any], *, shared: Any) -> Iterator[Any]:
        """Raises EngineError where there is no cluster, or it breaks off the work."""
        from distributed import Client, KilledWorker

        try:
            client = Client(self._scheduler, timeout=_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            what = f"no Dask scheduler answers at {self._scheduler!r} ({error})"
            raise EngineError(f"{what}; start one, or leave out --engine") from error
        try:
            with client:
                # by submitting, not scattering: what a lost worker held is made again
                held = client.submit(_same, shared, pure=False)
                waiting = (client.submit(work, held, part, pure=False) for part in parts)
                ahead = _AHEAD * max(1, sum(client.ncores().values()))
                doing = deque(itertools.islice(waiting, ahead))
                while doing:
                    result = doing.popleft().result()
                    doing.extend(itertools.islice(waiting, 1))
                    yield result
        except (KilledWorker, CancelledError) as error:
            what = f"the cluster broke off the work on a part ({error})"
            raise EngineError(f"{what}; nothing was published, run it again") from error


def engine_for(n_bytes: int) -> Engine:
    """Processes, where there is text enough to make up for the seconds that they take to start."""
    has_affinity = hasattr(os, "sched_getaffinity")  # Linux; it heeds what a container may use
    n_cores = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    n_processes = min(n_cores, n_bytes // ENOUGH_FOR_A_PROCESS)
    return Processes(n_processes) if n_processes > 1 else Here()


# A process starts in about 3 s and analyses about 0.5 MB a second.
ENOUGH_FOR_A_PROCESS = 3_000_000

_kept: tuple[Work, Any]


@contextmanager
def _without_main() -> Iterator[None]:
    """Processes that start within do not run the script again that started this one.

    All that they need is imported by its name; Streamlit puts the app in the place of the script.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _same(shared: Any) -> Any:
    return shared


def _keep(work: Work, shared: Any) -> None:
    global _kept
    _kept = work, shared
    gc.freeze()  # what is kept stays: the collector need not look through it again and again
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Else a process would wait for ever for work from one that was killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _do(part: Any) -> Any:
    work, shared = _kept
    return work(shared, part)
