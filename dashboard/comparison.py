"""Two groups of statements side by side: what was kept, reworded, new and dropped."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from dashboard import counted as counting
from dashboard import filters
from dashboard.corpus import Corpus, Rows
from dashboard.counted import Counted
from dashboard.filters import Selection
from dashboard.occurrences import all_phrases, phrase_counts
from pipeline.alignment import CHANGES, one_to_one
from pipeline.intervals import wilson_interval
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
    """Some statements under a name, e.g. a meeting's, and their counts."""

    name: str
    statements: Rows
    counted: Counted

    @classmethod
    def of(cls, name: str, tables: Corpus, selection: Selection) -> "Group":
        """All that fits the filters, but for themes."""
        statements = filters.apply(tables.statements, selection)
        return cls(name, statements, Counted.of(tables, selection))

    def where(self, condition: str, *values: Any, name: str = "") -> "Group":
        """Those of them that fit a condition on what statements and counts have in common."""
        return Group(
            name or self.name,
            self.statements.where(condition, *values),
            self.counted.where(condition, *values),
        )


def groups_of(whole: Group, comparison: Comparison, *, tables: Corpus) -> tuple[Group, Group]:
    """Those of the whole that stand left and right."""
    left, right = (
        whole.where(*_condition(name, comparison.by, tables), name=name) for name in comparison[1:]
    )
    return left, right


def in_both(statements: Rows, comparison: Comparison, *, tables: Corpus) -> Rows:
    """Those that stand left and right, which are neither new nor dropped."""
    for name in comparison[1:]:
        statements = statements.where(*_condition(name, comparison.by, tables))
    return statements


def apart(statements: Rows, comparison: Comparison, *, tables: Corpus) -> tuple[Rows, Rows]:
    """Those that stand left alone, and those that stand right alone."""
    left, right = (_condition(name, comparison.by, tables) for name in comparison[1:])
    return (
        statements.where(*left).where(f"NOT ({right[0]})", *right[1:]),
        statements.where(*right).where(f"NOT ({left[0]})", *left[1:]),
    )


def problem_with(comparison: Comparison, change: str, *, tables: Corpus) -> str:
    """Why an address's comparison cannot be made; empty when it can."""
    if change not in SETS:
        return f"{change} is no part of a comparison; {', '.join(SETS)} are."
    if comparison.by not in KINDS:
        return "The address does not say what is compared."
    known = {
        "Meetings": lambda name: name in set(tables["meetings"]["label"]),
        "Years": lambda name: bool(_SPAN.fullmatch(name)),
    }.get(comparison.by, lambda name: name in names_of(tables, COLUMNS[comparison.by]))
    gone = [name for name in comparison[1:] if not known(name)]
    return f"{' and '.join(gone)}: not in this build, so nothing is compared." if gone else ""


def names_of(tables: Corpus, column: str) -> list[str]:
    """All sides or speakers, those with the most statements first."""
    found = tables.ask(
        f"SELECT {column} AS name, sum(n_statements) AS n FROM meeting_counts GROUP BY ALL"
        " ORDER BY n DESC, name"
    )
    return found["name"].tolist()


def of_change(statements: Rows, comparison: Comparison, change: str, *, tables: Corpus) -> Rows:
    """The statements that are new, dropped, repeated, reworded, or a whole side or both."""
    left, right = (_condition(name, comparison.by, tables) for name in comparison[1:])
    if change in ("left", "right"):
        return statements.where(*(right if change == "right" else left))
    if change == "both":
        return statements.where(f"({left[0]}) OR ({right[0]})", *left[1:], *right[1:])
    before, after = apart(statements, comparison, tables=tables)
    pairs = paired(before, after)
    if change in CHANGES:
        ids = pairs.loc[pairs["change"] == change, ["left_id", "right_id"]]
        return statements.among("statement_id", ids.to_numpy().ravel())
    if change == "new":
        return after.outside("statement_id", pairs["right_id"])
    return before.outside("statement_id", pairs["left_id"])


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


def theme_changes(left: Group, right: Group, *, theme_ids: Iterable[str]) -> pd.DataFrame:
    """The columns of share_changes, and for _left and _right: tone, tone_low, tone_high."""
    rows = share_changes(left, right, theme_ids=theme_ids)
    for suffix, group in (("left", left), ("right", right)):
        tones = counting.theme_tones(group.counted).reindex(rows["theme_id"])
        named = tones.set_axis([f"{n}_{suffix}" for n in ("tone", "tone_low", "tone_high")], axis=1)
        place = rows.columns.get_loc(f"high_{suffix}") + 1
        parts = rows.iloc[:, :place], named.set_axis(rows.index), rows.iloc[:, place:]
        rows = pd.concat(parts, axis=1)
    return rows


