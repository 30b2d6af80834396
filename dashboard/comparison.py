"""Two groups of statements side by side: what was kept, reworded, new and dropped; pure frames."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.summaries import Tables
from pipeline.alignment import CHANGES, one_to_one
from pipeline.intervals import mean_interval, share_differences, wilson_interval
from pipeline.phrases import log_odds

CLEAR_Z = 1.96  # beyond it a difference is one that chance gives in fewer than 5 cases of 100
COLUMNS = {"Speakers": "speaker", "Sides": "side"}
KINDS = ("Meetings", *COLUMNS, "Years")
SETS = (*CHANGES, "new", "dropped", "left", "right", "both")
_SPAN = re.compile(r"(\d{4})(?:[–-](\d{4}))?")


class Comparison(NamedTuple):
    """What is compared: by one of KINDS; left and right are names of that kind.

    A meeting is named by its label, years as 2005 or 2005–2010.
    """

    by: str
    left: str
    right: str

    @property
    def is_in_time(self) -> bool:
        """Whether left and right follow one another, so that something can be new or dropped."""
        return self.by not in COLUMNS


class Group(NamedTuple):
    """Some statements under a name, e.g. a meeting's; rows of the published table."""

    name: str
    statements: pd.DataFrame

    @property
    def ids(self) -> set[str]:
        return set(self.statements["statement_id"])


def span_name(span: tuple[int, int]) -> str:
    """Years from the first to the last, as a name: 2005–2010, or 2005."""
    return "–".join(map(str, dict.fromkeys(span)))


def groups_of(
    statements: pd.DataFrame, comparison: Comparison, *, tables: Tables
) -> tuple[Group, Group]:
    """The statements that stand left and right."""
    left, right = (
        Group(name, statements[_is_of(statements, name, comparison.by, tables)])
        for name in comparison[1:]
    )
    return left, right


def apart(left: Group, right: Group) -> tuple[Group, Group]:
    """The groups without the statements that stand in both, which are neither new nor dropped."""
    both = left.ids & right.ids
    one, other = (
        Group(group.name, group.statements[~group.statements["statement_id"].isin(both)])
        for group in (left, right)
    )
    return one, other


def problem_with(comparison: Comparison, change: str, *, tables: Tables) -> str:
    """Why an address's comparison cannot be made; empty when it can."""
    if change not in SETS:
        return f"{change} is no part of a comparison; {', '.join(SETS)} are."
    if comparison.by not in KINDS:
        return "The address does not say what is compared."
    known = {
        "Meetings": lambda name: name in set(tables["meetings"]["label"]),
        "Years": lambda name: bool(_SPAN.fullmatch(name)),
    }.get(comparison.by, lambda name: name in set(tables["statements"][COLUMNS[comparison.by]]))
    gone = [name for name in comparison[1:] if not known(name)]
    return f"{' and '.join(gone)}: not in this build, so nothing is compared." if gone else ""


def of_change(
    statements: pd.DataFrame, comparison: Comparison, change: str, *, tables: Tables
) -> pd.DataFrame:
    """The statements that are new, dropped, repeated, reworded, or a whole side or both."""
    left, right = groups_of(statements, comparison, tables=tables)
    if change in ("left", "right", "both"):
        ids = {"left": left.ids, "right": right.ids, "both": left.ids | right.ids}[change]
        return statements[statements["statement_id"].isin(ids)]
    left, right = apart(left, right)
    pairs = paired(left, right, tables["alignments"])
    if change in CHANGES:
        ids = {*pairs[["left_id", "right_id"]][pairs["change"] == change].to_numpy().ravel()}
    elif change == "new":
        ids = right.ids - set(pairs["right_id"])
    else:
        ids = left.ids - set(pairs["left_id"])
    return statements[statements["statement_id"].isin(ids)]


def change_in_words(comparison: Comparison, change: str) -> str:
    """What a set of a comparison is, for people."""
    left, right = comparison.left, comparison.right
    if change in ("left", "right"):
        return comparison[1:][change == "right"]
    if change == "both":
        return f"{left} or {right}"
    if change in CHANGES:
        return f"{change} between {left} and {right}"
    if comparison.is_in_time:
        return f"new in {right} against {left}" if change == "new" else (
            f"dropped from {left} to {right}"
        )  # fmt: skip
    one, other = (right, left) if change == "new" else (left, right)
    return f"of {one} without a like of {other}"


