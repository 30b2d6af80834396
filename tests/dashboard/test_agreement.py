import pandas as pd
import pytest

from dashboard import agreement, loading
from dashboard.corpus import Corpus
from pipeline.build import refresh


def test_tones_that_rank_statements_alike_agree_fully():
    tables = invented([0.1, 0.2, 0.3, 0.4, 0.5], [0.0, 0.1, 0.5, 0.6, 0.9])
    (row,) = agreement.of_tone(tables, theme_ids=["sea"]).itertuples()
    assert row.by_statement == pytest.approx(1)
    assert row.n_statements == 5
    assert pd.isna(row.by_year)


def test_tones_that_rank_statements_the_other_way_round_disagree():
    tables = invented([0.1, 0.2, 0.3, 0.4, 0.5], [0.9, 0.6, 0.5, 0.1, 0.0])
    assert agreement.of_tone(tables, theme_ids=["sea"])["by_statement"].item() == pytest.approx(-1)


def test_too_little_or_all_the_same_is_not_ranked():
    few, same = invented([0.1], [0.2]), invented([0.1] * 6, [0.2] * 6)
    for tables in (few, same):
        assert pd.isna(agreement.of_tone(tables, theme_ids=["sea"])["by_statement"].item())


def test_kinds_are_set_side_by_side_where_there_are_two(data):
    text = (data / "documents" / "2010-03-01-port.md").read_text("utf-8")
    (data / "documents" / "2011-03-01-port.md").write_text(
        text.replace("kind: report", "kind: transcript").replace("2010", "2011"), "utf-8"
    )
    tables = loading.load.__wrapped__(str(data), refresh(data).build_id)
    rows = agreement.of_kinds(tables, theme_ids=["trade"])
    assert rows["kind"].tolist() == ["report", "transcript"]
    assert rows["n_years"].tolist() == [2, 1]
    one_kind = invented([0.1], [0.2])
    assert agreement.of_kinds(one_kind, theme_ids=["sea"]).empty


def invented(ours, theirs):
    """Statements of one meeting on one theme, with two tones each."""
    n = len(ours)
    ids = [f"s{i}" for i in range(n)]
    counts = pd.DataFrame(
        {
            "document_id": ["d"], "meeting_id": ["m"], "kind": ["report"], "side": ["Ardenia"],
            "n_statements": [n], "n_words": [n], "tone_sum": [sum(ours)], "tone_sq_sum": [0.0],
            "tone_vader_sum": [sum(theirs)], "tone_vader_sq_sum": [0.0],
        }
    )  # fmt: skip
    date = pd.Timestamp("2010-03-01")
    themes = pd.DataFrame({"statement_id": ids, "theme_id": "sea", "tone": ours})
    return Corpus.of(
        {
            "meetings": pd.DataFrame({"meeting_id": ["m"], "date": [date], "label": ["Port"]}),
            "meeting_counts": counts,
            "theme_counts": counts.assign(theme_id="sea"),
            "statements": pd.DataFrame({"statement_id": ids, "tone_vader": theirs}),
            "statement_themes": themes,
        }
    )
