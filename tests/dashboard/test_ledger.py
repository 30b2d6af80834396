import numpy as np
import pandas as pd
import pytest

from dashboard import ledger


def test_a_cell_holds_its_share_and_tone():
    cells = ledger.theme_matrix(statements(), THEMES, theme_ids=["sea"]).set_index("meeting_id")
    assert (cells.loc["m1", "n"], cells.loc["m1", "total"]) == (2, 4)
    assert cells.loc["m1", "share"] == 0.5
    assert cells.loc["m1", "tone"] == pytest.approx(0.25)
    assert "m2" not in cells.index


def test_nobody_spoke_in_no_cell():
    assert ledger.theme_matrix(statements().iloc[:0], THEMES, theme_ids=["sea"]).empty


def test_the_most_telling_is_not_the_first_but_the_most_central():
    told = ledger.telling(tables(), statements(), theme_id="sea", n_each=1)
    assert told["statement_id"].tolist() == ["s2", "s3"]
    assert told["change"].tolist() == ["new", "reworded"]
    assert told["earlier_id"].tolist() == ["", "s1"]


def test_tones_apart_have_a_sign_and_no_interval_where_one_side_spoke_once():
    rows = statements().assign(theme_tone=[0.5, 0.3, -0.4, -0.2])
    (row,) = ledger.tone_apart(rows, sides=["Ardenia", "Borland"]).itertuples()
    assert row.difference == pytest.approx(0.7)
    assert row.low < row.difference < row.high
    (row,) = ledger.tone_apart(rows.iloc[1:], sides=["Ardenia", "Borland"]).itertuples()
    assert np.isnan(row.low)


def test_the_same_words_are_no_distance_and_other_words_the_largest():
    sides = ["Ardenia", "Borland"]
    same = ledger.wording_apart(statements(), phrases("sea", "sea", "sea", "sea"), sides=sides)
    assert same["distance"].item() == pytest.approx(0)
    other = ledger.wording_apart(statements(), phrases("sea", "sea", "oil", "oil"), sides=sides)
    assert other["distance"].item() == pytest.approx(1)
    assert other["distance"].item() >= other["chance_low"].item()


def test_the_interval_of_a_distance_is_the_jackknife_s():
    counts = phrases("sea", "oil", "sea", "gas")
    (row,) = ledger.wording_apart(statements(), counts, sides=["Ardenia", "Borland"]).itertuples()
    vectors = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=float)
    left_out = []
    for i in range(4):
        first, second = (sum(vectors[j] for j in half if j != i) for half in ((0, 1), (2, 3)))
        left_out.append(1 - first @ second / np.linalg.norm(first) / np.linalg.norm(second))
    error = np.sqrt(3 / 4 * sum((np.array(left_out) - np.mean(left_out)) ** 2))
    assert row.distance == pytest.approx(0.5)
    assert row.low == pytest.approx(max(0.5 - 1.959964 * error, 0))


def statements():
    return pd.DataFrame(
        {
            "statement_id": ["s1", "s2", "s3", "s4"],
            "document_id": ["d1", "d2", "d1", "d2"],
            "meeting_id": "m1",
            "side": ["Ardenia", "Ardenia", "Borland", "Borland"],
            "date": pd.to_datetime("2010-03-01"),
        }
    )


THEMES = pd.DataFrame(
    [("s1", "sea", 0.5, 0.0), ("s2", "sea", 0.5, 0.5)],
    columns=["statement_id", "theme_id", "weight", "tone"],
)


def tables():
    themes = pd.concat([THEMES, THEMES.assign(statement_id=["s3", "s4"])])
    centrality = themes[["statement_id", "theme_id"]].assign(centrality=[0.1, 0.4, 0.3, 0.2])
    pairs = [("s3", "s1", 0.9, "repeated"), ("s3", "s2", 0.5, "reworded")]
    alignments = pd.DataFrame(pairs, columns=["statement_id", "earlier_id", "similarity", "change"])
    sides = statements().assign(side=["Borland", "Borland", "Borland", "Borland"])
    alignments.loc[0, "change"] = "reworded"
    return {
        "statements": sides,
        "statement_themes": themes,
        "theme_centrality": centrality,
        "alignments": alignments,
    }


def phrases(*words):
    ids = ["s1", "s2", "s3", "s4"]
    return pd.DataFrame({"statement_id": ids, "phrase": words, "n": 1})
