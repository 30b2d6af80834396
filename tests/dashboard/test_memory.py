"""What a session lets go of: the runs and the pages it was shown before."""

import gc
import weakref

import pytest


@pytest.mark.parametrize("page", ["themes", "compare"])
def test_of_the_run_before_neither_figures_nor_functions_are_kept(app_of_two_meetings, page):
    app = app_of_two_meetings
    app.switch_page(f"app_pages/{page}.py").run()
    shown = shown_by(app)
    app.multiselect(key="theme").set_value(["Trade and economy"]).run()
    assert not app.exception
    assert kept(shown) == []


def test_a_page_that_was_left_is_let_go_of(app_of_two_meetings):
    app = app_of_two_meetings
    app.switch_page("app_pages/phrases.py").run()
    shown = shown_by(app)
    app.switch_page("app_pages/methods.py").run()
    assert not app.exception
    assert kept(shown) == []


def shown_by(app):
    """The figures of this run and what a click on them calls, held by nothing here."""
    shown = app.session_state["exhibits_of_this_run"]
    assert shown
    return [weakref.ref(part) for each in shown for part in (each.figure, each.on_click)]


def kept(parts):
    gc.collect()
    return [part() for part in parts if part() is not None]
