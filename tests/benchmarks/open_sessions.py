"""Open sessions in a real browser while refreshes run: errors, figures, and the server's memory.

    python tests/benchmarks/open_sessions.py [sessions, 20 unless told] [minutes, 0] [seed, 1]

First all sessions are opened, a refresh is published, and each session clicks twice: no page may
show an error, and the overview must show the new number of statements. Then, for the minutes told,
sessions click on at random while a refresh is published every minute. Ends with 1 at an error on a
page or in the server's log.
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

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import _NAMES, _QUIET, _free_port, _wait_until_healthy
from playwright.sync_api import Page, expect, sync_playwright

_ROOT = Path(__file__).parents[2]
_PAGES = ("Overview", "Themes", "Compare", "Positions", "Phrases", "Statements", "Try a text")
_EVERY = 60  # seconds between two refreshes


def main(n_sessions: int, minutes: int, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        for name in ("documents", "rules", "gold"):
            shutil.copytree(_ROOT / "data" / name, data / name)
        os.environ["PARLEY_DATA"] = str(data)
        _refresh(data, 0)
        log = Path(folder) / "server.log"
        with log.open("w") as written:
            server, address = _served(written)
            try:
                _visit(data, address, server, (n_sessions, minutes), chance)
            finally:
                server.terminate()
                server.wait(timeout=30)
        told = re.findall(r".*(?:Traceback|Error|Exception).*", log.read_text("utf-8"))
        print(f"lines of error in the server's log: {len(told)}", *told[:5], sep="\n")
        sys.exit(bool(told))


def _served(log) -> tuple[subprocess.Popen, str]:
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/streamlit_app.py"]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen([*command, *options], cwd=_ROOT, stdout=log, stderr=log)
    _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server)
    return server, f"http://127.0.0.1:{port}"


def _visit(data, address, server, size, chance) -> None:
    n_sessions, minutes = size
    paths = [path for name in _NAMES if (path := shutil.which(name))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=paths[0] if paths else None, args=list(_QUIET)
        )
        pages = [browser.new_context().new_page() for _ in range(n_sessions)]
        for number, page in enumerate(pages):
            page.set_default_timeout(120_000)
            page.goto(f"{address}/{_PAGES[number % 6].lower()}" if number % 6 else address)
            _settled(page)
        print(f"{n_sessions} sessions open: server {_megabytes(server)} MB", flush=True)
        _check_new_figures(data, pages)
        if minutes:
            _soak(data, pages, server, minutes, chance)
        browser.close()


def _check_new_figures(data: Path, pages: list[Page]) -> None:
    n_before = _n_statements(pages[0])
    _refresh(data, 1)
    for page in pages:
        _click(page, "Themes")
        if _n_statements(page) != n_before + 1:
            raise SystemExit("a session does not show the new figures at its next click")
    print(f"{len(pages)} sessions: no error, {n_before + 1} statements at their next click")


def _soak(data: Path, pages: list[Page], server, minutes: int, chance: random.Random) -> None:
    began, n_clicks, n_refreshes = time.monotonic(), 0, 1
    marks = [0.0, minutes / 2, minutes]
    while marks:
        passed = (time.monotonic() - began) / 60
        if passed >= marks[0]:
            print(
                f"minute {passed:4.1f}: server {_megabytes(server)} MB, {n_clicks} clicks",
                flush=True,
            )
            marks.pop(0)
        if passed * 60 > n_refreshes * _EVERY:
            n_refreshes += 1
            _refresh(data, n_refreshes)
        page = chance.choice(pages)
        _click(page, chance.choice(_PAGES))
        _change_a_control(page, chance)
        n_clicks += 2
    print(f"{len(pages)} sessions, {minutes} minutes, {n_clicks} clicks, {n_refreshes} refreshes")


def _change_a_control(page: Page, chance: random.Random) -> None:
    """Clicks one of the page's segmented controls, if it has any."""
    buttons = page.get_by_test_id("stBaseButton-segmented_control")
    if n := buttons.count():
        buttons.nth(chance.randrange(n)).click(force=True)
        _settled(page)


def _n_statements(page: Page) -> int:
    _click(page, "Overview")
    metric = page.get_by_test_id("stMetric").filter(has_text="Statements")
    return int(re.sub(r"\D", "", metric.get_by_test_id("stMetricValue").inner_text()))


def _click(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name, timeout=120_000)
    _settled(page)


def _settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=120_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=120_000)
    if page.get_by_test_id("stException").count():
        raise SystemExit(f"an error on {page.url}")


def _refresh(data: Path, number: int) -> None:
    """Publishes a build with `number` statements more than the documents bring along."""
    path = min((data / "documents").glob("*.md"))
    text = path.read_text("utf-8").split("\n\nJoint: Refresh number")[0].rstrip()
    added = "".join(f"\n\nJoint: Refresh number {i} is about trade. [1]" for i in range(number))
    path.write_text(f"{text}{added}\n", "utf-8")
    command = [sys.executable, "-m", "pipeline", "refresh"]
    subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)


def _megabytes(server: subprocess.Popen) -> int:
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(server.pid)], capture_output=True, check=True
    )
    return int(told.stdout) // 1024


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [20, 0, 1][len(numbers) :]))
