"""Agreement of found labels with labels by hand: counts by statement, figures, intervals."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline.intervals import figure_interval

TONE_NAMES = ("negative", "neutral", "positive")


def theme_counts(
    gold: pd.DataFrame, found: Iterable[set[str]], *, theme_ids: Sequence[str]
) -> np.ndarray:
    """Statements × themes × (right, only found, only in gold).

    An optional theme counts neither when found nor when missed.
    """
    place = {theme_id: i for i, theme_id in enumerate(theme_ids)}
    counts = np.zeros((len(gold), len(theme_ids), 3), int)
    rows = zip(gold["themes"], gold["themes_optional"], found, strict=True)
    for i, (wanted, optional, themes) in enumerate(rows):
        for theme_id in (wanted | themes) - (optional - wanted):
            kind = 0 if theme_id in wanted & themes else 1 if theme_id in themes else 2
            counts[i, place[theme_id], kind] = 1
    return counts


def tone_counts(gold: Iterable[str], found: Iterable[str]) -> np.ndarray:
    """Statements × tone in gold × tone found; nothing where gold has none."""
    pairs = list(zip(gold, found, strict=True))
    counts = np.zeros((len(pairs), len(TONE_NAMES), len(TONE_NAMES)), int)
    for i, (wanted, given) in enumerate(pairs):
        if wanted:
            counts[i, TONE_NAMES.index(wanted), TONE_NAMES.index(given)] = 1
    return counts


def theme_agreement(
    counts: np.ndarray, *, theme_ids: Sequence[str], documents: Sequence[str]
) -> dict[str, Any]:
    """Precision, recall, F1 with its interval and n per theme; micro and macro F1 over all."""
    by_document = _by_document(counts, documents)
    figures = {"theme_micro_f1": _micro_f1, "theme_macro_f1": _macro_f1}
    totals = {name: _interval(by_document, figure) for name, figure in figures.items()}
    return {
        **{name: value for name, (value, _) in totals.items()},
        "intervals": {name: bounds for name, (_, bounds) in totals.items()},
        "themes": {
            theme_id: _scores(counts[:, i].sum(axis=0)) | _f1_bounds(by_document[:, i : i + 1])
            for i, theme_id in enumerate(theme_ids)
        },
    }


def tone_agreement(counts: np.ndarray, *, documents: Sequence[str]) -> dict[str, Any]:
    """Accuracy and macro F1 with intervals, the figures of each tone, the confusion."""
    confusion = counts.sum(axis=0)
    if not confusion.any():
        empty: dict[str, Any] = {"tones": {}, "tone_confusion": {}, "intervals": {}}
        return {"tone_accuracy": 0.0, "tone_macro_f1": 0.0, **empty}
    by_document = _by_document(_of_tone(counts), documents)
    sums = _of_tone(confusion[None])[0]
    right = _by_document(_right(counts), documents)
    accuracy, accuracy_bounds = _interval(right, _accuracy)
    macro, macro_bounds = _interval(by_document, _macro_f1)
    return {
        "tone_accuracy": accuracy,
        "tone_macro_f1": macro,
        "intervals": {"tone_accuracy": accuracy_bounds, "tone_macro_f1": macro_bounds},
        "tones": {
            name: _scores(sums[i]) | _f1_bounds(by_document[:, i : i + 1])
            for i, name in enumerate(TONE_NAMES)
        },
        "tone_confusion": {
            name: dict(zip(TONE_NAMES, map(int, row), strict=True))
            for name, row in zip(TONE_NAMES, confusion, strict=True)
        },
    }


def tone_figures(gold: Iterable[str], found: Iterable[str]) -> dict[str, float]:
    """Tone accuracy and macro F1 alone."""
    counts = tone_counts(gold, found)
    right, total = _right(counts).sum(axis=0)
    return {
        "tone_accuracy": float(right / total) if total else 0.0,
        "tone_macro_f1": float(_macro_f1(_of_tone(counts).sum(axis=0, keepdims=True))[0]),
    }


def _of_tone(confusions: np.ndarray) -> np.ndarray:
    """… × tone × (right, only found, only in gold) of confusions … × gold × found."""
    right = np.diagonal(confusions, axis1=-2, axis2=-1)
    return np.stack([right, confusions.sum(-2) - right, confusions.sum(-1) - right], axis=-1)


def _right(confusions: np.ndarray) -> np.ndarray:
    """… × (right, all) of confusions."""
    right = np.trace(confusions, axis1=-2, axis2=-1)
    return np.stack([right, confusions.sum((-2, -1))], axis=-1)


def _by_document(counts: np.ndarray, documents: Sequence[str]) -> np.ndarray:
    """Counts of statements → sums by document."""
    names, places = np.unique(np.asarray(documents), return_inverse=True)
    sums = np.zeros((len(names), *counts.shape[1:]), int)
    np.add.at(sums, places, counts)
    return sums


def _interval(by_document: np.ndarray, figure: Any) -> tuple[float, list[float]]:
    """The figure, and the bounds of its interval; the figure itself where there is no interval."""
    shape = by_document.shape[1:]
    found = figure_interval(
        by_document.reshape(len(by_document), -1), lambda rows: figure(rows.reshape(-1, *shape))
    )
    bounds = [found.low, found.high]
    return found.value, [found.value] * 2 if np.isnan(bounds).any() else bounds


def _f1_bounds(by_document: np.ndarray) -> dict[str, float]:
    _, (low, high) = _interval(by_document, _micro_f1)
    return {"f1_low": low, "f1_high": high}


def _scores(counts: np.ndarray) -> dict[str, Any]:
    right, only_found, only_gold = map(int, counts)
    return {
        "precision": right / (right + only_found) if right + only_found else 0.0,
        "recall": right / (right + only_gold) if right + only_gold else 0.0,
        "f1": float(_f1(counts)),
        "n": right + only_gold,
    }


def _f1(counts: np.ndarray) -> np.ndarray:
    """F1 of … × (right, only found, only in gold); 0 where nothing is found or wanted."""
    right, wrong = counts[..., 0], counts[..., 1] + counts[..., 2]
    total = 2 * right + wrong
    return np.divide(2 * right, total, out=np.zeros(total.shape), where=total > 0)


def _micro_f1(rows: np.ndarray) -> np.ndarray:
    return _f1(rows.sum(axis=1))


def _macro_f1(rows: np.ndarray) -> np.ndarray:
    """Mean F1 over the labels that occur in gold."""
    occurs = rows[..., 0] + rows[..., 2] > 0
    n = occurs.sum(axis=1)
    return np.divide((_f1(rows) * occurs).sum(axis=1), n, out=np.zeros(len(rows)), where=n > 0)


def _accuracy(rows: np.ndarray) -> np.ndarray:
    right, total = rows[:, 0], rows[:, 1]
    return np.divide(right, total, out=np.zeros(len(rows)), where=total > 0)
