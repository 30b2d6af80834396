"""Themes that a statement takes from the one before it, because it points there ("this issue")."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.language import Words
from pipeline.rules import read_toml
from pipeline.terms import TermIndex
from pipeline.themes import ENOUGH_ALONE, STRONG, ThemeMatch

CARRIED = ENOUGH_ALONE  # what is carried over is known less well than what is named
BACKGROUND = frozenset({"political-dialogue"})  # not carried where another theme is


class Pointers(NamedTuple):
    """Wording that points back: `nouns` outdo unnamed themes, `pronouns` count where none is."""

    nouns: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()


NO_POINTERS = Pointers()


def read_pointers(path: Path) -> Pointers:
    """The [pointers] of themes.toml; none where none are listed."""
    listed = read_toml(path).get("pointers", {})
    return Pointers(tuple(listed.get("nouns", ())), tuple(listed.get("pronouns", ())))


class ReferenceFinder:
    """Finds the words by which a statement without a theme of its own points back."""

    def __init__(self, index: TermIndex, pointers: Pointers) -> None:
        self._nouns, self._pronouns = index.matcher(), index.matcher()
        for matcher, terms in ((self._nouns, pointers.nouns), (self._pronouns, pointers.pronouns)):
            for term in terms:
                matcher.add(term, term)

    def matches(
        self,
        words: Words,
        own: Iterable[ThemeMatch],
        *,
        weights: Mapping[str, float],
        before: frozenset[str],
    ) -> tuple[ThemeMatch, ...]:
        """The first pointing words, once for each theme carried over; none where none is.

        own: what the statement's own words show, in sum `weights`.
        """
        before = before - BACKGROUND or before
        if not before or any(match.weight >= STRONG for match in own):
            return ()
        found = self._nouns(words) or ([] if weights else self._pronouns(words))
        if not found:
            return ()
        pointer = min(found, key=lambda one: (one.start, -one.end))
        place = words.place(pointer.start, pointer.end)
        return tuple(
            ThemeMatch(theme_id, pointer.key, CARRIED, *place) for theme_id in sorted(before)
        )


def clear_themes(
    matches: Iterable[ThemeMatch], *, weights: Mapping[str, float], is_carried: bool
) -> frozenset[str]:
    """The themes that the next statement may take over: those named outright, or carried here."""
    if is_carried:
        return frozenset(weights)
    return frozenset(m.theme_id for m in matches if m.weight >= STRONG) & weights.keys()
