"""What is left when a refresh is killed (SIGKILL) at a random moment.

    python tests/benchmarks/kill_refreshes.py [number of kills, 200 unless told] [seed]

Half of the kills fall anywhere in the command's life, half while it writes the new build. After
each, every table of the published build is read as the dashboard reads it, the app is opened
(Streamlit's AppTest), and the build must be the one before or the new one, whole. Where a killed
refresh left something behind, the next refresh must remove it. Ends with 1 at the first failure.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import loading
from pipeline import store

_ROOT = Path(__file__).parents[2]
_COMMAND = [sys.executable, "-m", "pipeline", "refresh"]
_N_DOCUMENTS = 12
_WRITING = 0.7  # of a refresh's time, that from its build's folder on


def main(n_kills: int, seed: int) -> None:
    chance, counts = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        data = _small_copy(Path(folder) / "data")
        os.environ["PARLEY_DATA"] = str(data)
        subprocess.run(_COMMAND, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
        _change(data, n_kills)
        began = time.monotonic()
        subprocess.run(_COMMAND, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
        length = time.monotonic() - began
        for number in range(n_kills):
            _change(data, number)
            before = _current(data)
            counts[_killed(data, chance, length=length, while_writing=bool(number % 2))] += 1
            counts["new build" if _current(data) != before else "old build"] += 1
            _check_whole(data)
            counts["left something, removed by the next"] += _leaves_and_cleans(data)
    print(f"{n_kills} kills of a refresh of {length:.1f} s, seed {seed}: {dict(counts)}")


def _small_copy(data: Path) -> Path:
    for name in ("rules", "gold"):
        shutil.copytree(_ROOT / "data" / name, data / name)
    (data / "documents").mkdir()
    for path in sorted((_ROOT / "data" / "documents").glob("*.md"))[:_N_DOCUMENTS]:
        shutil.copy(path, data / "documents")
    return data


def _change(data: Path, number: int) -> None:
    """Gives the next refresh something to publish: one statement that counts."""
    path = min((data / "documents").glob("*.md"))
    text = path.read_text("utf-8").split("\n\nJoint: Refresh number")[0]
    path.write_text(f"{text}\n\nJoint: Refresh number {number} is about trade.\n", "utf-8")


def _killed(data: Path, chance: random.Random, *, length: float, while_writing: bool) -> str:
    folders = set(_folders(data))
    process = subprocess.Popen(_COMMAND, cwd=_ROOT, stdout=subprocess.DEVNULL)
    if while_writing:
        while process.poll() is None and folders.issuperset(_folders(data)):
            time.sleep(0.001)
        time.sleep(chance.uniform(0, _WRITING * length))
    else:
        time.sleep(chance.uniform(0, length))
    process.kill()
    code = process.wait()
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"the refresh ended by itself with {code}")
    return "ended before the kill" if code == 0 else "killed"


def _folders(data: Path) -> list[Path]:
    return [path for path in (data / "published").iterdir() if path.is_dir()]


def _current(data: Path) -> str:
    manifest = store.current_manifest(data / "published")
    return manifest["build_id"] if manifest else ""


def _check_whole(data: Path) -> None:
    manifest = store.current_manifest(data / "published") or {}
    if damaged := store.damaged_files(data / "published", manifest):
        raise SystemExit(f"damaged: {damaged}")
    tables = loading.load.__wrapped__(str(data), manifest["build_id"])
    if len(tables.statements) != manifest["n_statements"]:
        raise SystemExit(f"{manifest['build_id']}: not the statements that its manifest counts")
    st.cache_data.clear()
    st.cache_resource.clear()
    app = AppTest.from_file(str(_ROOT / "dashboard" / "streamlit_app.py"), default_timeout=120)
    app.run()
    if app.exception or not app.metric:
        raise SystemExit(f"{manifest['build_id']}: the app does not open")


def _leaves_and_cleans(data: Path) -> bool:
    """Whether the kill left a folder without its end; a whole refresh then has to remove it."""
    if all((folder / "build.json").exists() for folder in _folders(data)):
        return False
    subprocess.run(_COMMAND, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
    left = [f.name for f in _folders(data) if not (f / "build.json").exists()]
    if left or len(_folders(data)) > store.N_KEPT:
        raise SystemExit(f"not removed: {left or _folders(data)}")
    return True


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [200, 1][len(numbers) :]))
