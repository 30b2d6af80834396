"""Finding listed wording in a text, the ground that themes and tone share."""

from collections.abc import Iterable
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
        self._by_form: _Index = {}
        self._by_lemma: _Index = {}

    def add(self, key: str, term: str) -> None:
        """Find the term from now on, as wording of the key."""
        words = self._reader.words(term)
        if not words.forms:
            return
        _put(self._by_form, words.forms, key=key)
        if words.forms == tuple(lemma.lower() for lemma in words.lemmas):
            _put(self._by_lemma, words.forms, key=key)

    def __call__(self, words: Words) -> list[Found]:
        """All places, overlaps among them; where a form is listed, the base form is not added."""
        exact = _search(words.forms, self._by_form)
        taken = {(found.start, found.end) for found in exact}
        lemmas = _search(words.lemmas, self._by_lemma)
        return [*exact, *(found for found in lemmas if (found.start, found.end) not in taken)]


def longest(found: Iterable[Found]) -> list[Found]:
    """In order of place; where places overlap, only the longest, of equals the first."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            kept.append(one)
            taken.update(places)
    return sorted(kept, key=lambda one: one.start)


# by the longest word of a phrase, then by the number of words and that word's place among them,
# then by the words: the keys whose wording they are; long words are rare, so few slices are tried
_Index = dict[str, dict[tuple[int, int], dict[tuple[str, ...], list[str]]]]


def _put(index: _Index, phrase: tuple[str, ...], *, key: str) -> None:
    place, word = max(enumerate(phrase), key=lambda pair: len(pair[1]))
    alike = index.setdefault(word, {}).setdefault((len(phrase), place), {})
    alike.setdefault(phrase, []).append(key)


def _search(forms: tuple[str, ...], index: _Index) -> list[Found]:
    return [
        Found(key, i - place, i - place + n)
        for i, form in enumerate(forms)
        if form in index
        for (n, place), phrases in index[form].items()
        if place <= i
        for key in phrases.get(forms[i - place : i - place + n], ())
    ]
