"""Themes and tone of any texts, with the words that made them: the measures in one place."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.language import blank_nlp
from pipeline.themes import Theme, ThemeMatch, ThemeMatcher, read_themes, theme_weights
from pipeline.tone import ToneHit, ToneRules, ToneScorer, hits_about, read_tone_rules


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

    def __init__(self, themes: tuple[Theme, ...], tone_rules: ToneRules) -> None:
        self.themes, self.tone_rules = themes, tone_rules
        self._nlp = blank_nlp()
        self._matcher = ThemeMatcher(self._nlp, themes)
        self._scorer = ToneScorer(self._nlp, tone_rules)

    @classmethod
    def from_rules(cls, rules: Path) -> "Labeller":
        """By themes.toml and tone.toml of a folder. Raises InputError with all mistakes of both."""
        return cls(read_themes(rules / "themes.toml"), read_tone_rules(rules / "tone.toml"))

    def label(self, texts: Iterable[str]) -> Iterator[Labels]:
        """The labels of each text, in order."""
        return map(self._labels, self._nlp.pipe(texts))

    def _labels(self, doc: Doc) -> Labels:
        weights = theme_weights(matches := self._matcher.matches(doc))
        matches = tuple(match for match in matches if match.theme_id in weights)
        hits = self._scorer.hits(doc)
        tone = self._scorer.tone(hits)
        themes = tuple(
            ThemeScore(theme_id, weight, self._tone_about(doc, theme_id, matches, hits))
            for theme_id, weight in sorted(weights.items())
        )
        return Labels(themes, matches, tone, self._scorer.label(tone), hits)

    def _tone_about(
        self, doc: Doc, theme_id: str, matches: Iterable[ThemeMatch], hits: tuple[ToneHit, ...]
    ) -> float:
        spans = [(match.start, match.end) for match in matches if match.theme_id == theme_id]
        return self._scorer.tone(hits_about(doc, hits, spans))
