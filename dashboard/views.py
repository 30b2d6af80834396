"""A view: the page with all that the address says of it, and how it is to be shown."""

from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st

_SHOWN_AS = ("present", "chart", "view")  # say how a view is shown, not what it is
_PINNED = "pinned_in_this_run"


class PageEnd(Exception):  # noqa: N818, no error: a page that has nothing more to show
    """Ends a page and leaves the entrypoint, unlike st.stop, to draw what stands around it."""


def end_page() -> NoReturn:
    """Ends the page that is drawn; the entrypoint goes on."""
    raise PageEnd


def start() -> None:
    """Forgets what the run before pinned; the entrypoint calls it on every run."""
    st.session_state[_PINNED] = {}


def pin(**values: Any) -> None:
    """Values that the page chose from the data; a link says them, so that it lasts."""
    st.session_state[_PINNED].update({k: v for k, v in values.items() if v not in (None, "", ())})


def said_pairs() -> list[tuple[str, str]]:
    """All keys of the address with their values."""
    return [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]


def query(**more: str) -> str:
    """The address's query with what was pinned, and more; empty values are left out."""
    pairs = [(key, value) for key, value in said_pairs() if key not in (*_SHOWN_AS, *more)]
    said = {key for key, _ in pairs} | more.keys()
    pairs += [
        (key, item)
        for key, value in st.session_state.get(_PINNED, {}).items()
        if key not in said
        for item in (value if isinstance(value, list | tuple) else [value])
    ]
    pairs += [(key, value) for key, value in more.items() if value]
    return urlencode(pairs)


def address(**more: str) -> str:
    """The view within the app, as `themes?theme=Trade`."""
    said = query(**more)
    return f"{page_name()}{'?' * bool(said)}{said}"


def link(**more: str) -> str:
    """The whole link, for a mail or a paper."""
    said = query(**more)
    return f"{st.context.url or page_name()}{'?' * bool(said)}{said}"


def lasting_link(build_id: str) -> str:
    """The link to what is seen now, as long as its build is kept: for a citation."""
    return link(build=build_id)


def page_name() -> str:
    """The page as the address names it; empty for the first."""
    return st.session_state.get("page_name", "")


def name_page(url_path: str) -> None:
    """Notes which page is shown; the entrypoint calls it."""
    st.session_state["page_name"] = url_path


def is_presented() -> bool:
    """Whether one chart is to fill the screen."""
    return st.query_params.get("present") == "true"


def is_staged() -> bool:
    """Whether one chart stands alone: presented, or in the frame of another page."""
    return is_presented() or bool(st.context.is_embedded and st.query_params.get("chart"))
