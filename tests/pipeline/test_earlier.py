"""A refresh that takes over what did not change makes the files that one from scratch makes."""

import random
import shutil

import pytest
from corpus import write_corpus, write_document

from pipeline import store
from pipeline.build import refresh
from pipeline.theme_comparisons import Span, spans_of

SPEAKERS = ("Ana Holt", "Bo Lind", "Question")
PLACES = ("Port", "Hill", "Isle")
SAID = (
    "The strait stays open to the ships of every country{}.",
    "Ships of every country may count on the strait, and open it stays{}.",
    "Trade between Ardenia and Borland grew by a third{}, which is welcome.",
    "Missile defence near the border threatens the balance{} and must be taken down.",
    "We insist that missile defence be taken down{}; it threatens all of us.",
    "The peace treaty is near, and talks on the islands go on{}.",
    "Energy supplies through the mountain pipeline will be doubled{}.",
    "Schools in the highlands lack teachers of music{}.",
)
MORE = ("", " this year", " as agreed", " at last", " in spite of the storm", " for good")


@pytest.fixture
def small(monkeypatch):
    """Bounds so low that some forty documents come up against all of them."""
    monkeypatch.setattr("pipeline.parts.N_BYTES", 900)
    monkeypatch.setattr("pipeline.store._ROW_GROUP", 37)
    monkeypatch.setattr("pipeline.corpus._N_SAMPLED", 40)
    monkeypatch.setattr("pipeline.theme_comparisons._REACH", 9)


@pytest.mark.parametrize("seed", range(2))
def test_edits_one_after_the_other_come_to_what_a_build_from_scratch_has(tmp_path, small, seed):
    chance = random.Random(seed)
    data = write_corpus(tmp_path / "data")
    for number in range(40):
        write(data, f"doc-{number:02d}", chance)
    refresh(data)
    for step in range(6):
        edited = edit(data, step, chance)
        report = refresh(data)
        assert set(report.analysed) == edited
        assert files(data) == files(from_scratch(data, tmp_path / f"again-{step}"))


def test_a_document_from_which_is_learnt_changes_what_was_learnt(tmp_path, small):
    chance = random.Random(1)
    data = write_corpus(tmp_path / "data")
    for number in range(12):
        write(data, f"doc-{number:02d}", chance)
    refresh(data)
    for number in range(6):  # among them some that are drawn
        write(data, f"doc-{number:02d}", chance)
        refresh(data)
        assert files(data) == files(from_scratch(data, tmp_path / f"again-{number}"))


def test_only_the_current_build_keeps_what_the_next_refresh_takes_over(tmp_path):
    data = write_corpus(tmp_path / "data")
    first = refresh(data).build_id
    write_document(data, "2013-01-01-cape", statements=["Ana Holt: Trade grows."])
    second = refresh(data).build_id
    kept = {path.parent.name for path in (data / "published").glob("*/heads.parquet")}
    assert kept == {second}
    for build_id in (first, second):
        manifest = next(m for m in store.builds(data / "published") if m["build_id"] == build_id)
        assert store.damaged_files(data / "published", manifest) == []


@pytest.mark.parametrize("name", ["heads", "phrases_of_all", "theme_pairs"])
def test_without_what_was_kept_all_is_made_anew(tmp_path, name):
    data = write_corpus(tmp_path / "data")
    build_id = refresh(data).build_id
    (data / "published" / build_id / f"{name}.parquet").unlink()
    write_document(data, "2013-01-01-cape", statements=["Ana Holt: Trade grows."])
    assert len(refresh(data).analysed) == 3


def test_whole_years_are_compared_with_so_many_statements_before_them(monkeypatch):
    monkeypatch.setattr("pipeline.theme_comparisons._REACH", 3)
    assert spans_of([1999, 2001, 2001, 2002, 2003, 2003, 2003, 2003, 2004]) == {
        (1999, 0): Span(0, 0, 3),
        (2002, 0): Span(0, 3, 4),
        (2003, 0): Span(1, 4, 7),
        (2003, 1): Span(4, 7, 8),
        (2004, 0): Span(5, 8, 9),
    }
    assert spans_of([]) == {}


def test_corrections_by_hand_come_and_go(tmp_path, small):
    chance = random.Random(3)
    data = write_corpus(tmp_path / "data")
    for number in range(30):  # a name that ends like a statement's id
        write(data, f"doc-{number:02d}-20050531", chance)
    refresh(data)
    ids = statement_ids(data)
    for step, corrected in enumerate([ids[:2], ids[:2], ids[1:3], []]):
        correct(data, corrected)
        write(data, f"doc-{10 + step}-20050531", chance)
        refresh(data)
        assert files(data) == files(from_scratch(data, tmp_path / f"again-{step}"))
        manifest = store.current_manifest(data / "published")
        rows = store.read_table(data / "published", manifest["build_id"], "corrections")
        assert sorted(rows["statement_id"]) == sorted(corrected)


def test_a_statement_of_stop_words_alone_has_no_phrases(tmp_path):
    data = write_corpus(tmp_path / "data")
    for path in (data / "documents").glob("*.md"):
        path.unlink()
    write_document(data, "2013-01-01-cape", statements=["Ana Holt: No."])
    manifest = store.current_manifest(data / "published") if refresh(data) else {}
    assert manifest["tables"]["statement_phrases"]["n_rows"] == 0


def statement_ids(data):
    """Some of documents that the test does not write again."""
    manifest = store.current_manifest(data / "published")
    rows = store.read_table(data / "published", manifest["build_id"], "statements")
    kept = rows[rows["document_id"].isin([f"doc-0{n}-20050531" for n in range(3)])]
    return kept["statement_id"].tolist()


def correct(data, ids):
    head = "statement_id,field,value,by,on,why"
    rows = [f"{one},tone,negative,Reader,2020-01-01,Irony" for one in ids]
    (data / "corrections.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


def write(data, name, chance):
    said = [
        f"{chance.choice(SPEAKERS)}: {chance.choice(SAID).format(chance.choice(MORE))}"
        for _ in range(chance.randint(1, 6))
    ]
    date = f"{chance.randint(2004, 2012)}-{chance.randint(1, 12):02d}-11"
    write_document(data, name, date=date, place=chance.choice(PLACES), statements=said)


def edit(data, step, chance):
    """Changes, adds or removes documents; returns those that are to be analysed."""
    names = sorted(path.stem for path in (data / "documents").glob("doc-*.md"))
    changed = set(chance.sample(names, (step % 3) + 1))
    if step == 2:
        for name in changed:
            (data / "documents" / f"{name}.md").unlink()
        return set()
    if step == 3:
        changed |= {"doc-00-again", "zebra", "a"}
    for name in changed:
        write(data, name, chance)
    return changed


def from_scratch(data, folder):
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("published"))
    refresh(folder)
    return folder


def files(data):
    manifest = store.current_manifest(data / "published")
    return {
        name: (entry["n_rows"], entry["sha256"])
        for part in ("tables", "kept")
        for name, entry in manifest[part].items()
    }
