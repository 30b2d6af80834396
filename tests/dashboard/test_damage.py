"""What the reader sees of a damaged build, and of a refresh while the app is open."""

import gc
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from corpus import write_document

from dashboard import corpus, loading
from pipeline import store
from pipeline.build import refresh
from pipeline.rollback import roll_back

PAGES = ("overview", "themes", "compare", "positions", "phrases", "statements", "methods")


@pytest.mark.parametrize("page", ["overview", "statements", "methods"])
def test_a_damaged_table_is_named_on_every_page_with_the_commands_that_mend_it(app, data, page):
    damage(data, "statements")
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert "statements.parquet: holds other bytes than were written" in app.code[0].value
    assert "parley refresh" in app.code[1].value
    assert "parley rollback" in app.code[1].value


def test_a_damaged_manifest_is_named_too(app, data):
    (data / "published" / store.MANIFEST).write_text("{", "utf-8")
    app.run()
    assert not app.exception
    assert "manifest.json: cannot be read" in app.code[0].value


def test_once_mended_the_next_click_shows_the_page(app, data):
    damage(data, "themes")
    app.run()
    assert app.code
    refresh(data)
    app.run()
    assert not app.exception
    assert app.metric


@pytest.mark.parametrize("page", PAGES)
def test_an_open_page_shows_the_new_figures_at_its_next_click(app, data, page):
    app.query_params["speaker"] = "Bo Lind"
    app.query_params["theme"] = "Trade"
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    (data / "documents" / "2012-06-05-hill.md").unlink()
    write_document(data, "2010-03-01-port", statements=["Ana Holt: Energy is dear."])
    refresh(data)
    app.run()
    assert not app.exception
    app.switch_page("app_pages/overview.py").run()
    assert not app.exception
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Statements"] == "1"


def test_a_callback_after_its_build_was_pruned_is_answered_from_the_current_one(app, data):
    app.query_params["side"] = "Borland"
    app.query_params["speaker"] = "Ana Holt"
    app.run()
    app.switch_page("app_pages/statements.py").run()
    for number in range(store.N_KEPT + 1):
        write_document(data, "2010-03-01-port", statements=[f"Ana Holt: Point {number}."])
        refresh(data)
    clear_caches()
    app.button(key="statements_clear").click().run()
    assert not app.exception
    assert "of 4 statements" in app.subheader[0].value


def test_tables_that_a_page_holds_outlive_the_build_and_leave_nothing_behind(data, monkeypatch):
    made = []
    monkeypatch.setattr(corpus, "mkdtemp", lambda prefix: made.append(mkdtemp(prefix)) or made[-1])
    tables = loading.load.__wrapped__(str(data), refresh(data).build_id)
    shutil.rmtree(data / "published")
    assert tables.value("SELECT count(*) FROM statements") == 6
    del tables
    gc.collect()
    assert len(made) == 1
    assert not Path(made[0]).exists()


def test_a_build_that_is_pruned_before_it_is_opened_is_no_damage(app, data, monkeypatch):
    app.run()
    gone = store.current_manifest(data / "published")
    for number in range(store.N_KEPT + 1):
        write_document(data, "2010-03-01-port", statements=[f"Ana Holt: Point {number}."])
        refresh(data)
    loading.load.clear()
    real = store.current_manifest
    answers = iter([gone])  # this run began before the refreshes
    monkeypatch.setattr(
        store, "current_manifest", lambda published: next(answers, None) or real(published)
    )
    app.run()
    assert not app.exception
    assert app.title[0].value == "Overview"


def test_after_a_rollback_the_page_shows_the_build_before(app, data):
    write_document(data, "2010-03-01-port", statements=["Ana Holt: Energy is dear."])
    refresh(data)
    roll_back(data / "published")
    app.run()
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Statements"] == "6"


def damage(data, name):
    build_id = store.current_manifest(data / "published")["build_id"]
    path = data / "published" / build_id / f"{name}.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def clear_caches():
    import streamlit

    streamlit.cache_data.clear()
