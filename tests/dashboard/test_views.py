"""Views that stand by themselves: what a link pins, names and shows alone; the story."""

import json
from urllib.parse import parse_qs

import pytest

from dashboard import address_keys, comparison
from pipeline.build import refresh

THEME = {"theme": "Missile defence"}


def test_a_copied_link_says_what_the_page_chose_from_the_data(app_of_two_meetings):
    query = copied(opened(app_of_two_meetings, "compare"))
    assert query == {
        "compare_left": ["2 May 2014, Port"], "compare_right": ["3 June 2015, Hill"],
    }  # fmt: skip


def test_a_copied_link_keeps_the_filters_and_leaves_out_how_the_view_was_shown(app):
    app.query_params.update(THEME, side="Ardenia", chart="themes_missile-defence")
    query = copied(opened(app, "themes"))
    assert query == {"theme": ["Missile defence"], "side": ["Ardenia"]}


@pytest.mark.parametrize(
    ("key", "value", "page"),
    [
        ("theme", "Nonsense", "themes"),
        ("side", "Atlantis", "overview"),
        ("compare_left", "1 May 1900, Nowhere", "compare"),
        ("positions_who", "Nobody", "positions"),
        ("positions_theme", "Nonsense", "positions"),
        ("build", "20000101T000000-00000000", "statements"),
    ],
)
def test_what_a_link_names_and_the_build_lacks_is_said_and_the_rest_holds(app, key, value, page):
    app.query_params[key] = value
    app.query_params["role"] = "Reported"
    opened(app, page)
    assert any(value in warning.value.replace("\\", "") for warning in app.warning)
    assert app.multiselect(key="role").value == ["Reported"]


def test_the_notice_stays_when_the_control_has_dropped_the_value_and_goes_with_the_page(app):
    app.query_params["theme"] = "Nonsense"
    opened(app, "themes")
    app.run()
    assert any("Nonsense" in warning.value for warning in app.warning)
    app.switch_page("app_pages/statements.py").run()
    assert not app.warning


def test_years_beyond_the_data_are_cut_once_and_a_caption_says_so(app):
    app.query_params["years"] = ["1990", "2010"]
    opened(app, "themes")
    assert app.slider(key="years").value == (2010, 2010)
    told = "Years: 1990–2010 reaches beyond 2010–2012; shown is 2010."
    assert told in [caption.value for caption in app.caption]
    assert not app.warning
    app.slider(key="years").set_value((2010, 2012)).run()
    assert app.slider(key="years").value == (2010, 2012)


@pytest.mark.parametrize("years", [["1990", "2000"], ["2012"], ["x", "2012"], ["9" * 5000, "2012"]])
def test_years_that_are_no_span_of_the_data_show_all(app, years):
    app.query_params["years"] = years
    opened(app, "themes")
    assert app.slider(key="years").value == (2010, 2012)
    assert "all years are shown" in app.warning[0].value


def test_what_of_a_link_is_not_understood_is_said_in_one_line(app):
    app.query_params.update(them="Trade", Side="Ardenia", present="yes", utm_source="mail")
    opened(app, "themes")
    (warning,) = app.warning
    assert warning.value.replace("\\", "") == (
        "Not understood in the link: them=Trade (theme?), Side=Ardenia (side?), present=yes."
    )
    for key in app.query_params.copy():
        del app.query_params[key]
    app.run()
    assert not app.warning


@pytest.mark.parametrize(
    ("page", "said"),
    [
        *((page, {}) for page in ("overview", "themes", "positions", "phrases", "statements")),
        *(("compare", {"compare_by": by}) for by in comparison.KINDS),
        ("statements", {"statements_view": "In context", "on": "Missile defence"}),
    ],
)
def test_the_keys_of_every_control_are_known(app, page, said):
    app.query_params.update(said)
    opened(app, page)
    nodes = (getattr(node, "proto", None) for part in (app.main, app.sidebar) for node in part)
    keys = {getattr(proto, "query_param_key", "") for proto in nodes} - {""}
    assert {"theme", "years"} < keys
    assert not address_keys.not_understood([(key, "") for key in keys], page=page)
    assert not app.warning


def test_a_chart_is_presented_alone_with_its_sentence(app):
    app.query_params.update(THEME, present="true")
    opened(app, "themes")
    assert len(app.get("plotly_chart")) == 1
    assert [title.value for title in app.title] == ["Missile defence"]
    assert {"Back", "On", "Leave"} <= {button.label for button in app.button}
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert figure["layout"]["font"]["size"] > 20


def test_presenting_what_fits_no_filter_says_so(app):
    app.query_params.update(side="Borland", speaker="Ana Holt", present="true")
    opened(app, "themes")
    assert not app.get("plotly_chart")
    assert any("nothing fits" in info.value for info in app.info)


def test_what_lies_folded_away_is_sent_only_when_it_is_opened(app):
    app.query_params.update(THEME)
    opened(app, "themes")
    assert not app.dataframe
    app.session_state["themes_missile-defence_fold"] = True
    app.run()
    assert len(app.dataframe) == 1
    assert app.selectbox(key="themes_missile-defence_mark").options


def test_the_picture_is_shown_as_it_will_be_printed(app):
    app.query_params.update(THEME)
    app.session_state["themes_missile-defence_fold"] = True
    opened(app, "themes")
    app.button(key="themes_missile-defence_picture").click().run()
    assert not app.exception
    printed = json.loads(app.get("plotly_chart")[-1].proto.spec)["layout"]
    assert printed["title"]["text"].startswith("<b>Missile defence</b>")
    assert "6 statements of 2 documents" in printed["annotations"][-1]["text"]


def test_a_link_can_be_pinned_to_a_build_that_is_kept(app, data):
    opened(app, "overview")
    before = figures(app)["Statements"]
    first = current(data)
    path = data / "documents" / "2012-06-05-hill.md"
    path.write_text(path.read_text("utf-8") + "\nAna Holt: Trade grows and grows.\n", "utf-8")
    refresh(data)
    app.run()
    assert figures(app)["Statements"] == str(int(before) + 1)
    app.selectbox(key="build").set_value(first).run()
    assert figures(app)["Statements"] == before


def test_a_view_is_added_to_the_story_and_presented_from_it(app):
    app.query_params.update(THEME)
    opened(app, "themes")
    app.button(key="story_add").click().run()
    app.switch_page("app_pages/story.py").run()
    assert not app.exception
    caption = next(area for area in app.text_area if area.label == "View 1")
    assert "Missile defence" in caption.value
    caption.set_value("What became of it").run()
    assert not app.exception
    app.query_params.update(THEME, present="true", view="1")
    app.switch_page("app_pages/themes.py").run()
    assert "What became of it" in [text.value for text in app.text]
    assert any("1 of 1" in text.value for text in app.caption)


def test_a_page_says_which_statements_are_behind_it_for_the_report(app):
    app.query_params["phrase"] = "trade"
    for page in ("phrases", "overview", "themes", "positions", "statements"):
        opened(app, page)
        held = app.session_state["statements_behind_this_run"]
        assert len(held) > 0, page


def opened(app, page):
    """The page as a link opens it: with no other page before."""
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    return app


def copied(app):
    (button,) = [c for c in app.get("bidi_component") if "Copy link" in str(c.proto)]
    return parse_qs(json.loads(button.proto.json)["query"])


def figures(app):
    return {metric.label: metric.value for metric in app.metric}


def current(data):
    return json.loads((data / "published" / "manifest.json").read_text("utf-8"))["build_id"]
