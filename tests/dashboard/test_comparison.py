import re

import pytest
from corpus import DROPPED, KEPT, NEW, REWORDED, WELCOME

from dashboard import comparison, filters, findings
from dashboard.comparison import Comparison
from dashboard.summaries import span_name
from dashboard.within import Within, in_words, narrowed, notices

THIS = Comparison("Meetings", "2 May 2014, Port", "3 June 2015, Hill")


def test_every_statement_has_the_fate_it_was_given(tables):
    assert texts_of(tables, "repeated") == {*KEPT, WELCOME}
    assert texts_of(tables, "reworded") == {text for pair in REWORDED for text in pair}
    assert texts_of(tables, "new") == set(NEW)
    assert texts_of(tables, "dropped") == set(DROPPED)


def test_swapped_what_was_new_is_dropped(tables):
    back = Comparison(THIS.by, THIS.right, THIS.left)
    assert texts_of(tables, "new", this=back) == set(DROPPED)
    assert texts_of(tables, "dropped", this=back) == set(NEW)
    assert texts_of(tables, "reworded", this=back) == {text for pair in REWORDED for text in pair}


def test_pairs_are_one_to_one_and_of_one_side(tables):
    pairs = comparison.paired(*comparison.apart(tables.statements, THIS, tables=tables))
    assert pairs["left_id"].is_unique
    assert pairs["right_id"].is_unique
    side = tables.statements.read().set_index("statement_id")["side"]
    assert (pairs["left_id"].map(side).values == pairs["right_id"].map(side).values).all()


def test_shares_stand_by_their_counts_and_the_largest_change_first(tables):
    left, right = groups_of(tables, THIS)
    rows = comparison.theme_changes(left, right, theme_ids=tables.labels.index)
    rows = rows.set_index("theme_id")
    assert (rows.loc["crime-and-drugs", "n_left"], rows.loc["crime-and-drugs", "n_right"]) == (0, 1)
    assert rows["share_right"]["crime-and-drugs"] == pytest.approx(1 / 7)
    assert rows["change"].abs().is_monotonic_decreasing
    assert not rows["is_clear"].any()


def test_the_sentence_names_what_came_and_went_and_opens_it(tables):
    everyone, first = changed(tables, THIS)[:2]
    assert findings.text_of(everyone).startswith("All speakers together: no clear change; ")
    text = findings.text_of(first)
    assert text.startswith("Ana Holt: no clear change; largest is ")
    assert re.search(r" New: .*Crime, drugs, terrorism \(1\)", text)
    assert " Dropped: Peace treaty (1)." in text
    claims = {part.text: part.within for part in first if part.within}
    opened = {
        claim: narrowed(tables.statements, within, tables=tables).read()["text"].tolist()
        for claim, within in claims.items()
    }
    assert opened["Crime, drugs, terrorism (1)"] == list(NEW)
    assert opened["Peace treaty (1)"] == [DROPPED[0]]


def test_what_stands_on_both_sides_is_neither_new_nor_dropped(tables):
    this = Comparison("Years", "2014–2015", "2015")
    assert texts_of(tables, "new", this=this) == set()
    assert len(texts_of(tables, "left", this=this)) == 11
    assert set(NEW) <= texts_of(tables, "both", this=this)


def test_a_difference_of_sides_names_both_counts(tables):
    this = Comparison("Sides", "Ardenia", "Borland")
    (first,) = changed(tables, this)
    text = findings.text_of(first)
    assert text.startswith("Ardenia and Borland: ")
    assert "Only Ardenia: " in text
    assert "New" not in text


def test_speakers_are_set_against_each_other_without_a_before(tables):
    this = Comparison("Speakers", "Ana Holt", "Bo Lind")
    assert texts_of(tables, "new", this=this) == {WELCOME}
    words = comparison.change_in_words(this, "new")
    assert "Bo Lind" in words
    assert "new" not in words


def test_years_are_a_span_or_one(tables):
    assert span_name((2005, 2005)) == "2005"
    left, right = groups_of(tables, Comparison("Years", "2014", "2015–2016"))
    assert (len(left.statements), len(right.statements)) == (8, 7)


def test_wording_that_sets_apart_is_nested_in_nothing(tables):
    found = comparison.distinctive(*(group.statements for group in groups_of(tables, THIS)))
    assert {"z", "phrase"} <= set(found.columns)
    for phrase in found["phrase"]:
        assert not [p for p in found["phrase"] if p != phrase and f" {phrase} " in f" {p} "]


@pytest.mark.parametrize(
    ("within", "n"),
    [
        (Within(), 15),
        (Within(who="Bo Lind"), 2),
        (Within(who="Bo Lind|Ardenia"), 15),
        (Within(on="Crime, drugs, terrorism|Peace treaty"), 2),
        (Within(meeting="2014-05-02-port"), 8),
        (Within(year="2015", who="Borland"), 1),
        (Within(holds="missile defence"), 2),
    ],
)
def test_a_set_is_what_its_description_says(tables, within, n):
    assert len(narrowed(tables.statements, within, tables=tables)) == n
    assert bool(in_words(within, tables=tables)) == (within != Within())
    assert Within.of({**within.params(), "theme": "Trade"}) == within
    assert not notices(within, tables=tables)


@pytest.mark.parametrize(
    ("within", "named"),
    [
        (Within(on="Whales"), "Whales"),
        (Within(who="Nobody"), "Nobody"),
        (Within(meeting="1999-01-01-moon"), "1999-01-01-moon"),
        (Within(year="soon"), "soon"),
        (Within(change="sideways", between="Meetings"), "sideways"),
        (Within(change="new", between="Planets|Mars|Venus"), "what is compared"),
        (Within(between="Sides|Ardenia|Borland"), "which part of it"),
        (Within(change="new", between="Meetings|2 May 2014, Port|1 May 1999, Moon"), "Moon"),
        (Within(ids="2014-05-02-port-00000000"), "1 of the 1"),
    ],
)
def test_what_a_link_names_and_the_build_lacks_is_said(tables, within, named):
    (notice,) = notices(within, tables=tables)
    assert named in notice
    rows = narrowed(tables.statements, within, tables=tables)
    assert len(rows) == (0 if within.ids else 15)


def texts_of(tables, change, *, this=THIS):
    within = findings.within(this, change)
    rows = narrowed(tables.statements, within, tables=tables).read()
    assert rows["statement_id"].is_unique
    return set(rows["text"])


def groups_of(tables, this):
    everything = filters.Selection((), (), (), (2000, 2030), ())
    whole = comparison.Group.of("all", tables, everything)
    return comparison.groups_of(whole, this, tables=tables)


def changed(tables, this):
    themes = tuple(tables.labels.index)
    groups = groups_of(tables, this)
    return [*findings.what_changed(*groups, this, labels=tables.labels, theme_ids=themes)]
