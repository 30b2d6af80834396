"""A refresh beside its floor, spaCy's blank tokeniser and sentencizer over the same texts.

    python tests/benchmarks/refreshing.py [speeches, all unless told | --statements N] [--json FILE]

Prints a Markdown table: the floor in one process, labelling alone, a full refresh, one after one
document was changed, and one with nothing changed; wall and CPU seconds, and for the refreshes the
greatest memory of the process and its children together (proportional set size, every 0.2 s).
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import spacy
from corpora import ROOT, SPEECHES, write_bundled, write_speeches
from measuring import Needed, Report, measure, parser, tell

from pipeline.documents import read_documents
from pipeline.labelling import Labeller
from pipeline.statements import count_words

_SAMPLED = 20_000  # statements that are labelled alone
_COLUMNS = ("", "seconds", "CPU seconds", "words a second", "× floor", "% of full", "peak MB")


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("speeches", nargs="?", type=int, help="all unless told")
    arguments.add_argument("--statements", type=int, help="the bundled documents, so many times")
    told = arguments.parse_args()
    if not told.statements and not SPEECHES.exists():
        sys.exit(f"needs {SPEECHES.relative_to(ROOT.parent)} beside the checkout; see README")
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        if told.statements:
            write_bundled(data, n_statements=told.statements)
            what = "The bundled documents many times over"
        else:
            what = f"{write_speeches(data, limit=told.speeches):,} speeches"
        tell(_report(data, what), file=told.json)


def _report(data: Path, what: str) -> Report:
    texts = texts_of(data)
    n_words, n_texts = sum(map(count_words, texts)), len(texts)
    floor = _timed(_floor(texts))
    labelling = _labelling(texts, data / "rules")
    del texts
    full = refresh(data)
    _change_one_document(data)
    changed = refresh(data)
    nothing = refresh(data)
    rows = (
        _row("floor: spaCy's tokeniser, sentencizer", floor, n_words, floor),
        _row("labelling alone, one process, from a sample", labelling, n_words, floor),
        _row("full refresh", full, n_words, floor),
        _row("one document changed", changed, None, floor, full),
        _row("nothing changed", nothing, None, floor, full),
    )
    return Report(f"{what}: {n_texts:,} statements, {n_words:,} words.", _COLUMNS, rows)


def texts_of(data: Path) -> list[str]:
    """What the statements of all documents say, without their labels."""
    return [
        paragraph.unlabelled_text
        for document in read_documents(data / "documents").documents
        for paragraph in document.paragraphs
    ]


def refresh(data: Path) -> Needed:
    """A refresh in a process of its own."""
    command = [sys.executable, "-m", "pipeline", "refresh"]
    return measure(command, cwd=ROOT, env={"PARLEY_DATA": str(data)})


def _floor(texts: list[str]) -> Iterable:
    reader = spacy.blank("en")
    reader.add_pipe("sentencizer")
    return reader.pipe(texts)


def _labelling(texts: list[str], rules: Path) -> Needed:
    some = texts[:: max(1, len(texts) // _SAMPLED)]
    taken = _timed(Labeller.from_rules(rules).label(some))
    times = len(texts) / len(some)
    return Needed(taken.seconds * times, taken.cpu_seconds * times, 0)


def _change_one_document(data: Path) -> None:
    path = min((data / "documents").glob("*.md"))
    path.write_text(path.read_text("utf-8") + "\n\nWe welcome fair trade.\n", "utf-8")


def _timed(results: Iterable) -> Needed:
    """How long it takes in this process to come to the last of the results."""
    started, before = time.perf_counter(), os.times()
    for _ in results:
        pass
    after = os.times()
    cpu_seconds = after.user + after.system - before.user - before.system
    return Needed(time.perf_counter() - started, cpu_seconds, 0)


def _row(
    what: str, needed: Needed, n_words: int | None, floor: Needed, full: Needed | None = None
) -> tuple[str, ...]:
    return (
        what,
        f"{needed.seconds:.1f}",
        f"{needed.cpu_seconds:.1f}",
        f"{n_words / needed.seconds:,.0f}" if n_words else "",
        f"{needed.seconds / floor.seconds:.2f}",
        f"{needed.seconds / full.seconds:.1%}" if full else "",
        f"{needed.peak_megabytes:,}" if needed.peak_megabytes else "",
    )


if __name__ == "__main__":
    main()
