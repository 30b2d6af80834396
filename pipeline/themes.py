"""Which themes a statement is about, and the words that show it (data/rules/themes.toml)."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.language import Words
from pipeline.problems import InputError, Problem
from pipeline.rule_shapes import Place
from pipeline.rules import read_lines, read_toml
from pipeline.terms import Found, TermIndex, longest

STRONG, BROAD, WEAK, SHY = 1.0, 0.75, 0.5, 0.25
AFTER = 0.1  # strong where the statement before was about the theme, else nothing
ENOUGH = 1.0  # one strong term, or two different ones, make a statement about the theme
ENOUGH_ALONE = 0.75  # where no theme has enough, one broad term does, or one shy
_ID = re.compile(r"[a-z0-9-]+")
_HIDES, _COMPANY = 0.0, -1.0  # wording that shows no theme by itself
_LISTS = {
    "terms": STRONG, "broad": BROAD, "weak": WEAK, "shy": SHY, "after": AFTER,
    "unless": _HIDES, "company": _COMPANY,
}  # fmt: skip


class Theme(NamedTuple):
    """One theme; `terms` gives each wording its weight; wording in `unless` hides terms in it.

    Where there is `company`, a shy term counts only beside wording of it or another shy term. A
    word in braces stands for any word of that list in `words`: "visit to {land}".
    """

    theme_id: str
    label: str
    definition: str
    terms: Mapping[str, float]
    unless: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = {}


class ThemeMatch(NamedTuple):
    """Matched words of a theme; start and end are character offsets."""

    theme_id: str
    term: str
    weight: float
    start: int
    end: int


def read_themes(path: Path) -> tuple[Theme, ...]:
    """The themes of the file, in its order. Raises InputError with every mistake."""
    content = read_toml(path)
    entries, words = content.get("theme", []), content.get("words", {})
    lines = read_lines(path)
    problems = [
        Problem(str(path), lines.line(place, holding=text), what)
        for place, text, what in _mistakes(entries, words=words)
    ]
    if not entries:
        problems = [Problem(str(path), 1, "no themes; write [[theme]] with id, label, definition")]
    if problems:
        raise InputError(problems)
    return tuple(_theme(entry, words=words) for entry in entries)


def spellings(term: str, *, words: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The term with every word of a list in the place of its name in braces."""
    parts = re.split(r"\{(\w+)\}", term)
    choices = [words[part] if i % 2 else (part,) for i, part in enumerate(parts)]
    return map("".join, itertools.product(*choices))


def after(matches: Iterable[ThemeMatch], *, before: frozenset[str]) -> tuple[ThemeMatch, ...]:
    """The matches with each AFTER one made strong or left out, by the themes before."""
    return tuple(
        match._replace(weight=STRONG) if match.weight == AFTER else match
        for match in matches
        if match.weight != AFTER or match.theme_id in before
    )


def theme_weights(matches: Iterable[ThemeMatch]) -> dict[str, float]:
    """How much the statement is about each theme, 0…1; only themes with enough to show for."""
    by_theme: dict[str, dict[str, float]] = {}
    for match in matches:
        by_theme.setdefault(match.theme_id, {})[match.term.lower()] = match.weight
    named = {theme_id: _evidence(terms, of_shy=0.0) for theme_id, terms in by_theme.items()}
    for enough in (ENOUGH, ENOUGH_ALONE):
        if max(named.values(), default=0.0) >= enough:
            return _shares(named, enough=enough)
    alone = {theme_id: _evidence(terms, of_shy=BROAD) for theme_id, terms in by_theme.items()}
    return _shares(alone, enough=ENOUGH_ALONE)


