"""What a name or a text may hold, so that every page can show it as it is."""

import re
from collections.abc import Iterator

LONGEST_NAME = 120  # characters; the longest office in use has 78
LONGEST_WORD = 1_000  # characters without a space; the longest that people write are addresses
LONGEST_PARAGRAPH = 50_000  # characters; a speech of an hour in one paragraph
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|$:~^]")  # Markdown and HTML read these
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # U+200E and U+200F only mark, and may stand
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def unfit_name(name: str) -> str:
    """Why the name of a speaker, side, place or theme cannot be shown as it is; else empty."""
    if sign := _SIGNS.search(name):
        return f"holds {sign[0]!r}, which is no part of a name; leave it out"
    if len(name) > LONGEST_NAME:
        return f"has {len(name):,} characters; {LONGEST_NAME} are enough for a name"
    return next(invisible(name), "")


def invisible(text: str) -> Iterator[str]:
    """Signs that nobody sees and that change what is seen."""
    if sign := _TURNING.search(text):
        yield f"holds U+{ord(sign[0]):04X}, which turns the direction of writing; remove it"
    if sign := _CONTROL.search(text):
        yield f"holds the control character U+{ord(sign[0]):04X}; remove it"


def without_invisible(text: str) -> str:
    """The text without such signs."""
    return _CONTROL.sub("", _TURNING.sub("", text))


def too_long(paragraph: str) -> str:
    """Why a paragraph is no paragraph of words; else empty."""
    longest = max(map(len, paragraph.split()), default=0)
    if longest > LONGEST_WORD:
        return f"holds a word of {longest:,} characters; that is no word, take it out"
    if len(paragraph) > LONGEST_PARAGRAPH:
        return f"has {len(paragraph):,} characters; cut it into paragraphs"
    return ""
