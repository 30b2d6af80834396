"""One chart alone: filling the screen of a room, or in the frame of another page."""

from typing import NamedTuple

import streamlit as st

from dashboard import drilldown, exhibits, filters, loading, notices, pictures, views
from dashboard.exhibits import Exhibit
from dashboard.highlights import plain
from dashboard.story import Saved, Story

_ENTERED = "presented_from"
_FACTOR = 1.6  # 21 px text: 3 % of a 720 px screen, what the back row of a room can read
_OFFERED = "neighbours_in_this_run"
_HIDDEN = """<style>
.st-key-body, header[data-testid="stHeader"], [data-testid="stSidebar"],
[data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"],
[data-testid="stToolbar"] {display: none !important}
[data-testid="stMainBlockContainer"] {padding: %s; max-width: none}
%s
</style>"""
_FILLING = """
:has(> .st-key-stage) {flex: none; height: calc(100vh - 3.4rem)}
.st-key-stage {height: 100%; gap: 0.6rem}
:has(> .st-key-stage_chart) {flex: 1 1 0; min-height: 12rem}
.st-key-stage_chart {height: 100%}
.st-key-stage h1 {font-size: max(2.1rem, 2.5vw); padding: 0 0 0.4rem}
.st-key-stage_words [data-testid="stText"] {font-size: max(1.5rem, 1.8vw); line-height: 1.35}
.st-key-stage_foot, .st-key-stage_foot p {font-size: 1rem}
"""


class Neighbours(NamedTuple):
    """Addresses of the views before and after this one; empty where there is none."""

    before: str = ""
    after: str = ""


def offer(before: str, after: str) -> None:
    """What the page steps through, by addresses within the app: meetings or themes."""
    st.session_state[_OFFERED] = Neighbours(before, after)


def start() -> None:
    """Hides all but the stage where one chart stands alone; the entrypoint calls it first."""
    st.session_state[_OFFERED] = Neighbours()
    if not views.is_presented():
        st.session_state.pop(_ENTERED, None)
    elif _ENTERED not in st.session_state:  # stepping on must not change what one comes back to
        st.session_state[_ENTERED] = views.address()
    if views.is_presented():
        st.html(_HIDDEN % ("1rem 2rem", _FILLING))
    elif views.is_staged():
        st.html(_HIDDEN % ("0.5rem", _FILLING))


def draw(story: Story) -> None:
    """The chart that is wanted, with its sentence; at the end of a run."""
    drawn = exhibits.collected()
    wanted = st.query_params.get("chart")
    this = next((e for e in drawn if e.key == wanted), drawn[0] if drawn else None)
    if wanted and this and this.key != wanted and not views.is_presented():
        this = None  # a frame shows the chart that was meant, or says that there is none
    if views.is_presented():
        _draw_presented(this, drawn, story)
    elif this:
        with st.container(key="stage"):
            notices.draw()
            st.markdown(f"**{plain(this.title)}.** {plain(this.sentence)}")
            with st.container(key="stage_chart"):
                figure = pictures.enlarged(this.figure, by=1)
                exhibits.draw(this, figure, height="stretch")
            st.markdown(f"[Parley]({views.link()})")
    else:
        st.info("The link leads to no chart, or nothing fits its filters.")


def _draw_presented(this: Exhibit | None, drawn: list[Exhibit], story: Story) -> None:
    saved = _saved(story)
    with st.container(key="stage"):
        notices.draw()
        if this is None:
            st.title(saved.caption if saved else "Nothing to show")
            st.info("No chart fits this link: its page has none, or nothing fits its filters.")
        else:
            st.title(this.title)
            with st.container(key="stage_words"):
                st.text(saved.caption if saved and saved.caption else this.sentence)
                filters.draw_named(loading.tables())
            with st.container(key="stage_chart"):
                exhibits.draw(this, pictures.enlarged(this.figure, by=_FACTOR), height="stretch")
        with st.container(key="stage_foot", horizontal=True, vertical_alignment="center"):
            _draw_foot(this, drawn, story)


def _draw_foot(this: Exhibit | None, drawn: list[Exhibit], story: Story) -> None:
    before, after = _neighbours(this, drawn, story)
    for name, key, shortcut, address in (
        ("Back", "stage_before", "Left", before), ("On", "stage_after", "Right", after)
    ):  # fmt: skip
        st.button(
            name, key=key, shortcut=shortcut, disabled=not address,
            on_click=drilldown.go_to, args=(address,),
        )  # fmt: skip
    if not _place(story) and len(drawn) > 1:
        titles = {exhibit.key: exhibit.title for exhibit in drawn}
        st.segmented_control(
            "Chart", list(titles), format_func=lambda key: titles[key],
            default=this.key if this else None, key=f"stage_chart_{this.key if this else ''}",
            required=True,
            label_visibility="collapsed", on_change=_choose, wrap=True,
            args=(this.key if this else "",),
        )  # fmt: skip
    if place := _place(story):
        st.caption(f"{place} of {len(story.views)}: {story.title}")
    leave = "story" if _place(story) else st.session_state[_ENTERED]
    st.button(
        "Leave", key="stage_leave", shortcut="Esc", type="tertiary",
        on_click=drilldown.go_to, args=(leave,),
    )  # fmt: skip


def _choose(shown: str) -> None:
    chosen = st.session_state[f"stage_chart_{shown}"]
    drilldown.go_to(views.address(present="true", chart=chosen))


def _neighbours(this: Exhibit | None, drawn: list[Exhibit], story: Story) -> Neighbours:
    if place := _place(story):
        return Neighbours(
            presented(story.views[place - 2].link, place - 1) if place > 1 else "",
            presented(story.views[place].link, place + 1) if place < len(story.views) else "",
        )
    offered: Neighbours = st.session_state[_OFFERED]
    if any(offered) and this:
        return Neighbours(*(f"{a}&present=true&chart={this.key}" * bool(a) for a in offered))
    keys = [exhibit.key for exhibit in drawn]
    at = keys.index(this.key) if this else 0
    return Neighbours(
        views.address(present="true", chart=keys[at - 1]) if at > 0 else "",
        views.address(present="true", chart=keys[at + 1]) if at + 1 < len(keys) else "",
    )


def presented(link: str, place: int) -> str:
    """The address at which a view of a story fills the screen."""
    page, _, said = link.partition("?")
    kept = [pair for pair in said.split("&") if pair and not pair.startswith(("present=", "view="))]
    return f"{page}?{'&'.join([*kept, 'present=true', f'view={place}'])}"


def _place(story: Story) -> int:
    """Which view of the story is presented, from 1; 0 where none is."""
    place = st.query_params.get("view", "")
    return int(place) if place.isdecimal() and 0 < int(place) <= len(story.views) else 0


def _saved(story: Story) -> Saved | None:
    place = _place(story)
    return story.views[place - 1] if place else None
