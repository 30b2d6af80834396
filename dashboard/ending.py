"""The end of a page before the end of its file.

After st.stop() Streamlit draws nothing more, so the buttons beside the title and the notices would
be missing; this ends the page alone.
"""

from typing import NoReturn


class PageEnded(Exception):  # noqa: N818 (no error, as StopIteration is none)
    """The page has shown all there is; the entrypoint goes on after it."""


def end() -> NoReturn:
    """Ends the page, not the run."""
    raise PageEnded
