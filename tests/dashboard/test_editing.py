"""Labels corrected in place: only with PARLEY_EDIT=1, and kept with name and reason."""

import pytest


@pytest.fixture
def statement_id(app, data):
    from pipeline import store

    folder = data / "published"
    build_id = store.current_manifest(folder)["build_id"]
    return store.read_table(folder, build_id, "statements")["statement_id"][1]


def test_without_leave_nothing_can_be_written(app, statement_id, data):
    opened(app, statement_id)
    assert not [button for button in app.button if button.label == "Keep"]
    assert not (data / "corrections.csv").exists()


def test_a_label_is_corrected_published_and_shown(app, statement_id, data, monkeypatch):
    monkeypatch.setenv("PARLEY_EDIT", "1")
    opened(app, statement_id)
    app.main.multiselect[0].set_value(["Energy"])
    app.text_input[-2].set_value("A reader")
    app.text_input[-1].set_value("It is <b>about</b> oil")
    click(app, "Keep")
    assert "themes" in app.success[0].value
    kept = (data / "corrections.csv").read_text("utf-8").splitlines()[1]
    assert kept.startswith(f"{statement_id},themes,energy,A reader,")
    click(app, "Publish what was corrected")
    assert app.success[0].value.startswith("Published: shown is build ")
    shown = next(html.body for html in app.get("html") if "Set right by hand" in html.body)
    assert "Energy" in shown
    assert "was Missile defence" in shown
    assert "&lt;b&gt;about" in shown


def test_a_correction_needs_a_name(app, statement_id, data, monkeypatch):
    monkeypatch.setenv("PARLEY_EDIT", "1")
    opened(app, statement_id)
    click(app, "Keep")
    assert "Nothing was changed" in app.info[0].value
    app.main.multiselect[0].set_value(["Energy"])
    click(app, "Keep")
    assert "who you are" in app.warning[0].value
    assert not (data / "corrections.csv").exists()


def opened(app, statement_id):
    app.query_params["statement"] = statement_id
    app.run()
    app.switch_page("app_pages/statements.py").run()
    assert not app.exception


def click(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
