import re

from dashboard.redline import pieces, redline

BEFORE = "Trade grew by a third, and talks <went> on."
AFTER = "Trade fell by a third, and talks went on again."


def test_what_is_kept_removed_and_added_is_told_word_by_word():
    found = [(p.before.strip(), p.after.strip()) for p in pieces(BEFORE, AFTER)]
    changed = [pair for pair in found if not (pair[0] and pair[1])]
    assert changed == [
        ("grew", ""), ("", "fell"), ("<", ""), ("", ""), (">", ""), ("", ""), ("", ""),
        ("", "again"),
    ]  # fmt: skip


def test_either_side_reads_as_its_text():
    before, after = redline(BEFORE, AFTER)
    assert without_tags(before) == BEFORE.replace("<", "&lt;").replace(">", "&gt;")
    assert without_tags(after) == AFTER
    assert re.findall("<del[^>]*>(.*?)</del>", before) == ["grew", "&lt;", "&gt;"]
    assert re.findall("<ins[^>]*>(.*?)</ins>", after) == ["fell", "again"]


def test_capitals_and_spaces_do_not_count_and_the_same_text_has_no_mark():
    before, after = redline("The  talks went on", "the talks Went on")
    assert (before, after) == ("The  talks went on", "the talks Went on")


def without_tags(text):
    return re.sub("<[^>]*>", "", text)
