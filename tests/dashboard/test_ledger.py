import numpy as np
import pandas as pd
import pytest

from dashboard import ledger
from dashboard.corpus import Corpus, Rows
from dashboard.counted import Counted


def test_a_cell_holds_its_share_and_tone():
    (cell,) = ledger.theme_matrix(counted(ARDENIA), theme_ids=["sea"]).itertuples()
    assert (cell.period, cell.n, cell.total) == ("m1", 2, 4)
    assert cell.share == 0.5
    assert cell.tone == pytest.approx(0.4)
    (cell,) = ledger.theme_matrix(counted(ARDENIA), theme_ids=["sea"], by="year").itertuples()
    assert cell.period == "2010"


def test_nobody_spoke_in_no_cell():
    assert ledger.theme_matrix(counted("false"), theme_ids=["sea"]).empty


def test_columns_are_the_meetings_or_years_that_have_a_cell():
    meetings = MEETINGS.assign(meeting_id=["m1"])
    by_meeting = ledger.columns(pd.Series(["m1"]), meetings, by="meeting")
    assert by_meeting["label"].tolist() == ["Port"]
    by_year = ledger.columns(pd.Series(["2012", "2010", "2012"]), meetings, by="year")
    assert by_year["period"].tolist() == ["2010", "2012"]


def test_the_most_telling_is_not_the_first_but_the_most_central():
    told = ledger.telling(corpus().statements, theme_id="sea", n_each=2)
    assert told["statement_id"].tolist() == ["s2", "s3"]
    assert told["change"].tolist() == ["new", "reworded"]
    assert told["earlier_id"].tolist() == ["", "s4"]


def test_tones_apart_have_a_sign_and_no_interval_where_one_side_spoke_once():
    (row,) = ledger.tone_apart(counted(ARDENIA).themes, counted(BORLAND).themes).itertuples()
    assert row.difference == pytest.approx(0.7)
    assert row.low < row.difference < row.high
    once = counted(ARDENIA).where("document_id = hash('d2')")
    (row,) = ledger.tone_apart(once.themes, counted(BORLAND).themes).itertuples()
    assert np.isnan(row.low)


def test_the_same_words_are_no_distance_and_other_words_the_largest():
    same = apart("sea", "sea", "sea", "sea")
    assert same.distance == pytest.approx(0)
    other = apart("sea", "sea", "oil", "oil")
    assert other.distance == pytest.approx(1)
    assert other.distance >= other.chance_low


def test_of_many_statements_so_many_are_drawn(monkeypatch):
    monkeypatch.setattr(ledger, "N_DRAWN", 1)
    monkeypatch.setattr(ledger, "_ENOUGH", 1)
    row = apart("sea", "sea", "oil", "oil")
    assert (row.n_first, row.n_second) == (1, 1)


def test_the_interval_of_a_distance_is_the_jackknife_s():
    row = apart("sea", "oil", "sea", "gas")
    vectors = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=float)
    left_out = []
    for i in range(4):
        first, second = (sum(vectors[j] for j in half if j != i) for half in ((0, 1), (2, 3)))
        left_out.append(1 - first @ second / np.linalg.norm(first) / np.linalg.norm(second))
    error = np.sqrt(3 / 4 * sum((np.array(left_out) - np.mean(left_out)) ** 2))
    assert row.distance == pytest.approx(0.5)
    assert row.low == pytest.approx(max(0.5 - 1.959964 * error, 0))


ARDENIA, BORLAND = "side = 'Ardenia'", "side = 'Borland'"
MEETINGS = pd.DataFrame(
    {"meeting_id": ["m1"], "date": pd.to_datetime(["2010-03-01"]), "label": ["Port"]}
)


def corpus(words=("sea",) * 4):
    """Four statements of two sides on the sea, in two documents of one meeting."""
    ids = ["s1", "s2", "s3", "s4"]
    sides = ["Ardenia", "Ardenia", "Borland", "Borland"]
    statements = pd.DataFrame(
        {
            "statement_id": ids, "document_id": ["d1", "d2", "d1", "d2"], "meeting_id": "m1",
            "side": sides, "date": pd.to_datetime(["2010-03-01"] * 4),
        }
    )  # fmt: skip
    themes = pd.DataFrame({"statement_id": ids, "theme_id": "sea", "weight": 0.5})
    pairs = [("s3", "s1", 0.9, "repeated"), ("s3", "s4", 0.5, "reworded")]
    tone = np.array([0.5, 0.3, -0.4, -0.2])
    counts = statements.assign(
        theme_id="sea", n_statements=1, tone_sum=tone, tone_sq_sum=tone**2
    ).drop(columns=["statement_id", "date"])
    totals = counts.drop(columns="theme_id").assign(n_statements=2)
    return Corpus.of(
        {
            "statements": statements,
            "statement_themes": themes,
            "theme_centrality": themes.assign(centrality=[0.1, 0.4, 0.3, 0.2]).drop(
                columns="weight"
            ),
            "alignments": pd.DataFrame(
                pairs, columns=["statement_id", "earlier_id", "similarity", "change"]
            ),
            "statement_phrases": pd.DataFrame({"statement_id": ids, "phrase": words, "n": 1}),
            "meetings": MEETINGS,
            "theme_counts": counts,
            "meeting_counts": totals,
        }
    )


def counted(condition):
    tables = corpus()
    whole = Counted(Rows(tables, "theme_counts_dated"), Rows(tables, "meeting_counts_dated"))
    return whole.where(condition)


def apart(*words):
    statements = corpus(words).statements
    (row,) = ledger.wording_apart(statements.where(ARDENIA), statements.where(BORLAND)).itertuples()
    return row
