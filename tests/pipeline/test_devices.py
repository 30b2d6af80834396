"""Each device of language that the project's own rules handle, on invented sentences."""

from pathlib import Path

import pytest

from pipeline.labelling import Labeller
from pipeline.texts import label_csv

RULES = Path(__file__).parent.parent.parent / "data" / "rules"


@pytest.mark.parametrize(
    ("device", "text", "tone"),
    [
        ("approval", "Ardenia welcomes the agreement.", "positive"),
        ("rejection", "Ardenia finds the deployment unacceptable.", "negative"),
        ("procedure", "The ministers discussed trade with Borland.", "neutral"),
        ("schedule", "The next round of talks takes place in Port in May.", "neutral"),
        ("negation", "The talks were not constructive.", "negative"),
        ("comparison that looks like negation", "Ties have never been as good.", "positive"),
        ("the same of bad", "Relations have never been as harsh.", "negative"),
        ("negation far away", "Nobody in Borland is ready to help.", "negative"),
        ("negation ends at a comma", "No, the talks were useful.", "positive"),
        ("denied rejection", "The exercise is no threat to Borland.", "neutral"),
        ("denial that follows", "The system threatens Borland in no way.", "neutral"),
        ("contrast", "The talks were useful, but the new base is unacceptable.", "negative"),
        (
            "concession first",
            "Although problems remain, relations are developing well.",
            "positive",
        ),
        ("concession last", "Relations are friendly despite a few problems.", "positive"),
        ("subject of talk", "They discussed the success of the joint venture.", "neutral"),
        ("list of subjects", "They discussed trade, friendship and prosperity.", "neutral"),
        ("manner", "The note says how the useful talks were prepared.", "neutral"),
        ("request over a list", "Ardenia asks Borland to listen and to cooperate.", "neutral"),
        ("hardness", "It is difficult to agree to the offer.", "negative"),
        ("name of a dispute", "The ministers coordinate on the Korean problem.", "positive"),
        ("plan of a speech", "I would like to turn to the next point.", "neutral"),
        ("subject of talk, passive", "Progress in joint work was discussed.", "neutral"),
        ("question", "Is Ardenia satisfied with the progress made?", "neutral"),
        ("request", "Ardenia asks Borland for a constructive answer.", "neutral"),
        ("supposition", "If trust were restored, they could talk.", "neutral"),
        ("spoilt good", "The new law undermines cooperation.", "negative"),
        ("spoilt good, noun", "There is a lack of trust.", "negative"),
        ("fought evil", "They work together to prevent provocations.", "positive"),
        ("thanks", "Ardenia thanks Borland for help after the tragedy.", "positive"),
        ("blame", "Ardenia condemns what Borland calls support and cooperation.", "negative"),
        ("condolences", "Ardenia offers condolences to the victims of the tragedy.", "neutral"),
        ("strength", "The differences are deeply regrettable.", "negative"),
        ("agreement", "The sides agreed to expand joint work.", "positive"),
        ("wish", "Ardenia hopes for an early success.", "positive"),
        ("refusal", "Borland will never accept such a claim.", "negative"),
        ("solidarity", "We stand with the people of Ardenia.", "positive"),
        ("name", "The Council for Peace and Friendship sat in Port.", "neutral"),
        ("understatement", "The differences are not insignificant.", "negative"),
        ("help for evil", "Borland goes on assisting the terrorists.", "negative"),
        ("violence", "Civilians were killed in cruel attacks.", "negative"),
    ],
)
def test_tone(labeller, device, text, tone):
    (labels,) = labeller.label([text])
    assert labels.tone_label == tone, [(hit.term, hit.weight) for hit in labels.tone_hits]


