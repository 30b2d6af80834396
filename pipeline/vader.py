"""VADER's scores as its library gives them, in a third of its time.

For each word that the lexicon knows the library goes over all words of the text. Here it is shown
only those on which that word's score can depend, and is not asked where none of them is such as to
change it; all that is looked up and weighed is its own.
"""

from functools import cache
from types import SimpleNamespace
from typing import NamedTuple

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    SentiText,
)

_BEFORE, _AFTER = 3, 2  # words that can change the score of the one between them
# Of phrases the longest word: no text has the phrase without it.
_CHANGING = {max(phrase.split(), key=len) for phrase in (*BOOSTER_DICT, *SPECIAL_CASES)}
_CHANGING |= {*NEGATE, "no", "least", "this"}


class _Word(NamedTuple):
    """A word as the library cuts it; weight: that of the lexicon, 0 where it is not scored."""

    word: str
    form: str
    is_upper: bool
    weight: float
    is_changing: bool


class Vader:
    """Scores texts one by one."""

    def __init__(self) -> None:
        self._analyser = SentimentIntensityAnalyzer()
        self._word_of = cache(self._read)

    def compound(self, text: str) -> float:
        """The compound score of a text, −1…1."""
        if not self._analyser.emojis.keys().isdisjoint(text):
            return float(self._analyser.polarity_scores(text)["compound"])
        valences = self._valences([self._word_of(piece) for piece in text.split()])
        return float(self._analyser.score_valence(list(filter(None, valences)), text)["compound"])

    def _read(self, piece: str) -> _Word:
        word = SentiText._strip_punc_if_word(piece)
        form = word.lower()
        weight = 0.0 if form in BOOSTER_DICT else self._analyser.lexicon.get(form, 0.0)
        is_changing = form in _CHANGING or "n't" in form
        return _Word(word, form, word.isupper(), weight, is_changing)

    def _valences(self, words: list[_Word]) -> list[float]:
        """What each word weighs."""
        is_upper = [word.is_upper for word in words]
        is_cap_diff = True in is_upper and False in is_upper
        valences = [
            self._valence(words, i, is_cap_diff=is_cap_diff) if word.weight else 0.0
            for i, word in enumerate(words)
        ]
        forms = [word.form for word in words]
        return self._analyser._but_check(forms, valences) if "but" in forms else valences

    def _valence(self, words: list[_Word], place: int, *, is_cap_diff: bool) -> float:
        """What a word that is scored weighs among the others."""
        start, word = max(0, place - _BEFORE), words[place]
        near = words[start : place + _AFTER + 1]
        if not word.is_upper and not any(one.is_changing for one in near):
            return word.weight
        if word.form == "kind" and [one.form for one in words[place + 1 : place + 2]] == ["of"]:
            return 0.0
        seen = SimpleNamespace(
            words_and_emoticons=[one.word for one in near], is_cap_diff=is_cap_diff
        )
        (valence,) = self._analyser.sentiment_valence(0, seen, word.word, place - start, [])
        return valence
