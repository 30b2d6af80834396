import pandas as pd
import pytest

from dashboard import summaries
from dashboard.corpus import Corpus, Rows
from dashboard.counted import Counted
from pipeline.intervals import wilson_interval


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_wilson_interval_is_the_published_one(hits, total, low, high):
    found = wilson_interval(pd.Series([hits]), pd.Series([total]))
    assert [float(bound.iloc[0]) for bound in found] == pytest.approx([low, high], abs=1e-4)


def test_shares_have_a_row_where_a_theme_was_not_spoken_of():
    rows = summaries.theme_shares(counted(), theme_ids=["sea", "land"])
    assert rows[["theme_id", "period", "n_statements", "n_total"]].values.tolist() == [
        ["land", "2010", 0, 20],
        ["land", "2012", 3, 4],
        ["sea", "2010", 5, 20],
        ["sea", "2012", 0, 4],
    ]
    assert rows["share"].tolist() == [0, 0.75, 0.25, 0]
    assert rows["is_few"].tolist() == [False, True, False, True]
    assert rows["share"].between(rows["share_low"], rows["share_high"]).all()


def test_shares_by_meeting_and_side_rest_on_that_side_alone():
    rows = summaries.theme_shares(counted(), theme_ids=["sea"], by="meeting", is_split_by_side=True)
    assert rows[["side", "period", "n_statements", "n_total"]].values.tolist() == [
        ["Ardenia", "m1", 5, 10],
        ["Ardenia", "m2", 0, 4],
        ["Borland", "m1", 0, 10],
    ]


def test_an_axis_holds_every_point_and_firm_interval():
    rows = summaries.theme_shares(counted(), theme_ids=["sea", "land"])
    firm = rows[~rows["is_few"]]
    assert summaries.axis_top(rows, measure="share") == max(0.75, firm["share_high"].max())
    assert summaries.axis_top(rows, measure="n_statements") == 5


def test_a_change_is_one_only_where_the_interval_of_the_difference_leaves_out_zero():
    assert "shows no clear change" in changed([5, 6], [20, 20])
    assert changed([2, 18], [20, 20]) == (
        "Sea gained weight: 10% (2 of 20) of the statements in 2010, 90% (18 of 20) in 2012."
    )
    assert "lost weight" in changed([18, 2], [20, 20])


def test_a_change_that_one_document_of_many_makes_is_none():
    numbers, years = [1, 1, 1, 1, 2, 20], [2010, 2010, 2010, 2012, 2012, 2012]
    assert "shows no clear change" in changed(numbers, [10, 10, 10, 10, 10, 20], years=years)
    assert "gained weight" in changed([1, 1, 1, 8, 8, 9], [10] * 6, years=years)


def test_a_clear_change_comes_before_a_larger_one_within_chance():
    years = [2010 + i // 2 for i in range(8)]
    found = in_years(years, [10] * 8, sea=[0] * 7 + [9], air=[1, 1, 1, 1, 3, 3, 3, 3])
    assert summaries.largest_changes(found) == ["air", "sea"]


def test_one_period_has_no_change():
    assert changed([5], [20]) == "Sea: 25% (5 of 20) of the statements."


def changed(hits, sizes, years=(2010, 2012)):
    found = in_years(years[: len(hits)], sizes, sea=hits)
    return summaries.change_sentence(found, theme_id="sea", theme="Sea")


def test_tones_of_several_documents_have_an_interval_that_respects_them():
    together = pd.concat([counts(), counts().assign(document_id="m3", tone_sum=4.0)])
    rows = summaries.theme_shares(counted(together), theme_ids=["sea"]).set_index("period")
    assert rows.loc["2010", "tone"] == pytest.approx(0.5)
    one = summaries.theme_shares(counted(), theme_ids=["sea"]).set_index("period")
    assert rows.loc["2010", "tone_high"] > one.loc["2010", "tone_high"]
    assert pd.isna(one.loc["2012", "tone"])


def test_of_many_meetings_the_last_are_drawn_and_the_others_counted(monkeypatch):
    monkeypatch.setattr(summaries, "MOST_MARKS", 1)
    drawn, n_left_out = summaries.latest_meetings(counted())
    assert n_left_out == 1
    assert drawn.totals.counts("meeting_id").index.tolist() == ["m2"]


def test_only_the_largest_sides_stay():
    rows = pd.DataFrame({"side": list("aabcd"), "n_total": [1, 9, 8, 2, 1]})
    assert set(summaries.largest_sides(rows, n_sides=2)["side"]) == {"a", "b"}


def test_events_within_the_time_shown_are_numbered():
    days = pd.to_datetime(["2015-01-01", "2011-01-01", "2010-01-01"])
    events = pd.DataFrame({"date": days, "label": ["late", "within", "early"]})
    points = pd.DataFrame({"date": pd.to_datetime(["2010-07-01", "2012-07-01"])})
    shown = summaries.numbered_events(events, points)
    assert shown[["label", "number"]].values.tolist() == [["within", 1]]


def counts():
    """Ardenia on the sea at the first meeting, Ardenia on the land at the second."""
    rows = [("m1", "Ardenia", "sea", 5, 50, 1.0, 0.5), ("m2", "Ardenia", "land", 3, 30, -1.0, 0.5)]
    names = [
        "meeting_id", "side", "theme_id", "n_statements", "n_words", "tone_sum", "tone_sq_sum",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names).assign(document_id=["m1", "m2"])


def counted(themes=None):
    rows = [("m1", "Ardenia", 10, 100), ("m1", "Borland", 10, 90), ("m2", "Ardenia", 4, 40)]
    totals = pd.DataFrame(rows, columns=["meeting_id", "side", "n_statements", "n_words"])
    return of(
        counts() if themes is None else themes,
        totals.assign(document_id=totals["meeting_id"]),
        {"m1": "2010-03-01", "m2": "2012-06-05"},
    )


def in_years(years, sizes, **hits):
    """A document a year, and how many of its statements are on each theme."""
    ids = [f"d{i}" for i in range(len(sizes))]
    grain = {"document_id": ids, "meeting_id": ids}
    themes = [
        pd.DataFrame({**grain, "theme_id": name, "n_statements": n}) for name, n in hits.items()
    ]
    days = dict(zip(ids, (f"{year}-03-01" for year in years), strict=True))
    return of(pd.concat(themes), pd.DataFrame({**grain, "n_statements": sizes}), days)


def of(themes, totals, days):
    meetings = pd.DataFrame(
        {"meeting_id": [*days], "label": [*days], "date": pd.to_datetime([*days.values()])}
    )
    tables = Corpus.of({"theme_counts": themes, "meeting_counts": totals, "meetings": meetings})
    return Counted(Rows(tables, "theme_counts_dated"), Rows(tables, "meeting_counts_dated"))
