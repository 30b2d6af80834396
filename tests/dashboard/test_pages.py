import json

import pytest

from pipeline.build import refresh

PAGES = ("overview", "themes", "compare", "positions", "phrases", "statements", "methods")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(app, page):
    opened(app, page)
    assert app.title[0].value == page.capitalize()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "methods"])
def test_filters_that_leave_nothing_say_so_and_offer_to_clear(app, page):
    app.query_params["side"] = "Borland"
    app.query_params["speaker"] = "Ana Holt"
    opened(app, page)
    assert "the filters" in app.info[0].value or "together" in app.info[0].value
    app.button(key=f"{page}_clear").click().run()
    assert not app.exception
    assert not app.info


@pytest.mark.parametrize("page", PAGES)
def test_without_a_build_the_app_makes_one(app_without_build, data, page):
    opened(app_without_build, page)
    assert (data / "published" / "manifest.json").exists()
    assert app_without_build.title[0].value == page.capitalize()


def test_the_app_starts_no_processes_which_would_run_its_script(
    app_without_build, data, monkeypatch
):
    monkeypatch.setattr("pipeline.engines.ENOUGH_FOR_A_PROCESS", 1)
    monkeypatch.setattr("pipeline.engines.Processes.spread", None)
    opened(app_without_build, "overview")
    assert (data / "published" / "manifest.json").exists()


def test_without_documents_the_page_names_the_command(app_without_build, data):
    for path in (data / "documents").iterdir():
        path.unlink()
    app_without_build.run()
    assert not app_without_build.exception
    assert "parley refresh" in app_without_build.code[0].value


def test_wrong_documents_are_listed_on_the_page(app_without_build, data):
    (data / "documents" / "wrong.md").write_text("no front matter", "utf-8")
    app_without_build.run()
    assert not app_without_build.exception
    assert "wrong.md:1:" in app_without_build.code[0].value


def test_the_overview_counts_what_was_published(app):
    opened(app, "overview")
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Meetings"] == "2"
    assert figures["Statements"] == "6"


def lines_of(chart):
    traces = json.loads(chart.spec)["data"]
    return {trace["name"]: trace for trace in traces if trace["mode"] == "lines+markers"}


def test_a_theme_chart_holds_the_shares_and_says_them(app):
    app.query_params["theme"] = "Missile defence"
    opened(app, "themes")
    chart = app.get("plotly_chart")[0].proto
    rows = lines_of(chart)["All"]["customdata"]
    assert [(row[1], row[2]) for row in rows] == [("2010", 1), ("2012", 1)]
    assert "1 of 3 statements" in chart.alt


def test_lines_by_side_are_split(app):
    app.query_params["theme"] = "Missile defence"
    app.query_params["themes_lines"] = "By side"
    opened(app, "themes")
    lines = lines_of(app.get("plotly_chart")[0].proto)
    assert lines.keys() == {"Ardenia", "Borland", "Joint"}


def test_tone_by_vader_is_another_picture(app):
    app.query_params["theme"] = "Missile defence"
    opened(app, "themes")
    ours = tones_of(app)
    app.segmented_control(key="themes_tone").set_value("VADER").run()
    assert not app.exception
    assert tones_of(app) != ours


def tones_of(app):
    traces = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return next(trace["y"] for trace in traces if trace.get("name") == "All tone")


def test_one_kind_of_document_has_its_own_totals(app, data):
    text = (data / "documents" / "2010-03-01-port.md").read_text("utf-8")
    text = text.replace("kind: report", "kind: transcript")
    (data / "documents" / "2010-03-02-port.md").write_text(text, "utf-8")
    refresh(data)
    app.query_params["theme"] = "Missile defence"
    app.query_params["themes_kind"] = "transcript"
    opened(app, "themes")
    rows = lines_of(app.get("plotly_chart")[0].proto)["All"]["customdata"]
    assert [row[5].split(": ")[1] for row in rows] == ["1 of 3 statements, few to rest on"]


def test_search_finds_words_and_speakers(app):
    opened(app, "statements")
    app.text_input(key="q").set_value('"missile defence" holt').run()
    assert app.subheader[0].value == "1 of 6 statements"


def test_a_search_that_is_a_pattern_is_taken_as_text(app):
    opened(app, "statements")
    app.text_input(key="q").set_value("(a+)+$").run()
    assert not app.exception
    assert app.subheader[0].value == "0 of 6 statements"


def test_a_year_in_the_link_leaves_its_statements(app):
    app.query_params["year"] = "2010"
    opened(app, "statements")
    assert app.subheader[0].value == "3 of 6 statements"


def test_a_statement_that_is_gone_is_named(app):
    app.query_params["statement"] = "2001-01-01-nowhere-00000000"
    opened(app, "statements")
    assert "2001-01-01-nowhere-00000000" in app.warning[0].value.replace("\\", "")
    assert app.subheader[0].value == "6 of 6 statements"


def test_keyword_in_context_shows_what_stands_around(app):
    app.query_params["q"] = "missile"
    app.query_params["statements_view"] = "In context"
    opened(app, "statements")
    keywords = app.dataframe[0].value["keyword"]
    assert list(keywords.str.lower()) == ["missile", "missile"]


def test_a_page_that_is_left_is_not_drawn_again_but_a_stage_is(app):
    opened(app, "overview")
    for how, n_charts in ({}, 0), ({"present": "true"}, 1):
        app.query_params.update(how)
        app.session_state["next_address"] = "themes?theme=Missile+defence"
        app.run()
        assert not app.exception
        scripts = "".join(html.proto.body for html in app.get("html"))
        assert '"themes?theme=Missile+defence"' in scripts
        assert len(app.get("plotly_chart")) == n_charts
        assert app.multiselect(key="side")


def test_methods_describes_every_table(app):
    from pipeline.tables import TABLES

    opened(app, "methods")
    names = {expander.label.split(":")[0] for expander in app.expander}
    assert set(TABLES) <= names


def opened(app, page):
    app.run()
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception


def test_a_statements_own_page_leads_back_to_the_set_of_its_address(app):
    app.query_params.update(side="Ardenia", on="Missile defence")
    opened(app, "statements")
    shown = app.subheader[0].value.split()[0]
    card = next(html.proto.body for html in app.get("html") if ">open</a>" in html.proto.body)
    app.query_params["statement"] = card.split("statements?statement=")[1].split("&amp;")[0]
    app.run()
    assert app.button(key="statements_back").label.startswith(f"Back to the {shown} statement")
