"""The entrypoint: page config, navigation, shared filters, page.run()."""

import streamlit as st

from dashboard import drilldown, filters, loading, starting

st.set_page_config(page_title="Parley", page_icon=":material/forum:", layout="wide")

page = st.navigation(
    [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/timeline:",
            help="The meetings, the themes and where to begin",
            default=True,
        ),
        st.Page(
            "app_pages/themes.py",
            title="Themes",
            icon=":material/stacked_line_chart:",
            help="How much themes were spoken of, and in which tone, over time",
        ),
        st.Page(
            "app_pages/compare.py",
            title="Compare",
            icon=":material/compare_arrows:",
            help="What was kept, reworded, new and dropped between two meetings or speakers",
        ),
        st.Page(
            "app_pages/positions.py",
            title="Positions",
            icon=":material/grid_view:",
            help="Who stood where on a theme, meeting by meeting, and how far apart",
        ),
        st.Page(
            "app_pages/phrases.py",
            title="Phrases",
            icon=":material/match_word:",
            help="Where words and formulas come up, rise and fall",
        ),
        st.Page(
            "app_pages/statements.py",
            title="Statements",
            icon=":material/format_quote:",
            help="The statements themselves, with their sources",
        ),
        st.Page(
            "app_pages/try_a_text.py",
            title="Try a text",
            icon=":material/edit_note:",
            help="Themes, tone and speakers of a text of your own, beside the corpus",
        ),
        st.Page(
            "app_pages/methods.py",
            title="Methods",
            icon=":material/science:",
            help="How the figures are made and how good they are",
        ),
    ],
    position="top",
)
drilldown.follow()
starting.open_build()
if page.title not in ("Methods", "Try a text"):
    filters.draw(loading.tables())
st.title(page.title)
page.run()
