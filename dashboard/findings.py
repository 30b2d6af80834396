"""What changed between two groups, in sentences computed from the data, claim by claim."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

import pandas as pd

from dashboard import comparison as compared
from dashboard import counted
from dashboard.comparison import Comparison, Group
from dashboard.corpus import Rows
from dashboard.within import Within

_FEW_TO_SAY = 3  # statements a speaker needs on either side before a sentence is made of them
_N_SPEAKERS = 3
_EVERYONE = "All speakers together"
_N_NAMED = 4  # themes that a sentence names before it says how many more there are
_N_UNCLEAR = 1  # changes within chance that are named where none is clear
_UNCLEAR = {True: "no clear change", False: "no clear difference"}


class Part(NamedTuple):
    """Some words of a sentence; a claim among them names the statements that it rests on."""

    text: str
    within: Within | None = None


Finding = tuple[Part, ...]


def what_changed(
    left: Group,
    right: Group,
    comparison: Comparison,
    *,
    labels: pd.Series,
    theme_ids: Sequence[str],
) -> Iterator[Finding]:
    """The themes that gained and lost: of all together, and of those who spoke on both sides."""
    if not (left.statements and right.statements):
        return
    told = {"labels": labels, "theme_ids": theme_ids}
    sizes = pd.concat(
        [group.statements.counts("speaker") for group in (left, right)], axis=1
    ).fillna(0)
    of_speakers = _of_speakers(left, right, comparison, sizes=sizes, **told)
    first = [*islice(of_speakers, 1)]
    if len(sizes) > 1 or not first:  # of one speaker alone that would be said twice
        everyone = _EVERYONE if first else ""
        yield from _of_themes(left, right, comparison, **told, subject=everyone)
    yield from chain(first, of_speakers)


def tone_changed(left: Rows, right: Rows, comparison: Comparison) -> Iterator[Finding]:
    """The sides whose tone changed by more than chance would; left, right: statements."""
    for row in counted.tones_apart(right, left, by="side").itertuples():
        if min(row.n, row.n_2) >= _FEW_TO_SAY and row.is_clear:
            before, after = row.sum_2 / row.n_2, row.sum / row.n
            yield (
                Part(f"{row.Index} is "),
                Part(_turn(before, after), within(comparison, "both", who=str(row.Index))),
                Part(
                    f" in {comparison.right} than in {comparison.left}: mean tone "
                    f"{before:+.2f} → {after:+.2f}."
                ),
            )


def _turn(before: float, after: float) -> str:
    """Which way a tone went: approval that fades is no criticism yet."""
    if after > before:
        return "more approving" if after > 0 else "less critical"
    return "more critical" if after < 0 else "less approving"


def text_of(finding: Finding) -> str:
    """The sentence without its links."""
    return "".join(part.text for part in finding)


def within(comparison: Comparison, change: str, *, who: str = "", on: str = "") -> Within:
    """The set of a comparison as an address says it."""
    return Within(on=on, who=who, between="|".join(comparison), change=change)


def _of_speakers(
    left: Group,
    right: Group,
    comparison: Comparison,
    *,
    sizes: pd.DataFrame,
    labels: pd.Series,
    theme_ids: Sequence[str],
) -> Iterator[Finding]:
    both = sizes.min(axis=1)
    common = both[both >= _FEW_TO_SAY].sort_values(ascending=False, kind="stable")
    for speaker in map(str, common.index[:_N_SPEAKERS]):
        before, after = (group.where("speaker = ?", speaker) for group in (left, right))
        yield from _of_themes(
            before, after, comparison,
            labels=labels, theme_ids=theme_ids, who=speaker, subject=speaker,
        )  # fmt: skip


def _of_themes(
    left: Group,
    right: Group,
    comparison: Comparison,
    *,
    labels: pd.Series,
    theme_ids: Sequence[str],
    who: str = "",
    subject: str = "",
) -> Iterator[Finding]:
    """What became more and less, clear changes alone if there are any, and what came and went.

    who: whose statements the claims open; subject: of whom the sentence speaks, if not of the pair.
    """
    changes = compared.share_changes(left, right, theme_ids=theme_ids).assign(
        label=lambda rows: rows["theme_id"].map(labels)
    )
    if changes.empty:
        return
    link = partial(within, comparison, "both", who=who)
    kept = changes[(changes["n_left"] > 0) & (changes["n_right"] > 0)]
    pair = right.name if comparison.is_in_time else f"{left.name} and {right.name}"
    clauses = [_kept(kept, comparison, subject or pair, link)]
    heads = ("New", "Dropped") if comparison.is_in_time else (
        f"Only {comparison.right}", f"Only {comparison.left}"
    )  # fmt: skip
    for head, column, other in zip(
        heads, ("n_right", "n_left"), ("n_left", "n_right"), strict=True
    ):
        rows = changes[changes[other] == 0].sort_values(column, ascending=False, kind="stable")
        named = [
            Part(f"{label} ({n})", link(on=label))
            for label, n in rows[["label", column]].head(_N_NAMED).itertuples(index=False)
        ]
        more = [Part(f" and {len(rows) - len(named)} more")] * (len(rows) > len(named))
        if named:
            clauses.append((Part(f" {head}: "), *_listed(named), *more, Part(".")))
    yield tuple(part for clause in clauses for part in clause)


def _kept(
    rows: pd.DataFrame, comparison: Comparison, subject: str, link: Callable[..., Within]
) -> Finding:
    """What became of the themes that both have: the clear changes, or that none is clear."""
    clear = rows[rows["is_clear"]]
    shown = clear if len(clear) else rows.head(_N_UNCLEAR)
    steps = [
        Part(_step(row, comparison, is_clear=len(clear) > 0), link(on=row.label))
        for row in shown.itertuples()
    ]
    if rows.empty:
        return (Part(f"{subject}: no theme in common."),)
    if len(clear):
        verb = "spoke" if comparison.is_in_time else "differ on"
        return (Part(f"{subject} {verb} "), *_listed(steps), Part("."))
    head = f"{subject}: {_UNCLEAR[comparison.is_in_time]}; largest is "
    return (Part(head), *_listed(steps), Part("."))


def _listed(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts with commas between them."""
    for place, part in enumerate(parts):
        yield from [Part(", "), part] if place else [part]


def _step(row: Any, comparison: Comparison, *, is_clear: bool) -> str:
    counts = f"{row.n_left} of {row.total_left}", f"{row.n_right} of {row.total_right}"
    if not comparison.is_in_time:
        return f"{row.label} ({comparison.left} {counts[0]}, {comparison.right} {counts[1]})"
    word = ("more of " if row.change > 0 else "less of ") * is_clear
    return f"{word}{row.label} ({counts[0]} → {counts[1]})"
