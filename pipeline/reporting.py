"""Measured figures as lines of text, for a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.evaluation import MEASURES, PAIR_MEASURES

_NAMES = {"most_frequent": "most frequent", "vader": "VADER", "textblob": "TextBlob"}


def evaluation_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The table of themes, the totals with intervals, baselines, readers, the confusion of tone."""
    yield _statements(result["n"])
    yield f"{'theme':20} {'precision':>9} {'recall':>6} {'F1':>5} {'95 %':>12} {'n':>5}"
    for label, row in result["themes"].items():
        yield _row(label, row)
    yield ""
    for name in MEASURES:
        is_scored = result["tones"] or name.startswith("theme")
        yield _total(name, result) if is_scored else f"{_words(name):20} not scored"
    for name in PAIR_MEASURES:
        if name in result:
            yield f"{_words(name):20} {result[name]:.3f}"
    yield from _parts(result)
    yield from _baselines(result)
    yield from _readers(result.get("readers", ()))
    yield "\ntone, gold → ours"
    for gold, row in result["tone_confusion"].items():
        yield f"{gold:>8} → " + "  ".join(f"{found}: {n}" for found, n in row.items())


def curve_lines(points: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A row for each number of labelled statements."""
    yield "tone macro F1 on documents not learned from, by cross-validation"
    yield f"{'documents':>9} {'statements':>10} {'words':>6} {'words + rules':>13} {'rules':>6}"
    for point in points:
        yield (
            f"{point['n_documents']:9} {point['n_statements']:10} {point['words']:6.3f}"
            f" {point['words_and_rules']:13.3f} {point['rules']:6.3f}"
        )


def _row(label: str, row: Mapping[str, Any]) -> str:
    interval = f"{row['f1_low']:.2f}–{row['f1_high']:.2f}"
    figures = f"{row['precision']:9.2f} {row['recall']:6.2f} {row['f1']:5.2f}"
    return f"{label:20} {figures} {interval:>12} {row['n']:5}"


def _total(name: str, result: Mapping[str, Any]) -> str:
    bounds = result["intervals"].get(name)
    interval = f"  ({bounds[0]:.3f}–{bounds[1]:.3f})" if bounds else ""
    return f"{_words(name):20} {result[name]:.3f}{interval}"


def _parts(result: Mapping[str, Any]) -> Iterator[str]:
    for name in ("worked_on", "held_aside", "genres", "more", "unread"):
        if part := result.get(name):
            yield f"\n{_words(name)}: {_statements(part['n'])}"
            yield from (_total(measure, part) for measure in MEASURES)


def _baselines(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n{'tone':20} {'accuracy':>8} {'macro F1':>8}"
    ours = {name: result[name] for name in ("tone_accuracy", "tone_macro_f1")}
    for name, row in {"Parley": ours, **result["baselines"]}.items():
        label = _NAMES.get(name, name)
        yield f"{label:20} {row['tone_accuracy']:8.3f} {row['tone_macro_f1']:8.3f}"


def _readers(samples: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for row in samples:
        yield (
            f"two readers on {row['n']} {row['sample']}: tone {row['tone_agreement']}"
            f" (kappa {row['tone_kappa']}), theme micro F1 {row['theme_micro_f1']}"
        )


def _statements(n: int) -> str:
    return f"{n} statement" if n == 1 else f"{n} statements"


def _words(name: str) -> str:
    return name.replace("_", " ")
