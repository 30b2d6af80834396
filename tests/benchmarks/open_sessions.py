"""Open sessions that click while refreshes run: errors, figures, and the server's memory.

    python tests/benchmarks/open_sessions.py [sessions, 20 unless told] [minutes, 0] [seed, 1]

First all sessions are opened, a refresh is published, and each session clicks twice: no page may
show an error, and the overview must show the new number of statements. Then, for the minutes told,
sessions click on at random, one after the other, while a refresh runs every minute; some are closed
and others opened instead. Ends with 1 at an error on a page or in the server's log. The sessions
speak Streamlit's protocol without a browser; tests/browser looks at what is drawn.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clicking import PAGES, a_click
from serving import ROOT, Server, served
from visiting import PageError, Visitor

_EVERY = 60  # seconds between the starts of two refreshes
_LEAVING = 0.02  # how likely a session is closed after a click, and another opened
_N_MARKS = 6  # times at which memory is told, from the first minute to the last


def main(n_sessions: int, minutes: int, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        for name in ("documents", "rules", "gold"):
            shutil.copytree(ROOT / "data" / name, data / name)
        _finished(_refresh(data, 0))
        log = Path(folder) / "server.log"
        with log.open("w") as written, served(log=written, PARLEY_DATA=str(data)) as server:
            try:
                _visit(data, server, (n_sessions, minutes), chance)
            except PageError as error:
                sys.exit(str(error))
        told = re.findall(r".*(?:Traceback|Error|Exception).*", log.read_text("utf-8"))
        print(f"lines of error in the server's log: {len(told)}", *told[:5], sep="\n")
        sys.exit(bool(told))


def _visit(data: Path, server: Server, size: tuple[int, int], chance: random.Random) -> None:
    n_sessions, minutes = size
    visitors = [Visitor(server.address) for _ in range(n_sessions)]
    for number, visitor in enumerate(visitors):
        visitor.open([*PAGES.values()][number % len(PAGES)])
    print(f"{n_sessions} sessions open: server {server.megabytes()} MB", flush=True)
    _check_new_figures(data, visitors)
    if minutes:
        _soak(data, visitors, server, minutes, chance)


def _check_new_figures(data: Path, visitors: list[Visitor]) -> None:
    n_before = _n_statements(visitors[0])
    _finished(_refresh(data, 1))
    for visitor in visitors:
        visitor.open("themes")
        if _n_statements(visitor) != n_before + 1:
            sys.exit("a session does not show the new figures at its next click")
    print(f"{len(visitors)} sessions: no error, {n_before + 1} statements at their next click")


def _soak(
    data: Path, visitors: list[Visitor], server: Server, minutes: int, chance: random.Random
) -> None:
    began, n_clicks, n_refreshes = time.monotonic(), 0, 1
    refreshing = _refresh(data, n_refreshes)
    marks = [minutes * mark / _N_MARKS for mark in range(_N_MARKS + 1)]
    while marks:
        passed = (time.monotonic() - began) / 60
        if passed >= marks[0]:
            print(f"minute {passed:4.1f}: {server.megabytes()} MB, {n_clicks} clicks", flush=True)
            marks.pop(0)
        if passed * 60 > n_refreshes * _EVERY and refreshing.poll() is not None:
            _finished(refreshing)
            n_refreshes += 1
            refreshing = _refresh(data, n_refreshes)
        place = chance.randrange(len(visitors))
        if chance.random() < _LEAVING:
            visitors[place].close()
            visitors[place] = Visitor(server.address)
        visitors[place].open(chance.choice([*PAGES.values()]))
        if click := a_click(visitors[place], chance):
            visitors[place].set(*click)
        n_clicks += 2
    _finished(refreshing)
    print(f"in {minutes} minutes {n_clicks} clicks, {n_refreshes} refreshes")


def _n_statements(visitor: Visitor) -> int:
    visitor.open("")
    shown = next(metric.body for metric in visitor.drawn("metric") if metric.label == "Statements")
    return int(re.sub(r"\D", "", shown))


def _refresh(data: Path, number: int) -> subprocess.Popen:
    """Begins a build with `number` statements more than the documents bring along."""
    path = min((data / "documents").glob("*.md"))
    text = path.read_text("utf-8").split("\n\nJoint: Refresh number")[0].rstrip()
    added = "".join(f"\n\nJoint: Refresh number {i} is about trade. [1]" for i in range(number))
    path.write_text(f"{text}{added}\n", "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "refresh"],
        cwd=ROOT,
        env={**os.environ, "PARLEY_DATA": str(data)},
        stdout=subprocess.DEVNULL,
    )


def _finished(refreshing: subprocess.Popen) -> None:
    if refreshing.wait():
        sys.exit(f"a refresh ended with {refreshing.returncode}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [20, 0, 1][len(numbers) :]))
