import json

import pytest
from sklearn.metrics import f1_score

from pipeline.curve import learning_curve
from pipeline.evaluation import (
    MEASURES,
    evaluate,
    evaluate_folder,
    evaluate_pairs,
    misjudged,
    quality_frame,
)
from pipeline.floors import digest, floor_problems
from pipeline.gold import read_gold, read_gold_folder, read_pairs
from pipeline.labelling import Labeller
from pipeline.problems import InputError
from pipeline.reporting import curve_lines, evaluation_lines

GOLD = """text,themes,tone
Trade is welcome.,trade,1
"Missile defence is
unacceptable.",missile-defence,-1
They met.,political-dialogue,?
Fish swim.,trade,0
"""


def test_figures_are_those_of_the_labels(data):
    result = evaluate(gold(data), labeller=Labeller.from_rules(data / "rules"))
    assert result["n"] == 4
    trade = result["themes"]["trade"]
    assert (trade["precision"], trade["recall"], trade["f1"], trade["n"]) == (1, 0.5, 2 / 3, 2)
    assert trade["f1_low"] <= trade["f1"] <= trade["f1_high"]
    assert result["theme_micro_f1"] == pytest.approx(6 / 7)
    assert result["tone_confusion"]["negative"] == {"negative": 1, "neutral": 0, "positive": 0}
    assert result["tone_accuracy"] == 1
    assert sum(sum(row.values()) for row in result["tone_confusion"].values()) == 3  # ? is left out
    json.dumps(result)


def test_macro_f1_is_that_of_scikit_learn(data):
    texts = gold(data, "text,themes,tone\nWelcome.,,-1\nTalks.,,0\nRegret.,,-1\nGood.,,1\n")
    result = evaluate(texts, labeller=Labeller.from_rules(data / "rules"))
    assert result["tone_macro_f1"] == pytest.approx(
        f1_score([-1, 0, -1, 1], [1, 0, -1, 1], average="macro")
    )


def test_every_total_has_its_interval_drawn_by_document(data):
    text = "document,text,themes,tone\n" + "".join(
        f"{name},{line}\n"
        for name in "abcd"
        for line in ("Trade is welcome.,trade,1", "Fish swim.,trade,0", "It is unacceptable.,,-1")
    )
    result = evaluate(gold(data, text), labeller=Labeller.from_rules(data / "rules"))
    alike = result["intervals"]["theme_micro_f1"]
    assert alike == pytest.approx([result["theme_micro_f1"]] * 2)  # each document is like the next
    assert result["intervals"].keys() == set(MEASURES)


def test_baselines_stand_beside_the_rules(data):
    result = evaluate(gold(data), labeller=Labeller.from_rules(data / "rules"))
    assert result["baselines"].keys() == {"most_frequent", "vader", "textblob"}
    assert result["baselines"]["most_frequent"]["tone_accuracy"] == pytest.approx(1 / 3)
    lines = "\n".join(evaluation_lines(result))
    assert "VADER" in lines
    assert "trade" in lines


def test_a_statement_of_a_document_takes_the_theme_it_points_to(data):
    text = "document,text,themes,tone\na,Trade grows.,trade,1\na,They like this.,trade,1\n"
    labeller = Labeller.from_rules(data / "rules")
    assert evaluate(gold(data, text), labeller=labeller)["theme_micro_f1"] == 1
    apart = text.replace("\na,They", "\nb,They")
    assert evaluate(gold(data, apart), labeller=labeller)["theme_micro_f1"] < 1


def test_the_part_held_aside_other_genres_and_the_readers_are_reported(data):
    folder = data / "gold"
    folder.mkdir()
    rows = "document,text,themes,tone\na,Trade is welcome.,trade,1\nb,Fish swim.,trade,0\n"
    (folder / "statements.csv").write_text(rows, "utf-8")
    (folder / "held_aside.csv").write_text("document\nb\n", "utf-8")
    (folder / "genres.csv").write_text("genre,text,themes,tone\nnews,Trade grew.,trade,\n", "utf-8")
    readers = "sample,n,tone_agreement,tone_kappa,theme_micro_f1\nnews,3,0.9,0.8,0.7\n"
    (folder / "readers.csv").write_text(readers, "utf-8")
    result = evaluate_folder(folder, labeller=Labeller.from_rules(data / "rules"))
    assert (result["held_aside"]["n"], result["held_aside"]["theme_micro_f1"]) == (1, 0)
    assert (result["worked_on"]["n"], result["worked_on"]["theme_micro_f1"]) == (1, 1)
    assert (result["genres"]["n"], result["genres"]["theme_micro_f1"]) == (1, 1)
    assert [(row["sample"], row["n"], row["tone_kappa"]) for row in result["readers"]] == [
        ("news", "3", "0.8")
    ]
    rows = quality_frame(result).set_index(["measure", "label"])
    assert rows.loc[("held_aside_theme_micro_f1", "all"), "n"] == 1
    assert ("vader_tone_macro_f1", "all") in rows.index


