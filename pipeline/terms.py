"""Finding listed wording in a text, the ground that themes and tone share."""

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span


class TermMatcher:
    """Finds terms whatever the capitals.

    A term in its base form ("welcome") is found in all its forms; any other ("willing", "goods",
    "graves") only as it stands, for the lemma of "goods" is the lemma of "good".
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._by_form = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._by_lemma = PhraseMatcher(nlp.vocab, attr="LEMMA")

    def add(self, key: str, term: str) -> None:
        """Find the term from now on; its spans carry the key as label."""
        doc = self._nlp(term)
        self._by_form.add(key, [doc])
        if all(token.lower_ == token.lemma_.lower() for token in doc):
            self._by_lemma.add(key, [doc])

    def __call__(self, doc: Doc) -> list[Span]:
        """All spans, overlaps among them; where a form is listed, the base form is not added."""
        exact = self._by_form(doc, as_spans=True)
        places = {(span.start, span.end) for span in exact}
        lemmas = self._by_lemma(doc, as_spans=True)
        return [*exact, *(span for span in lemmas if (span.start, span.end) not in places)]
