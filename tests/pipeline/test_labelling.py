import pytest
import spacy

from pipeline.clauses import hits_about
from pipeline.labelling import Labeller
from pipeline.language import Reader
from pipeline.terms import TermIndex
from pipeline.themes import BROAD, STRONG, WEAK, Theme, ThemeMatcher, theme_weights
from pipeline.tone import ToneRules, ToneScorer

SEA = Theme("sea", "Sea", "Fish.", {"fish": STRONG, "goods": STRONG, "boat": WEAK, "net": WEAK})
LAND = Theme("land", "Land", "Fields.", {"field": STRONG, "talk": BROAD}, ("field of study",))
RULES = ToneRules(
    terms={"welcome": 1.5, "trust": 1.0, "united": 1.0, "concern": -1.2},
    intensifiers={"very": 1.5},
    negators=frozenset({"no", "not"}),
    stops=frozenset({","}),
    contrasts=frozenset({"but", "yet"}),
    neutral=("trust fund", "not only"),
    window=3,
    negation_factor=-0.8,
    denial_factor=-0.2,
    contrast_factor=0.4,
    scale=1.0,
    positive_from=0.3,
    negative_below=-0.3,
)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Fishes swim.", {"sea"}),
        ("FISH AND FIELDS.", {"sea", "land"}),
        ("One boat.", set()),
        ("A boat and another boat.", set()),
        ("A boat and its net.", {"sea"}),
        ("They talked.", {"land"}),
        ("They talked of fish.", {"sea"}),
        ("A field of study.", set()),
        ("A field of study, and fields.", {"land"}),
        ("Goods arrive.", {"sea"}),
        ("All is good.", set()),
        ("", set()),
    ],
)
def test_themes_follow_from_strong_broad_and_weak_terms(reader, text, themes):
    matches = ThemeMatcher(TermIndex(reader), [SEA, LAND]).matches(reader.words(text))
    assert set(theme_weights(matches)) == themes


def test_a_match_carries_the_place_of_its_words(reader):
    text = "We saw fishes."
    (match,) = ThemeMatcher(TermIndex(reader), [SEA]).matches(reader.words(text))
    assert (match.term, text[match.start : match.end]) == ("fish", "fishes")


def test_more_evidence_weighs_more_and_never_reaches_one(reader):
    matcher = ThemeMatcher(TermIndex(reader), [SEA])
    one = theme_weights(matcher.matches(reader.words("Fish.")))["sea"]
    both = theme_weights(matcher.matches(reader.words("Fish and goods.")))["sea"]
    assert one == 0.5 < both < 1


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("It is welcome.", [1.5]),
        ("It is very welcome.", [2.25]),
        ("It is not welcome.", [-1.2]),
        ("No one, it is welcome.", [1.5]),
        ("No, not welcome.", [-1.2]),
        ("The trust grows but concern too.", [0.4, -1.2]),
        ("They unite.", []),
        ("They stand united.", [1.0]),
        ("The trust fund is there.", []),
        ("Nothing of the kind.", []),
        ("No concern.", [0.24]),
        ("It is not only welcome.", [1.5]),
        ("It is not yet very welcome.", [-1.8]),
        ("All trust it, yet a concern.", [0.4, -1.2]),
    ],
)
def test_words_of_tone_are_turned_strengthened_and_hidden(reader, text, weights):
    hits = ToneScorer(TermIndex(reader), RULES).hits(reader.words(text))
    assert [hit.weight for hit in hits] == pytest.approx(weights)


def test_the_tone_of_a_text_lies_between_minus_one_and_one(reader):
    scorer = ToneScorer(TermIndex(reader), RULES)
    tones = [
        scorer.tone(scorer.hits(reader.words(text))) for text in ("Concern. " * 50, "", "Welcome.")
    ]
    assert -1 < tones[0] < -0.9
    assert tones[1:] == [0.0, 0.6]
    assert [scorer.label(tone) for tone in tones] == ["negative", "neutral", "positive"]


def test_the_tone_about_a_theme_is_that_of_its_clause(reader):
    scorer = ToneScorer(TermIndex(reader), RULES)
    text = "Fish is welcome, while fields are a concern."
    words = reader.words(text)
    hits = scorer.hits(words)
    place = text.index("fields")
    assert [h.term for h in hits_about(words, hits, [(0, 4)])] == ["welcome"]
    assert [h.term for h in hits_about(words, hits, [(place, place + 6)])] == ["concern"]


def test_a_clause_without_tone_takes_that_of_its_sentence(reader):
    words = reader.words("Fish, they said, is welcome. Fields are a concern.")
    hits = ToneScorer(TermIndex(reader), RULES).hits(words)
    assert [h.term for h in hits_about(words, hits, [(0, 4)])] == ["welcome"]


def test_every_offset_of_the_project_s_own_rules_points_at_words(data):
    text = "Ardenia welcomes free trade, but missile defence near the border is unacceptable."
    (labels,) = Labeller.from_rules(data / "rules").label([text])
    assert {theme.theme_id for theme in labels.themes} == {"missile-defence", "trade"}
    spans = [(m.start, m.end) for m in (*labels.theme_matches, *labels.tone_hits)]
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    tones = {theme.theme_id: theme.tone for theme in labels.themes}
    assert tones["missile-defence"] < 0 < tones["trade"]


def test_lemmas_know_no_capitals_and_keep_comparatives_apart(reader):
    words = reader.words("Talks BETTER worse ISLANDS")
    assert list(words.lemmas) == ["talk", "better", "worse", "island"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Can't, won't: they'll see (U.S. and U.K.), don’t they?",
        "One. “Two.” Three?! ... Four… and e.g. five a.m. (six.) Seven",
        "Two  spaces, a\ttab,\n\na paragraph. \u00a0Then more. ",
        " 10km, $5.50; İstanbul – ﬁne:) well-being/peace https://example.org/a?b=c",
        "…!? . ) ( : ) x",
    ],
)
def test_words_and_sentences_are_those_of_spacy(reader, text):
    spacys = spacy.blank("en")
    spacys.add_pipe("sentencizer")
    doc = spacys(text.replace("’", "'"))
    words = reader.words(text)
    assert list(words.forms) == [token.lower_ for token in doc]
    places = [words.place(i, i + 1) for i in range(len(words.forms))]
    assert places == [(token.idx, token.idx + len(token)) for token in doc]
    sentences = [words.sentence(i) for i in range(len(words.forms))]
    assert sentences == [(token.sent.start, token.sent.end) for token in doc]


@pytest.fixture(scope="module")
def reader():
    return Reader()
