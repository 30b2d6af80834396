"""What changed between two groups, in sentences computed from the data; each names its set."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard import comparison as compared
from dashboard.comparison import CLEAR_Z, Comparison, Group
from dashboard.summaries import Tables
from dashboard.within import Within

_FEW_TO_SAY = 3  # statements a speaker needs on either side before a sentence is made of them
_N_SPEAKERS = 3
_N_NAMED = 4  # themes that a sentence names before it says how many more there are


class Finding(NamedTuple):
    """A sentence, and the statements that it opens."""

    text: str
    within: Within


def what_changed(
    left: Group, right: Group, comparison: Comparison, *, tables: Tables, theme_ids: Sequence[str]
) -> list[Finding]:
    """The themes that gained and lost, speaker by speaker where they spoke on both sides; tones."""
    if left.statements.empty or right.statements.empty:
        return []
    found = list(_of_speakers(left, right, comparison, tables=tables, theme_ids=theme_ids))
    if not found:
        found = list(_of_themes(left, right, comparison, tables=tables, theme_ids=theme_ids))
    return found + list(_of_tone(left, right, comparison))


def within(comparison: Comparison, change: str, *, who: str = "", on: str = "") -> Within:
    """The set of a comparison as an address says it."""
    return Within(on=on, who=who, between="|".join(comparison), change=change)


def _of_speakers(
    left: Group, right: Group, comparison: Comparison, *, tables: Tables, theme_ids: Sequence[str]
) -> Iterator[Finding]:
    sizes = [group.statements["speaker"].value_counts() for group in (left, right)]
    both = pd.concat(sizes, axis=1, keys=["left", "right"]).fillna(0).min(axis=1)
    common = both[both >= _FEW_TO_SAY].sort_values(ascending=False, kind="stable")
    for speaker in map(str, common.index[:_N_SPEAKERS]):
        before, after = (_only(group, "speaker", speaker) for group in (left, right))
        yield from _of_themes(
            before, after, comparison, tables=tables, theme_ids=theme_ids, who=speaker
        )


def _of_themes(
    left: Group,
    right: Group,
    comparison: Comparison,
    *,
    tables: Tables,
    theme_ids: Sequence[str],
    who: str = "",
) -> Iterator[Finding]:
    """More of one theme, less of another, and the themes that came and went."""
    labels = tables["themes"].set_index("theme_id")["label"]
    changes = compared.theme_changes(
        left, right, tables["statement_themes"], theme_ids=theme_ids
    ).assign(label=lambda rows: rows["theme_id"].map(labels))
    kept = changes[(changes["n_left"] > 0) & (changes["n_right"] > 0)]
    steps = [
        (word, rows.iloc[0])
        for word, rows in (("more", kept[kept["change"] > 0]), ("less", kept[kept["change"] < 0]))
        if len(rows)
    ]
    new = changes[changes["n_left"] == 0].sort_values("n_right", ascending=False, kind="stable")
    dropped = changes[changes["n_right"] == 0].sort_values("n_left", ascending=False, kind="stable")
    parts = [f"{word} of {_step(row)}" for word, row in steps]
    tails = _tails(new, dropped, comparison)
    if not parts and not tails:
        return
    subject = f"{who} spoke " if who and parts else f"{who or right.name}: "
    spoken = [" and ".join(parts)] if parts else []
    named = [*(row["label"] for _, row in steps), *new["label"], *dropped["label"]]
    yield Finding(
        f"{subject}{'; '.join([*spoken, *tails])}.",
        within(comparison, "both", who=who, on="|".join(named)),
    )


def _tails(new: pd.DataFrame, dropped: pd.DataFrame, comparison: Comparison) -> list[str]:
    heads = ("new", "dropped") if comparison.is_in_time else (
        f"only {comparison.right}", f"only {comparison.left}"
    )  # fmt: skip
    return [
        f"{head}: {_listed(rows, column)}"
        for head, rows, column in zip(heads, (new, dropped), ("n_right", "n_left"), strict=True)
        if len(rows)
    ]


def _listed(rows: pd.DataFrame, column: str) -> str:
    shown = rows.head(_N_NAMED)
    named = [f"{label} ({n})" for label, n in zip(shown["label"], shown[column], strict=True)]
    more = len(rows) - len(shown)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _of_tone(left: Group, right: Group, comparison: Comparison) -> Iterator[Finding]:
    """Sides whose tone changed by more than chance would."""
    for side in sorted(set(left.statements["side"]) & set(right.statements["side"])):
        tones = [
            _only(group, "side", side).statements["tone"].to_numpy() for group in (left, right)
        ]
        if min(map(len, tones)) < _FEW_TO_SAY:
            continue
        error = np.sqrt(sum(tone.var(ddof=1) / len(tone) for tone in tones))
        change = tones[1].mean() - tones[0].mean()
        if error and abs(change) / error > CLEAR_Z:
            word = "more approving" if change > 0 else "more critical"
            yield Finding(
                f"{side} is {word} in {right.name} than in {left.name}: "
                f"mean tone {tones[0].mean():+.2f} → {tones[1].mean():+.2f}.",
                within(comparison, "both", who=side),
            )


def _step(row: pd.Series) -> str:
    doubt = "" if row["is_clear"] else ", no clear change"
    return (
        f"{row['label']} ({row['n_left']} of {row['total_left']} → "
        f"{row['n_right']} of {row['total_right']}{doubt})"
    )


def _only(group: Group, column: str, value: str) -> Group:
    return Group(group.name, group.statements[group.statements[column] == value])
