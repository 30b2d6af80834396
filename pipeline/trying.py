"""One text from outside, analysed like the corpus and laid beside it; nothing is kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from pipeline.importing.drafting import Stated, draft_of
from pipeline.importing.page import refusal
from pipeline.importing.reading import read_page
from pipeline.importing.vocabulary import FILE_NAME, Vocabulary, read_vocabulary
from pipeline.labelling import Labeller
from pipeline.speakers import UNKNOWN_SIDE, Speaker, Speakers, read_speakers
from pipeline.statements import count_words, role_of

_ID = "your-text"


class Analysed(NamedTuple):
    """Frames with the columns of the published tables that say what and how it was said."""

    frames: dict[str, pd.DataFrame]
    kind: str
    left_out: tuple[tuple[str, str], ...]


class Analyser:
    """Imports and labels single texts by one set of rules."""

    def __init__(self, labeller: Labeller, vocabulary: Vocabulary, speakers: Speakers) -> None:
        self._labeller, self._vocabulary, self._speakers = labeller, vocabulary, speakers

    @classmethod
    def from_rules(cls, rules: Path) -> "Analyser":
        """By the rules of a folder. Raises InputError with the mistakes found in them."""
        return cls(
            Labeller.from_rules(rules),
            read_vocabulary(rules / FILE_NAME),
            read_speakers(rules / "speakers.toml"),
        )

    def analyse(self, content: bytes, *, name: str, max_characters: int) -> Analysed:
        """Statements, themes and tone. Raises InputError where there is nothing to analyse."""
        page = read_page(content, name=name, vocabulary=self._vocabulary)
        n_characters = sum(len(block.text) for block in page.blocks)
        if n_characters > max_characters:
            what = f"holds {n_characters:,} characters; at most {max_characters:,} are analysed"
            raise refusal(name, what)
        draft = draft_of(
            page, stated=Stated(), vocabulary=self._vocabulary, speakers=self._speakers
        )
        speakers = self._speakers.and_new(draft.new_speakers)
        frames = self._frames(draft.paragraphs, kind=draft.kind, speakers=speakers)
        return Analysed(frames, draft.kind, draft.left_out)

    def _frames(
        self, paragraphs: Sequence[tuple[str, str]], *, kind: str, speakers: Speakers
    ) -> dict[str, pd.DataFrame]:
        labels = list(self._labeller.label(text for _, text in paragraphs))
        ids = [f"{_ID}-{i}" for i in range(1, len(paragraphs) + 1)]
        rows = [
            (key, speaker.name, speaker.side, role_of(speaker, kind=kind), text, count_words(text))
            for key, (name, text) in zip(ids, paragraphs, strict=True)
            for speaker in [speakers.find(name) or Speaker(name, UNKNOWN_SIDE, "")]
        ]
        columns = ["statement_id", "speaker", "side", "role", "text", "n_words"]
        statements = pd.DataFrame(rows, columns=columns).assign(
            tone=[found.tone for found in labels], tone_label=[found.tone_label for found in labels]
        )
        pairs = list(zip(ids, labels, strict=True))
        themes = [(key, t.theme_id, t.tone) for key, found in pairs for t in found.themes]
        matches = [
            (key, m.theme_id, m.start, m.end) for key, found in pairs for m in found.theme_matches
        ]
        hits = [(key, h.weight, h.start, h.end) for key, found in pairs for h in found.tone_hits]
        return {
            "statements": statements,
            "statement_themes": _frame(themes, "theme_id", "tone"),
            "theme_matches": _frame(matches, "theme_id", "start", "end"),
            "tone_hits": _frame(hits, "weight", "start", "end"),
        }


def _frame(rows: list[tuple], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["statement_id", *columns])


def corpus_vectors(texts: Sequence[str]) -> tuple[TfidfVectorizer, csr_matrix]:
    """Word weights of the corpus, to which the words of another text can be compared."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words=sorted(ENGLISH_STOP_WORDS))
    return vectorizer, csr_matrix(vectorizer.fit_transform(texts))


def most_similar(
    texts: Sequence[str], corpus: tuple[TfidfVectorizer, csr_matrix], *, n: int
) -> pd.DataFrame:
    """The n corpus texts most like any of the texts: text, place in the corpus, cosine 0…1."""
    vectorizer, vectors = corpus
    similarity = (vectorizer.transform(texts) @ vectors.T).toarray()
    best = similarity.max(axis=0)
    places = [int(place) for place in np.argsort(-best, kind="stable")[:n] if best[place] > 0]
    rows = [(int(similarity[:, p].argmax()), p, round(float(best[p]), 3)) for p in places]
    return pd.DataFrame(rows, columns=["text", "place", "similarity"])
