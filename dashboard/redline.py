"""Two wordings as one text: what was taken out struck through, what came in underlined."""

import difflib
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\w+(?:['’\-–]\w+)*\s*|[^\w\s]\s*|\s+")
_DELETED = "color:inherit;opacity:0.65;text-decoration:line-through;text-decoration-thickness:1px"
_INSERTED = "color:inherit;font-weight:600;text-decoration:underline;text-underline-offset:3px"


class Piece(NamedTuple):
    """A run of words; kind: kept, removed or added."""

    kind: str
    text: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The runs of words that turn one text into the other; capitals and spaces do not matter."""
    old, new = (_TOKEN.findall(text) for text in (before, after))
    old_keys, new_keys = ([token.strip().casefold() for token in tokens] for tokens in (old, new))
    matcher = difflib.SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("kept", "".join(new[c:d]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("added", "".join(new[c:d]))


def redline(before: str, after: str) -> str:
    """The two texts as one, as safe HTML."""
    return "".join(_marked(piece) for piece in pieces(before, after))


def _marked(piece: Piece) -> str:
    text = html.escape(piece.text)
    if piece.kind == "removed":
        return f'<del style="{_DELETED}">{text.rstrip()}</del> '
    if piece.kind == "added":
        return f'<ins style="{_INSERTED}">{text.rstrip()}</ins>{text[len(text.rstrip()) :]}'
    return text
