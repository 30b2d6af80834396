"""Which statements a mark or a sentence opens, said in the address by how the set was made.

A set of statements is described, not listed, wherever it can be: such links stay short, are
readable and mean the same after a refresh. Pure: no Streamlit here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from dashboard import comparison
from dashboard.comparison import Comparison
from dashboard.summaries import Tables
from pipeline.phrases import holds


class Within(NamedTuple):
    """What narrows the statements; empty fields do not. The field names stand in the address."""

    on: str = ""  # the label of a theme; several with | between them
    who: str = ""  # a side or a speaker; several with | between them
    meeting: str = ""  # meeting_id
    year: str = ""
    kind: str = ""  # of document: transcript, report, readout, speech, digest
    holds: str = ""  # a word or phrase
    between: str = ""  # a comparison: what by, left and right, as in Sides|Russia|Japan
    change: str = ""  # of that comparison: new, dropped, repeated, reworded, left, right or both
    ids: str = ""  # statement ids with commas between them, for sets that have no other description

    @classmethod
    def of(cls, params: Mapping[str, str]) -> "Within":
        """What an address says."""
        return cls(**{name: params[name] for name in cls._fields if params.get(name)})

    def params(self) -> dict[str, str]:
        """What an address has to say."""
        return {name: value for name, value in self._asdict().items() if value}


def narrowed(rows: pd.DataFrame, within: Within, *, tables: Tables) -> pd.DataFrame:
    """The statements that are within; what the build does not know narrows nothing."""
    unknown = set(dict(_unknown(within, tables)))
    for name, fits in _FITS.items():
        if (value := getattr(within, name)) and name not in unknown:
            rows = rows[fits(rows, value, tables)]
    if within.change and "change" not in unknown:
        rows = comparison.of_change(rows, _comparison(within), within.change, tables=tables)
    return rows


def in_words(within: Within, *, tables: Tables) -> str:
    """What the statements are narrowed to; empty when nothing does."""
    unknown = set(dict(_unknown(within, tables)))
    parts = [
        words(getattr(within, name), tables)
        for name, words in _WORDS.items()
        if getattr(within, name) and name not in unknown
    ]
    if within.change and "change" not in unknown:
        parts.append(comparison.change_in_words(_comparison(within), within.change))
    return ", ".join(parts)


def notices(within: Within, *, tables: Tables) -> list[str]:
    """What the address names and the build does not hold."""
    return [notice for _, notice in _unknown(within, tables)]


def _comparison(within: Within) -> Comparison:
    return Comparison(*[*within.between.split("|"), "", "", ""][:3])


def _about(rows: pd.DataFrame, labels: str, tables: Tables) -> pd.Series:
    wanted = tables["themes"].set_index("label")["theme_id"].reindex(labels.split("|"))
    themes = tables["statement_themes"]
    return rows["statement_id"].isin(themes[themes["theme_id"].isin(wanted)]["statement_id"])


def _by(rows: pd.DataFrame, names: str, tables: Tables) -> pd.Series:
    return rows["side"].isin(names.split("|")) | rows["speaker"].isin(names.split("|"))


def _documents_of(kind: str, tables: Tables) -> pd.Series:
    documents = tables["documents"]
    return documents.loc[documents["kind"] == kind, "document_id"]


def _split(ids: str) -> list[str]:
    return list(dict.fromkeys(filter(None, ids.split(","))))


_FITS: dict[str, Callable[[pd.DataFrame, str, Tables], pd.Series]] = {
    "on": _about,
    "who": _by,
    "meeting": lambda rows, meeting_id, _: rows["meeting_id"] == meeting_id,
    "year": lambda rows, year, _: rows["date"].dt.year == int(year),
    "kind": lambda rows, kind, tables: rows["document_id"].isin(_documents_of(kind, tables)),
    "holds": lambda rows, phrase, _: holds(rows["text"], phrase),
    "ids": lambda rows, ids, _: rows["statement_id"].isin(_split(ids)),
}
_WORDS: dict[str, Callable[[str, Tables], str]] = {
    "ids": lambda ids, _: f"a selection of {len(_split(ids))}",
    "who": lambda names, _: names.replace("|", " or "),
    "on": lambda labels, _: f"on {labels.replace('|', ' or ')}",
    "holds": lambda phrase, _: f"with “{phrase}”",
    "meeting": lambda meeting_id, tables: _meeting_labels(tables)[meeting_id],
    "year": lambda year, _: year,
    "kind": lambda kind, _: f"in documents of the kind {kind}",
}


def _unknown(within: Within, tables: Tables) -> Iterator[tuple[str, str]]:
    statements = tables["statements"]
    if gone := set(filter(None, within.on.split("|"))) - set(tables["themes"]["label"]):
        named = ", ".join(sorted(gone))
        yield "on", f"The theme {named} is not in this build; statements on any theme are shown."
    names = {*statements["side"], *statements["speaker"]}
    if gone := set(filter(None, within.who.split("|"))) - names:
        yield "who", f"Nobody is called {' or '.join(sorted(gone))} in this build."
    if within.meeting and within.meeting not in _meeting_labels(tables).index:
        yield "meeting", f"The meeting {within.meeting} is not in this build."
    if within.year and within.year not in set(tables["meetings"]["date"].dt.year.astype(str)):
        yield "year", f"There is no meeting of the year {within.year} in this build."
    if within.kind and not len(_documents_of(within.kind, tables)):
        yield "kind", f"No document of the kind {within.kind} is in this build."
    if within.ids:
        wanted = set(_split(within.ids))
        if n_gone := len(wanted - set(statements["statement_id"])):
            notice = f"{n_gone} of the {len(wanted)} statements asked for are not in this build."
            yield "some ids", notice
    if within.change:
        problem = comparison.problem_with(_comparison(within), within.change, tables=tables)
        yield from [("change", problem)] if problem else []


def _meeting_labels(tables: Tables) -> pd.Series:
    return tables["meetings"].set_index("meeting_id")["label"]
