"""Whatever stands in the address, every page answers, and without a traceback."""

import string

import pytest
import streamlit
from corpus import ROOT, write_comparison
from hostile import examples, no_hang, texts
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import loading
from dashboard.within import Within
from pipeline.build import refresh

PAGES = (
    "overview", "themes", "compare", "positions", "phrases", "statements", "methods", "try_a_text",
)  # fmt: skip
KEYS = (
    "theme", "side", "speaker", "role", "years", "q", "page", "statement", "statements_order",
    "statements_view", "phrase", "phrases_by", "themes_by", "themes_measure", "themes_lines",
    "themes_tone", "themes_kind", "themes_events", "compare_by", "compare_left", "compare_right",
    "compare_left_speakers", "compare_right_speakers", "compare_left_sides", "compare_right_sides",
    "compare_left_years", "compare_right_years", "compare_on", "compare_who", "positions_who",
    "positions_theme", "try_text",
)  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A published folder, and values that mean something in its addresses."""
    with pytest.MonkeyPatch.context() as patch:
        data = write_comparison(tmp_path_factory.mktemp("fuzzed"))
        patch.setenv("PARLEY_DATA", str(data))
        tables = loading.load.__wrapped__(str(data), refresh(data).build_id)
        yield meaningful(tables)
    streamlit.cache_data.clear()


def test_every_page_answers_every_address(known):
    @examples(12)
    @given(page=st.sampled_from(PAGES), params=addresses(known))
    def answered(page, params):
        path = ROOT / "dashboard" / "streamlit_app.py"
        app = AppTest.from_file(str(path), default_timeout=60)
        for key, held in params.items():
            app.query_params[key] = held
        with no_hang():
            app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception, (page, params, app.exception[0].message)
        assert app.title[0].value

    answered()


def addresses(known):
    """Some known keys, some unknown, each with one value or several, sensible or not."""
    value = st.one_of(
        st.sampled_from(known), st.sampled_from(known), texts(), st.integers().map(str),
        st.lists(st.sampled_from(known), max_size=3).map("|".join),
    )  # fmt: skip
    key = st.one_of(
        st.sampled_from(KEYS),
        st.sampled_from(Within._fields),
        st.text(string.ascii_letters + "_-", min_size=1, max_size=12),
    )
    key = key.filter(lambda name: name not in ("embed", "embed_options"))  # Streamlit's own
    return st.dictionaries(key, st.lists(value, min_size=1, max_size=3), max_size=6)


def meaningful(tables):
    statements = tables.statements.read()
    labels = tables["meetings"]["label"].tolist()
    return [
        *tables["themes"]["label"], *statements["speaker"].unique(), *statements["side"].unique(),
        *statements["statement_id"][:3], *tables["meetings"]["meeting_id"], *labels,
        "2014", "2015", "2014–2015", "report", "Spoken", "Reported", "true", "trade*", "missile",
        "Meetings", "Speakers", "Sides", "Years", "Cards", "In context", "Oldest first",
        "Strongest first", "Side", "Speaker", "Phrase", "By side", "VADER", "Meeting", "new",
        "dropped", "repeated", "reworded", "left", "right", "both", "1", "2", "All themes",
        f"Meetings|{labels[0]}|{labels[-1]}", "Sides|Ardenia|Borland", "Years|2014|2015",
        "Speakers|Ana Holt|Bo Lind", ",".join(statements["statement_id"][:2]),
    ]  # fmt: skip
