"""Corrections by hand laid over what documents and rules say; frames in, frames out."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from pipeline.corrections import FIELDS, Correction, Corrections
from pipeline.speakers import Speakers
from pipeline.statements import Statement
from pipeline.tables import frame_of


def corrected_speakers(
    statements: Iterable[Statement], corrections: Corrections, *, speakers: Speakers
) -> tuple[Statement, ...]:
    """The statements with speaker and side set right; their ids stay."""
    named = {
        key[0]: row.value for key, row in corrections.in_force().items() if key[1] == "speaker"
    }
    return tuple(
        statement._replace(speaker=speaker.name, side=speaker.side)
        if (speaker := speakers.find(named.get(statement.statement_id, "")))
        else statement
        for statement in statements
    )


def corrected_labels(
    frames: Mapping[str, pd.DataFrame],
    corrections: Corrections,
    *,
    plain_tones: Mapping[str, float],
) -> dict[str, pd.DataFrame]:
    """tones, statement_themes and theme_matches with themes and tone set right.

    plain_tones: the number that stands for a label where what was measured has another label.
    """
    by_field: dict[str, dict[str, Correction]] = {field: {} for field in FIELDS}
    for (statement_id, field), row in corrections.in_force().items():
        by_field[field][statement_id] = row
    tones = _with_tones(frames["tones"], by_field["tone"], plain_tones=plain_tones)
    wanted = {key: set(row.theme_ids) for key, row in by_field["themes"].items()}
    themes = _with_themes(frames["statement_themes"], wanted, tones=tones)
    of_whole = themes["statement_id"].map(tones.set_index("statement_id")["tone"])
    is_set = themes["statement_id"].isin(by_field["tone"])
    return {
        "tones": tones,
        "statement_themes": themes.assign(tone=themes["tone"].where(~is_set, of_whole)),
        "theme_matches": _within(frames["theme_matches"], wanted),
    }


def measured_values(
    statements: Iterable[Statement], frames: Mapping[str, pd.DataFrame], corrections: Corrections
) -> dict[tuple[str, str], str]:
    """What documents and rules say of the fields that are corrected, by statement and field."""
    wanted = {row.statement_id for row in corrections.rows}
    themes = frames["statement_themes"]
    own = themes[themes["statement_id"].isin(wanted)].groupby("statement_id")["theme_id"]
    theme_ids = own.agg(lambda ids: "|".join(sorted(ids))).to_dict()
    tones = frames["tones"].set_index("statement_id")["tone_label"]
    return {
        (statement.statement_id, field): value
        for statement in statements
        if statement.statement_id in wanted
        for field, value in (
            ("speaker", statement.speaker),
            ("themes", theme_ids.get(statement.statement_id, "")),
            ("tone", str(tones.get(statement.statement_id, ""))),
        )
    }


def correction_frame(
    corrections: Corrections, measured: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """The corrections in force on statements that exist, as the published table."""
    return frame_of(
        ((*row, measured[key]) for key, row in corrections.in_force().items() if key in measured),
        name="corrections",
    )


def _with_tones(
    tones: pd.DataFrame, rows: Mapping[str, Correction], *, plain_tones: Mapping[str, float]
) -> pd.DataFrame:
    label = tones["statement_id"].map(lambda key: rows[key].value if key in rows else "")
    is_new = label.ne("") & label.ne(tones["tone_label"])
    return tones.assign(
        tone=tones["tone"].where(~is_new, label.map(plain_tones)),
        tone_label=tones["tone_label"].where(~is_new, label),
    )


def _with_themes(
    themes: pd.DataFrame, wanted: Mapping[str, set[str]], *, tones: pd.DataFrame
) -> pd.DataFrame:
    kept = _within(themes, wanted)
    have = set(zip(kept["statement_id"], kept["theme_id"], strict=True))
    tone = tones.set_index("statement_id")["tone"]
    added = pd.DataFrame(
        [
            (key, theme_id, 1.0, tone[key])
            for key, theme_ids in wanted.items()
            if key in tone.index
            for theme_id in sorted(theme_ids)
            if (key, theme_id) not in have
        ],
        columns=["statement_id", "theme_id", "weight", "tone"],
    )
    if added.empty:
        return kept
    order = {key: place for place, key in enumerate(tones["statement_id"])}
    rows = pd.concat([kept, added], ignore_index=True).sort_values("theme_id", kind="stable")
    return rows.sort_values(
        "statement_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
    )


def _within(rows: pd.DataFrame, wanted: Mapping[str, set[str]]) -> pd.DataFrame:
    """Without the rows of corrected statements whose theme is not wanted."""
    fits = [
        key not in wanted or theme_id in wanted[key]
        for key, theme_id in zip(rows["statement_id"], rows["theme_id"], strict=True)
    ]
    return rows[np.array(fits, dtype=bool)].reset_index(drop=True)
