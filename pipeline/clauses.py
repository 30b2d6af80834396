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
    if found := _in_same_parts(hits, spans, starts=words.clauses):
        return found
    return _in_same_parts(hits, spans, starts=[words.starts[word] for word in words.sentences])


def _in_same_parts(
    hits: Iterable[ToneHit], spans: Iterable[tuple[int, int]], *, starts: Sequence[int]
) -> tuple[ToneHit, ...]:
    """The hits in parts of the text, told by their starts, that the spans touch."""
    touched = {part for start, end in spans for part in _parts(start, end, starts=starts)}
    return tuple(
        [hit for hit in hits if not touched.isdisjoint(_parts(hit.start, hit.end, starts=starts))]
    )


def _parts(start: int, end: int, *, starts: Sequence[int]) -> range:
    """Numbers of the parts that characters start to end touch."""
    return range(bisect_right(starts, start) - 1, bisect_left(starts, end))
