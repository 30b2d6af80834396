"""A page as found: what it calls itself and its blocks of text, nothing judged yet."""

import datetime as dt
from typing import NamedTuple

from pipeline.problems import InputError, Problem

MAX_BYTES = 20_000_000  # the largest of 3,857 speeches has 61 kB; a scanned book has more than this
MAX_CHARACTERS = 500_000  # of text; the longest of those speeches has 61,000


class Block(NamedTuple):
    """One line or paragraph. `part` is what the markup says it is; `lead`: bold words in front."""

    text: str
    part: str = ""
    lead: str = ""


class Page(NamedTuple):
    """What was read; `published` is the day that the page's own markup names."""

    name: str
    url: str
    sha256: str
    blocks: tuple[Block, ...]
    title: str = ""
    publisher: str = ""
    published: dt.date | None = None


def refusal(name: str, message: str) -> InputError:
    """The error for a source that cannot become a document, in the house's form."""
    return InputError([Problem(name, 1, message)])
