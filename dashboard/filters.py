"""The filters that all pages share: drawn in the entrypoint, kept in the URL."""

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from dashboard import loading, notices
from dashboard.corpus import Corpus, Rows
from dashboard.highlights import plain

ROLE_LABELS = {
    "speech": "Spoken",
    "reported": "Reported",
    "question": "Question",
    "narration": "Narration",
    "joint": "Joint",
}


KEYS = ("theme", "side", "speaker", "years", "role")


class Selection(NamedTuple):
    """What the reader chose; an empty tuple means all; years are inclusive."""

    themes: tuple[str, ...]
    speakers: tuple[str, ...]
    sides: tuple[str, ...]
    years: tuple[int, int]
    roles: tuple[str, ...]


def draw(tables: Corpus) -> None:
    """The filters in the sidebar. Labels are the URL's values: a public contract."""
    speakers = tables["speakers"].sort_values(["n_statements", "speaker"], ascending=[False, True])
    held = tables.ask("SELECT DISTINCT role FROM meeting_counts")["role"]
    roles = [role for role in ROLE_LABELS if role in set(held)]
    with st.sidebar:
        _draw_choice("theme", "Themes", tables["themes"]["label"].tolist())
        _draw_choice("side", "Sides", sorted(tables["speakers"]["side"].unique()))
        _draw_choice("speaker", "Speakers", speakers["speaker"].tolist())
        _draw_years(tables)
        _draw_choice(
            "role", "Kinds of statement", [ROLE_LABELS[role] for role in roles],
            meaning="Spoken: word for word. Reported: in the words of a report or digest. "
            "Joint: said by both sides together.",
        )  # fmt: skip
        st.button(
            "Clear filters", on_click=clear, icon=":material/filter_alt_off:", type="tertiary"
        )


def clear() -> None:
    """Every filter back to its default; to be called in a callback.

    The defaults are set, not the keys dropped: a dropped key comes back from the URL.
    """
    for key in ("theme", "side", "speaker", "role"):
        st.session_state[key] = []
    if "years" in st.session_state:
        st.session_state["years"] = year_span(loading.tables())


def selected(tables: Corpus) -> Selection:
    """What the widgets hold now, as ids."""
    theme_ids = tables["themes"].set_index("label")["theme_id"]
    roles = {label: role for role, label in ROLE_LABELS.items()}
    state = st.session_state
    return Selection(
        themes=tuple(theme_ids[label] for label in state.get("theme", [])),
        speakers=tuple(state.get("speaker", [])),
        sides=tuple(state.get("side", [])),
        years=tuple(sorted(state.get("years") or year_span(tables))),  # a link may turn them round
        roles=tuple(roles[label] for label in state.get("role", [])),
    )


def apply(rows: Rows, selection: Selection) -> Rows:
    """The rows that fit, by everything but themes; needs speaker, side, role and date."""
    first, last = selection.years
    rows = rows.where("date BETWEEN make_date(?, 1, 1) AND make_date(?, 12, 31)", first, last)
    for column, wanted in (
        ("speaker", selection.speakers),
        ("side", selection.sides),
        ("role", selection.roles),
    ):
        if wanted:
            rows = rows.among(column, wanted)
    return rows


def on_themes(statements: Rows, selection: Selection) -> Rows:
    """The statements on one of the themes chosen; all of them where none is."""
    return about(statements, selection.themes) if selection.themes else statements


def about(statements: Rows, theme_ids: Iterable[str]) -> Rows:
    """The statements on one of the themes."""
    return statements.where(
        f"row_id IN (SELECT row_id FROM {theme_rows(statements.corpus)}"
        " WHERE theme_id IN (SELECT unnest(?::VARCHAR[])))",
        tuple(theme_ids),
    )


def theme_rows(tables: Corpus) -> str:
    """The table of the themes of the statements, by row_id: joined in a sixth of the time."""
    return tables.table(
        "theme_rows",
        "SELECT row_id, theme_id FROM statement_themes JOIN statements USING (statement_id)"
        " ORDER BY theme_id, row_id",
    )


def params() -> list[tuple[str, str]]:
    """The filters as the address now says them."""
    return [(key, value) for key in KEYS for value in st.query_params.get_all(key)]


def in_words(tables: Corpus, selection: Selection) -> str:
    """The filters that are on, for people; empty when none is."""
    labels = tables["themes"].set_index("theme_id")["label"]
    parts = [" or ".join(labels[theme_id] for theme_id in selection.themes)]
    parts += [" or ".join(selection.sides), " or ".join(selection.speakers)]
    if selection.years != year_span(tables):
        parts.append("–".join(map(str, dict.fromkeys(selection.years))))
    parts.append(" or ".join(ROLE_LABELS[role].lower() for role in selection.roles))
    return "; ".join(part for part in parts if part)


def draw_named(tables: Corpus) -> None:
    """The filters that are on, in a line, for where the sidebar is out of sight."""
    if on := in_words(tables, selected(tables)):
        st.caption(f"Filters: {plain(on)}")


def year_span(tables: Corpus) -> tuple[int, int]:
    """First and last year with a meeting."""
    span = tables.ask("SELECT year(min(date)) AS first, year(max(date)) AS last FROM meetings")
    return int(span["first"][0]), int(span["last"][0])


def _draw_choice(key: str, name: str, options: list[str], *, meaning: str | None = None) -> None:
    """One filter: several of the options, none meaning all."""
    notices.expect(
        key, options, notice=f"{name}: {{}} is not in this build, so it narrows nothing."
    )
    st.multiselect(
        name, options, key=key, bind="query-params", help=meaning,
        placeholder=f"All {name.lower().removesuffix(' of statement')}",
    )  # fmt: skip


def _draw_years(tables: Corpus) -> None:
    first, last = year_span(tables)
    notices.expect_span(
        "years", first, last,
        notice=f"Years: {{}} is no span within {first}–{last}; all years are shown.",
    )  # fmt: skip
    if first < last:
        st.slider(
            "Years", first, last, value=(first, last), key="years", bind="query-params", format="%d"
        )
