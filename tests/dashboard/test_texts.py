import pandas as pd

from dashboard.concordance import keyword_in_context
from dashboard.corpus import Corpus
from dashboard.highlights import Span, marked
from dashboard.search import found, search_terms


def test_text_of_the_data_is_never_html():
    assert marked("<b>&", []) == "&lt;b&gt;&amp;"
    assert "<script>" not in marked("<script>x", [Span(0, 9, "theme", '"><script>')])


def test_the_marked_words_are_those_of_the_offsets():
    assert ">sea<" in marked("the sea is calm", [Span(4, 7, "theme", "Sea")])


def test_marks_that_overlap_are_cut_at_each_others_ends():
    text = marked("abcdef", [Span(0, 4, "theme", "one"), Span(2, 6, "positive", "two")])
    assert [part.split("</span>")[0] for part in text.split('">')[1:]] == ["ab", "cd", "ef"]
    assert "one; two" in text


def test_a_mark_outside_the_text_is_left_out():
    assert marked("abc", [Span(2, 9, "theme", "gone")]) == "abc"


def test_a_query_is_words_and_quoted_phrases():
    assert search_terms('Sea "open water" sea') == ("sea", "open water")


def test_every_term_must_occur():
    held = Corpus.of({"statements": statements()}).statements
    assert len(found(held, query="harbour boats")) == 1
    assert len(found(held, query="harbour rail")) == 0
    assert len(found(held, query="")) == 2


def test_keyword_in_context_counts_every_place():
    lines = keyword_in_context(statements(), patterns=["boats"], width=8)
    assert lines["keyword"].tolist() == ["Boats", "boats"]
    assert lines["left"].tolist() == ["", "…full of "]
    assert lines["right"].tolist() == [" leave a…", "."]


def statements():
    return pd.DataFrame(
        {
            "statement_id": ["a", "b"],
            "date": pd.to_datetime(["2010-03-01", "2012-06-05"]),
            "speaker": ["Ana Holt", "Bo Lind"],
            "text": ["Boats leave a harbour full of boats.", "Rail is slow."],
        }
    )
