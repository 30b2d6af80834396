"""The material that Parley began with, where it lies beside the project; it never enters it."""

import csv
import datetime as dt

import pytest
from corpus import ROOT

from pipeline.documents import read_documents
from pipeline.importing.importer import Importer
from pipeline.speakers import read_speakers

SHARED = ROOT.parent / "shared"
SOURCES = SHARED / "sources"
SPEECHES = SHARED / "corpora" / "un-general-debate-2005-2024.tar.xz"
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="no ../shared/sources beside it")
needs_speeches = pytest.mark.skipif(not SPEECHES.is_file(), reason="no ../shared/corpora beside it")


@needs_sources
@pytest.mark.parametrize(
    ("number", "day", "place", "kind", "speakers"),
    [
        ("000", "2017-11-24", "Moscow", "transcript", {"Sergei Lavrov", "Question"}),
        ("001", None, "", "transcript", {"Sergei Lavrov", "Question"}),
        ("002", "2019-05-31", "Tokyo", "report",
         {"Taro Kono", "Sergei Lavrov", "Joint", "Japan", "Narration"}),
        ("003", None, "Moscow", "report", {"Sergei Lavrov", "Narration"}),
        ("004", "2019-01-14", "Moscow", "report",
         {"Sergei Lavrov", "Russia", "Vladimir Putin", "Shinzo Abe", "Narration"}),
    ],
)  # fmt: skip
def test_a_page_as_found(drafted, number, day, place, kind, speakers):
    path = next(SOURCES.glob(f"{number}_*"))
    known = read_speakers(ROOT / "data" / "rules" / "speakers.toml")
    draft = drafted(path.read_bytes(), name=path.name, speakers=known)
    assert draft.dated.day == (day and dt.date.fromisoformat(day))
    assert (draft.place, draft.kind) == (place, kind)
    assert {speaker for speaker, _ in draft.paragraphs} == speakers


@needs_sources
def test_only_a_friday_of_january_is_offered(drafted):
    path = next(SOURCES.glob("003_*"))
    candidates = drafted(path.read_bytes()).dated.candidates
    assert {(day.year, day.month, day.weekday()) for day in candidates} == {(2005, 1, 4)}


@needs_speeches
def test_a_sample_of_speeches_by_a_table(tmp_path):
    """Every fiftieth; all 3,857 take 40 seconds (measured by hand: none lost, none empty)."""
    import tarfile

    texts, table = tmp_path / "texts", tmp_path / "table.csv"
    texts.mkdir()
    with tarfile.open(SPEECHES) as archive:
        members = [m for m in archive if m.name.endswith(".txt")][::50]
        for member in members:
            (texts / member.name.split("/")[-1]).write_bytes(archive.extractfile(member).read())
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "date", "speaker"])
        writer.writerows([path.name, "2010-09-24", "A Speaker"] for path in texts.iterdir())
    importer = Importer(rules=ROOT / "data" / "rules", out=tmp_path / "out")
    outcomes = list(importer.import_table([str(texts)], table=table))
    assert not [outcome.problems for outcome in outcomes if outcome.problems]
    documents, problems = read_documents(tmp_path / "out")
    assert not problems
    assert len(documents) == len(members)