@pytest.mark.parametrize(
    ("device", "text", "themes"),
    [
        (
            "list of fields",
            "Trade, energy and culture were covered.",
            "energy people-exchange trade",
        ),
        ("two-plus-two", "The two-plus-two meets in Port.", "regional-security"),
        ("trade commission", "The intergovernmental commission met.", "trade"),
        ("partner, not subject", "The minister will visit North Korea.", "political-dialogue"),
        ("subject", "North Korea launched a ballistic missile.", "korean-peninsula"),
        ("list of words", "The president's visit to Japan comes in May.", "political-dialogue"),
        ("shy wording alone", "The leaders confirmed their cooperation.", "political-dialogue"),
        ("shy wording beside a theme", "The leaders spoke of tariffs.", "trade"),
        ("shy wording without company", "Poets deserve dialogue and space.", ""),
        ("speaker's own country", "Egypt reaffirms its support for the test ban.", "arms-control"),
        ("organ that acts", "The Security Council has to act on trade.", "trade world-order"),
        ("arms that open", "The city opened its arms to tourists.", "people-exchange"),
        ("time of the statement", "Before the visit: sanctions must end.", "ukraine"),
        ("hidden wording", "Energy security is another word for gas.", "energy"),
        ("curly apostrophe", "Iran’s programme is peaceful.", "middle-east"),
        ("Charter", "The UN Charter binds all Member States.", "world-order"),
        ("disarmament", "The NPT and the test-ban treaty stand.", "arms-control"),
        ("parliament's trade", "Inflation and GDP worry the House.", "trade"),
        ("none", "It is getting late.", ""),
    ],
)
def test_themes(labeller, device, text, themes):
    (labels,) = labeller.label([text])
    assert {theme.theme_id for theme in labels.themes} == set(themes.split())


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("This issue was raised again.", {"energy"}),
        ("They spoke for an hour.", {"energy"}),
        ("This issue concerns trade.", {"trade"}),
        ("Rain fell.", set()),
    ],
)
def test_a_statement_may_point_to_the_one_before(labeller, text, themes):
    *_, labels = labeller.label(["The pipeline is late.", text], documents=["a", "a"])
    assert {theme.theme_id for theme in labels.themes} == themes
    *_, apart = labeller.label(["The pipeline is late.", text], documents=["a", "b"])
    assert {theme.theme_id for theme in apart.themes} == themes - {"energy"}
    for match in labels.theme_matches:
        assert text[match.start : match.end].strip()


def test_wording_may_count_only_after_its_theme(labeller):
    text = "The deployment must stop."
    *_, after = labeller.label(["Missile defence is planned.", text], documents=["a", "a"])
    *_, apart = labeller.label(["Trade grows.", text], documents=["a", "a"])
    assert {theme.theme_id for theme in after.themes} == {"missile-defence"}
    assert "missile-defence" not in {theme.theme_id for theme in apart.themes}


def test_political_dialogue_is_not_taken_over_beside_another_theme(labeller):
    texts = ["An official visit and the pipeline were arranged.", "This issue was raised again."]
    *_, labels = labeller.label(texts, documents=["a", "a"])
    assert {theme.theme_id for theme in labels.themes} == {"energy"}


def test_a_csv_with_documents_is_labelled_in_their_context(labeller, tmp_path):
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("document,said\na,The pipeline is late.\na,They know it.\nb,They know it.\n")
    assert label_csv(path, out=out, column="said", labeller=labeller) == 3
    themes = [line.split(",")[2] for line in out.read_text("utf-8").splitlines()[1:]]
    assert themes == ["energy", "energy", ""]


def test_a_theme_may_be_handed_on_more_than_once(labeller):
    texts = ["The pipeline is late.", "This issue is old.", "They know it."]
    *_, labels = labeller.label(texts, documents=["a"] * 3)
    assert [theme.theme_id for theme in labels.themes] == ["energy"]


def test_the_part_about_a_theme_has_its_own_tone(labeller):
    text = "Progress in trade is welcome, while the missile defence base is unacceptable."
    (labels,) = labeller.label([text])
    tones = {theme.theme_id: theme.tone for theme in labels.themes}
    assert tones["missile-defence"] < 0 < tones["trade"]


def test_the_weights_of_the_words_explain_the_label(labeller):
    texts = ["Ardenia is not satisfied, but hopes for progress.", "A useful and friendly exchange."]
    for labels in labeller.label(texts):
        total = sum(hit.weight for hit in labels.tone_hits)
        assert labels.tone == pytest.approx(total / (abs(total) + 1), abs=1e-3)


@pytest.fixture(scope="module")
def labeller():
    return Labeller.from_rules(RULES)
