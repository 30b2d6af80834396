"""Each file of rules, wrong in the ways people get it wrong."""

import re

import pytest
from corpus import SPEAKERS, write_document

from pipeline.build import folders_under
from pipeline.events import read_events
from pipeline.labelling import Labeller
from pipeline.making import read_input
from pipeline.problems import InputError
from pipeline.speakers import read_speakers
from pipeline.themes import read_themes
from pipeline.tone import read_tone_rules

THEME = '[[theme]]\nid = "sea"\nlabel = "Sea"\ndefinition = "Fish."\nterms = ["fish"]\n'
EVENT = '[[event]]\nlabel = "Flood"\ndate = 2011-03-11\n'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "no themes"),
        ("[[theme", 1, "TOML"),
        (THEME + THEME.replace("Sea", "Ocean"), 7, "id 'sea' stands twice"),
        (THEME.replace('terms = ["fish"]', "terms = []"), 2, "has no terms"),
        (THEME.replace('label = "Sea"\n', ""), 2, "has no label"),
        (THEME.replace('["fish"]', '"fish"'), 5, "must be a list of texts"),
        (THEME.replace("fish", "fish of {water}"), 5, "{water} in theme 'sea' is no list"),
        (THEME.replace('["fish"]', '[\n"sea",\n"{ships}"]'), 7, "{ships} in theme 'sea'"),
        (THEME + 'shyy = ["boat"]\n', 6, "unknown key 'shyy'; the keys are id, label, definition"),
        (THEME.replace("[[theme]]", "[[themes]]"), 1, "unknown key 'themes'; the keys are theme"),
        (THEME.replace('"sea"', '"Sea bed"'), 2, "use small letters a to z, digits and - only"),
        (THEME + 'weak = [\n"boat",\n"Fish"]\n', 8, "stands twice, in terms and weak; keep one"),
        (THEME.replace('"fish"', '"fish", "fish"'), 5, "stands twice, in terms; keep one"),
    ],
)
def test_themes(tmp_path, text, line, what):
    assert_told(read_themes, tmp_path / "themes.toml", text, line=line, what=what)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (SPEAKERS.replace('side = "Borland"\n', ""), 10, "'Bo Lind' has no side"),
        (SPEAKERS.replace('"Lind"]', '"Lind", "holt"]'), 10, "belongs to Ana Holt too"),
        (SPEAKERS + "\n[[speaker", 23, "TOML"),
        (SPEAKERS.replace('aliases = ["Lind"]', 'alias = ["Lind"]'), 13, "unknown key 'alias'"),
        (SPEAKERS.replace("home", "hom"), 1, "unknown key 'hom'; the keys are home, speaker"),
        (SPEAKERS.replace('home = "Ardenia"', ""), 1, "no home; add"),
    ],
)
def test_speakers(tmp_path, text, line, what):
    assert_told(read_speakers, tmp_path / "speakers.toml", text, line=line, what=what)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[[event]]\nlabel = "Flood"\ndate = "soon"\n', 2, "has no day"),
        ("[[event]]\ndate = 2011-03-11\n", 1, "without a label"),
        ('[[event]]\nlabel = "Flood"\ndate = 2011-03-11\nurl = "x"\n', 2, "must begin with http"),
        (f"{EVENT}\n{EVENT}", 6, "event 'Flood' of 2011-03-11 stands twice; keep one"),
        (EVENT.replace("[event]", "[events]"), 1, "unknown key 'events'; the keys are event"),
        (f"{EVENT}sourc = 'x'\n", 4, "unknown key 'sourc'"),
    ],
)
def test_events(tmp_path, text, line, what):
    assert_told(read_events, tmp_path / "events.toml", text, line=line, what=what)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("scale = 1.0", "", "no scale; add it, a number above 0"),
        ("window = 6", 'window = "four"', "window must be a number"),
        (
            "[[group]]\nweight = -2.0",
            "[[group]]\nheight = 2",
            "unknown key 'height'; the keys are weight, terms",
        ),
        ("[[group]]\nweight = -2.0", "[[group]]", "a group needs weight"),
        ('"unacceptable"', '"unacceptable", "unacceptable"', "stands twice"),
        ('side = "after"', 'side = "around"', "must be after or before"),
        ("reach = 25", "", "scope 'talked about' has no reach"),
        ("reach = 25", 'reach = "far"', "must be a number"),
        ("positive_from = 0.35", "positive_from = -0.4", "is below negative_below -0.3"),
    ],
)
def test_tone(data, old, new, what):
    path = data / "rules" / "tone.toml"
    text = path.read_text("utf-8")
    assert old in text
    assert_told(read_tone_rules, path, text.replace(old, new, 1), line=None, what=what)


def test_a_mistyped_key_is_told_with_its_line_and_beside_it_what_is_missing(data):
    path = data / "rules" / "tone.toml"
    rows = path.read_text("utf-8").replace("\nwindow =", "\nwindw =").split("\n")
    path.write_text("\n".join(rows), "utf-8")
    with pytest.raises(InputError) as caught:
        read_tone_rules(path)
    typo, missing = caught.value.problems
    assert rows[typo.line - 1].startswith("windw")
    assert "unknown key 'windw'; the keys are group, scope" in typo.message
    assert "no window; add it" in missing.message


def test_a_term_may_show_two_themes(tmp_path):
    path = tmp_path / "themes.toml"
    path.write_text(THEME + THEME.replace("sea", "lake").replace("Sea", "Lake"), "utf-8")
    assert len(read_themes(path)) == 2


def test_home_must_be_the_side_of_a_speaker_of_rules_or_documents(data):
    path = data / "rules" / "speakers.toml"
    path.write_text(SPEAKERS.replace('home = "Ardenia"', 'home = "Ardena"'), "utf-8")
    told = f"{path}:1: home 'Ardena' is the side of no speaker; did you mean 'Ardenia'?"
    with pytest.raises(InputError, match=re.escape(told)):
        read_input(folders_under(data))
    document = write_document(data, "2013-01-01-bay", statements=["Di Ro: Trade is welcome."])
    text = document.read_text("utf-8")
    new = "kind: report\nparticipants:\n  - {name: Di Ro, side: Ardena}\n"
    document.write_text(text.replace("kind: report\n", new), "utf-8")
    assert read_input(folders_under(data)).speakers.home == "Ardena"


def test_mistakes_in_themes_and_in_tone_are_told_together(data):
    for name in ("themes.toml", "tone.toml"):
        (data / "rules" / name).write_text("typo = 1\n", "utf-8")
    with pytest.raises(InputError) as caught:
        Labeller.from_rules(data / "rules")
    assert len({problem.path for problem in caught.value.problems}) == 2


def test_an_absent_file_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="no such file; restore it, or copy it from data/rules"):
        read_themes(tmp_path / "themes.toml")


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path):
    (tmp_path / "themes.toml").mkdir()
    with pytest.raises(InputError, match=r"themes.toml:1: cannot be read \(.*\); mend its rights"):
        read_themes(tmp_path / "themes.toml")


def assert_told(read, path, text, *, line, what):
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert [problem.path for problem in caught.value.problems] == [str(path)]
    assert what in caught.value.problems[0].message
    assert line in (None, caught.value.problems[0].line)
