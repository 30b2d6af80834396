"""The one place where spaCy is configured: English tokens, sentences, lemmas; no trained model."""

import spacy
from spacy.language import Language
from spacy.lookups import load_lookups
from spacy.tokens import Doc

_NOT_LEMMAS = {"better": "better", "worse": "worse", "best": "best", "worst": "worst"}


def blank_nlp() -> Language:
    """English tokeniser, sentence splitter and case-blind lemmas from spaCy's lookup table."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("table_lemmatizer")
    return nlp


@Language.factory("table_lemmatizer")
def _table_lemmatizer(nlp: Language, name: str) -> "_TableLemmatizer":
    return _TableLemmatizer()


class _TableLemmatizer:
    """Sets token.lemma_ from the table, by lower case: the table itself knows no capitals."""

    def __init__(self) -> None:
        self._lemmas = load_lookups("en", ["lemma_lookup"]).get_table("lemma_lookup")

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            lower = token.lower_
            token.lemma_ = _NOT_LEMMAS.get(lower) or self._lemmas.get(lower, lower)
        return doc
