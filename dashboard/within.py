"""Which statements a mark or a sentence opens, said in the address by how the set was made.

A set of statements is described, not listed, wherever it can be: such links stay short, are
readable and mean the same after a refresh. Pure: no Streamlit here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dashboard import comparison, filters, wording
from dashboard.comparison import Comparison
from dashboard.corpus import Corpus, Rows


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


def narrowed(rows: Rows, within: Within, *, tables: Corpus) -> Rows:
    """The statements that are within; what the build does not know narrows nothing."""
    unknown = set(dict(_unknown(within, tables)))
    for name, narrow in _NARROW.items():
        if (value := getattr(within, name)) and name not in unknown:
            rows = narrow(rows, value, tables)
    if within.change and "change" not in unknown:
        rows = comparison.of_change(rows, _comparison(within), within.change, tables=tables)
    return rows


def in_words(within: Within, *, tables: Corpus) -> str:
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


def notices(within: Within, *, tables: Corpus) -> list[str]:
    """What the address names and the build does not hold."""
    return [notice for _, notice in _unknown(within, tables)]


def _comparison(within: Within) -> Comparison:
    return Comparison(*[*within.between.split("|"), "", "", ""][:3])


def _about(rows: Rows, labels: str, tables: Corpus) -> Rows:
    wanted = labels.split("|")
    return filters.about(rows, tables.labels.index[tables.labels.isin(wanted)])


def _by(rows: Rows, names: str, tables: Corpus) -> Rows:
    wanted = tuple(names.split("|"))
    is_among = "IN (SELECT unnest(?::VARCHAR[]))"
    return rows.where(f"side {is_among} OR speaker {is_among}", wanted, wanted)


def _of_kind(rows: Rows, kind: str, tables: Corpus) -> Rows:
    return rows.where("document_id IN (SELECT document_id FROM documents WHERE kind = ?)", kind)


def _split(ids: str) -> list[str]:
    return list(dict.fromkeys(filter(None, ids.split(","))))


_NARROW: dict[str, Callable[[Rows, str, Corpus], Rows]] = {
    "on": _about,
    "who": _by,
    "meeting": lambda rows, meeting_id, _: rows.where("meeting_id = ?", meeting_id),
    "year": lambda rows, year, _: rows.where("year(date) = ?", int(year)),
    "kind": _of_kind,
    "holds": lambda rows, phrase, _: wording.holding(rows, [phrase]),
    "ids": lambda rows, ids, _: rows.among("statement_id", _split(ids)),
}
_WORDS: dict[str, Callable[[str, Corpus], str]] = {
    "ids": lambda ids, _: f"a selection of {len(_split(ids))}",
    "who": lambda names, _: names.replace("|", " or "),
    "on": lambda labels, _: f"on {labels.replace('|', ' or ')}",
    "holds": lambda phrase, _: f"with “{phrase}”",
    "meeting": lambda meeting_id, tables: tables.places[meeting_id],
    "year": lambda year, _: year,
    "kind": lambda kind, _: f"in documents of the kind {kind}",
}


def _unknown(within: Within, tables: Corpus) -> Iterator[tuple[str, str]]:
    if gone := set(filter(None, within.on.split("|"))) - set(tables.labels):
        named = ", ".join(sorted(gone))
        yield "on", f"The theme {named} is not in this build; statements on any theme are shown."
    names = {*comparison.names_of(tables, "side"), *comparison.names_of(tables, "speaker")}
    if gone := set(filter(None, within.who.split("|"))) - names:
        yield "who", f"Nobody is called {' or '.join(sorted(gone))} in this build."
    if within.meeting and within.meeting not in tables.places.index:
        yield "meeting", f"The meeting {within.meeting} is not in this build."
    if within.year and within.year not in set(tables["meetings"]["date"].dt.year.astype(str)):
        yield "year", f"There is no meeting of the year {within.year} in this build."
    if within.kind and within.kind not in kinds_of(tables):
        yield "kind", f"No document of the kind {within.kind} is in this build."
    if within.ids:
        wanted = set(_split(within.ids))
        if n_gone := len(wanted) - len(tables.statements.among("statement_id", wanted)):
            notice = f"{n_gone} of the {len(wanted)} statements asked for are not in this build."
            yield "some ids", notice
    if within.change:
        problem = comparison.problem_with(_comparison(within), within.change, tables=tables)
        yield from [("change", problem)] if problem else []
    elif within.between:
        yield "change", "The link says what is compared but not which part of it: no change."


def kinds_of(tables: Corpus) -> list[str]:
    """The kinds of the documents that are held."""
    return tables.ask("SELECT DISTINCT kind FROM documents ORDER BY kind")["kind"].tolist()
