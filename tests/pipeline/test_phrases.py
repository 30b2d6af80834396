import datetime as dt
import math

import pandas as pd
import pytest
from holding import held
from hostile import examples
from hypothesis import given
from hypothesis import strategies as st

from pipeline.phrases import (
    Refrain,
    find_refrains,
    log_odds,
    log_odds_of_used,
    phrase_counts,
)

DAY, LATER = dt.date(2010, 1, 1), dt.date(2012, 1, 1)


def test_phrases_cross_no_punctuation_and_no_edge_is_a_stop_word():
    found = phrase_counts("The results of the war, and peace: no peace treaty!")
    assert found == {
        "results": 1, "war": 1, "peace": 2, "treaty": 1, "peace treaty": 1,
    }  # fmt: skip
    assert "results of war" not in found
    assert phrase_counts("results of war") == {"results": 1, "war": 1, "results of war": 1}


def test_words_keep_hyphens_and_dashes_but_not_the_possessive():
    assert set(phrase_counts("Two-plus-two; Ardenian–Borlandic – Borland's 2011")) == {
        "two-plus-two", "ardenian–borlandic", "borland",
    }  # fmt: skip


@pytest.mark.parametrize("text", [
    "A Free Trade zone.", "free  trade", "The zone's name: free trade's end", "(free trade)",
])  # fmt: skip
def test_a_text_holds_a_phrase_as_whole_words(text):
    assert held([text], "free trade") == [True]
    assert phrase_counts(text)["free trade"] == 1


@pytest.mark.parametrize("text", ["carefree trade", "free trade-off", "free, trade", "free trades"])
def test_a_text_does_not_hold_a_phrase_across_words(text):
    assert held([text], "free trade") == [False]
    assert phrase_counts(text)["free trade"] == 0


def test_a_star_ends_a_word_anyhow_and_nothing_else_is_a_pattern():
    texts = ["free trades", "a.b", "axb"]
    assert held(texts, "free trade*") == [True, False, False]
    assert held(texts, "a.b") == [False, True, False]


PIECES = st.text(st.sampled_from("ab ’'-–.s*é_1\u00a0(,"), max_size=12)


@examples(100)
@given(PIECES.filter(str.strip), st.lists(PIECES, min_size=1, max_size=5))
def test_both_ways_of_looking_for_a_phrase_find_the_same(phrase, texts):
    assert len(held(texts, phrase)) == len(texts)


def test_log_odds_of_used_phrases_are_those_of_all_phrases():
    one, other = pd.Series({"island": 6, "trade": 4}), pd.Series({"port": 3, "trade": 9})
    everything = one.add(other, fill_value=0).astype(int)
    used = pd.concat([one, other])
    n_own = pd.Series([10, 10, 12, 12], index=used.index)
    found = log_odds_of_used(used, everything[used.index], n_own=n_own, n_phrases=3)
    pd.testing.assert_frame_equal(found[:2], log_odds(one, other, everything).loc[one.index])
    pd.testing.assert_frame_equal(found[2:], log_odds(other, one, everything).loc[other.index])


def test_log_odds_are_those_of_the_paper():
    """Monroe, Colaresi and Quinn (2008), computed step by step for one word."""
    left, right = pd.Series({"island": 6, "trade": 4}), pd.Series({"island": 1, "trade": 9})
    background = pd.Series({"island": 10, "trade": 30})
    found = log_odds(left, right, background, prior_size=20).loc["island"]
    alpha, alpha0 = 10 / 40 * 20, 20
    delta = math.log((6 + alpha) / (10 + alpha0 - 6 - alpha)) - math.log(
        (1 + alpha) / (10 + alpha0 - 1 - alpha)
    )
    variance = 1 / (6 + alpha) + 1 / (1 + alpha)
    assert found["log_odds"] == pytest.approx(delta)
    assert found["z"] == pytest.approx(delta / math.sqrt(variance))
    assert (found["n_left"], found["n_right"]) == (6, 1)


def test_swapping_the_groups_turns_the_sign_and_equal_groups_have_none():
    one, other = pd.Series({"a": 3, "b": 1}), pd.Series({"a": 1, "b": 3})
    background = one + other
    forth, back = (log_odds(*groups, background)["z"] for groups in ((one, other), (other, one)))
    assert forth.tolist() == pytest.approx((-back).tolist())
    assert log_odds(one, one, background)["z"].tolist() == [0, 0]


def test_one_phrase_alone_sets_nothing_apart():
    assert log_odds(pd.Series({"a": 3}), pd.Series({"a": 1}), pd.Series({"a": 4}))["z"].item() == 0


def test_refrains_need_three_meetings_and_are_as_long_as_they_can_be():
    formula = "The results of the last war stand."
    statements = [
        ("m1", DAY, formula),
        ("m1", DAY, "Fair trade for all."),
        ("m2", DAY, f"As we say: {formula}"),
        ("m2", DAY, "Fair trade for all."),
        ("m3", LATER, formula),
        ("m3", LATER, formula),
    ]
    assert find_refrains(statements) == [Refrain("results of the last war stand", 4, 3, DAY, LATER)]


def test_a_longer_formula_that_is_rare_leaves_the_shorter_one_standing():
    short, long = "Peace on the strait.", "Fair peace on the strait for all."
    statements = [(f"m{i}", DAY, short) for i in range(4)] + [
        (f"n{i}", DAY, long) for i in range(3)
    ]
    found = {refrain.phrase: refrain.n_uses for refrain in find_refrains(statements)}
    assert found == {"peace on the strait": 7, "fair peace on the strait": 3}


def test_names_alone_make_no_refrain():
    statements = [(f"m{i}", DAY, "Ardenia and Borland agree on fair trade.") for i in range(3)]
    (refrain,) = find_refrains(statements, names=["Ardenia", "Borland"])
    assert "fair trade" in refrain.phrase
    statements = [(f"m{i}", DAY, "Ardenia and Borland.") for i in range(3)]
    assert find_refrains(statements, names=["Ardenia", "Borland"]) == []
