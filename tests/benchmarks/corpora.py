"""Large corpora for measuring: speeches as documents, and the bundled documents many times over."""

import datetime as dt
import random
import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import spacy

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SPEECHES = SHARED / "corpora" / "un-general-debate-2005-2024.tar.xz"
_NAME = re.compile(r"([A-Z]+)_\d+_(\d{4})\.txt$")
_FIELDS = re.compile(r"^(date|place|meeting):.*\n", re.M)
_HOME = 'home = "RUS"\n\n[[speaker]]\nname = "Delegate of RUS"\nside = "RUS"\n\n'
_JOINT = '[[speaker]]\nname = "Joint"\nside = "Joint"\n\n'
_PRESS = '[[speaker]]\nname = "Question"\nside = "Press"\n\n'
_NARRATION = '[[speaker]]\nname = "Narration"\nside = "Press"\n'


def speeches() -> Iterator[tuple[str, str, str]]:
    """(country, year, text) of every speech of the General Debate, in order of the archive."""
    with tarfile.open(SPEECHES) as archive:
        for member in archive:
            if found := _NAME.search(member.name):
                file = archive.extractfile(member)
                assert file is not None
                yield *found.groups(), " ".join(file.read().decode("utf-8-sig").split())


def write_speeches(data: Path, *, limit: int | None = None, seed: int | None = None) -> int:
    """A data folder of the speeches, one paragraph a sentence; returns how many there are.

    limit: the first ones; with a seed, a sample of so many.
    """
    _write_rules(data, speakers=_HOME + _JOINT + _PRESS + _NARRATION)
    reader = spacy.blank("en")
    reader.add_pipe("sentencizer")
    reader.max_length = 10_000_000
    spoken = speeches()
    if limit and seed is not None:
        every = list(spoken)
        spoken = iter(random.Random(seed).sample(every, min(limit, len(every))))
    n = 0
    for n, (country, year, text) in enumerate(spoken, start=1):
        sentences = (sentence.text.strip() for sentence in reader(text).sents)
        head = (
            f"---\ndate: {year}-09-{20 + n % 10}\ntitle: {country} in the General Debate\n"
            f"place: New York\nkind: speech\nspeaker: Delegate of {country}\n"
            f"participants:\n  - name: Delegate of {country}\n    side: {country}\n"
            f"meeting: {year}-general-debate-{n % 10}\n---\n\n"
        )
        body = "\n\n".join(_paragraph(sentence) for sentence in sentences if sentence)
        (data / "documents" / f"{year}-{country.lower()}.md").write_text(head + body, "utf-8")
        if n == limit:
            break
    return n


def write_bundled(data: Path, *, n_statements: int) -> int:
    """The bundled documents again and again, each time on other days; returns the statements."""
    _write_rules(data, speakers=(ROOT / "data/rules/speakers.toml").read_text("utf-8"))
    originals = sorted((ROOT / "data/documents").glob("*.md"))
    written = copy = 0
    while written < n_statements:
        for path in originals:
            text = path.read_text("utf-8")
            day = dt.date.fromisoformat(re.search(r"^date: (\S+)", text, re.M)[1])
            moved = day + dt.timedelta(days=copy % 300)
            head, body = text.removeprefix("---\n").split("\n---\n", 1)
            head = re.sub(r"^date: \S+", f"date: {moved}", head, flags=re.M)
            head = re.sub(r"^meeting:.*\n?", "", head, flags=re.M)
            name = f"{moved}-{path.stem[11:]}-{copy:04}"
            document = f"---\n{head}\n---\n{body}"
            (data / "documents" / f"{name}.md").write_text(document, "utf-8")
            written += len(re.findall(r"\n\n(?=\S)", body)) + 1
        copy += 1
    return written


def _write_rules(data: Path, *, speakers: str) -> None:
    (data / "documents").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "rules", data / "rules")
    shutil.copytree(ROOT / "data" / "gold", data / "gold")
    (data / "rules" / "speakers.toml").write_text(speakers, "utf-8")


def _paragraph(sentence: str) -> str:
    """Without what Parley's documents give a meaning to: labels, source numbers, headings."""
    plain = re.sub(r"[\[\]#*>|\x00-\x1f\x7f-\x9f]", " ", sentence)
    return re.sub(r"^([^:]{0,80}):", r"\1 –", plain.lstrip(" -"))
