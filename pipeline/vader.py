"""Tone by VADER (Hutto and Gilbert, 2014), a lexicon made for social media: a second opinion."""

from collections.abc import Iterable, Iterator

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def vader_tones(texts: Iterable[str]) -> Iterator[float]:
    """VADER's compound score of each text, −1…1."""
    analyser = SentimentIntensityAnalyzer()
    return (float(analyser.polarity_scores(text)["compound"]) for text in texts)