class ThemeMatcher:
    """Finds the terms of all themes in a text; the longest wording wins."""

    def __init__(self, index: TermIndex, themes: Sequence[Theme]) -> None:
        self._matcher = index.matcher()
        self._terms: dict[str, tuple[str, str, float]] = {}
        for theme in themes:
            for term, weight in theme.terms.items():
                self._add(theme, term, weight=weight)
            for term in theme.unless:
                self._add(theme, term, weight=_HIDES)
            for term in theme.company:
                self._add(theme, term, weight=_COMPANY)
        self._with_company = {theme.theme_id for theme in themes if theme.company}

    def matches(self, words: Words) -> tuple[ThemeMatch, ...]:
        """Every match in order of place; overlaps only between different themes."""
        by_theme: dict[str, list[Found]] = {}
        for found in self._matcher(words):
            by_theme.setdefault(self._terms[found.key][0], []).append(found)
        matches = [
            ThemeMatch(*self._terms[found.key], *words.place(found.start, found.end))
            for theme_id, of_theme in by_theme.items()
            for found in self._shown(theme_id, longest(of_theme))
        ]
        return tuple(sorted(matches, key=lambda match: (match.start, match.end, match.theme_id)))

    def _shown(self, theme_id: str, found: Iterable[Found]) -> list[Found]:
        """What shows the theme; no lone shy term where the theme wants company for it."""
        weights = {one.key: self._terms[one.key][2] for one in found}
        is_lone = theme_id in self._with_company and _COMPANY not in weights.values()
        if is_lone and list(weights.values()).count(SHY) == 1:
            return [one for one in found if weights[one.key] > SHY]
        return [one for one in found if weights[one.key] > 0]

    def _add(self, theme: Theme, term: str, *, weight: float) -> None:
        key = f"{theme.theme_id} {term}"
        for spelling in spellings(term, words=theme.words):
            self._matcher.add(key, spelling)
        self._terms[key] = (theme.theme_id, term, weight)


def _evidence(terms: Mapping[str, float], *, of_shy: float) -> float:
    return sum(of_shy if weight == SHY else weight for weight in terms.values())


def _shares(evidence: Mapping[str, float], *, enough: float) -> dict[str, float]:
    return {
        theme_id: round(total / (1 + total), 4)
        for theme_id, total in evidence.items()
        if total >= enough
    }


def _mistakes(
    entries: Iterable[Mapping[str, Any]], *, words: Mapping[str, Any]
) -> Iterator[tuple[Place, str, str]]:
    """Place, the text to look for from there, and what is wrong."""
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        for what in _entry_mistakes(entry):
            yield Place("theme", number, "id"), "", what
        for key in ("id", "label"):
            if entry.get(key) in seen:
                what = f"{key} {entry.get(key)!r} stands twice; give each theme its own"
                yield Place("theme", number, key), "", what
        seen |= {str(entry.get("id")), str(entry.get("label"))}
        for key, term, what in _term_mistakes(entry, words=words):
            yield Place("theme", number, key), f'"{term}"', what


def _entry_mistakes(entry: Mapping[str, Any]) -> Iterator[str]:
    theme_id = entry.get("id", "")
    for key in ("id", "label", "definition"):
        if not entry.get(key, "").strip():
            yield f"theme {theme_id!r} has no {key}; add it"
    if theme_id.strip() and not _ID.fullmatch(theme_id):
        yield f"id {theme_id!r}: use small letters a to z, digits and - only"
    if not entry.get("terms"):
        yield f"theme {theme_id!r} has no terms; add `terms = [...]`"


def _term_mistakes(
    entry: Mapping[str, Any], *, words: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """List, term and what is wrong. Capitals make no other term: it is found whatever they are."""
    of_theme = f"theme {entry.get('id', '')!r}"
    seen: dict[str, str] = {}
    for key in filter(_LISTS.__contains__, entry):
        for term in entry[key]:
            for name in re.findall(r"\{(\w+)\}", term):
                if name not in words:
                    yield key, term, f"{{{name}}} in {of_theme} is no list under [words]; add it"
            if term.lower() in seen:
                where = " and ".join(dict.fromkeys((seen[term.lower()], key)))
                yield key, term, f"term {term!r} of {of_theme} stands twice, in {where}; keep one"
            seen[term.lower()] = key


def _theme(entry: Mapping[str, Any], *, words: Mapping[str, Any]) -> Theme:
    terms = {
        term: weight
        for key, weight in reversed(_LISTS.items())
        if weight > 0
        for term in entry.get(key, [])
    }
    definition = " ".join(entry["definition"].split())
    unless, company = (tuple(entry.get(key, [])) for key in ("unless", "company"))
    return Theme(entry["id"], entry["label"], definition, terms, unless, company, words)
