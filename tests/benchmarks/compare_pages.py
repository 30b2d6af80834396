"""How long *Compare* takes to answer for pairs of the published meetings.

    python tests/benchmarks/compare_pages.py [number of pairs, all unless told]

Runs the whole app in-process (Streamlit's AppTest), so a figure is the server's time for one click,
widgets and all, without the browser's. Prints the median, the 95th percentile and the slowest pair.
"""

import itertools
import random
import sys
import time

import numpy as np
from streamlit.testing.v1 import AppTest

from dashboard import loading

_SLOW = 1.0  # seconds from which a pair is timed again: other work on the machine disturbs
_PER_APP = 100  # an AppTest keeps what every run drew: 3 MB a run


def main(n_wanted: int | None) -> None:
    labels = loading.tables()["meetings"]["label"].tolist()
    pairs = list(itertools.combinations(labels, 2))
    if n_wanted:
        pairs = random.Random(0).sample(pairs, min(n_wanted, len(pairs)))
    times = []
    for start in range(0, len(pairs), _PER_APP):
        app = AppTest.from_file("../../dashboard/streamlit_app.py", default_timeout=120).run()
        app.switch_page("app_pages/compare.py").run()
        times += [_seconds(app, *pair) for pair in pairs[start : start + _PER_APP]]
    for place in (i for i, seconds in enumerate(times) if seconds > _SLOW):
        times[place] = min(_seconds(app, *pairs[place]) for _ in range(3))
    slowest = pairs[int(np.argmax(times))]
    middle, late = np.quantile(times, [0.5, 0.95])
    print(f"{len(pairs)} pairs: median {middle:.2f} s, 95th percentile {late:.2f} s")
    print(f"slowest {max(times):.2f} s: {' / '.join(slowest)}")


def _seconds(app: AppTest, left: str, right: str) -> float:
    app.selectbox(key="compare_left").set_value(left)
    app.selectbox(key="compare_right").set_value(right)
    start = time.perf_counter()
    app.run()
    if app.exception:
        raise SystemExit(f"{left} / {right}: {app.exception[0].message}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
