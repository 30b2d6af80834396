from pipeline.duplicates import most_alike, near_duplicates, shingles_of

WORDS = [f"word{i}" for i in range(200)]
TEXT = " ".join(WORDS)


def test_an_excerpt_says_what_the_whole_says():
    found = list(near_duplicates([TEXT, "Other things entirely " * 20, " ".join(WORDS[50:120])]))
    assert [(pair.first, pair.second) for pair in found] == [(0, 2)]
    assert found[0].share == 1


def test_texts_with_some_wording_in_common_are_not_duplicates():
    half = " ".join([*WORDS[:60], *(f"other{i}" for i in range(140))])
    assert not list(near_duplicates([TEXT, half]))


def test_short_texts_are_never_duplicates():
    assert not list(near_duplicates(["Good morning to all of you"] * 2))


def test_the_most_alike_is_named_or_nothing():
    others = shingles_of(["Other things entirely " * 20, TEXT])
    assert most_alike(TEXT, others).second == 1
    assert most_alike("Nothing of the kind " * 20, others) is None
