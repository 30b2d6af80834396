"""Two wordings word by word: what was taken out struck through, what came in underlined."""

import difflib
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\w+(?:['’\-–]\w+)*\s*|[^\w\s]\s*|\s+")
_REMOVED = "color:inherit;opacity:0.65;text-decoration:line-through;text-decoration-thickness:1px"
_ADDED = "color:inherit;font-weight:600;text-decoration:underline;text-underline-offset:3px"


class Piece(NamedTuple):
    """A run of words as it stands before and after; one of the two is empty where it changed."""

    before: str
    after: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The runs of words that turn one text into the other; capitals and spaces do not matter."""
    old, new = (_TOKEN.findall(text) for text in (before, after))
    old_keys, new_keys = ([token.strip().casefold() for token in tokens] for tokens in (old, new))
    matcher = difflib.SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        yield from (
            [Piece(removed, added)] if tag == "equal" else [Piece(removed, ""), Piece("", added)]
        )


def redline(before: str, after: str) -> tuple[str, str]:
    """The earlier text with what was removed struck through, the later with what was added marked.

    Both as safe HTML.
    """
    found = list(pieces(before, after))
    return (
        "".join(_marked(p.before, "" if p.after else "del", _REMOVED) for p in found),
        "".join(_marked(p.after, "" if p.before else "ins", _ADDED) for p in found),
    )


def _marked(text: str, tag: str, style: str) -> str:
    words = html.escape(text.rstrip())
    space = text[len(text.rstrip()) :]
    return f'<{tag} style="{style}">{words}</{tag}>{space}' if tag and words else words + space
