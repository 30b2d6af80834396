"""How long `parley --help` takes, and the app's first page beside a page with one static chart.

    python tests/benchmarks/starting.py [servers, 5 unless told] [--json FILE]

The pages in the system's Chromium, each time in a fresh session with an empty cache, from the
address to the last chart drawn. Cold: the first visit to a server that has just answered that it
is healthy; warm: visits after that, of the same server. The app shows the bundled documents.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import launched, served
from corpora import ROOT
from measuring import Report, parser, tell
from playwright.sync_api import Browser

from pipeline.build import refresh

_N_HELPS = 20
_N_WARM = 4  # visits to each server after its first
_COLUMNS = ("", "median seconds", "least", "greatest", "n", "× floor")
_FLOOR = Path(__file__).with_name("static_page.py")
_APP = "dashboard/streamlit_app.py"
_DRAWN = """() => {
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return charts.length > 0
    && charts.every(chart => chart.querySelector('.main-svg'))
    && document.querySelector('h1')
    && document.querySelector('[data-test-script-state="notRunning"]')
    && !document.querySelector('[data-testid="stSkeleton"]');
}"""


class Visits(NamedTuple):
    """Seconds of first visits to fresh servers, and of those after them."""

    cold: list[float]
    warm: list[float]


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("servers", nargs="?", type=int, default=5)
    told = arguments.parse_args()
    helps = [_seconds_of_help() for _ in range(_N_HELPS)]
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        data = _published(Path(folder) / "data")
        floor, app = Visits([], []), Visits([], [])
        for _ in range(told.servers):  # in turn, so that both meet the same machine
            for script, visits in ((_FLOOR, floor), (_APP, app)):
                _visit(browser, data, script, visits)
    rows = (
        _row("`parley --help`", helps),
        _row("page with one static chart, cold server", floor.cold),
        _row("first page of the app, cold server", app.cold, floor=floor.cold),
        _row("page with one static chart, warm server", floor.warm),
        _row("first page of the app, warm server", app.warm, floor=floor.warm),
    )
    tell(Report("Start.", _COLUMNS, rows), file=told.json)


def _seconds_of_help() -> float:
    started = time.perf_counter()
    command = [Path(sys.executable).with_name("parley"), "--help"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _published(data: Path) -> Path:
    for name in ("documents", "rules", "gold"):
        shutil.copytree(ROOT / "data" / name, data / name)
    refresh(data)
    return data


def _visit(browser: Browser, data: Path, script: str | Path, visits: Visits) -> None:
    with served(data, script=script) as address:
        visits.cold.append(_seconds_to_draw(browser, address))
        visits.warm.extend(_seconds_to_draw(browser, address) for _ in range(_N_WARM))


def _seconds_to_draw(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(_DRAWN, polling="raf", timeout=120_000)
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def _row(what: str, seconds: list[float], *, floor: list[float] | None = None) -> tuple[str, ...]:
    middle = statistics.median(seconds)
    figures = (middle, min(seconds), max(seconds))
    ratio = f"{middle / statistics.median(floor):.2f}" if floor else ""
    return (what, *(f"{figure:.2f}" for figure in figures), str(len(seconds)), ratio)


if __name__ == "__main__":
    main()
