"""Controls of a page that stand in the address, and say so when it names what they do not know."""

from collections.abc import Sequence

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
