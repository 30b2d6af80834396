"""The keys that the address of a page can say, and what a link says beside them."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from dashboard import filters
from dashboard.within import Within

EVERYWHERE = (
    *filters.KEYS, "build",
    "present", "chart", "view",  # how the view is shown
    "embed", "embed_options",  # Streamlit's own
)  # fmt: skip
OF_PAGES = {
    "themes": (
        "themes_by", "themes_measure", "themes_lines", "themes_tone", "themes_kind",
        "themes_events",
    ),
    "compare": (
        "compare_by", "compare_left", "compare_right", "compare_left_speaker",
        "compare_right_speaker", "compare_left_side", "compare_right_side", "compare_left_years",
        "compare_right_years", "compare_who", "compare_on",
    ),
    "positions": ("positions_who", "positions_theme", "positions_latest", "positions_all"),
    "phrases": ("phrase", "phrases_by"),
    "statements": (
        "statement", "q", "page", "statements_order", "statements_view", *Within._fields,
    ),
}  # fmt: skip
# what mailers and social networks append to a link that is sent through them
_TRACKING = re.compile(r"utm_.*|\w*clid|mc_[ce]id|igshid")
_N_NAMED = 4
_ALIKE = 0.75  # of difflib: "them" is near enough to "theme", "foo" to nothing


def not_understood(said: Iterable[tuple[str, str]], *, page: str) -> list[str]:
    """What a link says in vain, as `them=Trade (theme?)`: some in full, then how many more.

    said: keys and values; page: its name in the address.
    """
    known = (*EVERYWHERE, *OF_PAGES.get(page, ()))
    named = [
        f"{key}={value}"[:80] + _meant(key, known)
        for key, value in said
        if not _is_known(key, value, known) and not _TRACKING.fullmatch(key)
    ]
    more = len(named) - _N_NAMED
    return [*named[:_N_NAMED], *[f"{more} more"] * (more > 0)]


def _is_known(key: str, value: str, known: Iterable[str]) -> bool:
    return key in known and (key != "present" or value in ("true", "false", ""))


def _meant(key: str, known: Iterable[str]) -> str:
    near = [name for name in get_close_matches(key.lower(), known, 1, _ALIKE) if name != key]
    return f" ({near[0]}?)" if near else ""
