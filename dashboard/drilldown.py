"""From a mark in a chart, or a claim in a sentence, to exactly its statements."""

import html
import json
from urllib.parse import urlencode

import streamlit as st

from dashboard import filters
from dashboard.findings import Finding
from dashboard.sources import LINK
from dashboard.within import Within

_NEXT = "next_address"
# Streamlit's own switch_page leaves an entry in the browser's history that is neither the view left
# nor the one reached. Going there as the browser's own buttons do leaves one entry, the right one.
_GO = """<script>
history.pushState({}, "", %s);
dispatchEvent(new PopStateEvent("popstate"));
</script>"""


def open_statements(within: Within) -> None:
    """Goes to the statements of a set; to be called in a callback."""
    go_to(link_to(within))


def go_to(address: str) -> None:
    """Goes to an address of this app, such as `themes?theme=Trade`; to be called in a callback."""
    st.session_state[_NEXT] = address or "./"  # the first page has no name


def follow(page_name: str) -> bool:
    """Takes the browser to where a callback wanted to go; the entrypoint calls it on every run.

    page_name: the page of this run, as addresses name it. Returns whether it is left for another.
    """
    address = st.session_state.pop(_NEXT, "")
    if address:
        script = json.dumps(address).replace("<", "\\u003c")
        st.html(_GO % script, unsafe_allow_javascript=True)
    return bool(address) and address.partition("?")[0].removeprefix("./") != page_name


def link_to(within: Within) -> str:
    """The address of a set of statements under the reader's filters."""
    return f"statements?{urlencode([*within.params().items(), *filters.params()])}"


def read(heading: str, within: Within, *, key: str, is_open: bool = True) -> None:
    """A heading (Markdown) and, beside it, the button that opens its statements."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(heading, width="content")
        if is_open:
            st.button(
                "Read", key=key, on_click=open_statements, args=(within,), type="tertiary",
                icon=":material/arrow_forward:",
            )  # fmt: skip


def sentence(finding: Finding) -> None:
    """A finding in which every claim is a link to its statements; all text is escaped."""
    parts = (
        f'<a href="{html.escape(link_to(part.within))}" target="_self" style="{LINK}">'
        f"{html.escape(part.text)}</a>"
        if part.within
        else html.escape(part.text)
        for part in finding
    )
    st.html(f'<p style="margin:0;line-height:1.5">{"".join(parts)}</p>')


def chosen_key(chart_key: str) -> str:
    """The key of the list of a chart's marks."""
    return f"{chart_key}_mark"


def clicked(chart_key: str) -> list | None:
    """The customdata of the mark that was chosen from the list, or clicked, if one was."""
    if chosen := st.session_state.get(chosen_key(chart_key)):
        return list(chosen.customdata)
    event = st.session_state.get(chart_key)
    points = event["selection"]["points"] if event else []
    return list(points[0]["customdata"]) if points and points[0].get("customdata") else None
