import pandas as pd
import pytest

from pipeline.counts import count_meetings, count_themes


def test_meeting_counts_add_up_to_the_statements():
    counts = count_meetings(statements())
    assert counts["n_statements"].tolist() == [2, 1]
    assert counts["n_words"].tolist() == [30, 5]


def test_tone_sums_give_back_mean_and_spread():
    row = count_meetings(statements()).iloc[0]
    assert row["tone_sum"] == pytest.approx(0.3)
    assert row["tone_sq_sum"] == pytest.approx(0.5**2 + 0.2**2)
    assert row["tone_vader_sum"] == pytest.approx(0.3)


def test_theme_counts_take_the_tone_of_the_part_about_the_theme():
    themes = pd.DataFrame(
        {
            "statement_id": ["a", "a", "b"],
            "theme_id": ["sea", "rail", "sea"],
            "tone": [1.0, -1.0, 0],
        }
    )
    counts = count_themes(statements(), themes).set_index("theme_id")
    assert counts.loc["sea", ["n_statements", "n_words", "tone_sum"]].tolist() == [2, 30, 1.0]
    assert counts.loc["rail", "tone_sum"] == -1.0


def statements():
    return pd.DataFrame(
        {
            "statement_id": ["a", "b", "c"],
            "document_id": "2010-03-01-port",
            "meeting_id": "2010-03-01-port",
            "kind": "report",
            "speaker": ["Ana Holt", "Ana Holt", "Bo Lind"],
            "side": ["Ardenia", "Ardenia", "Borland"],
            "role": "reported",
            "n_words": [10, 20, 5],
            "tone": [0.5, -0.2, 0.0],
            "tone_vader": [0.1, 0.2, 0.0],
        }
    )
