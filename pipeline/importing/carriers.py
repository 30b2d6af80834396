"""Where a transcript begins and ends within the page that carries it: the carrier's words go."""

import re
from collections.abc import Sequence

from pipeline.importing.cleaning import Judged, is_greeting, n_own_words
from pipeline.importing.people import Person
from pipeline.importing.vocabulary import Vocabulary, folded

INTRODUCTION, AFTERWORD = "the carrier's introduction", "the carrier's afterword"
_MAX_INTRODUCTION = 6  # paragraphs; whoever writes more before a transcript writes a report


def without_carrier(
    judged: Sequence[Judged],
    *,
    labelled: Sequence[bool],
    speaker: Person | None,
    vocabulary: Vocabulary,
) -> list[Judged]:
    """Leaves out what stands before the first words of a transcript and after the last."""
    start = _start(judged, labelled=labelled, speaker=speaker, vocabulary=vocabulary)
    end = _end(judged, labelled=labelled, speaker=speaker, vocabulary=vocabulary)
    return [
        item._replace(reason=item.reason or _reason(i, start, end)) for i, item in enumerate(judged)
    ]


def _reason(i: int, start: int, end: int) -> str:
    return INTRODUCTION if i < start else AFTERWORD if i >= end else ""


def _start(
    judged: Sequence[Judged],
    *,
    labelled: Sequence[bool],
    speaker: Person | None,
    vocabulary: Vocabulary,
) -> int:
    """Place of the first words: a greeting soon after the top, else where no one is told about."""
    opening = _opening(judged, labelled=labelled)
    for i in opening[:_MAX_INTRODUCTION]:
        if is_greeting(judged[i].text, vocabulary):
            return i
    if not any(n_own_words(judged[i].text, vocabulary) for i in opening):
        about = [i for i in opening if _is_about(judged[i].text, speaker, vocabulary)]
        return about[-1] + 1 if about else opening[0] if opening else 0
    for i in opening:
        if not _is_about(judged[i].text, speaker, vocabulary):
            return i
    return opening[-1] + 1 if opening else 0


def _opening(judged: Sequence[Judged], *, labelled: Sequence[bool]) -> list[int]:
    """Places of the paragraphs before the first label."""
    first = labelled.index(True) if True in labelled else len(labelled)
    return [i for i in range(first) if not judged[i].reason]


def _end(
    judged: Sequence[Judged],
    *,
    labelled: Sequence[bool],
    speaker: Person | None,
    vocabulary: Vocabulary,
) -> int:
    """Place after the last words: at a line of stars, a mark of emphasis, words about the speaker.

    Only paragraphs after the last label can be the carrier's: before it, turns go on.
    """
    last = max((i for i, yes in enumerate(labelled) if yes), default=0)
    marks = re.compile("|".join(vocabulary.transcripts["emphasis_patterns"]), re.IGNORECASE)
    for i in range(last, len(judged)):
        is_later = i > last
        if is_later and judged[i].reason == "separator":
            return i
        if is_later and not judged[i].reason and _is_about(judged[i].text, speaker, vocabulary):
            return i
        if marks.search(folded(judged[i].text)):
            return i + 1
    return len(judged)


def _is_about(text: str, speaker: Person | None, vocabulary: Vocabulary) -> bool:
    """Whether others speak: of the speaker by name, or to lead over to what is quoted."""
    family = speaker.name.split()[-1] if speaker else ""
    is_named = bool(family) and bool(re.search(rf"\b{re.escape(family)}\b", text))
    return is_named or (text.endswith(":") and not n_own_words(text, vocabulary))
