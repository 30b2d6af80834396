import pandas as pd

from dashboard import quality


def test_confusion_is_by_hand_and_by_rules():
    found = quality.confusion(frame(tone_negative_as=(5, 2, 1), tone_positive_as=(0, 3, 9)))
    assert found.loc["negative by hand"].tolist() == [5, 2, 1]
    assert found.loc["positive by hand", "positive"] == 9


def test_labels_carry_the_interval_of_their_f1():
    rows = [("theme_f1", "sea", 0.8, 0.7, 0.9, 12), ("theme_recall", "sea", 0.9, 0.9, 0.9, 12),
            ("theme_precision", "sea", 0.7, 0.7, 0.7, 12)]  # fmt: skip
    found = quality.by_label(table(rows), "theme").loc["sea"]
    assert found.tolist() == [0.7, 0.9, 0.8, 0.7, 0.9, 12]


def test_careful_readers_are_quoted_only_where_measured():
    rows = [("readers_tone_agreement", "statements of news", 0.97, 0.97, 0.97, 216)]
    assert quality.careful_readers(table(rows)) == (
        "Two careful readers agree on 97% of 216 statements of news."
    )
    assert quality.careful_readers(table([])) == ""


def test_examples_are_spread_over_all_that_went_wrong():
    wrong = pd.DataFrame({"text": list(range(50)), "aspect": "tone"})
    assert quality.examples(wrong)["text"].tolist() == [5, 15, 25, 35, 45]
    assert len(quality.examples(wrong.head(3))) == 3


def frame(**counts):
    rows = [
        (measure, tone, float(n), float(n), float(n), sum(numbers))
        for measure, numbers in counts.items()
        for tone, n in zip(quality.TONES, numbers, strict=True)
    ]
    return table(rows)


def table(rows):
    return pd.DataFrame(rows, columns=["measure", "label", "value", "low", "high", "n"])
