"""Controls of a page that stand in the address, and say so when it names what they do not know.

A container with such controls has its place among the containers of the page, the same in every
run; so whatever comes and goes above it stands in a container that is always there. Of one that
moves Streamlit shows both for a moment, and what becomes of the old unties the controls of the new
from the address.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import streamlit as st

from dashboard import notices


def one_of(
    name: str, options: Sequence[str], *, key: str, usual: str = "", meaning: str | None = None
) -> str:
    """One of a few options side by side; usual (else the first) where nothing was chosen."""
    usual = usual or options[0]
    notices.expect(key, options, notice=f"{name}: there is no {{}} here; shown is {usual}.")
    chosen = st.segmented_control(
        name, options, default=usual, required=True, key=key, bind="query-params", wrap=True,
        help=meaning,
    )  # fmt: skip
    return chosen or usual


def toggle(name: str, *, key: str, usual: bool = False) -> bool:
    """A switch."""
    said = ("true", "false")
    in_case = [value for value in st.query_params.get_all(key) if value.lower() in said]
    notices.expect(key, [*said, *in_case], notice=f"{name}: {{}} is neither true nor false.")
    return st.toggle(name, value=usual, key=key, bind="query-params")


def kept(options: Iterable[str], *, key: str, known: Collection[str]) -> list[str]:
    """The options, and the one that was chosen though what is shown leaves it out.

    known: all that the build has. Streamlit would show the first option in its place and leave
    the address as it was, so that the link would say what the page does not.
    """
    chosen = st.session_state.get(key) or st.query_params.get(key)
    return [*dict.fromkeys([*options, *(name for name in known if name == chosen)])]


def put(values: Mapping[str, object]) -> None:
    """Sets controls by their keys; to be called in a callback.

    In place of functions of the pages: Streamlit keeps a button's callback while the session lasts,
    and a page's own function would keep all tables and frames of its run.
    """
    st.session_state.update(values)
