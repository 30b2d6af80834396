"""The words of tone in the part of a text that is about something."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from pipeline.language import Words
from pipeline.tone import ToneHit


def hits_about(
    words: Words, hits: Sequence[ToneHit], spans: Iterable[tuple[int, int]]
) -> tuple[ToneHit, ...]:
    """The hits in the clauses where the spans (character offsets) stand.

    A clause without any tone of its own takes that of its sentence.
    """
    if not hits:
        return ()
    spans = tuple(spans)
    for openings in (words.clauses, words.sentences):
        starts = [words.starts[word] for word in openings]
        around = {part for span in spans for part in _parts(span, starts=starts)}
        found = tuple(
            hit for hit in hits if not around.isdisjoint(_parts((hit.start, hit.end), starts=starts))
        )
        if found:
            return found
    return ()


def _parts(span: tuple[int, int], *, starts: Sequence[int]) -> range:
    """Numbers of the parts, which begin at the starts, that the span touches."""
    start, end = span
    return range(bisect_right(starts, start) - 1, bisect_left(starts, end))
