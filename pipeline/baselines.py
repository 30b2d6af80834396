"""What others make of the same statements: VADER, TextBlob, and the commonest tone for all.

Cut-offs are the authors' own. VADER: Hutto and Gilbert (2014), compound from 0.05 and to -0.05.
TextBlob: De Smedt and Daelemans (2012), polarity; its authors name no cut-offs, so the sign.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

VADER_FROM = 0.05
_SIGN = 1e-9


def vader_scores(texts: Iterable[str]) -> list[float]:
    """VADER's compound score of each text, −1…1."""
    from pipeline.vader import Vader

    vader = Vader()
    return [vader.compound(text) for text in texts]


def textblob_scores(texts: Iterable[str]) -> list[float]:
    """TextBlob's polarity of each text, −1…1, by its bundled lexicon."""
    from textblob.en.sentiments import PatternAnalyzer

    analyser = PatternAnalyzer()
    return [float(analyser.analyze(text).polarity) for text in texts]


def tone_label_of(score: float, *, cut: float) -> str:
    """negative, neutral or positive: the score against the cut-off on either side of zero."""
    return "positive" if score >= cut else "negative" if score <= -cut else "neutral"


def vader_labels(texts: Iterable[str]) -> list[str]:
    return [tone_label_of(score, cut=VADER_FROM) for score in vader_scores(texts)]


def textblob_labels(texts: Iterable[str]) -> list[str]:
    return [tone_label_of(score, cut=_SIGN) for score in textblob_scores(texts)]


def most_frequent(labels: Sequence[str]) -> list[str]:
    """The commonest label for every one, the first of equals; empty labels do not count."""
    counts = Counter(label for label in labels if label)
    return [max(counts, key=counts.__getitem__)] * len(labels) if counts else [""] * len(labels)


READERS: Mapping[str, Callable[[Iterable[str]], list[str]]] = {
    "vader": vader_labels,
    "textblob": textblob_labels,
}