def share_changes(left: Group, right: Group, *, theme_ids: Iterable[str]) -> pd.DataFrame:
    """One row a theme spoken of in either group, the largest change of its share first.

    Columns: theme_id, change with its interval change_low to change_high (over documents;
    Newcombe's where a group is one document), is_clear (zero lies outside), and for _left and
    _right: n, total, share, low, high.
    """
    found = counting.shares_apart(right.counted, left.counted, theme_ids=list(theme_ids))
    found = found[(found["sum"] > 0) | (found["sum_2"] > 0)]
    rows = found.reset_index()[["theme_id", "low", "high", "is_clear"]]
    rows = rows.rename(columns={"low": "change_low", "high": "change_high"})
    for suffix, n, total in (("left", "sum_2", "n_2"), ("right", "sum", "n")):
        rows = rows.join(_shares(found[n], found[total]).add_suffix(f"_{suffix}"))
    rows = rows.assign(change=rows["share_right"].fillna(0) - rows["share_left"].fillna(0))
    order = rows["change"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def paired(left: Rows, right: Rows) -> pd.DataFrame:
    """Statements of the two groups that make the same point, one to one.

    Pairs are of one side where the groups have a side in common. Columns: left_id, right_id,
    similarity, change (repeated or reworded).
    """
    is_common = set(left.counts("side").index) & set(right.counts("side").index)
    same_side = "AND one.side = other.side" if is_common else ""
    halves = (
        f"SELECT {earlier} AS left_id, {later} AS right_id, similarity, change FROM alignments"
        f" JOIN one ON one.statement_id = {earlier} JOIN other ON other.statement_id = {later}"
        f" {same_side}"
        for earlier, later in (
            ("alignments.earlier_id", "alignments.statement_id"),
            ("alignments.statement_id", "alignments.earlier_id"),
        )
    )
    sql = " UNION ".join(halves)
    return left.corpus.once(
        ("paired", left, right),
        lambda: _one_to_one(left.corpus.read(sql, one=left, other=right)),
    )


def distinctive(left: Rows, right: Rows, *, n_each: int = 10) -> pd.DataFrame:
    """The wording that most sets the groups apart, z > 0 where it is the left one's.

    Columns: phrase and those of log_odds. Of phrases within one another only the most distinctive
    stays.
    """

    def make() -> pd.DataFrame:
        scores = log_odds(phrase_counts(left), phrase_counts(right), all_phrases(left.corpus))
        is_twice = scores[["n_left", "n_right"]].max(axis=1) > 1
        return most_distinctive(scores[is_twice], n_each=n_each)

    return left.corpus.once(("distinctive", left, right, n_each), make)


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


def meetings_within(statements: Rows) -> pd.DataFrame:
    """The meetings in which the statements were made, in order of time; rows of the table."""
    return statements.ask(
        "SELECT meetings.* FROM meetings SEMI JOIN chosen USING (meeting_id)"
        " ORDER BY date, meeting_id"
    )


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


def _condition(name: str, by: str, tables: Corpus) -> tuple[Any, ...]:
    """What tells the statements of a name: SQL and the values in it."""
    if by == "Meetings":
        ids = tables.places.index[tables.places == name]
        return "meeting_id IN (SELECT unnest(?::VARCHAR[]))", tuple(ids)
    if by == "Years":
        match = _SPAN.fullmatch(name)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 1)
        return "year(date) BETWEEN ? AND ?", first, last
    return f"{COLUMNS[by]} = ?", name


def _shares(n: pd.Series, total: pd.Series) -> pd.DataFrame:
    """Shares of themes in a group, in the order of n; a fresh index."""
    known = total.where(total > 0)
    low, high = wilson_interval(n, known)
    shares = {
        "n": n.astype(int), "total": total.astype(int), "share": n / known, "low": low,
        "high": high,
    }  # fmt: skip
    return pd.DataFrame(shares).reset_index(drop=True)


def _one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """The best partner of each, of pairs with left_id and right_id."""
    renamed = pairs.rename(columns={"left_id": "earlier_id", "right_id": "statement_id"})
    return one_to_one(renamed.drop_duplicates(["earlier_id", "statement_id"])).rename(
        columns={"earlier_id": "left_id", "statement_id": "right_id"}
    )


def _without_parts(scores: pd.DataFrame, *, n: int) -> pd.DataFrame:
    kept: list[str] = []
    for phrase in scores.index:
        if len(kept) == n:
            break
        if not any(f" {phrase} " in f" {k} " or f" {k} " in f" {phrase} " for k in kept):
            kept.append(phrase)
    return scores.loc[kept]
