"""A chart with all that goes with it: what it says, the click, its rows, files, citation.

Pages call show() for each chart. Where one chart is to fill the screen, the pages draw nothing and
dashboard.stage draws the one that is wanted from what was collected here.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import citing, drilldown, loading, marks, pictures, views
from dashboard.axes import CONFIG
from dashboard.folds import fold
from pipeline.exporting import as_file

_DRAWN = "exhibits_of_this_run"
_MIMES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Exhibit(NamedTuple):
    """What is shown of a chart. key: also its name in the address and of its files."""

    key: str
    title: str
    sentence: str  # the finding, computed from what is drawn; begins the alternative text
    figure: go.Figure
    rows: pd.DataFrame
    on_click: Callable[[], None]
    more: str = ""  # what else the picture shows, for those who cannot see it

    @property
    def alt(self) -> str:
        return f"{self.sentence} {self.more}".strip()


def start() -> None:
    """Forgets what the run before collected; the entrypoint calls it on every run.

    Emptied, not replaced: Streamlit keeps what is replaced for one run more.
    """
    st.session_state.setdefault(_DRAWN, []).clear()


def collected() -> list[Exhibit]:
    """The exhibits of this run, in the order of the page."""
    return list(st.session_state.get(_DRAWN, []))


def show(exhibit: Exhibit) -> None:
    """The chart with its rows, files and citation below; only collected where one is staged."""
    exhibit = exhibit._replace(rows=_named_first(exhibit.rows))
    st.session_state[_DRAWN].append(exhibit)
    if views.is_staged():
        return
    draw(exhibit, exhibit.figure)
    fold(
        "Rows, picture and citation",
        partial(_draw_what_is_behind, exhibit),
        key=f"{exhibit.key}_fold",
    )


def draw(
    exhibit: Exhibit, figure: go.Figure, *, height: Literal["stretch", "content"] = "content"
) -> None:
    """The figure alone, with its click and its alternative text."""
    st.plotly_chart(
        figure,
        key=exhibit.key,
        on_select=partial(_answer_click, exhibit.key),
        selection_mode="points",
        config=CONFIG,
        alt=exhibit.alt,
        height=height,
    )


def _draw_what_is_behind(exhibit: Exhibit) -> None:
    """The marks, rows, files and citation of a chart."""
    _draw_marks(exhibit)
    st.dataframe(
        exhibit.rows,
        hide_index=True,
        column_config=_in_words(exhibit.rows),
        alt=f"The rows of the chart: {exhibit.title}",
    )
    with st.container(horizontal=True):
        draw_files(exhibit.rows, key=exhibit.key)
        st.button(
            "Picture", key=f"{exhibit.key}_picture", icon=":material/image:",
            on_click=_ask_for_picture, args=(exhibit.key,),
        )  # fmt: skip
    st.caption("To cite it:")
    st.code(_citation(exhibit), language=None, wrap_lines=True)


def _draw_marks(exhibit: Exhibit) -> None:
    """What a click on a mark opens, for those who use no mouse."""
    st.selectbox(
        "Open a mark of the chart",
        marks.named(exhibit.figure),
        index=None,
        format_func=lambda mark: mark.label,
        key=drilldown.chosen_key(exhibit.key),
        on_change=_open_chosen,
        args=(exhibit.key,),
        placeholder="Opens the same as a click on it",
    )


def _answer_click(key: str) -> None:
    """What the page does at a click on a chart of the run before.

    By key: Streamlit keeps the callback of every figure that a session was shown until the session
    ends, and the page's own function would keep all frames of its run.
    """
    for exhibit in collected():
        if exhibit.key == key:
            exhibit.on_click()


def _open_chosen(key: str) -> None:
    _answer_click(key)
    st.session_state[drilldown.chosen_key(key)] = None


def draw_files(rows: pd.DataFrame, *, key: str) -> None:
    """Buttons that save the rows, made only when pressed; no cell can run as a formula."""
    for file_format, mime in _MIMES.items():
        st.download_button(
            file_format.upper(),
            partial(as_file, rows, file_format=file_format),
            f"{key}.{file_format}",
            mime,
            key=f"{key}_{file_format}",
            icon=":material/download:",
            on_click="ignore",
        )


def answer_wishes() -> None:
    """The dialog of a picture that was asked for, if one was; at the end of a run."""
    wanted = st.session_state.pop("picture_wanted", None)
    for exhibit in collected():
        if exhibit.key == wanted:
            _draw_picture(exhibit)


def _ask_for_picture(key: str) -> None:
    st.session_state["picture_wanted"] = key


@st.dialog("Picture", width="large")
def _draw_picture(exhibit: Exhibit) -> None:
    """The chart as it will be printed; Plotly's own button saves what is seen."""
    file_format = st.segmented_control(
        "Format", ["PNG", "SVG"], default="PNG", required=True, key="picture_format"
    )
    st.caption("The camera at the picture's top right saves it, at print size.")
    manifest = loading.shown_manifest()
    figure = pictures.for_print(
        exhibit.figure,
        title=exhibit.title,
        sentence=exhibit.sentence,
        source=citing.source_line(manifest, address=views.lasting_link(manifest["build_id"])),
    )
    st.plotly_chart(
        figure,
        key=f"picture_{file_format}",
        theme=None,
        config=pictures.config(exhibit.key, file_format=str(file_format).lower()),
        alt=f"As it will be printed: {exhibit.alt}",
    )


def _in_words(rows: pd.DataFrame) -> dict[str, Any]:
    """Headings for people, and days as they write them; files keep the columns' own names."""
    named = {name: name.removeprefix("n_").replace("_", " ") for name in map(str, rows.columns)}
    days = {
        name: st.column_config.DateColumn(named[name], format="D MMMM YYYY")
        for name in rows.select_dtypes("datetime").columns
    }
    return {**named, **days}


def _named_first(rows: pd.DataFrame) -> pd.DataFrame:
    """What a row is about before its figures."""
    first = [name for name in ("who", "theme") if name in rows]
    return rows[[*first, *rows.columns.difference(first, sort=False)]]


def _citation(exhibit: Exhibit) -> str:
    manifest = loading.shown_manifest()
    address = views.lasting_link(manifest["build_id"])
    return citing.citation(exhibit.title, manifest, address=address)
