"""A Streamlit app on loopback for measuring, and the memory of its server."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

import psutil

ROOT = Path(__file__).parents[2]
APP = "dashboard/streamlit_app.py"


class Server(NamedTuple):
    """A running app."""

    address: str
    pid: int

    def megabytes(self) -> int:
        """Its memory, what it shares with other processes counted in parts (PSS)."""
        return psutil.Process(self.pid).memory_full_info().pss // 1_000_000


@contextmanager
def served(
    script: str = APP, *, log: IO[str] | int = subprocess.DEVNULL, **environment: str
) -> Iterator[Server]:
    """The script served for as long as the block lasts; ended by its own id."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **environment}
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _wait_until_healthy(url: str, process: subprocess.Popen) -> None:
    for _ in range(240):
        if process.poll() is not None:
            sys.exit(f"the app ended at its start with {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.25)
    sys.exit(f"no answer from {url} within a minute")
