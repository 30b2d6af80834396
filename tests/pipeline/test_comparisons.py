import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from pipeline.alignment import Comparer
from pipeline.comparisons import Basis, do, phrase_tables, tasks
from pipeline.phrases import phrase_counts
from pipeline.tables import frame_of
from pipeline.written import Written

DAYS = {"m1": "2010-01-01", "m2": "2012-01-01"}
SEA = "The strait stays open to the ships of every country."


@pytest.fixture
def compared():
    rows = [
        ("a1", "m1", 1, "Holt", "Ardenia", SEA),
        ("a2", "m1", 2, "Holt", "Ardenia", SEA),
        ("b1", "m1", 3, "Lind", "Borland", SEA),
        ("a3", "m2", 1, "Dunne", "Ardenia", SEA),
        ("a4", "m2", 2, "Holt", "Ardenia", SEA + " And music is taught."),
    ]
    names = ["statement_id", "meeting_id", "position", "speaker", "side", "text"]
    statements = pd.DataFrame(rows, columns=names).assign(
        document_id=lambda f: f["meeting_id"],
        date=lambda f: pd.to_datetime(
            f["meeting_id"].map({"m1": "2010-01-01", "m2": "2012-01-01"})
        ),
    )
    themes = pd.DataFrame(
        [("a1", "sea"), ("a2", "sea"), ("b1", "sea"), ("a3", "sea"), ("a4", "music")],
        columns=["statement_id", "theme_id"],
    )
    return compared_tables(statements, themes)


def test_pairs_share_a_theme_and_are_not_one_side_s_in_one_meeting(compared):
    pairs = compared["alignments"]
    assert pairs[["statement_id", "earlier_id"]].values.tolist() == [
        ["b1", "a1"],
        ["b1", "a2"],
        ["a3", "a1"],
        ["a3", "a2"],
        ["a3", "b1"],
    ]
    assert set(pairs["change"]) == {"repeated"}


def test_centrality_is_measured_within_side_and_theme(compared):
    rows = compared["theme_centrality"].set_index("statement_id")["centrality"]
    assert rows["a1"] == pytest.approx(1, abs=0.01)
    assert rows["b1"] == 0
    assert rows["a4"] == 0


def test_only_phrases_of_two_statements_or_more_are_kept(compared):
    phrases = compared["statement_phrases"]
    assert "music" not in set(phrases["phrase"])
    assert len(phrases[phrases["phrase"] == "strait"]) == 5


def test_a_refrain_carries_its_first_and_last_day():
    texts = [(f"s{i}", f"m{i}", "Fair trade for every island.") for i in range(1, 4)]
    statements = pd.DataFrame(texts, columns=["statement_id", "meeting_id", "text"]).assign(
        document_id=lambda f: f["meeting_id"],
        position=1,
        speaker="Lind",
        side="Borland",
        date=pd.to_datetime(["2010-01-01", "2011-01-01", "2012-01-01"]),
    )
    themes = pd.DataFrame({"statement_id": [], "theme_id": []}, dtype=str)
    (row,) = compared_tables(statements, themes)["refrains"].itertuples(index=False)
    assert (row.phrase, row.n_uses, row.n_meetings) == ("fair trade for every island", 3, 3)
    assert (row.first.year, row.last.year) == (2010, 2012)


def compared_tables(statements, themes):
    """What the comparisons make of the two tables, lying in a folder as parquet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        phrases = [
            (key, phrase, n)
            for key, text in zip(statements["statement_id"], statements["text"], strict=True)
            for phrase, n in phrase_counts(text).items()
        ]
        paths = {
            "statements": statements,
            "statement_themes": themes,
            "phrases_of_all": frame_of(phrases, name="statement_phrases"),
        }
        for table, frame in paths.items():
            frame.to_parquet(folder / f"{table}.parquet", index=False)
        paths = [folder / f"{table}.parquet" for table in paths]
        with Written(*paths, overflow=folder) as written:
            parts = list(phrase_tables(written, n_statements=len(statements)))
            to_do = tasks(written)
        comparer = Comparer(statements["text"].tolist())
        basis = Basis(*paths[:2], folder, comparer, (), None)
        done = [do(basis, task) for task in to_do]
    made = {
        name: pa.concat_tables(one[name] for one in done if name in one).to_pandas()
        for name in ("alignments", "theme_centrality", "refrains")
    }
    return made | {"statement_phrases": pa.concat_tables(parts).to_pandas()}