def test_a_learning_curve_has_a_point_for_each_number_of_documents(data):
    text = "document,text,themes,tone\n" + "".join(
        f"d{i},Trade is welcome.,trade,1\nd{i},That is unacceptable.,,-1\nd{i},They met.,,0\n"
        for i in range(12)
    )
    points = curve(data, text)
    sizes = [point["n_documents"] for point in points]
    assert sizes == sorted(sizes)
    assert points[-1]["words"] == points[-1]["rules"] == 1
    assert len(list(curve_lines(points))) == 2 + len(points)


@pytest.mark.parametrize("n_documents", [0, 1, 3])
def test_too_few_statements_for_a_curve_say_how_many_are_needed(data, n_documents):
    text = GOLD + "".join(f"Trade no {i}.,trade,0\n" for i in range(n_documents))
    with pytest.raises(InputError, match=r"gold.csv:1: too few .*; label 100 statements"):
        curve(data, text)
    one = "document,text,themes,tone\n" + "a,Trade is welcome.,trade,1\na,No war.,,0\n" * 5
    with pytest.raises(InputError, match="with a tone: 10, documents: 1"):
        curve(data, one)


def curve(data, text):
    rows = gold(data, text)
    labeller = Labeller.from_rules(data / "rules")
    return learning_curve(rows, labeller=labeller, path=data / "gold.csv")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{}", 1, 'no object sha256; add "sha256"'),
        ('{"sha256": {},\n"floors": {"theme_micro_f1": 0.5}', 2, "is not valid JSON"),
        ('{"sha256": {},\n"floors": {"theme_micro_f1": "x"}}', 2, "must be a number from 0 to 1"),
        ('{"sha256": {},\n"floors": {},\n"floor": {}}', 3, "unknown key 'floor'"),
        ("[1]", 1, "must be an object"),
        ("[" * 100_000, 1, "beyond all use"),
    ],
)
def test_wrong_floors_are_told_with_their_line(tmp_path, text, line, what):
    (tmp_path / "floors.json").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        floor_problems({}, gold=tmp_path)
    assert (caught.value.problems[0].line, what in caught.value.problems[0].message) == (line, True)


def test_without_floors_nothing_is_checked_and_an_unknown_figure_is_told(tmp_path):
    assert floor_problems({"theme_micro_f1": 0.1}, gold=tmp_path) == []
    text = '{"sha256": {},\n"floors": {"theme_f1": 0.5}}'
    (tmp_path / "floors.json").write_text(text, "utf-8")
    (told,) = floor_problems({"theme_micro_f1": 0.1}, gold=tmp_path)
    assert (told.line, told.message[:25]) == (2, "theme_f1 was not measured")


def test_a_floor_may_hold_a_part_of_the_figures(tmp_path):
    pinned = {"sha256": {}, "floors": {"held_aside.tone_macro_f1": 0.8}}
    (tmp_path / "floors.json").write_text(json.dumps(pinned), "utf-8")
    told = floor_problems({"held_aside": {"tone_macro_f1": 0.7}}, gold=tmp_path)
    assert "held_aside.tone_macro_f1 is 0.700" in told[0].message


