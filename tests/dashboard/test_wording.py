import pandas as pd

from dashboard import wording
from dashboard.corpus import Corpus


def test_typed_phrases_are_split_by_commas_without_doubles():
    assert wording.split_phrases("Fair  trade, sea;fair trade\n") == ["fair trade", "sea"]


def test_years_without_a_use_count_as_none():
    found = wording.uses(statements(), ["sea"])
    rows = wording.shares_by_year(found, statements()).set_index("year")
    assert rows["n"].tolist() == [1, 0]
    assert rows["total"].tolist() == [2, 1]
    assert rows.loc[2010, "share"] == 0.5
    assert rows.loc[2010, "low"] < 0.5 < rows.loc[2010, "high"]
    assert rows["is_few"].all()


def test_lines_by_side_have_their_own_totals():
    found = wording.uses(statements(), ["sea"])
    rows = wording.shares_by_year(found, statements(), by="side")
    assert rows[["series", "year", "n", "total"]].values.tolist() == [
        ["Ardenia", 2010, 1, 1], ["Borland", 2010, 0, 1], ["Borland", 2012, 0, 1],
    ]  # fmt: skip


def test_what_is_only_in_the_later_half_rises():
    moved = wording.rising_and_falling(statements()).set_index("phrase")["z"]
    assert moved["oil"] < 0 < moved["sea"]
    assert "oil pipe" not in moved.index


def test_refrains_are_counted_in_the_statements_that_fit():
    refrains = pd.DataFrame(
        [
            ("Holt", "sea is open", 9, 9, pd.NaT, pd.NaT),
            ("Lind", "sea is open", 9, 9, pd.NaT, pd.NaT),
        ],
        columns=["speaker", "phrase", "n_uses", "n_meetings", "first", "last"],
    )
    (row,) = wording.refrains_within(statements(refrains=refrains)).itertuples()
    assert (row.speaker, row.n_uses, row.n_meetings) == ("Holt", 1, 1)
    assert row.first == row.last == pd.Timestamp("2010-03-01")


def statements(**tables):
    rows = pd.DataFrame(
        {
            "statement_id": ["a", "b", "c"],
            "meeting_id": ["m1", "m1", "m2"],
            "speaker": "Holt",
            "side": ["Ardenia", "Borland", "Borland"],
            "date": pd.to_datetime(["2010-03-01", "2010-03-01", "2012-06-05"]),
            "text": ["The sea is open.", "Seas, and rail.", "Oil."],
        }
    )
    phrases = pd.DataFrame(
        {"statement_id": ["a", "b", "c", "c"], "phrase": ["sea", "sea", "oil", "oil pipe"],
         "n": [3, 3, 4, 2]}
    )  # fmt: skip
    return Corpus.of({"statements": rows, "statement_phrases": phrases, **tables}).statements
