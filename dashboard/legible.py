"""What Streamlit's widgets and charts need so that all can read and press them, in both themes.

No option of the theme reaches these: tags are white on the primary colour, which a dark ground
wants bright; the cross that clears a choice is under 24 px; axes are drawn in a grey of 3.6:1.
"""

import streamlit as st

_STYLE = """<style>
.stMultiSelect [data-tag] {
  color: inherit; background: transparent; border: 1px solid currentColor}
button[aria-label="Clear all"] {min-width: 24px; min-height: 24px}
.stPlotlyChart:not(.st-key-picture *) :is([class$="tick"], .infolayer) text {
  fill: currentColor !important}
</style>"""


def start() -> None:
    """Puts the style into the page; the entrypoint calls it on every run."""
    st.html(_STYLE)
