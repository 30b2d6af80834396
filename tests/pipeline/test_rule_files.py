"""Each file of rules, wrong in the ways people get it wrong."""

import pytest
from corpus import SPEAKERS

from pipeline.events import read_events
from pipeline.problems import InputError
from pipeline.speakers import read_speakers
from pipeline.themes import read_themes
from pipeline.tone import read_tone_rules

THEME = '[[theme]]\nid = "sea"\nlabel = "Sea"\ndefinition = "Fish."\nterms = ["fish"]\n'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "no themes"),
        ("[[theme", 1, "TOML"),
        (THEME + THEME.replace("Sea", "Ocean"), 2, "stands twice"),
        (THEME.replace('terms = ["fish"]', "terms = []"), 2, "has no terms"),
        (THEME.replace('label = "Sea"\n', ""), 2, "has no label"),
        (THEME.replace('["fish"]', '"fish"'), 2, "must be a list of texts"),
        (THEME.replace("fish", "fish of {water}"), 2, "{water} in theme 'sea' is no list"),
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
    ],
)
def test_events(tmp_path, text, line, what):
    assert_told(read_events, tmp_path / "events.toml", text, line=line, what=what)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("scale = 1.0", "", "scale must be a number"),
        ("window = 6", 'window = "four"', "window must be a number"),
        ("[[group]]\nweight = -2.0", "[[group]]\nheight = 2", "a group needs weight"),
        ('"unacceptable"', '"unacceptable", "unacceptable"', "stands twice"),
        ('side = "after"', 'side = "around"', "must be after or before"),
        ("reach = 25", "", "needs exactly name, cues, side"),
        ("reach = 25", 'reach = "far"', "must be a number"),
    ],
)
def test_tone(data, old, new, what):
    path = data / "rules" / "tone.toml"
    text = path.read_text("utf-8")
    assert old in text
    assert_told(read_tone_rules, path, text.replace(old, new, 1), line=None, what=what)


def test_an_absent_file_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_themes(tmp_path / "themes.toml")


def assert_told(read, path, text, *, line, what):
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert [problem.path for problem in caught.value.problems] == [str(path)]
    assert what in caught.value.problems[0].message
    assert line in (None, caught.value.problems[0].line)
