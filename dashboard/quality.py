"""How good the labels are: what was measured on the statements labelled by hand, as frames."""

import pandas as pd

TONES = ("negative", "neutral", "positive")
_N_EXAMPLES = 5
_READERS = {"": "Parley", "vader_": "VADER", "most_frequent_": "the commonest tone for all"}


def figure(quality: pd.DataFrame, measure: str) -> pd.Series:
    """value, low, high and n of a measure over all labels."""
    return quality[quality["measure"].eq(measure) & quality["label"].eq("all")].iloc[0]


def in_words(row: pd.Series) -> str:
    """0.84 (0.82–0.86)."""
    return f"{row['value']:.2f} ({row['low']:.2f}–{row['high']:.2f})"


def by_label(quality: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row a theme or tone: precision, recall, F1 with its interval, n. kind: theme or tone."""
    names = {f"{kind}_{name}": name for name in ("precision", "recall", "f1")}
    rows = quality[quality["measure"].isin(names) & quality["label"].ne("all")]
    wide = rows.pivot(index="label", columns="measure", values="value").rename(columns=names)
    f1 = rows[rows["measure"] == f"{kind}_f1"].set_index("label")
    wide = wide.assign(low=f1["low"], high=f1["high"], n=f1["n"])
    return wide[["precision", "recall", "f1", "low", "high", "n"]]


def confusion(quality: pd.DataFrame) -> pd.DataFrame:
    """Tone by hand (rows) against tone by the rules (columns): number of gold statements."""
    rows = quality[quality["measure"].isin([f"tone_{tone}_as" for tone in TONES])]
    wide = rows.pivot(index="measure", columns="label", values="value").astype(int)
    wide.index = [f"{measure.split('_')[1]} by hand" for measure in wide.index]
    return wide[list(TONES)]


def readers(quality: pd.DataFrame) -> pd.DataFrame:
    """Tone by the rules and by others on the same statements: reader, accuracy, macro_f1."""
    rows = [
        (name, figure(quality, f"{prefix}tone_accuracy")["value"],
         figure(quality, f"{prefix}tone_macro_f1")["value"])
        for prefix, name in _READERS.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["reader", "accuracy", "macro_f1"])


def careful_readers(quality: pd.DataFrame) -> str:
    """How far two careful readers agree on tone, in a sentence; empty where it was not measured."""
    rows = quality[quality["measure"] == "readers_tone_agreement"]
    parts = [f"{r.value:.0%} of {r.n} {r.label}" for r in rows.itertuples()]
    return f"Two careful readers agree on {' and '.join(parts)}." if parts else ""


def matching(quality: pd.DataFrame) -> str:
    """How far matched statements are to be trusted, in words."""
    rows = quality[quality["label"] == "all"].set_index("measure")["value"]
    figures = ""
    if {"pair_precision", "pair_recall"} <= {*rows.index}:
        figures = (
            f" Of pairs judged by hand {rows['pair_precision']:.0%} of the matches are right, and "
            f"{rows['pair_recall']:.0%} of those that say the same are found."
        )
    return (
        f"Statements are matched by their words.{figures} What has no match may still say the "
        "same in other words."
    )


def examples(misjudged: pd.DataFrame) -> pd.DataFrame:
    """Five statements on which rules and hand differ, spread over all of themes and of tone."""
    ordered = misjudged.sort_values("aspect", kind="stable")
    step = max(len(ordered) // _N_EXAMPLES, 1)
    return ordered.iloc[step // 2 :: step].head(_N_EXAMPLES)