def theme_changes(
    left: Group, right: Group, themes: pd.DataFrame, *, theme_ids: Iterable[str]
) -> pd.DataFrame:
    """One row a theme spoken of in either group, the largest change of its share first.

    themes: statement_themes. Columns: theme_id, change with its interval change_low to change_high
    (over documents; Newcombe's where a group is one document), is_clear (zero lies outside), and
    for _left and _right: n, total, share, low, high, tone, tone_low, tone_high.
    """
    rows = pd.DataFrame({"theme_id": list(theme_ids)})
    for suffix, group in (("left", left), ("right", right)):
        rows = rows.merge(_measured(group, themes, rows["theme_id"]).add_suffix(f"_{suffix}"),
                          left_on="theme_id", right_index=True)  # fmt: skip
    rows = rows[(rows["n_left"] > 0) | (rows["n_right"] > 0)]
    one, other = (_by_document(group, themes, rows["theme_id"]) for group in (right, left))
    found = share_differences(*one, other_hits=other[0], other_totals=other[1])
    found = found.reindex(rows["theme_id"]).set_axis(rows.index)
    rows = rows.assign(
        change=rows["share_right"].fillna(0) - rows["share_left"].fillna(0),
        change_low=found["low"],
        change_high=found["high"],
        is_clear=found["is_clear"],
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
    """The wording that most sets the groups apart, z > 0 where it is the left one's.

    phrases: statement_phrases. Columns: phrase and those of log_odds. Of phrases within one another
    only the most distinctive stays.
    """
    n_left, n_right = (
        phrases[phrases["statement_id"].isin(group.ids)].groupby("phrase")["n"].sum()
        for group in (left, right)
    )
    scores = log_odds(n_left, n_right, phrases.groupby("phrase")["n"].sum())
    return most_distinctive(scores[scores[["n_left", "n_right"]].max(axis=1) > 1], n_each=n_each)


def most_distinctive(scores: pd.DataFrame, *, n_each: int) -> pd.DataFrame:
    """The strongest phrases of either end of log-odds, none within another; phrase as a column."""
    tops = (
        _without_parts(part, n=n_each)
        for part in (
            scores[scores["z"] > 0].sort_values("z", ascending=False, kind="stable"),
            scores[scores["z"] < 0].sort_values("z", kind="stable"),
        )
    )
    return pd.concat(tops).reset_index(names="phrase")


def _is_of(statements: pd.DataFrame, name: str, by: str, tables: Tables) -> pd.Series:
    if by == "Meetings":
        meetings = tables["meetings"]
        ids = meetings.loc[meetings["label"] == name, "meeting_id"]
        return statements["meeting_id"].isin(ids)
    if by == "Years":
        match = _SPAN.fullmatch(name)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        return statements["date"].dt.year.between(first, last)
    return statements[COLUMNS[by]] == name


def _by_document(
    group: Group, themes: pd.DataFrame, theme_ids: pd.Series
) -> tuple[pd.DataFrame, pd.Series]:
    """Statements on each theme (columns), and all statements, of each document of the group."""
    documents = group.statements.set_index("statement_id")["document_id"]
    own = themes[themes["statement_id"].isin(group.ids)]
    hits = pd.crosstab(own["statement_id"].map(documents), own["theme_id"])
    totals = group.statements.groupby("document_id").size()
    return hits.reindex(index=totals.index, columns=list(theme_ids), fill_value=0), totals


def _measured(group: Group, themes: pd.DataFrame, theme_ids: pd.Series) -> pd.DataFrame:
    documents = group.statements.set_index("statement_id")["document_id"]
    own = themes[themes["statement_id"].isin(group.ids)]
    tones = {
        theme_id: np.clip(
            mean_interval(part["tone"], documents=part["statement_id"].map(documents)), -1, 1
        )
        for theme_id, part in own.groupby("theme_id")
    }
    n = own.groupby("theme_id").size().reindex(theme_ids, fill_value=0)
    total = pd.Series(float(len(group.statements)), index=n.index)
    known = total.where(total > 0)
    low, high = wilson_interval(n, known)
    tone = pd.DataFrame(
        [tones.get(theme_id, [np.nan] * 3) for theme_id in n.index],
        columns=["tone", "tone_low", "tone_high"],
        index=n.index,
    )
    shares = {"n": n, "total": total.astype(int), "share": n / known, "low": low, "high": high}
    return pd.DataFrame(shares).join(tone)


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


def meetings_within(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The meetings in which the statements were made, in order of time; rows of the table."""
    meetings = tables["meetings"]
    own = meetings[meetings["meeting_id"].isin(statements["meeting_id"])]
    return own.sort_values(["date", "meeting_id"], ignore_index=True)


def one_before(label: str, meetings: pd.DataFrame) -> str:
    """The meeting before with the same counterpart, else the one before of any; empty if none.

    meetings: in order of time; label need not be among them.
    """
    place = meetings.index[meetings["label"] == label]
    if not len(place):
        return str(meetings["label"].iloc[-1]) if len(meetings) else ""
    earlier = meetings.iloc[: place[0]]
    same = earlier[earlier["counterpart"] == meetings["counterpart"][place[0]]]
    found = same if len(same) else earlier
    return str(found["label"].iloc[-1]) if len(found) else ""


def latest_pair(meetings: pd.DataFrame) -> tuple[str, str] | None:
    """Labels of the last meeting and the one before it; None where there are not two."""
    if len(meetings) < 2:
        return None
    latest = str(meetings["label"].iloc[-1])
    return one_before(latest, meetings), latest


def next_to(label: str, meetings: pd.DataFrame, *, by: int) -> str:
    """The meeting so many steps on with the same counterpart; empty beyond the last pair."""
    own = meetings.set_index("label")["counterpart"]
    if label not in own.index:
        return ""
    same = own.index[own == own[label]].tolist()
    place = same.index(label) + by
    return same[place] if 0 < place < len(same) else ""
