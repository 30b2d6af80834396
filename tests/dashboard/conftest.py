import pytest
import streamlit as st
from corpus import ROOT
from streamlit.testing.v1 import AppTest

from pipeline.build import refresh


@pytest.fixture(autouse=True)
def _fresh_caches():
    st.cache_data.clear()


@pytest.fixture
def app(data, monkeypatch):
    """The app on a published build of the invented corpus, not yet run."""
    refresh(data)
    return _app(data, monkeypatch)


@pytest.fixture
def app_without_build(data, monkeypatch):
    return _app(data, monkeypatch)


def _app(data, monkeypatch):
    monkeypatch.setenv("PARLEY_DATA", str(data))
    path = ROOT / "dashboard" / "streamlit_app.py"
    return AppTest.from_file(str(path), default_timeout=60)
