"""How long the server takes for a click on each page, and for clicks of many readers at once.

    PARLEY_DATA=… python tests/benchmarks/clicking.py [--clicks 40] [--sessions 20] [--json FILE]

Every click starts from a page as its link opens it, on a control and a value drawn at random (the
same each time, by --seed); a click on a mark ends when the statements that it opens are there. Its
floor is the same for an app of one chart and one control. Prints a Markdown table.
"""

import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import measuring
import numpy as np
from serving import Server, served
from visiting import Value, Visitor

from dashboard import loading
from pipeline import store

PAGES = {
    "Overview": "",
    "Themes": "themes",
    "Compare": "compare",
    "Positions": "positions",
    "Phrases": "phrases",
    "Statements": "statements",
    "Methods": "methods",
}
QUERIES = ("t", "tr", "trade", "trade and", '"second world war"', "missile defence", "the", "zzzz")
_FLOOR = """
import plotly.graph_objects as go
import streamlit as st

st.segmented_control("Lines", ["One", "Two"], default="One", key="lines")
st.plotly_chart(go.Figure(go.Scatter(x=[*range(20)], y=[*range(20)])), key="chart")
"""
Row = tuple[float, str]  # seconds, and what was clicked


def main() -> None:
    options = measuring.parser(__doc__)
    options.add_argument("--clicks", type=int, default=40, help="on each page")
    options.add_argument("--sessions", type=int, default=20, help="at once")
    options.add_argument("--seed", type=int, default=1)
    told = options.parse_args()
    chance = random.Random(told.seed)
    with served() as server:
        figures = dict(_one_reader(server, told.clicks, chance))
        figures["Many at once"] = _at_once(server, list(PAGES.values()), told.sessions, chance)
        megabytes = {"Parley": server.megabytes()}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "floor.py"
        script.write_text(_FLOOR, "utf-8")
        with served(str(script)) as server:
            figures["Floor"] = _clicks(Visitor(server.address), "", told.clicks, chance)
            figures["Floor, many at once"] = _at_once(server, [""], told.sessions, chance)
            megabytes["floor"] = server.megabytes()
    manifest = store.current_manifest(loading.data_folder() / "published") or {}
    held = manifest.get("n_statements", 0)
    report = measuring.Report(
        f"Seconds of the server's time for a click, {held:,} statements.",
        ("", "runs", "median", "p95", "slowest", "by"),
        tuple(_row(name, rows) for name, rows in figures.items()),
        (
            f"Memory of the server at the end: {megabytes['Parley']} MB (PSS), "
            f"of the floor's {megabytes['floor']} MB.",
        ),
    )
    measuring.tell(report, file=told.json)


def _one_reader(
    server: Server, n_clicks: int, chance: random.Random
) -> Iterator[tuple[str, list[Row]]]:
    visitor = Visitor(server.address)
    yield "First page of a new server", [(visitor.open(""), "")]
    for name, page in PAGES.items():
        yield f"{name}, opened", [(visitor.open(page), page) for _ in range(5)]
        if clicks := _clicks(visitor, page, n_clicks, chance):
            yield name, clicks
    visitor.open("statements")
    yield "Statements, searched", [(visitor.set("q", query), query) for query in QUERIES]
    visitor.close()


def _clicks(visitor: Visitor, page: str, n_clicks: int, chance: random.Random) -> list[Row]:
    rows = []
    visitor.open(page)
    while len(rows) < n_clicks and (key_and_value := a_click(visitor, chance)):
        rows.append((visitor.set(*key_and_value), key_and_value[0]))
        visitor.open(page)
    return rows


def a_click(visitor: Visitor, chance: random.Random) -> tuple[str, Value] | None:
    """A control of the page and what to set it to; None where the page has none."""
    choices = {key: widget.choices() for key, widget in visitor.widgets().items()}
    if not (keys := [key for key, values in choices.items() if values]):
        return None
    key = chance.choice(keys)
    return key, chance.choice(choices[key])


def _at_once(server: Server, pages: list[str], n_sessions: int, chance: random.Random) -> list[Row]:
    """The seconds of a click by each of so many readers who all click in the same moment."""
    visitors = [Visitor(server.address) for _ in range(n_sessions)]
    for number, visitor in enumerate(visitors):
        visitor.open(pages[number % len(pages)])
    clicks = [a_click(visitor, chance) for visitor in visitors]
    with ThreadPoolExecutor(n_sessions) as pool:
        seconds = list(pool.map(_click_or_reload, visitors, clicks))
    for visitor in visitors:
        visitor.close()
    return [(s, visitor.page) for s, visitor in zip(seconds, visitors, strict=True)]


def _click_or_reload(visitor: Visitor, click: tuple[str, Value] | None) -> float:
    return visitor.set(*click) if click else visitor.open(visitor.page)


def _row(name: str, rows: list[Row]) -> tuple[str, ...]:
    middle, late = np.quantile([seconds for seconds, _ in rows], [0.5, 0.95])
    slowest, by = max(rows)
    return name, str(len(rows)), f"{middle:.2f}", f"{late:.2f}", f"{slowest:.2f}", by


if __name__ == "__main__":
    main()
