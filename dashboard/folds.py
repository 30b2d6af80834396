"""What lies folded away is made and sent only when somebody opens it."""

from collections.abc import Callable

import streamlit as st


def fold(label: str, draw: Callable[[], object], *, key: str) -> None:
    """A fold that is closed at first; draw is called while it is open.

    A table or a text to copy has the browser load two megabytes of scripts, even unseen.
    """
    drawn = st.expander(label, key=key, on_change="rerun")
    if drawn.open:
        with drawn:
            draw()
