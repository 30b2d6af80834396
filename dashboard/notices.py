"""What a link names and this build does not have, told once and kept while the page is shown.

A control drops an unknown value of the address silently; so it is looked for before it is drawn.
"""

from collections.abc import Collection

import streamlit as st

from dashboard import views
from dashboard.highlights import plain

_GONE = "gone_from_links"


def expect(key: str, options: Collection[str], *, notice: str) -> None:
    """Notes what the address says of a control and the control will not know.

    notice: a sentence with a place {} for the unknown values. A key that no control has is passed
    over: others append keys of their own to links.
    """
    said = st.query_params.get_all(key)
    _note(key, said, [value for value in said if value and value not in options], notice=notice)


def expect_span(key: str, first: int, last: int, *, notice: str) -> None:
    """As expect(), of a control that knows two years from first to last, not one or three."""
    said = st.query_params.get_all(key)
    is_known = len(said) == 2 and set(said) <= {*map(str, range(first, last + 1))}
    _note(key, said, [] if is_known else said, notice=notice)


def expect_few(key: str, most: int, *, notice: str) -> None:
    """As expect(), of a control that takes no more than so many values."""
    said = st.query_params.get_all(key)
    _note(f"{key}, too many", said, said[most:], notice=notice)


def _note(key: str, said: Collection[str], gone: Collection[str], *, notice: str) -> None:
    """Keeps the notice; forgets it once the address says of the control what it knows."""
    noted = st.session_state.setdefault(_GONE, {})
    if gone:
        named = ", ".join(plain(value[:80]) for value in gone)
        noted[key] = (views.page_name(), notice.format(named))
    elif said:
        noted.pop(key, None)


def draw() -> None:
    """The notices of the page that is shown; those of other pages are forgotten."""
    noted = st.session_state.get(_GONE, {})
    for key, (page, notice) in list(noted.items()):
        if page == views.page_name():
            st.warning(notice, icon=":material/link_off:")
        else:
            del noted[key]
