"""What a link names and this build does not have, told once and kept while the page is shown.

A control drops an unknown value of the address silently; so it is looked for before it is drawn.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

import streamlit as st

from dashboard import views
from dashboard.highlights import plain

_GONE = "gone_from_links"
_KEYS = "keys of the address"
_YEAR = re.compile("[0-9]{1,4}")


class Notice(NamedTuple):
    """What is told on a page. cut: the years said, and those that are shown in their place."""

    page: str
    text: str
    cut: tuple[list[str], ...] = ()


def expect(key: str, options: Collection[str], *, notice: str) -> None:
    """Notes what the address says of a control and the control will not know.

    notice: a sentence with a place {} for the unknown values.
    """
    said = st.query_params.get_all(key)
    _note(key, said, [value for value in said if value and value not in options], notice=notice)


def expect_span(key: str, first: int, last: int, *, notice: str) -> None:
    """As expect(), of a control that knows two years from first to last, not one or three.

    Years that reach beyond are cut to those there are; the control is set to them.
    """
    said = st.query_params.get_all(key)
    span = [int(year) for year in said if _YEAR.fullmatch(year)]
    within = [max(min(span, default=0), first), min(max(span, default=0), last)]
    if len(said) != 2 or len(span) != 2 or within[0] > within[1]:
        _note(key, said, said, notice=notice)
    elif first <= min(span) and max(span) <= last:
        _note(key, said, [], notice=notice)
    else:
        _cut(key, said, within, notice=f"Years: {min(span)}–{max(span)} reaches beyond "
             f"{first}–{last}; shown is {'–'.join(map(str, dict.fromkeys(within)))}.")  # fmt: skip


def name_keys(named: Collection[str]) -> None:
    """Notes what the address says in keys that the page does not have, if it does."""
    noted = st.session_state.setdefault(_GONE, {})
    noted.pop(_KEYS, None)
    if named:
        text = f"Not understood in the link: {', '.join(map(plain, named))}."
        noted[_KEYS] = Notice(views.page_name(), text)


def _cut(key: str, said: list[str], within: list[int], *, notice: str) -> None:
    """Sets a control to the years within, once: from then on the reader may set it elsewhere."""
    noted = st.session_state.setdefault(_GONE, {})
    if key not in noted or said not in noted[key].cut:
        st.session_state[key] = tuple(within)
        noted[key] = Notice(views.page_name(), notice, (said, [*map(str, within)]))


def expect_few(key: str, most: int, *, notice: str) -> None:
    """As expect(), of a control that takes no more than so many values."""
    said = st.query_params.get_all(key)
    _note(f"{key}, too many", said, said[most:], notice=notice)


def _note(key: str, said: Collection[str], gone: Collection[str], *, notice: str) -> None:
    """Keeps the notice; forgets it once the address says of the control what it knows."""
    noted = st.session_state.setdefault(_GONE, {})
    if gone:
        named = ", ".join(plain(value[:80]) for value in gone)
        noted[key] = Notice(views.page_name(), notice.format(named))
    elif said and not (key in noted and said in noted[key].cut):
        noted.pop(key, None)


def draw() -> None:
    """The notices of the page that is shown; those of other pages are forgotten."""
    noted: dict[str, Notice] = st.session_state.get(_GONE, {})
    for key, notice in list(noted.items()):
        if notice.page != views.page_name():
            del noted[key]
        elif notice.cut:
            st.caption(notice.text)
        else:
            st.warning(notice.text, icon=":material/link_off:")
