import pytest
import streamlit as st
from corpus import ROOT, write_comparison
from streamlit.testing.v1 import AppTest

from dashboard import loading
from pipeline.build import refresh


@pytest.fixture(autouse=True, scope="session")
def _program_set_aside():
    """Before the first run of a test, whose runtime of its own would be set aside with it."""
    loading.set_program_aside()


@pytest.fixture(autouse=True)
def _fresh_caches():
    st.cache_data.clear()


@pytest.fixture
def app(data, monkeypatch):
    """The app on a published build of the invented corpus, not yet run."""
    refresh(data)
    return _app(data, monkeypatch)


@pytest.fixture
def app_of_two_meetings(tmp_path, monkeypatch):
    """The app on the two invented meetings of which every statement's fate is known."""
    data = write_comparison(tmp_path / "two")
    refresh(data)
    return _app(data, monkeypatch)


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """The published tables of the two invented meetings."""
    data = write_comparison(tmp_path_factory.mktemp("compared"))
    return loading.load.__wrapped__(str(data), refresh(data).build_id)


@pytest.fixture
def app_without_build(data, monkeypatch):
    return _app(data, monkeypatch)


def _app(data, monkeypatch):
    monkeypatch.setenv("PARLEY_DATA", str(data))
    path = ROOT / "dashboard" / "streamlit_app.py"
    return AppTest.from_file(str(path), default_timeout=60)
