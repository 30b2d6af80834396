"""Gold statements and corrections, as people and spreadsheets mangle them."""

import csv
import io

import pytest
from corpus import SPEAKERS
from hostile import assert_placed, examples, no_hang, texts
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corrections import Correction, read_corrections
from pipeline.evaluation import evaluate
from pipeline.gold import read_gold
from pipeline.labelling import Labeller
from pipeline.problems import InputError
from pipeline.speakers import read_speakers

GOLD = ("text", "themes", "tone", "themes_optional", "document")


@pytest.fixture(scope="module")
def labeller(tmp_path_factory):
    from test_fuzzed_rules import THEMES, TONE

    rules = tmp_path_factory.mktemp("rules")
    (rules / "themes.toml").write_text(THEMES, "utf-8")
    (rules / "tone.toml").write_text(TONE, "utf-8")
    (rules / "speakers.toml").write_text(SPEAKERS, "utf-8")
    return Labeller.from_rules(rules), read_speakers(rules / "speakers.toml")


def test_gold_statements_are_measured_or_refused_with_their_line(labeller, tmp_path):
    path, (ours, _) = tmp_path / "gold.csv", labeller

    @examples(40)
    @given(content=table(GOLD, ("trade", "energy|trade", "", "-1", "0", "1", "+1", "1.0")))
    def measured_or_refused(content):
        path.write_bytes(content)
        with no_hang():
            try:
                gold = read_gold(path, theme_ids=ours.theme_ids)
            except InputError as error:
                assert_placed(error, path)
            else:
                assert 0 <= evaluate(gold, labeller=ours, others=())["theme_micro_f1"] <= 1

    measured_or_refused()


def test_corrections_are_read_or_refused_with_their_line(labeller, tmp_path):
    path, (ours, speakers) = tmp_path / "corrections.csv", labeller
    known = ("2012-06-05-hill-1a2b3c4d", "themes", "tone", "speaker", "trade|energy", "neutral")

    @examples(60)
    @given(content=table(Correction._fields, (*known, "Ana Holt", "2020-01-01")))
    def read_or_refused(content):
        path.write_bytes(content)
        with no_hang():
            try:
                found = read_corrections(path, speakers=speakers, theme_ids=ours.theme_ids)
            except InputError as error:
                assert_placed(error, path)
            else:
                assert len(found.rows) == len(found.lines)

    read_or_refused()


def table(columns, cells):
    """A table of these columns, or some, or others; now and then with bytes that are none."""
    header = st.one_of(st.just(list(columns)), st.permutations(columns), st.lists(texts()))
    row = st.lists(st.one_of(st.sampled_from(cells), st.sampled_from(cells), texts()), max_size=7)
    right = st.builds(written, header, st.lists(row, max_size=5))
    cut = st.builds(lambda t, n, b: t[:n] + b + t[n:], right, st.integers(0, 200), st.binary())
    return st.one_of(right, right, cut, st.binary())


def written(header, rows):
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode("utf-8", "surrogatepass")
