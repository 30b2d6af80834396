"""Agreement of themes and tone with statements labelled by hand."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline import baselines
from pipeline.agreement import (
    theme_agreement,
    theme_counts,
    tone_agreement,
    tone_counts,
    tone_figures,
)
from pipeline.alignment import SAME_POINT, Comparer, change_of
from pipeline.gold import contexts, read_gold_folder
from pipeline.labelling import Labeller
from pipeline.tables import frame_of

MEASURES = ("theme_micro_f1", "theme_macro_f1", "tone_accuracy", "tone_macro_f1")
PAIR_MEASURES = ("pair_precision", "pair_recall", "pair_f1", "change_accuracy")


def evaluate(
    gold: pd.DataFrame, *, labeller: Labeller, others: Iterable[str] = tuple(baselines.READERS)
) -> dict[str, Any]:
    """Precision, recall, F1, n per theme; micro and macro F1; tone accuracy, macro F1, confusion.

    Macro means run over the themes and tones that occur in the gold statements. `intervals` and
    f1_low, f1_high are 95 % by bootstrap over documents, or over statements where the file names
    no documents. `baselines` has the tone figures of `others` and of the commonest tone. The themes
    must be the labeller's.
    """
    known = labeller.theme_ids
    documents = contexts(gold["document"])
    labels = list(labeller.label(gold["text"], documents=documents))
    found = [{theme.theme_id for theme in one.themes} for one in labels]
    themes = theme_agreement(
        theme_counts(gold, found, theme_ids=known), theme_ids=known, documents=documents
    )
    tones = tone_agreement(
        tone_counts(gold["tone"], [one.tone_label for one in labels]), documents=documents
    )
    return {
        "n": len(gold),
        **themes,
        **tones,
        "intervals": themes["intervals"] | tones["intervals"],
        "baselines": _baselines(gold, others=others),
    }


def _baselines(gold: pd.DataFrame, *, others: Iterable[str]) -> dict[str, dict[str, float]]:
    """Tone figures of the commonest tone and of each other reader named."""
    found = {"most_frequent": baselines.most_frequent(gold["tone"].tolist())}
    found |= {name: baselines.READERS[name](gold["text"]) for name in others}
    return {name: tone_figures(gold["tone"], labels) for name, labels in found.items()}


def evaluate_pairs(pairs: pd.DataFrame) -> dict[str, Any]:
    """How well pairs that make the same point are told from others, and how they are classed.

    change_accuracy: part of the pairs found rightly whose class, repeated or reworded, is right.
    """
    texts = sorted({*pairs["earlier"], *pairs["later"]})
    place = {text: i for i, text in enumerate(texts)}
    before, after = (pairs[name].map(place).to_numpy() for name in ("earlier", "later"))
    is_found = Comparer(texts).similarities(texts, before, after) >= SAME_POINT
    is_pair = (pairs["change"] != "different").to_numpy()
    right = pairs[is_found & is_pair]
    given = [change_of(*both) for both in zip(right["earlier"], right["later"], strict=True)]
    scores = _scores(len(right), int((is_found & ~is_pair).sum()), int((~is_found & is_pair).sum()))
    return {
        "n_pairs": len(pairs),
        **{f"pair_{name}": scores[name] for name in ("precision", "recall", "f1")},
        "change_accuracy": float(np.mean(right["change"].to_numpy() == given)) if given else 0.0,
    }


def evaluate_folder(
    gold: Path, *, labeller: Labeller, others: Iterable[str] = ("vader",)
) -> dict[str, Any]:
    """All figures that the gold folder allows. Raises InputError with all mistakes in its files."""
    files = read_gold_folder(gold, theme_ids=labeller.theme_ids)
    statements = files["statements"]
    result = evaluate(statements, labeller=labeller, others=others)
    if "held_aside" in files:
        is_held = statements["document"].isin(files["held_aside"]["document"])
        for name, part in (("held_aside", is_held), ("worked_on", ~is_held)):
            result[name] = _totals(statements[part], labeller=labeller)
    for name in ("genres", "more", "unread"):
        if name in files:
            result[name] = _totals(files[name], labeller=labeller)
    if "readers" in files:
        result["readers"] = files["readers"].to_dict("records")
    if "pairs" in files:
        result |= evaluate_pairs(files["pairs"])
    return result


def _totals(gold: pd.DataFrame, *, labeller: Labeller) -> dict[str, Any]:
    """The four measures alone, with their intervals."""
    found = evaluate(gold, labeller=labeller, others=())
    return {key: found[key] for key in ("n", *MEASURES, "intervals")}


def quality_frame(result: Mapping[str, Any]) -> pd.DataFrame:
    """The measured figures as the published table `quality`."""
    rows = [(name, "all", result[name], *_bounds(result, name), result["n"]) for name in MEASURES]
    rows += [
        (name, "all", *[result[name]] * 3, result["n_pairs"])
        for name in PAIR_MEASURES
        if name in result
    ]
    rows += [
        (f"{name}_{measure}", "all", *[value] * 3, result["n"])
        for name, figures in result["baselines"].items()
        for measure, value in figures.items()
    ]
    rows += [
        (
            f"{part}_{name}",
            "all",
            result[part][name],
            *_bounds(result[part], name),
            result[part]["n"],
        )
        for part in ("held_aside", "unread")
        if part in result
        for name in MEASURES
    ]
    rows += [
        (f"{group}_{measure}", label, row[measure], *_label_bounds(row, measure), row["n"])
        for group, labels in (("theme", result["themes"]), ("tone", result["tones"]))
        for label, row in labels.items()
        for measure in ("precision", "recall", "f1")
    ]
    rows += [
        (f"tone_{wanted}_as", given, *[float(n)] * 3, sum(row.values()))
        for wanted, row in result["tone_confusion"].items()
        for given, n in row.items()
    ]
    rows += [
        (
            "readers_tone_agreement",
            row["sample"],
            *[float(row["tone_agreement"])] * 3,
            int(row["n"]),
        )
        for row in result.get("readers", ())
    ]
    return frame_of(rows, name="quality")


def misjudged(gold: pd.DataFrame, *, labeller: Labeller) -> pd.DataFrame:
    """The statements on which rules and hand differ, as the published table, in the gold's order.

    A row a statement and aspect: themes (ids with | between them) or tone.
    """
    labels = labeller.label(gold["text"], documents=contexts(gold["document"]))
    rows = []
    for row, found in zip(gold.itertuples(), labels, strict=True):
        themes = {theme.theme_id for theme in found.themes}
        if (themes ^ row.themes) - row.themes_optional:
            both = ("|".join(sorted(ids)) for ids in (row.themes, themes))
            rows.append((row.text, "themes", *both))
        if row.tone and row.tone != found.tone_label:
            rows.append((row.text, "tone", row.tone, found.tone_label))
    return frame_of(dict.fromkeys(rows), name="misjudged")


def _bounds(result: Mapping[str, Any], name: str) -> list[float]:
    return result["intervals"].get(name, [result[name]] * 2)


def _label_bounds(row: Mapping[str, Any], measure: str) -> list[float]:
    """Of F1 its interval; of the other figures, which have none, the figure itself."""
    return [row["f1_low"], row["f1_high"]] if measure == "f1" else [row[measure]] * 2


def _scores(n_right: int, n_only_found: int, n_only_gold: int) -> dict[str, Any]:
    n_found, n_gold = n_right + n_only_found, n_right + n_only_gold
    return {
        "precision": n_right / n_found if n_found else 0.0,
        "recall": n_right / n_gold if n_gold else 0.0,
        "f1": 2 * n_right / (n_found + n_gold) if n_found + n_gold else 0.0,
        "n": n_gold,
    }
