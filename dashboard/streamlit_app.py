"""The entrypoint: page config, sign-in, navigation, shared filters, page.run()."""

import sys
from contextlib import suppress
from pathlib import Path

import streamlit as st

# `streamlit run` looks for modules beside this file; where Parley is not installed (Community
# Cloud installs no more than the requirements) its packages are found from the folder above.
if (root := str(Path(__file__).parent.parent)) not in sys.path:
    sys.path.append(root)

from dashboard import (
    access,
    address_keys,
    ahead,
    choosing,
    drilldown,
    exhibits,
    filters,
    legible,
    loading,
    notices,
    sharing,
    stage,
    starting,
    views,
)

# A picture of our own: a Material symbol as the page's icon is fetched from a font service.
icon = Path(__file__).parent / "icon.svg"
st.set_page_config(page_title="Parley", page_icon=str(icon), layout="wide")
access.require_reader()

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
            "app_pages/story.py",
            title="Story",
            icon=":material/playlist_play:",
            help="Views in an order of your own, presented one after another",
            visibility="hidden",  # reached from the button Story beside every title
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
OWN = ("Story", "Try a text", "Methods")  # pages that the filters do not narrow
NAMING = ("Overview", "Statements")  # pages that name the filters where they say what is shown

views.name_page(page.url_path)
for module in (legible, exhibits, views, stage, sharing):
    module.start()
with st.container():  # always, as those below: see dashboard/controls.py
    is_left = drilldown.follow(page.url_path)
starting.open_build()

with st.container(key="body"):
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        if not views.is_staged():
            st.title(page.title, width="content")
        beside_title = st.container(horizontal=True, horizontal_alignment="right")
    above = st.container()
    if page.title not in OWN:
        filters.draw(loading.tables())
    with above:
        choosing.draw()
        with st.container():  # always, as above
            if page.title not in (*OWN, *NAMING):
                filters.draw_named(loading.tables())
    access.draw_sign_out()
    if is_left and not views.is_staged():
        st.stop()  # nobody would see the page; on a stage it stands until the next one does
    with suppress(views.PageEnd):
        page.run()
    notices.name_keys(address_keys.not_understood(views.said_pairs(), page=page.url_path))
    with above:  # the page's own controls too have looked at the link by now
        notices.draw()

if views.is_staged():
    stage.draw(sharing.story())
else:
    with beside_title:
        sharing.draw(page.title, tables=loading.tables())
    exhibits.answer_wishes()
ahead.start(loading.tables())