def test_an_optional_theme_is_neither_right_nor_wrong(data):
    text = "text,themes,tone,themes_optional\nTrade and oil.,trade,,energy\nTrade.,,,energy|trade\n"
    result = evaluate(gold(data, text), labeller=Labeller.from_rules(data / "rules"))
    assert result["theme_micro_f1"] == 1
    assert result["themes"]["energy"]["n"] == 0


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "is empty"),
        ("text,tone\na,1\n", 1, "no column themes"),
        ("text,themes,tone\na,,1\nb,,much\n", 3, "write -1, 0 or 1"),
        ('text,themes,tone\n"a\nb",,1\n ,,0\n', 4, "empty text"),
        ("text,themes,tone\n", 1, "a header only"),
        ("text,themes,tone\na,,0\nb,fish,0\n", 3, "unknown themes fish"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(data, text, line, what):
    with pytest.raises(InputError) as caught:
        gold(data, text)
    assert caught.value.problems[0].line == line
    assert what in caught.value.problems[0].message


def test_the_mistakes_of_all_gold_files_are_told_at_once(tmp_path):
    (tmp_path / "statements.csv").write_text("document,text,themes,tone\na,b,,9\n", "utf-8")
    (tmp_path / "genres.csv").write_bytes(b"text,themes,tone\ncaf\xe9,,0\n")
    (tmp_path / "held_aside.csv").write_text("documents\na\n", "utf-8")
    (tmp_path / "pairs.csv").write_text("earlier,later,change\na,b,same\n", "utf-8")
    readers = "sample,n,tone_agreement,tone_kappa,theme_micro_f1\nnews,3,high,0.8,0.7\n"
    (tmp_path / "readers.csv").write_text(readers, "utf-8")
    with pytest.raises(InputError) as caught:
        read_gold_folder(tmp_path, theme_ids=())
    told = {problem.path.rpartition("/")[2]: str(problem.line) for problem in caught.value.problems}
    assert told == {
        "statements.csv": "2",
        "genres.csv": "1",
        "held_aside.csv": "1",
        "pairs.csv": "2",
        "readers.csv": "2",
    }


@pytest.mark.parametrize(
    ("held", "what"),
    [("b", "2: document 'b' has no statement"), ("a", "1: every document is held")],
)
def test_what_is_held_aside_is_some_of_the_documents(tmp_path, held, what):
    (tmp_path / "statements.csv").write_text("document,text,themes,tone\na,b,,0\n", "utf-8")
    (tmp_path / "held_aside.csv").write_text(f"document\n{held}\n", "utf-8")
    with pytest.raises(InputError, match=what):
        read_gold_folder(tmp_path, theme_ids=())


def test_tones_may_be_named_and_need_not_be_scored(data):
    named = gold(data, "text,themes,tone\nTrade grows.,trade,positive\nThey met.,,?\n")
    assert named["tone"].tolist() == ["positive", ""]
    result = evaluate(named.iloc[1:], labeller=Labeller.from_rules(data / "rules"))
    assert any("tone accuracy" in x and "not scored" in x for x in evaluation_lines(result))


def test_what_rules_and_hand_see_differently_is_listed(data):
    labelled = gold(data, "text,themes,tone\nTrade grew.,energy,-1\nTrade is welcome.,trade,1\n")
    rows = misjudged(labelled, labeller=Labeller.from_rules(data / "rules"))
    assert rows["aspect"].tolist() == ["themes", "tone"]
    assert rows[["by_hand", "by_rules"]].iloc[0].tolist() == ["energy", "trade"]
    assert set(rows["text"]) == {"Trade grew."}


def test_a_figure_under_its_floor_and_a_changed_gold_file_are_told(tmp_path):
    own, floors = tmp_path / "statements.csv", tmp_path / "floors.json"
    own.write_text(GOLD, "utf-8")
    pinned = {"sha256": {own.name: digest(own)}, "floors": {"theme_micro_f1": 0.8}}
    floors.write_text(json.dumps(pinned), "utf-8")
    told = lambda f1: floor_problems({"theme_micro_f1": f1}, gold=tmp_path)  # noqa: E731
    assert told(0.81) == []
    assert "under its floor 0.80" in told(0.79)[0].message
    own.write_text(GOLD + "More.,,0\n", "utf-8")
    assert "statements.csv changed" in told(0.81)[0].message


def test_the_published_figures_are_the_measured_ones(data):
    result = evaluate(gold(data), labeller=Labeller.from_rules(data / "rules"))
    rows = quality_frame(result).set_index(["measure", "label"])
    assert rows.loc[("theme_micro_f1", "all"), "value"] == pytest.approx(result["theme_micro_f1"])
    assert rows.loc[("theme_recall", "trade"), "value"] == 0.5


def gold(folder, text=GOLD):
    path = folder / "gold.csv"
    path.write_text(text, "utf-8")
    return read_gold(path, theme_ids=Labeller.from_rules(folder / "rules").theme_ids)


def test_pairs_are_scored_by_what_was_judged(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(
        "earlier,later,change\n"
        "The strait stays open.,The strait stays open.,repeated\n"
        "The strait stays open.,Schools lack teachers of music.,reworded\n"
        "Schools lack teachers of music.,Schools lack teachers of music.,different\n",
        "utf-8",
    )
    result = evaluate_pairs(read_pairs(path))
    assert result == {
        "n_pairs": 3,
        "pair_precision": 0.5,
        "pair_recall": 0.5,
        "pair_f1": 0.5,
        "change_accuracy": 1,
    }
    path.write_text("earlier,later,change\na,b,same\n", "utf-8")
    with pytest.raises(InputError, match="write repeated, reworded or different"):
        read_pairs(path)
