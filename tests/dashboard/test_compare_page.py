"""The pages that set statements against each other, on two meetings whose fate is known."""

import json
import re

import pytest
from corpus import DROPPED, KEPT, NEW, REWORDED, WELCOME


def test_the_default_is_the_latest_meeting_and_the_one_before(app_of_two_meetings):
    app = compared(app_of_two_meetings)
    assert headings(app) == {
        "Repeated": len(KEPT) + 1,
        "Reworded": len(REWORDED),
        "Dropped since 2 May 2014, Port": len(DROPPED),
        "New in 3 June 2015, Hill": len(NEW),
    }


def test_the_page_shows_just_the_statements_that_have_that_fate(app_of_two_meetings):
    texts = [without_tags(html.body) for html in compared(app_of_two_meetings).get("html")]
    for wanted in (*NEW, *DROPPED):
        assert sum(wanted in text for text in texts) == 1
    for both in (*((text, text) for text in (*KEPT, WELCOME)), *REWORDED):
        assert sum(all(text in shown for text in both) for shown in texts) == 1


def test_a_reworded_pair_is_marked_word_by_word(app_of_two_meetings):
    cards = [h.body for h in compared(app_of_two_meetings).get("html") if "pipeline" in h.body]
    (card,) = cards
    assert re.findall("<del[^>]*>(.*?)</del>", card) == ["will", "doubled", "three"]
    assert re.findall("<ins[^>]*>(.*?)</ins>", card) == ["should", "tripled", "ten"]


def test_swapped_what_was_new_is_dropped(app_of_two_meetings):
    app = compared(app_of_two_meetings)
    next(button for button in app.button if button.label == "Swap").click().run()
    assert not app.exception
    assert headings(app)["Dropped since 3 June 2015, Hill"] == len(NEW)
    assert headings(app)["New in 2 May 2014, Port"] == len(DROPPED)


def test_one_theme_is_compared_alone(app_of_two_meetings):
    app_of_two_meetings.query_params["compare_on"] = "Missile defence"
    assert headings(compared(app_of_two_meetings)) == {
        "Repeated": 1, "Dropped since 2 May 2014, Port": 0, "New in 3 June 2015, Hill": 0,
    }  # fmt: skip


def test_the_same_meeting_on_both_sides_is_said(app_of_two_meetings):
    app_of_two_meetings.query_params["compare_left"] = "3 June 2015, Hill"
    app = compared(app_of_two_meetings)
    assert "both sides" in app.info[0].value


def test_few_statements_are_said(app_of_two_meetings):
    said = [caption.value for caption in compared(app_of_two_meetings).caption]
    assert any("rests on 7 statements only" in text for text in said)


def test_nothing_on_one_side_is_said_and_filters_can_be_cleared(app_of_two_meetings):
    app_of_two_meetings.query_params["theme"] = "Missile defence"
    app_of_two_meetings.query_params["years"] = ["2015", "2015"]
    app = compared(app_of_two_meetings)
    assert "3 June 2015, Hill is the first meeting that fits" in app.info[0].value
    app.button(key="compare_clear").click().run()
    assert not app.exception
    assert headings(app)["Reworded"] == len(REWORDED)


@pytest.mark.parametrize("by", ["Speakers", "Sides", "Years"])
def test_speakers_sides_and_years_are_compared_too(app_of_two_meetings, by):
    app_of_two_meetings.query_params["compare_by"] = by
    app = compared(app_of_two_meetings)
    names = {"Speakers": "Bo Lind", "Sides": "Borland", "Years": "2015"}
    assert any(names[by] in heading for heading in headings(app))


def test_a_finding_opens_its_statements_and_no_others(app_of_two_meetings):
    app = app_of_two_meetings
    app.query_params.update(change="dropped", between="Meetings|2 May 2014, Port|3 June 2015, Hill")
    app.switch_page("app_pages/statements.py").run()
    assert not app.exception
    assert app.subheader[0].value == "2 of 15 statements"
    assert any("dropped from 2 May 2014, Port" in m.value for m in app.markdown)


