"""The part of a text that is about something, and the words of tone that stand in it."""

import itertools
from collections.abc import Sequence

from pipeline.language import Words
from pipeline.tone import ToneHit

_CLAUSE_BOUNDS = {",", ";", ":", "–", "—", "but", "while", "whereas", "although", "though", "yet"}


def hits_about(
    words: Words, hits: Sequence[ToneHit], spans: Sequence[tuple[int, int]]
) -> tuple[ToneHit, ...]:
    """The hits in the clauses where the spans (character offsets) stand.

    A clause without any tone of its own takes that of its sentence.
    """
    if not hits:
        return ()
    for parts in (_clauses(words), _sentences(words)):
        around = [part for part in parts if any(_overlaps(part, span) for span in spans)]
        found = tuple(hit for hit in hits if any(_overlaps(part, hit[3:]) for part in around))
        if found:
            return found
    return ()


def _clauses(words: Words) -> list[tuple[int, int]]:
    """Character ranges between commas, semicolons, colons, dashes, conjunctions, sentence ends."""
    bounds = [
        start
        for i, (form, start) in enumerate(zip(words.forms, words.starts, strict=True))
        if i and (form in _CLAUSE_BOUNDS or words.first[i] == i)
    ]
    return list(itertools.pairwise([0, *bounds, *words.ends[-1:]]))


def _sentences(words: Words) -> list[tuple[int, int]]:
    """Character ranges of the sentences."""
    pairs = dict.fromkeys(zip(words.first, words.last, strict=True))
    return [(words.starts[first], words.ends[last - 1]) for first, last in pairs]


def _overlaps(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
