"""Whatever stands in a rule file: rules that work, or problems with their place and remedy."""

import shutil

import pytest
from corpus import ROOT, SPEAKERS
from hostile import assert_placed, examples, no_hang, texts, values
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import read_events
from pipeline.importing.vocabulary import read_vocabulary
from pipeline.labelling import Labeller
from pipeline.problems import InputError
from pipeline.speakers import read_speakers

THEMES = """[words]
land = ["Ardenia", "Borland"]

[pointers]
nouns = ["this matter"]
pronouns = ["it"]

[[theme]]
id = "trade"
label = "Trade"
definition = "What is bought and sold."
terms = ["trade", "trade with {land}"]

[[theme]]
id = "energy"
label = "Energy"
definition = "Oil, gas and power."
terms = ["oil", "gas"]
unless = ["gas mask"]
"""
TONE = """window = 6
negation_factor = -0.8
denial_factor = -0.2
contrast_factor = 0.4
scale = 1.0
positive_from = 0.35
negative_below = -0.3
negators = ["not"]
stops = [","]
contrasts = ["but"]
neutral = ["good offices"]

[intensifiers]
very = 1.3

[[scope]]
name = "talked about"
side = "after"
reach = 25
positive = 0.15
negative = 0.3
through = [","]
cues = ["discuss"]

[[group]]
weight = 1.0
terms = ["welcome", "good"]
"""
EVENTS = """[[event]]
date = 2011-03-11
label = "A quake"
source = "Gazette"
url = "https://gazette.example/2"
"""
SAID = ["It is not good, but trade with Ardenia is very welcome.", "We discuss gas, oil.", ""]


def labels(folder):
    return [list(Labeller.from_rules(folder).label(SAID, documents=["a", "a", "b"]))]


READERS = {
    "themes.toml": (THEMES, labels),
    "tone.toml": (TONE, labels),
    "speakers.toml": (SPEAKERS, lambda folder: read_speakers(folder / "speakers.toml").find("A")),
    "events.toml": (EVENTS, lambda folder: read_events(folder / "events.toml")),
    "importing.toml": (None, lambda folder: read_vocabulary(folder / "importing.toml")),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("rules")


@pytest.mark.parametrize("name", READERS)
def test_a_rule_file_is_read_or_refused_with_its_place(folder, name):
    shutil.copy(ROOT / "data" / "rules" / "importing.toml", folder)
    for other, (text, _) in READERS.items():
        if text:
            (folder / other).write_text(text, "utf-8")
    right, read = (folder / name).read_text("utf-8"), READERS[name][1]
    read(folder)

    @examples(20)
    @given(content=st.one_of(changed(right), changed(right), garbled(right), st.binary()))
    def read_or_refused(content):
        (folder / name).write_bytes(content)
        with no_hang():
            try:
                read(folder)
            except InputError as error:
                assert_placed(error, folder / name)

    read_or_refused()


def changed(right):
    """The right file with one to three values replaced by any other that TOML can say."""
    lines = right.split("\n")
    places = [i for i, line in enumerate(lines) if " = " in line and not line.startswith(" ")]
    change = st.tuples(st.sampled_from(places), values())

    def apply(changes):
        new = list(lines)
        for place, value in changes:
            new[place] = f"{new[place].split(' = ')[0]} = {toml(value)}"
        return "\n".join(new).encode("utf-8", "surrogatepass")

    return st.lists(change, min_size=1, max_size=3).map(apply)


def garbled(right):
    content = right.encode()
    cut = st.integers(0, len(content))
    signs = (
        "[[theme]]", "[theme]", "[words]", "{land}{land}{land}{land}{land}{land}{land}{land}",
        "= [[[", "nan", "9" * 5000, "-inf", '"', "'''", "x.y.z = 1\n", "[" * 3000, "\\u0000",
        '"(a+)+$"', "{", "\r",
    )  # fmt: skip
    what = st.one_of(st.sampled_from(signs), texts()).map(lambda t: t.encode("utf-8", "replace"))
    near = st.integers(0, 12)
    return st.builds(lambda a, n, w: content[:a] + w + content[a + n :], cut, near, what)


def toml(value):
    """The value as TOML says it; what TOML cannot say is left for the reader to refuse."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        pairs = (f"{toml(key)} = {toml(held)}" for key, held in value.items())
        return f"{{{', '.join(pairs)}}}"
    return "" if value is None else str(value)
