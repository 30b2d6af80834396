"""Two groups of statements side by side: what was kept, reworded, new and dropped; pure frames."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.summaries import Tables, mean_interval
from pipeline.alignment import one_to_one
from pipeline.intervals import wilson_interval
from pipeline.phrases import log_odds

CLEAR_Z = 1.96  # beyond it a difference is one that chance gives in fewer than 5 cases of 100
_FEW_TO_SAY = 3  # statements a speaker needs on either side before a sentence is made of them
_N_SPEAKERS = 3


class Group(NamedTuple):
    """Some statements under a name, e.g. a meeting's; rows of the published table."""

    name: str
    statements: pd.DataFrame

    @property
    def ids(self) -> set[str]:
        return set(self.statements["statement_id"])


class Finding(NamedTuple):
    """A sentence computed from the data, and the statements behind it."""

    text: str
    statement_ids: tuple[str, ...]


def theme_changes(
    left: Group, right: Group, themes: pd.DataFrame, *, theme_ids: Iterable[str]
) -> pd.DataFrame:
    """One row a theme spoken of in either group, the largest change of its share first.

    themes: statement_themes. Columns: theme_id, change, is_clear (the intervals do not meet), and
    for _left and _right: n, total, share, low, high, tone, tone_low, tone_high.
    """
    rows = pd.DataFrame({"theme_id": list(theme_ids)})
    for suffix, group in (("left", left), ("right", right)):
        rows = rows.merge(_measured(group, themes, rows["theme_id"]).add_suffix(f"_{suffix}"),
                          left_on="theme_id", right_index=True)  # fmt: skip
    rows = rows[(rows["n_left"] > 0) | (rows["n_right"] > 0)]
    rows = rows.assign(
        change=rows["share_right"].fillna(0) - rows["share_left"].fillna(0),
        is_clear=(rows["low_right"] > rows["high_left"]) | (rows["high_right"] < rows["low_left"]),
    )
    order = rows["change"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def paired(left: Group, right: Group, alignments: pd.DataFrame) -> pd.DataFrame:
    """Statements of the two groups that make the same point, one to one.

    Pairs are of one side where the groups have a side in common. Columns: left_id, right_id,
    similarity, change (repeated or reworded).
    """
    pairs = pd.concat(
        _candidates(left, right, alignments, columns)
        for columns in (("earlier_id", "statement_id"), ("statement_id", "earlier_id"))
    )
    sides = [group.statements.set_index("statement_id")["side"] for group in (left, right)]
    if set(sides[0]) & set(sides[1]):
        pairs = pairs[
            pairs["left_id"].map(sides[0]).to_numpy() == pairs["right_id"].map(sides[1]).to_numpy()
        ]
    renamed = pairs.rename(columns={"left_id": "earlier_id", "right_id": "statement_id"})
    return one_to_one(renamed.drop_duplicates(["earlier_id", "statement_id"])).rename(
        columns={"earlier_id": "left_id", "statement_id": "right_id"}
    )


def unpaired(group: Group, paired_ids: Iterable[str]) -> pd.DataFrame:
    """The statements of a group that have no partner: new on the right, dropped on the left."""
    return group.statements[~group.statements["statement_id"].isin(set(paired_ids))]


def distinctive(
    left: Group, right: Group, phrases: pd.DataFrame, *, n_each: int = 10
) -> pd.DataFrame:
    """The wording that most sets the groups apart: phrase, n_left, n_right, z (> 0: left).

    phrases: statement_phrases. Of phrases within one another only the most distinctive stays.
    """
    n_left, n_right = (
        phrases[phrases["statement_id"].isin(group.ids)].groupby("phrase")["n"].sum()
        for group in (left, right)
    )
    scores = log_odds(n_left, n_right, phrases.groupby("phrase")["n"].sum())
    scores = scores[scores[["n_left", "n_right"]].max(axis=1) > 1]
    tops = (
        _without_parts(part, n=n_each)
        for part in (
            scores[scores["z"] > 0].sort_values("z", ascending=False, kind="stable"),
            scores[scores["z"] < 0].sort_values("z", kind="stable"),
        )
    )
    return pd.concat(tops).reset_index(names="phrase")


def findings(
    left: Group, right: Group, tables: Tables, *, pairs: pd.DataFrame, theme_ids: Sequence[str]
) -> list[Finding]:
    """What changed from left to right, most general first."""
    if left.statements.empty or right.statements.empty:
        return []
    found = [_overall(left, right, pairs)]
    found += _of_speakers(left, right, tables, theme_ids=theme_ids)
    if len(found) == 1:
        changes = theme_changes(left, right, tables["statement_themes"], theme_ids=theme_ids)
        found += _of_themes(changes, left, right, tables, who="")
    found += _of_tone(left, right)
    return found


def _measured(group: Group, themes: pd.DataFrame, theme_ids: pd.Series) -> pd.DataFrame:
    own = themes[themes["statement_id"].isin(group.ids)]
    sums = own.assign(sq=own["tone"] ** 2).groupby("theme_id").agg(
        n=("statement_id", "size"), tone_sum=("tone", "sum"), tone_sq=("sq", "sum")
    )  # fmt: skip
    sums = sums.reindex(theme_ids, fill_value=0)
    total = pd.Series(float(len(group.statements)), index=sums.index)
    known = total.where(total > 0)
    low, high = wilson_interval(sums["n"], known)
    tone, tone_low, tone_high = mean_interval(sums["n"], sums["tone_sum"], sums["tone_sq"])
    return pd.DataFrame(
        {
            "n": sums["n"].astype(int),
            "total": total.astype(int),
            "share": sums["n"] / known,
            "low": low,
            "high": high,
            "tone": tone,
            "tone_low": tone_low,
            "tone_high": tone_high,
        }
    )


def _candidates(
    left: Group, right: Group, alignments: pd.DataFrame, columns: tuple[str, str]
) -> pd.DataFrame:
    within = alignments[columns[0]].isin(left.ids) & alignments[columns[1]].isin(right.ids)
    renamed = alignments[within].rename(
        columns=dict(zip(columns, ("left_id", "right_id"), strict=True))
    )
    return renamed[["left_id", "right_id", "similarity", "change"]]


def _without_parts(scores: pd.DataFrame, *, n: int) -> pd.DataFrame:
    kept: list[str] = []
    for phrase in scores.index:
        if len(kept) == n:
            break
        if not any(f" {phrase} " in f" {k} " or f" {k} " in f" {phrase} " for k in kept):
            kept.append(phrase)
    return scores.loc[kept]


def _overall(left: Group, right: Group, pairs: pd.DataFrame) -> Finding:
    new = unpaired(right, pairs["right_id"])
    dropped = unpaired(left, pairs["left_id"])
    counts = pairs["change"].value_counts()
    text = (
        f"Of {_counted(len(right.statements))} in {right.name}, {counts.get('repeated', 0)} "
        f"repeated, {counts.get('reworded', 0)} reworded, {len(new)} new; of "
        f"{_counted(len(left.statements))} in {left.name}, {len(dropped)} dropped."
    )
    return Finding(text, (*new["statement_id"], *dropped["statement_id"]))


def _of_speakers(
    left: Group, right: Group, tables: Tables, *, theme_ids: Sequence[str]
) -> Iterator[Finding]:
    sizes = [group.statements["speaker"].value_counts() for group in (left, right)]
    both = pd.concat(sizes, axis=1, keys=["left", "right"]).fillna(0).min(axis=1)
    common = both[both >= _FEW_TO_SAY].sort_values(ascending=False, kind="stable")
    for speaker in common.index[:_N_SPEAKERS]:
        before, after = (_only(group, "speaker", str(speaker)) for group in (left, right))
        changes = theme_changes(before, after, tables["statement_themes"], theme_ids=theme_ids)
        yield from _of_themes(changes, before, after, tables, who=str(speaker))


def _of_themes(
    changes: pd.DataFrame, left: Group, right: Group, tables: Tables, *, who: str
) -> Iterator[Finding]:
    """More of one theme, less of another, and the themes that came and went."""
    labels = tables["themes"].set_index("theme_id")["label"]
    new, dropped = changes[changes["n_left"] == 0], changes[changes["n_right"] == 0]
    parts, named = [], []
    for word, rows in (
        ("more", changes[changes["change"] > 0]),
        ("less", changes[changes["change"] < 0]),
    ):
        rows = rows[(rows["n_left"] > 0) & (rows["n_right"] > 0)]
        if len(rows):
            parts.append(f"{word} of {_step(rows.iloc[0], labels)}")
            named.append(rows.iloc[0]["theme_id"])
    tail = [
        f"{word}: {', '.join(labels[rows['theme_id']])}"
        for word, rows in (("new", new), ("dropped", dropped))
        if len(rows)
    ]
    if not parts and not tail:
        return
    head = f"{who} spoke {' and '.join(parts)}" if parts else who
    if not who:
        head = f"{right.name}, against {left.name}: {' and '.join(parts)}"
    wanted = {*named, *new["theme_id"], *dropped["theme_id"]}
    yield Finding("; ".join(filter(None, [head.strip(" ,:"), *tail])) + ".",
                  _about(wanted, left, right, tables))  # fmt: skip


def _of_tone(left: Group, right: Group) -> Iterator[Finding]:
    """Sides whose tone changed by more than chance would."""
    for side in sorted(set(left.statements["side"]) & set(right.statements["side"])):
        parts = [_only(group, "side", side) for group in (left, right)]
        tones = [part.statements["tone"].to_numpy() for part in parts]
        if min(map(len, tones)) < _FEW_TO_SAY:
            continue
        error = np.sqrt(sum(tone.var(ddof=1) / len(tone) for tone in tones))
        change = tones[1].mean() - tones[0].mean()
        if error and abs(change) / error > CLEAR_Z:
            word = "rose" if change > 0 else "fell"
            ids = (key for part in parts for key in part.statements["statement_id"])
            yield Finding(
                f"{side}: tone {word} from {tones[0].mean():+.2f} to {tones[1].mean():+.2f}.",
                tuple(ids),
            )


def _step(row: pd.Series, labels: pd.Series) -> str:
    doubt = "" if row["is_clear"] else ", within chance"
    return (
        f"{labels[row['theme_id']]} ({row['n_left']} of {row['total_left']} → "
        f"{row['n_right']} of {row['total_right']}{doubt})"
    )


def _about(theme_ids: set[str], left: Group, right: Group, tables: Tables) -> tuple[str, ...]:
    themes = tables["statement_themes"]
    ids = set(themes[themes["theme_id"].isin(theme_ids)]["statement_id"])
    return tuple(
        key for group in (left, right) for key in group.statements["statement_id"] if key in ids
    )


def _only(group: Group, column: str, value: str) -> Group:
    return Group(group.name, group.statements[group.statements[column] == value])


def _counted(n: int) -> str:
    return f"{n:,} statement" if n == 1 else f"{n:,} statements"
