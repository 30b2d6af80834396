"""What an import tells: the evidence for day and place, who speaks, what was left out and why."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.importing.drafting import Draft
from pipeline.importing.importer import Outcome
from pipeline.importing.markdown import markdown_of
from pipeline.importing.reading import SUFFIXES
from pipeline.speakers import NARRATION

_WIDTH = 72


def outcome_lines(outcome: Outcome, *, is_dry_run: bool) -> Iterator[str]:
    """All that is to be said of one source."""
    if outcome.known:
        yield f"{outcome.source} was imported before, as {outcome.known}; nothing to do"
        return
    yield f"{outcome.source} → {outcome.path or 'not written'}"
    if draft := outcome.draft:
        yield from _evidence_lines(draft)
        yield from _speaker_lines(draft)
        yield from _left_out_lines(draft)
        if is_dry_run:
            yield from ("", markdown_of(draft))


def summary_lines(
    outcomes: Sequence[Outcome], *, n_passed_over: int, is_dry_run: bool
) -> Iterator[str]:
    """How many sources became documents, and how many files of folders were not looked at."""
    n_failed = sum(bool(outcome.problems) for outcome in outcomes)
    n_known = sum(bool(outcome.known) for outcome in outcomes)
    n_written = len(outcomes) - n_failed - n_known
    what = "would be written" if is_dry_run else "written"
    known = f", {n_known} known already" if n_known else ""
    yield f"{n_written} of {len(outcomes)} documents {what}{known}, {n_failed} not"
    if n_passed_over:
        yield f"Passed over: {n_passed_over} with other endings; read are {' '.join(SUFFIXES)}"


def _evidence_lines(draft: Draft) -> Iterator[str]:
    settled = draft.dated.day.isoformat() if draft.dated.day else "not settled"
    yield f"  day: {settled} · place: {draft.place or 'not found'} · kind: {draft.kind}"
    yield f"  title: {draft.title}"
    for finding in draft.dated.findings:
        yield f"  date found: {finding}"
    for day in draft.dated.candidates:
        yield f"  candidate: {day:%A}, {day.isoformat()}"


def _speaker_lines(draft: Draft) -> Iterator[str]:
    counts = Counter(speaker for speaker, _ in draft.paragraphs)
    yield "  paragraphs: " + ", ".join(f"{name} {n}" for name, n in counts.most_common())
    if counts[NARRATION]:
        yield "  Narration is what no one named on the page is said to maintain"
    for speaker in draft.new_speakers:
        yield (
            f"  new speaker: {speaker.name}, side {speaker.side} (declared in the document; "
            "see its participants, and speakers.toml for good)"
        )


def _left_out_lines(draft: Draft) -> Iterator[str]:
    for text, reason in draft.left_out:
        short = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
        yield f"  left out ({reason}): {short}"
