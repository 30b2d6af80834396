import numpy as np
import pandas as pd
import pytest

from pipeline.alignment import Comparer, centralities, change_of, find_pairs, one_to_one

KEPT = "The strait stays open to the ships of every country."
REWORDED = "Ships of every country may count on the strait, and open it stays."
OTHER = "Schools in the highlands lack teachers of music."


def test_similarity_is_that_of_words_and_letters_and_at_most_one():
    texts = [KEPT, REWORDED, OTHER, KEPT]
    same, reworded, other = Comparer(texts).similarities(texts, [0, 0, 0], [3, 1, 2])
    assert same == pytest.approx(1)
    assert 1 >= same > reworded > other


def test_pairs_are_found_from_the_threshold_on_with_the_later_one_first():
    texts = [KEPT, OTHER, REWORDED, KEPT]
    pairs = pairs_of(texts)
    assert [(p.later, p.earlier, p.change) for p in pairs] == [
        (2, 0, "reworded"),
        (3, 0, "repeated"),
        (3, 2, "reworded"),
    ]
    assert all(0 < pair.similarity <= 1 for pair in pairs)
    assert len(pairs_of(texts, threshold=0.99)) == 1


def test_pairs_are_asked_for_from_a_place_on():
    texts = [KEPT, OTHER, REWORDED, KEPT]
    assert [(p.later, p.earlier) for p in pairs_of(texts, at=np.array([3]))] == [(3, 0), (3, 2)]


@pytest.mark.parametrize("texts", [[], ["", ""], ["the of and"], ["!!!"]])
def test_texts_without_words_have_no_pairs(texts):
    assert pairs_of(texts) == []


@pytest.mark.parametrize(
    ("later", "change"),
    [
        (KEPT, "repeated"),
        (KEPT.upper(), "repeated"),
        ("The strait stays open to ships of every country.", "repeated"),
        (REWORDED, "reworded"),
    ],
)
def test_repeated_means_nearly_the_same_words_in_the_same_order(later, change):
    assert change_of(KEPT, later) == change


def test_one_to_one_keeps_the_most_similar_pairs():
    rows = [("b1", "a1", 0.9), ("b1", "a2", 0.8), ("b2", "a1", 0.7), ("b2", "a2", 0.6)]
    pairs = pd.DataFrame(rows, columns=["statement_id", "earlier_id", "similarity"])
    kept = one_to_one(pairs)[["statement_id", "earlier_id"]].values.tolist()
    assert kept == [["b1", "a1"], ["b2", "a2"]]
    assert one_to_one(pairs.iloc[:0]).columns.tolist() == pairs.columns.tolist()


def test_centrality_is_the_mean_cosine_to_the_others():
    vectors = Comparer([KEPT, REWORDED, OTHER]).words([KEPT, REWORDED, OTHER])
    cosines = (vectors @ vectors.T).toarray()
    expected = [np.delete(cosines[i], i).mean() for i in range(3)]
    assert centralities(vectors, [0, 1, 2]) == pytest.approx(expected)
    assert centralities(vectors, [1]).tolist() == [0]


def pairs_of(texts, **options):
    comparer = Comparer(texts)
    return list(find_pairs(comparer, texts, comparer.words(texts), **options))
