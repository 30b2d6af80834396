"""Themes and tone of any texts, with the words that made them: the measures in one place."""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.clauses import hits_about
from pipeline.language import Reader, Words
from pipeline.problems import InputError, Problem, gathered
from pipeline.reference import (
    NO_POINTERS,
    Pointers,
    ReferenceFinder,
    clear_themes,
    read_pointers,
)  # fmt: skip
from pipeline.terms import TermIndex
from pipeline.themes import Theme, ThemeMatch, ThemeMatcher, after, read_themes, theme_weights
from pipeline.tone import ToneHit, ToneRules, ToneScorer, read_tone_rules


class ThemeScore(NamedTuple):
    """One theme of a statement: weight 0…1, tone of the part about it −1…1."""

    theme_id: str
    weight: float
    tone: float


class Labels(NamedTuple):
    """What was measured on one text."""

    themes: tuple[ThemeScore, ...]
    theme_matches: tuple[ThemeMatch, ...]
    tone: float
    tone_label: str
    tone_hits: tuple[ToneHit, ...]


class Labeller:
    """Labels texts by the rules it was made with."""

    def __init__(
        self, themes: tuple[Theme, ...], tone_rules: ToneRules, *, pointers: Pointers = NO_POINTERS
    ) -> None:
        self.themes, self.tone_rules = themes, tone_rules
        self._reader = Reader()
        index = TermIndex(self._reader)
        self._matcher = ThemeMatcher(index, themes)
        self._references = ReferenceFinder(index, pointers)
        self._scorer = ToneScorer(index, tone_rules)

    @property
    def theme_ids(self) -> tuple[str, ...]:
        """The ids of the themes, in their order."""
        return tuple(theme.theme_id for theme in self.themes)

    @classmethod
    def from_rules(cls, rules: Path) -> "Labeller":
        """By themes.toml and tone.toml of a folder. Raises InputError with all mistakes of both."""
        path = rules / "themes.toml"
        problems: list[Problem] = []
        with gathered(problems):
            themes, pointers = read_themes(path), read_pointers(path)
        with gathered(problems):
            tone_rules = read_tone_rules(rules / "tone.toml")
        if problems:
            raise InputError(problems)
        return cls(themes, tone_rules, pointers=pointers)

    def label(
        self, texts: Iterable[str], *, documents: Iterable[str] | None = None
    ) -> Iterator[Labels]:
        """The labels of each text, in order.

        documents: one id a text, where texts of one document follow each other as they were
        said; a text may then take its themes from the one before ("this issue").
        """
        keys = itertools.repeat(None) if documents is None else documents
        before: frozenset[str] = frozenset()
        last = None
        for words, key in zip(self._reader.read(texts), keys, strict=documents is not None):
            before = before if key is not None and key == last else frozenset()
            labels, before = self._labels(words, before=before)
            last = key
            yield labels

    def _labels(self, words: Words, *, before: frozenset[str]) -> tuple[Labels, frozenset[str]]:
        """The labels, and the themes that the next text may take over."""
        matches = after(self._matcher.matches(words), before=before)
        weights = theme_weights(matches)
        carried = self._references.matches(words, matches, weights=weights, before=before)
        if carried:
            matches, weights = carried, theme_weights(carried)
        matches = tuple(match for match in matches if match.theme_id in weights)
        clear = clear_themes(matches, weights=weights, is_carried=bool(carried))
        clear = clear if weights else before  # a statement of no theme does not change the subject
        hits = self._scorer.hits(words)
        tone = self._scorer.tone(hits)
        themes = tuple(
            ThemeScore(theme_id, weight, self._tone_about(words, theme_id, matches, hits))
            for theme_id, weight in sorted(weights.items())
        )
        return Labels(themes, matches, tone, self._scorer.label(tone), hits), clear

    def _tone_about(
        self, words: Words, theme_id: str, matches: Iterable[ThemeMatch], hits: tuple[ToneHit, ...]
    ) -> float:
        spans = [(match.start, match.end) for match in matches if match.theme_id == theme_id]
        return self._scorer.tone(hits_about(words, hits, spans))
