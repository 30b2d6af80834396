"""What is held of a build: tables and phrases by row."""

import gc
import weakref

import pandas as pd
import pytest

from dashboard.corpus import Corpus
from dashboard.occurrences import all_phrases, phrase_counts


def test_what_is_held_is_made_once_and_a_failure_is_tried_again():
    tables, made = corpus(), []

    def fail():
        raise ValueError("not yet")

    with pytest.raises(ValueError, match="not yet"):
        tables.held("number", fail)
    assert tables.held("number", lambda: made.append(1) or 7) == 7
    assert tables.held("number", fail) == 7
    assert made == [1]


def test_what_was_let_go_is_made_anew_for_who_still_asks():
    tables, made = corpus(), []
    for _ in range(2):
        name = tables.table("lengths", "SELECT row_id, length(text) AS n FROM statements")
        assert tables.value(f"SELECT sum(n) FROM {name}") == 24
        tables.held("number", lambda: made.append(1))
        tables.shed()
    assert made == [1, 1]


def test_statements_come_by_id_and_by_row_in_the_order_asked():
    tables = corpus()
    assert tables.statements_of(["c", "gone", "a"])["text"].tolist() == ["Oil.", "The sea."]
    assert tables.statements_at([2, 0])["statement_id"].tolist() == ["c", "a"]


def test_phrases_are_counted_in_the_statements_that_are_meant():
    tables = corpus()
    assert all_phrases(tables).to_dict() == {"oil": 4, "rail": 1, "sea": 5}
    some = tables.statements.where("text LIKE '%sea%'")
    assert phrase_counts(some).to_dict() == {"oil": 0, "rail": 1, "sea": 5}


def corpus():
    statements = {"statement_id": ["a", "b", "c"], "text": ["The sea.", "A sea, rail.", "Oil."]}
    phrases = {
        "statement_id": ["c", "a", "b", "b"], "phrase": ["oil", "sea", "sea", "rail"],
        "n": [4, 3, 2, 1],
    }  # fmt: skip
    return Corpus.of(
        {"statements": pd.DataFrame(statements), "statement_phrases": pd.DataFrame(phrases)}
    )


def test_an_answer_holds_no_build_and_serves_no_other():
    one, other = (of_size(n) for n in (1, 2))
    for tables, n in ((one, 1), (other, 2)):
        assert len(tables.statements) == n
        kept = tables.once(("made", tables.statements), lambda n=n: pd.DataFrame({"n": [n]}))
        assert kept["n"][0] == n
    gone = weakref.ref(one)
    del one, tables
    gc.collect()
    assert gone() is None
    assert len(other.statements) == 2


def of_size(n_statements):
    texts = [f"Statement {i}" for i in range(n_statements)]
    return Corpus.of({"statements": pd.DataFrame({"text": texts})})
