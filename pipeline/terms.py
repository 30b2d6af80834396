"""Finding listed wording in a text, the ground that themes and tone share."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.language import Reader, Words


class Found(NamedTuple):
    """Words start to end of a text that are wording of the key."""

    key: str
    start: int
    end: int


class TermMatcher:
    """Finds terms whatever the capitals.

    A term in its base form ("welcome") is found in all its forms; any other ("willing", "goods",
    "graves") only as it stands, for the lemma of "goods" is the lemma of "good".
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._root = _Node({}, [], {})

    def add(self, key: str, term: str) -> None:
        """Find the term from now on, as wording of the key."""
        words = self._reader.words(term)
        if not words.forms:
            return
        node = self._root
        for lemma in words.lemmas:
            node = node.nexts.setdefault(lemma, _Node({}, [], {}))
        node.written.setdefault(words.forms, []).append(key)
        if words.forms == words.lemmas:
            node.base.append(key)

    def __call__(self, words: Words) -> list[Found]:
        """All places, overlaps among them; terms as they are written before inflected ones."""
        written: list[Found] = []
        inflected: list[Found] = []
        lemmas = (*words.lemmas, "")  # no term goes on with nothing
        for start, node in enumerate(map(self._root.nexts.get, words.lemmas)):
            end = start + 1
            while node is not None:
                if node.written:
                    if keys := node.written.get(words.forms[start:end]):
                        written += [Found(key, start, end) for key in keys]
                    else:
                        inflected += [Found(key, start, end) for key in node.base]
                node = node.nexts.get(lemmas[end])
                end += 1
        return written + inflected



def longest(found: Sequence[Found]) -> list[Found]:
    """In order of place; where places overlap, only the longest, of equals the first."""
    if len(found) < 2:
        return list(found)
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            kept.append(one)
            taken.update(places)
    return sorted(kept, key=lambda one: one.start)


class _Node(NamedTuple):
    """A word of terms, by lemma: the keys of terms that end with it, and with what others go on.

    written: by the forms of the term; base: of terms in their base form.
    """

    written: dict[tuple[str, ...], list[str]]
    base: list[str]
    nexts: dict[str, "_Node"]