def test_every_chart_of_the_new_pages_says_what_it_shows(app_of_two_meetings):
    app = app_of_two_meetings
    for page in ("compare", "positions", "phrases"):
        opened(app, page)
        charts = app.get("plotly_chart")
        assert charts
        assert all(len(chart.proto.alt) > 30 for chart in charts)


@pytest.mark.parametrize("side", ["Ardenia", "Borland"])
def test_the_positions_of_one_side_alone_are_shown(app_of_two_meetings, side):
    app_of_two_meetings.query_params["side"] = side
    app = opened(app_of_two_meetings, "positions")
    if side == "Ardenia":
        assert len(app.get("plotly_chart")) == 1
        assert not app.info
    else:
        assert "nothing on the themes" in app.info[0].value


def test_a_speaker_and_his_own_side_are_not_set_apart(app_of_two_meetings):
    app_of_two_meetings.query_params["positions_who"] = ["Ana Holt", "Ardenia"]
    assert "share statements" in opened(app_of_two_meetings, "positions").info[0].value


def test_at_the_ends_there_is_no_earlier_and_no_later_pair(app_of_two_meetings):
    app = compared(app_of_two_meetings)
    steps = {b.label: b.disabled for b in app.button if "pair" in b.label}
    assert steps == {"Earlier pair": True, "Later pair": True}


def test_figures_and_what_they_open_keep_the_theme_chosen(app_of_two_meetings):
    app_of_two_meetings.query_params["theme"] = "Missile defence"
    app_of_two_meetings.query_params["phrase"] = "border, tourism"
    app = opened(app_of_two_meetings, "phrases")
    assert app.subheader[0].value == "In 2 of 2 statements"
    assert "Not found: tourism." in [caption.value for caption in app.caption]


def test_the_matrix_has_a_mark_for_each_theme_and_meeting(app_of_two_meetings):
    app = opened(app_of_two_meetings, "positions")
    (marks,) = [
        trace["customdata"]
        for trace in json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
        if trace["name"] == "Ardenia"
    ]
    found = {(row[0], row[1]): row[5] for row in marks}
    assert found["missile-defence", "2014-05-02-port"].startswith("1 of 7 statements")
    assert ("peace-treaty", "2015-06-03-hill") not in found


def test_the_ledger_marks_what_was_said_before(app_of_two_meetings):
    app_of_two_meetings.query_params["positions_theme"] = "Energy"
    app = opened(app_of_two_meetings, "positions")
    shown = [html.body for html in app.get("html") if "<style>" not in html.body]
    assert ["reworded" in text for text in shown] == [True, False]
    assert "<strong>new</strong>" in shown[1]


def test_a_phrase_is_counted_by_year_and_read_in_context(app_of_two_meetings):
    app_of_two_meetings.query_params["phrase"] = "pipeline, tourism"
    app = opened(app_of_two_meetings, "phrases")
    assert app.subheader[0].value == "In 3 of 15 statements"
    trace = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    assert [row[3].split(": ")[1] for row in trace["customdata"]] == [
        "1 of 8 statements", "1 of 7 statements",
    ]  # fmt: skip


def test_a_phrase_that_nobody_used_is_said(app_of_two_meetings):
    app_of_two_meetings.query_params["phrase"] = "whaling"
    app = opened(app_of_two_meetings, "phrases")
    assert "“whaling”" in app.info[0].value


def headings(app):
    """The lists of the page and how many statements each says it has."""
    found = [re.fullmatch(r"\*\*(.+): (\d+)\*\*", m.value) for m in app.markdown]
    return {match[1]: int(match[2]) for match in found if match}


def compared(app):
    return opened(app, "compare")


def opened(app, page):
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    return app


def without_tags(text):
    return re.sub("<[^>]*>", "", text)
