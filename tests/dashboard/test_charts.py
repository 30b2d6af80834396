import pandas as pd
import pytest
from test_summaries import counted

from dashboard import axes, charts, summaries
from dashboard.palette import SIDES, faded, side_mark


@pytest.fixture
def points():
    return summaries.theme_shares(counted(), theme_ids=["sea"], is_split_by_side=True)


def test_a_theme_is_drawn_with_line_and_tone_on_one_time_axis(points):
    figure = charts.theme_over_time(points, measure="share", top=1)
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [trace.name for trace in lines] == ["Ardenia", "Borland"]
    assert list(lines[0].y) == [0.5, 0.0]
    assert figure.layout.xaxis.matches == "x2"
    first, second = lines[0].error_y.array
    assert first > 0
    assert pd.isna(second)  # rests on four statements


def test_the_interval_of_one_line_is_a_band_that_takes_no_clicks():
    whole = summaries.theme_shares(counted(), theme_ids=["sea"])
    band = charts.theme_over_time(whole, measure="share", top=1).data[:2]
    assert [trace.hoverinfo for trace in band] == ["skip", "skip"]
    assert list(band[0].y) == whole["share_low"].tolist()
    assert list(band[1].y) == whole["share_high"].tolist()


def test_a_click_carries_theme_period_and_side(points):
    figure = charts.theme_over_time(points, measure="share", top=1)
    first = next(trace for trace in figure.data if trace.mode == "lines+markers").customdata[0]
    assert [first[i] for i in (0, 1, 2, 6)] == ["sea", "2010", 5, "Ardenia"]
    assert "5 of 10 statements" in first[5]


def test_points_that_rest_on_few_statements_are_pale(points):
    trace = charts.theme_over_time(points, measure="share", top=1).data[0]
    assert trace.marker.opacity[0] > trace.marker.opacity[1]


def test_names_at_line_ends_keep_their_distance():
    placed = axes.spread(pd.Series({"a": 0.5, "b": 0.5, "c": 0.52, "d": 0.9}), gap=0.1)
    assert placed.round(3).to_dict() == {"a": 0.5, "b": 0.6, "c": 0.7, "d": 0.9}


def test_names_at_the_ends_of_counts_keep_their_distance_too():
    placed = axes.spread(pd.Series({"a": 3, "b": 3}), gap=0.5)
    assert placed.to_dict() == {"a": 3, "b": 3.5}


def test_events_are_marked_by_number(points):
    events = pd.DataFrame({"date": [pd.Timestamp("2011-01-01")], "label": ["Flood"], "number": [1]})
    figure = charts.theme_over_time(points, measure="share", top=1, events=events)
    (note,) = [note for note in figure.layout.annotations if note.text == "1"]
    assert note.hovertext == "Flood"


def test_every_chart_says_what_it_shows(points):
    meetings = pd.DataFrame(
        {
            "meeting_id": ["m1", "m2"],
            "label": ["One", "Two"],
            "counterpart": ["Borland", "Cormia"],
            "n_statements": [20, 4],
            "date": pd.to_datetime(["2010-03-01", "2012-06-05"]),
        }
    )
    labels = pd.Series({"sea": "Sea"})
    whole = summaries.theme_shares(counted(), theme_ids=["sea"])
    assert "2 meetings from 1 March 2010 to 5 June 2012" in charts.describe_timeline(meetings)
    assert "Sea in 2010, 25% (5 of 20" in charts.describe_squares(whole, labels=labels)
    words = charts.describe_over_time(points, measure="share", theme="Sea")
    assert "highest 2010 by Ardenia: 50%" in words
    assert len(charts.meeting_timeline(meetings).data) == 2
    assert charts.theme_squares(whole, labels=labels).data[0].customdata[0][0] == "sea"


def test_a_side_has_one_colour_and_unknown_sides_share_one():
    assert side_mark("Japan") == SIDES["Japan"]
    assert side_mark("Borland") == side_mark("Cormia")
    assert faded("#ff0080", 0.5) == "rgba(255,0,128,0.5)"
