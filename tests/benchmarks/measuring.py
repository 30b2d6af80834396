"""What a program needs: wall time, CPU time and memory of all its processes; and tables of it."""

import argparse
import datetime as dt
import json
import os
import platform
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_EVERY = 0.2  # seconds between two looks at the memory; a look takes some milliseconds


class Needed(NamedTuple):
    """Seconds of wall and CPU time; megabytes of the process tree at its greatest (PSS)."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: int


class ProgramError(RuntimeError):
    """A measured program failed; says what it said last."""


class Report(NamedTuple):
    """One table and what it was measured on."""

    what: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def measure(
    command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None
) -> Needed:
    """Runs the command to its end. Raises ProgramError if it fails.

    The CPU time counts its descendants, as far as they were waited for. What several processes
    share is counted in parts, each process's proportional set size, so that nothing counts twice.
    """
    started = time.perf_counter()
    peak = 0
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdout=subprocess.DEVNULL,
            stderr=told,  # a pipe that nobody reads would fill and stop the program
        )
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            peak = max(peak, sum(map(_proportional, _tree(process.pid))))
            time.sleep(_EVERY)
        seconds = time.perf_counter() - started
        _, status, usage = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        said = told.read().strip().splitlines()
    if process.returncode:
        raise ProgramError(said[-1] if said else f"ended with {process.returncode}")
    return Needed(seconds, usage.ru_utime + usage.ru_stime, peak // 1024)


def parser(description: str | None) -> argparse.ArgumentParser:
    """With the option that all benchmarks have."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="the table, for reporting.py")
    return made


def tell(report: Report, *, file: Path | None) -> None:
    """Prints the report; writes it, with machine and date, to the file if there is one."""
    found = {**report._asdict(), "machine": machine(), "date": dt.date.today().isoformat()}
    print(markdown(found))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


def markdown(found: Mapping[str, Any]) -> str:
    """What was measured, when and where, as text; then the table; then its notes."""
    day = dt.date.fromisoformat(found["date"])
    lines = [
        f"{found['what']} Measured on {day.day} {day:%B %Y}; {found['machine']}.",
        "",
        _line(found["columns"]),
        f"|{'---|' * len(found['columns'])}",
        *map(_line, found["rows"]),
    ]
    return "\n".join([*lines, *(f"\n{note}" for note in found["notes"])])


def machine() -> str:
    """Processor, cores that may be used, memory and Python."""
    cores = len(os.sched_getaffinity(0))
    name = _first(r"^model name\s*:\s*(.+)$", in_file="/proc/cpuinfo") or platform.machine()
    kilobytes = int(_first(r"^MemTotal:\s*(\d+)", in_file="/proc/meminfo") or 0)
    python = f"Python {platform.python_version()}"
    return f"{name}, {cores} cores, {kilobytes / 1024**2:.0f} GB of memory, {python}"


def _line(cells: Sequence[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def _first(pattern: str, *, in_file: str) -> str | None:
    found = re.search(pattern, Path(in_file).read_text("utf-8"), re.M)
    return found[1] if found else None


def _tree(pid: int) -> set[int]:
    found = {pid}
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found |= _tree(int(child))
    except OSError:
        pass  # it has just ended
    return found


def _proportional(pid: int) -> int:
    """Kilobytes, what is shared by several processes counted in parts."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
