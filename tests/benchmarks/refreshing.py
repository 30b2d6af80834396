"""A refresh beside its floor, spaCy's blank tokeniser and sentencizer over the same texts.

    python tests/benchmarks/refreshing.py [speeches, all unless told | --statements N]

Prints a Markdown table: the floor in one process, labelling alone, a full refresh, one after one
document was changed, and one with nothing changed; seconds of wall time, and for the refreshes the
greatest memory of the process and its children together (proportional set size, every 0.1 s).
"""

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import spacy
from corpora import ROOT, SPEECHES, write_bundled, write_speeches

from pipeline.documents import read_documents
from pipeline.labelling import Labeller
from pipeline.statements import count_words

_SAMPLE = 200  # documents that are labelled alone
_ROWS = ("full refresh", "one document changed", "nothing changed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("speeches", nargs="?", type=int, help="all unless told")
    parser.add_argument("--statements", type=int, help="the bundled documents, so many times over")
    told = parser.parse_args()
    if not told.statements and not SPEECHES.exists():
        sys.exit(f"needs {SPEECHES.relative_to(ROOT.parent)} beside the checkout; see README")
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        if told.statements:
            n = write_bundled(data, n_statements=told.statements)
            what = f"{n:,} statements, the bundled documents many times over"
        else:
            what = f"{write_speeches(data, limit=told.speeches):,} speeches"
        _report(data, what)


def _report(data: Path, what: str) -> None:
    texts = [
        paragraph.unlabelled_text
        for document in read_documents(data / "documents").documents
        for paragraph in document.paragraphs
    ]
    n_words = sum(map(count_words, texts))
    print(f"{dt.date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}, {what}:")
    print(f"{len(texts):,} statements, {n_words:,} words.\n")
    print("| | seconds | × floor | µs a word | peak MB |\n|---|---|---|---|---|")
    floor = _floor(texts)
    _row("floor: spaCy's tokeniser, sentencizer", floor, floor, n_words)
    some = texts[:: max(1, len(texts) // 20_000)]
    started = time.perf_counter()
    for _ in Labeller.from_rules(data / "rules").label(some):
        pass
    labelling = (time.perf_counter() - started) * len(texts) / len(some)
    _row("labelling alone, one process, from a sample", labelling, floor, n_words)
    del texts, some
    for row in _ROWS:
        if row == "one document changed":
            path = sorted((data / "documents").glob("*.md"))[0]
            path.write_text(path.read_text("utf-8") + "\n\nWe welcome fair trade.\n", "utf-8")
        seconds, peak = _refresh(data)
        _row(row, seconds, floor, n_words, peak)


def _row(what: str, seconds: float, floor: float, n_words: int, peak: int | None = None) -> None:
    rate = seconds / n_words * 1e6
    memory = f"{peak:,}" if peak else ""
    print(f"| {what} | {seconds:.1f} | {seconds / floor:.2f} | {rate:.2f} | {memory} |", flush=True)


def _floor(texts: list[str]) -> float:
    reader = spacy.blank("en")
    reader.add_pipe("sentencizer")
    started = time.perf_counter()
    for _ in reader.pipe(texts):
        pass
    return time.perf_counter() - started


def _refresh(data: Path) -> tuple[float, int]:
    """Wall seconds, and megabytes of the whole process tree at its greatest."""
    started = time.perf_counter()
    peak = 0
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "refresh"],
        cwd=ROOT,
        env={**os.environ, "PARLEY_DATA": str(data)},
        stdout=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional, _tree(process.pid))))
            time.sleep(0.1)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - started, peak // 1024


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


if __name__ == "__main__":
    main()
