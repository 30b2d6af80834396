from pipeline.topics import MIN_SHARE, find_topics

MATTERS = (
    "fishing quotas boats harbour salmon",
    "railway tunnel engineers track signals",
    "orchestra tour concert students museum",
)


def test_the_same_texts_give_the_same_topics():
    assert find_topics(texts()) == find_topics(texts())


def test_statements_on_one_matter_share_a_topic_that_others_have_not():
    shares = find_topics(texts()).shares
    strongest = [max(row, key=lambda share: share[1])[0] for row in shares]
    by_matter = [set(strongest[i :: len(MATTERS)]) for i in range(len(MATTERS))]
    assert all(by_matter)
    assert not (by_matter[0] & by_matter[1])
    assert not (by_matter[1] & by_matter[2])


def test_a_label_is_made_of_different_words():
    for topic in find_topics(texts()).topics:
        words = topic.label.replace(" · ", " ").split()
        assert len(words) == len(set(words))


def test_shares_are_parts_of_one_and_none_is_under_the_least():
    for row in find_topics(texts()).shares:
        assert sum(share for _, share in row) <= 1.001
        assert all(share >= MIN_SHARE for _, share in row)


def test_names_can_be_kept_out():
    named = [f"{text} Alvarado" for text in texts()]
    terms = {term for t in find_topics(named, stop_words=["Alvarado"]).topics for term in t.terms}
    assert terms
    assert "alvarado" not in " ".join(terms)


def test_too_few_texts_give_no_topics():
    assert find_topics(["One sentence.", "Another one."]).topics == ()


def test_texts_without_a_common_word_give_no_topics():
    found = find_topics([f"word{chr(97 + i // 26)}{chr(97 + i % 26)}x" for i in range(60)])
    assert found.topics == ()
    assert len(found.shares) == 60


def texts(n=60):
    rows = (MATTERS[i % len(MATTERS)].split() for i in range(n))
    return [" ".join(words[i % 2 : i % 2 + 4]) for i, words in enumerate(rows)]
