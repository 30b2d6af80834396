from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from pipeline.vader import Vader

library = SentimentIntensityAnalyzer()
vader = Vader()
some_words = st.sampled_from(
    [
        *BOOSTER_DICT, *NEGATE, *SPECIAL_CASES, "this", "so", "never", "without", "doubt", "no",
        "or", "nor", "at", "least", "very", "kind", "of", "but", "BUT", "yeah", "right", "table",
        "good", "GOOD", "bad", "war", "peace", "trust", "wouldn't", ":)", "😀", "(kiss",
    ]
)  # fmt: skip
words = some_words | some_words.map(str.upper) | st.sampled_from([*library.lexicon])
marks = st.sampled_from(["", "", "", ",", "!", "?", "??", "...", "\u00a0", "\n"])


@given(st.lists(st.tuples(words, marks), max_size=12))
def test_scores_are_those_of_the_library(drawn):
    text = " ".join(word + mark for word, mark in drawn)
    assert vader.compound(text) == library.polarity_scores(text)["compound"]
