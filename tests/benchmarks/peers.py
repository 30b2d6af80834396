"""Parley beside its peers on the same texts, one after the other, each in its own process.

    python tests/benchmarks/peers.py [speeches, 400 unless told] [--seed N] [--json FILE]

A sample of the speeches, one statement a sentence. The peers get an environment of their own in
build/peers, made from requirements-peers.txt; one that cannot be installed or fails is listed with
the reason. Each does its own task, not Parley's whole: see peer_programs.py. A figure is of the
whole process, from its start and the import of its libraries to its end.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from corpora import ROOT, SPEECHES, write_speeches
from measuring import Needed, ProgramError, Report, measure, parser, tell
from refreshing import refresh

from pipeline.documents import read_documents
from pipeline.statements import count_words

_HERE = Path(__file__).parent
_PLACE = ROOT / "build" / "peers"
_REQUIREMENTS = _HERE / "requirements-peers.txt"
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
_COLUMNS = ("", "what it does", "words", "seconds", "CPU seconds", "words a second", "peak MB")
_HALF = "2015"  # the first year of the later group


class Peer(NamedTuple):
    """`name` in peer_programs.py; `most`: statements that it gets at most."""

    name: str
    title: str
    does: str
    most: int | None = None


_PEERS = (
    Peer("notebook", "VADER + scikit-learn", "tone of statements, LDA topics"),
    Peer("textacy", "textacy", "key terms of speeches, weighted phrases"),
    Peer("scattertext", "scattertext", "wording that sets two groups apart"),
    Peer("bertopic", "BERTopic, all-MiniLM-L6-v2", "topics over embeddings", most=5_000),
)
_OURS = "themes, tone, VADER, topics, phrases, alignments; tables"


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("speeches", nargs="?", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=1)
    told = arguments.parse_args()
    if not SPEECHES.exists():
        sys.exit(f"needs {SPEECHES.relative_to(ROOT.parent)} beside the checkout; see README")
    missing = _install()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        n = write_speeches(data, limit=told.speeches, seed=told.seed)
        rows = _rows(data)
        ours = _row("Parley", _OURS, _n_words(rows), refresh(data))
        peers = [_measured(peer, rows, told.seed, Path(folder), missing) for peer in _PEERS]
    what = f"{n:,} speeches (sample with seed {told.seed}), {len(rows):,} statements."
    tell(Report(what, _COLUMNS, (ours, *peers)), file=told.json)


def _install() -> str | None:
    """Makes the peers' environment if it is not there; the reason if it cannot be made."""
    ready = _PLACE / "ready"
    wanted = _REQUIREMENTS.read_text("utf-8")
    if ready.exists() and ready.read_text("utf-8") == wanted:
        return None
    print("==> installing the peers (once, some minutes)", file=sys.stderr)
    install = [_PLACE / "bin/python", "-m", "pip", "install", "-q", "-r", _REQUIREMENTS]
    for command in ([sys.executable, "-m", "venv", "--clear", _PLACE], install):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return _last_line(done.stderr or done.stdout)
    ready.write_text(wanted, "utf-8")
    return None


def _rows(data: Path) -> list[list[str]]:
    """Name of the speech, group and text of every statement. The groups: years before and after."""
    return [
        [document.document_id, "later" if document.document_id >= _HALF else "earlier", text]
        for document in read_documents(data / "documents").documents
        for text in (paragraph.unlabelled_text for paragraph in document.paragraphs)
    ]


def _measured(
    peer: Peer, rows: list[list[str]], seed: int, folder: Path, missing: str | None
) -> tuple[str, ...]:
    print(f"==> {peer.title}", file=sys.stderr, flush=True)
    if missing:
        return _failed(peer, f"not installed: {missing}")
    if peer.most and len(rows) > peer.most:
        rows = random.Random(seed).sample(rows, peer.most)
    file = folder / f"{peer.name}.json"
    file.write_text(json.dumps(rows), "utf-8")
    command = [_PLACE / "bin/python", _HERE / "peer_programs.py", peer.name, file]
    try:
        needed = measure(command, cwd=folder, env=_OFFLINE)
    except ProgramError as error:
        return _failed(peer, f"failed: {error}")
    return _row(peer.title, peer.does, _n_words(rows), needed)


def _row(title: str, does: str, n_words: int, needed: Needed) -> tuple[str, ...]:
    return (
        title,
        does,
        f"{n_words:,}",
        f"{needed.seconds:.1f}",
        f"{needed.cpu_seconds:.1f}",
        f"{n_words / needed.seconds:,.0f}",
        f"{needed.peak_megabytes:,}",
    )


def _failed(peer: Peer, why: str) -> tuple[str, ...]:
    return (peer.title, why.replace("|", "/"), "", "", "", "", "")


def _n_words(rows: list[list[str]]) -> int:
    return sum(count_words(text) for _, _, text in rows)


def _last_line(said: str) -> str:
    return said.strip().splitlines()[-1] if said.strip() else "for no reason that was told"


if __name__ == "__main__":
    main()
