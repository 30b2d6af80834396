"""Finding listed wording in a text, the ground that themes and tone share."""

import itertools
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.language import Reader, Words


class Found(NamedTuple):
    """Words start to end of a text that are wording of the key."""

    key: str
    start: int
    end: int


class TermIndex:
    """Terms of any number of matchers, all found in one walk over a text.

    Terms are found whatever the capitals; one in its base form ("welcome") in all its forms, any
    other ("willing", "goods", "graves") only as it stands, for the lemma of "goods" is that of
    "good".
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._root = _Node([], {}, {})
        self._n_matchers = 0
        self._last: tuple[Words, list[list[Found]]] | None = None

    def matcher(self) -> "TermMatcher":
        """A new matcher, with no terms yet."""
        self._n_matchers += 1
        return TermMatcher(self, self._n_matchers - 1)

    def add(self, key: str, term: str, *, matcher: int) -> None:
        words = self._reader.words(term)
        if not words.forms:
            return
        node = self._root
        for lemma in words.lemmas:
            node = node.nexts.setdefault(lemma, _Node([], {}, {}))
        node.terms.append(_Term(key, matcher, words.forms, words.forms == words.lemmas))
        node.known.clear()
        self._last = None

    def find(self, words: Words, *, matcher: int) -> list[Found]:
        """What one matcher finds; what the others find is kept until they ask."""
        last = self._last
        if last is None or last[0] is not words:
            self._last = last = words, self._walk(words)
        return last[1][2 * matcher] + last[1][2 * matcher + 1]

    def _walk(self, words: Words) -> list[list[Found]]:
        """For each matcher what stands there as written, then what stands there inflected."""
        found: list[list[Found]] = [[] for _ in range(2 * self._n_matchers)]
        lemmas = (*words.lemmas, "")  # no term goes on with nothing
        for start, node in enumerate(map(self._root.nexts.get, words.lemmas)):
            end = start + 1
            while node is not None:
                terms, known, nexts = node
                if terms:
                    forms = words.forms[start:end]
                    for place, key in known.get(forms) or _found(node, forms):
                        found[place].append(Found(key, start, end))
                node = nexts.get(lemmas[end])
                end += 1
        return found


@dataclass(frozen=True)
class TermMatcher:
    """Finds the terms added to it."""

    index: TermIndex
    number: int

    def add(self, key: str, term: str) -> None:
        """Find the term from now on, as wording of the key."""
        self.index.add(key, term, matcher=self.number)

    def __call__(self, words: Words) -> list[Found]:
        """All places, overlaps among them; terms as they are written before inflected ones."""
        return self.index.find(words, matcher=self.number)


def longest(found: Iterable[Found]) -> list[Found]:
    """In order of place; where places overlap, only the longest, of equals the first."""
    found = sorted(found, key=operator.itemgetter(1))
    if all(one.end <= other.start for one, other in itertools.pairwise(found)):
        return found
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            kept.append(one)
            taken.update(places)
    return sorted(kept, key=lambda one: one.start)


class _Term(NamedTuple):
    """A term as it is written, and whether that is its base form."""

    key: str
    matcher: int
    forms: tuple[str, ...]
    is_base: bool


class _Node(NamedTuple):
    """A word of terms, by lemma: the terms that end with it, and the words others go on with.

    known: by forms that were met in texts what `_found` returns for them.
    """

    terms: list[_Term]
    known: dict[tuple[str, ...], list[tuple[int, str]]]
    nexts: dict[str, "_Node"]


def _found(node: _Node, forms: tuple[str, ...]) -> list[tuple[int, str]]:
    """Place in the walk's lists, and key, of the node's terms that the forms are.

    Where a matcher has a term as it is written, its base forms are not added.
    """
    if forms not in node.known:
        written = [term for term in node.terms if term.forms == forms]
        taken = {term.matcher for term in written}
        inflected = [term for term in node.terms if term.is_base and term.matcher not in taken]
        node.known[forms] = [
            *((2 * term.matcher, term.key) for term in written),
            *((2 * term.matcher + 1, term.key) for term in inflected),
        ]
    return node.known[forms]
